"""Published decisions: kept, withdrawn, searched, counted. All decisions are invented."""

from __future__ import annotations

import json
import multiprocessing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from evenhand.cli.corpus import command
from evenhand.corpus.count import count
from evenhand.corpus.decision import Origin, PublishedDecision, age_band, decision_of
from evenhand.corpus.index import FACETS, Filters, rebuild, search
from evenhand.corpus.store import FILE, add, decisions_in, withdraw_from
from evenhand.letters.determination import (
    Citation,
    CitationKind,
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.reading import BadFile


def item(number: int, words: str, decision: Decision = Decision.UPHELD, rationale: str = "No.") -> ItemDetermination:
    """One invented item that cites a chapter on the lower back."""
    cited = Citation(kind=CitationKind.MTUS, chapter="Low Back Complaints", year=2004)
    guideline = Guideline(text="Decision based on MTUS Low Back Complaints 2004.", citations=(cited,))
    return ItemDetermination(
        number=number,
        item=words,
        decision=decision,
        claims_administrator_guideline=guideline,
        imr_guideline=guideline,
        rationale=rationale,
    )


def published(
    case: str | None, *items: ItemDetermination, year: int = 2017, specialty: str = "Pain Management"
) -> PublishedDecision:
    """One invented decision."""
    letter = Determination(
        source="/somewhere/private/letter.pdf",
        layout="A",
        header=Header(case_number=case, decision_date=date(year, 1, 5)),
        reviewer=ReviewerCredentials(licensure=("Texas",), specialties=(specialty,)),
        clinical_case_summary="The injured worker is a 44-year-old with lumbar pain.",
        outcome=outcome_of(tuple(entry.decision for entry in items)),
        items=items,
    )
    return decision_of(letter, programme="ca_dwc", source=Origin.REPLAY, profile="ca_dwc_public")


ONE = published("CM17-0000001", item(1, "MRI of the lumbar spine", Decision.OVERTURNED, "Red flags are documented."))
TWO = published(
    "CM17-0000002",
    item(1, "Tramadol 50 mg #60", rationale="Opioids at 38° need “red” review."),
    item(2, "Physical therapy, 12 visits for the lumbar spine"),
    year=2016,
    specialty="Occupational Medicine",
)


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    """The same decisions twice leave the same bytes; the second time nothing is new."""
    assert add(tmp_path, [ONE, TWO]).new == (ONE.id, TWO.id)
    before = (tmp_path / FILE).read_bytes()
    assert add(tmp_path, [TWO, ONE]).unchanged == (TWO.id, ONE.id)
    assert (tmp_path / FILE).read_bytes() == before
    assert list(decisions_in(tmp_path)) == [ONE, TWO]


def test_a_changed_decision_is_the_next_version(tmp_path: Path) -> None:
    """A decision with other content at the same address replaces the old one under the next version number."""
    add(tmp_path, [ONE])
    assert add(tmp_path, [replace(ONE, age_band="50-59")]).changed == (ONE.id,)
    (held,) = decisions_in(tmp_path)
    assert (held.version, held.age_band) == (2, "50-59")


def test_a_decision_keeps_no_path_of_the_house() -> None:
    """Of where the letter lay only the file's name is published."""
    assert ONE.determination is not None
    assert ONE.determination.source == "letter.pdf"
    assert (ONE.age_band, ONE.categories[0].category) == ("40-49", "Diagnostic Testing")


def test_a_letter_without_a_number_has_an_address_of_its_own() -> None:
    """Two letters without a case number get two addresses, the same letter always the same one."""
    first, other = published(None, item(1, "MRI")), published(None, item(1, "CT"))
    assert first.id == published(None, item(1, "MRI")).id
    assert first.id != other.id


def test_withdrawal_leaves_a_tombstone(tmp_path: Path) -> None:
    """A withdrawn decision keeps address and reason, loses its content, and is neither found nor published again."""
    add(tmp_path, [ONE, TWO])
    assert search(tmp_path, "red flags").total == 1
    withdraw_from(tmp_path, ONE.id, on=date(2017, 3, 1), reason="remanded")
    held = {decision.id: decision for decision in decisions_in(tmp_path)}[ONE.id]
    assert held.determination is None
    assert held.withdrawn is not None
    assert held.withdrawn.reason == "remanded"
    assert "Red flags" not in (tmp_path / FILE).read_text()
    assert search(tmp_path, "red flags").total == 0
    assert add(tmp_path, [ONE]).withdrawn == (ONE.id,)
    assert search(tmp_path, "red flags").total == 0


def test_withdrawing_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """An unknown address is refused in words."""
    with pytest.raises(BadFile, match="holds no decision"):
        withdraw_from(tmp_path, "ca_dwc/none", on=date(2017, 3, 1), reason="x")


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """A line that is no decision is refused with its number."""
    add(tmp_path, [ONE])
    with (tmp_path / FILE).open("a") as out:
        out.write("{rubbish\n")
    with pytest.raises(BadFile, match=f"{FILE}:2"):
        list(decisions_in(tmp_path))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"\x80\xff\x00\x01", "is not UTF-8 text"),
        (b"\x00\x01\x02", "is not JSON"),
        (b"[" * 200_000, "is nested too deeply"),
        (b'{"id": ' * 200_000, "is nested too deeply"),
        (b"9" * 5000, "is not JSON"),
        (b"[]", "import the letter anew"),
    ],
)
def test_a_line_that_is_no_text_is_named(line: bytes, told: str, tmp_path: Path) -> None:
    """Binary content and JSON nested beyond reason are refused with the line, in the store, the search, the command."""
    add(tmp_path, [ONE])
    with (tmp_path / FILE).open("ab") as out:
        out.write(line + b"\n")
    for look in (lambda: list(decisions_in(tmp_path)), lambda: search(tmp_path, "lumbar")):
        with pytest.raises(BadFile, match=f"{FILE}:2: .*{told}"):
            look()


@pytest.mark.parametrize("arguments", [["search", "mri"], ["search", "mri", "--json"], ["stats"]])
def test_a_corpus_that_is_a_file_is_told(arguments: list[str], tmp_path: Path) -> None:
    """A file in place of the corpus folder is refused in words, not called empty."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadFile, match="is a file, and a corpus is a folder"):
        CliRunner().invoke(command, [*arguments, "--corpus", str(tmp_path / "file")], catch_exceptions=False)
    with pytest.raises(BadFile, match="is a file, and a corpus is a folder"):
        add(tmp_path / "file", [ONE])


@pytest.mark.parametrize(("offset", "hits"), [(0, 3), (2, 1), (3, 0), (10**6, 0), (2**63, 0), (10**30, 0), (-5, 3)])
def test_a_huge_offset_finds_nothing(offset: int, hits: int, tmp_path: Path) -> None:
    """Past the last hit there are none, however far past; the total stays."""
    add(tmp_path, [ONE, TWO])
    results = search(tmp_path, "", offset=offset, limit=10**9)
    assert (results.total, len(results.hits)) == (3, hits)


SEARCHES = [
    ("lumbar", Filters(), 3),
    ("lumbar MRI", Filters(), 1),
    ('"physical therapy"', Filters(), 1),
    ('"therapy physical"', Filters(), 0),
    ("MRI OR tramadol", Filters(), 2),
    ("", Filters(decision="Upheld"), 2),
    ("", Filters(decision="Overturned"), 1),
    ("", Filters(specialty="Occupational Medicine"), 2),
    ("lumbar", Filters(year="2016"), 2),
    ("lumbar", Filters(year="2016", category="Pharmaceuticals"), 1),
    ("", Filters(chapter="Low Back Complaints"), 3),
    ("opioid", Filters(), 1),
    ("nothing of the sort", Filters(), 0),
    ("what: (is [this", Filters(), 0),
]


@pytest.mark.parametrize(("words", "filters", "total"), SEARCHES)
def test_search_finds_items(words: str, filters: Filters, total: int, tmp_path: Path) -> None:
    """Words, phrases, either-or and exact filters find the items they should, and a strange query breaks nothing."""
    add(tmp_path, [ONE, TWO])
    results = search(tmp_path, words, filters)
    assert (results.total, len(results.hits)) == (total, total)


def test_facets_count_the_same_hits(tmp_path: Path) -> None:
    """The counts of a facet are those of the search beside it, by every facet."""
    add(tmp_path, [ONE, TWO])
    results = search(tmp_path, "lumbar", facets=FACETS)
    assert results.facets["decision"] == {"Upheld": 2, "Overturned": 1}
    assert results.facets["year"] == {"2016": 2, "2017": 1}
    assert results.facets["outcome"] == {"Uphold": 2, "Overturn": 1}
    assert sum(results.facets["category"].values()) == results.total


def test_highlights_stand_at_the_words(tmp_path: Path) -> None:
    """A hit shows a stretch with the places of the words found, also beside signs that take several bytes."""
    add(tmp_path, [TWO])
    (hit,) = search(tmp_path, "review").hits
    (shown,) = [h for h in hit.highlights if h.field == "rationale"]
    assert [shown.text[start:end] for start, end in shown.words] == ["review"]


def test_the_index_follows_the_decisions(tmp_path: Path) -> None:
    """What is added later is found; a lost, damaged or older index is built anew without a word."""
    add(tmp_path, [ONE])
    assert search(tmp_path, "tramadol").total == 0
    add(tmp_path, [TWO])
    assert search(tmp_path, "tramadol").total == 1
    (tmp_path / "index" / "meta.json").write_text("rubbish")
    assert search(tmp_path, "tramadol").total == 1
    (tmp_path / "index" / "marks.json").write_text('{"shape": 0}')
    assert search(tmp_path, "lumbar").total == 3
    assert rebuild(tmp_path) == 3


def test_an_interrupted_update_is_done_once(tmp_path: Path) -> None:
    """Where a commit happened but was not marked, the next search still finds each item once."""
    add(tmp_path, [ONE])
    search(tmp_path)
    marks = (tmp_path / "index" / "marks.json").read_text()
    add(tmp_path, [TWO])
    search(tmp_path)
    (tmp_path / "index" / "marks.json").write_text(marks)
    assert search(tmp_path, "lumbar").total == 3


def _add(folder: str, number: int) -> None:
    add(Path(folder), [published(f"CM17-{number:07d}", item(1, "MRI"))])
    search(Path(folder), "MRI")


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    """Processes that add and search at once wait for one another; no decision is lost."""
    with multiprocessing.get_context("fork").Pool(3) as pool:
        pool.starmap(_add, [(str(tmp_path), n) for n in range(9)])
    assert search(tmp_path, "MRI").total == 9


def test_an_unknown_facet_is_refused(tmp_path: Path) -> None:
    """A facet that does not exist is refused with those that do."""
    with pytest.raises(BadFile, match="there are: decision"):
        search(tmp_path, facets=("colour",))


def test_counts_are_of_items() -> None:
    """A letter with several items counts as several decisions, and a withdrawn one as none."""
    counts = count([ONE, TWO, replace(ONE, determination=None)])
    assert (counts.decisions, counts.withdrawn, counts.items, counts.items_overturned) == (2, 1, 3, 1)
    assert counts.overturned_share == pytest.approx(1 / 3)
    assert count([]).overturned_share is None


@pytest.mark.parametrize(
    ("summary", "band"),
    [
        ("a 44-year-old male", "40-49"),
        ("a 50 year old", "50-59"),
        ("aged; 93 years old", "90 and over"),
        ("no age", None),
    ],
)
def test_age_bands(summary: str, band: str | None) -> None:
    """Ages fall into tens, and from ninety on into one band."""
    assert age_band(summary) == band


@given(st.integers(18, 120))
def test_no_exact_age_stands_in_a_band(age: int) -> None:
    """Every age of a worker falls into a band that holds it."""
    band = age_band(f"a {age} year old")
    assert band is not None
    low = int(band.split("-")[0].split()[0])
    assert low <= age <= (low + 9 if age < 90 else 120)


def test_the_commands_on_an_empty_corpus(tmp_path: Path) -> None:
    """With nothing imported yet, search and stats say so and what to do, and end without an error."""
    for arguments in (["search", "mri"], ["stats"]):
        result = CliRunner().invoke(command, [*arguments, "--corpus", str(tmp_path / "none")])
        assert result.exit_code == 0
        assert "evenhand corpus import" in result.stderr


def test_the_search_command_prints_one_document(tmp_path: Path) -> None:
    """With --json the search prints one JSON document with hits and facets."""
    add(tmp_path, [ONE, TWO])
    result = CliRunner().invoke(
        command, ["search", "lumbar", "--decision", "overturned", "--corpus", str(tmp_path), "--json"]
    )
    document = json.loads(result.stdout)
    assert (document["total"], document["hits"][0]["case_number"]) == (1, "CM17-0000001")
    assert document["facets"]["year"] == {"2017": 1}


def test_the_real_letters_import_as_labelled(shared: Path, tmp_path: Path) -> None:
    """The real letters are imported with the labelled items and outcomes, and a second time nothing changes."""
    labels = [json.loads(path.read_text()) for path in sorted((shared / "letters").glob("CM*.json"))]
    letters = [str(shared / "letters" / f"{label['case_number']}.pdf") for label in labels]
    first = CliRunner().invoke(command, ["import", *letters, "--corpus", str(tmp_path)])
    assert first.exit_code == 0, first.stderr
    counts = count(decisions_in(tmp_path))
    assert counts.items == sum(label["n_items"] for label in labels)
    assert counts.items_overturned == sum(label["n_overturned"] for label in labels)
    assert counts.outcomes == {
        outcome: sum(label["case_outcome"] == outcome for label in labels)
        for outcome in sorted({label["case_outcome"] for label in labels})
    }
    again = json.loads(CliRunner().invoke(command, ["import", *letters, "--corpus", str(tmp_path), "--json"]).stdout)
    assert (again["new"], again["changed"], len(again["unchanged"])) == ([], [], len(labels))
