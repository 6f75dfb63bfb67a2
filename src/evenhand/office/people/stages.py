"""Steps of signing in behind the password or the directory."""

from __future__ import annotations

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

DIRECTORY_KEY = "directory_second_factor"
"""In the session while somebody signs in through a directory: it vouched for a second factor of its own."""


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the directory has and its word is trusted by configuration."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if self.login.user is not None and request.session.get(DIRECTORY_KEY) == self.login.user.pk:
            return False
        return bool(super()._should_handle(request))
