"""Django's entry for the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.people"
    label = "people"
