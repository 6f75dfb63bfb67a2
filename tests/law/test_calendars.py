"""The lists of holidays against lists written by hand."""

from datetime import date, timedelta

import pytest

from evenhand.law import Refused, load_pack

# Days, Monday to Friday, on which state offices were closed, read off wall calendars by hand.
CLOSED = {
    2013: "01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25",
    2014: "01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25",
    2015: "01-01 01-19 02-16 03-31 05-25 09-07 11-11 11-26 11-27 12-25",
    2016: "01-01 01-18 02-15 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26",
    2017: "01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25",
    2018: "01-01 01-15 02-19 05-28 07-04 09-03 11-12 11-22 11-23 12-25",
    2019: "01-01 01-21 02-18 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25",
    2020: "01-01 01-20 02-17 03-31 05-25 09-07 11-11 11-26 11-27 12-25",
    2021: "01-01 01-18 02-15 03-31 05-31 07-05 09-06 11-11 11-25 11-26",
    2022: "01-17 02-21 03-31 05-30 07-04 09-05 11-11 11-24 11-25 12-26",
    2023: "01-02 01-16 02-20 03-31 05-29 07-04 09-04 11-10 11-23 11-24 12-25",
    2024: "01-01 01-15 02-19 04-01 05-27 07-04 09-02 11-11 11-28 11-29 12-25",
    2025: "01-01 01-20 02-17 03-31 05-26 07-04 09-01 11-11 11-27 11-28 12-25",
    2026: "01-01 01-19 02-16 03-31 05-25 09-07 11-11 11-26 11-27 12-25",
}
# What the statute lists and offices do not keep (weekdays), and the reverse is the day after Thanksgiving.
STATUTE_ONLY = {
    2015: "02-12 09-09 09-25 10-12",
    2017: "02-13 09-22 10-09",
    2018: "02-12 09-10 09-28 10-08",
    2024: "02-12 04-24 06-19 09-09 09-27 10-14",
    2026: "02-12 02-17 04-24 06-19 09-09 09-25 10-12",
}


def weekdays(year):
    """Monday to Friday of a year."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    return [day for day in days if day.year == year and day.weekday() < 5]


@pytest.mark.parametrize("year", CLOSED)
def test_offices_closed(year):
    """The default list closes exactly the weekdays on which offices were closed."""
    calendar = load_pack().calendar("offices_closed")
    closed = " ".join(f"{day:%m-%d}" for day in weekdays(year) if not calendar.is_business_day(day))
    assert closed == CLOSED[year]


@pytest.mark.parametrize("year", STATUTE_ONLY)
def test_the_statute_lists_more(year):
    """The statute's list has Lincoln, Admission, Native American and Columbus days, and the additions of later
    years."""
    offices, statute = load_pack().calendar("offices_closed"), load_pack().calendar("holidays_statute")
    more = [f"{d:%m-%d}" for d in weekdays(year) if offices.is_business_day(d) and not statute.is_business_day(d)]
    fewer = [d for d in weekdays(year) if statute.is_business_day(d) and not offices.is_business_day(d)]
    assert " ".join(more) == STATUTE_ONLY[year]
    assert [offices.why_closed(day) for day in fewer] == ["the day after Thanksgiving"]


def test_weekends_are_never_business_days():
    """Saturdays and Sundays are closed in both lists, and say so."""
    for name in ("offices_closed", "holidays_statute"):
        calendar = load_pack().calendar(name)
        assert calendar.why_closed(date(2015, 3, 14)) == "Saturday"
        assert calendar.why_closed(date(2015, 3, 15)) == "Sunday"


def test_observed_days_are_named():
    """A holiday that is kept on another day says which one it is."""
    assert load_pack().calendar().why_closed(date(2017, 1, 2)) == "New Year's Day (observed)"
    assert load_pack().calendar().why_closed(date(2017, 11, 10)) == "Veterans Day (observed)"


def test_a_year_beyond_the_listed_dates_is_refused():
    """Lunar dates are listed, not computed; a year that is not listed is refused and not silently wrong."""
    with pytest.raises(Refused, match="2030"):
        load_pack().calendar("holidays_statute").is_business_day(date(2031, 2, 3))
    assert load_pack().calendar("offices_closed").is_business_day(date(2031, 2, 3))
