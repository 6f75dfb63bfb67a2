"""Django's entry for the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.people"
    label = "people"

    def ready(self) -> None:
        """Sign-in becomes events from now on."""
        from evenhand.office.people import signals  # noqa: F401
