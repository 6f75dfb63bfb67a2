"""Django's entry for the app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """The event log."""

    name = "evenhand.office.events"
    label = "events"
