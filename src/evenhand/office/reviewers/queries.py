"""Reading the register: facts by pseudonymous identifier, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from evenhand.matching.facts import Reviewer as ReviewerFacts
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import reviewer_tag
from evenhand.office.reviewers.models import Reviewer
from evenhand.reading import from_plain

ENDED = ("ISSUED", "CLOSED", "TERMINATED")


@dataclass(frozen=True, kw_only=True)
class Registered:
    """One reviewer of the register as a list shows it."""

    id: str
    registered_on: date
    facts: ReviewerFacts
    open_cases: int
    """Cases of this office that the reviewer was selected for and that are not issued yet."""

    @property
    def specialties(self) -> tuple[str, ...]:
        """The fields in which a board has certified the reviewer."""
        return tuple(dict.fromkeys(entry.specialty for entry in self.facts.certifications))

    @property
    def states(self) -> tuple[str, ...]:
        """Where the reviewer holds a licence."""
        return tuple(dict.fromkeys(licence.state for licence in self.facts.licences))


def register() -> list[Registered]:
    """Everybody in the register, in the order of the identifiers."""
    working = Q(selection__ended=False) & ~Q(selection__case__state__in=ENDED) & Q(selection__case__set_aside=False)
    rows = Reviewer.objects.annotate(working=Count("selection", filter=working)).order_by("pk")
    return [
        Registered(
            id=row.pk,
            registered_on=row.registered_on,
            facts=from_plain(ReviewerFacts, row.facts, name=f"reviewer {row.pk}"),
            open_cases=row.working,
        )
        for row in rows
    ]


def tags_in(case: Case) -> dict[str, str]:
    """Whose tag each is in the events of a case: for those who may know which reviewer it is, nobody else."""
    known = {*case.selections.values_list("reviewer_id", flat=True), case.selected_reviewer} - {None}
    return {reviewer_tag(case.chain, reviewer): reviewer for reviewer in known if reviewer}
