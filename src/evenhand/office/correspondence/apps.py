"""Django's entry for the app."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.correspondence"
    label = "correspondence"
