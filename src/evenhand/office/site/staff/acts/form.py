"""The form of an act: when it is its time, the law beside it, what follows, and the act itself."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import ChoiceField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import HttpRequest, HttpResponse

from evenhand.office.cases.models import Case
from evenhand.office.cases.states import CaseState
from evenhand.office.events.chain import Actor
from evenhand.office.people.roles import Part
from evenhand.office.site.staff.acts.law import Follow, LawLine, Outgoing
from evenhand.office.ui.forms import Form

S = CaseState
BEFORE_ISSUE = frozenset(S) - {S.ISSUED, S.CLOSED, S.TERMINATED}
EVER = frozenset(S)


class Stage(StrEnum):
    """Under which heading an act stands on the case page."""

    ELIGIBILITY = "Eligibility"
    ASSIGNMENT = "Assignment and records"
    REVIEW = "Reviewer and review"
    ISSUE = "Quality review and issue"
    AFTER = "After issue"
    PARTIES = "Parties and papers"
    FILE = "File and privacy"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What must be known of a case to say which acts have their time. Filled from what the case page has read already."""

    state: CaseState
    items: frozenset[str] = frozenset()
    documents: int = 0
    unindexed: int = 0
    notices: frozenset[str] = frozenset()
    letter: bool = False
    letter_received: bool = False
    published: bool = False
    protected: bool = False
    extra: frozenset[str] = field(default_factory=frozenset)


class Abstract(DeclarativeFieldsMetaclass, ABCMeta):
    """The kind of a form that must be completed before it can be used."""


class ActForm(Form, metaclass=Abstract):
    """The base of all. A subclass says what the act is and performs it; `case` and `actor` are those of the page."""

    name: ClassVar[str]
    """Its permission, and so its act."""
    title: ClassVar[str]
    """On the button of the case page: a verb and what it is done to."""
    stage: ClassVar[Stage]
    states: ClassVar[frozenset[CaseState]]
    """States of the case in which it is its time."""
    button: ClassVar[str] = ""
    template: ClassVar[str] = "case/do.html"
    beside: ClassVar[str] = ""
    """A template with what must be looked at before."""
    parts: ClassVar[frozenset[Part]] = frozenset()
    """Parts of the case that the page of the form shows."""
    routine: ClassVar[bool] = True
    """Whether it is a step of the case's way, or only something that may be done any time."""

    def __init__(
        self, *args: Any, case: Case, actor: Actor, asked: dict[str, str] | None = None, **options: Any
    ) -> None:
        self.case, self.actor, self.asked = case, actor, asked or {}
        self.request: HttpRequest | None = None
        super().__init__(*args, **options)
        self.prepare()

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Whether it is its time, as far as the case page knows; the act itself asks again."""
        return standing.state in cls.states

    @classmethod
    def main(cls, standing: Standing) -> bool:
        """Whether it is the step that the case waits for, and stands as a button."""
        return cls.routine

    def prepare(self) -> None:
        """Fills in choices and first values from the case."""

    def offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        """The choices of a field, known only with the case."""
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        field.choices = list(choices)

    def law(self) -> list[LawLine | None]:
        """The law that governs the act."""
        return []

    def follows(self) -> list[Follow]:
        """What will follow, computed from what stands in the form."""
        return []

    def papers(self) -> list[Outgoing]:
        """What will be sent at once; it cannot be called back."""
        return []

    def paper_count(self) -> int:
        """How many papers that is."""
        return sum(paper.count for paper in self.papers())

    def shown(self) -> dict[str, Any]:
        """What the template beside the form shows."""
        return {}

    @abstractmethod
    def perform(self) -> str | HttpResponse:
        """Calls the act with what was entered. Returns what was done, in a sentence, or the file that it gives."""

    @property
    def submit(self) -> str:
        """The word on the button: it names the papers that go out."""
        count = self.paper_count()
        if count and not self.button:
            return f"Send {count} {'paper' if count == 1 else 'papers'}"
        return self.button or self.title

    def value(self, name: str) -> Any:
        """What stands in a field now: as entered and sound, else as first offered."""
        entered = getattr(self, "cleaned_data", {}).get(name)
        if entered not in (None, ""):
            return entered
        first = self.get_initial_for_field(self.fields[name], name)
        offered = self.fields[name]
        return offered.coerce(first) if first not in (None, "") and hasattr(offered, "coerce") else first

    def day(self, name: str) -> date:
        """A day that stands in a field, today where none does."""
        from evenhand.office.site.staff.acts.fields import today

        found = self.value(name)
        if isinstance(found, str):  # first offered by the address of the page
            try:
                found = self.fields[name].clean(found)
            except ValidationError:
                return today()
        return found if isinstance(found, date) else today()

    def not_before(self, later: str, earlier: str) -> None:
        """Adds an error where one day of the form lies before another."""
        said = getattr(self, "cleaned_data", {})
        if said.get(later) and said.get(earlier) and said[later] < said[earlier]:
            before = str(self.fields[earlier].label).lower()
            self.add_error(later, ValidationError(f"This day lies before “{before}” ({said[earlier]})."))
