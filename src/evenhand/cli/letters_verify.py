"""`evenhand letters verify`: whether a letter is the organisation's and unchanged."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from evenhand.typesetting.signature import Verdict

_HELP = """Says of a letter's PDF whether its signature holds.

\b
valid              signed, and not a byte was changed or added since
changed            signed, and changed or added to since
unsigned           it bears no signature
other certificate  whole, but not signed with the certificate that was expected
unreadable         no PDF

Anybody can make a certificate in anybody's name: give the organization's own with --certificate (or name it in
EVENHAND_LETTER_CERTIFICATE) to know who signed. Without it, only that nothing was changed is shown. Nothing is fetched
from the network.

Exit code 0 where the signature is valid, else 1.

\b
Example:
  evenhand letters verify letter.pdf
  evenhand letters verify letter.pdf --certificate organization.crt --json
"""


@click.command("verify", help=_HELP)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--certificate", type=click.Path(path_type=Path), help="The certificate (PEM) that must have signed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def verify_command(file: Path, certificate: Path | None, as_json: bool) -> None:
    from evenhand.reading import BadFile, Fault
    from evenhand.typesetting.signature import SignatureState, verify_pdf

    named = certificate or (Path(p) if (p := os.environ.get("EVENHAND_LETTER_CERTIFICATE")) else None)
    expected = _certificate(named) if named else None
    try:
        verdict = verify_pdf(file.read_bytes(), expected)
    except OSError as error:
        raise BadFile([Fault(file=str(file), what=f"cannot be read: {error.strerror}")]) from None
    if as_json:
        click.echo(json.dumps({"file": str(file), **_plain(verdict)}, ensure_ascii=False, indent=2))
    else:
        _print(file, verdict)
    sys.exit(0 if verdict.state is SignatureState.VALID else 1)


def _certificate(path: Path) -> Certificate:
    """The first certificate of a PEM file. Raises BadFile."""
    from evenhand.reading import BadFile, Fault
    from evenhand.typesetting.signature import CannotSign, read_certificates

    try:
        return read_certificates(path.read_bytes())[0]
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be read: {error.strerror}")]) from None
    except CannotSign as error:
        raise BadFile([Fault(file=str(path), what=str(error))]) from None


def _plain(verdict: Verdict) -> dict[str, object]:
    from evenhand.reading import to_plain

    plain: dict[str, object] = to_plain(verdict)
    return plain


def _print(file: Path, verdict: Verdict) -> None:
    click.echo(f"{file}: {verdict.state}: {verdict.reason}")
    if verdict.organisation:
        when = f", {verdict.signed_at:%Y-%m-%d %H:%M} UTC by the signer's clock" if verdict.signed_at else ""
        click.echo(f"    signed by: {verdict.organisation}{when}")
        click.echo(f"    certificate: SHA-256 {verdict.fingerprint}{' (as expected)' if _expected(verdict) else ''}")
        if verdict.test:
            click.echo("    a test certificate: nobody vouches for it")
        if not verdict.compared and verdict.state == "valid":
            click.echo("    whose certificate it is was not checked; compare it: --certificate FILE")
    click.echo(f"    file: SHA-256 {verdict.sha256}")


def _expected(verdict: Verdict) -> bool:
    return verdict.compared and verdict.state == "valid"
