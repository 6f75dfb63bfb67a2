"""Addresses below `/demo/`: not there in any office but a demonstration."""

from django.urls import path

from evenhand.office.site.account import demo

urlpatterns = [
    path("", demo.demo, name="demo"),
    path("enter/", demo.enter_demo, name="enter_demo"),
]
