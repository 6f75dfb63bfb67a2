"""Django's entry for the app."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.records"
    label = "records"
