"""Addresses of the pages of cases, for the staff."""

from django.urls import path

from evenhand.office.site.staff import case
from evenhand.office.site.staff.acts import views

urlpatterns = [
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/events/", case.events, name="case_events"),
    path("cases/<str:number>/do/<str:act>/", views.do, name="act"),
]
