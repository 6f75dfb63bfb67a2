"""Small promises of the engine that no situation happens to ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY

from evenhand.bundles.bundle import CaseFacts
from evenhand.law import load_pack
from evenhand.law.changes import changes, with_changes
from evenhand.law.disputes import Dispute, item_of
from evenhand.law.facts import EarlierReview
from evenhand.law.grounds import worded
from evenhand.law.load import pack_of
from evenhand.law.questions import QUESTIONS
from evenhand.law.schema import TableRow
from evenhand.law.situations.clocks import TimeLimit
from evenhand.law.situations.listed import FeeOn
from evenhand.reading import BadFile, read

PACK = load_pack()
FACTS = read(CaseFacts, Path(REPOSITORY) / "examples" / "neck-cold-therapy" / "case.yaml")
DISPUTE = Dispute(
    application=FACTS.application,
    request_for_authorization=FACTS.request_for_authorization,
    ur_decision=FACTS.ur_decision,
)
ON = date(2015, 1, 28)


def test_a_name_has_its_initial() -> None:
    """First name, initial, last name; without an initial there is no point."""
    employee = replace(FACTS.application.employee, first_name="Ana", middle_initial="B", last_name="Cole")
    assert employee.name == "Ana B. Cole"
    assert replace(employee, middle_initial=None).name == "Ana Cole"


def test_without_the_decision_nothing_is_known_of_it() -> None:
    """Every question about a decision that is not there has no answer, and none of them fails."""
    item = item_of(PACK, replace(DISPUTE, ur_decision=None, request_for_authorization=None), 1, ON)
    answers = {name: question.ask(item) for name, question in QUESTIONS.items()}
    for name in ("basis", "decision_lacked_information", "information_requested_on", "earlier_effect_until"):
        assert answers[name] is None


def test_what_is_not_known_is_said_so() -> None:
    """A sentence that names a fact nobody knows says that, and not nothing."""
    item = item_of(PACK, replace(DISPUTE, ur_decision=None), 1, ON)
    assert worded("Asked on {information_requested_on}.", item) == "Asked on no known date."


def test_an_earlier_review_is_compared_by_the_application_where_the_decision_is_not_there() -> None:
    """Without the decision the words of the application alone tell whether the treatment is the same."""
    review = EarlierReview(
        case_number="CM-1",
        treatment="something else",
        decided_on=date(2014, 6, 2),
        requesting_physician=FACTS.application.requesting_physician.name,
        practice_name=FACTS.application.requesting_physician.practice_name,
    )
    asked = QUESTIONS["earlier_decided_on"].ask
    other = replace(DISPUTE, ur_decision=None, earlier_reviews=(review,))
    same = replace(other, earlier_reviews=(replace(review, treatment=DISPUTE.application.disputed.items[0].text),))
    assert asked(item_of(PACK, other, 1, ON)) is None
    assert asked(item_of(PACK, same, 1, ON)) == date(2014, 6, 2)


def test_every_question_says_what_it_asks() -> None:
    """The facts that conditions may ask for are questions, and each has an answer or none on a complete application."""
    item = item_of(PACK, DISPUTE, 1, ON)
    assert QUESTIONS["decision_lacked_information"].ask(item) is False
    assert QUESTIONS["application_received_on"].ask(item) == FACTS.application.filing.received_on


def test_steps_are_a_sequence_like_any_other() -> None:
    """The steps of a deadline can be counted, taken one by one, compared and kept in a set."""
    one, other = PACK.due("application", date(2015, 1, 5)).steps, PACK.due("application", date(2015, 1, 5)).steps
    told = tuple(one)
    assert (len(one), one[0], one[-1], one[:1]) == (len(told), told[0], told[-1], told[:1])
    assert one == other == tuple(other) and hash(one) == hash(other)
    assert one != "steps" and repr(one) == repr(tuple(one))


def test_a_situation_says_what_it_did_not_find() -> None:
    """Words that no step tells, and a question that is another, are told as differences."""
    said = TimeLimit(
        say="It ends.", rule="application", start=date(2015, 1, 5), last_day=date(2015, 2, 4), tells=("by pigeon",)
    )
    assert list(said.faults(PACK)) == ["steps: 'by pigeon' is not told"]
    cited = replace(said, tells=(), cites="the Magna Carta")
    assert [words.split(":")[0] for words in cited.faults(PACK)] == ["citation"]
    fee = FeeOn(say="Unknown.", submitted=date(2017, 5, 1), not_known=True, asks="How many moons?")
    assert any("How many moons?" in words for words in fee.faults(PACK))


def test_a_change_that_leaves_an_entry_out_can_be_made_alone() -> None:
    """Where the other pack has no such entry, the change takes it away; where it has another, it is put in its place."""
    less = {name: rule for name, rule in PACK.rules().items() if name != "records_statute"}
    other = pack_of(PACK.programme, {"all.yaml": replace(PACK.law, rules=less)})
    made = list(changes(PACK, other))
    assert [change.name for change in made] == ["records_statute"]
    assert "records_statute" not in with_changes(PACK, other, *made).rules()


def test_a_programme_whose_counting_is_verified_has_no_doubt_about_it() -> None:
    """Ways of counting that were read are no open point."""
    sure = replace(PACK.programme.first_day, confidence=PACK.rule("application").versions[0].confidence)
    programme = replace(
        PACK.programme, first_day=sure, rolling=replace(PACK.programme.rolling, confidence=sure.confidence)
    )
    pack = pack_of(programme, {"all.yaml": PACK.law})
    assert [doubt.name for doubt in pack.unverified() if doubt.kind == "counting"] == []
    assert len([doubt for doubt in PACK.unverified() if doubt.kind == "counting"]) == 2


def test_a_table_that_says_nothing_of_a_fact_is_refused() -> None:
    """A line that names an outcome that the table has not is a fault of the loader."""
    name, law = next(iter(PACK.law.tables.items()))
    spoilt = replace(law, versions=(replace(law.versions[0], rows=(TableRow(then="nonsense"),)),))
    with pytest.raises(BadFile, match="nonsense"):
        pack_of(PACK.programme, {"all.yaml": replace(PACK.law, tables={**PACK.law.tables, name: spoilt})})
