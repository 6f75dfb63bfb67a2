"""Relatives: one word for every way of naming a relation, its converse, and what two relations make together."""

from __future__ import annotations

from collections.abc import Iterable

# What people write, and the word of the law's lists; what several words name alike stands under one.
_CALLED = {
    "spouse": "husband wife married registered-domestic-partner domestic-partner",
    "child": "son daughter adopted-child",
    "parent": "father mother adoptive-parent",
    "sibling": "brother sister half-brother half-sister half-sibling",
    "spouse's parent": "mother-in-law father-in-law parent-in-law",
    "spouse's child": "stepchild stepson stepdaughter step-child",
    "child's parent": "co-parent",
    "child's spouse": "son-in-law daughter-in-law",
    "sibling's spouse": "brother-in-law sister-in-law",
    "spouse's sibling": "",
    "parent's spouse": "stepparent stepmother stepfather step-parent",
    "grandparent": "grandmother grandfather",
    "grandchild": "grandson granddaughter",
    "uncle": "uncle-or-aunt aunt-or-uncle",
    "aunt": "",
    "nephew": "nephew-or-niece niece-or-nephew",
    "niece": "",
    "cohabitant": "cohabiting-partner household-member",
    # Relatives of no list.
    "cousin": "first-cousin",
    "former spouse": "ex-husband ex-wife ex-spouse divorced",
    "friend": "acquaintance neighbor neighbour",
}


def _letters(text: str) -> str:
    return text.lower().replace("\u2019", "'").replace("-", "").replace(" ", "")


_WORDS = {_letters(name): word for word, others in _CALLED.items() for name in (word, *others.split())}
_CONVERSE = {
    "spouse": "spouse", "child": "parent", "parent": "child", "sibling": "sibling", "spouse's parent": "child's spouse",
    "child's spouse": "spouse's parent", "spouse's child": "parent's spouse", "parent's spouse": "spouse's child",
    "child's parent": "child's parent", "sibling's spouse": "spouse's sibling", "spouse's sibling": "sibling's spouse",
    "grandparent": "grandchild", "grandchild": "grandparent", "uncle": "nephew", "aunt": "niece", "nephew": "uncle",
    "niece": "aunt", "cohabitant": "cohabitant", "cousin": "cousin", "former spouse": "former spouse", "friend": "friend",
}  # fmt: skip
# Somebody's (first) relation's (second) relation is somebody's (third) relation.
_TOGETHER = {
    ("spouse", "parent"): "spouse's parent", ("spouse", "child"): "spouse's child", ("spouse", "sibling"): "spouse's sibling",
    ("child", "spouse"): "child's spouse", ("child", "parent"): "child's parent", ("child", "child"): "grandchild",
    ("child", "sibling"): "child", ("parent", "spouse"): "parent's spouse", ("parent", "child"): "sibling",
    ("parent", "parent"): "grandparent", ("parent", "sibling"): "uncle", ("sibling", "spouse"): "sibling's spouse",
    ("sibling", "child"): "nephew", ("sibling", "parent"): "parent", ("sibling", "sibling"): "sibling",
}  # fmt: skip


def relation(text: str) -> str | None:
    """The list's word for a relation as somebody wrote it; None for one that is not known."""
    return _WORDS.get(_letters(text.strip()))


def converse(word: str) -> str:
    """What somebody is to whoever is their `word`: to a parent a child. Uncle and aunt are told apart in neither way."""
    return _CONVERSE[word]


def together(first: str, second: str) -> str | None:
    """What somebody's `first`'s `second` is to them; None where no list has a word for it."""
    return _TOGETHER.get((first, second))


def listed(word: str, relations: Iterable[str]) -> bool:
    """Whether a relation is on a list. The list is read from both ends: who is somebody's sibling's spouse has in them a
    spouse's sibling, and the tie is one.
    """
    both = {word, converse(word)}
    for one, other in (("uncle", "aunt"), ("nephew", "niece")):
        if both & {one, other}:
            both |= {one, other}
    return not both.isdisjoint(relations)
