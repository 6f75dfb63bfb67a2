"""Django's entry for the app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """See the package's modules."""

    name = "evenhand.office.reviews"
    label = "reviews"
