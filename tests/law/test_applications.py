"""Archives of applications, read a line at a time."""

import copy
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from evenhand.law import Means, load_pack
from evenhand.law.applications import LONGEST_LINE, Line, application_of, lines
from evenhand.law.eligibility import screen
from evenhand.reading import BadFile

BASE = yaml.safe_load((Path(__file__).parent / "ca_dwc" / "base.yaml").read_text(encoding="utf-8"))


def line(number=1, **more):
    """The case of base.yaml as a line of an archive, with more fields."""
    plain = {"id": "A-1", "screened_on": "2015-01-28", **copy.deepcopy(BASE), **more}
    return Line(number, json.dumps(plain, default=str).encode())


def faults(given):
    """What is said of a line that cannot be read."""
    with pytest.raises(BadFile) as refused:
        application_of(given, name="archive.jsonl")
    return [str(fault) for fault in refused.value.faults]


def test_a_line_is_a_dispute_that_can_be_screened():
    """A line holds all that screening needs, and the day of the screening."""
    application = application_of(line(), name="archive.jsonl")
    findings = screen(load_pack(), application, application.screened_on)
    assert [finding.status.value for finding in findings] == ["eligible", "eligible"]


def test_clocks_are_days_or_instants():
    """What starts a later time limit is a day, or an instant where hours are counted, and how it was served."""
    started = {
        "determination": {"on": "2015-02-03", "means": "mail", "region": "us"},
        "records_expedited": {"on": "2015-02-03T18:00:00Z"},
    }
    clocks = application_of(line(clocks=started), name="archive.jsonl").clocks
    assert (clocks["determination"].on, clocks["determination"].means) == (date(2015, 2, 3), Means.MAIL)
    assert clocks["records_expedited"].on == datetime(2015, 2, 3, 18, tzinfo=UTC)


def test_every_fault_of_a_line_is_named_with_its_number():
    """File, line, place and what is wrong; nothing is guessed."""
    found = faults(line(7, screened_on="2015-02-30", colour="red", planted=[3]))
    assert [each.split(" ", 2)[1] for each in found] == ["screened_on:", "planted[0]:", "colour:"]
    assert all(each.startswith("archive.jsonl:7: ") for each in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{", "is not valid JSON"),
        (b"\xff\xfe{}", "is not valid JSON"),
        (b"[" * 10_000, "recursion limit"),
        (b"[]", "a block of fields is needed"),
        (b'{"screened_on": 0}', "a date is written YYYY-MM-DD"),
        (None, "is longer than"),
    ],
)
def test_what_is_no_application_is_refused_in_words(text, words):
    """Broken, foreign and endless lines are faults, not tracebacks."""
    assert any(words in fault for fault in faults(Line(3, text)))


def test_lines_are_counted_as_an_editor_counts_them():
    """Blank lines are passed over but counted; the last line may lack its end."""
    found = list(lines(io.BytesIO(b"a\n\n  \r\nb")))
    assert [(each.number, each.text) for each in found] == [(1, b"a\n"), (4, b"b")]


def test_a_line_without_an_end_is_passed_over():
    """A line that is too long is one fault, and the lines after it are read."""
    found = list(lines(io.BytesIO(b"a\n" + b"x" * (3 * LONGEST_LINE) + b"\nb\n")))
    assert [(each.number, each.text) for each in found] == [(1, b"a\n"), (2, None), (3, b"b\n")]
    exact = b"y" * (LONGEST_LINE - 1) + b"\n"
    assert [each.text for each in lines(io.BytesIO(exact + b"b"))] == [exact, b"b"]
