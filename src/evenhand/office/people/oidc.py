"""Sign-in through somebody else's directory (OpenID Connect), by configuration. Read by the settings; knows no Django.

Either EVENHAND_OIDC names a JSON file with one object or a list of them:

    {"name": "State directory", "issuer": "https://id.example.gov", "client_id": "evenhand",
     "client_secret_file": "secrets/oidc", "username_claim": "preferred_username", "trusted_amr": ["mfa"]}

or the same stands in EVENHAND_OIDC_NAME, EVENHAND_OIDC_ISSUER, EVENHAND_OIDC_CLIENT_ID, EVENHAND_OIDC_CLIENT_SECRET_FILE,
EVENHAND_OIDC_USERNAME_CLAIM and EVENHAND_OIDC_TRUSTED_AMR (with commas).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from evenhand.reading import BadFile, Fault

WANTED = ("name", "issuer", "client_id", "client_secret_file")
KNOWN = frozenset((*WANTED, "username_claim", "trusted_amr"))
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, kw_only=True)
class Directory:
    """A directory through which existing accounts may enter."""

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    username_claim: str
    trusted_amr: tuple[str, ...]
    """Methods (`amr` of the identity token) that count as a second factor here; empty: ours is always asked for."""


def directories(environment: Mapping[str, str]) -> tuple[Directory, ...]:
    """The configured directories. Raises BadFile in words for a configuration that cannot be meant."""
    if named := environment.get("EVENHAND_OIDC"):
        path = Path(named)
        return tuple(_directory(entry, named, path.parent) for entry in _entries(path))
    if not environment.get("EVENHAND_OIDC_ISSUER"):
        return ()
    given = {
        "name": environment.get("EVENHAND_OIDC_NAME") or "Directory",
        "issuer": environment["EVENHAND_OIDC_ISSUER"],
        "client_id": environment.get("EVENHAND_OIDC_CLIENT_ID", ""),
        "client_secret_file": environment.get("EVENHAND_OIDC_CLIENT_SECRET_FILE", ""),
        "username_claim": environment.get("EVENHAND_OIDC_USERNAME_CLAIM") or "preferred_username",
        "trusted_amr": [word for word in environment.get("EVENHAND_OIDC_TRUSTED_AMR", "").split(",") if word],
    }
    return (_directory(given, "EVENHAND_OIDC_ISSUER", Path()),)


def providers(known: tuple[Directory, ...]) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The directories as django-allauth's setting."""
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": one.id,
                    "name": one.name,
                    "client_id": one.client_id,
                    "secret": one.client_secret,
                    "settings": {
                        "server_url": one.issuer,
                        "oauth_pkce_enabled": True,
                        "username_claim": one.username_claim,
                        "trusted_amr": list(one.trusted_amr),
                    },
                }
                for one in known
            ]
        }
    }


def _entries(path: Path) -> list[Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be read: {error.strerror}")]) from None
    except ValueError as error:
        raise BadFile([Fault(file=str(path), what=f"is not JSON: {error}")]) from None
    return read if isinstance(read, list) else [read]


def _directory(entry: Any, file: str, folder: Path) -> Directory:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) and entry[key] for key in WANTED):
        raise BadFile([Fault(file=file, what=f"a directory needs {', '.join(WANTED)}, each as text")])
    if strange := sorted(set(entry) - KNOWN):
        raise BadFile([Fault(file=file, what=f"nobody knows {', '.join(strange)}; known: {', '.join(sorted(KNOWN))}")])
    parts = urlsplit(entry["issuer"])
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise BadFile([Fault(file=file, where="issuer", what=f"is {entry['issuer']}; it must begin with https://")])
    trusted = entry.get("trusted_amr") or []
    if not isinstance(trusted, list) or not all(isinstance(word, str) for word in trusted):
        raise BadFile([Fault(file=file, where="trusted_amr", what="is a list of words such as mfa")])
    return Directory(
        id=re.sub(r"[^a-z0-9]+", "-", entry["name"].lower()).strip("-") or "directory",
        name=entry["name"],
        issuer=entry["issuer"].rstrip("/"),
        client_id=entry["client_id"],
        client_secret=_secret(folder / entry["client_secret_file"]),
        username_claim=entry.get("username_claim") or "preferred_username",
        trusted_amr=tuple(trusted),
    )


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"the client's secret cannot be read: {error.strerror}")]) from None
