"""The search itself: what is planted is found, in every wrapping in which the office lets anything leave."""

from __future__ import annotations

import base64
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

import pikepdf
import pytest

from evenhand.typesetting.document import Document, Paragraph, Title
from evenhand.typesetting.pdf import to_pdf
from tests.decoded import found

NAME = "Zéphyrine O’Konquérre"
SECRETS = {"name": NAME, "number": "1999911001"}


def _zip(inside: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a/b.txt", inside)
    return packed.getvalue()


def _mail(inside: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = "A case"
    message.set_content("See the paper.")
    message.add_attachment(inside, maintype="application", subtype="octet-stream", filename="paper.bin")
    return message.as_bytes()


def _stream(inside: bytes) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.Hidden = pdf.make_indirect(pikepdf.Stream(pdf, inside))
        made = io.BytesIO()
        pdf.save(made, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return made.getvalue()


def _property(inside: bytes) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = inside.decode()
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()


WRAPPED: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda inside: inside,
    "UTF-16": lambda inside: b"\xff\xfe" + inside.decode().encode("utf-16-le"),
    "latin-1 beside other bytes": lambda inside: (
        b"\x00\x01" + inside.decode().encode("latin-1", errors="replace") + b"\xfe"
    ),
    "JSON with escapes": lambda inside: json.dumps({"a": [inside.decode()]}).encode(),
    "HTML": lambda inside: inside.decode().encode("ascii", errors="xmlcharrefreplace"),
    "an address": lambda inside: b"/search?q=" + "".join(f"%{byte:02X}" for byte in inside).encode(),
    "split over lines": lambda inside: inside.replace(b" ", b"\r\n   "),
    "base64": lambda inside: b"data:text/plain;base64," + base64.b64encode(b"before " + inside + b" behind"),
    "ZIP": _zip,
    "gzip": gzip.compress,
    "mail": _mail,
    "PDF stream": _stream,
    "PDF property": _property,
    "ZIP of mails of gzip": lambda inside: _zip(_mail(gzip.compress(inside))),
}


@pytest.mark.parametrize("wrapping", WRAPPED)
def test_what_is_planted_is_found(wrapping: str) -> None:
    """A number is found in every wrapping, a name too where its letters survive; without them nothing is found."""
    wrap = WRAPPED[wrapping]
    assert "number" in found(wrap(b"No. 1999-911 001 of the register"), SECRETS)
    if "latin" not in wrapping:
        assert found(wrap(f"by {NAME}, MD".encode()), SECRETS) == {"name"}
    assert found(wrap(b"Nobody of that name; 1999911002"), SECRETS) == set()


def test_what_is_typeset_is_found() -> None:
    """A name on the page of our own PDF, whose letters are drawn as numbers of a subset font."""
    document = Document(title="Letter", author="Office", blocks=(Title(text="A letter"), Paragraph(text=NAME)))
    assert found(to_pdf(document, created=date(2015, 1, 2)), SECRETS) == {"name"}


def test_what_cannot_be_opened_is_not_called_clean() -> None:
    """A container that the search knows by its first bytes and cannot open fails the test that meets it."""
    with pytest.raises(AssertionError, match="Parquet"):
        found(b"PAR1" + bytes(20) + b"PAR1", SECRETS)
