"""How long somebody stays signed in: an idle session ends, an old one ends, and an administrator can end them all."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from evenhand.office.people.models import User

BEGAN, SEEN = "began", "seen"
# Once a minute is often enough to know that somebody is there, and spares a write on every page.
WRITE_AFTER = 60
# What a page fetches by itself, by the name of its address: that somebody left it open does not mean that somebody is there.
BY_ITSELF = ("queue_count",)


class SessionLimits:
    """Middleware behind sign-in: ends a session that was idle for too long or that is too old."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Readers of the public pages bear no cookie; nothing is asked of the database for them.
        if request.session.session_key and request.user.is_authenticated:
            why = _over(request)
            if why:
                logout(request)
                messages.info(request, why)
                return redirect(f"{reverse('account_login')}?{urlencode(_back(request))}")
        return self.get_response(request)


def _over(request: HttpRequest) -> str | None:
    """Why the session is over, or `None`; then that somebody is there is noted."""
    now = int(time.time())
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return f"You were signed out: nothing was done for {settings.SESSION_IDLE_SECONDS // 60} minutes."
    if now - began > settings.SESSION_COOKIE_AGE:
        return f"You were signed out: a session lasts {settings.SESSION_COOKIE_AGE // 3600} hours at most."
    if request.path in {reverse(name) for name in BY_ITSELF}:
        return None
    if now - seen >= WRITE_AFTER or SEEN not in request.session:
        request.session[SEEN] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
    return None


def _back(request: HttpRequest) -> dict[str, str]:
    """Where to go on after signing in again: a page that was looked at, never a form that was half sent."""
    return {"next": request.get_full_path()} if request.method == "GET" else {}


def end_all(user: User, *, but: str | None = None) -> int:
    """Ends every session of an account at once, except that with the key `but`; how many there were."""
    ended = 0
    for session in UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or ""):
        session.end()
        ended += 1
    return ended
