"""The public site: what readers see, and what they never see. All decisions are invented."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from tests.office.invented import BACK, NECK, PROGRAMME, Outline, corpus, empty, get, item, published, text

from evenhand.corpus.store import FILE, add, withdraw_from
from evenhand.letters.determination import Decision
from evenhand.office.organisation import organisation
from evenhand.office.site import record
from evenhand.office.working_law import working_law

__all__ = ["corpus", "empty"]

# --- the pages --------------------------------------------------------------------------------------------------------


def test_first_page_shows_the_newest_decision_first(corpus: Path) -> None:
    """The first page counts the record and lists its decisions, the one published last at the top."""
    page = get("/")
    assert "2 decisions on 3 disputed items" in page
    assert 0 < page.index("EH22-0000002") < page.index("EH21-0000001")


def test_first_page_says_what_is_not_built(corpus: Path) -> None:
    """Nobody is led to believe that one can apply here."""
    assert "You cannot apply, send records or follow a case on this site yet" in get("/")


@pytest.mark.parametrize("address", ["/", "/decisions/"])
def test_empty_record_says_how_to_fill_it(empty: Path, address: str) -> None:
    """Where nothing is published, the page says so and names the command that fills it."""
    page = get(address)
    assert "Nothing is published here yet" in page
    assert "evenhand run examples/neck-cold-therapy" in page


def test_decision_page_states_the_result_before_the_reasons(corpus: Path) -> None:
    """The result in plain words comes first, then each item with its word, guidelines and reasons, then the rest."""
    page = get(NECK)
    order = [
        "The denial is set aside for 1 of 2 items",
        "Cold therapy unit</h2>",
        "The claims administrator relied on",
        "The gel packs do the same.",
        "MRI of the neck</h2>",
        "New weakness of the arm.",
        "Clinical case summary",
        "Progress report, pages 1–3",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_words_of_the_decision_are_told_in_plain_words(corpus: Path) -> None:
    """Upheld reads as "The denial stands", Overturned as "The denial is set aside"."""
    page = get(NECK)
    assert re.search(r"Upheld</span>\s*<span class=\"plain\">The denial stands", page)
    assert re.search(r"Overturned</span>\s*<span class=\"plain\">The denial is set aside", page)


@pytest.mark.parametrize(("address", "marked"), [(NECK, True), (BACK, False)])
def test_what_a_script_played_is_marked(corpus: Path, address: str, marked: bool) -> None:
    """A replayed decision says so at its head; one of the office does not."""
    assert ("Played by a script (example)" in get(address)) is marked


def test_text_of_a_letter_is_never_markup(corpus: Path) -> None:
    """What a letter says is shown as it stands there, not run."""
    page = get(NECK)
    assert "&lt;b&gt;hurt&lt;/b&gt;" in page
    assert "<b>hurt</b>" not in page


def test_decision_as_data_is_the_shape_of_the_letter(corpus: Path) -> None:
    """The same address with .json gives the published decision as data."""
    response = Client().get(f"{NECK.rstrip('/')}.json")
    assert response["Content-Type"] == "application/json"
    plain = json.loads(response.content)
    assert plain["source"] == "replay"
    assert plain["determination"]["outcome"] == "Partially Overturn"
    assert [entry["decision"] for entry in plain["determination"]["items"]] == ["Upheld", "Overturned"]
    assert plain["determination"]["header"]["decision_date"] == "2021-03-04"


@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_withdrawn_decision_leaves_a_tombstone(corpus: Path, suffix: str) -> None:
    """A withdrawn decision answers 410 with the day and the reason, and without its text."""
    withdraw_from(corpus, f"{PROGRAMME}/EH21-0000001", on=date(2023, 5, 6), reason="a person could be recognised")
    page = get(NECK.rstrip("/") + suffix, 410)
    assert "person could be recognised" in page
    assert "May 6, 2023" in page or "2023-05-06" in page
    assert "gel packs" not in page


def test_withdrawn_decision_is_nowhere_else(corpus: Path) -> None:
    """After a withdrawal neither the first page nor a search shows the decision, nor counts it."""
    assert "EH21-0000001" in get("/decisions/?q=cold")
    withdraw_from(corpus, f"{PROGRAMME}/EH21-0000001", on=date(2023, 5, 6), reason="asked for")
    assert "EH21-0000001" not in get("/") + get("/decisions/") + get("/decisions/?q=cold")
    assert "1 decision on 1 disputed item." in get("/")


@pytest.mark.parametrize(
    "address", ["/decisions/ca_dwc/EH99-1/", "/decisions/x/", "/decisions/../../etc/passwd/", "/n/"]
)
def test_unknown_address_helps_on(corpus: Path, address: str) -> None:
    """What is not there gets a page with a search box, not an empty error."""
    page = get(address, 404)
    assert "There is no page at this address" in page
    assert 'name="q"' in page


def test_unknown_data_address_answers_as_data(corpus: Path) -> None:
    """A program that asks for a decision that is not there gets JSON that says where to look."""
    told = json.loads(get("/decisions/ca_dwc/EH99-1.json", 404))
    assert "EH99-1" in told["error"]
    assert told["next"].endswith("/decisions/")


def test_about_counts_what_nobody_verified(corpus: Path) -> None:
    """The page about the site gives the number of unverified entries of the law pack, with citations of some."""
    unverified = working_law(PROGRAMME).unverified()
    page = get("/about/")
    assert f"{len(unverified)} entries to be checked by a person" in page
    numbers = re.findall(r'<td class="number">(\d+)</td>', page)
    assert sum(int(number) for number in numbers) == len(unverified)
    assert any(entry.citation in page for entry in unverified)


def test_about_names_whom_to_tell_of_a_recognised_person(corpus: Path) -> None:
    """The organisation's e-mail address stands where privacy is explained."""
    page = get("/about/")
    assert f"mailto:{organisation().email}" in page[page.index('id="privacy"') :]


# --- what must hold on every page -------------------------------------------------------------------------------------

EVERY = [
    "/",
    "/decisions/",
    "/decisions/?q=therapy&decision=Upheld",
    "/decisions/?q=zebra",
    NECK,
    BACK,
    "/about/",
    "/nope/",
]


@pytest.mark.parametrize("address", EVERY)
def test_every_page_can_be_found_through_without_eyes(corpus: Path, address: str) -> None:
    """Each page has one h1, one main, a language, a way to skip to the content, headings without a gap, no id twice."""
    page = text(Client().get(address))
    outline = Outline(page)
    assert outline.tags.count("h1") == outline.tags.count("main") == 1
    assert outline.language == "en"
    assert page.index('href="#content"') < page.index("<header")
    levels = [int(tag[1]) for tag in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.parametrize("address", [*EVERY, "/static/ui/ui.css", f"{NECK.rstrip('/')}.json"])
def test_every_answer_forbids_what_it_does_not_need(corpus: Path, address: str) -> None:
    """No script and nothing foreign may run; nothing in a page would need an exception; readers get no cookie."""
    response = Client().get(address)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.headers.get("X-Frame-Options") == "DENY" or address.startswith("/static/")
    assert not response.cookies
    if "html" in response["Content-Type"]:
        outline = Outline(text(response))
        assert not outline.styled
        assert "script" not in outline.tags


@pytest.mark.parametrize("address", ["/", "/decisions/", NECK, "/about/", "/healthz"])
def test_public_pages_only_read(corpus: Path, address: str) -> None:
    """Nothing can be sent to a public page."""
    assert Client().post(address).status_code == 405
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403


@pytest.mark.parametrize("address", ["/admin/", "/cases/", "/events/", "/keys/signing.pem", "/office.sqlite3"])
def test_nothing_of_the_office_is_served(corpus: Path, address: str) -> None:
    """The public site has no way into the office."""
    get(address, 404)


def test_foreign_host_name_gets_a_page(corpus: Path) -> None:
    """A request under another host's name is refused in words."""
    response = Client().get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert "could not be understood" in text(response)


def test_defect_shows_words_and_no_traceback(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a view breaks, the reader gets a page that takes the blame, and nothing of the inside."""

    def broken(*_: object) -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(record, "holdings", broken)
    client = Client(raise_request_exception=False)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in text(response)
    assert "secret inside" not in text(response)
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/decisions/", NECK])
def test_damaged_record_is_explained(corpus: Path, address: str) -> None:
    """Where the file of decisions is damaged, pages say so with 503 and do not show what the line holds."""
    (corpus / FILE).write_text('{"id": "half a line of Jane Roe')
    page = get(address, 503)
    assert "cannot be read just now" in page
    assert "Jane Roe" not in page
    assert str(corpus) not in page


def test_record_that_changes_is_read_anew(corpus: Path) -> None:
    """A decision published while the site runs is there at the next look."""
    get("/decisions/ca_dwc/EH24-0000004/", 404)
    add(corpus, [published("EH24-0000004", item(1, "Brace", Decision.UPHELD, "No."), year=2024)])
    assert "Brace" in get("/decisions/ca_dwc/EH24-0000004/")
    assert get("/").index("EH24-0000004") < get("/").index("EH22-0000002")


@pytest.mark.django_db
def test_health_is_what_the_database_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """`/healthz` answers 200 while the database answers, and 503 when it does not."""
    from django.db import connection

    assert get("/healthz") == "ok\n"

    def gone() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(connection, "cursor", gone)
    assert "does not answer" in get("/healthz", 503)


def test_forbidden_page_says_what_one_can_do(corpus: Path) -> None:
    """The page for what is not open leads to what is."""
    from evenhand.office.site.errors import forbidden

    response = forbidden(RequestFactory().get("/"))
    assert response.status_code == 403
    assert "Read or search the published decisions" in text(response)
