"""Every check between the fields of a pack refuses what it is for, and says what to do. The pack is spoilt as an object."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evenhand.law import Means, Pack, Refused, load_folder, load_pack
from evenhand.law.facts import Address
from evenhand.law.load import adopted_readings, home_of, pack_of
from evenhand.law.overlay import topics_in
from evenhand.law.schema import (
    Condition,
    GroundCase,
    Holiday,
    Period,
    Unit,
    ValueVersion,
    Weekday,
)
from evenhand.law.schema.screening import OfFact, OfValue
from evenhand.law.versions import faults_between
from evenhand.reading import BadFile

PACK = load_pack()
DAYS = Period(count=3, unit=Unit.CALENDAR_DAYS)


def with_entry(section: str, name: str, entry: object) -> Pack:
    """The pack with one entry changed, checked like any other."""
    changed = {**getattr(PACK.law, section), name: entry}
    return pack_of(PACK.programme, {"all.yaml": replace(PACK.law, **{section: changed})})


def refused(section: str, name: str, entry: object) -> str:
    """What the loader says of the changed entry."""
    with pytest.raises(BadFile) as bad:
        with_entry(section, name, entry)
    return str(bad.value)


def changed_rule(**fields: object) -> str:
    """What the loader says of a rule of days whose first version has these fields."""
    law = PACK.rule("determination")
    return refused(
        "rules", "determination", replace(law, versions=(replace(law.versions[0], **fields), *law.versions[1:]))
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"unknown": "How long?"}, "either a period or the open question"),
        ({"period": None}, "either a period or the open question"),
        ({"calendar": "wall"}, "'wall' is not in the pack; it has: holidays_statute, offices_closed"),
        ({"extension": "pigeon"}, "'pigeon' is not in the pack"),
        ({"period": Period(count=3, unit=Unit.BUSINESS_DAYS, back=True)}, "counts business days backwards"),
        ({"further": Period(count=3, unit=Unit.HOURS)}, "further period in hours"),
        ({"period": Period(count=3, unit=Unit.HOURS)}, "can neither roll nor be extended"),
        ({"citation": " "}, "empty citation"),
        ({"source": ("S999",)}, "'S999'"),
    ],
)
def test_a_rule_that_cannot_be_counted_is_refused(fields, words) -> None:
    """A rule of both or neither, of a list, table or unit that cannot be, or without authority, is a fault."""
    assert words in changed_rule(**fields)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"period": DAYS, "unknown": "How long?"}, "needs either a period or the open question"),
        ({"period": None, "unknown": "How long?", "candidates": ()}, "list the extensions that may apply"),
        ({"regions": ("moon",)}, "'moon' is not in the pack"),
        ({"citation": ""}, "grants[0] has an empty citation"),
        ({"means": (Means.PERSONAL, Means.MAIL)}, "2 grants for mail"),
    ],
)
def test_a_table_of_extensions_that_leaves_doubt_is_refused(fields, words) -> None:
    """Every means and region has exactly one grant, with a period or an open question and its candidates."""
    law = PACK.extensions["ur_service"]
    first = law.versions[0]
    grants = (replace(first.grants[0], **fields), *first.grants[1:])
    assert words in refused("extensions", "ur_service", replace(law, versions=(replace(first, grants=grants),)))


def holiday(**fields: object) -> Holiday:
    """A holiday with a citation and these fields."""
    given = {"name": "Day", "citation": "Somewhere", "confidence": "read", "valid_from": date(2013, 1, 1)}
    return Holiday(**{**given, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (holiday(), "must be a month and day"),
        (holiday(month=1, weekday=Weekday.MONDAY, nth=5), "must be a month and day"),
        (holiday(month=1, day=1, weekday=Weekday.MONDAY), "mixes"),
        (holiday(dates=(date(2020, 1, 1),), month=1), "mixes"),
        (holiday(dates=(date(2020, 1, 1),)), "goes on after them"),
        (holiday(dates=(date(2020, 1, 1),), valid_to=date(2020, 12, 31), unknown="When?"), "no year without a date"),
        (holiday(month=1, day=1, unknown="When?"), "no year without a date"),
        (holiday(month=1, day=1, citation=""), "empty citation"),
    ],
)
def test_a_holiday_says_its_day_in_one_way(day, words) -> None:
    """A fixed day, a weekday of a month or listed dates; listed dates say how far they reach."""
    law = PACK.law.calendars["offices_closed"]
    assert words in refused("calendars", "offices_closed", replace(law, holidays=(*law.holidays, day)))


def test_a_holiday_may_end_with_its_list() -> None:
    """Dates that are listed to the holiday's end leave no question."""
    ended = holiday(dates=(date(2020, 1, 2),), valid_to=date(2020, 12, 31))
    law = PACK.law.calendars["offices_closed"]
    pack = with_entry("calendars", "offices_closed", replace(law, holidays=(*law.holidays, ended)))
    assert pack.calendar().why_closed(date(2020, 1, 2)) == "Day"
    assert pack.calendar().is_business_day(date(2031, 1, 2))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ValueVersion(valid_from=date(2013, 1, 1), citation="X", confidence="read"), "has no value"),
        (
            ValueVersion(valid_from=date(2013, 1, 1), citation="X", confidence="read", value=1, unknown="Which?"),
            "has a value and an unknown",
        ),
    ],
)
def test_a_value_is_one_or_a_question(value, words) -> None:
    """A named value without value or question, or with both, is a fault."""
    name, law = next(iter(PACK.values.items()))
    assert words in refused("values", name, replace(law, versions=(value,)))


SURE = Condition(fact="filed_by", equals="employee")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"remedy": ""}, "lacks its effect, explanation or remedy"),
        ({"effect": "thrown_out"}, "effect: 'thrown_out'"),
        ({"unsettled": "thrown_out"}, "unsettled: 'thrown_out'"),
        ({"appeal": "never"}, "appeal: 'never'"),
        ({"cure": "never"}, "cure: 'never'"),
        ({"cases": ()}, "has no case"),
        ({"cases": (GroundCase(when=(), found="So."),)}, "has no condition"),
        (
            {"cases": (GroundCase(when=(Condition(fact="weather", known=True),), found="So."),)},
            "asks for the fact 'weather'",
        ),
        ({"cases": (GroundCase(when=(Condition(fact="filed_by"),), found="So."),)}, "in 0 ways"),
        ({"cases": (GroundCase(when=(replace(SURE, known=True),), found="So."),)}, "in 2 ways (known, equals)"),
        (
            {"cases": (GroundCase(when=(Condition(fact="signed_on", before=OfFact(fact="weather")),), found="So."),)},
            "compares with the fact 'weather'",
        ),
        (
            {"cases": (GroundCase(when=(Condition(fact="signed_on", before=OfValue(value="weather")),), found="So."),)},
            "compares with the value 'weather'",
        ),
        ({"cases": (GroundCase(when=(SURE,), found="It was {weather}."),)}, "says {weather}"),
        ({"cases": (GroundCase(when=(SURE,), found="So.", unsettled=True),), "unsettled": None}, "no effect for it"),
        ({"as_before": True}, "is `as_before`"),
    ],
)
def test_a_ground_asks_only_what_can_be_answered(fields, words) -> None:
    """Effects, clocks, facts and values that a ground names exist, and each condition compares once."""
    code, law = next(
        (code, law) for code, law in PACK.law.grounds.items() if len(law.versions) == 1 or law.versions[0].cases
    )
    versions = (replace(law.versions[0], **fields), *law.versions[1:])
    assert words in refused("grounds", code, replace(law, versions=versions))


def test_nothing_stands_above_the_first_version() -> None:
    """A ground cannot begin as it was before."""
    code, law = next(iter(PACK.law.grounds.items()))
    first = law.versions[0]
    bare = type(first)(valid_from=first.valid_from, citation="X", confidence=first.confidence, as_before=True)
    assert "nothing stands above it" in refused("grounds", code, replace(law, versions=(bare,)))


def test_an_effect_is_never_a_question() -> None:
    """What an effect comes to is needed to find anything at all."""
    name, law = next(iter(PACK.effects.items()))
    open_one = replace(law.versions[0], unknown="What then?")
    assert "cannot be an open question" in refused("effects", name, replace(law, versions=(open_one,)))


def test_an_entry_without_versions_is_a_fault() -> None:
    """Something of the law has a first day."""
    assert faults_between(()) == [(0, "has no version; add one with valid_from, citation and confidence")]


def test_a_default_list_of_holidays_is_in_the_pack() -> None:
    """pack.yaml names a list that is there."""
    with pytest.raises(BadFile, match="'wall' is not in the pack"):
        pack_of(replace(PACK.programme, default_calendar="wall"), {"all.yaml": PACK.law})


def test_a_folder_without_a_good_pack_file_is_refused(tmp_path: Path) -> None:
    """A pack whose own file is missing, or is spoilt, is told with the faults of the others."""
    (tmp_path / "fees.yaml").write_text("topic: [", encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        load_folder(tmp_path)
    assert {fault.file for fault in bad.value.faults} == {"pack.yaml", "fees.yaml"}


def test_changes_that_do_not_fit_the_pack_are_refused(tmp_path: Path) -> None:
    """A change of an entry that the schema does not know names the file and the change."""
    (tmp_path / "filing.yaml").write_text("rules: {application: {colour: red}}", encoding="utf-8")
    with pytest.raises(BadFile, match=r"filing\.yaml with .* over it"):
        load_folder(home_of("ca_dwc") / "law", over=tmp_path)


def test_what_is_laid_over_must_be_there(tmp_path: Path) -> None:
    """A folder that is missing, is empty or holds what is no YAML is refused in words."""
    with pytest.raises(BadFile, match="is missing; give a folder"):
        topics_in(tmp_path / "nowhere", besides="pack.yaml")
    with pytest.raises(BadFile, match="holds no YAML file"):
        topics_in(tmp_path, besides="pack.yaml")
    (tmp_path / "pack.yaml").write_text("name: x", encoding="utf-8")
    (tmp_path / "one.yaml").write_text("rules: [", encoding="utf-8")
    (tmp_path / "two.yaml").write_text("", encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        topics_in(tmp_path, besides="pack.yaml")
    assert {fault.file for fault in bad.value.faults} == {"one.yaml", "two.yaml"}


def test_a_programme_without_readings_has_none() -> None:
    """Where a programme comes with no readings to adopt, there are none."""
    assert adopted_readings("ny_external_appeal") is None


def test_a_length_is_told_or_asked_for() -> None:
    """How long a time limit is, is said in words; where nobody knows, the question is."""
    assert PACK.period("ur_decision", date(2015, 1, 5)) == "5 business days"
    with pytest.raises(Refused, match="its length is not known"):
        PACK.period("ur_decision", date(2026, 4, 1))


def test_an_address_outside_every_region_is_refused() -> None:
    """A programme whose regions leave a country out says so instead of guessing."""
    here = replace(PACK.programme, regions=PACK.programme.regions[:1])
    address = Address(street="1 Elm Street", city="Reno", state="NV", zip="89501")
    with pytest.raises(Refused, match="lies in no region"):
        Pack(here, law=PACK.law, files=PACK.files).region(address)


def test_an_address_abroad_is_printed_with_its_country() -> None:
    """A country is a line of its own; at home it is left out."""
    home = Address(street="1 Elm Street", city="Reno", state="NV", zip="89501")
    assert home.lines() == ("1 Elm Street", "Reno, NV 89501")
    assert replace(home, country="Canada").lines()[-1] == "Canada"
