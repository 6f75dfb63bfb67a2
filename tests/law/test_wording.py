"""The steps of a deadline: sentences that are put together when somebody reads them."""

from datetime import date
from functools import partial

from evenhand.law import Means, load_pack
from evenhand.law.wording import Steps, day_words

DAYS = (date(2015, 1, 27), date(2015, 1, 28))
WORDS = ("Tuesday 2015-01-27", "Wednesday 2015-01-28")


def steps():
    """Two sentences that were not read yet."""
    return Steps([partial(day_words, day) for day in DAYS])


def test_steps_are_read_like_a_tuple():
    """They have a length, an order, places and parts, and look like what they say."""
    assert (len(steps()), steps()[-1], steps()[:1], tuple(steps())) == (2, WORDS[1], WORDS[:1], WORDS)
    assert WORDS[0] in steps()
    assert repr(steps()) == repr(WORDS)


def test_steps_are_equal_by_what_they_say():
    """Two computations of the same time limit are equal, and one can stand for the other."""
    assert steps() == steps() == WORDS
    assert steps() == [*WORDS]
    assert steps() != WORDS[:1]
    assert steps() != "Tuesday"
    assert hash(steps()) == hash(WORDS)
    first, second = (load_pack().due("application", DAYS[0], means=Means.MAIL) for _ in range(2))
    assert first == second
    assert first != load_pack().due("application", DAYS[1], means=Means.MAIL)


def test_nothing_is_said_before_somebody_reads():
    """Counting alone puts no sentence together; reading puts each together once."""
    said = []
    lazy = Steps([partial(lambda word: said.append(word) or word, word) for word in WORDS])
    assert (len(lazy), said) == (2, [])
    assert (list(lazy), list(lazy), said) == ([*WORDS], [*WORDS], [*WORDS])
