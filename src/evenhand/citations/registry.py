"""From a citation to the edition that it means, with what speaks against it in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from evenhand.citations.cited import Cited
from evenhand.citations.editions import Edition, Phase, Registry, Source, registry
from evenhand.treatments.vocabulary import plain

_CHAPTER = re.compile(r"\bch(?:apter)?\.?\s*(\d{1,2})\b", re.I)
# Words around a title that say nothing of which one it is.
_AROUND = re.compile(
    r"\b(?:ca|mtus|acoem|odg|official disability guidelines|2nd edition|second edition|chapter|guidelines?)\b"
)


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """What a citation means on a day.

    `edition` is None where the registry knows none. `in_force` and `covers_body_part` are None where the question does
    not arise (a study, a chapter for no particular part). `phases` are those of the cited passages; none means any.
    """

    edition: Edition | None
    in_force: bool | None
    covers_body_part: bool | None
    phases: tuple[Phase, ...]
    step: str | None
    problems: tuple[str, ...]

    @property
    def phase(self) -> Phase | None:
        """The one phase to which the passages speak, if it is one."""
        return self.phases[0] if len(self.phases) == 1 else None


def resolve(citation: Cited, on: date, *, body_parts: Iterable[str] = (), programme: str = "ca_dwc") -> Resolution:
    """Resolves a citation for a request of the day `on`, on parts of the body as `treatments` codes them."""
    book = registry(programme)
    wanted = frozenset(body_parts)
    edition, problems = _find(citation, on, book)
    held = edition.held_on(on) if edition else None
    covers = bool(wanted & set(edition.body_parts)) if edition and edition.body_parts and wanted else None
    problems += _missing_fields(citation, on, book)
    if edition and held is False:
        problems.append(_not_in_force(edition, on, book))
    if edition and covers is False:
        problems.append(f"{edition.called} covers {_list(edition.body_parts)}, not {_list(sorted(wanted))}.")
    return Resolution(
        edition=edition,
        in_force=held,
        covers_body_part=covers,
        phases=_phases(citation, edition) if edition else (),
        step=step_of(citation, on, programme=programme),
        problems=tuple(problems),
    )


def in_force(on: date, body_part: str | None = None, *, programme: str = "ca_dwc") -> tuple[Edition, ...]:
    """The schedule's editions in force on a day; with a part of the body, those that speak to it."""
    return tuple(
        edition
        for edition in registry(programme).editions
        if edition.source is Source.MTUS
        and edition.held_on(on)
        and (body_part is None or not edition.body_parts or body_part in edition.body_parts)
    )


def step_of(citation: Cited, on: date, *, programme: str = "ca_dwc") -> str | None:
    """The code of the evidence ladder's step on which the source stands that day; None before the ladder began."""
    book = registry(programme)
    holding = [version for version in book.steps if version.valid_from <= on]
    if not holding:
        return None
    version = max(holding, key=lambda entry: entry.valid_from)
    step: str = getattr(version, _source(citation, book).value)
    return step


def _source(citation: Cited, book: Registry) -> Source:
    if citation.kind == "mtus":
        return Source.MTUS
    if citation.kind == "study":
        return Source.STUDY
    named = plain(citation.organisation or citation.title or "")
    for source, names in book.organisations.items():
        if any(re.search(rf"\b{re.escape(plain(name))}\b", named) for name in names):
            return Source(source)
    return Source.OTHER


def _find(citation: Cited, on: date, book: Registry) -> tuple[Edition | None, list[str]]:
    source = _source(citation, book)
    if source in {Source.STUDY, Source.OTHER}:
        return None, []
    said = (citation.chapter if source is Source.MTUS else citation.title) or ""
    # ACOEM's guidelines that the schedule adopted stand in the registry as the schedule's.
    among = [
        edition for edition in book.editions if edition.source is (Source.MTUS if source is Source.ACOEM else source)
    ]
    named = _by_title(said, among)
    if not named:
        return None, [] if source is Source.ACOEM else [_unknown(said, source, among)]
    dated = [edition for edition in named if citation.year in {None, edition.year} or edition.year is None]
    if not dated:
        years = ", ".join(str(edition.year) for edition in named)
        return None, [f"The registry knows no edition of {named[0].title} of {citation.year}; it knows: {years}."]
    edition = max(dated, key=lambda entry: (entry.held_on(on), entry.valid_from or date.min))
    if source is Source.ACOEM and edition.held_on(on):
        return edition, [
            f"{edition.called} is part of the schedule itself ({edition.citation}); cite it as MTUS with its year."
        ]
    return (None, []) if source is Source.ACOEM else (edition, [])


def _by_title(said: str, among: list[Edition]) -> list[Edition]:
    """Editions of that title; else of the longest known title that stands within it; else of ACOEM's chapter number."""
    titles = {edition.id: {plain(title) for title in (edition.title, *edition.also)} for edition in among}
    flat = " ".join(_AROUND.sub(" ", plain(_CHAPTER.sub(" ", said))).split())
    whole = [edition for edition in among if {flat, plain(said)} & titles[edition.id]]
    if whole:
        return whole
    number = _CHAPTER.search(said)
    within = [
        (len(title), edition) for edition in among for title in titles[edition.id] if re.search(rf"\b{title}\b", flat)
    ]
    longest = max((length for length, _ in within), default=0)
    found = [edition for length, edition in within if length == longest]
    if not found and number:
        found = [edition for edition in among if edition.acoem_chapter == int(number.group(1))]
    return found


def _unknown(said: str, source: Source, among: list[Edition]) -> str:
    what = {Source.MTUS: "chapter of the schedule", Source.ODG: "chapter of the ODG"}[source]
    if not said.strip():
        return f"The citation names no {what}; name the chapter."
    near = get_close_matches(plain(said), [plain(edition.title) for edition in among], n=1, cutoff=0.6)
    hint = next((f" Is {edition.title} meant?" for edition in among if near and plain(edition.title) == near[0]), "")
    return f"The registry knows no {what} called {said!r}.{hint}"


def _phases(citation: Cited, edition: Edition) -> tuple[Phase, ...]:
    """The phases of the cited sections and pages; those of the whole edition where a cited part is not narrower."""
    cited_titles = [plain(title) for title in (*citation.sections, citation.section or "") if title]
    cited_pages = {number for page in citation.pages for number in re.findall(r"\d+", page)}
    parts = [part for part in edition.sections if plain(part.title) in cited_titles or cited_pages & set(part.pages)]
    known_titles = {plain(part.title) for part in edition.sections}
    known_pages = {page for part in edition.sections for page in part.pages}
    if (
        not parts
        or not all(part.phases for part in parts)
        or set(cited_titles) - known_titles
        or cited_pages - known_pages
    ):
        return edition.phases
    named = {phase for part in parts for phase in part.phases}
    return tuple(phase for phase in Phase if phase in named)


def _not_in_force(edition: Edition, on: date, book: Registry) -> str:
    until = f" to {edition.valid_to}" if edition.valid_to else ""
    words = f"{edition.called} held from {edition.valid_from}{until}, not on {on}."
    instead = [
        other.called
        for other in book.editions
        if other.regulation == edition.regulation and other.regulation and other.held_on(on)
    ]
    return f"{words} In force that day: {_list(instead)}." if instead else words


def _missing_fields(citation: Cited, on: date, book: Registry) -> list[str]:
    problems = []
    for rule in book.required_fields:
        missing = (
            [name for name in rule.fields if not getattr(citation, name)]
            if rule.kind == citation.kind and rule.valid_from <= on
            else []
        )
        if missing:
            problems.append(f"The citation lacks its {_list(missing)} ({rule.citation}).")
    return problems


def _list(words: Iterable[str]) -> str:
    named = [word.replace("_", " ") for word in words]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
