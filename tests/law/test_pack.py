"""The pack's loader refuses what would mislead; the pack that comes with Evenhand tells what nobody verified."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from evenhand import programmes
from evenhand.law import Refused, load_folder, load_pack
from evenhand.law.load import versioned
from evenhand.law.schema import Topic
from evenhand.reading import BadFile, read

FOLDER = Path(programmes.__path__[0]) / "ca_dwc" / "law"


def spoilt(tmp_path, file, old, new):
    """A copy of the pack in which the first `old` of `file` is `new`."""
    folder = tmp_path / "law"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "filing.yaml",
            "      - valid_from: 2026-04-01",
            "      - valid_from: 2013-01-01",
            ["rules.ur_decision.versions[1]", "overlap"],
        ),
        (
            "fees.yaml",
            "      - valid_from: 2014-04-01\n",
            "      - valid_from: 2014-04-01\n        valid_to: 2015-01-31\n",
            ["fees.review.versions[2]", "2015-01-31", "overlap"],
        ),
        (
            "fees.yaml",
            "      - valid_from: 2014-04-01\n",
            "      - valid_from: 2014-04-01\n        valid_to: 2015-01-01\n",
            ["fees.review.versions[2]", "overlap"],
        ),
        (
            "fees.yaml",
            "      - valid_from: 2014-04-01\n",
            "      - valid_from: 2014-04-01\n        valid_to: 2014-03-31\n",
            ["before it begins"],
        ),
        (
            "fees.yaml",
            "{stage: after_reviewer, amount: 345",
            "{amount: 345",
            ["rows[0] and rows[1]", "tells them apart"],
        ),
        ("fees.yaml", "        otherwise: Does the flat", "        caution: Does the flat", ["has no line for"]),
        (
            "fees.yaml",
            "{stage: determined, reviewers: 1, amount: 345}",
            "{stage: determined, amount: 345}",
            ["nobody asks"],
        ),
        ("fees.yaml", "        unknown: Which amounts", "        caution: Which amounts", ["either rows"]),
        (
            "filing.yaml",
            "        citation: Lab. Code 4610(i)(1), formerly",
            "        remark: Lab. Code 4610(i)(1), formerly",
            ["citation", "is missing"],
        ),
        ("penalties.yaml", "citation: 8 CCR 9792.12(c)(6), as numbered then", 'citation: ""', ["empty citation"]),
        ("filing.yaml", "        rolls: false", "        roll: false", ["roll", "not a field"]),
        ("filing.yaml", "count: 5,", "count: five,", ["number"]),
        ("filing.yaml", "source: [S58]", "source: [S999]", ["S999", "sources"]),
        ("filing.yaml", "extension: ur_service", "extension: ur_servce", ["ur_servce", "ur_service"]),
        ("filing.yaml", "unit: business_days", "unit: court_days", ["court_days", "business_days"]),
        ("filing.yaml", "period: {count: 14, unit: calendar_days}", "unknown: How many days?", []),
        (
            "records.yaml",
            "period: {count: 24, unit: hours}\n        rolls: false",
            "period: {count: 24, unit: hours}",
            ["rolls: false"],
        ),
        ("service.yaml", "means: [personal]", "means: [personal, mail]", ["2 grants for mail"]),
        ("service.yaml", "regions: [abroad]", "regions: [us]", ["0 grants for mail service in region abroad"]),
        ("screening.yaml", "appeal: ineligibility_petition", "appeal: petition", ["petition"]),
        ("screening.yaml", "effect: ineligible", "effect: refused", ["refused", "ineligible"]),
        ("calendars.yaml", "nth: 3", "nth: 7", ["holidays[1]", "weekday"]),
        ("calendars.yaml", "month: 1, day: 1,", "month: 1, day: 1, days_after: 1,", ["holidays[0]", "in one way"]),
        ("pack.yaml", "time_zone: America/Los_Angeles", "time_zone: Mars", ["time_zone", "Mars"]),
        (
            "screening.yaml",
            "        as_before: true",
            "        as_before: true\n        effect: ineligible",
            ["DUPLICATE", "as_before", "effect"],
        ),
        (
            "termination.yaml",
            "          as_before: true",
            "          as_before: true\n          text: Another.",
            ["termination_reasons.entries.authorised[1]", "as_before", "keep one"],
        ),
        ("termination.yaml", "          as_before: true\n", "", ["authorised[1]", "needs its `text`"]),
        (
            "termination.yaml",
            "          text: The claims administrator authorized the treatment.",
            "          as_before: true",
            ["authorised[0]", "nothing stands above it"],
        ),
        ("screening.yaml", "        unsettled: information_requested\n", "", ["WRONG_PARTY", "unsettled"]),
        ("screening.yaml", "rank: 1,", "rank: 1, unknown: What?,", ["effects.duplicate", "open question"]),
        ("pack.yaml", "default_calendar: offices_closed", "default_calendar: wall", ["wall", "offices_closed"]),
        ("fees.yaml", "amount: 215", "amount: 215, unknown: How much?", ["either an amount"]),
        ("penalties.yaml", "        value: 500\n", "", ["no value"]),
    ],
)
def test_a_spoilt_pack_is_refused(tmp_path, file, old, new, words):
    """Overlaps, missing citations, unknown fields and dangling names are faults that name the file and the place."""
    folder = spoilt(tmp_path, file, old, new)
    if not words:
        assert load_folder(folder).rule("ur_decision_outer").versions[0].unknown == "How many days?"
        return
    with pytest.raises(BadFile) as bad:
        load_folder(folder)
    assert all(word in str(bad.value) for word in words)
    assert bad.value.faults[0].file == file


def test_an_unknown_number_is_asked_for_and_never_invented(tmp_path):
    """A rule whose number is an open question has no last day, but the question."""
    folder = spoilt(tmp_path, "filing.yaml", "period: {count: 14, unit: calendar_days}", "unknown: How many days?")
    deadline = load_folder(folder).due("ur_decision_outer", date(2015, 1, 5))
    assert (deadline.due, deadline.target, deadline.unknown) == (None, None, "How many days?")
    assert "How many days?" in deadline.steps[-1]


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    """Two spoilt files give both faults in one go."""
    folder = spoilt(tmp_path, "fees.yaml", "topic: Fees", "subject: Fees")
    (folder / "penalties.yaml").write_text("topic: [", encoding="utf-8")
    with pytest.raises(BadFile) as bad:
        load_folder(folder)
    assert {fault.file for fault in bad.value.faults} == {"fees.yaml", "penalties.yaml"}


def test_the_same_name_in_two_files_is_refused(tmp_path):
    """A rule belongs to one file."""
    folder = tmp_path / "law"
    shutil.copytree(FOLDER, folder)
    shutil.copy(folder / "appeal.yaml", folder / "appeal_again.yaml")
    with pytest.raises(BadFile, match=r"appeal\.yaml too"):
        load_folder(folder)


def test_an_unknown_programme_is_refused():
    """A programme that is not there is refused with those that are."""
    with pytest.raises(Refused, match="ca_dwc"):
        load_pack("nowhere")


def test_unverified_lists_exactly_what_is_marked_so():
    """Every version that is neither read nor secondary, and every open question, is listed once; nothing verified
    is."""
    listed = [(doubt.file, doubt.kind, doubt.name, doubt.valid_from) for doubt in load_pack().unverified()]
    assert len(listed) == len(set(listed))
    for path in FOLDER.glob("*.yaml"):
        if path.name == "pack.yaml":
            continue
        for where, versions in versioned(read(Topic, path)):
            section, name, *rest = where.replace(".versions", "").split(".")
            label = f"{name}.{rest[-1]}" if section == "requirements" else name
            for version in versions:
                doubtful = version.unknown is not None or not version.confidence.verified
                assert ((path.name, section, label, version.valid_from) in listed) == doubtful
    assert all(doubt.words and doubt.citation for doubt in load_pack().unverified())
    assert any("fax" in doubt.name and doubt.words.endswith("?") for doubt in load_pack().unverified())


def test_values_know_their_time():
    """A value is looked up by its date, with citation and mark; before its first day it is refused."""
    pack = load_pack()
    assert pack.value("disputable_outcomes", date(2017, 12, 31)).value == ("modified", "delayed", "denied")
    value = pack.value("disputable_outcomes", date(2018, 1, 1))
    assert (value.value, value.confidence.verified, value.source) == (("modified", "denied"), True, ("S2",))
    asked = pack.value("late_records_per_day", date(2026, 4, 1))
    assert asked.value is None and "2026-04-01" in asked.unknown
    with pytest.raises(Refused, match="2014-12-01"):
        pack.value("late_records_per_day", date(2014, 11, 30))
    with pytest.raises(Refused, match="late_records_cap"):
        pack.value("late_record_cap", date(2015, 1, 1))
