"""Addresses of the parties' pages."""

from django.urls import path

from evenhand.office.site.parties import views

urlpatterns = [
    path("", views.my_cases, name="my_cases"),
    path("<str:number>/", views.my_case, name="my_case"),
    path("<str:number>/papers/<int:notice>/", views.my_paper, name="my_paper"),
]
