"""Another pack over the same applications: what differs, why, and in sum."""

import copy
import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from evenhand.cli.law import command
from evenhand.law import load_pack
from evenhand.law.applications import Line, application_of
from evenhand.law.changes import changes
from evenhand.law.load import home_of, load_folder, load_other
from evenhand.law.replay import REFUSED, SEVERAL, Replay, Sums, sums_of
from evenhand.synthetic.applications import applications

BASE = yaml.safe_load((Path(__file__).parent / "ca_dwc" / "base.yaml").read_text(encoding="utf-8"))
CITED = {"citation": "Proposed", "confidence": "deduced"}
SHORTER = {
    "rules": {"application": {"versions": [
        {"valid_from": date(2014, 1, 1), "period": {"count": 20, "unit": "calendar_days"}, "extension": "ur_service", **CITED},
    ]}},
}  # fmt: skip
SENT_BACK = {
    "effects": {"sent_back": {"title": "Sent back", "governed_by": "application_received", "versions": [
        {"valid_from": date(2013, 1, 1), "outcome": "information_requested", "rank": 1, **CITED},
    ]}},
    "grounds": {"CARVE_OUT": {"versions": [{
        "valid_from": date(2014, 6, 1), "effect": "sent_back", "explanation": "It is sent back.", "remedy": "Ask there.",
        "cases": [{"when": [{"fact": "collectively_bargained", "equals": True}], "found": "It says so."}], **CITED,
    }]}},
}  # fmt: skip


def application(received=date(2015, 1, 16), clocks=None, **form):
    """The case of base.yaml, filed otherwise."""
    plain = {"id": "A-1", "screened_on": date(2015, 1, 28), "clocks": clocks or {}, **copy.deepcopy(BASE)}
    plain["application"]["filing"]["received_on"] = received
    plain["application"].update(form)
    return application_of(Line(1, json.dumps(plain, default=str).encode()), name="archive.jsonl")


def proposal(folder, content):
    """A file of changes, as a person would write one."""
    path = folder / "proposal.yaml"
    path.write_text(json.dumps({"topic": "A proposal", **content}, default=str), encoding="utf-8")  # JSON is YAML
    return path


def replay(folder, content):
    """The programme's pack against itself with the changes."""
    return Replay(load_pack(), load_other(proposal(folder, content), programme="ca_dwc"))


@cache
def archive(count=450):
    """A made-up archive, large enough for more than one process."""
    return tuple(json.dumps(each, default=str).encode() for each in applications(load_pack(), count=count, seed=11))


def read():
    """The made-up archive, read."""
    return [application_of(Line(n, text), name="archive") for n, text in enumerate(archive(), start=1)]


def test_the_same_pack_changes_nothing(tmp_path):
    """A copy of the whole pack says the same of every application."""
    shutil.copytree(home_of("ca_dwc") / "law", tmp_path / "law")
    same = Replay(load_pack(), load_other(tmp_path / "law", programme="ca_dwc"))
    assert same.changes == ()
    replayed = [same.over(each) for each in read()[:60]]
    assert not any(each.differing_items or each.differing_clocks for each in replayed)


def test_a_shorter_time_to_apply(tmp_path):
    """An application that was in time is late, with both answers, both arithmetics and the entry that makes it so."""
    one = replay(tmp_path, SHORTER).over(application(received=date(2015, 1, 21)))
    assert [item.number for item in one.differing_items] == [1, 2]
    item = one.differing_items[0]
    assert (item.before.status, item.after.status) == ("eligible", "ineligible")
    assert (item.before.grounds, item.after.grounds) == ((), ("LATE",))
    assert (item.before.last_day.words, item.after.last_day.words) == ("2015-01-27", "2015-01-20")
    assert item.because == ("rules.application",)
    assert any("30 calendar days" in words for words in item.explained_before)
    assert any("20 calendar days" in words for words in item.explained_after)


def test_another_last_day_is_a_difference_although_the_item_stays_eligible(tmp_path):
    """Who is still in time has a shorter time nevertheless."""
    item = replay(tmp_path, SHORTER).over(application(received=date(2015, 1, 15))).differing_items[0]
    assert (item.differs_in, item.after.status) == (("last_day",), "eligible")


def test_what_only_several_changes_bring_about_says_so(tmp_path):
    """A ground with a new effect cannot stand without the effect, so neither alone is named."""
    one = replay(tmp_path, SENT_BACK).over(application(collectively_bargained_programme=True))
    item = one.differing_items[0]
    assert (item.before.status, item.after.status, item.because) == ("ineligible", "information_requested", (SEVERAL,))
    assert item.differs_in == ("status", "appeal", "remedy")


def test_what_a_pack_refuses_is_an_answer_too(tmp_path):
    """A programme that began later refuses the application, and the refusal is the reason given."""
    shutil.copytree(home_of("ca_dwc") / "law", tmp_path / "law")
    path = tmp_path / "law" / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("begins: 2013-01-01", "begins: 2016-01-01"), "utf-8")
    item = Replay(load_pack(), load_folder(tmp_path / "law")).over(application()).differing_items[1]
    assert (item.after.status, item.because) == (REFUSED, ("programme.begins",))
    assert "the programme begins on 2016-01-01" in item.explained_after[0]


def test_later_time_limits_are_counted_again(tmp_path):
    """What started later time limits is in the archive, so a change of them is seen; an unknown name changes nothing."""
    clocks = {
        "wcab_petition": {"on": "2015-03-02"},
        "records_expedited": {"on": "2015-02-03T10:00:00"},
        "no_such_rule": {"on": "2015-03-02"},
    }
    longer = {"valid_from": date(2015, 1, 1), "period": {"count": 40, "unit": "calendar_days"}, **CITED}
    one = replay(tmp_path, {"rules": {"wcab_petition": {"versions": [longer]}}}).over(application(clocks=clocks))
    (clock,) = one.differing_clocks
    assert (one.clocks, one.differing_items) == (3, ())
    assert (clock.rule, clock.before, clock.after) == ("wcab_petition", "2015-04-01", "2015-04-13")
    assert clock.because == ("rules.wcab_petition",)
    assert "40 calendar days" in " ".join(clock.explained_after)


def test_an_open_question_in_the_place_of_a_number(tmp_path):
    """Where the other pack does not know, the answer is its question."""
    nobody = {"valid_from": date(2014, 1, 1), "unknown": "How long is it?", **CITED}
    rules = {name: {"versions": [nobody]} for name in ("application", "wcab_petition")}
    one = replay(tmp_path, {"rules": rules})
    found = one.over(application(clocks={"wcab_petition": {"on": "2015-03-02"}}))
    assert (found.differing_items[0].after.last_day.words, found.differing_clocks[0].after) == (
        "not known",
        "not known",
    )
    assert "How long is it?" in found.differing_items[0].explained_after[-1]


def test_words_alone_change_no_answer(tmp_path):
    """Another title or citation is a difference of the packs, not of any item."""
    other = replay(tmp_path, {"rules": {"application": {"title": "Asking for a review"}}})
    (change,) = other.changes
    assert (change.provision, change.differences[0].where) == ("rules.application", "title")
    assert change.differences[0].after == "Asking for a review"
    assert other.over(application(received=date(2015, 1, 28))).differing_items == ()


def test_changes_name_versions_by_their_first_day(tmp_path):
    """A field that changed, a version that is new, an entry that is gone: each is named where it stands."""
    shutil.copytree(home_of("ca_dwc") / "law", tmp_path / "law")
    path = tmp_path / "law" / "filing.yaml"
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    plain["rules"]["application"]["versions"][0]["period"]["count"] = 0
    del plain["rules"]["ur_decision_outer"]
    plain["values"]["disputable_outcomes"]["versions"].append(
        {"valid_from": date(2030, 1, 1), "value": ["denied"], **CITED}
    )
    path.write_text(yaml.safe_dump(plain), encoding="utf-8")
    found = {change.provision: change.differences for change in changes(load_pack(), load_folder(tmp_path / "law"))}
    assert [(d.where, d.before, d.after) for d in found.pop("rules.application")] == [
        ("versions[2013-01-01].period.count", "30", "0")
    ]
    (gone,) = found.pop("rules.ur_decision_outer")
    assert (gone.where, gone.after) == ("", None)
    (new,) = found.pop("values.disputable_outcomes")
    assert (new.where, new.before) == ("versions[2030-01-01]", None)
    assert "value: [denied]" in new.after
    assert found == {}


def test_a_ground_that_is_gone(tmp_path):
    """Without the ground, what was late is eligible; a change of what nobody asks here changes no answer."""
    shutil.copytree(home_of("ca_dwc") / "law", tmp_path / "law")
    for name, section, entry in (("screening", "grounds", "LATE"), ("fees", "fees", None)):
        path = tmp_path / "law" / f"{name}.yaml"
        plain = yaml.safe_load(path.read_text(encoding="utf-8"))
        del plain[section][entry or next(iter(plain[section]))]
        path.write_text(yaml.safe_dump(plain), encoding="utf-8")
    other = Replay(load_pack(), load_folder(tmp_path / "law"))
    assert {change.section for change in other.changes} == {"grounds", "fees"}
    item = other.over(application(received=date(2015, 1, 28))).differing_items[0]
    assert (item.before.grounds, item.after.status, item.because) == (("LATE",), "eligible", ("grounds.LATE",))


def test_sums_of_parts_add_up(tmp_path):
    """However the archive is cut into pieces, the sums are the same, and they count what differs."""
    other = replay(tmp_path, SHORTER)
    replayed = [other.over(each) for each in read()]
    whole = sums_of(replayed)
    assert sums_of(replayed[:100]) + sums_of(replayed[100:]) + Sums() == whole
    assert whole.applications == len(replayed)
    assert whole.differing_items == sum(len(each.differing_items) for each in replayed) > 0
    assert whole.statuses["eligible", "ineligible"] > 0
    assert whole.grounds_gained["LATE"] >= whole.statuses["eligible", "ineligible"]
    assert set(whole.provisions) == {"rules.application"}


def run(*arguments):
    """The command's result, standard output and standard error apart."""
    return CliRunner().invoke(command, ["replay", *map(str, arguments)])


def write_archive(folder, extra=()):
    """The made-up archive as a file, with further lines at its end."""
    path = folder / "applications.jsonl"
    path.write_bytes(b"".join(text + b"\n" for text in (*archive(), *extra)))
    return path


def test_command_json_and_every_difference_in_a_file(tmp_path):
    """The sums and the first differences in one document, every difference in the file, on all cores as on one."""
    path, out = write_archive(tmp_path), tmp_path / "out" / "differences.jsonl"
    assert path.stat().st_size > 1_000_000
    result = run(path, "--pack", proposal(tmp_path, SHORTER), "--json", "--jsonl", out, "--show", 2)
    document = json.loads(result.stdout)
    other = replay(tmp_path, SHORTER)
    alone = [other.over(each) for each in read()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert document["sums"] == json.loads(json.dumps(sums_of(alone).as_json()))
    assert document["changes"][0]["name"] == "application"
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert written[:2] == document["differences"]
    assert [(each["id"], each["number"]) for each in written] == [
        (each.id, item.number) for each in alone for item in each.differing_items
    ]
    assert not list(out.parent.glob("*.part"))


def test_command_names_bad_lines_and_goes_on(tmp_path):
    """Each bad line by number and fault on standard error; the others are compared; exit 1."""
    path = write_archive(tmp_path, extra=(b"[", b'{"id": 7}', b"", archive()[0]))
    result = run(path, "--pack", proposal(tmp_path, SHORTER), "--json")
    sums, count = json.loads(result.stdout)["sums"], len(archive())
    assert (result.exit_code, sums["bad_lines"], sums["applications"]) == (1, 2, count + 1)
    assert f"applications.jsonl:{count + 1}: is not valid JSON: EOF while parsing a list\n" in result.stderr
    assert f"applications.jsonl:{count + 2}: id: is 7; text is needed" in result.stderr


def test_command_tells_people(tmp_path):
    """First how the packs differ, then the sums, then the first differences with the arithmetic of both."""
    path = write_archive(tmp_path)
    changed = {"rules": {**SHORTER["rules"], "wcab_petition": {"title": "A petition"}}}
    told = run(path, "--pack", proposal(tmp_path, changed), "--show", 1).stdout
    assert told.startswith("The packs differ in 2 entries:\n")
    assert "Petition against a determination -> A petition" in told
    assert "eligible -> ineligible: " in told
    assert "because of: rules.application" in told
    assert "more; --show N" in told.splitlines()[-1]


def test_command_over_the_same_pack(tmp_path):
    """No difference is an answer too: exit 0."""
    path = tmp_path / "one.jsonl"
    path.write_bytes(archive()[0])
    result = run(path, "--pack", home_of("ca_dwc") / "law")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "The packs say the same.")
    assert "0 of" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nothing.jsonl", "--pack", "x"], 1, "nothing.jsonl: is no file"),
        ([__file__, "--pack", "x", "--show", "-1"], 2, "--show"),
        ([__file__], 2, "--pack"),
        ([__file__, "--pack", "x", "--programme", "xx"], 1, "ca_dwc"),
    ],
)
def test_command_wrong_use(arguments, code, words):
    """Wrong use is 2, a refusal 1, both in words."""
    result = run(*arguments)
    assert (result.exit_code, words in result.stderr) == (code, True)


def test_a_changed_holiday_is_told_alone(tmp_path):
    """Holidays are told apart by their names, so the list says which day is another, and not everything twice."""
    file = tmp_path / "holiday.yaml"
    file.write_text(
        "topic: A day off\ncalendars:\n  offices_closed:\n    holidays:\n      - {name: Inventors' Day, month: 5, day: 12, "
        "valid_from: 2015-01-01, citation: A day off 1, confidence: deduced}\n",
        encoding="utf-8",
    )
    (change,) = changes(load_pack(), load_other(file, programme="ca_dwc"))
    (difference,) = change.differences
    assert (change.provision, difference.before) == ("calendars.offices_closed", None)
    assert difference.where == "holidays[Inventors' Day]" and "month: 5" in difference.after
