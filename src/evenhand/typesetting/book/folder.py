"""Writing a book's files: all of them or none, and never over what is no book."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from evenhand.law import Refused

MADE = "files-of-this-book.txt"
"""Lists what a book wrote, so that a later one knows what it may replace."""


def ready(out: Path) -> None:
    """Raises Refused where a book may not be written: over a file, into a folder that holds anything else, or where
    nothing can be written."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise Refused(f"{out} is no folder; give the name of a folder for the rule book, new or of an older book.")
    if out.is_dir():
        foreign = _foreign(out)
        if foreign:
            shown = ", ".join(foreign[:3]) + (" and more" if len(foreign) > 3 else "")
            raise Refused(f"{out} holds what is no rule book ({shown}); give an empty or a new folder.")
    above = next((folder for folder in out.absolute().parents if folder.exists()), None)
    if above is None or not above.is_dir() or not os.access(above, os.W_OK):
        raise Refused(f"{out} cannot be made: {above} cannot be written to; give another folder.")


def _foreign(out: Path) -> list[str]:
    """What lies in the folder and no book wrote."""
    made = out / MADE
    own = set(made.read_text(encoding="utf-8", errors="replace").split()) | {MADE} if made.is_file() else set()
    # A book writes files alone: a folder or a link of a page's name is somebody else's.
    return sorted(path.name for path in out.iterdir() if path.name not in own or path.is_symlink() or path.is_dir())


def written(files: Mapping[str, bytes], out: Path) -> None:
    """Writes the files beside `out` and then puts them in its place: whoever looks finds the old book or the new one.
    Raises Refused as `ready` does, and where the disk refuses."""
    ready(out)
    beside = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
        new, old = beside / "new", beside / "old"
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        (new / MADE).write_text("".join(f"{name}\n" for name in sorted(files)), encoding="utf-8")
        if out.exists():
            out.rename(old)
        try:
            new.rename(out)
        except OSError:
            if old.exists():
                old.rename(out)
            raise
    except OSError as error:
        raise Refused(f"The rule book could not be written to {out}: {error.strerror or error}.") from None
    finally:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
