"""Names and identifiers to the entries that bear them: found by handles, never by comparing name with name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from evenhand.matching.likeness import Likeness, compared, handles
from evenhand.matching.names import bare, other_identifier, readings

Readings = tuple[tuple[str, ...], ...]


@lru_cache(maxsize=65536)
def identifiers_differ(one: str, other: str) -> bool:
    """Whether both are of one register and differ."""
    return other_identifier(one, other)


class NameIndex:
    """Entries by name. An entry is a number; it may bear several names and identifiers."""

    def __init__(self) -> None:
        self._named: list[tuple[int, Readings]] = []
        self._numbers: dict[str, list[int]] = {}
        self._identified: dict[str, set[int]] = {}
        self._identifiers: dict[int, tuple[str, ...]] = {}

    def add(self, entry: int, names: Iterable[str], identifiers: Iterable[str] = ()) -> None:
        """Enters what `entry` is called and identified by."""
        for name in dict.fromkeys(names):
            number = len(self._named)
            self._named.append((entry, readings(name)))
            for handle in handles(name):
                self._numbers.setdefault(handle, []).append(number)
        for identifier in identifiers:
            if told := bare(identifier):
                self._identified.setdefault(told, set()).add(entry)
                self._identifiers[entry] = (*self._identifiers.get(entry, ()), identifier)

    def find(self, names: Iterable[str], identifiers: Iterable[str] = ()) -> dict[int, Likeness]:
        """The entries that are, or may be, whoever bears one of `names` or `identifiers`.

        An equal identifier decides. Two identifiers of one register that differ tell two entries apart whose names are
        no more than alike, and make doubtful those whose names are the same.
        """
        known = [identifier for identifier in identifiers if bare(identifier)]
        found = {entry: Likeness.SAME for number in known for entry in self._identified.get(bare(number), ())}
        for name in names:
            own = readings(name)
            for number in self._candidates(name):
                entry, other = self._named[number]
                if found.get(entry) is Likeness.SAME:
                    continue
                how = compared(own, other)
                if how is Likeness.DIFFERENT:
                    continue
                if not self._differ(entry, known):
                    found[entry] = how
                elif how is Likeness.SAME:
                    found[entry] = Likeness.POSSIBLE
        return found

    def identified(self, entry: int, identifiers: Iterable[str]) -> bool:
        """Whether `entry` bears one of `identifiers`."""
        return any(entry in self._identified.get(bare(identifier), ()) for identifier in identifiers)

    def _candidates(self, name: str) -> set[int]:
        numbers = self._numbers
        return {number for handle in numbers.keys() & handles(name) for number in numbers[handle]}

    def _differ(self, entry: int, known: list[str]) -> bool:
        own = self._identifiers.get(entry, ())
        return any(identifiers_differ(one, other) for one in known for other in own)
