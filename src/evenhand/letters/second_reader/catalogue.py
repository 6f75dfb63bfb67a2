"""The checks by their codes, and how one is written:

    @check("EH003", Severity.ERROR, because=Law("contradiction"), to_do="Ask the reviewer which of the two is meant.")
    def decision_contradicts_rationale(letter: Reading) -> Iterator[Fault]:
        \"\"\"The decision says one thing and the rationale concludes another.

        How it reads, and what it leaves alone ...
        \"\"\"
        yield Fault("The decision is Upheld, but ...", item.rationale.place(start, end))

The function's name is the check's name; its docstring is its page in the documentation.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evenhand.letters.second_reader.finding import Finding, Ground, Profile, Severity
from evenhand.letters.second_reader.reading import Fault, Reading
from evenhand.letters.second_reader.words import cited, provision

BOTH = (Profile.PUBLISHED, Profile.ISSUE)
PAGES = "docs/second-reader"


@dataclass(frozen=True)
class Law:
    """The check rests on a provision of the programme's `second_reader/provisions.yaml`."""

    code: str

    def why(self, letter: Reading) -> str | None:
        """The provision in words, with its citation."""
        return provision(self.code, letter.programme).words()


@dataclass(frozen=True)
class Required:
    """The check rests on what the law of the day requires in a determination: the first of these contents that it does. Where
    it requires none of them, nothing is checked."""

    codes: tuple[str, ...]

    def __init__(self, *codes: str) -> None:
        object.__setattr__(self, "codes", codes)

    def why(self, letter: Reading) -> str | None:
        """The content in words, with its citation; None where it was not required on the day."""
        found = next((letter.required[code] for code in self.codes if code in letter.required), None)
        return f"{found.text} {cited(found.citation, found.confidence)}" if found else None


@dataclass(frozen=True)
class Craft:
    """The check rests on what makes a letter that its readers can follow."""

    says: str

    def why(self, letter: Reading) -> str | None:
        """The reason in words."""
        return self.says


Because = Law | Required | Craft
Find = Callable[[Reading], Iterable[Fault]]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check of the second reader."""

    code: str
    severity: Severity
    because: Because
    to_do: str
    find: Find
    profiles: tuple[Profile, ...]
    published: Severity
    """How grave it is in a letter that was published already, where what lacks may have been taken out."""

    @property
    def name(self) -> str:
        """The check's name, as a word: `side-differs`."""
        return self.find.__name__.replace("_", "-")

    @property
    def says(self) -> str:
        """What the check looks for, in a sentence on one line."""
        return " ".join(self._paragraphs[0].split())

    @property
    def reads(self) -> tuple[str, ...]:
        """How it reads and what it leaves alone: paragraphs in Markdown."""
        return self._paragraphs[1:]

    @property
    def ground(self) -> Ground:
        """Whether it rests on the law or on the craft."""
        return Ground.CRAFT if isinstance(self.because, Craft) else Ground.LAW

    @property
    def page(self) -> str:
        """Its page in the documentation."""
        return f"{PAGES}/{self.code}.md"

    def severity_in(self, profile: Profile) -> Severity:
        """How grave it is in a letter read for that profile."""
        return self.published if profile is Profile.PUBLISHED else self.severity

    def findings(self, letter: Reading) -> Iterable[Finding]:
        """What the check finds in a letter."""
        why = self.because.why(letter) if letter.profile in self.profiles else None
        if why is None:
            return
        for fault in self.find(letter):
            yield Finding(
                code=self.code,
                name=self.name,
                severity=fault.weaker or self.severity_in(letter.profile),
                ground=self.ground,
                where="letter" if fault.at.item is None else f"item {fault.at.item}",
                what=fault.what,
                why=why,
                what_to_do=self.to_do,
                place=fault.at,
                page=self.page,
            )

    @property
    def _paragraphs(self) -> tuple[str, ...]:
        return tuple(inspect.cleandoc(self.find.__doc__ or "").split("\n\n"))


_CHECKS: dict[str, Check] = {}


def check(
    code: str,
    severity: Severity,
    *,
    because: Because,
    to_do: str,
    profiles: tuple[Profile, ...] = BOTH,
    published: Severity | None = None,
) -> Callable[[Find], Find]:
    """Enters the function as the check of that code. Raises ValueError for a code that is taken."""

    def enter(find: Find) -> Find:
        if code in _CHECKS:
            raise ValueError(f"{code} is {_CHECKS[code].name} already")
        _CHECKS[code] = Check(
            code=code,
            severity=severity,
            because=because,
            to_do=to_do,
            find=find,
            profiles=profiles,
            published=published or severity,
        )
        return find

    return enter


def entered() -> tuple[Check, ...]:
    """The checks that were entered so far, by code."""
    return tuple(_CHECKS[code] for code in sorted(_CHECKS))
