"""Addresses of the office's lists: the queue, the dashboard, the log."""

from django.urls import path

from evenhand.office.site.staff import queue

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("queue/count", queue.queue_count, name="queue_count"),
    path("views/", queue.views, name="saved_views"),
    path("search", queue.search, name="search"),
]
