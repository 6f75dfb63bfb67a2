"""A document to PDF, typeset by typst: tagged for screen readers (PDF/UA-1) and fit for the archive (PDF/A-2a),
declared as both.

What the document says goes in as JSON, never as markup, so nothing in it can become a command. The fonts are those
inside the typst package, so that every machine sets the same pages, and the same document gives the same bytes.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from evenhand.typesetting.document import Document
from evenhand.typesetting.plain import plain_document

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")

# One attempt for each further character that no font has. A text with more kinds of them than this is not a letter.
_MOST_ATTEMPTS = 60
_UNDISPLAYABLE = (
    re.compile(r"the text `\"(?P<text>.*)\"` could not be displayed", re.S),
    re.compile(r"(?:contains the codepoint|disallowed codepoint) `\"(?P<text>.*?)\"`", re.S),
)


class CannotTypeset(ValueError):
    """A document that cannot be made into a PDF of the declared standards, in words."""


def to_pdf(document: Document, *, created: date) -> bytes:
    """The PDF of `document`, dated `created`. Same input, same bytes.

    A character that no embedded font has is printed as its code point, [U+6F22]: visibly, so that nothing is lost in
    silence. Raises CannotTypeset.
    """
    content = json.dumps(plain_document(document), ensure_ascii=False)
    for _ in range(_MOST_ATTEMPTS):
        try:
            return _compile(content, created)
        except typst.TypstError as error:
            shown = _without_undisplayable(content, str(error))
            if shown == content:
                raise CannotTypeset(f"the document {document.title!r} cannot be typeset: {error}") from None
            content = shown
    raise CannotTypeset(
        f"the document {document.title!r} has too many characters that no font can show; give it as text"
    )


def _compile(content: str, created: date) -> bytes:
    return typst.compile(
        _template(),
        sys_inputs={"document": content, "created": created.isoformat()},
        format="pdf",
        pdf_standards=list(STANDARDS),
        ignore_system_fonts=True,
    )


@cache
def _template() -> bytes:
    return files("evenhand.typesetting").joinpath("document.typ").read_bytes()


def _without_undisplayable(content: str, error: str) -> str:
    """`content` with the characters that `error` names written as code points."""
    for pattern in _UNDISPLAYABLE:
        if found := pattern.search(error):
            for character in _unescaped(found["text"]):
                content = content.replace(character, f"[U+{ord(character):04X}]")
    return content


def _unescaped(text: str) -> str:
    return re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda code: chr(int(code[1], 16)), text)
