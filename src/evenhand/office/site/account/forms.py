"""Forms of the account pages."""

from __future__ import annotations

from typing import Any

from django import forms

from evenhand.office.people.roles import PARTIES, STAFF, Role
from evenhand.office.ui.forms import Form

# A reviewer's account is opened with the entry in the register, never here.
OFFICE_ROLES = [(r.value, r.words) for r in Role if r in STAFF and r is not Role.REVIEWER]
PARTY_ROLES = [(r.value, r.words) for r in Role if r in PARTIES or r is Role.REVIEWER]


class NewPasswordForm(Form):
    """A new password, twice. Whether it is good enough is asked when it is set."""

    password = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        help_text="At least 12 characters; several words are best. No rules about digits or signs.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", "The two passwords are not the same.")
        return cleaned


class OpenAccountForm(Form):
    """A new account of the office."""

    username = forms.CharField(
        label="User name",
        max_length=40,
        help_text="3 to 40 of a-z, A-Z, 0-9, dot, dash, underscore. It stands in the log and cannot be changed.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label="Name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    roles = forms.MultipleChoiceField(
        label="Roles", choices=OFFICE_ROLES, widget=forms.CheckboxSelectMultiple, required=False
    )


class RoleForm(Form):
    """A role to grant, with the reason."""

    role = forms.ChoiceField(label="Role", choices=OFFICE_ROLES)
    reason = forms.CharField(label="Reason", max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class RevokeForm(Form):
    """The reason for taking a role away; which role stands in the form's address."""

    role = forms.ChoiceField(choices=OFFICE_ROLES + PARTY_ROLES, widget=forms.HiddenInput)
    reason = forms.CharField(label="Reason", max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}))
