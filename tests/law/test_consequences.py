"""What follows a determination, and what lateness, faults and errors do."""

from datetime import date

import pytest

from evenhand.law import Confidence, Refused, adopted_readings, load_pack
from evenhand.law import consequences as law
from evenhand.law.fees import fee_owed
from evenhand.law.letter import case_word, decision_word, other_quantity
from evenhand.law.retention import disposal, kept

PACK = load_pack()
READINGS = load_pack(adopting=adopted_readings("ca_dwc"))
DAY = date(2015, 3, 13)
NEED = {"found_necessary": True, "already_given": False, "appeal_filed": False, "liability_disputed": False}


def test_carrying_out_runs_from_receipt():
    """What is not yet given is authorized in five working days of receipt, what was given is paid for in twenty days."""
    authorize = law.carrying_out(PACK, DAY, **NEED)
    assert (authorize.answer.outcome, authorize.deadline.due) == ("authorize", date(2015, 3, 20))
    pay = law.carrying_out(PACK, DAY, **NEED | {"already_given": True})
    assert (pay.answer.outcome, pay.deadline.due) == ("pay", date(2015, 4, 2))
    assert "receipt" in pay.answer.explanation and pay.answer.citation == "8 CCR 9792.10.7(a)-(c)"
    nothing = law.carrying_out(PACK, DAY, **NEED | {"found_necessary": False})
    assert (nothing.answer.outcome, nothing.deadline) == ("nothing_owed", None)
    assert nothing.answer.citation.startswith("8 CCR 9792.10.1(a)") and nothing.answer.source == ("S14",)


@pytest.mark.parametrize(
    ("appeal", "liability", "suspended"),
    [(False, False, False), (True, False, True), (False, True, True), (True, True, True)],
)
def test_an_appeal_or_a_dispute_about_liability_suspends(appeal, liability, suspended):
    """Each of them suspends the duty, and nothing else does."""
    assert law.suspended(PACK, DAY, appeal_filed=appeal, liability_disputed=liability) is suspended


def test_a_rule_that_nobody_read_again_is_told_as_it_was_with_a_caution():
    """Since April 2026 the lines of the earlier version are told, none surer than deduced; the time itself is asked for."""
    told = law.carrying_out(PACK, date(2026, 5, 1), **NEED)
    assert told.answer.confidence is Confidence.DEDUCED and "2026-04-01" in told.answer.caution
    assert told.deadline.due is None and told.deadline.unknown
    assert law.carrying_out(READINGS, date(2026, 5, 1), **NEED).deadline.due == date(2026, 5, 8)


def test_who_petitions_with_what_and_on_which_ground():
    """Either side; verified and served always, in the form of the rule since 2020; five grounds; three duties in carrying
    out."""
    assert [entry.code for entry in law.may_petition(PACK, DAY)] == ["employee", "claims_administrator"]
    assert len(law.petition_needs(PACK, DAY)) == 2
    assert len(law.petition_needs(PACK, date(2020, 1, 1))) == 6
    assert len(law.petition_grounds(PACK, DAY)) == 5
    assert len(law.duties(PACK, DAY)) == 3


def test_an_unverified_petition_has_time_to_cure():
    """Its clock starts; a late petition is dismissed; what a fault of form did before 2020 is asked for."""
    runs = law.Verification.TIME_TO_CURE_RUNS
    cure = law.petition(PACK, DAY, in_time=True, verification=runs, form_kept=True)
    assert (cure.outcome, cure.rule) == ("may_be_cured", "petition_cure")
    assert law.petition(PACK, DAY, in_time=False, verification=runs, form_kept=True).outcome == "dismissed"
    verified = law.Verification.FILED_VERIFIED
    before = law.petition(PACK, DAY, in_time=True, verification=verified, form_kept=False)
    assert before.outcome is None and before.unknown in before.explanation
    since = law.petition(PACK, date(2020, 1, 1), in_time=True, verification=verified, form_kept=False)
    assert (since.outcome, since.caution) == ("may_be_dismissed", None)


def test_after_a_reversal_another_organization_reviews_or_another_reviewer():
    """Another organization first, another reviewer next; who reviews where there is neither is asked."""
    assert law.setting_aside(PACK, DAY, ground_shown=True, burden_met=True).outcome == "set_aside"
    assert law.setting_aside(PACK, DAY, ground_shown=True, burden_met=False).outcome == "stands"
    first = law.remand(PACK, DAY, other_organization=True, other_reviewer=True)
    assert first.outcome == "another_organization" and first.confidence is Confidence.PARTLY_READ
    assert law.remand(PACK, DAY, other_organization=False, other_reviewer=True).outcome == "another_reviewer"
    nobody = law.remand(PACK, DAY, other_organization=False, other_reviewer=False)
    assert (nobody.outcome, nobody.rule) == (None, None) and nobody.unknown.endswith("?")


def test_lateness_faults_and_corrections():
    """A late determination is valid and reported; a late utilization review goes to the board; a changed outcome is no
    correction; a new physician's request is not barred."""
    assert law.late_determination(PACK, DAY, late=True).outcome == "valid_and_reported"
    assert law.faulty_ur_decision(PACK, DAY, fault=law.Fault.UNTIMELY).outcome == "appeals_board"
    assert law.faulty_ur_decision(PACK, DAY, fault=law.Fault.OTHER_THAN_TIME).caution
    assert law.correction(PACK, DAY, outcome_changes=True).outcome == "needs_remand"
    request = {"in_effect": True, "documented_change": False}
    assert law.repeated_request(PACK, DAY, same_physician_or_group=False, **request).outcome == "needs_one"
    assert law.repeated_request(PACK, DAY, same_physician_or_group=True, **request).outcome == "needs_none"
    assert law.eligibility_reopened(PACK, DAY, appeal_filed=False).outcome == "may"
    assert law.termination(PACK, DAY, every_item_ended=False).outcome == "rest_goes_on"
    assert law.publication(PACK, DAY, ended=law.Ended.WITHDRAWN).outcome == "not_published"
    assert fee_owed(PACK, DAY, assigned=True).outcome == "owed"


def test_the_words_of_a_letter_by_its_period():
    """Overturned and Upheld came in 2014; "upheld" is said of the denial; the cover letter sums up the items."""
    assert decision_word(PACK, date(2013, 12, 31), necessary=True).value == "is medically necessary and appropriate"
    assert decision_word(PACK, date(2014, 1, 1), necessary=True).value == "Overturned"
    assert decision_word(PACK, date(2014, 1, 1), necessary=False).value == "Upheld"
    words = [case_word(PACK, DAY, necessary=n, items=2).explanation.split(": ")[1] for n in (0, 1, 2)]
    assert words == ["UPHOLD", "PARTIAL OVERTURN", "OVERTURN"]
    assert other_quantity(PACK, DAY, reviewer_finds_less=True).outcome == "as_requested"
    for necessary, items in ((3, 2), (-1, 2), (0, 0)):
        with pytest.raises(Refused):
            case_word(PACK, DAY, necessary=necessary, items=items)


def test_a_file_is_kept_by_policy_until_somebody_finds_the_rule():
    """No rule was found, so the law's day is a question; the policy's six years hold, and a legal hold is stronger."""
    found = kept(PACK, date(2015, 6, 1))
    assert found.by_law.due is None and found.by_law.unknown
    assert found.until == found.by_policy.due == date(2021, 6, 1) and found.by_policy.caution
    assert disposal(PACK, date(2015, 6, 1), date(2021, 6, 1), legal_hold=False).outcome == "keep"
    assert disposal(PACK, date(2015, 6, 1), date(2021, 6, 2), legal_hold=False).outcome == "may_be_destroyed"
    assert disposal(PACK, date(2015, 6, 1), date(2021, 6, 2), legal_hold=True).outcome == "keep"
