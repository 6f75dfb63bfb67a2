"""Addresses below `/office/accounts/`."""

from django.urls import path

from evenhand.office.site.account import office

urlpatterns = [
    path("", office.accounts_list, name="accounts"),
    path("<str:username>/", office.account_of, name="account_of"),
    path("<str:username>/<str:act>/", office.change_account, name="change_account"),
]
