"""What a deployment sets in the environment: cookies behind TLS, how long sessions last, whom a proxy names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import RequestFactory
from tests.conftest import REPOSITORY
from tests.office.serving import environment

from evenhand.office.people.lockout import client_address

NAMES = [
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_NAME",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_IDLE_SECONDS",
    "SESSION_COOKIE_AGE",
    "DEMONSTRATION",
]
ASK = f"import json; from django.conf import settings; print(json.dumps({{n: getattr(settings, n) for n in {NAMES}}}))"


def settings_under(home: Path, **words: str) -> dict[str, object]:
    """The settings as a process of their own sees them."""
    told = {**environment(home), "DJANGO_SETTINGS_MODULE": "evenhand.office.settings", **words}
    said = subprocess.run([sys.executable, "-c", ASK], env=told, cwd=REPOSITORY, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout)
    assert isinstance(found, dict)
    return found


def test_behind_tls_cookies_are_the_hosts_own(tmp_path: Path) -> None:
    """Secure, under names that a browser takes from this host alone; HSTS as long as configured."""
    plain = settings_under(tmp_path)
    assert (plain["SESSION_COOKIE_SECURE"], plain["SECURE_HSTS_SECONDS"], plain["DEMONSTRATION"]) == (False, 0, False)
    assert (plain["SESSION_IDLE_SECONDS"], plain["SESSION_COOKIE_AGE"]) == (1800, 43_200)
    behind = settings_under(tmp_path, EVENHAND_TLS="1", EVENHAND_HSTS_SECONDS="600", EVENHAND_SESSION_IDLE_MINUTES="5")
    assert behind["SESSION_COOKIE_SECURE"] and behind["CSRF_COOKIE_SECURE"] and behind["SESSION_COOKIE_HTTPONLY"]
    assert (behind["SESSION_COOKIE_NAME"], behind["CSRF_COOKIE_NAME"]) == ("__Host-session", "__Host-csrf")
    assert (behind["SECURE_HSTS_SECONDS"], behind["SESSION_IDLE_SECONDS"]) == (600, 300)
    assert behind["SESSION_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "198.51.100.2"), (2, "198.51.100.1")])
def test_only_trusted_proxies_say_who_comes(proxies: int, address: str, settings: object) -> None:
    """Without one, what the visitor writes into the header counts for nothing: no lock is evaded by it."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies  # type: ignore[attr-defined]
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR="198.51.100.1, 198.51.100.2", REMOTE_ADDR="127.0.0.1")
    assert client_address(request) == address
