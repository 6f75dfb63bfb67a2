"""Every day from the programme's first to the end of 2035 has exactly one law, or one open question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from datetime import date, datetime, timedelta

import pytest
from tests.law.evaluator import Law, home

from evenhand.law import Pack, Refused, adopted_readings, load_pack
from evenhand.law.pack import Provision
from evenhand.law.schema import Version
from evenhand.law.versions import in_force

DAY = timedelta(days=1)
FIRST, LAST = date(2013, 1, 1), date(2035, 12, 31)
EVERY_DAY = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]
PACKS = {
    "ca_dwc": load_pack("ca_dwc"),
    "ca_dwc with readings": load_pack("ca_dwc", adopting=adopted_readings("ca_dwc")),
    "ny_external_appeal": load_pack("ny_external_appeal"),
}
OWN = [("ca_dwc", p) for p in PACKS["ca_dwc"].provisions()] + [
    ("ny_external_appeal", p) for p in PACKS["ny_external_appeal"].provisions()
]
READ = {(provision.section, provision.name): provision.versions for _, provision in OWN}
PROVISIONS = OWN + [
    ("ca_dwc with readings", p)
    for p in PACKS["ca_dwc with readings"].provisions()
    if p.versions != READ[p.section, p.name]
]

# What may stand beside an open question: how the value would apply, once somebody knows it.
BESIDE = {
    "rules": {"extension", "no_extension", "rolls", "calendar"},
    "values": {"unit"},
    "chapters": {"body_parts", "treatments"},
}
# On these the law may also be silent for a time, or from a day on, and that is an answer: no chapter of the schedule.
MAY_BE_SILENT = {"chapters"}


def _called(value: object) -> str:
    return f"{value.section}.{value.name}" if isinstance(value, Provision) else str(value).replace(" ", "_")


def _ranges(versions: Sequence[Version]) -> list[tuple[date, date]]:
    """First and last day of each version, from the dates alone."""
    begins = [version.valid_from for version in versions]
    ends = [*(day - DAY for day in begins[1:]), date.max]
    return [(v.valid_from, min(v.valid_to or date.max, end)) for v, end in zip(versions, ends, strict=True)]


def test_there_is_something_to_look_at() -> None:
    """The provisions of both programmes were found, of every section that the tests here know."""
    assert len(PROVISIONS) > 200
    assert {*BESIDE, *MAY_BE_SILENT, "requirements"} <= {provision.section for _, provision in PROVISIONS}


@pytest.mark.parametrize(("pack", "provision"), PROVISIONS, ids=_called)
def test_every_day_has_exactly_one_version(pack: str, provision: Provision) -> None:
    """From its first version to its end, if it has one, each day lies in exactly one version, and the engine finds that
    one; before and after, in none."""
    ranges = _ranges(provision.versions)
    assert all(first <= last for first, last in ranges)
    silent = provision.section in MAY_BE_SILENT
    found = []
    for day in EVERY_DAY:
        own = [index for index, (first, last) in enumerate(ranges) if first <= day <= last]
        if day < ranges[0][0] or day > ranges[-1][1]:
            assert own == []
        else:
            assert len(own) == 1 or (silent and not own), f"{day}: {own}"
        found.append(in_force(provision.versions, day) is (provision.versions[own[0]] if own else None))
    assert all(found)


@pytest.mark.parametrize(("pack", "provision"), PROVISIONS, ids=_called)
def test_every_version_is_a_value_or_a_question(pack: str, provision: Provision) -> None:
    """A version says what the law is, or asks one question; never both, never neither."""
    for version in provision.versions:
        assert version.unknown is None or "?" in version.unknown
        if provision.section == "requirements":
            # An entry is in force by its words; only a value that belongs to it can be open.
            assert version.unknown is None or version.value is None
        else:
            assert _says(version, BESIDE.get(provision.section, set())) != (version.unknown is not None), version


def _says(version: Version, beside: set[str]) -> bool:
    """Whether the version holds anything of its own kind."""
    common = {field.name for field in fields(Version)}
    own = [field for field in fields(version) if field.name not in common | beside]
    return any(
        getattr(version, field.name) != field.default
        if field.default_factory is MISSING
        else bool(getattr(version, field.name))
        for field in own
    )


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.slow
def test_every_rule_answers_on_every_day_of_its_time(name: str) -> None:
    """Each time limit, asked on each day, gives a last day or one question; before it existed and after its end, a refusal."""
    for rule in PACKS[name].rules():
        _ask(PACKS[name], rule, EVERY_DAY)


@pytest.mark.parametrize("name", PACKS)
def test_every_rule_answers_around_its_changes(name: str) -> None:
    """The same on the days around each change of the law and on a day in each month."""
    pack = PACKS[name]
    for rule, law in pack.rules().items():
        around = [v.valid_from + n * DAY for v in law.versions for n in (-1, 0, 1)]
        months = [day for day in EVERY_DAY if day.day == 1 + day.month]
        _ask(pack, rule, sorted({*around, *months}))


def _ask(pack: Pack, rule: str, days: Sequence[date]) -> None:
    ranges = _ranges(pack.rule(rule).versions)
    for day in days:
        try:
            deadline = pack.due(rule, datetime(day.year, day.month, day.day, 12))
        except Refused:
            assert not ranges[0][0] <= day <= ranges[-1][1]
            continue
        assert ranges[0][0] <= day <= ranges[-1][1]
        assert (deadline.due is None) == (deadline.unknown is not None)
        assert (deadline.due is None) == (deadline.target is None)


@pytest.mark.parametrize("name", ["ca_dwc", "ny_external_appeal"])
def test_every_day_is_open_closed_or_a_question(name: str) -> None:
    """In every list of holidays each day is open or closed as the second evaluator has it, with the same holidays; in a
    year in which a holiday's date is not listed, the list refuses instead of guessing."""
    law = Law(home(name))
    for calendar in load_pack(name).calendars.values():
        for day in EVERY_DAY:
            if law.unlisted(calendar.name, day.year):
                continue
            why = calendar.why_closed(day)
            assert (why is None) == law.open(calendar.name, day), f"{calendar.name} {day}"
            assert all(each in why for each in law.holidays(calendar.name, day.year).get(day, []))
        for year in range(FIRST.year, LAST.year + 1):
            asked = law.unlisted(calendar.name, year)
            assert [holiday.unknown for holiday in calendar.unlisted(year)] == asked
            if asked:
                with pytest.raises(Refused, match=r"cannot say which days"):
                    calendar.holidays(year)


@pytest.mark.parametrize("name", ["ca_dwc", "ny_external_appeal"])
def test_listed_dates_leave_no_year_out(name: str) -> None:
    """A holiday whose dates are listed has one in every year from its first to its last: a gap would pass for a year
    without it."""
    for calendar in load_pack(name).calendars.values():
        for holiday in calendar.law.holidays:
            years = [day.year for day in holiday.dates]
            assert years == list(range(min(years), max(years) + 1)) if years else True
            assert not years or holiday.valid_from.year == years[0]
