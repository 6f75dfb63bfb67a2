"""The public site: what readers see, and what they never see. All decisions are invented."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.corpus.decision import Origin, PublishedDecision, decision_of
from evenhand.corpus.store import FILE, add, withdraw_from
from evenhand.law import load_pack
from evenhand.letters.determination import (
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.office.organisation import organisation
from evenhand.office.site import record
from evenhand.office.site.ask import MOST_PAGES, Question, question

PROGRAMME = "ca_dwc"
NECK = f"/decisions/{PROGRAMME}/EH21-0000001/"
BACK = f"/decisions/{PROGRAMME}/EH22-0000002/"


def item(number: int, words: str, decision: Decision, rationale: str) -> ItemDetermination:
    """One invented item."""
    side = Guideline(text="Decision based on a guideline of the neck, 2019.")
    return ItemDetermination(
        number=number,
        item=words,
        decision=decision,
        claims_administrator_guideline=side,
        imr_guideline=side,
        rationale=rationale,
    )


def published(
    number: str,
    *items: ItemDetermination,
    year: int,
    specialty: str = "Pain Management",
    source: Origin = Origin.REPLAY,
) -> PublishedDecision:
    """One invented decision."""
    letter = Determination(
        source="letter.json",
        layout="own",
        header=Header(case_number=number, decision_date=date(year, 3, 4), priority="Standard"),
        reviewer=ReviewerCredentials(licensure=("Texas",), specialties=(specialty,)),
        clinical_case_summary="A sorter of apples <b>hurt</b> her neck.\n\nShe rested.",
        outcome=outcome_of(tuple(entry.decision for entry in items)),
        items=items,
        documents_reviewed=("Progress report, pages 1–3",),
    )
    return decision_of(letter, programme=PROGRAMME, source=source, profile="test", published_on=date(year, 4, 5))


STANDING = (
    published(
        "EH21-0000001",
        item(1, "Cold therapy unit", Decision.UPHELD, "The gel packs do the same.\n\nA rental was not tried."),
        item(2, "MRI of the neck", Decision.OVERTURNED, "New weakness of the arm."),
        year=2021,
    ),
    published(
        "EH22-0000002",
        item(1, "Twelve visits of physical therapy", Decision.UPHELD, "Six came first."),
        year=2022,
        specialty="Chiropractic",
        source=Origin.OFFICE,
    ),
)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a public record in which nothing stands yet."""
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    return tmp_path / "corpus"


@pytest.fixture
def corpus(empty: Path) -> Path:
    """A public record of two decisions on three items."""
    add(empty, STANDING)
    return empty


def text(response: HttpResponse) -> str:
    """The page's content."""
    return response.content.decode()


def get(address: str, status: int = 200) -> str:
    """The page at an address that must answer with `status`."""
    response = Client().get(address)
    assert response.status_code == status, address
    return text(response)


class Outline(HTMLParser):
    """The parts of a page that a reader's tools rely on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.styled = False
        self.language: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.styled |= "style" in given or tag == "style"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "html":
            self.language = given.get("lang")


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
    assert "a person could be recognised" in page
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
    unverified = load_pack(PROGRAMME).unverified()
    page = get("/about/")
    assert f"{len(unverified)} entries to be checked by a person" in page
    numbers = re.findall(r'<td class="number">(\d+)</td>', page)
    assert sum(int(number) for number in numbers) == len(unverified)
    assert any(entry.citation in page for entry in unverified)


def test_about_names_whom_to_tell_of_a_recognised_person(corpus: Path) -> None:
    """The organisation's e-mail address stands where privacy is explained."""
    page = get("/about/")
    assert f"mailto:{organisation().email}" in page[page.index('id="privacy"') :]


# --- the search -------------------------------------------------------------------------------------------------------


def headings(page: str) -> list[str]:
    """The items found, in order, without highlights."""
    return [re.sub(r"</?mark>", "", found) for found in re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", page)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Cold therapy unit", "MRI of the neck", "Twelve visits of physical therapy"}),
        ("q=gel+packs", {"Cold therapy unit"}),
        ("q=%22physical+therapy%22", {"Twelve visits of physical therapy"}),
        ("q=weakness+OR+Six", {"MRI of the neck", "Twelve visits of physical therapy"}),
        ("decision=Overturned", {"MRI of the neck"}),
        ("year=2022", {"Twelve visits of physical therapy"}),
        ("specialty=Pain+Management&decision=Upheld", {"Cold therapy unit"}),
        ("category=no+such+category", set()),
        ("q=therapy&year=2021", {"Cold therapy unit"}),
    ],
)
def test_search_finds_by_words_and_filters(corpus: Path, query: str, expected: set[str]) -> None:
    """The address of a search is its whole state: words and filters together."""
    assert set(headings(get(f"/decisions/?{query}"))) == expected


def test_search_marks_the_words_it_found(corpus: Path) -> None:
    """The words searched for are marked in the heading and in an excerpt."""
    assert "Cold <mark>therapy</mark> unit" in get("/decisions/?q=therapy")
    assert "The <mark>gel</mark> <mark>packs</mark> do" in get("/decisions/?q=gel+packs")


def test_facets_count_items_and_keep_the_question(corpus: Path) -> None:
    """A facet's link adds its value to the question that was asked; its count is what one then finds."""
    page = get("/decisions/?q=neck")
    link, count = re.findall(r'<a href="(\?[^"]*year=2021[^"]*)".*?class="count">(\d+)', page, re.DOTALL)[0]
    narrowed = get("/decisions/" + link.replace("&amp;", "&"))
    assert "q=neck" in link
    assert len(headings(narrowed)) == int(count) == 2


def test_chosen_filter_can_be_changed_and_removed(corpus: Path) -> None:
    """With a decision chosen, the other decision stays in reach with its count, and the chosen one can be removed."""
    page = get("/decisions/?decision=Upheld")
    assert 'href="?decision=Overturned"' in page
    assert re.search(r'<a href="\?"[^>]*>\s*<span class="unseen">Remove the filter', page)
    assert '<input type="hidden" name="decision" value="Upheld">' in page


def test_number_of_a_case_leads_to_its_decision(corpus: Path) -> None:
    """Who types a case number, in small letters too, is led to the decision."""
    assert f'href="{NECK}"' in get("/decisions/?q=eh21-0000001")


def test_nothing_found_says_what_to_try(corpus: Path) -> None:
    """An empty result names what can be done instead of ending there."""
    page = get("/decisions/?q=zebra")
    assert "Nothing found for “zebra”" in page
    assert "What you can try" in page


def test_pages_lead_through_all_results_once(empty: Path) -> None:
    """Following "Next page" to the end shows each of 23 items exactly once; a page past the end is the last page."""
    items = [item(number, f"Visit {number}", Decision.UPHELD, "No.") for number in range(1, 24)]
    add(empty, [published("EH23-0000003", *items, year=2023)])
    seen: list[str] = []
    address: str | None = "?q=visit"
    while address:
        page = get(f"/decisions/{address}")
        seen += headings(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following.group(1).replace("&amp;", "&") if following else None
    assert sorted(seen) == sorted(entry.item for entry in items)
    assert "Page 3 of 3" in get("/decisions/?q=visit&page=99")


@pytest.mark.parametrize("query", ["q=NOT", "q=AND+OR"])
def test_query_that_cannot_be_read_is_explained(corpus: Path, query: str) -> None:
    """A query in the engine's own words gets an explanation and not the engine's error."""
    page = get(f"/decisions/?{query}", 400)
    assert "This search cannot be read" in page
    assert "Syntax" not in page


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=-1", "page=x", "page=%C2%B2", "page=" + "9" * 40, "page=1e9", "year=abcd", "decision=%00", "q=%00",
        "q=%ff%fe", "q=" + "a" * 5000, "q=%22", "q=((((", "q=item:", "q=[a+TO", "q=*", "q=a^99999999999", "q=%F0%9F%98%80",
        "q=a&q=b", "category=%5C%5C", "unknown=1", "q=NOT&page=7", "specialty=" + "b" * 5000,
    ],
)  # fmt: skip
def test_bad_parameters_never_break_the_page(corpus: Path, query: str) -> None:
    """Whatever stands in the address, the search answers with a page."""
    assert Client().get(f"/decisions/?{query}").status_code in {200, 400}


@given(q=st.text(max_size=60), page=st.text(max_size=12), year=st.text(max_size=8))
def test_question_and_address_say_the_same(q: str, page: str, year: str) -> None:
    """The address made from a question asks the same question again, whatever was typed."""
    from django.http import QueryDict

    asked = question({"q": q, "page": page, "year": year})
    assert 1 <= asked.page <= MOST_PAGES
    again = question(QueryDict(asked.address().removeprefix("?").encode("utf-8", "replace").decode()).dict())
    assert replace(asked, cut=False) == again


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(alphabet='ab "()[]{}:^~*+-/\\!&|<>.,?\u00e4NOTANDRI\x00', max_size=25))
def test_any_words_get_an_answer(corpus: Path, q: str) -> None:
    """No string in the search box makes an error of the site."""
    assert Client().get("/decisions/", {"q": q}).status_code in {200, 400}


def test_empty_question_has_the_bare_address() -> None:
    """Without words and filters the address says nothing."""
    assert Question().address() == "?"


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
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.parametrize("address", [*EVERY, "/static/site/site.css", f"{NECK.rstrip('/')}.json"])
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
