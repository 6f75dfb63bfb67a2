"""The strength of evidence, by the method of a day: a letter for a body of studies, or levels of the single studies.

study_quality(pack, [1, 1, 0.5, 1, 1, 1, 0.5, 1, 1, 0, 1], on).quality         # "high", until mid-2015
study_level(pack, "low_bias_trial", "treatment_benefits", on).level            # "1b", since then
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import Confidence, caution_words, least_sure
from evenhand.law.schema.evidence import EvidenceVersion, LevelScheme, RatingLaw, RatingScheme
from evenhand.law.versions import answered_on, known

NAME = "strength"


@dataclass(frozen=True, kw_only=True)
class StudyQuality:
    """The quality of a randomized controlled trial by the sum of its scores."""

    total: float
    quality: str
    explanation: str
    citation: str
    confidence: Confidence
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class Rating:
    """The letter of a body of evidence. None where the law's words leave it open between `candidates`; `unknown` asks."""

    letter: str | None
    candidates: tuple[str, ...]
    meaning: str
    citation: str
    confidence: Confidence
    unknown: str | None
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class StudyLevel:
    """The level of a study for a kind of question. `rank` counts from 0, the highest; where `unknown` asks what stands on
    a level, `level` is None and `rank` is that level's."""

    level: str | None
    rank: int
    explanation: str
    citation: str
    confidence: Confidence
    unknown: str | None
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class Study:
    """A study that somebody cites: what it recommends, its design, whether it applies to this employee.

    `reasoning` has the reviewer's words on each aspect of applicability.
    """

    name: str
    recommends: str
    design: str
    applicable: bool = True
    reasoning: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """What came of weighing studies.

    `recommendation` is what the evidence supports, from the studies `sources`; None while reasoning is `missing`, where
    levels are equal, and where `unknown` asks something that matters. `compared`: whether levels were compared at all.
    """

    recommendation: str | None
    sources: tuple[str, ...]
    compared: bool
    inapplicable: tuple[str, ...]
    levels: Mapping[str, StudyLevel]
    missing: tuple[str, ...]
    steps: tuple[str, ...]
    citation: str
    confidence: Confidence
    unknown: str | None
    caution: str | None


def study_quality(pack: Pack, scores: Sequence[float], on: date) -> StudyQuality:
    """The quality of a trial by its scores, one for each criterion. Raises Refused for other scores, and when trials are
    no longer scored."""
    version, scheme = _rating_scheme(pack, on)
    allowed = ", ".join(f"{score:g}" for score in scheme.scores)
    if len(scores) != scheme.criteria or not set(scores) <= set(scheme.scores):
        raise Refused(
            f"A trial has {scheme.criteria} scores, each one of {allowed}; {len(scores)} were given: {list(scores)}."
        )
    total = sum(scores)
    band = next(band for band in scheme.bands if band.least <= total <= band.most)
    return StudyQuality(
        total=total,
        quality=band.quality,
        explanation=f"The scores sum to {total:g}; {band.least:g} to {band.most:g} is {band.quality} quality.",
        citation=version.citation,
        confidence=version.confidence,
        caution=caution_words(version.confidence, version.caution),
    )


def rating(pack: Pack, qualities: Sequence[str], on: date, *, irreconcilable: bool = False) -> Rating:
    """The letter of a body of studies of these qualities. Raises Refused for an unknown quality, and when bodies of
    evidence are no longer rated."""
    version, scheme = _rating_scheme(pack, on)
    names = [band.quality for band in scheme.bands]
    strange = [quality for quality in qualities if quality not in names]
    if strange:
        raise Refused(f"{strange[0]!r} is no quality of a study; there are: {', '.join(names)}.")
    counts = {name: list(qualities).count(name) for name in names}
    fitting = [scheme.letters[-1]] if irreconcilable else _fitting(scheme, counts)
    questions = [needed.unknown for law in fitting[:-1] for needed in law.any_of if needed.unknown]
    return Rating(
        letter=None if questions else fitting[-1].letter,
        candidates=tuple(law.letter for law in fitting),
        meaning=" Or: ".join(law.meaning for law in fitting),
        citation=version.citation,
        confidence=version.confidence,
        unknown=questions[0] if questions else None,
        caution=caution_words(version.confidence, version.caution),
    )


def study_level(pack: Pack, design: str, question: str, on: date) -> StudyLevel:
    """The level of a study of this design for this kind of question. Raises Refused for a design that the table does not
    rate for the question, and before there were levels."""
    version, scheme = _level_scheme(pack, on)
    known(scheme.questions, question, "kind of question")
    words = known(scheme.designs, design, "design of a study")
    open_at: int | None = None
    for rank, row in enumerate(scheme.levels):
        cell = row.cells[question]
        if design in cell.designs:
            confidence = cell.confidence or version.confidence
            return StudyLevel(
                level=row.level,
                rank=rank,
                explanation=f"{scheme.questions[question]} {words} Level {row.level}.",
                citation=version.citation,
                confidence=confidence,
                unknown=None,
                caution=caution_words(confidence, version.caution),
            )
        if cell.unknown is not None:
            open_at = rank
    if open_at is None:
        rated = ", ".join(name for row in scheme.levels for name in row.cells[question].designs)
        raise Refused(f"For {question} the table has no level for {design}; it rates: {rated}.")
    return StudyLevel(
        level=None,
        rank=open_at,
        explanation=f"{scheme.questions[question]} {words} No level is known.",
        citation=version.citation,
        confidence=version.confidence,
        unknown=scheme.levels[open_at].cells[question].unknown,
        caution=caution_words(version.confidence, version.caution),
    )


def weigh(pack: Pack, question: str, studies: Sequence[Study], on: date) -> Weighing:
    """Weighs the studies behind the recommendations cited: are they at variance; does each apply; which level is higher.

    Raises Refused for an unknown question or design, and before there were levels.
    """
    version, scheme = _level_scheme(pack, on)
    fit = [study for study in studies if study.applicable]
    inapplicable = tuple(study.name for study in studies if not study.applicable)
    at_variance = len({study.recommends for study in studies}) > 1
    compared = len({study.recommends for study in fit}) > 1 or (bool(fit) and not scheme.only_when_competing)
    levels = {study.name: study_level(pack, study.design, question, on) for study in fit} if compared else {}
    winners, unknown = _highest(fit, levels) if compared else (fit, None)
    missing = tuple(_unreasoned(scheme, studies)) if at_variance or inapplicable else ()
    said = {study.recommends for study in winners}
    marks = (level.confidence for level in levels.values())
    confidence = least_sure(version.confidence, scheme.comparing.confidence, *marks) if compared else version.confidence
    return Weighing(
        recommendation=next(iter(said)) if len(said) == 1 and not missing and unknown is None else None,
        sources=tuple(study.name for study in winners),
        compared=compared,
        inapplicable=inapplicable,
        levels=levels,
        missing=missing,
        steps=tuple(_told(scheme, studies, at_variance, inapplicable, levels, winners)),
        citation=version.citation,
        confidence=confidence,
        unknown=unknown,
        caution=caution_words(confidence, version.caution),
    )


def _rating_scheme(pack: Pack, on: date) -> tuple[EvidenceVersion, RatingScheme]:
    version = _version(pack, on)
    if version.rating is None:
        raise Refused(
            f"On {on} single studies stand on levels; scores and letters are of earlier law. {version.used_when}"
        )
    return version, version.rating


def _level_scheme(pack: Pack, on: date) -> tuple[EvidenceVersion, LevelScheme]:
    version = _version(pack, on)
    if version.levels is None:
        raise Refused(f"On {on} there were no levels; a body of studies is rated by letter. {version.used_when}")
    return version, version.levels


def _version(pack: Pack, on: date) -> EvidenceVersion:
    law = known(pack.law.evidence, NAME, "way of weighing evidence")
    return answered_on(law.versions, on, law.title)


def _fitting(scheme: RatingScheme, counts: Mapping[str, int]) -> list[RatingLaw]:
    """The letters that may fit, the best first; the last of them fits for certain."""
    letters = scheme.letters
    certain = next(
        place
        for place, law in enumerate(letters)
        if not law.any_of or any(counts[needed.quality] >= needed.at_least for needed in law.any_of)
    )
    doubtful = [
        law
        for law in letters[:certain]
        if any(needed.doubtful_from and counts[needed.quality] >= needed.doubtful_from for needed in law.any_of)
    ]
    return [*doubtful, letters[certain]]


def _highest(fit: Sequence[Study], levels: Mapping[str, StudyLevel]) -> tuple[list[Study], str | None]:
    """The studies on the highest level, and the question on whose answer that hangs."""
    best = min((level.rank for level in levels.values() if level.level is not None), default=None)
    winners = [study for study in fit if levels[study.name].level is not None and levels[study.name].rank == best]
    questions = [
        level.unknown for level in levels.values() if level.unknown is not None and (best is None or level.rank <= best)
    ]
    return winners, questions[0] if questions else None


def _unreasoned(scheme: LevelScheme, studies: Sequence[Study]) -> list[str]:
    """Each aspect of each study's applicability on which nothing is written."""
    return [
        f"{study.name}: {asks}"
        for study in studies
        for aspect, asks in scheme.aspects.items()
        if not study.reasoning.get(aspect, "").strip()
    ]


def _told(
    scheme: LevelScheme,
    studies: Sequence[Study],
    at_variance: bool,
    inapplicable: Sequence[str],
    levels: Mapping[str, StudyLevel],
    winners: Sequence[Study],
) -> list[str]:
    """The weighing in words, step by step."""
    told = [
        f"{len(studies)} studies are cited; their recommendations are at variance."
        if at_variance
        else f"{len(studies)} studies are cited; their recommendations do not compete."
    ]
    told += [
        f"{name} does not apply to this employee, so it may not be the source of the decision." for name in inapplicable
    ]
    told += [f"{name}: {level.explanation}" for name, level in levels.items()]
    if not levels:
        told.append("Levels are not compared.")
    elif len({study.recommends for study in winners}) > 1:
        told.append(
            f"{' and '.join(study.name for study in winners)} stand on the same level; the level does not decide."
        )
    elif winners:
        told.append(f"{scheme.comparing.text} It is that of {', '.join(study.name for study in winners)}.")
    return told
