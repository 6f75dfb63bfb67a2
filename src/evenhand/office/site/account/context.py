"""What every page must say of where it stands."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def demonstration(_: HttpRequest) -> dict[str, bool]:
    """Whether this office is the demonstration: then every page says so."""
    return {"demonstration": settings.DEMONSTRATION}
