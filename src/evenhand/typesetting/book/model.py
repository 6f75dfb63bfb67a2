"""What the rule book tells: chapters of articles, each with its provisions, their citations and the situations that
test them. No markup here."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from evenhand.law.pack import Pack, Provision
from evenhand.law.schema import Confidence, Version
from evenhand.law.schema.screening import GroundDate
from evenhand.law.sections import Section, authorities_in, sections_in
from evenhand.law.versions import in_force
from evenhand.reading import read_plain
from evenhand.typesetting.book.plan import BookPlan, Example
from evenhand.typesetting.book.words import label, written

GOVERNED: dict[str, str] = {
    GroundDate.APPLICATION_RECEIVED: "the day on which the application was received",
    GroundDate.UR_DECISION: "the day of the utilization review decision",
}
CALENDARS = "counting"
"""The page on which holiday lists stand."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """One entry of the pack as the book shows it: a time limit, a ground, or a whole list with its lines."""

    page: str
    section: str
    name: str
    title: str
    governed_by: str
    entry: object
    """The entry of the pack, with the fields that its kind has."""
    provisions: tuple[Provision, ...]
    is_glossary: bool = False
    """Whether its lines are terms with their meanings."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words in the names of its lines, as a person writes them."""

    @property
    def anchor(self) -> str:
        """Its place in the page: "rules-application"."""
        return f"{self.section}-{self.name}"

    @property
    def link(self) -> str:
        """Its address in the book."""
        return f"{self.page}.html#{self.anchor}"

    @property
    def is_list(self) -> bool:
        """Whether it has a line for each of several codes."""
        return self.provisions[0].name != self.name

    def code(self, provision: Provision) -> str:
        """The code of a line: what stands behind the name of the list."""
        return provision.name.removeprefix(f"{self.name}.")

    def line_name(self, provision: Provision) -> str:
        """What a line is called: the term, or its code in words. Empty where there is but one."""
        value = getattr(provision.versions[-1], "value", None)
        if self.is_glossary and isinstance(value, str):
            return value
        return label(written(self.code(provision), self.words)) if self.is_list else ""

    def line_title(self, provision: Provision) -> str:
        """The title with the line's name: "Copies to the other side: Newly found"."""
        name = self.line_name(provision)
        return name if self.is_glossary else f"{self.title}: {name}" if name else self.title

    def line_anchor(self, provision: Provision) -> str:
        """The place of a line in the page."""
        return f"{self.section}-{provision.name.replace('.', '-')}"

    def line_link(self, provision: Provision) -> str:
        """The address of a line in the book."""
        return f"{self.page}.html#{self.line_anchor(provision)}"

    def open_questions(self) -> int:
        """How many questions nobody could answer stand in it."""
        return sum(1 for provision in self.provisions for version in provision.versions for _ in _unknowns(version))


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A file of the pack: a page of the book."""

    page: str
    title: str
    about: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, kw_only=True)
class Citing:
    """Somewhere in the book that names a section or another authority."""

    title: str
    link: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A sentence that holds, and what it is about."""

    say: str
    place: str


@dataclass(frozen=True)
class Book:
    """Everything that the pages are made of."""

    pack: Pack
    plan: BookPlan
    example: Example | None
    chapters: tuple[Chapter, ...]
    situations: Mapping[str, tuple[Situation, ...]]
    """By provision: "rules.application"."""
    adopted: Mapping[tuple[str, str], Version] = field(default_factory=dict)
    """By section and name: the reading with which an office may go on where the latest version is an open question."""

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All of them, in the order of the book."""
        return tuple(article for chapter in self.chapters for article in chapter.articles)

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Article]:
        """An article by section and name; a line of a list is found by its own name too."""
        keyed = {(article.section, article.name): article for article in self.articles}
        keyed |= {(p.section, p.name): article for article in self.articles for p in article.provisions}
        return keyed

    @cached_property
    def questions(self) -> frozenset[str]:
        """Every open question of the pack, those of holiday lists too."""
        entries = (version for article in self.articles for p in article.provisions for version in p.versions)
        lists = (calendar.law for calendar in self.pack.calendars.values())
        return frozenset(asked for thing in (*entries, *lists) for asked in _unknowns(thing))

    @cached_property
    def change_days(self) -> tuple[date, ...]:
        """The days on which something began or ended, from the beginning of the programme."""
        days = {self.pack.programme.begins}
        for article in self.articles:
            for version in (v for p in article.provisions for v in p.versions):
                days.add(version.valid_from)
                if version.valid_to is not None:
                    days.add(version.valid_to + timedelta(days=1))
        return tuple(sorted(day for day in days if day >= self.pack.programme.begins))

    @cached_property
    def citings(self) -> tuple[Citing, ...]:
        """Every citation of the pack with the place that rests on it."""
        found: dict[Citing, None] = {}
        for article in self.articles:
            for provision in article.provisions:
                title, link = article.line_title(provision), article.line_link(provision)
                for citation in (cited for version in provision.versions for cited in _citations(version)):
                    found[Citing(title=title, link=link, citation=citation)] = None
        for title, link, cited in self._counting():
            for citation in _citations(cited):
                found[Citing(title=title, link=link, citation=citation)] = None
        return tuple(found)

    def _counting(self) -> Iterator[tuple[str, str, object]]:
        yield "The first day", f"{CALENDARS}.html#first-day", self.pack.programme.first_day
        yield "The last day", f"{CALENDARS}.html#last-day", self.pack.programme.rolling
        for name, calendar in self.pack.calendars.items():
            yield calendar.law.title, f"{CALENDARS}.html#calendars-{name}", calendar.law

    def by_section(self) -> dict[Section, list[Citing]]:
        """The citings under each section that they name."""
        found: dict[Section, list[Citing]] = defaultdict(list)
        for citing in self.citings:
            for section in dict.fromkeys(sections_in(citing.citation, self.plan.codes)):
                found[section].append(citing)
        return dict(found)

    def by_authority(self) -> dict[str, list[Citing]]:
        """The citings under decisions, practice and what else is no section."""
        found: dict[str, list[Citing]] = defaultdict(list)
        for citing in self.citings:
            for authority in dict.fromkeys(authorities_in(citing.citation, self.plan.codes)):
                found[authority].append(citing)
        return dict(found)

    def situations_of(self, article: Article) -> tuple[Situation, ...]:
        """The situations that test it or a line of it, each once."""
        keys = [f"{article.section}.{article.name}"]
        keys += [f"{p.section}.{p.name}" for p in article.provisions]
        return tuple(dict.fromkeys(one for key in keys for one in self.situations.get(key, ())))


def chapters_of(pack: Pack, plan: BookPlan, folder: Path) -> tuple[Chapter, ...]:
    """The chapters in the order of the plan; files that it does not name come after, by name. `folder` holds the pack's
    files."""
    by_file: dict[str, dict[tuple[str, str], list[Provision]]] = defaultdict(lambda: defaultdict(list))
    for provision in pack.provisions():
        held = getattr(pack.law, provision.section)
        name = provision.name if provision.name in held else provision.name.partition(".")[0]
        by_file[provision.file][provision.section, name].append(provision)
    about = {chapter.file: chapter.about for chapter in plan.chapters}
    order = [file for file in about if file in by_file] + sorted(by_file.keys() - about.keys())
    chapters = []
    for file in order:
        is_glossary = ("requirements", plan.glossary) in by_file[file]
        page = "glossary" if is_glossary else f"law-{Path(file).stem}"
        articles = tuple(
            _article(pack, plan, page, section, name, tuple(found)) for (section, name), found in by_file[file].items()
        )
        title = _title(folder / file)
        chapters.append(Chapter(page=page, title=title, about=about.get(file, ""), articles=articles))
    return tuple(chapters)


def _article(
    pack: Pack, plan: BookPlan, page: str, section: str, name: str, provisions: tuple[Provision, ...]
) -> Article:
    first = provisions[0]
    return Article(
        page=page,
        section=section,
        name=name,
        title=first.title,
        governed_by=GOVERNED.get(first.governed_by, first.governed_by),
        entry=getattr(pack.law, section)[name],
        provisions=provisions,
        is_glossary=section == "requirements" and name == plan.glossary,
        words=plan.words,
    )


def _title(path: Path) -> str:
    """The topic of a file of the pack; a file from elsewhere (laid over the pack) goes by its name."""
    return str(read_plain(path)["topic"]) if path.exists() else path.stem.replace("-", " ").capitalize()


def version_at(provision: Provision, on: date) -> Version | None:
    """The version in force on the day, or None."""
    return in_force(provision.versions, on)


def _inside(thing: object) -> Iterator[object]:
    """The thing and every dataclass within it."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        yield thing
        for part in dataclasses.fields(thing):
            yield from _inside(getattr(thing, part.name))
    elif isinstance(thing, Mapping):
        for entry in thing.values():
            yield from _inside(entry)
    elif isinstance(thing, list | tuple):
        for entry in thing:
            yield from _inside(entry)


def _citations(thing: object) -> Iterator[str]:
    for part in _inside(thing):
        citation = getattr(part, "citation", None)
        if citation:
            yield str(citation)


def _unknowns(thing: object) -> Iterator[str]:
    for part in _inside(thing):
        question = getattr(part, "unknown", None)
        if question:
            yield str(question)


def questions_in(thing: object) -> tuple[str, ...]:
    """Every open question in a version, in its order, each once."""
    return tuple(dict.fromkeys(_unknowns(thing)))


def marks_in(book: Book) -> dict[Confidence, int]:
    """How many versions have each mark; open questions are not among them."""
    counted = dict.fromkeys(Confidence, 0)
    for article in book.articles:
        for version in (v for p in article.provisions for v in p.versions):
            if version.unknown is None:
                counted[version.confidence] += 1
    return counted


def sources_used(book: Book) -> dict[str, list[Article]]:
    """The articles that rest on each source."""
    used: dict[str, list[Article]] = defaultdict(list)
    for article in book.articles:
        keys = {
            key
            for p in article.provisions
            for version in p.versions
            for part in _inside(version)
            for key in getattr(part, "source", ())
        }
        for key in sorted(keys):
            used[key].append(article)
    return dict(used)
