"""Where the office keeps its things, from the environment. One place; nothing else reads it.

EVENHAND_DATABASE_URL   sqlite:///PATH, PATH or postgresql://...      default var/evenhand.sqlite3
EVENHAND_HOME           objects, keys, corpus, checkpoints            default: a folder beside the SQLite file, of its name;
                        several machines on one PostgreSQL share it   for PostgreSQL var/postgresql-NAME
EVENHAND_SIGNING_KEY    PEM file with an Ed25519 private key           default HOME/keys/signing.pem, made at first use
EVENHAND_LETTER_KEY     PEM file with the key that signs letters      default HOME/keys/letters.pem, made at first use
EVENHAND_LETTER_CERTIFICATE  PEM file with the certificate for it      default: a test certificate, made at first use
EVENHAND_MASTER_KEY     file with 32 bytes that wrap the case keys     default HOME/keys/master.key, made at first use
EVENHAND_ORGANISATION   YAML file: name, address, phone, e-mail       default: an example organisation
EVENHAND_ADOPTED_LAW    readings where the law pack only asks: none,   default earlier: the numbers that held before
                        earlier, or a YAML file or folder of one's own
EVENHAND_SECRET_KEY     Django's secret                               default HOME/keys/django.key, made at first use
EVENHAND_SMTP_URL       smtp(s)://USER:PASSWORD@HOST:PORT              default none: messages are shown on standard error
EVENHAND_MAIL_FROM      the sender's address                          default imr@example.org
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from evenhand.reading import BadFile, Fault

DEFAULT_DATABASE = "var/evenhand.sqlite3"


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The office's places."""

    database_url: str
    home: Path
    signing_key: Path
    master_key: Path
    letter_key: Path
    letter_certificate: Path | None
    """Of the key that signs letters; `None` where nobody named one, so that a test certificate stands in."""
    organisation_file: Path | None
    adopted_law: str
    """"none", "earlier", or the path of the organisation's own readings of the law."""

    @property
    def tag_key(self) -> Path:
        """The 32 bytes under which reviewers' tags in the log are made; an auditor with them computes the tags anew."""
        return self.home / "keys" / "tags.key"

    @property
    def objects(self) -> Path:
        """Folder of the sealed documents."""
        return self.home / "objects"

    @property
    def corpus(self) -> Path:
        """Folder of the published decisions and their index."""
        return self.home / "corpus"

    @property
    def checkpoints(self) -> Path:
        """Copy of the signed checkpoints outside the database, so that removing both is needed to hide a removal."""
        return self.home / "checkpoints.jsonl"


def configuration() -> Configuration:
    """Reads the environment."""
    url = normal_url(os.environ.get("EVENHAND_DATABASE_URL") or DEFAULT_DATABASE)
    sqlite = sqlite_path(url)
    home = Path(os.environ.get("EVENHAND_HOME") or (_beside(sqlite) if sqlite else _home_of(url))).absolute()
    organisation = os.environ.get("EVENHAND_ORGANISATION")
    certificate = os.environ.get("EVENHAND_LETTER_CERTIFICATE")
    return Configuration(
        database_url=url,
        home=home,
        signing_key=Path(os.environ.get("EVENHAND_SIGNING_KEY") or home / "keys" / "signing.pem"),
        master_key=Path(os.environ.get("EVENHAND_MASTER_KEY") or home / "keys" / "master.key"),
        letter_key=Path(os.environ.get("EVENHAND_LETTER_KEY") or home / "keys" / "letters.pem"),
        letter_certificate=Path(certificate) if certificate else None,
        organisation_file=Path(organisation) if organisation else None,
        adopted_law=os.environ.get("EVENHAND_ADOPTED_LAW") or "earlier",
    )


def _beside(database: Path) -> Path:
    """`var/evenhand` for `var/evenhand.sqlite3`: two databases in one folder never share keys or papers."""
    return database.with_suffix("") if database.suffix else database.with_name(f"{database.name}.office")


def _home_of(url: str) -> Path:
    """A folder of a PostgreSQL database's own, below where one works."""
    return Path("var") / f"postgresql-{unquote(urlsplit(url).path).strip('/').replace('/', '-') or 'unnamed'}"


def shown(url: str) -> str:
    """A database URL as it may be shown: without user, password and options."""
    if sqlite_path(url):
        return str(sqlite_path(url))
    parts = urlsplit(url)
    host = dict(parse_qsl(parts.query)).get("host") or parts.netloc.rpartition("@")[2] or "this machine"
    return f"PostgreSQL database {unquote(parts.path).strip('/') or '(none named)'} at {host}"


def normal_url(given: str) -> str:
    """A database URL from a URL or a plain path to an SQLite file."""
    if "://" in given:
        scheme = given.split("://", 1)[0]
        if scheme not in {"sqlite", "postgresql", "postgres"}:
            what = f"database URL begins with {scheme}://; allowed: sqlite:///PATH, PATH, postgresql://USER@HOST/NAME"
            raise BadFile([Fault(file="--database", what=what)])
        if scheme != "sqlite":
            _require_sense(given)
        return given
    return f"sqlite:///{Path(given).absolute()}"


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite URL; `None` for another database. `sqlite:///a/b` is relative, `sqlite:////a/b` absolute."""
    if not url.startswith("sqlite:"):
        return None
    return Path(unquote(url.removeprefix("sqlite:///"))).absolute()


def django_database(url: str) -> dict[str, object]:
    """Django's settings for a database URL."""
    path = sqlite_path(url)
    if path:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(path),
            # FULL: a decision that was acknowledged survives a power cut. IMMEDIATE: a writer waits at the start, never half-way.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    return _postgresql(url)


def _postgresql(url: str) -> dict[str, object]:
    """What stands behind the question mark goes to the driver (sslmode, sslrootcert, application_name ...), host and port apart.

    Nobody waits for ever: 20 seconds for a row that somebody holds (as on SQLite), a minute for a statement.
    """
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    limits = "-c statement_timeout=60s -c lock_timeout=20s -c idle_in_transaction_session_timeout=30min"
    options = {"connect_timeout": "10", "application_name": "evenhand"} | {
        name: value for name, value in query.items() if name not in {"host", "port", "user", "password", "dbname"}
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path).strip("/"),
        "USER": query.get("user") or unquote(parts.username or ""),
        "PASSWORD": query.get("password") or unquote(parts.password or ""),
        "HOST": query.get("host") or unquote(parts.hostname or ""),
        "PORT": query.get("port") or str(parts.port or ""),
        # Kept for a minute, and tried before a page uses it: a server that was restarted is not felt.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options | {"options": f"{limits} {query.get('options', '')}".strip()},
    }


def django_mail() -> dict[str, object]:
    """Django's settings for e-mail. Without a mail server messages are shown on standard error, and said to be only shown."""
    url, sender = os.environ.get("EVENHAND_SMTP_URL"), os.environ.get("EVENHAND_MAIL_FROM") or "imr@example.org"
    if not url:
        return {
            "EMAIL_BACKEND": "evenhand.office.correspondence.shown.ShownOnly",
            "DEFAULT_FROM_EMAIL": sender,
        }
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in {"smtp", "smtps"} or not host:
        what = "is not of the form smtp://USER:PASSWORD@HOST:PORT (STARTTLS) or smtps://… (TLS from the start)"
        raise BadFile([Fault(file="EVENHAND_SMTP_URL", what=what)])
    inside = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port or (465 if inside else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": inside,
        # A server on this machine is reached without a network; every other one only under TLS.
        "EMAIL_USE_TLS": not inside and host not in {"localhost", "127.0.0.1", "::1"},
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
    }


def _require_sense(url: str) -> None:
    """Raises BadFile for an address that names no database or whose port is none."""
    form = "allowed: postgresql://USER@HOST:PORT/NAME?sslmode=verify-full"
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:  # its words may hold a piece of the password
        what = f"is no address of a database (a password's signs are written %XX); {form}"
        raise BadFile([Fault(file="--database", what=what)]) from None
    if not unquote(parts.path).strip("/"):
        raise BadFile([Fault(file="--database", what=f"names no database; {form}")])


def secret(path: Path, make: bytes | None = None, *, may_make: bool = True) -> bytes:
    """The secret in `path`, made once with mode 0600 if there is none. Two starters at once agree on the first one's.

    `may_make` is false where something was sealed or signed with it already: a new one would open nothing and would hide the loss.
    Raises BadFile then.
    """
    if not path.exists():
        if not may_make:
            what = "is missing, and what was sealed or signed with it is there; restore it from the backup of the keys"
            raise BadFile([Fault(file=str(path), what=what)])
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(make or secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
