"""Background work of the office: the queue's handlers, their timers, the worker."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app of background work."""

    name = "evenhand.office.jobs"
    label = "jobs"
