"""Headers that every answer carries, pages of errors and files too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing is fetched from elsewhere, and only files of the package run: no inline script, no inline style, no eval.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeaders:
    """Middleware, outermost: what a browser may do with our pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if _somebody(request) and "no-store" not in response.headers.get("Cache-Control", ""):
            # What somebody signed in has seen stays neither in a cache nor behind the back button of a shared machine.
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _somebody(request: HttpRequest) -> bool:
    """Whether the answer belongs to a session. Asks the database nothing; files and readers of the public pages have none."""
    session = getattr(request, "session", None)
    return session is not None and bool(session.session_key)
