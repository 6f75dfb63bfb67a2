"""A small OpenID Connect provider on this machine: discovery, authorization, token, user information, keys. For tests only."""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "evenhand", "the client's secret"


class Directory(ThreadingHTTPServer):
    """Knows one person at a time; tests say who it is and how the token is wrong."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.issuer = f"http://127.0.0.1:{self.server_address[1]}"
        self.claims: dict[str, Any] = {"preferred_username": "a.intake"}
        self.token: dict[str, Any] = {}
        """What stands in the identity token beside or instead of what should."""
        self.codes: dict[str, dict[str, str]] = {}

    def identity(self) -> str:
        """The signed identity token."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
        }
        return jwt.encode({**claims, **self.claims, **self.token}, self.key, algorithm="RS256", headers={"kid": "1"})


class _Answers(BaseHTTPRequestHandler):
    server: Directory

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        issuer = self.server.issuer
        if parts.path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "me"}
            known = {name: f"{issuer}/{path}" for name, path in names.items()}
            self._json({"issuer": issuer, "jwks_uri": f"{issuer}/keys", **known})
        elif parts.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            code = secrets.token_urlsafe(8)
            self.server.codes[code] = asked
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        elif parts.path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.server.key.public_key(), as_dict=True)
            self._json({"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]})
        else:
            self._json({"sub": "1", **self.server.claims})

    def do_POST(self) -> None:
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        asked = self.server.codes.pop(given["code"][0], None)
        proof = hashlib.sha256(given.get("code_verifier", [""])[0].encode()).digest()
        right = asked is not None and asked["code_challenge"] == urlsafe_b64encode(proof).decode().rstrip("=")
        if not right or given.get("client_secret") != [SECRET]:
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": self.server.identity()})

    def _json(self, data: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def running() -> Iterator[Directory]:
    """The provider, in a thread, for as long as the block lasts."""
    directory = Directory()
    thread = threading.Thread(target=directory.serve_forever, daemon=True)
    thread.start()
    try:
        yield directory
    finally:
        directory.shutdown()
        directory.server_close()
        thread.join()
