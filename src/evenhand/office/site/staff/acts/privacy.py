"""What is closed and what is opened with a reason: the forms."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.casefile.protected import protected_categories
from evenhand.office.cases.reading import BREAK_GLASS_LASTS, LEAST_REASON, break_glass
from evenhand.office.people.authorisation import breakable_parts
from evenhand.office.people.roles import Part
from evenhand.office.records import protection
from evenhand.office.records.models import FileIndex
from evenhand.office.site.staff.acts.fields import day, words
from evenhand.office.site.staff.acts.form import EVER, ActForm, Stage, Standing
from evenhand.office.site.staff.acts.law import Follow, LawLine

MINUTES = int(BREAK_GLASS_LASTS.total_seconds() // 60)


class BreakGlass(ActForm):
    """break_glass."""

    name = "break_glass"
    title = "Open a closed part with a reason"
    stage = Stage.FILE
    states = EVER
    routine = False
    button = "Open it"
    part = forms.TypedChoiceField(label="Part of the case", coerce=Part)
    reason = words("Reason", "What you need it for, in a sentence. Somebody else reads it.", rows=3, most=2000)

    def prepare(self) -> None:
        """What the role may open this way."""
        parts = sorted(breakable_parts(self.actor))
        self.offer("part", [("", "Choose"), *((p.value, p.value.capitalize()) for p in parts)])

    def clean_reason(self) -> str:
        """Long enough to be looked at."""
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < LEAST_REASON:
            raise forms.ValidationError(
                "The reason is too short to be looked at by somebody else. Say it in a sentence."
            )
        return reason

    def follows(self) -> list[Follow]:
        """For how long, and who is told."""
        return [
            Follow(text=f"The part is open to you for {MINUTES} minutes."),
            Follow(text="The medical director and the auditors are told, and one of them looks at your reason."),
        ]

    def perform(self) -> str:
        """Opened, logged, told."""
        said = self.cleaned_data
        break_glass(actor=self.actor, case=self.case, part=said["part"], reason=said["reason"])
        return f"{said['part'].value.capitalize()} is open to you for {MINUTES} minutes. That is logged and looked at."


class MarkProtected(ActForm):
    """mark_protected."""

    name = "mark_protected"
    title = "Mark pages as specially protected"
    stage = Stage.FILE
    states = EVER
    routine = False
    parts = frozenset({Part.RECORDS})
    button = "Close the pages"
    category = forms.ChoiceField(label="What they hold")
    first_page = forms.IntegerField(
        label="First page", help_text="Permanent number in the file.", min_value=1, max_value=999_999
    )
    last_page = forms.IntegerField(label="Last page", min_value=1, max_value=999_999)
    on = day("Marked on", "From then on the pages are closed to whoever gives no reason.")

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where there are pages with numbers."""
        return standing.documents > standing.unindexed

    def prepare(self) -> None:
        """The categories of the programme's law."""
        known = protected_categories(self.case.programme)
        self.offer("category", [("", "Choose"), *((entry.code, entry.title) for entry in known)])
        index = FileIndex.objects.filter(case=self.case).last()
        if index is not None:
            self.fields["last_page"].help_text = f"The file has {index.pages} pages."

    def clean(self) -> dict[str, Any]:
        """In their order."""
        said = self.cleaned_data
        if said.get("first_page") and said.get("last_page") and said["last_page"] < said["first_page"]:
            self.add_error("last_page", "The last page lies before the first.")
        return said

    def law(self) -> list[LawLine | None]:
        """What protects each category."""
        return [
            LawLine(
                title=entry.title,
                text="Closed to whoever has no reason to see it.",
                citation=entry.citation,
                confidence=entry.confidence.value,
            )
            for entry in protected_categories(self.case.programme)
        ]

    def perform(self) -> str:
        """Closed to whoever gives no reason; the reviewer of the case reads them."""
        row = protection.mark_protected(actor=self.actor, case=self.case, **self.cleaned_data)
        return f"Pages {row.first_page} to {row.last_page} are closed to whoever gives no reason."


class LiftProtected(ActForm):
    """lift_protected."""

    name = "lift_protected"
    title = "Lift a protection marked in error"
    stage = Stage.FILE
    states = EVER
    routine = False
    parts = frozenset({Part.RECORDS})
    button = "Open the pages again"
    segment = forms.TypedChoiceField(label="Pages", coerce=int)
    on = day("Lifted on", "From then on whoever reads the rest of the file reads these pages too.")

    @classmethod
    def ready(cls, standing: Standing) -> bool:
        """Where something is protected."""
        return standing.protected

    def prepare(self) -> None:
        """The segments that stand, by their pages: of what kind they are is itself medical."""
        rows = self.case.protected_segments.filter(lifted_on=None)
        choices = [(row.pk, f"Pages {row.first_page} to {row.last_page}, marked {row.marked_on}") for row in rows]
        self.offer("segment", choices)

    def perform(self) -> str:
        """Open again."""
        segment = self.case.protected_segments.get(pk=self.cleaned_data["segment"])
        protection.lift_protected(actor=self.actor, case=self.case, segment=segment, on=self.cleaned_data["on"])
        return f"Pages {segment.first_page} to {segment.last_page} are open again to those who read the file."


FORMS: tuple[type[ActForm], ...] = (BreakGlass, MarkProtected, LiftProtected)
