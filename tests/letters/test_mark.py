"""A letter with its findings at their place: nothing lost, nothing moved, each finding once, whatever the text is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.letters.determination import (
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    ReviewerCredentials,
    outcome_of,
)
from evenhand.letters.mark import Marked, Stretch, mark, number, showable
from evenhand.letters.second_reader import Finding, Ground, Part, Place, Profile, Severity
from evenhand.letters.second_reader.reading import Reading
from evenhand.programmes import DEFAULT

RATIONALE = "The pack does the same.\n\nA rental was not tried."


def item(number: int, words: str, rationale: str) -> ItemDetermination:
    """One invented item."""
    side = Guideline(text=f"Decision based on a guideline for {words}.")
    return ItemDetermination(
        number=number,
        item=words,
        decision=Decision.UPHELD,
        claims_administrator_guideline=side,
        imr_guideline=side,
        rationale=rationale,
    )


def letter(*items: ItemDetermination, summary: str = "A sorter of apples hurt her neck.") -> Determination:
    """An invented letter."""
    return Determination(
        source="made-up.txt",
        layout="own",
        header=Header(case_number="EH21-0000001", decision_date=date(2021, 3, 4)),
        reviewer=ReviewerCredentials(licensure=("Texas",), specialties=("Pain Management", "Neurology")),
        clinical_case_summary=summary,
        outcome=outcome_of(tuple(one.decision for one in items)),
        items=items,
        documents_reviewed=("Progress report", "Request, two pages"),
    )


def finding(
    part: Part, at: int | None = None, start: int | None = None, end: int | None = None, **more: str
) -> Finding:
    """An invented finding at a place."""
    place = Place(part=part, item=at, start=start, end=end, quote=more.get("quote", ""))
    return Finding(
        code=more.get("code", "EH999"),
        name="made-up",
        severity=Severity(more.get("severity", "note")),
        ground=Ground.CRAFT,
        where="letter" if at is None else f"item {at}",
        what=more.get("what", "Something."),
        why="Because.",
        what_to_do="Mend it.",
        place=place,
        page="",
    )


def quoted(part: Part, at: int | None, text: str, quote: str, **more: str) -> Finding:
    """An invented finding on the first of these words."""
    start = text.index(quote)
    return finding(part, at, start, start + len(quote), quote=quote, **more)


def stretches(part: Marked) -> list[Stretch]:
    """All stretches of a part."""
    return [stretch for paragraph in part.paragraphs for stretch in paragraph]


def covered(part: Marked, number: int) -> str:
    """The words that a finding covers."""
    return "".join(s.text for s in stretches(part) if number in [one.number for one in s.findings])


# --- places -----------------------------------------------------------------------------------------------------------


def test_a_finding_stands_on_its_words() -> None:
    """The words are cut out of their paragraph; what stands before and after is untouched."""
    one = letter(item(1, "Gel pack", RATIONALE))
    shown = mark(one, number(one, [quoted(Part.RATIONALE, 1, RATIONALE, "does the same")]))
    rationale = shown.items[0].rationale
    assert [[s.text for s in p] for p in rationale.paragraphs] == [
        ["The pack ", "does the same", "."],
        ["A rental was not tried."],
    ]
    assert [[n.number for n in s.begins] for s in rationale.paragraphs[0]] == [[], [1], []]
    assert rationale.whole == ()


def test_overlapping_findings_share_the_words_between_them() -> None:
    """Where two findings overlap, the common words belong to both, and each begins once."""
    one = letter(item(1, "Gel pack", RATIONALE))
    found = [
        quoted(Part.RATIONALE, 1, RATIONALE, "The pack does"),
        quoted(Part.RATIONALE, 1, RATIONALE, "pack does the same"),
    ]
    rationale = mark(one, number(one, found)).items[0].rationale
    told = [(s.text, [n.number for n in s.findings]) for s in rationale.paragraphs[0]]
    assert told == [("The ", [1]), ("pack does", [1, 2]), (" the same", [2]), (".", [])]
    assert [n.number for s in rationale.paragraphs[0] for n in s.begins] == [1, 2]


def test_a_finding_over_two_paragraphs_is_marked_in_both_and_begins_once() -> None:
    """The marks go on after the blank line; the number stands where the words begin."""
    one = letter(item(1, "Gel pack", RATIONALE))
    rationale = mark(one, number(one, [quoted(Part.RATIONALE, 1, RATIONALE, "same.\n\nA rental")])).items[0].rationale
    assert covered(rationale, 1) == "same.A rental"
    assert sum(len(s.begins) for s in stretches(rationale)) == 1


def test_places_count_characters_not_bytes() -> None:
    """Letters of several bytes, signs beyond the first plane and accents that follow their letter do not move a mark."""
    text = "Кость 🦴 épais: " + "e\u0301tude «à refaire» 漢字."
    one = letter(item(1, "Gel pack", text))
    shown = mark(one, number(one, [quoted(Part.RATIONALE, 1, text, "«à refaire»")]))
    assert covered(shown.items[0].rationale, 1) == "«à refaire»"


def test_each_document_is_a_line_of_its_own() -> None:
    """The list is marked entry by entry, by places in the joined list."""
    one = letter(item(1, "Gel pack", RATIONALE))
    joined = "Progress report\nRequest, two pages"
    shown = mark(one, number(one, [quoted(Part.DOCUMENTS, None, joined, "two pages")]))
    assert [[s.text for s in p] for p in shown.documents.paragraphs] == [
        ["Progress report"],
        ["Request, ", "two pages"],
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        finding(Part.RATIONALE, 1, 3, 9, quote="other words"),
        finding(Part.RATIONALE, 1, 3, 900, quote="x"),
        finding(Part.RATIONALE, 1, 9, 3, quote=""),
        finding(Part.RATIONALE, 1, -4, 3, quote="x"),
        finding(Part.RATIONALE, 1, 5, 5, quote=""),
        finding(Part.RATIONALE, 1),
    ],
)
def test_a_place_that_does_not_fit_is_the_whole_part(wrong: Finding) -> None:
    """Words that stand otherwise are never marked: the finding stands at the part."""
    one = letter(item(1, "Gel pack", RATIONALE))
    rationale = mark(one, number(one, [wrong])).items[0].rationale
    assert [n.number for n in rationale.whole] == [1]
    assert not any(s.findings for s in stretches(rationale))


def test_an_item_that_is_not_there_leaves_the_finding_at_the_letter() -> None:
    """Nothing is lost where a finding names what the letter does not have."""
    one = letter(item(1, "Gel pack", RATIONALE))
    shown = mark(one, number(one, [finding(Part.RATIONALE, 7)]))
    assert [n.number for n in shown.header.whole] == [1]


def test_two_items_of_one_number_are_told_by_their_words() -> None:
    """A letter that numbers two items alike has its finding at the one with the words."""
    one = letter(item(1, "Gel pack", "First reasons."), item(1, "MRI", "Other reasons."))
    shown = mark(one, number(one, [quoted(Part.RATIONALE, 1, "Other reasons.", "Other")]))
    assert covered(shown.items[1].rationale, 1) == "Other"
    assert not shown.items[0].rationale.findings


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_follow_the_reader() -> None:
    """Head, item after item, summary, documents; within a part by place, the whole part first."""
    one = letter(item(1, "Gel pack", RATIONALE), item(2, "MRI", RATIONALE))
    found = [
        finding(Part.DOCUMENTS),
        finding(Part.SUMMARY),
        quoted(Part.RATIONALE, 2, RATIONALE, "rental"),
        quoted(Part.RATIONALE, 2, RATIONALE, "pack"),
        finding(Part.RATIONALE, 2),
        finding(Part.ITEM, 1),
        finding(Part.HEADER),
    ]
    parts = [n.finding.place.part.value for n in number(one, found)]
    assert parts == ["header", "item", "rationale", "rationale", "rationale", "summary", "documents"]
    assert [n.quote for n in number(one, found)][3:5] == ["pack", "rental"]


def test_a_choice_keeps_the_numbers() -> None:
    """Where only some findings are shown, each has the number that it has among all."""
    one = letter(item(1, "Gel pack", RATIONALE))
    found = [finding(Part.HEADER), quoted(Part.RATIONALE, 1, RATIONALE, "rental", severity="error")]
    errors = [n for n in number(one, found) if n.finding.severity is Severity.ERROR]
    rationale = mark(one, errors).items[0].rationale
    assert [n.number for n in rationale.findings] == [2]


# --- whatever the text is ---------------------------------------------------------------------------------------------

TEXT = st.text(alphabet=st.one_of(st.sampled_from("ab \n\r\t<&🦴\u0301\x00\u202e\ud800"), st.characters()), max_size=60)
SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(TEXT, SPANS)
def test_nothing_is_lost_whatever_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """The stretches are the text but for white space at the edges; each finding stands once; a mark covers its words."""
    one = letter(item(1, "Gel pack", text))
    found = [finding(Part.RATIONALE, 1, *sorted(span), quote=text[min(span) : max(span)]) for span in spans]
    numbered = number(one, found)
    part = mark(one, numbered).items[0].rationale
    shown = "".join(s.text for s in stretches(part))
    assert "".join(shown.split()) == "".join(showable(text).split())
    begun = [n.number for s in stretches(part) for n in s.begins]
    assert sorted(begun + [n.number for n in part.whole]) == [n.number for n in numbered]
    for n in numbered:
        if n.number in begun:
            assert "".join(covered(part, n.number).split()) == "".join(showable(n.quote).split())


@given(TEXT)
def test_what_no_page_can_show_is_one_sign(text: str) -> None:
    """The length stays, the text can be sent as UTF-8, and no character turns round what stands after it."""
    shown = showable(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert "\u202e" not in shown and "\x00" not in shown


def test_every_passage_that_checks_read_is_shown() -> None:
    """What a check can point at has a part on the page: a finding on each passage stands on its words."""
    one = letter(item(1, "Gel pack", RATIONALE), item(2, "MRI", "Other reasons."))
    reading = Reading(one, on=date(2021, 3, 4), profile=Profile.PUBLISHED, programme=DEFAULT)
    found = [finding(p.part, p.item, 0, len(p.text), quote=p.text, what=f"{p.part} {p.item}") for p in reading.passages]
    numbered = number(one, found)
    assert len(numbered) == 11
    assert all(n.start == 0 for n in numbered)
