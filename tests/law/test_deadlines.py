"""How time is counted, beyond the worked example."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.law import Confidence, Means, Refused, adopted_readings, load_pack
from evenhand.law.facts import Address
from evenhand.law.schema import Unit
from evenhand.reading import BadFile

PACK = load_pack()
READINGS = load_pack(adopting=adopted_readings("ca_dwc"))
DAYS = st.dates(date(2018, 1, 1), date(2026, 3, 31))
DAY_RULES = [
    name
    for name in PACK.rule_names()
    if (period := PACK.rule(name).versions[0].period) is not None and period.unit is not Unit.HOURS
]
REGIONS = st.sampled_from(["ca", "us", "abroad"])


@given(DAYS)
def test_the_extension_comes_before_the_roll(start):
    """The day before rolling is exactly 30 + 5 calendar days on, whatever day the 30th is."""
    assert PACK.due("application", start, means=Means.MAIL).target == start + timedelta(days=35)


@given(
    st.sampled_from(["records_mailed", "records_electronic", "determination", "implement_pay"]),
    DAYS,
    st.sampled_from(Means),
    REGIONS,
)
def test_service_changes_nothing_where_a_rule_has_no_extension(rule, start, means, region):
    """The record clocks and the clocks from receipt never take an extension for service."""
    assert PACK.due(rule, start, means=means, region=region).due == PACK.due(rule, start).due


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (
            "2015-03-07T10:00",
            "2015-03-08T11:00:00-07:00",
        ),  # daylight saving begins: 24 hours end an hour later by the clock
        ("2015-10-31T10:00", "2015-11-01T09:00:00-08:00"),  # daylight saving ends
        ("2015-01-29T18:00+00:00", "2015-01-30T10:00:00-08:00"),
        ("2015-12-24T16:30", "2015-12-25T16:30:00-08:00"),  # a holiday counts
    ],
)
def test_hours_run_by_the_clock_across_daylight_saving(start, due):
    """24 hours are 24 hours in Pacific time, also on the two odd days of the year and on holidays."""
    assert PACK.due("records_expedited", datetime.fromisoformat(start)).due.isoformat() == due


def test_an_instant_for_a_rule_of_days_counts_by_the_local_day():
    """An instant after midnight in universal time still belongs to the Pacific day before."""
    evening = datetime(2015, 1, 29, 5, 0, tzinfo=UTC)
    assert PACK.due("assignment_notice", evening).start == date(2015, 1, 28)


@pytest.mark.parametrize(
    ("start", "region", "safe", "late"),
    [
        ("2014-12-23", "ca", "2015-01-22", "2015-01-27"),
        ("2014-12-23", "us", "2015-01-22", "2015-02-02"),
        ("2014-12-23", "abroad", "2015-01-22", "2015-02-11"),
        # Two court days over Thanksgiving reach further than five calendar days.
        ("2014-10-27", "ca", "2014-11-26", "2014-12-02"),
    ],
)
@pytest.mark.parametrize("means", [Means.FAX, Means.ELECTRONIC])
def test_service_by_fax_is_an_open_question(start, region, safe, late, means):
    """A decision served by fax or electronically gives no single last day, but the safe one and the one after which it
    is late."""
    deadline = PACK.due("application", date.fromisoformat(start), means=means, region=region)
    assert deadline.due is None and deadline.target is None
    assert deadline.unknown and deadline.unknown.endswith("?")
    assert (deadline.safe_until, deadline.late_after) == (date.fromisoformat(safe), date.fromisoformat(late))
    assert any(safe in step and "earliest safe last day" in step for step in deadline.steps)
    assert deadline.as_json()["due"] is None


@pytest.mark.parametrize(
    ("rule", "start", "words"),
    [
        ("application_formulary", date(2015, 1, 2), ["2018-01-01", "--governed"]),
        ("terminate_notice", date(2015, 2, 5), ["2018-01-01", "--governed", "SB 1160"]),
        ("application", date(2012, 12, 31), ["2013-01-01"]),
        ("records_expedited", date(2015, 1, 29), ["hours", "2015-01-29T10:00"]),
        ("aplication", date(2015, 1, 29), ["application"]),
        ("application", date(9999, 12, 31), ["check the year"]),
    ],
)
def test_refusals_say_what_why_and_what_to_do(rule, start, words):
    """What cannot be computed is refused in words that name the way out."""
    with pytest.raises(Refused) as refused:
        PACK.due(rule, start)
    assert all(word in str(refused.value) for word in words)


def test_an_unknown_region_or_calendar_is_refused():
    """A region or calendar that the pack has not is refused with those that it has."""
    with pytest.raises(Refused, match="abroad"):
        PACK.due("application", date(2015, 1, 5), region="nevada")
    with pytest.raises(Refused, match="offices_closed"):
        PACK.due("application", date(2015, 1, 5), calendar="none")


# LAW.md says of these that they are untouched: the appeals board's own rules, and the answer to a question about eligibility.
STILL_KNOWN = {"wcab_petition", "ineligibility_petition", "petition_cure", "information_reply"}
# A practice that had ended long before, and a suggestion that no regulation makes.
NO_REGULATION = {"ur_decision_reminder", "review_file_policy"}


@pytest.mark.parametrize("rule", [name for name in DAY_RULES if name not in STILL_KNOWN | NO_REGULATION])
def test_since_the_rewrite_of_2026_there_is_a_question_and_no_number(rule):
    """From 2026-04-01 nobody has read the rules: no last day, but the question; with the adopted readings the earlier
    number, and the result says so."""
    assert PACK.rule(rule).versions[-1].valid_from == date(2026, 4, 1)
    deadline = PACK.due(rule, date(2026, 4, 1))
    assert (deadline.due, deadline.target, deadline.bounded) == (None, None, False)
    assert deadline.unknown and deadline.unknown.endswith(("?", ".")) and deadline.unknown in deadline.steps[-1]
    assert PACK.due(rule, date(2026, 3, 31)).due is not None or rule in {
        "terminate_notice",
        "administrator_change_notice",
    }
    earlier, adopted = READINGS.rule(rule).versions[-2:]
    assert (adopted.period, adopted.further) == (earlier.period, earlier.further)
    went_on = READINGS.due(rule, date(2026, 4, 1))
    assert went_on.due is not None and not went_on.confidence.verified
    assert "adopted reading" in went_on.caution


def test_readings_answer_questions_and_change_nothing_that_is_known(tmp_path):
    """A file of readings that changes a known number, or adds a version that the pack does not ask for, is refused."""
    readings = tmp_path / "ours.yaml"
    for day in ("2013-01-01", "2015-01-01"):
        readings.write_text(
            f"topic: Ours\nrules:\n  application:\n    versions:\n      - {{valid_from: {day}, "
            "period: {count: 60, unit: calendar_days}, citation: nowhere, confidence: deduced}\n",
            encoding="utf-8",
        )
        with pytest.raises(BadFile, match="no open question"):
            load_pack(adopting=readings)


def test_a_result_is_as_sure_as_its_least_sure_number():
    """30 days are read, five days for the mail are secondary, ten for another state are deduced."""
    sure = [PACK.due("application", date(2015, 1, 5), means=Means.MAIL, region=r).confidence for r in ("ca", "us")]
    assert PACK.due("application", date(2015, 1, 5)).confidence is Confidence.READ
    assert sure == [Confidence.SECONDARY, Confidence.DEDUCED]
    assert PACK.due("application", date(2015, 1, 5)).caution is None


def test_the_steps_tell_the_arithmetic():
    """The steps name the days with their weekdays, what was added and why, and which holiday moved the last day."""
    steps = " ".join(PACK.due("determination", date(2015, 1, 17)).steps)
    for words in (
        "Saturday 2015-01-17",
        "30 calendar days",
        "Monday 2015-02-16",
        "Presidents' Day",
        "Tuesday 2015-02-17",
    ):
        assert words in steps
    counted = " ".join(PACK.due("ur_decision", date(2014, 12, 23)).steps)
    assert "Thursday 2014-12-25 (Christmas Day)" in counted and "Friday 2014-12-26" in counted


def test_the_steps_say_whose_law_it_is_where_another_day_governs():
    """Computed as if under a later law, the steps name the day whose law it is."""
    steps = PACK.due("terminate_notice", date(2015, 2, 5), governed_on=date(2018, 1, 1)).steps
    assert any(step.startswith("By the law of 2018-01-01") for step in steps)
    assert not any("By the law of" in step for step in PACK.due("application", date(2015, 2, 5)).steps)


def test_json_has_the_promised_keys():
    """The JSON document has exactly the promised keys and three that explain."""
    keys = {"rule", "from", "due", "target", "steps", "citation", "confidence", "calendar"}
    document = PACK.due("application", date(2015, 1, 5)).as_json()
    assert set(document) == keys | {"title", "unknown", "caution"}


@pytest.mark.parametrize(
    ("state", "country", "region"),
    [
        ("CA", "US", "ca"),
        ("ca", "us", "ca"),
        ("California", " USA", "ca"),
        ("NV", "US", "us"),
        ("BC", "CA", "abroad"),
        ("CA", "MX", "abroad"),
    ],
)
def test_region(state, country, region):
    """An address in California, in another state and abroad; a foreign province called CA is not California."""
    assert PACK.region(Address(street="1 Elm St", city="Town", state=state, zip="90000", country=country)) == region


def test_another_calendar_moves_the_day():
    """Lincoln Day is a holiday of the statute on which offices are open."""
    start = date(2015, 1, 13)
    assert PACK.due("determination", start).due == date(2015, 2, 12)
    assert PACK.due("determination", start, calendar="holidays_statute").due == date(2015, 2, 13)
