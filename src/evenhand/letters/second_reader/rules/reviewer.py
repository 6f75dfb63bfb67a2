"""EH5: who decided."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from evenhand.letters.second_reader.catalogue import Law, check
from evenhand.letters.second_reader.finding import Severity
from evenhand.letters.second_reader.phrases import phrases
from evenhand.letters.second_reader.reading import Fault, Reading
from evenhand.letters.second_reader.rules.evidence import listed
from evenhand.letters.second_reader.words import words
from evenhand.treatments import UNCLASSIFIED, Treatment, floor, known_specialty, specialties
from evenhand.treatments.vocabulary import Scope, Specialties, plain, scopes, vocabulary


@dataclass(frozen=True, kw_only=True)
class ReviewerWords:
    """reviewer.yaml"""

    also_license: tuple[str, ...]
    about_licence: tuple[str, ...]
    about_specialty: tuple[str, ...]
    also_certified: tuple[str, ...]
    of_profession: dict[str, tuple[str, ...]]
    """By the profession's specialty in scopes.yaml: other specialties that only its members hold."""
    like: float


@dataclass(frozen=True, kw_only=True)
class States:
    """states.yaml of the programme's vocabulary."""

    states: dict[str, str]


@check(
    "EH501",
    Severity.WARNING,
    because=Law("specialty"),
    to_do="State what in the reviewer's practice qualifies for this item, or select another reviewer.",
)
def specialty_far(letter: Reading) -> Iterator[Fault]:
    """None of the reviewer's specialties is near the treatment and the condition.

    How near a specialty is comes from this project's own table; a specialty or a treatment that the table does not know is left
    alone, and so is a drug beside another treatment that is near.
    """
    held = [known_specialty(name, letter.programme) or name for name in letter.letter.reviewer.specialties]
    least = floor(letter.programme).score
    near = any(_near(held, item.treatment, letter) for item in letter.items if not item.treatment.drugs)
    for item in letter.items:
        fits = specialties(item.treatment, letter.summary.text, letter.programme)
        scores = {fit.specialty: fit.score for fit in fits}
        known = [scores[name] for name in held if name in scores]
        if item.treatment.drugs and near:
            continue
        if not known or max(known) >= least or fits[0].score < least:
            continue
        nearer = listed([fit.specialty for fit in fits[:3]])
        what = f"The reviewer's specialty ({listed(held)}) is far from this treatment and condition; nearer: {nearer}."
        yield Fault(what, item.heading.place())


@check(
    "EH502",
    Severity.NOTE,
    because=Law("credentials"),
    to_do="State the specialty as the board names it, and the state that licenses.",
)
def credential_unknown(letter: Reading) -> Iterator[Fault]:
    """A specialty is in no list that the programme knows, or a licensure names no state.

    Other names of boards, subspecialties, words about the certificate and small slips of the pen are understood.
    """
    held, text, at = letter.letter.reviewer, letter.reviewer.text, 0
    for names, known, what in (
        (held.licensure, _is_state, "names no state that licenses"),
        (held.specialties, _is_specialty, "is no specialty that the programme knows"),
    ):
        for name in names:
            at = text.index(name, at)
            if not known(name, letter.programme):
                yield Fault(f"“{name}” {what}.", letter.reviewer.place(at, at + len(name)))
            at += len(name)


@check(
    "EH504",
    Severity.WARNING,
    because=Law("scope"),
    to_do="Select a reviewer whose license covers the treatment.",
)
def outside_scope_of_licence(letter: Reading) -> Iterator[Fault]:
    """The reviewer's only profession may not judge a treatment of this kind: a chiropractor a drug, an acupuncturist an operation.

    The profession is read from the specialties: where all of them are those of a profession that is neither MD nor DO, its scope
    in the programme's table counts. Where one is a physician's, or nobody could read the treatment, nothing is claimed. A part of
    the body counts only where the item names one.
    """
    held = [known_specialty(name, letter.programme) or name for name in letter.letter.reviewer.specialties]
    professions = [_profession(name, letter.programme) for name in held]
    if not professions or None in professions:
        return
    own = [scope for scope in professions if scope]
    for item in letter.items:
        if item.treatment.category != UNCLASSIFIED and not any(_covers(scope, item.treatment) for scope in own):
            called = listed(list(dict.fromkeys(scope.called for scope in own)))
            what = f"The reviewer's license is that of {called}; this treatment lies outside its scope."
            yield Fault(what, item.heading.place())


def _near(held: list[str], treatment: Treatment, letter: Reading) -> bool:
    """Whether one of the specialties is near a treatment."""
    fits = specialties(treatment, letter.summary.text, letter.programme)
    return any(fit.specialty in held and fit.score >= floor(letter.programme).score for fit in fits)


def _profession(specialty: str, programme: str) -> Scope | None:
    """The profession whose own specialty it is, by whatever name; none for the specialties of physicians."""
    also = words(ReviewerWords, "reviewer", programme).of_profession
    named = next((own for own, others in also.items() if plain(specialty) in map(plain, others)), specialty)
    return next((scope for scope in scopes(programme).scopes if scope.specialty and scope.specialty == named), None)


def _covers(scope: Scope, treatment: Treatment) -> bool:
    """Whether a profession may judge a treatment."""
    if scope.body_parts and treatment.body_parts and not set(scope.body_parts) & set(treatment.body_parts):
        return False
    return scope.everything or treatment.category in scope.categories or treatment.sub_category in scope.sub_categories


def _is_state(name: str, programme: str) -> bool:
    """Whether a licensure names a state, by its name or its postal code, perhaps with the kind of license."""
    known = words(ReviewerWords, "reviewer", programme)
    kinds = {plain(kind) for scope in scopes(programme).scopes for kind in scope.kinds}
    bare = plain(phrases(known.about_licence).without(name))
    said = " ".join(word for word in bare.split() if word not in kinds) or bare
    codes = {code.lower() for code in vocabulary(States, "states.yaml", programme).states}
    return said in codes or bare in codes or _close(said, _state_names(programme), known.like)


def _is_specialty(name: str, programme: str) -> bool:
    """Whether the programme, or an American board, knows a specialty."""
    known = words(ReviewerWords, "reviewer", programme)
    bare = phrases(known.about_specialty).without(name)
    outer, inner = re.sub(r"\([^)]*\)", " ", bare), " ".join(re.findall(r"\(([^)]*)\)", bare))
    parts = [part for part in re.split(r"[/;]|\s-\s", outer) if part.strip()]
    return any(
        _close(plain(said), _specialty_names(programme), known.like) for said in (bare, outer, inner, *parts) if said
    )


@cache
def _state_names(programme: str) -> tuple[str, ...]:
    also = words(ReviewerWords, "reviewer", programme).also_license
    return tuple(plain(name) for name in (*vocabulary(States, "states.yaml", programme).states.values(), *also))


@cache
def _specialty_names(programme: str) -> tuple[str, ...]:
    table = vocabulary(Specialties, "specialties.yaml", programme).specialties
    also = words(ReviewerWords, "reviewer", programme).also_certified
    return tuple(plain(name) for entry in table for name in (entry.name, *entry.also)) + tuple(map(plain, also))


def _close(said: str, names: tuple[str, ...], like: float) -> bool:
    return said in names or bool(get_close_matches(said, names, n=1, cutoff=like))
