"""Forms of the second factor: a wrong code counts towards the lock-out, and a code is good once, whichever worker looks."""

from __future__ import annotations

import time

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac

from evenhand.office.people.lockout import is_locked


class LoginForm(AllauthLoginForm):
    """User name and password. The labels say what is wanted; there are no placeholders, which vanish while one types."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "User name"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class _CountedCode(BaseAuthenticateForm):
    """What both forms share."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code from your app, or a recovery code"
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}

    def clean_code(self) -> str:
        """The code, if it is right, was not used before, and the account is not locked."""
        if is_locked(context.request, self.user.get_username()):
            context.request.axes_locked_out = True
            context.request.axes_credentials = {"username": self.user.get_username()}
            raise ValidationError("Too many wrong codes.")
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _first_use(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_CountedCode, AuthenticateForm):
    """The code asked for at sign-in."""


class ConfirmForm(_CountedCode, ReauthenticateForm):
    """The code asked for before a change of the account."""


class SetUpAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code that the app shows now"
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


# What reading an answer raises that no authenticator gave: a field missing, of the wrong type, or too short.
GARBLED = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)


class AnsweringPasskeyForm(AuthenticateWebAuthnForm):
    """The passkey asked for behind the password. An answer that cannot be read is a wrong one."""

    def clean_credential(self) -> Authenticator:
        """The passkey that signed. Raises ValidationError."""
        try:
            return super().clean_credential()
        except GARBLED:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyLoginForm(AnsweringPasskeyForm, LoginWebAuthnForm):
    """The passkey alone, without a password."""


class ConfirmPasskeyForm(AnsweringPasskeyForm, ReauthenticateWebAuthnForm):
    """The passkey asked for before a change of the account."""


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey's name, and whether it stands for the password as well."""

    def clean(self) -> dict[str, object]:
        """A new passkey that can be read. Raises ValidationError."""
        try:
            return super().clean()
        except GARBLED:
            raise get_adapter().validation_error("incorrect_code") from None

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "So that you know it again, if you have several."
        self.fields["passwordless"].label = "Sign in with it alone, without the password"
        self.fields["passwordless"].help_text = "The passkey must ask for a PIN, your finger or your face."


@transaction.atomic
def _first_use(authenticator: Authenticator, code: str) -> bool:
    """Notes that the code was used; false if it was already while it is valid. In the database, so that all workers agree."""
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    mark = salted_hmac("evenhand.one-time-code", normalize_user_code(code)).hexdigest()
    now = time.time()
    valid = settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
    used = {old: at for old, at in row.data.get("used", {}).items() if now - at < valid}
    if mark in used:
        return False
    row.data["used"] = {**used, mark: now}
    row.save(update_fields=["data"])
    return True
