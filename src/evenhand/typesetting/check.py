"""What we can see for ourselves of PDF/UA-1 and PDF/A-2a in a PDF. A look, not a certificate: no validator is part of
this package.

findings = check_pdf(pdf)       # empty: nothing found
"""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_UA = "{http://www.aiim.org/pdfua/ns/id/}part"
_A_PART = "{http://www.aiim.org/pdfa/ns/id/}part"
_A_LEVEL = "{http://www.aiim.org/pdfa/ns/id/}conformance"


def check_pdf(pdf: bytes, *, author: str | None = None) -> tuple[str, ...]:
    """Findings, a sentence each; none where the PDF is tagged, self-contained, names nobody but `author` and hides
    nothing."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return tuple(_findings(document, author))
    except pikepdf.PasswordError:
        return ("is encrypted: a screen reader or an archive may be locked out",)
    except pikepdf.PdfError as error:
        return (f"is not a readable PDF: {error}",)


def _findings(pdf: pikepdf.Pdf, author: str | None) -> Iterator[str]:
    root = pdf.Root
    if pdf.is_encrypted:
        yield "is encrypted: a screen reader or an archive may be locked out"
    yield from _structure(root)
    yield from _description(pdf, author)
    yield from _declarations(pdf)
    yield from _hidden(pdf)
    yield from _fonts(pdf)


def _structure(root: Any) -> Iterator[str]:
    mark = root.get("/MarkInfo")
    if mark is None or not bool(mark.get("/Marked", False)):
        yield "is not tagged: MarkInfo does not say Marked"
    tree = root.get("/StructTreeRoot")
    if tree is None:
        yield "has no structure tree: headings, tables and reading order are lost on a screen reader"
        return
    roles = list(_roles(tree.get("/K"), tree.get("/RoleMap") or {}))
    levels = [int(role[2]) for role in roles if re.fullmatch(r"/H[1-6]", role)]
    if not levels:
        yield "has no headings in its structure"
    elif levels[0] != 1 or any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield "skips a heading level"
    if roles.count("/Table") and "/TH" not in roles:
        yield "has a table without header cells"
    if not re.search(r"^[A-Za-z]{2,3}", str(root.get("/Lang", ""))):
        yield "does not name its language"


def _roles(node: Any, mapped: Any) -> Iterator[str]:
    """The standard roles of the structure in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _roles(child, mapped)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        role = str(node.S)
        yield str(mapped.get(role, role))
        if "/K" in node:
            yield from _roles(node.K, mapped)


def _description(pdf: pikepdf.Pdf, author: str | None) -> Iterator[str]:
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "has no title"
    shown = pdf.Root.get("/ViewerPreferences")
    if shown is None or not bool(shown.get("/DisplayDocTitle", False)):
        yield "does not ask for its title to be displayed (DisplayDocTitle)"
    if author is None:
        return
    with pdf.open_metadata() as xmp:
        named = {str(pdf.docinfo.get("/Author", author)), *(str(name) for name in xmp.get("dc:creator", [author]))}
    for name in sorted(named - {author}):
        yield f"names {name!r} as its author; only {author!r} may stand there"


def _declarations(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as xmp:
        if xmp.get(_UA) != "1":
            yield "does not declare PDF/UA-1 in its metadata"
        if (xmp.get(_A_PART), xmp.get(_A_LEVEL)) != ("2", "A"):
            yield "does not declare PDF/A-2a in its metadata"
    if not pdf.Root.get("/OutputIntents"):
        yield "has no output intent: its colours are not defined for the archive"


def _hidden(pdf: pikepdf.Pdf) -> Iterator[str]:
    names: Any = pdf.Root.get("/Names") or {}
    scripted = any(str(o.get("/S", "")) == "/JavaScript" for o in pdf.objects if isinstance(o, pikepdf.Dictionary))
    if scripted or "/JavaScript" in names or "/AA" in pdf.Root or "/OpenAction" in pdf.Root:
        yield "holds a script or an action that runs by itself"
    if "/EmbeddedFiles" in names or "/AF" in pdf.Root:
        yield "has files attached"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    missing = set()
    for entry in pdf.objects:
        if not isinstance(entry, pikepdf.Dictionary) or str(entry.get("/Type", "")) != "/Font":
            continue
        if str(entry.get("/Subtype", "")) in {"/Type0", "/Type3"}:
            continue
        descriptor: Any = entry.get("/FontDescriptor") or {}
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            missing.add(str(entry.get("/BaseFont", "?")).lstrip("/"))
    for name in sorted(missing):
        yield f"does not embed its font {name}"
