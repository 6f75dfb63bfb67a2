"""Notices: what each kind says, what it is refused for, and that the texts are whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenhand.law.facts import Means
from evenhand.reading import BadFile
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.notice import (
    DateLine,
    Notice,
    NoticeItem,
    NoticeKind,
    NoticeRefused,
    compose_notice,
)
from evenhand.typesetting.parties import Organisation, Recipient, Service
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import TextMissing, read_texts, read_texts_folder

TEXTS = read_texts()
DAY = date(2015, 1, 29)
ORGANISATION = Organisation(
    name="Northfield Review", address_lines=("1 Elm St", "Fresno, CA 93701"), phone="(559) 555-0100"
)
ADMINISTRATOR = Recipient(
    role="claims_administrator", name="Quillback Claims", lines=("P.O. Box 1",), means=Means.ELECTRONIC
)
EMPLOYEE = Recipient(role="employee", name="Ada Example", lines=("2 Oak St",))


def notice(kind: NoticeKind, **changes: object) -> Notice:
    """A notice with everything that any kind needs."""
    whole = Notice(
        kind=kind,
        organisation=ORGANISATION,
        addressee=ADMINISTRATOR,
        case_number="CM15-0000001",
        dated=DAY,
        facts=(("Requesting physician:", "Bo Sample, MD"), ("Application received:", "January 16, 2015")),
        items=(
            NoticeItem(
                number=1, text="Lumbar brace", status="Not eligible", reasons=("Filed late.",), remedy="Ask again."
            ),
        ),
        dates=(
            DateLine(label="Records due", day=date(2015, 2, 13), citation="8 CCR 9792.10.5(a)"),
            DateLine(label="Other date", day=None, citation="none", caution="Nobody could verify it."),
        ),
        documents_owed=("Reports of the physician since June 16, 2014",),
        question="Which side is meant?",
        reason="The physician was away.",
        enclosures=("Application",),
        values={
            "documents_due": "February 13, 2015",
            "documents_were_due": "February 13, 2015",
            "answer_due": "February 24, 2015",
            "appeal_due": "March 4, 2015",
            "determination_due": "March 19, 2015",
            "whole": "yes",
        },
        service=Service(
            declarant="Cy Clerk",
            declarant_title="Case manager",
            served_on=DAY,
            served_from=("1 Elm St", "Fresno, CA 93701"),
            recipients=(ADMINISTRATOR, EMPLOYEE),
        ),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def words(made: Notice) -> str:
    """The notice as text, white space folded."""
    return " ".join(to_text(compose_notice(TEXTS, made)).split())


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_can_be_composed_and_typeset(kind: NoticeKind) -> None:
    """Each kind of notice becomes a PDF that passes the checks and names only the organisation as author."""
    pdf = to_pdf(compose_notice(TEXTS, notice(kind)), created=DAY)
    assert check_pdf(pdf, author="Northfield Review") == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            NoticeKind.ASSIGNMENT,
            (
                "Send the records by February 13, 2015",
                "Lumbar brace",
                "Bo Sample, MD",
                "Application received: January 16, 2015",
                "Reports of the physician since June 16, 2014",
                "never enough for a determination",
            ),
        ),
        (NoticeKind.INELIGIBILITY, ("Not eligible. Filed late. Ask again.", "no later than March 4, 2015")),
        (NoticeKind.INFORMATION_REQUEST, ("Please answer by February 24, 2015", "Which side is meant?")),
        (NoticeKind.RECORDS_DEFICIENCY, ("Records were due on February 13, 2015", "Reports of the physician")),
        (NoticeKind.ADDITIONAL_INFORMATION_REQUEST, ("Which side is meant?", "sends a copy to every other party")),
        (NoticeKind.TERMINATION, ("ended without a determination", "The physician was away.", "Lumbar brace")),
        (NoticeKind.EXTENSION, ("The determination is now due by March 19, 2015", "The physician was away.")),
        (NoticeKind.DETERMINATION_SUMMARY, ("Lumbar brace", "no later than March 4, 2015")),
        (NoticeKind.SERVED_AGAIN, ("served on you again", "Application")),
    ],
)
def test_what_each_kind_must_say(kind: NoticeKind, expected: tuple[str, ...]) -> None:
    """Each kind says what its addressee has to know, with its dates."""
    text = words(notice(kind))
    for phrase in expected:
        assert phrase in text


def test_each_party_reads_its_own_part() -> None:
    """The claims administrator is told to send, the employee that nothing need be done."""
    to_employee = words(notice(NoticeKind.ASSIGNMENT, addressee=EMPLOYEE))
    assert "You need not do anything." in to_employee
    assert "Send the records by" not in to_employee
    assert "You need not do anything." not in words(notice(NoticeKind.ASSIGNMENT))


def test_the_penalty_is_stated_only_where_the_law_gives_amounts() -> None:
    """Without amounts the penalty passage is left out; with them both stand."""
    values = dict(notice(NoticeKind.ASSIGNMENT).values)
    assert "may order a penalty" not in words(notice(NoticeKind.ASSIGNMENT))
    amounts = {**values, "penalty_a_day": "$500", "penalty_most": "$5,000"}
    assert "$500 for each day, up to $5,000" in words(notice(NoticeKind.ASSIGNMENT, values=amounts))


def test_proof_of_service_names_declarant_day_means_and_everybody_served() -> None:
    """The proof says who declares, when, how, and lists each person with the means used for that person."""
    text = words(notice(NoticeKind.ASSIGNMENT)).split("PROOF OF SERVICE")[1]
    for phrase in (
        "January 29, 2015",
        "Cy Clerk",
        "Quillback Claims",
        "electronically",
        "Ada Example",
        "by United States mail",
    ):
        assert phrase in text


def test_unverified_sources_are_shown() -> None:
    """A notice whose passages rest on sources nobody read in full says so at its end, with what the caller adds."""
    text = words(notice(NoticeKind.ASSIGNMENT, unverified=("An added doubt",)))
    assert "8 CCR 9792.10.5(b): read in part only" in text
    assert "An added doubt" in text


def test_wording_of_the_day() -> None:
    """The appeal passage cites the rule that was in force on the day of the notice."""
    assert "10957.1" in words(notice(NoticeKind.INELIGIBILITY))
    assert "10957.1" not in words(notice(NoticeKind.INELIGIBILITY, dated=date(2024, 5, 2)))


@pytest.mark.parametrize(
    ("kind", "changes", "reason"),
    [
        (NoticeKind.ASSIGNMENT, {"documents_owed": ()}, "needs documents_owed"),
        (NoticeKind.ASSIGNMENT, {"items": ()}, "needs items"),
        (NoticeKind.ASSIGNMENT, {"values": {}}, "documents_due"),
        (NoticeKind.INELIGIBILITY, {"values": {}}, "appeal_due"),
        (NoticeKind.INFORMATION_REQUEST, {"question": ""}, "needs question"),
        (NoticeKind.ASSIGNMENT, {"addressee": replace(EMPLOYEE, role="employer")}, "does not go to the employer"),
        (NoticeKind.ASSIGNMENT, {"dated": date(2012, 1, 1)}, "no passage"),
    ],
)
def test_an_incomplete_notice_is_refused_in_words(kind: NoticeKind, changes: dict[str, object], reason: str) -> None:
    """What a kind cannot do without is named; a notice on treatment never goes to the employer itself."""
    with pytest.raises(NoticeRefused, match=reason):
        compose_notice(TEXTS, notice(kind, **changes))


def test_values_are_never_read_as_templates() -> None:
    """Braces in a value stay as they are."""
    made = notice(NoticeKind.ASSIGNMENT, values={"documents_due": "{case_number}"})
    assert "Send the records by {case_number}" in words(made)


def test_every_text_has_its_source() -> None:
    """Each wording carries a citation, and every passage a notice needs exists."""
    assert all(w.citation for versions in TEXTS.passages.values() for w in versions)
    for form in TEXTS.notices.values():
        for part in form.parts:
            assert not part.passage or part.passage in TEXTS.passages


def test_missing_texts_are_named(tmp_path: Path) -> None:
    """An unknown word, a folder without texts and a key in two files are refused in words."""
    with pytest.raises(TextMissing, match="no word 'nonsense'"):
        TEXTS.word("nonsense")
    with pytest.raises(BadFile, match="holds no texts"):
        read_texts_folder(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(
            "language: en\ndate_pattern: '{day}'\nmonths: [a, b, c, d, e, f, g, h, i, j, k, l]\nwords: {same: x}\n"
        )
    with pytest.raises(BadFile, match="another file"):
        read_texts_folder(tmp_path)
