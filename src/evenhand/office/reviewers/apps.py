"""Django's entry for the app."""

from django.apps import AppConfig


class ReviewersConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.reviewers"
    label = "reviewers"
