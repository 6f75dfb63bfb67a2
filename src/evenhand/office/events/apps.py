"""Installs the append-only triggers after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class EventsConfig(AppConfig):
    """The event log."""

    name = "evenhand.office.events"
    label = "events"

    def ready(self) -> None:
        post_migrate.connect(_protect, sender=self)


def _protect(using: str, **_: Any) -> None:
    from django.db import connections

    from evenhand.office.events.triggers import APPEND_ONLY, install

    install(connections[using], APPEND_ONLY)
