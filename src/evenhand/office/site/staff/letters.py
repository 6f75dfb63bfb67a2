"""The letter of a case beside its paper, with what the second reader finds now: the draft, and the letter as issued. Every look is
logged before anything is shown."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.law.facts import Means
from evenhand.letters.determination import Determination
from evenhand.letters.second_reader import Profile, check_letter
from evenhand.letters.write import LetterIncomplete, compose_letter
from evenhand.office.cases.models import Case
from evenhand.office.cases.queries import items
from evenhand.office.cases.reading import looked
from evenhand.office.cases.states import CaseState, ItemState
from evenhand.office.cases.storage import get
from evenhand.office.correspondence.compose import texts_of
from evenhand.office.intake.queries import request_of
from evenhand.office.issuing.composing import own_letter
from evenhand.office.people.access import actor_of
from evenhand.office.people.roles import Part
from evenhand.office.refusals import Refused
from evenhand.office.reviews.drafting import draft_of
from evenhand.office.site.access import case_page
from evenhand.office.site.drawing import drawn
from evenhand.office.site.letter.pages import letter_page
from evenhand.office.site.letter.shown import Paper, chosen_severity, shown
from evenhand.office.site.staff import served
from evenhand.office.site.staff.acts.fields import today
from evenhand.reading import from_plain
from evenhand.typesetting.pdf import CannotTypeset, to_pdf

HANDED_IN = frozenset({CaseState.DRAFTED, CaseState.QUALITY_REVIEW})
NAMES_CLOSED = "The paper names the parties, which are not open to your role. The structure beside names nobody."


@case_page(Part.DETERMINATION, logged=False)
@require_safe
def letter_read(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The letter as issued."""
    row = getattr(case, "letter", None)
    if row is None:
        raise Http404
    looked(actor=actor_of(request), case=case, parts=frozenset({Part.DETERMINATION}), what=row.pdf)
    letter = from_plain(Determination, row.determination, name=f"determination of {case.number}")
    paper = Paper(
        title="The letter as issued",
        words=f"Served {row.served_on:%B} {row.served_on.day}, {row.served_on.year}.",
        url=reverse("letter_pdf", args=[case.number]),
        link="The letter as PDF",
    )
    return _page(request, case, "The letter", letter, paper, get(case, row.pdf))


@case_page(Part.DETERMINATION, logged=False)
@require_safe
def letter_pdf(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The PDF of the letter as issued, signed."""
    row = getattr(case, "letter", None)
    if row is None:
        raise Http404
    looked(actor=actor_of(request), case=case, parts=frozenset({Part.DETERMINATION}), what=row.pdf)
    return served.pdf(get(case, row.pdf), f"{case.number}-letter.pdf")


@case_page(Part.REVIEW, shows=frozenset({Part.PARTIES}), logged=False)
@require_safe
def draft_read(request: HttpRequest, case: Case, seen: frozenset[Part]) -> HttpResponse:
    """The draft as it was handed in, or, while the reviewer is at work, as it stands. Its paper for whoever sees the parties."""
    parts = frozenset({Part.REVIEW, *([Part.PARTIES] if _typeset(case, seen) else [])})
    looked(actor=actor_of(request), case=case, parts=parts, what="draft")
    letter = _draft(case)
    paper, pdf = _draft_paper(case, seen)
    return _page(request, case, "The draft", letter, paper, pdf)


def _draft(case: Case) -> Determination:
    """The draft that counts. Raises Refused where nothing is decided yet."""
    handed_in = case.drafts.last()
    if handed_in is not None and case.state != CaseState.IN_REVIEW:
        return from_plain(Determination, handed_in.determination, name=f"draft of {case.number}")
    if not items(case, ItemState.DECIDED):
        raise Refused(
            what=f"case {case.number} has no draft yet",
            why="a draft begins with the first item that the reviewer decides",
            next="come back when an item is decided",
        )
    return draft_of(case)


def _typeset(case: Case, seen: frozenset[Part]) -> bool:
    return case.state in HANDED_IN and Part.PARTIES in seen


def _draft_paper(case: Case, seen: frozenset[Part]) -> tuple[Paper, bytes]:
    """The letter as it would go out today, typeset; or why it is not shown."""
    if getattr(case, "letter", None) is not None:
        url = reverse("letter_read", args=[case.number])
        return Paper(title="The paper", words="The letter went out.", url=url, link="As issued", has_pages=False), b""
    if case.state not in HANDED_IN:
        words = "The paper is made when the draft has been handed in, and kept when the letter is issued."
        return Paper(title="The paper", words=words, has_pages=False), b""
    if Part.PARTIES not in seen:
        return Paper(title="The paper", words=NAMES_CLOSED, has_pages=False), b""
    on = today()
    try:
        document = compose_letter(own_letter(case, served_on=on, means=Means.MAIL), texts_of(case))
        pdf = to_pdf(document, created=on)
    except (LetterIncomplete, CannotTypeset) as error:
        return Paper(title="The paper", words=f"It cannot be typeset yet: {error}.", has_pages=False), b""
    return (
        Paper(
            title="The letter as it would go out today",
            words="Nothing of it is kept. The dates for a petition come with the service itself.",
            url=reverse("letter_preview", args=[case.number]),
            link="The same as a page",
        ),
        pdf,
    )


def _page(
    request: HttpRequest, case: Case, title: str, letter: Determination, paper: Paper, pdf: bytes
) -> HttpResponse:
    found = check_letter(letter, on=request_of(case).dated, profile=Profile.ISSUE)
    only = chosen_severity(request.GET.get("show", ""))
    view = shown(letter, found, drawn(letter, found, pdf), paper, only=only)
    context = {"case": case, "title": title, "shown": view, "queries": True}
    return served.unkept(letter_page(request, "letter/office.html", context))
