"""Every situation of the law in tests/law/ca_dwc, and how a file of situations is read and run."""

import json
import shutil
from collections import Counter

import pytest
from click.testing import CliRunner

from evenhand.cli.law.situations import command
from evenhand.law import Refused, load_pack
from evenhand.law.load import home_of
from evenhand.law.situations import folder_of, read_situations, run
from evenhand.law.situations.screening import Screening
from evenhand.reading import BadFile

TOLD = read_situations(folder_of("ca_dwc"))


@pytest.mark.parametrize("told", TOLD, ids=[f"{told.file}: {told.situation.say}" for told in TOLD])
def test_situation(told):
    """The pack answers as the sentence says."""
    assert told.situation.faults(load_pack()) == ()


def test_a_sentence_stands_once():
    """No two situations of a file say the same, so that a failure names one."""
    counted = Counter((told.file, told.situation.say) for told in TOLD)
    assert [said for said, times in counted.items() if times > 1] == []


def test_every_ground_has_a_situation():
    """No ground of the pack is untested."""
    screenings = [told.situation for told in TOLD if isinstance(told.situation, Screening)]
    named = {word for situation in screenings for line in situation.expect for word in line.split()[1:]}
    assert named == set(load_pack().grounds)


# What is no entry with versions of its own.
WHOLE_SECTIONS = {"calendars", "drug_statuses", "fills", "grounds", "programme"}


def test_what_a_situation_is_about_stands_in_the_pack():
    """Every situation names entries that there are, so that the rule book shows it with them and a change tries it first."""
    pack = load_pack()
    names = {f"{entry.section}.{entry.name}" for entry in pack.provisions()}
    names |= {f"requirements.{name}" for name in pack.requirements}
    about = {name for told in TOLD for name in told.situation.provisions}
    assert {name for name in about - names if name.split(".")[0] not in WHOLE_SECTIONS} == set()


def folder_with(tmp_path, text):
    """A folder with one file of situations."""
    (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("time_limits:\n  - {say: It ends., rule: application, start: 2015-01-05}", ["some.yaml:2", "last_day"]),
        ("time_limits:\n  - {say: It ends., rule: application, start: soon, not_known: true}", ["start"]),
        ("screenings:\n  - {say: Late., screened_on: 2015-01-28}", ["expect"]),
        ("values:\n  - {say: It is., value: late_records_cap, day: 2015-01-28}", ["gives"]),
        ("fees:\n  - {say: It costs., submitted: 2015-01-28}", ["amount"]),
        ("lists:\n  - {say: It has., list: reviewer, day: 2015-01-28, entry: not_qme}", ["gives"]),
        ("days:\n  - {say: It is open., day: 2015-01-28}", ["closed_for"]),
        ("late_records:\n  - {say: It costs., due: 2015-01-28, days_late: 3}", ["amount"]),
        ("answers:\n  - {say: It follows., table: remand, day: 2015-01-28}", ["follows"]),
        ("times:\n  - {say: It ends.}", ["times", "not a field"]),
        (
            "screenings:\n  - {say: Late., screened_on: 2015-01-28, expect: [eligible], change: {a.b: 1}}",
            ["Late.", "a.b"],
        ),
    ],
)
def test_a_situation_that_says_nothing_is_refused(tmp_path, text, words):
    """What expects nothing, or has no sense, is a fault that names the file and the place."""
    with pytest.raises(BadFile) as bad:
        read_situations(folder_with(tmp_path, text))
    assert all(word in str(bad.value) for word in words)


def test_an_empty_folder_is_refused(tmp_path):
    """A folder without situations is no proof of anything."""
    with pytest.raises(BadFile, match="no YAML"):
        read_situations(tmp_path)


def test_what_does_not_hold_says_what_was_found(tmp_path):
    """A wrong day, a refusal that was not expected and an answer that was: each in words."""
    folder = folder_with(
        tmp_path,
        """
time_limits:
  - {say: Ten days., rule: application, start: 2015-01-05, last_day: 2015-01-15}
  - {say: It is older., rule: application, start: 2012-01-05, last_day: 2012-01-15}
  - {say: It is younger., rule: application, start: 2015-01-05, refused: exists from}
  - {say: It stands elsewhere., rule: application, start: 2015-01-05, last_day: 2015-02-04, cites: Lab. Code 1}
days:
  - {say: It is open., day: 2015-01-01, open: true}
fees:
  - {say: It asks otherwise., submitted: 2016-01-05, not_known: true, asks: How high is the moon?}
histories:
  - {say: It is new., of: [rules.nowhere, calendars.nowhere.never], changed: [2014-01-01]}
  - {say: It is kept., of: [calendars.offices_closed.never], changed: [2014-01-01]}
""",
    )
    found = [" ".join(result.faults) for result in run(load_pack(), read_situations(folder))]
    for words, fault in zip(
        [
            "found 2015-02-04",
            "2013-01-01",
            "is answered",
            "found Lab. Code 4610.5",
            "found New Year's Day",
            "How high is the moon?",
            "has no rules.nowhere",
            "offices_closed.never",
        ],
        found,
        strict=True,
    ):
        assert words in fault


def test_a_programme_without_situations_is_refused(monkeypatch, tmp_path):
    """Neither a checkout nor an installation has them: a refusal in words."""
    monkeypatch.setattr("evenhand.law.situations.reading.programmes.__path__", [str(tmp_path / "a" / "b" / "c")])
    monkeypatch.setattr("evenhand.law.situations.reading.home_of", lambda programme: tmp_path / programme)
    with pytest.raises(Refused, match="situations"):
        folder_of("ca_dwc")
    (tmp_path / "ca_dwc" / "situations").mkdir(parents=True)
    assert folder_of("ca_dwc").name == "situations"


def test_the_command_tells_what_a_change_breaks(tmp_path):
    """Who changes a number of the pack reads which sentences no longer hold, and the command ends with 1."""
    pack = tmp_path / "law"
    shutil.copytree(home_of("ca_dwc") / "law", pack)
    filing = pack / "filing.yaml"
    filing.write_text(filing.read_text(encoding="utf-8").replace("count: 30,", "count: 31,"), encoding="utf-8")
    text = CliRunner().invoke(command, ["--pack", str(pack)])
    assert text.exit_code == 1
    assert "last day: said 2015-01-27, found 2015-01-28" in text.stdout
    document = json.loads(CliRunner().invoke(command, ["--pack", str(pack), "--json"]).stdout)
    assert document["situations"] == len(TOLD)
    assert any("rules.application" in one["provisions"] for one in document["failed"])


def test_the_command_is_content_with_the_pack():
    """The pack that comes with Evenhand holds every sentence."""
    result = CliRunner().invoke(command, [])
    assert (result.exit_code, result.stdout) == (0, f"{len(TOLD)} of {len(TOLD)} situations hold.\n")
