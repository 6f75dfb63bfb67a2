"""Holidays that nobody lists yet. The lists themselves are held by the situations of tests/law/ca_dwc/clocks/calendars.yaml."""

from datetime import date

import pytest

from evenhand.law import Means, Refused, load_pack


def test_a_year_beyond_the_listed_dates_is_refused():
    """Lunar dates are listed, not computed; a year that is not listed is refused and not silently wrong."""
    with pytest.raises(Refused, match=r"2030.*On which day is Lunar New Year"):
        load_pack().calendar("holidays_statute").is_business_day(date(2031, 2, 3))
    assert load_pack().calendar("offices_closed").is_business_day(date(2031, 2, 3))


@pytest.mark.parametrize(
    ("rule", "start", "safe", "late", "holidays"),
    [
        ("determination", "2031-01-15", "2031-02-14", "2031-02-19", 2),  # Presidents' Day lies between
        ("ur_decision", "2030-12-27", "2031-01-06", "2031-01-08", 2),
        ("ur_decision", "2031-12-22", "2031-12-30", "2032-01-06", 4),  # moved over the year's end: four may move it
    ],
)
def test_a_deadline_beyond_the_listed_dates_is_an_open_question(rule, start, safe, late, holidays):
    """Where a holiday's date is not listed, the result has no last day, but says what nobody knows and how late it can
    be."""
    deadline = load_pack().due(
        rule, date.fromisoformat(start), calendar="holidays_statute", governed_on=date(2025, 1, 2)
    )
    assert deadline.due is None and deadline.target is None
    assert (deadline.safe_until, deadline.late_after) == (date.fromisoformat(safe), date.fromisoformat(late))
    assert "Lunar New Year" in deadline.unknown and "Diwali" in deadline.unknown
    assert any(late in step and safe in step for step in deadline.steps)
    calendar = load_pack().calendar("holidays_statute").as_listed()
    assert len(calendar.no_later_than(date.fromisoformat(start), deadline.safe_until)[1]) == holidays


def test_what_is_not_counted_by_business_days_needs_no_list():
    """A period that neither counts business days nor rolls has its last day in any year, and so has one that ends in
    time."""
    for rule, start, due in (("ur_effect", "2031-01-15", "2032-01-15"), ("ur_decision", "2030-12-20", "2030-12-30")):
        deadline = load_pack().due(
            rule, date.fromisoformat(start), calendar="holidays_statute", governed_on=date(2025, 1, 2)
        )
        assert deadline.due == date.fromisoformat(due) and deadline.unknown is None


def test_an_unlisted_holiday_joins_the_doubts_of_an_open_extension():
    """Two open questions stand in one result: the extension for service and the holidays."""
    deadline = load_pack().due(
        "application", date(2031, 1, 15), means=Means.FAX, calendar="holidays_statute", governed_on=date(2025, 1, 2)
    )
    assert "court days" in deadline.unknown and "Diwali" in deadline.unknown
    assert (deadline.safe_until, deadline.late_after) == (date(2031, 2, 14), date(2031, 2, 21))


def test_unlisted_holidays_are_listed_as_open_questions():
    """`law unverified` asks for the dates, from the first day that no list tells."""
    doubts = {doubt.name: doubt for doubt in load_pack().unverified() if doubt.words.endswith("kept after 2030?")}
    assert doubts["holidays_statute: Lunar New Year"].valid_from == date(2030, 2, 4)
    assert doubts["holidays_statute: Diwali"].file == "calendars.yaml"
