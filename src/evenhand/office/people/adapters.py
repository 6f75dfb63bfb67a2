"""How django-allauth behaves here: nobody registers, secrets are sealed, a directory lets in existing accounts only."""

from __future__ import annotations

import base64
import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from qrcode import QRCode

from evenhand.office.organisation import organisation
from evenhand.office.people.access import roles_of
from evenhand.office.people.lockout import client_address
from evenhand.office.people.models import User
from evenhand.office.people.roles import PARTIES, STAFF
from evenhand.office.people.second_factor import FACTORS
from evenhand.office.people.stages import DIRECTORY_KEY


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are opened by the office. Signing in within the last minutes counts as confirming who one is."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name and the password do not belong together.",
        "incorrect_password": "This is not the password of this account.",
        "incorrect_code": "This code is not right, or it was used before. Wait for the next one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves."""
        return False

    def get_login_stages(self) -> list[str]:
        """The second factor is the only step behind the password."""
        return ["evenhand.office.people.stages.SecondFactorStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address behind the trusted proxies; a server that names none is the machine itself."""
        return client_address(request) or "127.0.0.1"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin with the queue, parties with their cases; whoever holds several roles chooses one first."""
        held = roles_of(request)
        if len(held) != 1:
            return resolve_url("account_home")
        try:
            return reverse("my_cases" if held[0] in PARTIES else "queue")
        except NoReverseMatch:
            return resolve_url("account_home")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within some minutes of signing in or of confirming."""
        request = context.request
        records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
        if records and time.time() - records[-1]["at"] < account_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of the second factor under the office's own secret, and keeps staff from removing their last one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code is not right, or it was used before. Wait for the next one.",
        "cannot_delete_authenticator": "This is your last second factor, and your work here needs one. Add another first.",
    }

    def encrypt(self, text: str) -> str:
        """A secret as it lies in the database."""
        return _sealing().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again. Raises ValueError where the office's secret is another one now."""
        try:
            return _sealing().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise ValueError("the second factor was sealed under another EVENHAND_SECRET_KEY; reset it") from None

    def get_totp_issuer(self) -> str:
        """The name that the app shows."""
        return organisation().name

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, drawn with attributes only: the policy of our pages allows no style and no data address."""
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x},{y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="Picture to scan; the key below says the same" '
            f'viewBox="0 0 {len(rows)} {len(rows)}" width="220" height="220" shape-rendering="crispEdges">'
            f'<rect width="100%" height="100%" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
        )

    def _get_site_name(self) -> str:
        return organisation().name

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """`Passkey 2`; whoever has several gives them better names."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Parties may go without; the office's people keep one at least."""
        if not STAFF.intersection(roles_of(context.request)):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()


def _sealing() -> Fernet:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"evenhand second factor")
    return Fernet(base64.urlsafe_b64encode(derive.derive(settings.SECRET_KEY.encode())))


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Signing in through a directory: the configured claim names an account that exists, or nobody enters."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is created."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Finds the account; nothing that the directory tells about the person is kept."""
        # The library could also tie an account to the directory's; here only the claim says who somebody is.
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        app = sociallogin.account.get_provider().app
        told = sociallogin.account.extra_data
        claims = {**(told.get("userinfo") or {}), **(told.get("id_token") or {})}
        name = claims.get(app.settings["username_claim"])
        user = User.objects.filter(username__iexact=name).first() if isinstance(name, str) and name else None
        if user is None or not user.is_active:
            page = render(request, "socialaccount/unknown.html", {"directory": app.name}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.user = user
        methods = (told.get("id_token") or {}).get("amr") or []
        request.session.pop(DIRECTORY_KEY, None)
        if isinstance(methods, list) and set(methods) & set(app.settings["trusted_amr"]):
            request.session[DIRECTORY_KEY] = user.pk
