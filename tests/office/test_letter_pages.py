"""A letter beside its paper: published, given by anybody, draft and issued; who sees it, what is logged, what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.office.invented import NECK, PROGRAMME, Outline, corpus, empty, get, item, published, text
from tests.office.pages import text_of
from tests.office.played import played
from tests.office.signed_in import client_of

from evenhand.bundles import Bundle
from evenhand.corpus.decision import Origin, PublishedDecision
from evenhand.corpus.papers import keep_paper
from evenhand.corpus.store import add, withdraw_from
from evenhand.letters.determination import Decision
from evenhand.letters.second_reader import checks
from evenhand.office.cases.models import Case
from evenhand.office.cases.reading import reads_chain
from evenhand.office.events.models import Event
from evenhand.office.people.roles import SEES, STAFF, Part, Role
from evenhand.office.site.letter import reading
from evenhand.synthetic.letters import letters

__all__ = ["corpus", "empty"]

LETTER = f"{NECK}letter/"
MADE = next(letters(1, seed=2, layouts=("A",))).text
NASTY = '<script>alert(1)</script> & "quoted" ‮reversed\x00'


def dated(decision: PublishedDecision, **header: object) -> PublishedDecision:
    """The decision with more in its head, so that the second reader knows the law."""
    letter = decision.determination
    assert letter is not None
    return replace(decision, determination=replace(letter, header=replace(letter.header, **header)))


def contradicting(number: str = "EH23-0000003", rationale: str = "") -> PublishedDecision:
    """A decision whose rationale concludes the other way."""
    words = rationale or "The pain is new. The request is medically necessary."
    return published(number, item(1, "MRI of the neck", Decision.UPHELD, words), year=2023, source=Origin.OFFICE)


def sent(content: bytes, name: str = "letter.txt", **more: str) -> HttpResponse:
    """The answer to a letter that the page's own form sends."""
    said = {"letter": SimpleUploadedFile(name, content), **more}
    return Client().post("/letters/", said, headers={"origin": "http://testserver"})


# --- published --------------------------------------------------------------------------------------------------------


def test_a_published_letter_stands_beside_its_paper(corpus: Path) -> None:
    """Head, items with decision and reasons, summary, documents; beside them the pages, and the way to the PDF."""
    page = get(LETTER)
    order = ["What the second reader finds", "At the head of the letter", "Cold therapy unit", "MRI of the neck"]
    order += [
        "Clinical case summary</h3>",
        "Documents that the reviewer read",
        "The letter, as published here",
        "Page 1 of",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert f'href="{NECK}letter.pdf"' in page and "data:image/png;base64," in page
    assert f'href="{LETTER}"' in get(NECK)


def test_findings_stand_at_their_words_and_lead_both_ways(corpus: Path) -> None:
    """The number at the words leads to the card, the card back to the words and to the check's own page."""
    add(corpus, [contradicting()])
    page = get(f"/decisions/{PROGRAMME}/EH23-0000003/letter/")
    number = re.search(r'id="mark-(\d+)" href="#finding-\1"[^>]*>.{0,80}</a><mark class="[^"]*has-error', page)
    assert number, page
    card = page[page.index(f'id="finding-{number[1]}"') :]
    assert f'href="#mark-{number[1]}"' in card and 'href="/checks/EH011/"' in card
    assert "Why" in card and "What to do" in card


def test_every_number_on_the_page_leads_somewhere(corpus: Path) -> None:
    """Every address within the page has its place, and no place has two."""
    add(corpus, [contradicting()])
    page = get(f"/decisions/{PROGRAMME}/EH23-0000003/letter/")
    ids = Outline(page).ids
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_a_choice_shows_one_severity_and_keeps_the_numbers(corpus: Path) -> None:
    """`?show=error` leaves the errors, with their numbers and all counts; nonsense shows all."""
    add(corpus, [contradicting()])
    address = f"/decisions/{PROGRAMME}/EH23-0000003/letter/"
    everything, errors = get(address), get(f"{address}?show=error")
    numbers = set(re.findall(r'id="finding-(\d+)"', everything))
    left = set(re.findall(r'id="finding-(\d+)"', errors))
    assert left and left < numbers
    assert "finding-note" not in errors and "finding-warning" not in errors
    assert f"All {len(numbers)}<" in errors and 'href="?show=error" aria-current="true"' in errors
    assert re.findall(r'id="finding-\d+"', get(f"{address}?show=<b>")) == re.findall(r'id="finding-\d+"', everything)


def test_text_of_a_letter_is_never_markup(corpus: Path) -> None:
    """Whatever stands in a letter is shown, not run; what no page can hold is one sign; nothing of the page's policy is lifted."""
    decision = published(
        "EH24-0000004", item(1, NASTY, Decision.UPHELD, f"{NASTY} It is medically necessary."), year=2024
    )
    letter = decision.determination
    assert letter is not None
    nasty = replace(letter, problems=(NASTY,), header=replace(letter.header, priority=NASTY))
    add(corpus, [replace(decision, determination=nasty)])
    answer = Client().get(f"/decisions/{PROGRAMME}/EH24-0000004/letter/")
    page = text(answer)
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "\u202e" not in page and "\x00" not in page
    policy = answer["Content-Security-Policy"]
    assert "img-src 'self' data:" in policy and "unsafe" not in policy and "default-src 'none'" in policy


def test_a_letter_without_a_date_says_why_it_was_not_checked(corpus: Path) -> None:
    """No finding is not the same as nothing found."""
    undated = dated(contradicting(), decision_date=None)
    add(corpus, [undated])
    page = get(f"/decisions/{PROGRAMME}/EH23-0000003/letter/")
    assert "It could not be checked" in page and "names no date" in page
    assert "That is no praise" not in page


def test_the_public_pdf_names_nobody(corpus: Path) -> None:
    """Our own decisions are made anew from what was published, and say so; the PDF opens in a sandbox."""
    answer = Client().get(f"{NECK}letter.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    import pypdfium2

    words = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert "This is not the letter itself" in words and "Employee" not in words


def test_a_paper_that_cannot_be_drawn_leaves_the_structure(corpus: Path) -> None:
    """A kept file that no reader can draw is said to be that; what the letter says and the findings stand."""
    decision = published("CM16-0000006", item(1, "MRI", Decision.UPHELD, "No."), year=2016, source=Origin.IMPORT)
    letter = decision.determination
    assert letter is not None
    imported = replace(decision, determination=replace(letter, layout="A"))
    add(corpus, [imported])
    keep_paper(corpus, imported, b"%PDF-1.7 broken")
    page = get(f"/decisions/{PROGRAMME}/CM16-0000006/letter/")
    assert "cannot be shown as pictures" in page and "What the letter says" in page


def test_an_imported_letter_is_shown_as_it_was_published(corpus: Path) -> None:
    """Where its PDF was kept, that very file is shown and given; the page says so."""
    decision = published("CM16-0000005", item(1, "MRI", Decision.UPHELD, "No."), year=2016, source=Origin.IMPORT)
    letter = decision.determination
    assert letter is not None
    imported = replace(decision, determination=replace(letter, layout="A"))
    add(corpus, [imported])
    address = f"/decisions/{PROGRAMME}/CM16-0000005/letter"
    assert "Made from the published text" in get(f"{address}/")
    original = Client().get(f"{NECK}letter.pdf").content
    keep_paper(corpus, imported, original)
    assert "as the other office published it" in get(f"{address}/")
    assert Client().get(f"{address}.pdf").content == original


def test_a_withdrawn_letter_is_gone_whole(corpus: Path) -> None:
    """The page is a tombstone and the PDF is not there; an unknown address is not there either."""
    from datetime import date

    withdraw_from(corpus, f"{PROGRAMME}/EH21-0000001", on=date(2026, 1, 2), reason="a person can be recognized")
    assert "Cold therapy" not in get(LETTER, 410)
    get(f"{NECK}letter.pdf", 404)
    get(f"/decisions/{PROGRAMME}/EH99-9999999/letter/", 404)
    get(f"/decisions/{PROGRAMME}/EH99-9999999/letter.pdf", 404)


# --- the checks -------------------------------------------------------------------------------------------------------


def test_every_check_has_a_page() -> None:
    """The list leads to each; each says what it looks for, how grave it is, what it rests on and what to do."""
    page = get("/checks/")
    for check in checks():
        assert f'href="/checks/{check.code}/"' in page
        own = text_of(Client().get(f"/checks/{check.code}/"))
        assert check.name in own and " ".join(check.to_do.replace("`", "").split()) in own


def test_a_check_is_found_in_any_spelling() -> None:
    """`/checks/eh011/` leads to EH011; what is no check is not there."""
    answer = Client().get("/checks/eh011/")
    assert answer.status_code == 301 and answer["Location"] == "/checks/EH011/"
    get("/checks/EH999/", 404)
    get("/checks/%3Cb%3E/", 404)


# --- anybody's letter -------------------------------------------------------------------------------------------------


def test_anybody_reads_a_letter() -> None:
    """The same view, with the file's pages, and that nothing was kept; nobody's cache keeps it, and no cookie is set."""
    answer = sent(MADE.encode())
    page = text(answer)
    assert answer.status_code == 200
    assert "Nothing of this was kept" in page and "What the second reader finds" in page and "EH001" in page
    assert 'name="only"' in page and "?show=" not in page
    assert answer["Cache-Control"] == "no-store, private"
    assert not answer.cookies and not Client().get("/letters/").cookies


def test_nothing_of_a_letter_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A large one too goes to no file; no log has a word of it, not even its name."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = sent(MADE.encode() + b"\n" * 3_000_000, name="of-somebody.txt")
    assert answer.status_code == 200
    assert list(tmp_path.rglob("*")) == []
    assert "of-somebody" not in caplog.text


def test_a_name_of_a_file_is_never_markup() -> None:
    """What the file is called is shown as words."""
    page = text(sent(MADE.encode(), name="<img src=x onerror=alert(1)>.txt"))
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"A list of apples.", "Final Determination Letter"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b"\x7fELF\x00", "neither a PDF nor text"),
        (b"", "the text is empty"),
    ],
)
def test_what_is_no_letter_is_refused_in_words(content: bytes, why: str) -> None:
    """The form comes back with the reason, and with the place to try again."""
    answer = sent(content)
    assert answer.status_code == 422
    assert why in text_of(answer) and "The letter was not read" in text_of(answer)
    assert 'type="file"' in text(answer)


def test_a_form_without_a_letter_is_told_what_it_lacks() -> None:
    """No file, or a day that is none."""
    answer = Client().post("/letters/", {"on": "soon"}, headers={"origin": "http://testserver"})
    assert answer.status_code == 422
    assert "This field is required" in text(answer) and "Enter a valid date" in text(answer)


def test_what_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the length of the request, before a byte of it is taken in; and by the file's own where the rest is small."""
    monkeypatch.setattr(reading, "read_alone", lambda *_, **__: pytest.fail("it was read"))
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)
    for size in (1_000 + reading.AROUND, 2_000):
        answer = sent(b"x" * size)
        assert answer.status_code == 413
        assert "larger than" in text_of(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://testserver.elsewhere.example"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(headers: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this site's own page can have a letter read: no other page makes its visitors do it."""
    monkeypatch.setattr(reading, "read_alone", lambda *_, **__: pytest.fail("it was read"))
    said = {"letter": SimpleUploadedFile("letter.txt", MADE.encode())}
    answer = Client().post("/letters/", said, headers=headers)
    assert answer.status_code == 403
    assert "not sent from this page" in text_of(answer)


def test_letters_wait_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where as many are read as may be, the next is asked to come again, and is read when it does."""
    turns = BoundedSemaphore(1)
    monkeypatch.setattr(reading, "_reading", turns)
    monkeypatch.setattr(reading, "PATIENCE", 0.01)
    turns.acquire()
    answer = sent(MADE.encode())
    assert answer.status_code == 503 and "just now" in text_of(answer)
    turns.release()
    assert sent(MADE.encode()).status_code == 200


def test_a_broken_form_is_refused_in_words() -> None:
    """What is no form at all gives the form, not an error of ours."""
    answer = Client().post(
        "/letters/",
        b"--x\r\nbroken",
        content_type="multipart/form-data; boundary=y",
        headers={"origin": "http://testserver"},
    )
    assert answer.status_code in {400, 422}
    answer = Client().post("/letters/", b"{}", content_type="application/json", headers={"origin": "http://testserver"})
    assert answer.status_code == 422


# --- draft and issued letter ------------------------------------------------------------------------------------------


def looks(case: Case) -> list[str]:
    """The logged looks at a case."""
    return [event.payload for event in Event.objects.filter(chain=reads_chain(case)).order_by("number")]


@pytest.fixture
def drafted(db: None, neck: Bundle) -> Case:
    """The first example, its draft handed in."""
    return played(neck, "quality")


@pytest.fixture
def issued(db: None, neck: Bundle) -> Case:
    """The first example, its letter out."""
    return played(neck, "receipt")


def test_an_issued_letter_stands_beside_its_paper(issued: Case) -> None:
    """Whoever sees the determination sees it with the real PDF; the look is logged by the PDF's hash before anything is shown."""
    client = client_of("a.case_manager", Role.CASE_MANAGER)
    answer = client.get(reverse("letter_read", args=[issued.number]))
    page = text(answer)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store, private"
    assert "The letter as issued" in page and "data:image/png;base64," in page
    assert issued.letter.pdf in looks(issued)[-1] and '"parts":["determination"]' in looks(issued)[-1]
    pdf = client.get(reverse("letter_pdf", args=[issued.number]))
    assert pdf.content.startswith(b"%PDF") and pdf["Content-Security-Policy"].startswith("sandbox;")
    assert len([look for look in looks(issued) if issued.letter.pdf in look]) == 2
    shown = text(client.get(reverse("case", args=[issued.number])))
    assert reverse("letter_read", args=[issued.number]) in shown


@pytest.mark.parametrize("name", ["letter_read", "letter_pdf", "draft_read"])
def test_only_who_may_see_it_sees_it(issued: Case, name: str) -> None:
    """Every role of the office: open where its part is open, refused and not logged where it is not."""
    part = Part.REVIEW if name == "draft_read" else Part.DETERMINATION
    for role in sorted(STAFF - {Role.REVIEWER}):
        before = len(looks(issued))
        answer = client_of(f"a.{role.value}", role).get(reverse(name, args=[issued.number]))
        assert (answer.status_code == 200) == (role in SEES[part]), (role, answer.status_code)
        assert (len(looks(issued)) > before) == (role in SEES[part]), role


def test_a_draft_stands_beside_the_letter_as_it_would_go_out(drafted: Case) -> None:
    """The medical director sees the draft with its pages; the look names the parties too, for the paper names them."""
    answer = client_of("a.medical_director", Role.MEDICAL_DIRECTOR).get(reverse("draft_read", args=[drafted.number]))
    page = text(answer)
    assert "The letter as it would go out today" in page and "data:image/png;base64," in page
    assert '"parts":["parties","review"]' in looks(drafted)[-1]


def test_an_old_draft_leads_to_the_letter(issued: Case) -> None:
    """After the issue the draft is still there to be read, and its paper is the letter."""
    answer = client_of("a.medical_director", Role.MEDICAL_DIRECTOR).get(reverse("draft_read", args=[issued.number]))
    page = text(answer)
    assert "The letter went out." in page and reverse("letter_read", args=[issued.number]) in page
    assert "cannot be shown as pictures" not in page


def test_the_reviewer_sees_the_draft_without_the_parties(drafted: Case) -> None:
    """The own draft, its findings, and why the paper is not there; another reviewer sees no case."""
    assert drafted.selected_reviewer
    address = reverse("draft_read", args=[drafted.number])
    page = text(client_of(drafted.selected_reviewer, Role.REVIEWER).get(address))
    assert "are not open to your role" in page and "data:image/png" not in page
    assert "What the letter says" in page and "Orrin" not in page
    assert client_of("R-9999", Role.REVIEWER).get(address).status_code == 404


def test_there_is_no_letter_before_there_is_one(drafted: Case, case: Case) -> None:
    """No letter before the issue; no draft before the first decision, with the words for it; no such case."""
    director = client_of("a.medical_director", Role.MEDICAL_DIRECTOR)
    assert director.get(reverse("letter_read", args=[drafted.number])).status_code == 404
    assert director.get(reverse("letter_pdf", args=[drafted.number])).status_code == 404
    answer = director.get(reverse("draft_read", args=[case.number]))
    assert answer.status_code == 409 and "has no draft yet" in text_of(answer)
    assert director.get(reverse("draft_read", args=["EH15-8888888"])).status_code == 404


def test_before_issue_the_second_reader_is_stricter(drafted: Case) -> None:
    """The draft is read as before an issue: the address of a choice works as on the public page."""
    client = client_of("a.medical_director", Role.MEDICAL_DIRECTOR)
    address = reverse("draft_read", args=[drafted.number])
    assert client.get(f"{address}?show=error").status_code == 200
