"""Segments of a record under special protection: marked, closed to whoever gives no reason, lifted by the medical director."""

from __future__ import annotations

from datetime import date

from evenhand.casefile.protected import protected_categories
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor, append
from evenhand.office.people.acts import act
from evenhand.office.records.models import FileIndex, ProtectedSegment
from evenhand.office.refusals import Refused


@act("mark_protected")
def mark_protected(
    *, actor: Actor, case: Case, category: str, first_page: int, last_page: int, on: date
) -> ProtectedSegment:
    """Closes pages (permanent numbers, both included) to whoever gives no reason. The reviewer of the case reads them."""
    known = {entry.code for entry in protected_categories(case.programme)}
    if category not in known:
        raise Refused(
            what=f"{category!r} is no category of protected information",
            why="the programme's law names them (vocabulary/protected.yaml)",
            next=f"choose one of: {', '.join(sorted(known))}",
        )
    index = FileIndex.objects.filter(case=case).last()
    pages = index.pages if index else 0
    if not 1 <= first_page <= last_page <= pages:
        raise Refused(
            what=f"pages {first_page} to {last_page} are not in the file of case {case.number}",
            why=f"the indexed file has {pages} pages"
            if pages
            else "the file is not indexed, so its pages have no number",
            next="give the permanent page numbers of the file" if pages else "index the records first",
        )
    segment = ProtectedSegment.objects.create(
        case=case, category=category, first_page=first_page, last_page=last_page, marked_on=on
    )
    # Which kind of information it is would itself tell something medical: the event names the pages only.
    data = {"segment": segment.pk, "pages": [first_page, last_page]}
    append(actor=actor, chain=case.chain, kind="segment_protected", effective=on, data=data)
    return segment


@act("lift_protected")
def lift_protected(*, actor: Actor, case: Case, segment: ProtectedSegment, on: date) -> None:
    """Opens a segment again to those who read the rest, where it was marked in error."""
    if segment.case_id != case.pk or segment.lifted_on is not None:
        raise Refused(
            what="this segment is not protected now",
            why="it was lifted before, or it belongs to another case",
            next="look at the list of the case's protected segments",
        )
    segment.lifted_on = on
    segment.save(update_fields=["lifted_on"])
    append(
        actor=actor,
        chain=case.chain,
        kind="segment_opened",
        effective=on,
        data={"segment": segment.pk, "pages": [segment.first_page, segment.last_page]},
    )


def protected_pages(case: Case) -> frozenset[int]:
    """The permanent numbers of all pages that are closed to whoever gives no reason."""
    standing = case.protected_segments.filter(lifted_on=None)
    return frozenset(page for segment in standing for page in range(segment.first_page, segment.last_page + 1))
