"""The ways in which papers get a name wrong, by kind: seeded, with known truth."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Sequence

from evenhand.synthetic.names import FORMS, SURNAMES, TRADES, Fuzzed

_READ_FOR = {
    "o": "0", "l": "1", "i": "l", "s": "5", "b": "8", "e": "c", "m": "rn", "d": "cl", "w": "vv", "O": "0", "I": "l",
    "S": "5", "B": "8", "g": "9", "z": "2", "t": "l", "h": "b", "n": "u", "a": "o", "c": "e",
}  # fmt: skip
_SHORT = {
    "Services": ("Svcs", "Svc"), "Insurance": ("Ins",), "Company": ("Co",), "Center": ("Ctr",), "Associates": ("Assoc",),
    "Medical": ("Med",), "Rehabilitation": ("Rehab",), "Orthopedic": ("Ortho", "Orthopaedic"), "Hospital": ("Hosp",),
    "Management": ("Mgmt",), "Physical": ("Phys",), "Surgery": ("Surg",), "Pharmaceuticals": ("Pharma", "Pharm"),
    "Manufacturing": ("Mfg",), "University": ("Univ",), "American": ("Amer",), "National": ("Natl",),
    "Laboratories": ("Labs",), "District": ("Dist",), "Construction": ("Constr",), "Chiropractic": ("Chiro",),
    "Group": ("Grp",), "Therapeutics": ("Therap",), "Claims": ("Clms",), "Utilization": ("Util",), "Mutual": ("Mut",),
    "Casualty": ("Cas",), "Offices": ("Office",), "Occupational": ("Occ",), "Logistics": ("Logist",),
    "Mountain": ("Mtn",), "Network": ("Netwk",), "Provider": ("Prov",), "Therapy": ("Ther",), "Transport": ("Transp",),
    "Acupuncture": ("Acup",), "Instruments": ("Instr",), "System": ("Sys",), "Northern": ("Nthn",), "Clinic": ("Clin",),
}  # fmt: skip
_CALLED = {
    "William": "Bill", "Robert": "Bob", "Richard": "Rick", "James": "Jim", "Michael": "Mike", "Thomas": "Tom",
    "Elizabeth": "Liz", "Katherine": "Kate", "Deborah": "Debbie", "Anthony": "Tony", "Steven": "Steve", "Susan": "Sue",
    "Joseph": "Joe", "Daniel": "Dan", "Edward": "Ed", "Margaret": "Peggy", "Patricia": "Pat", "Jennifer": "Jen",
    "Timothy": "Tim", "Kenneth": "Ken", "Lawrence": "Larry", "Nicholas": "Nick", "Samuel": "Sam", "Rebecca": "Becky",
}  # fmt: skip
_DEGREES = (", M.D.", ", MD", " DO", ", D.C.", ", PhD", ", Esq.", ", M.D., FAAOS", ", PA-C")


def _slip(text: str, chance: random.Random) -> str:
    """One letter left out, doubled, changed, or swapped with the next, anywhere in the name."""
    places = [place for place, sign in enumerate(text) if sign.isalpha()]
    place = chance.choice(places)
    how = chance.randrange(4)
    if how == 0:
        return text[:place] + text[place + 1 :]
    if how == 1:
        return text[:place] + text[place] + text[place:]
    if how == 2:
        return text[:place] + chance.choice(string.ascii_lowercase) + text[place + 1 :]
    return text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]


def _two_slips(text: str, chance: random.Random) -> str:
    return _slip(_slip(text, chance), chance)


def _scanned(text: str, chance: random.Random) -> str:
    """One or two letters read for others, as by a machine; sometimes a space too many."""
    for _ in range(chance.choice((1, 1, 2))):
        places = [place for place, sign in enumerate(text) if sign in _READ_FOR]
        if places:
            place = chance.choice(places)
            text = text[:place] + _READ_FOR[text[place]] + text[place + 1 :]
    if chance.random() < 0.15:
        place = chance.randrange(2, len(text) - 1)
        text = f"{text[:place]} {text[place:]}"
    return text


def _spelling(text: str, chance: random.Random) -> str:
    """Case and punctuation."""
    return chance.choice((text.upper(), text.lower(), text.replace(".", ""), text.replace("-", " "), f" {text}  "))


def _initial(text: str, chance: random.Random) -> str:
    given, *rest = text.split()
    dot = chance.choice((".", "", "."))
    return f"{given[0]}{dot} {' '.join(rest)}" if chance.random() < 0.5 else f"{given[0]}{dot} {rest[-1]}"


def _middle(text: str, chance: random.Random) -> str:
    """A middle name dropped, shortened, or one more."""
    words = text.split()
    if len(words) == 2:
        return f"{words[0]} {chance.choice('ABCDEJLMRST')}. {words[1]}"
    return chance.choice((f"{words[0]} {words[-1]}", f"{words[0]} {words[1][0]}. {words[-1]}"))


def _reversed(text: str, chance: random.Random) -> str:
    *given, last = text.split()
    return f"{last}{chance.choice((',', ',', ''))} {' '.join(given)}"


def _titled(text: str, chance: random.Random) -> str:
    return f"{chance.choice(('Dr. ', ''))}{text}{chance.choice(_DEGREES)}"


def _married(text: str, chance: random.Random) -> str:
    """A second last name, one half of a double one, or a new one with the old one told."""
    *given, last = text.split()
    if "-" in last:
        last = chance.choice(last.split("-"))
        return f"{' '.join(given)} {last}"
    new = chance.choice(SURNAMES)
    forms = (f"{last}-{new}", f"{new}-{last}", f"{last} {new}", f"{new} (née {last})", f"{new}, formerly {last}")
    return f"{' '.join(given)} {chance.choice(forms)}"


def _called(text: str, chance: random.Random) -> str:
    given, *rest = text.split()
    return " ".join([_CALLED.get(given, given[0] + "."), *rest])


def _form(text: str, chance: random.Random) -> str:
    """Another legal form, or none."""
    words = text.split()
    bare = words[:-1] if words[-1] in FORMS else words
    return " ".join(
        [*bare, chance.choice(("Inc", "L.L.C.", "LLC", "Corp.", "Ltd.", "Incorporated", "P.C.", ""))]
    ).strip()


def _shortened(text: str, chance: random.Random) -> str:
    """Words abbreviated."""
    return " ".join(
        chance.choice(_SHORT[word]) + chance.choice((".", "")) if word in _SHORT else word for word in text.split()
    )


def _ampersand(text: str, chance: random.Random) -> str:
    if " & " in text:
        return text.replace(" & ", chance.choice((" and ", "-", ", ")))
    return f"The {text}"


def _without_form(text: str) -> list[str]:
    words = text.split()
    return words[:-1] if words[-1] in FORMS else words


def _acronym(text: str, chance: random.Random) -> str:
    """The first letters, where there are four words; otherwise shortened words."""
    words = _without_form(text)
    return "".join(word[0] for word in words if word[0].isalpha()) if len(words) > 3 else _shortened(text, chance)


OF_PEOPLE: dict[str, Callable[[str, random.Random], str]] = {
    "spelling": _spelling, "slip": _slip, "two slips": _two_slips, "scan": _scanned, "initial": _initial,
    "middle": _middle, "order": _reversed, "title": _titled, "married": _married, "nickname": _called,
}  # fmt: skip
OF_ORGANISATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "spelling": _spelling, "slip": _slip, "two slips": _two_slips, "scan": _scanned, "form": _form,
    "abbreviation": _shortened, "and": _ampersand, "acronym": _acronym,
}  # fmt: skip
# What is rarer than one slip: two of them, and an organisation told by its first letters alone.
_RARE = {"acronym": 0.2, "two slips": 0.4}


def misnamed(names: Sequence[str], *, seed: int = 1) -> list[Fuzzed]:
    """Every name once, as a paper may have it."""
    chance = random.Random(f"misnaming {seed}")  # noqa: S311
    found = []
    for truth, name in enumerate(names):
        ways = OF_ORGANISATIONS if "&" in name or any(trade in name for trade in TRADES) else OF_PEOPLE
        (how,) = chance.choices(list(ways), [_RARE.get(way, 1.0) for way in ways])
        found.append(Fuzzed(text=ways[how](name, chance), truth=truth, how=how))
    return found
