"""A case of a bundle as far as somebody's turn, played by the acts themselves and rolled back with the test."""

from __future__ import annotations

from dataclasses import replace

from evenhand.bundles import Bundle
from evenhand.office.cases.models import Case
from evenhand.office.events.chain import Actor
from evenhand.office.people.authorisation import acting
from evenhand.office.people.roles import Role
from evenhand.simulation.one_case import OneCase


def played(bundle: Bundle, before: str) -> Case:
    """The case up to the act of that key, which is not done."""
    way = OneCase(bundle)
    for step in way.steps():
        if step.key == before:
            break
        step.do()
    assert way.case is not None
    way.case.refresh_from_db()
    return way.case


def deciding(bundle: Bundle, rationale: str) -> Bundle:
    """The bundle with another rationale for its first item."""
    assert bundle.review is not None
    first, *others = bundle.review.items
    review = replace(bundle.review, items=(replace(first, rationale=rationale), *others))
    return replace(bundle, review=review)


def person(bundle: Bundle, role: Role) -> Actor:
    """The account of the bundle in that role."""
    username = next(one.username for one in bundle.course.people if role.value in {held.value for held in one.roles})
    return acting(username, role, "person")


def reviewer_of(case: Case) -> Actor:
    """The reviewer who was selected."""
    assert case.selected_reviewer
    return acting(case.selected_reviewer, Role.REVIEWER, "person")
