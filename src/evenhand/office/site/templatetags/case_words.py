"""Words of a case for templates: `{% load case_words %}`."""

from __future__ import annotations

from django import template

from evenhand.office import words
from evenhand.office.people.roles import Role

register = template.Library()

MEANS = {"personal": "in person", "mail": "by mail", "fax": "by fax", "electronic": "electronically"}
ROLES = {"ur_organisation": "utilization review organization", "ur_reviewer": "utilization review physician"}
KINDS = {
    "assignment": "Notice of assignment and request for records",
    "ineligibility": "Notice that an item is not eligible",
    "information_request": "Question on eligibility",
    "additional_information_request": "Question of the reviewer",
    "records_deficiency": "Notice of missing records",
    "extension": "Notice of more time",
    "termination": "Notice that the review ended",
    "determination": "Final Determination Letter",
    "determination_summary": "What was decided, in plain words",
}


@register.filter
def role(value: str) -> str:
    """`claims_administrator` as `claims administrator`; the Administrative Director with capitals."""
    return Role(value).words if value in set(Role) else ROLES.get(value, str(value).replace("_", " "))


@register.filter
def means(value: str) -> str:
    """`mail` as `by mail`."""
    return MEANS.get(value, value)


@register.filter
def paper(value: str) -> str:
    """A kind of paper as people call it."""
    return KINDS.get(value, str(value).replace("_", " ").capitalize())


LANGUAGES = {"en": "English", "es": "Spanish"}


@register.filter
def language(value: str) -> str:
    """A language by its name."""
    return LANGUAGES.get(value, value)


@register.filter
def plain(value: object) -> str:
    """A code in words: `progress_report` as `progress report`."""
    return words.plain(str(getattr(value, "value", value)))
