"""Installs the triggers that keep states lawful after every migration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    """The case, its items, its parties, its dates."""

    name = "evenhand.office.cases"
    label = "cases"

    def ready(self) -> None:
        post_migrate.connect(_protect, sender=self)


def _protect(using: str, **_: Any) -> None:
    from django.db import connections

    from evenhand.office.cases.states import REFUSALS
    from evenhand.office.events.triggers import install

    install(connections[using], REFUSALS)
