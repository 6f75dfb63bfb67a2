"""Django's entry for the app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.site"
    label = "site"
