"""Long files, written a line at a time: whole in the end, or not there at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evenhand.reading import BadFile, Fault


@contextmanager
def json_lines(path: Path) -> Iterator[Callable[[Any], None]]:
    """Takes documents, one a line. The file appears when the block has ended well; what is half done never does.

    Raises BadFile for what is there and is no ordinary file: the new file would take the place of a device or a link.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        what = "is no ordinary file (a device, a pipe, a link or a folder); give the name of a file, new or old"
        raise BadFile([Fault(file=str(path), what=what)])
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name of its own: two runs may write the same file, and somebody may have a file of the simpler name.
    half_done = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with half_done.open("w", encoding="utf-8") as file:

            def write(document: Any) -> None:
                file.write(json.dumps(document, ensure_ascii=False, default=str))
                file.write("\n")

            yield write
        half_done.replace(path)
    finally:
        half_done.unlink(missing_ok=True)
