"""The many ways to write how often, how long and at which level are told in one way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.treatments import Side, describe

PERIODS = {"day": "daily", "week": "weekly", "month": "monthly"}
WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


@settings(deadline=None)
@given(st.integers(2, 6), st.sampled_from(sorted(PERIODS)), st.data())
def test_every_way_to_write_a_frequency_says_the_same(number: int, period: str, data: st.DataObject) -> None:
    """Figures or words, `x` or times, per or each or a stroke: the frequency read is one and the same."""
    count = data.draw(
        st.sampled_from([str(number), WORDS[number], WORDS[number].upper(), f"{WORDS[number]} ({number})"])
    )
    ways = [f"{count} times {word} {period}" for word in ("a", "per", "each")]
    ways += [f"{count} times {PERIODS[period]}", f"{count} visits per {period}"]
    ways += [f"{number}x/{period}", f"{number} x {period}", f"{number}x per {period}", f"{number}/{period}"]
    told = describe(f"Acupuncture {data.draw(st.sampled_from(ways))}")
    assert told.frequency == f"{number} times a {period}"
    assert told.quantity is None


@pytest.mark.parametrize(
    ("words", "frequency"),
    [
        ("once daily", "1 time a day"),
        ("daily", "1 time a day"),
        ("twice weekly", "2 times a week"),
        ("b.i.d.", "2 times a day"),
        ("TID", "3 times a day"),
        ("qid", "4 times a day"),
        ("q6h", "every 6 hours"),
        ("q 4-6 hours prn", "every 4 to 6 hours, as needed"),
        ("every 4 to 6 hrs as needed", "every 4 to 6 hours, as needed"),
        ("every other day", "every other day"),
        ("every day", "1 time a day"),
        ("qhs", "at bedtime"),
        ("nightly", "at bedtime"),
        ("1-2 times per week", "1 to 2 times a week"),
        ("1x/wk", "1 time a week"),
        ("4 hours/day, 5 days/week", "4 hours a day, 5 days a week"),
        ("weekly", "1 time a week"),
    ],
)
def test_a_frequency_is_told_in_one_way(words: str, frequency: str) -> None:
    """Latin, adverbs, strokes and ranges are told in the same plain form."""
    assert describe(f"Something {words}").frequency == frequency


@pytest.mark.parametrize("words", ["3 x 4", "2x6", "2 times 8", "#60", "L4-5", "in 6 weeks", "1.5 Tesla", "every"])
def test_what_names_no_period_is_no_frequency(words: str) -> None:
    """A bare pair of numbers does not say what it counts: no frequency and no quantity is made of it."""
    told = describe(f"Physical therapy {words}")
    assert told.frequency is None
    assert told.quantity == (60 if "#" in words else None)


@settings(deadline=None)
@given(
    st.integers(1, 60),
    st.sampled_from(["day", "week", "month"]),
    st.sampled_from(["for {}", "x {}", "{} rental", "over {}"]),
)
def test_a_length_of_time_is_a_duration_and_no_quantity(number: int, period: str, wording: str) -> None:
    """So many weeks are for how long; they are never taken for how many."""
    length = f"{number} {period}{'s' if number > 1 else ''}"
    told = describe(f"Cold therapy unit {wording.format(length)}")
    assert (told.duration, told.quantity) == (length, None)


@settings(deadline=None)
@given(st.sampled_from("CTL"), st.integers(1, 4), st.integers(1, 3))
def test_a_chain_of_levels_is_spelled_out(letter: str, first: int, more: int) -> None:
    """`C4-C5-C6` and `C4-5, 5-6` name the same segments; their numbers are no quantity."""
    chain = [f"{letter}{number}" for number in range(first, first + more + 2)]
    chain = [level for level in chain if letter != "L" or int(level[1:]) <= 5]
    segments = tuple(f"{a}-{b}" for a, b in pairwise(chain))
    if not segments:
        return
    short = [segments[0].replace(f"-{letter}", "-"), *(segment.replace(letter, "") for segment in segments[1:])]
    for wording in ("-".join(chain), ", ".join(segments), ", ".join(short)):
        told = describe(f"Medial branch block {wording}")
        assert (told.levels, told.quantity) == (segments, None), wording


@pytest.mark.parametrize(
    ("words", "side", "parts"),
    [
        ("R shoulder", Side.RIGHT, ("shoulder",)),
        ("L-spine", None, ("lumbar_spine",)),
        ("L spine", None, ("lumbar_spine",)),
        ("B/L knees", Side.BILATERAL, ("knee",)),
        ("BUE", Side.BILATERAL, ("upper_extremity",)),
        ("lt. knee", Side.LEFT, ("knee",)),
        ("neck and back", None, ("cervical_spine", "spine")),
        ("low back", None, ("lumbar_spine",)),
        ("cervical and lumbar spine", None, ("cervical_spine", "lumbar_spine")),
        ("right S1", Side.RIGHT, ("lumbar_spine",)),
        ("hand held device", None, ()),
    ],
)
def test_side_and_part_are_read_from_short_forms(words: str, side: Side | None, parts: tuple[str, ...]) -> None:
    """Short forms name side and part; the longest words count, and a letter is a side only before a part with two."""
    told = describe(f"Something {words}")
    assert (told.side, told.body_parts) == (side, parts)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("MRI of the knee before arthroscopy", "mri"),
        ("Pain management consultation for an epidural injection", "consultation"),
        ("Initial evaluation for a functional restoration program", "functional_restoration_programme"),
        ("Ultrasound guided steroid injection", "steroid_injection"),
        ("Lumbar brace per RFA dated 1/2/2017", "brace"),
        ("Fusion of the right ankle", "open_surgery"),
        ("Lumbar fusion", "spine_surgery"),
        ("Consultation with a spine surgeon", "surgical_consultation"),
        ("Naproxen after shoulder arthroscopy", None),
    ],
)
def test_what_is_asked_for_stands_before_what_it_is_for(text: str, kind: str | None) -> None:
    """Purpose, time, manner and paper name no service of their own."""
    assert describe(text).kind == kind


@pytest.mark.parametrize(
    ("text", "quantity", "refills", "duration"),
    [
        ("Tylenol #3, #60", 60, None, None),
        ("Norco 10/325mg #90 day supply: 30", 90, None, "30 days"),
        ("Lidoderm day supply: 30 qty: 60 refills: 2", 60, 2, "30 days"),
        ("Naproxen 500mg, one box with 1 refill", 1, 1, None),
        ("Acupuncture 6-8 visits", None, None, None),
        ("TENS unit #1", 1, None, None),
    ],
)
def test_numbers_keep_to_what_they_count(
    text: str, quantity: float | None, refills: int | None, duration: str | None
) -> None:
    """A drug's own number, a supply's days and refills are told apart from the quantity; a range is no quantity."""
    told = describe(text)
    assert (told.quantity, told.refills, told.duration) == (quantity, refills, duration)
