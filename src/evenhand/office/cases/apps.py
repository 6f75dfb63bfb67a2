"""Django's entry for the app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case, its items, its parties, its dates."""

    name = "evenhand.office.cases"
    label = "cases"
