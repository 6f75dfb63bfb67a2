"""Django's entry for the app."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.publishing"
    label = "publishing"
