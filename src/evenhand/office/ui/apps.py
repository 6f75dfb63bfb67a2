"""Django's entry for the app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The design system: base templates, components, their page. See docs/design.md."""

    name = "evenhand.office.ui"
    label = "ui"
