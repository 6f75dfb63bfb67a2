"""Every result is computed a second time, by an evaluator that shares no code with the engine; and its steps once
more, from their words alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.law.evaluator import Answer, Law, home

from evenhand.law import Deadline, Means, Pack, Refused, adopted_readings, load_pack

PROGRAMMES = ("ca_dwc", "ny_external_appeal")
CASES: dict[str, tuple[Pack, Law]] = {name: (load_pack(name), Law(home(name))) for name in PROGRAMMES}
READINGS = adopted_readings("ca_dwc")
assert READINGS is not None
CASES["ca_dwc with readings"] = (
    load_pack("ca_dwc", adopting=READINGS),
    Law(home("ca_dwc"), over=READINGS),
)
RULES = [(case, rule) for case, (_, law) in CASES.items() for rule in law.rules()]
# Before the first version of anything, and beyond the last listed date of a holiday.
DAYS = st.dates(date(2012, 11, 1), date(2035, 12, 31))
DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{4}-\d\d-\d\d"


def _of_hours(law: Law, rule: str) -> bool:
    return any((version.get("period") or {}).get("unit") == "hours" for version in law.rules()[rule]["versions"])


def both(
    case: str, rule: str, start: date | datetime, means: Means, region: str, on: date | None, calendar: str | None
) -> tuple[Deadline | None, Answer | None]:
    """What the engine and the evaluator say; None where one of them has no law for the day."""
    pack, law = CASES[case]
    day = start.astimezone(law.zone).date() if isinstance(start, datetime) else start
    answer = law.answer(rule, start, means=means.value, region=region, on=on or day, calendar=calendar)
    try:
        return pack.due(rule, start, means=means, region=region, governed_on=on, calendar=calendar), answer
    except Refused:
        return None, answer


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, str, date | datetime, Means, str, date | None, str | None]:
    """A rule of some programme, and everything that a person may ask it with."""
    case, rule = draw(st.sampled_from(RULES))
    law = CASES[case][1]
    start: date | datetime = draw(DAYS)
    if _of_hours(law, rule):
        start = datetime.combine(start, draw(st.times()), tzinfo=UTC)
    region = draw(st.sampled_from([each["name"] for each in law.pack["regions"]]))
    calendar = draw(st.sampled_from([None, *law.sections["calendars"]]))
    return case, rule, start, draw(st.sampled_from(Means)), region, draw(st.none() | DAYS), calendar


@settings(max_examples=600, deadline=None)
@given(questions())
@example(("ca_dwc", "application", date(2014, 11, 6), Means.MAIL, "ca", None, None))
@example(("ca_dwc", "application", date(2030, 12, 20), Means.FAX, "us", date(2020, 1, 1), "holidays_statute"))
@example(("ca_dwc", "ur_decision", date(2031, 12, 22), Means.MAIL, "ca", date(2020, 1, 1), "holidays_statute"))
def test_a_second_evaluator_agrees(question) -> None:
    """Whatever is asked, engine and evaluator give the same days, the same doubt and the same mark, or both none."""
    deadline, answer = both(*question)
    assert (deadline is None) == (answer is None)
    if deadline is None or answer is None:
        return
    assert (deadline.due, deadline.target) == (answer.due, answer.target)
    assert (deadline.safe_until, deadline.late_after) == (answer.safe, answer.late)
    assert (deadline.confidence.value, deadline.calendar) == (answer.mark, answer.calendar)
    assert (deadline.unknown is None) == (not answer.questions)
    assert all(asked in (deadline.unknown or "") for asked in answer.questions)
    steps_hold(CASES[question[0]][1], deadline, question[4])


@pytest.mark.parametrize(("case", "rule"), RULES, ids=lambda value: str(value).replace(" ", "_"))
def test_every_rule_is_redone_on_days_of_its_time(case: str, rule: str) -> None:
    """For every rule: the two odd days of daylight saving, leap days, year's ends and the days around each version."""
    law = CASES[case][1]
    begins = [version["valid_from"] for version in law.rules()[rule]["versions"]]
    days = [day + n * timedelta(1) for day in begins for n in (-1, 0, 1)]
    days += [date(2016, 2, 29), date(2015, 3, 7), date(2015, 10, 31), date(2019, 12, 27), date(2030, 12, 27)]
    for day in days:
        start = datetime.combine(day, datetime.min.time(), tzinfo=law.zone) if _of_hours(law, rule) else day
        for region in law.pack["regions"]:
            for means in Means:
                deadline, answer = both(case, rule, start, means, region["name"], None, None)
                assert (deadline is None) == (answer is None)
                assert answer is None or day >= begins[0]
                if deadline and answer:
                    assert (deadline.due, deadline.late_after) == (answer.due, answer.late)
                    steps_hold(law, deadline, region["name"])


@given(st.datetimes(datetime(2013, 1, 1), datetime(2026, 3, 29)))
@example(datetime(2015, 3, 8, 2, 30))  # a local time that the clocks skip
@example(datetime(2015, 11, 1, 1, 30))  # one that they show twice
def test_hours_are_hours_across_daylight_saving(local: datetime) -> None:
    """Between first and last instant exactly the hours of the rule pass, however the clocks are changed meanwhile; from a
    time that they skip nothing is counted."""
    pack, law = CASES["ca_dwc"]
    skipped = local.replace(tzinfo=law.zone).astimezone(UTC).astimezone(law.zone).replace(tzinfo=None) != local
    for rule in ("records_expedited",):
        if skipped:
            with pytest.raises(Refused, match="There was no"):
                pack.due(rule, local)
            continue
        deadline = pack.due(rule, local)
        assert isinstance(deadline.due, datetime) and isinstance(deadline.start, datetime)
        (hours,) = {version["period"]["count"] for version in law.rules()[rule]["versions"] if "period" in version}
        assert deadline.due.timestamp() - deadline.start.timestamp() == hours * 3600
        assert deadline.due.utcoffset() == deadline.due.astimezone(law.zone).utcoffset()


# ---- the steps, redone from their words ----

UNITS = {"calendar day": "calendar_days", "business day": "business_days", "month": "months", "hour": "hours"}
LENGTH = r"(?P<count>\d+) (?P<unit>calendar day|business day|month|hour)s?"
WORDS = [
    r"(?P<governed>By the law of) \d{4}-\d\d-\d\d; .+",
    rf"(?P<begin>(?:{DAY})(?: \d\d:\d\d \(\w+\))?): .+",
    rf"(?P<verb>Add|Go back) {LENGTH}(?: \(.+\))?: (?P<day>{DAY})\.",
    rf"(?P<listed>Count) {LENGTH}(?: \([^:]+\))?: (?P<days>{DAY}(?:, {DAY})*)\.(?: Not counted: (?P<passed>.+)\.)?",
    rf"Served .+ at an address .+: (?P<served>add) {LENGTH}: (?P<day>{DAY}) \(.+\)\.",
    r"(?P<nothing>Nothing is added for service .+|Served [\w ]+: nothing is added\.)",
    rf"(?P<rolled>No business day) \((?P<closed>.+?)\)\. .+: (?P<day>{DAY})\.",
    rf"(?P<ends>Last|First) day: (?P<day>{DAY})\. .+",
    rf"(?P<if>If) {LENGTH} are added(?: \(.+\))?, the last day is (?P<day>{DAY})\.",
    r"(?P<open>Which of these holds) .+",
    rf"(?P<unlisted>The list) \w+ does not tell .+, the last day is (?P<day>{DAY}); with them it is not after (?P<late>{DAY}): .+",
    rf"(?P<whichever>Whichever holds), (?P<day>{DAY}) is in time .+ and what comes after (?P<late>{DAY}) is late\.",
    r"(?P<nobody>How long the time is), from .+",
    rf"Add {LENGTH} by the (?P<clock>clock), .+: (?P<instant>.+)\.",
]


def steps_hold(law: Law, deadline: Deadline, region: str) -> None:
    """Each step's days and numbers, redone from the step's own words and the day that the step before left."""
    day, target, last, readings, late = _day_of(deadline.steps[0]), None, None, [], None
    for step in deadline.steps:
        for written in re.findall(DAY, step):
            weekday, iso = written.split()
            assert f"{date.fromisoformat(iso):%A}" == weekday, step
        said = _said(step)
        if said.get("verb") or said.get("served"):
            back = said.get("verb") == "Go back"
            period = {"count": int(said["count"]), "unit": UNITS[said["unit"]], "back": back}
            day = law.moved(day, period, deadline.calendar)
            assert day == _day_of(said["day"]), step
        elif said.get("listed"):
            day = _counted(law, deadline.calendar, day, said, step)
        elif said.get("rolled"):
            target, day = day, _rolled(law, deadline.calendar, day, said, step)
        elif said.get("ends"):
            last = _day_of(said["day"])
            assert last == day, step
        elif said.get("if"):
            readings.append(_reading(law, deadline, day, said, step))
        elif said.get("late"):
            late = _day_of(said["late"])
            assert _day_of(said["day"]) == (max if said.get("unlisted") else min)([day, *readings][bool(readings) :])
    if isinstance(deadline.due, datetime):
        return
    assert deadline.due == last
    assert deadline.target == (None if last is None else target or last)
    assert late is None or late == deadline.late_after


def _said(step: str) -> dict[str, str]:
    """What a step says, by the one pattern of words that it has."""
    found = [match for words in WORDS if (match := re.fullmatch(words, step))]
    assert found, f"no known form of a step: {step}"
    return {name: text for name, text in found[0].groupdict().items() if text is not None}


def _day_of(words: str) -> date:
    return date.fromisoformat(re.search(r"\d{4}-\d\d-\d\d", words).group())


def _counted(law: Law, calendar: str, day: date, said: dict[str, str], step: str) -> date:
    """The business days that were counted are all there were, and what was passed over was closed."""
    counted = [_day_of(each) for each in said["days"].split(", ")]
    assert len(counted) == int(said["count"]), step
    assert all(law.open(calendar, each) for each in counted), step
    between = [day + n * timedelta(1) for n in range(1, (counted[-1] - day).days + 1)]
    passed = [each for each in between if each not in counted]
    assert [_day_of(each) for each in re.findall(DAY, said.get("passed", ""))] == passed, step
    for each in passed:
        assert all(name in said["passed"] for name in law.holidays(calendar, each.year).get(each, [])), step
        assert not law.open(calendar, each)
    return counted[-1]


def _rolled(law: Law, calendar: str, day: date, said: dict[str, str], step: str) -> date:
    """The last day moved over closed days only, each named with its reason, to the first that is open."""
    closed = [_day_of(each) for each in re.findall(DAY, said["closed"])]
    assert closed == [day + n * timedelta(1) for n in range(len(closed))], step
    for each in closed:
        assert not law.open(calendar, each)
        assert all(name in said["closed"] for name in law.holidays(calendar, each.year).get(each, [])), step
    to = _day_of(said["day"])
    assert to == closed[-1] + timedelta(1) and law.open(calendar, to), step
    return to


def _reading(law: Law, deadline: Deadline, day: date, said: dict[str, str], step: str) -> date:
    """One reading of an open extension: the period added, then rolled."""
    moved = law.moved(day, {"count": int(said["count"]), "unit": UNITS[said["unit"]]}, deadline.calendar)
    while not law.open(deadline.calendar, moved):
        moved += timedelta(1)
    assert moved == _day_of(said["day"]), step
    return moved
