"""Everything that bytes say, however they are wrapped: for tests that look for what must not be there.

PDF (every object and stream decoded, properties, the text of the pages), ZIP, gzip, mail with its parts, JSON, HTML, base64, and
text in any usual encoding. A container that this cannot open raises: what was not looked at is not called clean.
"""

from __future__ import annotations

import base64
import binascii
import email
import email.policy
import gzip
import html
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_plus

import pikepdf
import pypdfium2

DEEPEST = 6
UNOPENED = {b"PAR1": "Parquet", b"7z\xbc\xaf": "7-Zip", b"\x28\xb5\x2f\xfd": "Zstandard", b"BZh": "bzip2"}
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]{4}\s*){6,}[A-Za-z0-9+/_-]{0,3}={0,2}")
_MAIL = re.compile(rb"^(?:mime-version|content-type|content-transfer-encoding):", re.IGNORECASE | re.MULTILINE)
# What may stand between two letters of a word without changing it, accents behind their letter too.
_JOINTS = re.compile(r"[\s\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff_-]+")
_NO_JOINTS = {sign: None for sign in range(128) if _JOINTS.match(chr(sign))}


def plain(text: str) -> str:
    """A text for comparing: without case, accents, kinds of letters, and anything that may stand between two words."""
    if text.isascii():
        return text.translate(_NO_JOINTS).lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _JOINTS.sub("", folded)


def told(content: bytes, *, deep: int = 0) -> Iterator[str]:
    """The texts in `content`, from whatever wraps them. Raises AssertionError for a container that cannot be opened."""
    assert deep <= DEEPEST, "wrapped deeper than anything that the office writes"
    for sign, name in UNOPENED.items():
        assert not content.startswith(sign), f"{name}: teach tests/decoded.py to open it"
    yield from _encodings(content)
    for inside in _opened(content):
        yield from told(inside, deep=deep + 1)


def _encodings(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8", errors="replace")
    yield text
    if "&" in text:
        yield html.unescape(text)
    if "%" in text or "+" in text:
        yield unquote_plus(text, errors="replace")
    if b"\0" in content:
        yield from (content.decode(name, errors="replace") for name in ("utf-16-le", "utf-16-be"))
        yield from (content[1:].decode(name, errors="replace") for name in ("utf-16-le", "utf-16-be"))
    if not content.isascii():
        yield content.decode("latin-1")
    if text.lstrip()[:1] in {"{", "[", '"'}:
        yield from _json(text)


def _json(text: str) -> Iterator[str]:
    for line in [text, *text.splitlines()]:
        try:
            yield json.dumps(json.loads(line), ensure_ascii=False)
        except ValueError:
            continue


def _opened(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"%PDF"):
        yield from _pdf(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.infolist():
                yield from (member.filename.encode(), member.comment, packed.read(member))
    elif content.startswith(b"\x1f\x8b"):
        yield gzip.decompress(content)
    else:
        yield from _mail(content)
        yield from _base64(content)


def _pdf(content: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                with_filters = thing.read_raw_bytes()
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:  # a picture's own coding
                    yield with_filters
            yield repr(thing).encode()
            yield from (bytes(text) for text in _strings(thing))
        with pdf.open_metadata() as about:
            yield str(about).encode()
        for name, file in pdf.attachments.items():
            yield from (name.encode(), file.get_file().read_bytes())
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield page.get_textpage().get_text_range().encode("utf-8", errors="replace")


def _strings(thing: pikepdf.Object) -> Iterator[pikepdf.String]:
    kinds: list[object] = [thing]
    while kinds:
        one = kinds.pop()
        if isinstance(one, pikepdf.String):
            yield one
        elif isinstance(one, pikepdf.Array) and not one.is_indirect:
            kinds += list(one)  # type: ignore[call-overload]
        elif isinstance(one, pikepdf.Dictionary):
            kinds += [value for _, value in one.items() if not getattr(value, "is_indirect", False)]


def _mail(content: bytes) -> Iterator[bytes]:
    if not _MAIL.search(content[:2000]):
        return
    message = email.message_from_bytes(content, policy=email.policy.default)
    yield " | ".join(["Head", *(f"{name}: {value}" for name, value in message.items())]).encode()
    for part in message.walk():
        if not part.is_multipart():
            yield part.get_payload(decode=True) or b""


def _base64(content: bytes) -> Iterator[bytes]:
    for match in _BASE64.finditer(content):
        try:
            inside = base64.b64decode(re.sub(rb"\s", b"", match[0]).rstrip(b"=") + b"==", altchars=None)
        except (binascii.Error, ValueError):
            continue
        if inside[:2] in {b"x\x9c", b"x\xda", b"x\x01"}:
            try:
                yield zlib.decompress(inside)
            except zlib.error:
                continue
        yield inside


def found(content: bytes, secrets: dict[str, str]) -> set[str]:
    """Which secrets (what it is: the text) are in `content`, in any wrapping, however spaced or written."""
    wanted = {what: plain(text) for what, text in secrets.items()}
    seen: set[str] = set()
    for text in told(content):
        flat = plain(text)
        seen |= {what for what, secret in wanted.items() if what not in seen and secret in flat}
    return seen
