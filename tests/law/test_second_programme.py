"""A second programme is a second folder: the clocks of New York's external appeal, as a sketch that says so."""

import json
from datetime import date, datetime

import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.law import Confidence, Means, Refused, load_folder, load_pack
from evenhand.law.load import home_of
from evenhand.law.schema import Status
from evenhand.reading import BadFile

PACK = load_pack("ny_external_appeal")


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        ("application", "2009-03-02", "2009-04-16"),  # 45 days by the older text
        ("application", "2024-02-29", "2024-07-01"),  # four months to 29 June, a Saturday
        ("application", "2024-10-31", "2025-02-28"),  # the month is shorter
        ("application_provider", "2024-03-01", "2024-04-30"),
        ("reconsideration", "2024-11-01", "2024-11-07"),  # Election Day does not count
        ("determination", "2024-10-02", "2024-11-01"),
        ("determination_extension", "2024-10-01", "2024-11-08"),
    ],
)
def test_the_clocks_of_new_york(rule, start, due):
    """Each clock ends where the table says, rolled over New York's own holidays."""
    assert PACK.due(rule, date.fromisoformat(start)).due == date.fromisoformat(due)


def test_hours_run_in_eastern_time():
    """72 hours by the clock, in New York's time zone, over the end of daylight saving."""
    due = PACK.due("determination_expedited", datetime(2024, 11, 1, 10, 0)).due
    assert due.isoformat() == "2024-11-04T09:00:00-05:00"


def test_a_sketch_says_so_in_every_result():
    """Every version of the pack carries the pack's caution, before its own; so no result can be without."""
    assert PACK.programme.status is Status.SKETCH
    words = PACK.programme.caution
    assert words.startswith("This pack is a sketch")
    versions = [version for provision in PACK.provisions() for version in provision.versions]
    assert versions and all(version.caution.startswith(words) for version in versions)
    assert PACK.due("determination", date(2024, 10, 2)).caution == words
    assert PACK.due("determination_extension", date(2024, 10, 2)).caution.startswith(f"{words} Unverified")
    assert PACK.due("application", date(2024, 10, 2)).caution.startswith(f"{words} That the four months")


def test_marks_are_those_that_the_sources_bear():
    """What was read is marked so; what is general knowledge is not dressed up; what nobody found is a question."""
    marks = {name: PACK.rule(name).versions[-1].confidence for name in PACK.rule_names()}
    read = {"application", "application_provider", "reconsideration", "determination"}
    assert {name for name, mark in marks.items() if mark is Confidence.READ} == read
    assert {marks[name] for name in marks.keys() - read} == {Confidence.GENERAL_KNOWLEDGE}
    between = PACK.due("application_provider", date(2013, 5, 1))
    assert between.due is None and "60 days" in between.unknown


def test_service_and_addresses_make_no_difference():
    """The sketch knows one region and no extension for service, and refuses another programme's region."""
    personal = PACK.due("application", date(2024, 10, 2))
    assert all(PACK.due("application", date(2024, 10, 2), means=means).due == personal.due for means in Means)
    with pytest.raises(Refused, match="anywhere"):
        PACK.due("application", date(2024, 10, 2), region="ca")


def test_the_command_line_answers_for_it():
    """`law rules`, `law due` and `law unverified` work for the second programme and say that it is a sketch."""
    listed = CliRunner().invoke(cli, ["law", "rules", "--programme", "ny_external_appeal"])
    assert "application_provider" in listed.stdout and "sketch" in listed.stderr
    asked = ["law", "due", "determination", "--from", "2024-10-02", "--programme", "ny_external_appeal"]
    document = json.loads(CliRunner().invoke(cli, [*asked, "--json"]).stdout)
    assert document["due"] == "2024-11-01" and "sketch" in document["caution"]
    assert "sketch" in CliRunner().invoke(cli, asked).stdout
    doubts = CliRunner().invoke(cli, ["law", "unverified", "--programme", "ny_external_appeal"]).stdout
    assert "determination_expedited" in doubts and "public_holidays" in doubts


@pytest.mark.parametrize("kept", ["status: sketch", "caution: Beware."])
def test_a_sketch_and_its_caution_belong_together(tmp_path, kept):
    """A sketch without a caution, or a caution without a sketch, is a fault of pack.yaml."""
    for path in (home_of("ny_external_appeal") / "law").glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text())
    text = (tmp_path / "pack.yaml").read_text()
    head, rest = text.split("status: sketch\n")
    (tmp_path / "pack.yaml").write_text(f"{head}{kept}\nhome_state:{rest.split('home_state:')[1]}")
    with pytest.raises(BadFile, match="belongs to a sketch"):
        load_folder(tmp_path)


def test_what_the_sketch_lacks_is_refused_in_words():
    """A question that the sketch has no data for is refused, not answered with California's."""
    with pytest.raises(Refused, match="no value 'disputable_outcomes'"):
        PACK.value("disputable_outcomes", date(2024, 10, 2))
