"""What is owed, what came, and whether a reviewer may decide."""

from __future__ import annotations

from datetime import date

import pytest

from evenhand.casefile import Completeness, Document, DocumentKind, FindingState, Owed, assess, owed_papers
from evenhand.law import load_pack
from evenhand.law.facts import PartyRole
from evenhand.law.records import ALLOWED, may_decide

K, P = DocumentKind, PartyRole
REPORTS = Owed(code="A", text="reports", kinds=(K.PROGRESS_REPORT,), citation="rule A", within_window=True)
FORM = Owed(code="B", text="the form", kinds=(K.APPLICATION,), citation="rule B")
LETTERS = Owed(code="C", text="letters", kinds=(K.CORRESPONDENCE,), citation="rule C", only_if_any=True)
START, END = date(2014, 6, 16), date(2014, 12, 16)

Came = tuple[DocumentKind, date, PartyRole]
REPORT: Came = (K.PROGRESS_REPORT, date(2014, 11, 13), P.CLAIMS_ADMINISTRATOR)
UR: Came = (K.UR_DECISION, date(2014, 12, 23), P.EMPLOYEE)
SENT_FORM: Came = (K.APPLICATION, date(2014, 12, 23), P.CLAIMS_ADMINISTRATOR)
SUPPORT: Came = (K.CORRESPONDENCE, date(2015, 2, 9), P.REQUESTING_PHYSICIAN)


def assessed(*came: Came) -> Completeness:
    documents = [
        Document(id=f"p{n}", sha256="0" * 64, kind=kind, dated=dated, author="", title="", first_page=n + 1, pages=1)
        for n, (kind, dated, _) in enumerate(came)
    ]
    senders = {f"p{n}": sender for n, (_, _, sender) in enumerate(came)}
    return assess((REPORTS, FORM, LETTERS), documents, senders=senders, window_start=START, window_end=END)


def test_a_whole_package_is_complete() -> None:
    """Reports within the window and the form satisfy; letters are owed only if there are any."""
    found = assessed(UR, REPORT, SENT_FORM)
    assert found.complete
    assert [f.state for f in found.findings] == [FindingState.MET, FindingState.MET, FindingState.PERHAPS_NONE]
    assert found.missing == ()
    assert (found.from_administrator, found.from_employee_or_physician) == (("p1", "p2"), ("p0",))


@pytest.mark.parametrize(
    ("dated", "state"),
    [
        (date(2014, 6, 15), FindingState.MISSING),
        (date(2014, 6, 16), FindingState.MET),
        (date(2014, 12, 16), FindingState.MET),
        (date(2014, 12, 17), FindingState.MISSING),
    ],
)
def test_the_window_counts_both_its_days(dated: date, state: FindingState) -> None:
    """A report the day before the window, or after the request, does not satisfy the entry."""
    found = assessed((K.PROGRESS_REPORT, dated, P.CLAIMS_ADMINISTRATOR), SENT_FORM)
    assert found.findings[0].state is state
    assert found.outside_window == (("p0",) if dated < START else ())


def test_a_paper_from_the_other_side_does_not_fulfil_the_duty() -> None:
    """The file has the report, but the one who owes it has not sent it: still a deficiency, said as such."""
    found = assessed((K.PROGRESS_REPORT, date(2014, 11, 13), P.REQUESTING_PHYSICIAN), SENT_FORM)
    assert found.findings[0].state is FindingState.MET_BY_ANOTHER
    assert [f.code for f in found.missing] == ["A"]
    assert not found.complete


@pytest.mark.parametrize(
    ("came", "allowed", "words"),
    [
        ((), False, "No records came"),
        ((UR,), False, "no determination may rest on it alone"),
        ((UR, SENT_FORM), False, "no determination may rest on it alone"),
        ((UR, (K.RFA, date(2014, 12, 16), P.CLAIMS_ADMINISTRATOR)), False, "rest on it alone"),
        ((UR, (K.UR_DECISION, date(2014, 12, 23), P.CLAIMS_ADMINISTRATOR)), False, "rest on it alone"),
        ((SUPPORT,), False, "not in the file either"),
        ((UR, SUPPORT), True, "together with what the other side sent"),
        ((UR, (K.RFA, date(2014, 12, 16), P.REQUESTING_PHYSICIAN)), True, "together with"),
        ((REPORT,), True, "Medical records came"),
        ((UR, REPORT, SUPPORT), True, "and papers from the employee"),
    ],
)
def test_no_decision_on_the_utilization_review_decision_alone(
    came: tuple[Came, ...], allowed: bool, words: str
) -> None:
    """What came, put to the law: medical records suffice, or the decision with papers of the other side; never it alone."""
    found = assessed(*came)
    answer = may_decide(
        load_pack(),
        date(2015, 2, 13),
        from_administrator=found.medical_records_from_administrator,
        ur_summary=found.ur_decision_in_file,
        from_employee_or_physician=found.support_from_employee_or_physician,
    )
    assert (answer.outcome == ALLOWED) is allowed
    assert words in found.explanation


def test_a_document_without_a_sender_is_an_error() -> None:
    """Who sent a paper decides what it satisfies, so it must be said."""
    document = Document(id="x", sha256="0" * 64, kind=K.OTHER, dated=START, author="", title="", first_page=1, pages=1)
    with pytest.raises(KeyError, match="x"):
        assess((), [document], senders={}, window_start=START)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    """A slip between the two dates is said, not computed with."""
    with pytest.raises(ValueError, match="before it begins"):
        assess((), [], senders={}, window_start=END, window_end=START)


def test_the_laws_list_says_what_is_owed_with_its_citations() -> None:
    """The programme's entries (A) to (F) and the statute's come with the kinds of paper that satisfy each."""
    owed = {entry.code: entry for entry in owed_papers(load_pack("ca_dwc"), date(2015, 1, 29))}
    assert {"A", "B", "C", "D", "E", "F", "statute"} <= set(owed)
    assert owed["A"].within_window
    assert K.PROGRESS_REPORT in owed["A"].kinds
    assert owed["B"].kinds == (K.APPLICATION,)
    assert all(entry.citation and entry.kinds for entry in owed.values())
    assert not any(K.UR_DECISION in entry.kinds for entry in owed.values())
