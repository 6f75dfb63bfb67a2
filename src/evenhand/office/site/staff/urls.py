"""Addresses of the office's lists: the queue, the dashboard, the log."""

from django.urls import path

from evenhand.office.site.staff import dashboard, log, queue, register

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("queue/count", queue.queue_count, name="queue_count"),
    path("views/", queue.views, name="saved_views"),
    path("search", queue.search, name="search"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/figures.csv", dashboard.dashboard_csv, name="dashboard_csv"),
    path("reviewers/", register.reviewers, name="reviewers"),
    path("log/", log.log, name="log"),
    path("log/<int:opened>/looked", log.look, name="look_at_opened"),
]
