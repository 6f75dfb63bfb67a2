"""Django's entry for the app."""

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.issuing"
    label = "issuing"
