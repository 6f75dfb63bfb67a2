"""Whether two names mean the same person or organisation.

A conflict missed is worse than one that a person has to clear up, so what may be the same counts as the same: an initial
or a nickname for a first name, a missing middle name, one half of a double name, an abbreviation or an acronym, a missing
general word at the end, slips of the pen, letters that a scanner misread.

Names that are alike share a handle, so an index of handles finds them and no two lists are compared name by name.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from evenhand.matching.name_words import GENERAL, LEGAL_FORMS, NICKNAMES, SHORT_FORMS, TRADES
from evenhand.matching.names import core, readings

Words = tuple[str, ...]

# In shorter words one letter makes another name more often than a slip; two letters make one in words shorter than the second.
_SLIP, _TWO_SLIPS = 5, 8
_LONGEST_SLIP = 64
# So many letters that agree tell a name, whatever happened to a short word of it.
_ENOUGH = 12
_ACRONYM = range(3, 7)
_FEWEST_LETTERS = 2
_MOST_ODD = 3
_MOST_MISREAD = 3
_FORMS = tuple(sorted({*LEGAL_FORMS, *GENERAL, "services", "offices", "group"} - {"and", "the"}, key=len))
_ORGANISATIONS = (GENERAL | frozenset(SHORT_FORMS.values()) | TRADES) - {"saint", "mount", "fort"}
_MISREAD = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "e": "c", "q": "g", "9": "g", "2": "z"})
# The same for marks that are less often taken for one another.
_WORSE = str.maketrans("authn", "onlbn")


class Likeness(StrEnum):
    """How alike two names are."""

    SAME = "same"
    POSSIBLE = "possible"
    """One of the two abbreviates or misspells the other: a person must look, and until then it counts."""
    DIFFERENT = "different"


def likeness(one: str, other: str) -> Likeness:
    """How alike two names of people or organisations are."""
    if handles(one).isdisjoint(handles(other)):
        return Likeness.DIFFERENT
    return compared(readings(one), readings(other))


def compared(ours: tuple[Words, ...], theirs: tuple[Words, ...]) -> Likeness:
    """The same for the readings of two names of which it is known that they share a handle."""
    if _equal(ours[0], theirs[0]):
        return Likeness.SAME
    # What is only one reading of a name ("Ana Lind" of "Ana Lind-Tran") makes a likeness possible, never certain.
    if len(ours) == len(theirs) == 1:
        return Likeness.POSSIBLE if _alike(ours[0], theirs[0]) else Likeness.DIFFERENT
    if any(_equal(a, b) or _alike(a, b) for a in ours for b in theirs):
        return Likeness.POSSIBLE
    return Likeness.DIFFERENT


@lru_cache(maxsize=65536)
def handles(name: str) -> frozenset[str]:
    """What `name` shares with every name that is like it; there is a handle for every way of being like."""
    every = readings(name)
    if len(every) == 1:
        return frozenset(_handles(every[0])) if every[0] else frozenset()
    return frozenset([handle for words in every for handle in _handles(words)])


def _handles(words: Words) -> list[str]:
    joined = "".join(words)
    found = [f"={joined}", f"?{_as_misread(joined)}"]
    if len(words) > 2:
        found.append(f"+{'+'.join(sorted(words))}")
        if len(words) in _ACRONYM:
            found.append("!" + "".join([word[0] for word in words]))
    elif len(words) == 1 and len(joined) in _ACRONYM:
        found.append(f"!{joined}")
    telling = core(words) or words
    # Of a person's first name there may be the initial alone; places and trades need more to tell them apart.
    organisation = _is_organisation(words)
    begins = 2 if organisation else 1
    # A trade finds too many, and whatever bears its name has another word that finds it.
    spare = organisation and not all(word in _ORGANISATIONS or len(word) < _SLIP - 1 for word in telling)
    whole = telling[0 if organisation else -1]
    for place, word in enumerate(telling):
        if spare and word in _ORGANISATIONS:
            continue
        after = telling[(place + 1) % len(telling)] if len(telling) > 1 else ""
        # A word and how the next one begins: the word before or behind a slip is as it should be.
        end = f"|{after[:begins]}"
        found.append(word + end)
        if begins == 1 and len(after) > 1:
            found.append(f"{word}|{after[:2]}")
        if after in NICKNAMES:
            found += [f"{word}|{full[0]}" for full in NICKNAMES[after] if full[0] != after[0]]
        if len(word) >= _SLIP - 1:
            # Words one letter apart become the same when the right letter of each is left out, or of one of them. Of most
            # words only the beginning matters, by which the word before them is found.
            letters = range(min(len(word), _LONGEST_SLIP) if word is whole else 2)
            found += [word[:letter] + word[letter + 1 :] + end for letter in letters]
    return found


def _acronyms(words: Words) -> list[str]:
    if len(words) == 1:
        return [words[0]] if len(words[0]) in _ACRONYM else []
    return ["".join([word[0] for word in words])] if len(words) in _ACRONYM else []


def _equal(one: Words, other: Words) -> bool:
    if one == other:
        return bool(one)
    if len(one) == len(other) and one[0] in other and sorted(one) == sorted(other):
        return True
    return "".join(one) == "".join(other)


@lru_cache(maxsize=65536)
def _as_misread(word: str) -> str:
    """Letters that a scanner takes for one another made one."""
    if word.isdigit():
        return word
    return word.translate(_MISREAD).replace("rn", "m").replace("cl", "d").replace("vv", "w")


def _alike(one: Words, other: Words) -> bool:
    """Whether one may stand for the other."""
    if not one or not other:
        return False
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if _is_organisation(short) or _is_organisation(long):
        word_for_word = _organisations_alike(short, long)
    else:
        word_for_word = _people_alike(one, other)
    if word_for_word:
        return True
    if len(short) == 1 and len(long) in _ACRONYM:
        return _acronyms(short) == _acronyms(long)
    joined, whole = "".join(short), "".join(long)
    if joined[0] != whole[0] or abs(len(joined) - len(whole)) > _MOST_MISREAD:
        return False
    return _misread_whole(joined, whole) or _respaced(short, long, joined, whole)


def _misread_whole(joined: str, whole: str) -> bool:
    return _as_misread(joined) == _as_misread(whole) and not joined.isdigit()


def _respaced(short: Words, long: Words, joined: str, whole: str) -> bool:
    """Whether a space stands at another place, is missing or too many, and one letter is wrong at the most."""
    if len(joined) <= _TWO_SLIPS or abs(len(joined) - len(whole)) > 1 or len({*short} ^ {*long}) <= 2:
        return False
    if not (joined + whole).isalpha() or min(map(len, short)) == 1 or min(map(len, long)) == 1:
        return False
    return one_apart(joined, whole)


@lru_cache(maxsize=65536)
def _is_organisation(words: Words) -> bool:
    return not _ORGANISATIONS.isdisjoint(words)


def _organisations_alike(short: Words, long: Words) -> bool:
    """Word for word alike in any order; the longer one may have general words and a legal form more."""
    left, odd = list(long), []
    for word in short:
        if word in left:
            left.remove(word)
        else:
            odd.append(word)
    if len(odd) > _MOST_ODD:
        return False
    letters = sum([len(word) for word in short if word not in GENERAL and word not in odd])
    slips = 0
    for word in sorted(odd, key=len, reverse=True):
        choices = [(cost, other) for other in left if (cost := _cost(word, other, letters)) is not None]
        if choices:
            cost, chosen = min(choices)
            left.remove(chosen)
            slips += cost
            letters += max(min(len(word), len(chosen)) - 2 * cost, 0)
        elif word in GENERAL or not _is_form(word):
            return False
    return slips <= 2 and letters >= _SLIP - 1 and _all_general(left, long) and bool(core(short))


def _all_general(left: list[str], long: Words) -> bool:
    """Whether a name may be written without the words `left`."""
    if all(word in GENERAL or _is_form(word) for word in left):
        return not left or {*left}.isdisjoint(core(long)) or all(map(_is_form, left))
    return False


@lru_cache(maxsize=4096)
def _is_form(word: str) -> bool:
    """Whether a word is what became of a legal form or of a general word."""
    if len(word) < 3:
        return len(word) == 1
    misread = _as_misread(word)
    near = (form for form in _FORMS if len(form) > 2 and abs(len(form) - len(word)) < 3)
    return any(
        _as_misread(form) == misread or one_apart(form, word) or (len(form) > 6 and two_apart(form, word))
        for form in near
    )


def _people_alike(one: Words, other: Words) -> bool:
    """First name with first name, last with last, those between where both have them; or last name first."""
    if len(one) == 1 or len(other) == 1:
        return len(one) == len(other) and _cost(one[0], other[0], 0) in (1, 2) and len(one[0]) >= _SLIP
    # Where both words begin otherwise there are too many slips.
    if (one[0][0] == other[0][0] or one[-1][0] == other[-1][0]) and _in_order(one, other):
        return True
    return (_begin_alike(one[1], one[0], other) and _in_order((*one[1:], one[0]), other, turned=True)) or (
        _begin_alike(other[1], other[0], one) and _in_order(one, (*other[1:], other[0]), turned=True)
    )


def _begin_alike(first: str, last: str, other: Words) -> bool:
    return first[0] == other[0][0] and last[0] == other[-1][0]


def _in_order(one: Words, other: Words, *, turned: bool = False) -> bool:
    last = _cost(one[-1], other[-1], len(one[0])) if one[-1] != other[-1] else 0
    if last is None or len(one[-1]) == 1 or len(other[-1]) == 1:
        return not turned and _with_second_name(one, other)
    first = _cost(one[0], other[0], len(one[-1])) if one[0] != other[0] else 0
    if first is None:
        return False
    initial = len(one[0]) == 1 or len(other[0]) == 1
    if last + first > (1 if initial or turned else 2) or (initial and last and len(one[-1]) <= _SLIP):
        return False
    if last + first > 0 and turned and initial:
        return False
    return _middles_agree(one[1:-1], other[1:-1]) and len(one[-1]) + len(other[-1]) >= 2 * _FEWEST_LETTERS


def _with_second_name(one: Words, other: Words) -> bool:
    """`ana lind` and `ana lind tran`: a last name more, behind the other one."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return len(long) == len(short) + 1 and len(short[0]) > 1 and long[:-1] == short


def _middles_agree(one: Words, other: Words) -> bool:
    """Middle words may be missing on one side, stand as initials, or have a slip."""
    if not one or not other:
        return True
    return len(one) == len(other) and all(
        a == b or _cost(a, b, _SLIP) is not None for a, b in zip(one, other, strict=True)
    )


def _cost(one: str, other: str, letters: int) -> int | None:
    """What it costs to take two words for one: 0 for an initial, one a slip; None where they are two words.

    `letters`: how many letters the other words have that agree.
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if not one.isalpha() or not other.isalpha():
        return None if one.isdigit() or other.isdigit() or not one_apart(_as_misread(one), _as_misread(other)) else 1
    if len(short) == 1:
        return 0 if short == long[0] else None
    if (short in NICKNAMES and long in NICKNAMES[short]) or (long in NICKNAMES and short in NICKNAMES[long]):
        return 0
    # Two letters at one end at least are as they should be, or the word is abbreviated or misread.
    if short[:2] == long[:2] or short[-2:] == long[-2:] or len(short) < _SLIP - 1:
        if one_apart(short, long):
            return 1 if len(long) >= _SLIP or _short_slip(short, long, letters) else None
        if len(short) >= _TWO_SLIPS - 1 and len(long) >= _TWO_SLIPS and two_apart(short, long):
            return 1 if _as_misread(one) == _as_misread(other) else 2
    if _at_worst(one) == _at_worst(other) and (len(long) >= _SLIP or _as_misread(one) == _as_misread(other)):
        return 1
    return 1 if _abbreviates(short, long) else None


@lru_cache(maxsize=65536)
def _at_worst(word: str) -> str:
    return _as_misread(word).translate(_WORSE)


def _short_slip(short: str, long: str, letters: int) -> bool:
    """Whether a short word may be misspelt: a letter is missing or two are swapped (`Jhon`, `Jon`, and not `Joan`), or
    one is changed in a long name that agrees otherwise.
    """
    if len(long) == _SLIP - 1 and letters >= _SLIP and (len(short) != len(long) or sorted(short) == sorted(long)):
        return True
    return len(long) > 2 and letters >= _ENOUGH


def _abbreviates(short: str, long: str) -> bool:
    """`rehab`, `clms`: begins alike, is clearly shorter, and has its letters in the order of the longer word."""
    if short[0] != long[0] or len(short) < 3 or len(long) < 6 or len(long) - len(short) < 2:
        return False
    letters = iter(long)
    return long.startswith(short) or (short[-1] == long[-1] and all(letter in letters for letter in short))


def one_apart(one: str, other: str) -> bool:
    """Whether two words are the same but for one letter changed, added, left out, or two neighbours swapped."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(long) - len(short) > 1 or len(long) > _LONGEST_SLIP:
        return False
    same = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    swapped = long[same + 1 : same + 2] + long[same : same + 1]
    return short[same + 1 :] == long[same + 1 :] or (
        short[same : same + 2] == swapped and short[same + 2 :] == long[same + 2 :]
    )


def two_apart(one: str, other: str) -> bool:
    """Whether two words are the same but for two such slips."""
    if abs(len(one) - len(other)) > 2 or len({*one}.difference(other)) > 2 or max(len(one), len(other)) > _LONGEST_SLIP:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row = row, [i]
        for j, b in enumerate(other, 1):
            least = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        if min(row) > 2:
            return False
        before = last
    return row[-1] <= 2
