"""Guideline citations: which edition is meant, whether it held on a day, what it covers, its step on the ladder.

    found = resolve(citation, date(2014, 12, 16), body_parts=("cervical_spine",))
    found.edition.id, found.in_force, found.phase, found.step, found.problems

    for mention in find_citations(rationale): ...   # free text; a mention resolves like a citation
    compare(claims_administrators, reviewers)       # two lists of resolutions: Difference.OTHER_SECTION

Editions of the schedule lie in the programme's law pack (`law/mtus.yaml`: chapter, edition, dates); their other names, sections
and pages, and guidelines that belong to no schedule, in `vocabulary/editions.yaml` and
`bodies.yaml`. Never the text.
"""

from evenhand.citations.cited import Reference
from evenhand.citations.compare import Difference, compare
from evenhand.citations.editions import Edition, Phase, Source, editions
from evenhand.citations.find import Mention, find_citations
from evenhand.citations.registry import Level, Resolution, in_force, resolve, step_of

__all__ = [
    "Difference",
    "Edition",
    "Level",
    "Mention",
    "Phase",
    "Reference",
    "Resolution",
    "Source",
    "compare",
    "editions",
    "find_citations",
    "in_force",
    "resolve",
    "step_of",
]
