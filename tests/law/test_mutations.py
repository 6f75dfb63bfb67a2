"""Whatever is changed in the law pack breaks a situation: no value, day, condition or effect is untested."""

from pathlib import Path

import pytest
from tests.law.mutants import mutants_of_programme, mutants_of_topic

from evenhand.law.load import PROGRAMME_FILE, home_of
from evenhand.law.schema import Programme, Topic
from evenhand.law.situations import folder_of, read_situations
from evenhand.reading import BadFile, read

FOLDER: Path = home_of("ca_dwc") / "law"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml") if path.name not in {PROGRAMME_FILE, "sources.yaml"})
PROGRAMME = read(Programme, FOLDER / PROGRAMME_FILE)
TOPICS = {file: read(Topic, FOLDER / file) for file in [*FILES, "sources.yaml"]}
SITUATIONS = [told.situation for told in read_situations(folder_of("ca_dwc"))]

# Changes that change no result, each with the reason.
EXCLUSIVE = "its cases exclude each other, so that never two hold"
EQUIVALENT = {
    "effects.duplicate: versions[0].rank: 0": "it is the first already",
    "effects.duplicate: versions[0].rank: 2": "of two of one rank the ground that stands first decides, and its ground does",
    "effects.ineligible: versions[0].rank: 1": "of two of one rank the ground that stands first decides, and DUPLICATE does",
    "effects.deferred: versions[0].rank: 5": "it is the last already",
    "grounds.WRONG_PARTY: versions[0].every_case: True": EXCLUSIVE,
    "grounds.BAD_DESIGNATION: versions[0].every_case: True": EXCLUSIVE,
    "grounds.PRIOR_REVIEW: versions[0].every_case: True": EXCLUSIVE,
    "grounds.LIABILITY: versions[0].every_case: True": EXCLUSIVE,
    "grounds.PRIOR_REVIEW: versions[0].cases[0].when[0] (Condition): left out": "an effect is known of a known case only",
}


def survivors(mutants):
    """The mutants that no situation notices and the loader does not refuse."""
    order = list(SITUATIONS)
    about = {}
    found = []
    for mutant in mutants:
        entry = mutant.where.split(":")[0]
        if entry not in about:
            about[entry] = [one for one in SITUATIONS if any(_one_of(entry, name) for name in one.provisions)]
        if mutant.where not in EQUIVALENT and not _noticed(mutant, about[entry], order):
            found.append(mutant.where)
    return found


def _noticed(mutant, about, order):
    """Whether a situation about the entry breaks, the loader refuses the pack, or any other situation breaks: the cheap
    first. What noticed a mutant is tried earlier on the next one."""
    try:
        pack = mutant.pack()
    except BadFile:
        return True
    if _first_that_breaks(about, pack):
        return True
    return mutant.refused() or _first_that_breaks(order, pack)


def _first_that_breaks(situations, pack):
    for place, situation in enumerate(situations):
        if _breaks(situation, pack):
            situations.insert(0, situations.pop(place))
            return True
    return False


def _one_of(entry, name):
    return entry.startswith(name) or name.startswith(entry)


def _breaks(situation, pack):
    try:
        return bool(situation.faults(pack))
    except Exception:  # a pack so wrong that the engine trips over it is noticed too
        return True


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES)
def test_every_change_of_a_topic_breaks_a_situation(file):
    """No mutant of the file survives all situations; one that does is a value nobody tests."""
    assert survivors(mutants_of_topic(PROGRAMME, TOPICS, file)) == []


@pytest.mark.slow
def test_every_change_of_the_programme_breaks_a_situation():
    """Nor does a mutant of pack.yaml: regions, time zone, first day, list of holidays."""
    assert survivors(mutants_of_programme(PROGRAMME, TOPICS)) == []


def test_the_mutants_are_many():
    """The generator finds changes in every file; a file without any would prove nothing."""
    for file in FILES:
        assert next(mutants_of_topic(PROGRAMME, TOPICS, file), None) is not None


def test_no_change_is_excused_that_is_none():
    """Every change that is said to change nothing is one of the mutants; an excuse that is not needed any more goes."""
    named = {mutant.where for file in FILES for mutant in mutants_of_topic(PROGRAMME, TOPICS, file)}
    assert set(EQUIVALENT) <= named
