"""Guideline citations: which edition is meant, whether it held on a day, what it covers, its step on the ladder.

    found = resolve(citation, date(2014, 12, 16), body_parts=("cervical_spine",))
    found.edition.id, found.in_force, found.phase, found.step, found.problems

Editions lie as data in the programme's `vocabulary/editions.yaml`: titles, dates, sections, never the text.
"""

from evenhand.citations.cited import Cited
from evenhand.citations.editions import Edition, Phase, editions
from evenhand.citations.registry import Resolution, in_force, resolve, step_of

__all__ = ["Cited", "Edition", "Phase", "Resolution", "editions", "in_force", "resolve", "step_of"]
