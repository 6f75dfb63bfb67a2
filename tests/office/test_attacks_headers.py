"""Attacks through what surrounds a page: headers, addresses to go on to, methods, cookies, and the real server's doors."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from tests.office.serving import served
from tests.office.signed_in import client_of
from tests.office.signing import sign_in, with_password

from evenhand.office.cases.models import Case
from evenhand.office.people.lockout import client_address
from evenhand.office.people.roles import Role

ELSEWHERE = (
    "//evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "\thttps://evil.example",
    "/\t/evil.example",
    "/office/\r\nX-Evil: 1",
)


def leaves(location: str) -> bool:
    """Whether a browser that follows it comes to another site, or runs something."""
    seen = location.replace("\t", "").replace("\r", "").replace("\n", "").replace("\\", "/")
    parts = urlsplit(seen)
    return parts.scheme not in {"", "http"} or parts.netloc not in {"", "testserver"}


@pytest.mark.django_db
@pytest.mark.parametrize("next", ELSEWHERE)
def test_no_page_leads_to_another_site(case: Case, settings: Any, next: str) -> None:
    """Not the sign-in, the choice of a role, the sign-out, the confirmation, the search or a saved list."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # what is tested is not the hashing
    with_password("a.finance")
    for name, sent in (
        ("account_login", {"login": "a.finance", "password": "four quiet plum trees"}),
        ("choose_role", {"role": "finance"}),
        ("account_reauthenticate", {"password": "four quiet plum trees"}),
        ("saved_views", {"name": "x", "query": next}),
        ("account_logout", {}),
    ):
        client = Client() if name == "account_login" else client_of("a.finance", Role.FINANCE)
        address = f"{reverse(name)}?next={quote(next)}"
        for answer in (client.get(address), client.post(address, {**sent, "next": next})):
            assert not leaves(answer.get("Location", "")) and "X-Evil" not in answer
    client = client_of("a.intake", Role.INTAKE)
    for address in (reverse("search") + f"?q={quote(next)}", reverse("intake") + f"?number={quote(next)}"):
        assert not leaves(client.get(address).get("Location", ""))


@pytest.mark.django_db
def test_signing_in_goes_on_to_our_own_page_only(case: Case) -> None:
    """A link with the page to go on to works for a page of ours."""
    with_password("a.finance")
    sent = {"login": "a.finance", "password": "four quiet plum trees", "next": "/account/sessions/"}
    assert Client().post("/account/login/", sent)["Location"] == "/account/sessions/"


@pytest.mark.django_db
def test_a_form_from_another_site_is_refused(case: Case) -> None:
    """Without the token, with a wrong one, or with the right one but from elsewhere: refused, also to sign in as somebody else."""
    client = Client(enforce_csrf_checks=True)
    client.get("/account/login/")
    token = client.cookies["csrftoken"].value
    sent = {"login": "a.intake", "password": "x"}
    refused = [
        client.post("/account/login/", sent),
        client.post("/account/login/", {**sent, "csrfmiddlewaretoken": "x" * 32}),
        client.post(
            "/account/login/", {**sent, "csrfmiddlewaretoken": token}, headers={"origin": "https://evil.example"}
        ),
        client.post("/account/login/", {**sent, "csrfmiddlewaretoken": token}, headers={"origin": "null"}),
    ]
    assert [answer.status_code for answer in refused] == [403] * 4
    assert client.post("/account/login/", {**sent, "csrfmiddlewaretoken": token}).status_code == 200


@pytest.mark.django_db
def test_cookies_stay_out_of_reach_and_pages_out_of_caches(case: Case) -> None:
    """The session's cookie is for the server alone and ends with the browser; what was seen signed in is kept nowhere."""
    with_password("a.finance")
    client = Client()
    session = sign_in(client, "a.finance").cookies["sessionid"]
    assert session["httponly"] and session["samesite"] == "Lax" and not session["max-age"] and not session["domain"]
    finance = client_of("a.finance", Role.FINANCE)
    for address in ("/office/", "/account/", f"/office/cases/{case.number}/", "/office/nothing/", "/about/"):
        answer = finance.get(address)
        assert "no-store" in answer["Cache-Control"], address
        assert answer["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "no-store" not in Client().get("/about/").get("Cache-Control", "")


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_is_what_was_sent(case: Case, header: str) -> None:
    """No header and no field makes a POST of a GET or the other way round."""
    client = client_of("a.intake", Role.INTAKE)
    assert client.post("/office/", headers={header: "GET"}).status_code == 405
    address = reverse("act", args=[case.number, "screen_application"])
    assert client.get(f"{address}?_method=POST&on=2015-01-16", headers={header: "POST"}).status_code == 200
    case.refresh_from_db()
    assert case.state == "RECEIVED"


@pytest.mark.django_db
def test_forwarded_headers_count_for_nothing_without_a_proxy(case: Case) -> None:
    """Neither host nor scheme nor address of the visitor comes from a header that anybody can write."""
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.9.9.9"}
    answer = Client().get("/account/login/", headers=forged)
    assert answer.status_code == 200 and b"evil.example" not in answer.content
    request = answer.wsgi_request
    assert not request.is_secure() and request.get_host() == "testserver"
    assert client_address(request) == "127.0.0.1"


@pytest.mark.django_db
@pytest.mark.parametrize("forwarded", ["1.2.3.4", "", "no address", "1.1.1.1, <script>"])
def test_a_header_that_no_proxy_wrote_is_passed_over(case: Case, settings: Any, forwarded: str) -> None:
    """Fewer addresses than there are proxies, or none at all: whoever connected counts, and signing in goes on."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    with_password("a.finance")
    client = Client(headers={"X-Forwarded-For": forwarded})
    answer = sign_in(client, "a.finance", "a wrong password")
    assert answer.status_code == 200
    assert client_address(answer.wsgi_request) in {"127.0.0.1", "1.1.1.1"}


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "testserver@evil.example", "a b", "[::1"])
def test_a_strange_host_gets_a_page_that_does_not_repeat_it(case: Case, host: str) -> None:
    """Links that are sent to people are never made from it."""
    answer = Client().get("/account/login/", headers={"host": host})
    assert answer.status_code == 400 and host.encode() not in answer.content
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_server_serves_no_file_but_its_own(tmp_path: Path) -> None:
    """From outside: no way out of the folder of files, no answer to what is no request, headers on every answer."""
    with served(tmp_path) as address:
        port = urlsplit(address).port
        assert port is not None
        for path in (
            "/static/../../../../../../etc/passwd",
            "/static/%2e%2e/%2e%2e/settings.py",
            "/static/..%2f..%2fsettings.py",
            "/static//etc/passwd",
            "/decisions/..%2f..%2f..%2fetc%2fpasswd/",
            "/static/staff/%00",
            "/%ff%fe",
        ):
            answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert answer.split(b" ")[1] in {b"400", b"404"}, path
            assert b"content-security-policy" in answer.lower() and b"root:" not in answer
        host = b"Host: 127.0.0.1\r\n"
        refused: dict[bytes, set[bytes]] = {
            b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host + b"\r\n": {b"414"},
            b"\x00\xff\r\n\r\n": {b"400"},
            b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n": {b"400"},
            b"POST /account/login/ HTTP/1.1\r\n" + host + b"Content-Length: -5\r\n\r\n": {b"400"},
            b"GET /account/login/ HTTP/1.1\r\n" + host + b"Cookie: sessionid=\xff\xfe\r\n\r\n": {b"200", b"400"},
        }
        for sent, codes in refused.items():
            assert raw(port, sent).split(b" ")[1] in codes, sent[:60]
        with pytest.raises(urllib.error.HTTPError) as demo:
            urllib.request.urlopen(f"{address}/demo/", timeout=10)
        assert demo.value.code == 404


def raw(port: int, sent: bytes) -> bytes:
    """The beginning of the answer to bytes, whatever they are."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as door:
        door.sendall(sent)
        return door.recv(4096)
