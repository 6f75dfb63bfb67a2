"""Django's entry for the app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.intake"
    label = "intake"
