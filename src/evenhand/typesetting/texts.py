"""The fixed texts of a programme, as data: `programmes/<programme>/texts/<language>/*.yaml`.

Every passage carries where its content comes from, how well somebody verified it, and from when it holds; a paper of
2015 is written with the wording of 2015. A passage that nobody verified is shown as such at the end of the paper it
stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path
from string import Formatter
from typing import TypeVar

from evenhand.law.schema import Confidence
from evenhand.programmes import DEFAULT
from evenhand.reading import BadFile, Fault, read
from evenhand.typesetting.document import Tone

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One passage as it reads from a day on. Names in braces are filled in when a paper is composed."""

    valid_from: date
    text: str
    citation: str
    confidence: Confidence


class PartKind(StrEnum):
    """What a part of a notice is made of."""

    PASSAGE = "passage"
    CALLOUT = "callout"
    FACTS = "facts"
    ITEMS = "items"
    DATES = "dates"
    DOCUMENTS = "documents"
    QUESTION = "question"
    REASON = "reason"
    ENCLOSURES = "enclosures"


@dataclass(frozen=True, kw_only=True)
class NoticePart:
    """One part of a notice. With `roles` it stands only in the notice to these, with `when` only where that value was
    given; an `optional` part is left out where a value it needs was not given, any other refuses the notice."""

    part: PartKind
    heading: str = ""
    passage: str = ""
    roles: tuple[str, ...] = ()
    optional: bool = False
    when: str = ""
    tone: Tone = Tone.ACTION


@dataclass(frozen=True, kw_only=True)
class NoticeForm:
    """A kind of notice: its title, what it cannot do without, and its parts in order."""

    title: str
    citation: str
    requires: tuple[str, ...]
    parts: tuple[NoticePart, ...]


@dataclass(frozen=True, kw_only=True)
class Translation:
    """What a paper in a translated language says of itself until somebody vouches for the language: by language, its own
    first."""

    of: str
    """The language whose text counts; what comes from the file or the law stays in it."""
    roles: tuple[str, ...]
    """Parties who get their notices in this language as well."""
    title: str
    banner: dict[str, str]
    """At the head of every page."""
    note: dict[str, str]
    """At the beginning of the paper."""


@dataclass(frozen=True, kw_only=True)
class TextsFile:
    """One file of texts. Every file may hold any of these."""

    language: str | None = None
    reviewed_by: str | None = None
    """Who vouches for the language, for texts that are translations."""
    translation: Translation | None = None
    date_pattern: str | None = None
    months: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    """Headings, labels and single words, by key."""
    roles: dict[str, str] = field(default_factory=dict)
    means: dict[str, str] = field(default_factory=dict)
    passages: dict[str, tuple[Wording, ...]] = field(default_factory=dict)
    notices: dict[str, NoticeForm] = field(default_factory=dict)


class TextMissing(ValueError):
    """A text, or a value that a text needs, is not there; in words."""


@dataclass(frozen=True, kw_only=True)
class Texts:
    """All texts of a programme in one language."""

    language: str
    date_pattern: str
    months: tuple[str, ...]
    words: Mapping[str, str]
    roles: Mapping[str, str]
    means: Mapping[str, str]
    passages: Mapping[str, tuple[Wording, ...]]
    notices: Mapping[str, NoticeForm]
    translation: Translation | None = None
    reviewed_by: str | None = None

    @property
    def unreviewed(self) -> Translation | None:
        """The translation that nobody vouches for yet; `None` for an original and for a reviewed translation."""
        return None if self.reviewed_by else self.translation

    @property
    def original(self) -> str:
        """The language of what comes from the file or the law, where it is not this one; else empty."""
        return self.translation.of if self.translation else ""

    def word(self, key: str) -> str:
        """A heading, label or word. Raises TextMissing."""
        if key not in self.words:
            raise TextMissing(f"the texts ({self.language}) have no word {key!r}; add it under `words:`")
        return self.words[key]

    def role(self, key: str) -> str:
        """The name of a party's role, as people say it."""
        return self.roles.get(key, key.replace("_", " ").capitalize())

    def day(self, day: date) -> str:
        """A date as the language writes it in a letter."""
        return self.date_pattern.format(month=self.months[day.month - 1], day=day.day, year=day.year)

    def wording(self, key: str, on: date) -> Wording:
        """The passage as it read on a day. Raises TextMissing."""
        versions = self.passages.get(key, ())
        current = [version for version in versions if version.valid_from <= on]
        if not current:
            since = f"it begins {min(v.valid_from for v in versions)}" if versions else "nobody wrote it"
            raise TextMissing(
                f"the texts ({self.language}) have no passage {key!r} for {on}: {since}; add it under `passages:`"
            )
        return max(current, key=lambda version: version.valid_from)

    def say(self, key: str, on: date, values: Mapping[str, str] | None = None) -> str:
        """The passage with `values` filled in. Raises TextMissing, naming every value that is needed and was not
        given."""
        given = values or {}
        text = self.wording(key, on).text
        missing = sorted(self.needs(key, on) - set(given))
        if missing:
            raise TextMissing(f"the passage {key!r} needs {', '.join(missing)}; give a value for each")
        return text.format_map(given).strip()

    def needs(self, key: str, on: date) -> set[str]:
        """Names of the values that the passage cannot do without."""
        return {name for _, name, _, _ in Formatter().parse(self.wording(key, on).text) if name}

    def unverified(self, keys: Iterable[str], on: date) -> tuple[str, ...]:
        """What nobody verified among these passages: the citation and how sure we are, a line each, without doubles."""
        lines: dict[str, None] = {}
        for key in keys:
            wording = self.wording(key, on)
            if not wording.confidence.verified:
                lines[f"{wording.citation}: {self.word('confidence.' + wording.confidence.value)}"] = None
        return tuple(lines)


def read_texts(programme: str = DEFAULT, language: str = "en") -> Texts:
    """The texts that the package carries for a programme. Raises BadFile."""
    with as_file(files("evenhand.programmes").joinpath(programme, "texts", language)) as folder:
        return read_texts_folder(folder)


def translations(programme: str = DEFAULT) -> tuple[str, ...]:
    """The languages into which a programme's texts were translated."""
    folders = files("evenhand.programmes").joinpath(programme, "texts").iterdir()
    names = sorted(folder.name for folder in folders if folder.is_dir())
    return tuple(name for name in names if read_texts(programme, name).translation is not None)


def read_texts_folder(folder: Path) -> Texts:
    """The texts of a folder of YAML files, joined; a key that stands in two files is a fault. Raises BadFile."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise BadFile(
            [
                Fault(
                    file=str(folder),
                    what="holds no texts; expected YAML files with words, roles, means, passages, notices",
                )
            ]
        )
    parts = [(path.name, read(TextsFile, path, name=f"{folder.name}/{path.name}")) for path in paths]
    head = next((part for _, part in parts if part.language), None)
    if head is None or head.language is None or head.date_pattern is None or len(head.months) != 12:
        what = "no file names the language, its date_pattern and its twelve months; one of them must"
        raise BadFile([Fault(file=str(folder), what=what)])
    return Texts(
        language=head.language,
        date_pattern=head.date_pattern,
        months=head.months,
        translation=head.translation,
        reviewed_by=head.reviewed_by,
        words=_joined(parts, lambda part: part.words),
        roles=_joined(parts, lambda part: part.roles),
        means=_joined(parts, lambda part: part.means),
        passages=_joined(parts, lambda part: part.passages),
        notices=_joined(parts, lambda part: part.notices),
    )


def _joined(parts: list[tuple[str, TextsFile]], entries: Callable[[TextsFile], dict[str, T]]) -> dict[str, T]:
    joined: dict[str, T] = {}
    for file, part in parts:
        for key, value in entries(part).items():
            if key in joined:
                raise BadFile([Fault(file=file, where=key, what="stands in another file too; keep one")])
            joined[key] = value
    return joined
