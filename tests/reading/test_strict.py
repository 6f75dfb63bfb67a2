"""Strict reading: every fault in one go, with its line, its place and what is allowed; nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.reading import BadFile, from_plain, json_schema, read, read_text, to_plain


class Colour(StrEnum):
    """Two to choose from."""

    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, kw_only=True)
class Part:
    """An inner block."""

    name: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What a file holds."""

    title: str
    colour: Colour
    parts: tuple[Part, ...] = ()
    count: int = 0
    sure: bool = True


GOOD = "title: A\ncolour: red\nparts:\n  - name: x\n"

FAULTS = {
    "nothing": ("", "f.yaml: is empty; expected the fields: title, colour, parts, count, sure"),
    "only a comment": (
        "# nothing\n",
        "f.yaml: holds no fields; expected the fields: title, colour, parts, count, sure",
    ),
    "a list": ("- a\n", "f.yaml: holds no fields; expected the fields: title, colour, parts, count, sure"),
    "no YAML": ("title: [a\n", "f.yaml:2: is not valid YAML: did not find expected ',' or ']'"),
    "a missing field": ("title: A\n", "f.yaml:1: colour: is missing; add it"),
    "a field too many": (
        GOOD + "size: 3\n",
        "f.yaml:5: size: is not a field here; remove it or check the spelling (docs/schemas/ lists the fields)",
    ),
    "a wrong choice": ("title: A\ncolour: green\n", "f.yaml:2: colour: is 'green'; allowed: 'red' or 'blue'"),
    "a number for text": ("title: 3\ncolour: red\n", "f.yaml:1: title: is 3; text is needed (put it in quotes)"),
    "text for a number": (GOOD + "count: many\n", "f.yaml:5: count: is 'many'; a number is needed"),
    "text for yes or no": (GOOD + "sure: perhaps\n", "f.yaml:5: sure: is 'perhaps'; allowed: true, false"),
    "text for a list": (
        "title: A\ncolour: red\nparts: x\n",
        "f.yaml:3: parts: is 'x'; a list is needed (lines that begin with '- ')",
    ),
    "text for a block": (
        "title: A\ncolour: red\nparts: [x]\n",
        "f.yaml:3: parts[0]: is 'x'; a block of fields is needed",
    ),
    "no date": (GOOD + "    'on': soon\n", "f.yaml:5: parts[0].on: is 'soon'; a date is written YYYY-MM-DD"),
    "a doubled key": (
        "title: A\ntitle: B\ncolour: red\n",
        "f.yaml:2: is not valid YAML: 'title' stands here twice; keep one",
    ),
    "a key that YAML takes for true": (
        GOOD + "    on: 2015-01-01\n",
        "f.yaml:5: is not valid YAML: the key 'on' must be in quotes",
    ),
    "an alias": ("title: &a A\ncolour: *a\n", "f.yaml:2: *a refers to another place; write the values out"),
    "an object of Python": (
        "title: !!python/object/apply:os.system [x]\ncolour: red\n",
        "f.yaml:1: is not valid YAML: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object/apply:os.system'",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_one_clear_line(name: str) -> None:
    """File, line, place, what is wrong, what is allowed."""
    text, line = FAULTS[name]
    with pytest.raises(BadFile) as caught:
        read_text(Whole, text, name="f.yaml")
    assert [str(fault) for fault in caught.value.faults] == [line]


def test_all_faults_come_at_once() -> None:
    """Four things to mend are four lines, not four tries."""
    with pytest.raises(BadFile) as caught:
        read_text(Whole, "title: 3\ncolour: green\nsize: 1\nparts: [{}]\n", name="f.yaml")
    assert len(caught.value.faults) == 4


def test_what_is_right_is_read() -> None:
    """Dates, choices and lists become what the dataclass says."""
    whole = read_text(Whole, GOOD + "    'on': 2015-01-16\n", name="f.yaml")
    assert whole == Whole(title="A", colour=Colour.RED, parts=(Part(name="x", on=date(2015, 1, 16)),))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: None, "is missing"),
        (lambda p: p.mkdir(), "cannot be read"),
        (lambda p: p.write_bytes(b"title: \xff"), "is not UTF-8"),
        (lambda p: p.write_text("a: " + "[" * 5000), "nested too deeply"),
        (lambda p: p.write_text("title: A\0\n"), "is not valid YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_words(tmp_path: Path, make: object, words: str) -> None:
    """A missing file, a folder, another encoding, a tower of brackets, a zero byte: a line, never a traceback."""
    path = tmp_path / "f.yaml"
    make(path)  # type: ignore[operator]
    with pytest.raises(BadFile, match=words):
        read(Whole, path)


@given(
    st.builds(
        Whole,
        title=st.text(),
        colour=st.sampled_from(Colour),
        parts=st.lists(st.builds(Part, name=st.text(), on=st.none() | st.dates())).map(tuple),
        count=st.integers(-(2**60), 2**60),
        sure=st.booleans(),
    )
)
def test_plain_data_and_back_is_the_same(whole: Whole) -> None:
    """Property: to plain data and back loses nothing."""
    assert from_plain(Whole, to_plain(whole), name="x") == whole


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Property: no text whatever crashes the reader."""
    try:
        read_text(Whole, text, name="f.yaml")
    except BadFile as error:
        assert error.faults


def test_the_schema_says_what_the_reader_takes() -> None:
    """Required fields, choices and 'nothing else' stand in the JSON Schema."""
    schema = json_schema(Whole)
    assert schema["required"] == ["title", "colour"] and schema["additionalProperties"] is False
    assert schema["$defs"]["Colour"]["enum"] == ["red", "blue"]
