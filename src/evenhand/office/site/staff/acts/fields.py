"""Fields that the forms of the acts share: legal days, words, means, pages of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from evenhand.bundles.bundle import PageReference
from evenhand.law.facts import Means, PartyRole
from evenhand.office.cases.models import Case, DisputedItem
from evenhand.office.words import headed

EARLIEST = date(1900, 1, 1)
MOST_WORDS = 20_000
MOST_PAGES_NAMED = 500


class DayField(forms.DateField):
    """A legal day: today, Pacific, unless a person sets it. Days still to come are refused unless `future`."""

    def __init__(self, *, future: bool = False, **options: Any) -> None:
        self.future = future
        super().__init__(**options)

    def validate(self, value: Any) -> None:
        """Neither before anybody who lives was born nor, for what has happened, after today."""
        super().validate(value)
        if not isinstance(value, date):
            return
        if value < EARLIEST:
            raise ValidationError(f"{value} is too long ago; check the year.")
        if not self.future and value > timezone.localdate():
            raise ValidationError(f"{value} is still to come. Give the day on which it happened.")


def today() -> date:
    """The Pacific day that a form offers."""
    return timezone.localdate()


def day(label: str, means: str, *, required: bool = True, future: bool = False, offered: bool = True) -> DayField:
    """A legal day; `means` says what the law counts from it."""
    return DayField(
        label=label, help_text=means, required=required, future=future, initial=today if required and offered else None
    )


def words(
    label: str, hint: str = "", *, required: bool = True, rows: int = 4, most: int = MOST_WORDS
) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


def line(label: str, hint: str = "", *, required: bool = True, most: int = 200) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most)


def one_of(
    kind: type[StrEnum], label: str, hint: str = "", *, initial: StrEnum | None = None, only: Sequence[StrEnum] = ()
) -> forms.TypedChoiceField:
    """One value of an enumeration, in words."""
    choices = [(member.value, headed(member.value)) for member in (only or list(kind))]
    start = initial.value if initial else None
    offered = choices if initial else [("", "Choose"), *choices]
    return forms.TypedChoiceField(label=label, help_text=hint, choices=offered, coerce=kind, initial=start)


def means_of_service(label: str = "How it is sent", initial: Means = Means.MAIL) -> forms.TypedChoiceField:
    """How papers are served; whoever cannot be reached that way is reached by fax or mail."""
    hint = "Service by mail extends some time limits. A party without that address is reached by fax, or else by mail."
    return one_of(Means, label, hint, initial=initial)


# Whom the office can ask something: the parties who get its notices.
ASKED = (
    PartyRole.CLAIMS_ADMINISTRATOR,
    PartyRole.REQUESTING_PHYSICIAN,
    PartyRole.EMPLOYEE,
    PartyRole.ATTORNEY,
    PartyRole.REPRESENTATIVE,
)


def page_numbers(text: str) -> list[int]:
    """`3, 7-9` as numbers. Raises ValidationError in words."""
    found: list[int] = []
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\s]+(?![-–])", text.strip()))):
        match = re.fullmatch(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?", part)
        if match is None:
            raise ValidationError(f"“{part[:40]}” is no page number. Write pages as in: 3, 7-9")
        first = int(match[1])
        last = int(match[2] or match[1])
        if last < first or last - first > MOST_PAGES_NAMED:
            raise ValidationError(f"“{part}” is no run of pages that can be meant here.")
        found.extend(range(first, last + 1))
    return sorted(set(found))


class PagesField(forms.CharField):
    """Permanent page numbers of the file."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=2000, **options)

    def clean(self, value: Any) -> Any:
        """A list of numbers."""
        return page_numbers(super().clean(value) or "")


def to_decide(rows: Sequence[DisputedItem]) -> list[tuple[int, str]]:
    """Items as choices of a form; what was decided already says so."""
    return [(r.number, f"{r.number}. {(r.eligible_portion or r.text)[:120]}{_decided(r)}") for r in rows]


def _decided(item: DisputedItem) -> str:
    return f" (decided: {item.decision}; what is written now replaces it)" if item.decision else ""


def references(case: Case, pages: Sequence[int]) -> tuple[PageReference, ...]:
    """Permanent page numbers as the acts take them: a document and the page within it. Raises ValidationError."""
    indexed = case.documents.exclude(first_page=None).values_list("first_page", "pages", "label")
    spans = [(first, first + count - 1, label) for first, count, label in indexed if first is not None]
    named = []
    for page in pages:
        span = next(((first, label) for first, last, label in spans if first <= page <= last), None)
        if span is None:
            most = max((last for _, last, _ in spans), default=0)
            raise ValidationError(f"There is no page {page}: the indexed file has {most} pages.")
        named.append(PageReference(document=span[1], page=page - span[0] + 1))
    return tuple(named)
