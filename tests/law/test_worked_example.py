"""The worked example of the law's working statement, row by row, and its vectors (a letter of 2014-15 with an invented
course)."""

from datetime import date, datetime

import pytest

from evenhand.law import Means, load_pack
from evenhand.law.records import penalty

MAIL, FAX, ELECTRONIC, PERSONAL = Means.MAIL, Means.FAX, Means.ELECTRONIC, Means.PERSONAL

ROWS = [
    # row, rule, start, means, region, governed on, due, target
    ("1", "ur_decision", "2014-12-16", PERSONAL, "ca", None, "2014-12-23", "2014-12-23"),
    ("2", "ur_decision_outer", "2014-12-12", PERSONAL, "ca", None, "2014-12-26", "2014-12-26"),
    ("3", "application", "2014-12-23", PERSONAL, "ca", None, "2015-01-22", "2015-01-22"),
    ("4", "application", "2014-12-23", MAIL, "ca", None, "2015-01-27", "2015-01-27"),
    ("5", "application", "2014-12-23", MAIL, "us", None, "2015-02-02", "2015-02-01"),
    ("7", "information_reply", "2015-01-20", PERSONAL, "ca", None, "2015-01-27", "2015-01-27"),
    ("7'", "information_reply", "2015-01-20", PERSONAL, "ca", "2013-06-01", "2015-02-04", "2015-02-04"),
    ("8", "assignment_notice", "2015-01-28", PERSONAL, "ca", None, "2015-01-29", "2015-01-29"),
    ("9", "records_mailed", "2015-01-29", MAIL, "ca", None, "2015-02-13", "2015-02-13"),
    ("10", "records_electronic", "2015-01-29", ELECTRONIC, "ca", None, "2015-02-10", "2015-02-10"),
    ("11", "records_statute", "2015-01-29", MAIL, "ca", None, "2015-02-09", "2015-02-08"),
    ("12", "records_window", "2014-12-16", PERSONAL, "ca", None, "2014-06-16", "2014-06-16"),
    ("15", "additional_information", "2015-02-17", PERSONAL, "ca", None, "2015-02-24", "2015-02-24"),
    ("16", "determination", "2015-02-13", PERSONAL, "ca", None, "2015-03-16", "2015-03-15"),
    ("16'", "determination", "2015-02-24", PERSONAL, "ca", None, "2015-03-26", "2015-03-26"),
    ("17", "determination_extension", "2015-02-13", PERSONAL, "ca", None, "2015-03-18", "2015-03-18"),
    ("19", "wcab_petition", "2015-03-10", MAIL, "ca", None, "2015-04-14", "2015-04-14"),
    ("20", "wcab_petition", "2015-03-10", MAIL, "us", None, "2015-04-20", "2015-04-19"),
    ("21", "ur_effect", "2014-12-23", PERSONAL, "ca", None, "2015-12-23", "2015-12-23"),
    ("22", "implement_authorise", "2015-03-13", PERSONAL, "ca", None, "2015-03-20", "2015-03-20"),
    ("23", "implement_pay", "2015-03-13", PERSONAL, "ca", None, "2015-04-02", "2015-04-02"),
    ("24", "ineligibility_petition", "2015-01-28", MAIL, "ca", None, "2015-03-04", "2015-03-04"),
    ("25", "terminate_notice", "2015-02-05", PERSONAL, "ca", "2018-01-01", "2015-02-10", "2015-02-10"),
    ("26 determination", "determination_expedited", "2015-01-30", PERSONAL, "ca", None, "2015-02-02", "2015-02-02"),
    ("27", "application_after_deferral", "2015-06-01", MAIL, "ca", None, "2015-07-06", "2015-07-06"),
    ("28", "application_formulary", "2019-12-23", MAIL, "ca", None, "2020-01-07", "2020-01-07"),
    ("29", "determination_formulary", "2020-01-10", PERSONAL, "ca", None, "2020-01-17", "2020-01-17"),
    # The vectors.
    ("Avila", "application", "2013-12-24", MAIL, "ca", None, "2014-01-28", "2014-01-28"),
    ("Matute", "wcab_petition", "2014-11-06", MAIL, "ca", None, "2014-12-11", "2014-12-11"),
    ("Saturday", "wcab_petition", "2014-11-06", PERSONAL, "ca", None, "2014-12-08", "2014-12-06"),
    ("King Day", "assignment_notice", "2015-01-16", PERSONAL, "ca", None, "2015-01-20", "2015-01-20"),
    ("Presidents' Day", "assignment_notice", "2015-02-13", PERSONAL, "ca", None, "2015-02-17", "2015-02-17"),
    # The rules that the example does not reach.
    ("no weekend", "determination_expedited", "2015-01-29", PERSONAL, "ca", None, "2015-02-01", "2015-02-01"),
    ("one day", "additional_information_expedited", "2015-01-30", MAIL, "ca", None, "2015-01-31", "2015-01-31"),
    ("cure", "petition_cure", "2015-04-01", PERSONAL, "ca", None, "2015-04-21", "2015-04-21"),
    ("change", "administrator_change_notice", "2018-12-21", PERSONAL, "ca", None, "2018-12-31", "2018-12-31"),
    ("fax to the board", "wcab_petition", "2021-03-10", FAX, "ca", None, "2021-04-14", "2021-04-14"),
    ("e-mail abroad", "wcab_petition", "2021-03-10", ELECTRONIC, "abroad", None, "2021-04-29", "2021-04-29"),
    ("no extra on records", "records_mailed", "2015-01-29", MAIL, "us", None, "2015-02-13", "2015-02-13"),
    ("month's end", "records_window", "2015-08-31", PERSONAL, "ca", None, "2015-02-28", "2015-02-28"),
    ("leap day", "ur_effect", "2016-02-29", PERSONAL, "ca", None, "2017-02-28", "2017-02-28"),
]


@pytest.mark.parametrize(
    ("row", "rule", "start", "means", "region", "governed", "due", "target"), ROWS, ids=[r[0] for r in ROWS]
)
def test_row(row, rule, start, means, region, governed, due, target):
    """Each row of the worked example comes out on its day, before and after rolling."""
    deadline = load_pack().due(
        rule,
        date.fromisoformat(start),
        means=means,
        region=region,
        governed_on=date.fromisoformat(governed) if governed else None,
    )
    assert (deadline.due, deadline.target) == (date.fromisoformat(due), date.fromisoformat(target))
    assert deadline.citation
    assert deadline.calendar == "offices_closed"


def test_rolling_before_extending_would_be_wrong():
    """2014-11-06 + 30 is a Saturday; extended first and rolled once it is Thursday 12-11, never Monday 12-15."""
    assert load_pack().due("wcab_petition", date(2014, 11, 6), means=MAIL).due == date(2014, 12, 11)


def test_expedited_records_count_clock_hours():
    """Row 26: records in an expedited review are due 24 hours after the notice was received, at the same Pacific
    hour."""
    deadline = load_pack().due("records_expedited", datetime(2015, 1, 29, 10, 0))
    assert isinstance(deadline.due, datetime)
    assert deadline.due.isoformat() == "2015-01-30T10:00:00-08:00"
    assert deadline.as_json()["from"] == "2015-01-29T10:00:00-08:00"


@pytest.mark.parametrize(("days", "amount"), [(0, 0), (1, 500), (3, 1500), (9, 4500), (10, 5000), (400, 5000)])
def test_penalty(days, amount):
    """Row 14: $500 for each late day, and the cap of $5,000 is reached on the tenth."""
    assert penalty(load_pack(), days, date(2015, 2, 13)).amount == amount


def test_every_rule_of_the_commands_is_there():
    """The names on which scripts depend are all in the pack."""
    promised = (
        "application application_formulary application_after_deferral ur_decision information_reply assignment_notice "
        "records_mailed records_electronic records_expedited additional_information additional_information_expedited "
        "determination determination_formulary determination_expedited determination_extension wcab_petition "
        "ineligibility_petition petition_cure implement_authorise implement_pay terminate_notice "
        "administrator_change_notice"
    )
    assert set(promised.split()) <= set(load_pack().rule_names())
