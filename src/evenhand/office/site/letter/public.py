"""A published letter beside its paper, with what the second reader finds in it. Reads the public record and nothing else."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from evenhand.corpus.decision import PublishedDecision
from evenhand.corpus.papers import paper_of
from evenhand.letters.determination import Determination
from evenhand.letters.published import published_document
from evenhand.letters.second_reader import Finding, NeedsDate, check_letter
from evenhand.office.configuration import configuration
from evenhand.office.organisation import organisation
from evenhand.office.people.access import public
from evenhand.office.site import record, show
from evenhand.office.site.drawing import drawn
from evenhand.office.site.errors import record_readable
from evenhand.office.site.letter.pages import letter_page
from evenhand.office.site.letter.shown import Paper, chosen_severity, shown
from evenhand.office.site.staff.served import safe_name
from evenhand.office.ui.dates import today
from evenhand.typesetting.pdf import CannotTypeset, to_pdf
from evenhand.typesetting.texts import read_texts

# Letters whose pages are kept in memory: each has some hundred thousand bytes, and whoever reads one asks for it again.
KEPT = 24
ORIGINAL = "The letter as the other office published it, byte for byte."
ANEW = (
    "Made from the published text, without the parties and without anybody’s name. It is not the letter that went out."
)


@public
@require_safe
@record_readable
def letter(request: HttpRequest, address: str) -> HttpResponse:
    """The letter as structure beside its paper, findings at their place; a tombstone (410) where it was withdrawn."""
    published = record.find(configuration().corpus, address)
    if published is None:
        raise Http404
    if published.withdrawn is not None or published.determination is None:
        gone = {"case": show.case_name(published), "tombstone": published.withdrawn}
        return letter_page(request, "site/withdrawn.html", gone, status=410)
    found, unchecked = checked(published.determination)
    pdf, original = _pdf(published)
    paper = Paper(
        title="The letter" if original else "The letter, as published here",
        words=ORIGINAL if original else ANEW,
        url=reverse("decision_pdf", args=[address]) if pdf else "",
        link="The letter as PDF",
    )
    context = {
        "case": show.case_name(published),
        "address": address,
        "origin": show.ORIGINS[published.source],
        "shown": shown(
            published.determination,
            found,
            _drawn(published.determination, found, pdf),
            paper,
            only=chosen_severity(request.GET.get("show", "")),
            unchecked=unchecked,
        ),
        "queries": True,
    }
    return letter_page(request, "letter/published.html", context)


@public
@require_safe
@record_readable
def letter_pdf(request: HttpRequest, address: str) -> HttpResponse:
    """The letter as the public may have it, as PDF: the kept original of another office, or made from the published text."""
    published = record.find(configuration().corpus, address)
    if published is None or published.determination is None:
        raise Http404
    pdf, _ = _pdf(published)
    if not pdf:
        raise Http404
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{safe_name(published.case_number or "letter")}.pdf"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    return answer


def checked(letter: Determination) -> tuple[tuple[Finding, ...], str]:
    """What the second reader finds, or why it could not read: the letter names no date."""
    try:
        return check_letter(letter), ""
    except NeedsDate as error:
        return (), str(error)


def _pdf(published: PublishedDecision) -> tuple[bytes, bool]:
    """The PDF that the public may see, and whether it is another office's original. Never one that names the parties: our own
    letters are made anew from what was published; nothing where that cannot be typeset."""
    kept = paper_of(configuration().corpus, published)
    if kept is not None:
        return kept, True
    letter = published.determination
    assert letter is not None  # the callers have asked
    made_on = published.published_on or letter.header.decision_date or today()
    return _typeset(letter, published.programme, made_on, organisation().name), False


@lru_cache(maxsize=KEPT)
def _typeset(letter: Determination, programme: str, made_on: date, author: str) -> bytes:
    try:
        return to_pdf(published_document(letter, read_texts(programme), author=author), created=made_on)
    except (CannotTypeset, UnicodeError):
        return b""


_drawn = lru_cache(maxsize=KEPT)(drawn)
