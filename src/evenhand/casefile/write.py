"""An indexed file to a folder: `index.json`, the text of each page, the chronology. Written so that a break leaves no
half file."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from evenhand.casefile.chronology import Entry, to_csv
from evenhand.casefile.facts import CaseFile, Document, Page
from evenhand.casefile.kinds import UNDATED
from evenhand.reading import to_plain

INDEX = "index.json"
CHRONOLOGY = "chronology.csv"
TEXT = "text"
_TEXT_FILE = re.compile(r"\d{4,}\.txt")


def text_name(number: int) -> str:
    """The name of a page's text file within the folder: `text/0012.txt`."""
    return f"{TEXT}/{number:04d}.txt"


def as_plain(file: CaseFile) -> dict[str, Any]:
    """The file as plain data: documents, and pages with the name of their text file instead of the text itself."""
    return {
        "documents": [_document(document) for document in file.documents],
        "pages": [_page(page) for page in file.pages],
    }


def write(
    file: CaseFile, entries: tuple[Entry, ...], folder: Path, *, problems: tuple[dict[str, str], ...] = ()
) -> None:
    """Writes the file into `folder`, each file whole or not at all, `index.json` last; texts of an earlier index that
    no longer belong to it are removed, nothing else in the folder is touched. Raises OSError."""
    (folder / TEXT).mkdir(parents=True, exist_ok=True)
    for page in file.pages:
        replace(folder / text_name(page.number), page.text + "\n" if page.text else "")
    replace(folder / CHRONOLOGY, to_csv(entries))
    plain = {**as_plain(file), "problems": list(problems)}
    replace(folder / INDEX, json.dumps(plain, ensure_ascii=False, indent=1) + "\n")
    kept = {Path(text_name(page.number)).name for page in file.pages}
    for old in (folder / TEXT).iterdir():
        if _TEXT_FILE.fullmatch(old.name) and old.name not in kept:
            old.unlink()


def replace(path: Path, content: str | bytes) -> None:
    """Puts `content` at `path` in one step: a reader sees the old file or the new one, never half."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _document(document: Document) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(document)
    plain["last_page"] = document.last_page
    if document.dated == UNDATED:
        plain["dated"] = None
    return plain


def _page(page: Page) -> dict[str, Any]:
    plain: dict[str, Any] = to_plain(page)
    plain["characters"] = len(plain.pop("text"))
    plain["text_file"] = text_name(page.number)
    return plain
