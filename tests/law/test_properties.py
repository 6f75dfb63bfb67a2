"""What holds for every time limit of every programme, whatever its numbers are."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.law import Deadline, Means, Pack, Refused, adopted_readings, load_pack
from evenhand.law.schema import Grant, Period, RuleVersion, Unit

DAY = timedelta(days=1)
PACKS = {
    "ca_dwc": load_pack("ca_dwc"),
    "ca_dwc with readings": load_pack("ca_dwc", adopting=adopted_readings("ca_dwc")),
    "ny_external_appeal": load_pack("ny_external_appeal"),
}
Law = tuple[str, str, RuleVersion]
LAWS: list[Law] = [
    (pack, rule, version)
    for pack, held in PACKS.items()
    for rule, law in held.rules().items()
    for version in law.versions
    if version.period is not None
]
OF_DAYS = [law for law in LAWS if law[2].period.unit is not Unit.HOURS]
OF_HOURS = [law for law in LAWS if law[2].period.unit is Unit.HOURS]
EXTENDED = [law for law in OF_DAYS if law[2].extension is not None]
NOT_EXTENDED = [law for law in OF_DAYS if law[2].extension is None]
PROLONGED = [law for law in OF_DAYS if law[2].further is not None]
STARTS = st.dates(date(2013, 1, 1), date(2035, 12, 31))
# From the shortest extension to the longest.
SERVICE = [
    (Means.PERSONAL, "ca"),
    *((means, region) for region in ("ca", "us", "abroad") for means in (Means.MAIL, Means.FAX, Means.ELECTRONIC)),
]
many = settings(max_examples=300, deadline=None)


def of(law: Law, start: date | datetime, **asked: object) -> Deadline:
    """The deadline under one version of a rule."""
    pack, rule, version = law
    return PACKS[pack].due(rule, start, **{"governed_on": version.valid_from, **asked})


def regions(law: Law) -> list[str]:
    """The regions that the law's programme knows."""
    return [region.name for region in PACKS[law[0]].programme.regions]


@many
@given(st.sampled_from(OF_DAYS), STARTS, st.integers(0, 60), st.sampled_from(Means), st.data())
def test_a_later_service_never_makes_an_earlier_deadline(law, start, later, means, data) -> None:
    """Within one version the last day grows with the first; where it is open, its earliest and latest reading do."""
    asked = {"means": means, "region": data.draw(st.sampled_from(regions(law)))}
    one, two = of(law, start, **asked), of(law, start + later * DAY, **asked)
    assert one.safe_until <= two.safe_until and one.late_after <= two.late_after
    assert one.due is None or two.due is None or (one.due <= two.due and one.target <= two.target)


@many
@given(st.sampled_from(EXTENDED), STARTS, st.integers(0, 30), st.integers(0, 30), st.sampled_from(list(Unit)[:2]))
def test_more_extension_never_shortens(law, start, less, more, unit) -> None:
    """Whatever a table of extensions grants, a greater number of days gives no earlier last day than a smaller."""
    pack, rule, version = law
    short, long = (
        granting(PACKS[pack], version.extension, Period(count=count, unit=unit)).due(
            rule, start, means=Means.MAIL, governed_on=version.valid_from
        )
        for count in (less, less + more)
    )
    none = of(law, start)
    assert none.due <= short.due <= long.due
    assert none.target <= short.target <= long.target


def granting(pack: Pack, table: str, period: Period) -> Pack:
    """The pack with this period for every means but service in person, in every region."""
    law = pack.law.extensions[table]

    def granted(grant: Grant) -> Grant:
        return grant if Means.PERSONAL in grant.means else replace(grant, period=period, unknown=None, candidates=())

    versions = tuple(replace(version, grants=tuple(map(granted, version.grants))) for version in law.versions)
    changed = {**pack.law.extensions, table: replace(law, versions=versions)}
    return Pack(pack.programme, law=replace(pack.law, extensions=changed), files={})


@many
@given(st.sampled_from(PROLONGED), STARTS)
def test_a_further_period_never_shortens(law, start) -> None:
    """An approved extension of the review ends no earlier than the time without it."""
    pack, rule, version = law
    rules = PACKS[pack].rules()
    without = {**rules, rule: replace(rules[rule], versions=(replace(version, further=None),))}
    shorter = Pack(PACKS[pack].programme, law=replace(PACKS[pack].law, rules=without), files={})
    assert shorter.due(rule, start, governed_on=version.valid_from).due <= of(law, start).due


@many
@given(st.sampled_from(OF_DAYS), STARTS, st.sampled_from(Means), st.data())
def test_a_last_day_rolls_at_most_once_and_to_a_business_day(law, start, means, data) -> None:
    """Where a rule rolls, the last day is a business day, is the first one from the day before rolling on, and would
    not move again; where it does not, nothing moves."""
    pack, _, version = law
    deadline = of(law, start, means=means, region=data.draw(st.sampled_from(regions(law))))
    if deadline.due is None:
        return
    calendar = PACKS[pack].calendar(deadline.calendar).as_listed()
    assert deadline.target <= deadline.due
    assert sum(step.startswith("No business day") for step in deadline.steps) == (deadline.due != deadline.target)
    if not version.rolls:
        assert deadline.due == deadline.target
        return
    assert calendar.is_business_day(deadline.due)
    assert calendar.on_or_after(deadline.target) == deadline.due == calendar.on_or_after(deadline.due)
    assert (deadline.due == deadline.target) == calendar.is_business_day(deadline.target)


@many
@given(st.sampled_from([law for law in EXTENDED if len(regions(law)) > 1]), STARTS)
def test_farther_service_never_gives_less_time(law, start) -> None:
    """In person, by mail in the state, elsewhere in the country, abroad: each gives at least the time of the one
    before; and no open question reaches below service in person."""
    by = {(means, region): of(law, start, means=means, region=region) for means, region in SERVICE}
    order = [(Means.PERSONAL, "ca"), *((Means.MAIL, region) for region in ("ca", "us", "abroad"))]
    dues = [by[each].due for each in order]
    assert None not in dues and dues == sorted(dues)
    for means in (Means.FAX, Means.ELECTRONIC):
        for region in ("ca", "us", "abroad"):
            assert by[Means.PERSONAL, "ca"].due <= by[means, region].safe_until
            assert by[means, region].late_after <= by[means, "abroad"].late_after
    assert by[Means.FAX, "ca"].late_after == by[Means.ELECTRONIC, "ca"].late_after


@many
@given(st.sampled_from(NOT_EXTENDED), STARTS, st.sampled_from(Means), st.data())
def test_service_matters_only_where_the_rule_has_an_extension(law, start, means, data) -> None:
    """Without a table of extensions neither the means nor the address changes anything but a sentence that says so."""
    served = of(law, start, means=means, region=data.draw(st.sampled_from(regions(law))))
    plain = of(law, start)
    assert (served.due, served.target, served.citation) == (plain.due, plain.target, plain.citation)
    said = [step for step in served.steps if step.startswith("Nothing is added")]
    assert len(said) == (means is not Means.PERSONAL)


@many
@given(st.sampled_from(LAWS), STARTS, st.sampled_from(Means), st.data())
def test_a_result_is_one_day_or_an_open_question_with_bounds(law, start, means, data) -> None:
    """Either there is a last day, and the bounds are that day; or there is a question, and the earliest reading is not
    after the latest."""
    region = data.draw(st.sampled_from(regions(law)))
    deadline = of(law, datetime(start.year, start.month, start.day, 9), means=means, region=region)
    assert (deadline.due is None) == (deadline.target is None) == (deadline.unknown is not None)
    assert deadline.safe_until <= deadline.late_after
    assert deadline.due is None or deadline.due == deadline.safe_until == deadline.late_after
    back = law[2].period.back
    assert back == (deadline.late_after < deadline.start)
    assert deadline.citation and deadline.steps
    assert deadline.confidence.verified or "Unverified" in deadline.caution


@many
@given(st.sampled_from(OF_HOURS), st.datetimes(datetime(2013, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)))
def test_hours_pass_one_by_one(law, instant) -> None:
    """A rule of hours ends exactly so many hours later, on whatever day, and an hour's delay is an hour's delay."""
    one, two = of(law, instant), of(law, instant + timedelta(hours=1))
    # In universal time: within one zone Python compares the hands of the clock.
    ends = [deadline.due.astimezone(UTC) for deadline in (one, two)]
    assert ends[0] - instant == timedelta(hours=law[2].period.count)
    assert ends[1] - ends[0] == timedelta(hours=1)


@many
@given(st.sampled_from(OF_DAYS), st.datetimes(datetime(2013, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)))
def test_an_instant_counts_as_its_local_day(law, instant) -> None:
    """A rule of days asked with an instant answers as for the day that it then was in the programme's time zone."""
    local = instant.astimezone(PACKS[law[0]].time_zone)
    assert of(law, instant).due == of(law, local.date()).due == of(law, local.replace(tzinfo=None)).due


@many
@given(st.sampled_from(OF_DAYS), STARTS)
def test_the_start_governs_where_nobody_names_a_day(law, start) -> None:
    """Without a governing date the day that starts the clock governs; naming that day changes only a step that says
    so."""
    pack, rule, _ = law
    try:
        plain = PACKS[pack].due(rule, start)
    except Refused:
        assume(False)
    named = PACKS[pack].due(rule, start, governed_on=start)
    assert [step for step in named.steps if not step.startswith("By the law of")] == list(plain.steps)
    assert replace(named, steps=()) == replace(plain, steps=())
