"""What every page knows."""

from django.http import HttpRequest

from evenhand.office.organisation import OrganisationSettings
from evenhand.office.organisation import organisation as configured


def organisation(_: HttpRequest) -> dict[str, OrganisationSettings]:
    """The organisation whose office this is."""
    return {"organisation": configured()}
