"""A letter's lines, from a PDF or from text, each with what the page tells about it: weight, the space above, the page.

The lines carry the words exactly as they stand. A hyphen at a line end is kept: joining "1-" and "2 times" to "12
times" would
change what was decided.
"""

from __future__ import annotations

import re
import stat
import statistics
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

# What pdfium puts where a line ends in a hyphen and it joined the two halves of the word.
_JOINED_HYPHEN = "\ufffe"
_BOLD_FROM = 600
# More bytes than any letter has, scanned ones too.
LARGEST = 100_000_000
# More pages and signs than any letter has; a hostile PDF may claim millions of either.
MOST_PAGES = 500
MOST_SIGNS = 5_000_000
# Space above a line, in line pitches, from which a new paragraph begins.
_GAP = 1.35


class NotALetter(ValueError):
    """What was given is not a determination letter that can be read. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `bold` is the weight of its first letter (`None` where the source cannot tell); `gap` says that
    a paragraph begins.
    """

    text: str
    page: int
    gap: bool
    bold: bool | None = None


def lines_of(given: Path | str | bytes) -> tuple[Line, ...]:
    """The lines of a PDF or text: a path, a PDF's bytes, or the text itself. Raises NotALetter."""
    if isinstance(given, bytes):
        return _lines_of_bytes(given)
    if isinstance(given, str):
        return lines_of_text(given)
    try:
        content = _content(given)
    except FileNotFoundError:
        raise NotALetter("the file does not exist; check the path") from None
    except OSError as error:
        raise NotALetter(f"the file cannot be read: {error.strerror}") from None
    return _lines_of_bytes(content)


def _content(path: Path) -> bytes:
    """The bytes of a regular file; a pipe or a device would keep us waiting, or never end."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise NotALetter("this is a folder; give the letters in it, or use `evenhand letters read`")
    if not stat.S_ISREG(status.st_mode):
        raise NotALetter("this is no regular file (a pipe or a device); save the letter as a file and give that")
    if status.st_size > LARGEST:
        size, most = status.st_size // 1_000_000, LARGEST // 1_000_000
        raise NotALetter(f"the file has {size} MB and a letter at most {most} MB; give the letter alone")
    with path.open("rb") as file:
        return file.read(LARGEST)


def _lines_of_bytes(content: bytes) -> tuple[Line, ...]:
    if content[:1024].lstrip().startswith(b"%PDF"):
        return lines_of_pdf(content)
    if b"\0" in content[:4096]:
        raise NotALetter("this is neither a PDF nor text; give the letter as a PDF or as UTF-8 text")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return lines_of_text(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise NotALetter("the text is not UTF-8; save it as UTF-8")


def lines_of_pdf(content: bytes) -> tuple[Line, ...]:
    """The lines of a PDF's text layer, top to bottom, page after page. Raises NotALetter."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise NotALetter("the PDF asks for a password; save a copy without one") from None
        raise NotALetter("the PDF is damaged and cannot be opened; get another copy") from None
    try:
        found = _pages(document)
    except pypdfium2.PdfiumError:
        raise NotALetter("a page of the PDF is damaged and cannot be read; get another copy") from None
    finally:
        document.close()
    if not any(line.text for line in found):
        raise NotALetter(
            "the PDF has no text, only pictures; run OCR first (`evenhand casefile index` reads scanned papers)"
        )
    return tuple(found)


def _pages(document: Any) -> list[Line]:
    """The lines of all pages, within bounds."""
    if len(document) > MOST_PAGES:
        raise NotALetter(f"the PDF has {len(document)} pages and a letter at most {MOST_PAGES}; give the letter alone")
    found: list[Line] = []
    signs = 0
    for number in range(len(document)):
        page = document[number]
        try:
            lines = _page(page, number + 1)
        finally:
            page.close()
        signs += sum(len(line.text) for line in lines)
        if signs > MOST_SIGNS:
            raise NotALetter(f"the PDF has more than {MOST_SIGNS:,} signs of text; give the letter alone")
        found += lines
    return found


def _page(page: Any, number: int) -> list[Line]:
    import pypdfium2.raw as raw

    text_page = page.get_textpage()
    handle = text_page.raw
    count = text_page.count_chars()
    if count > MOST_SIGNS:
        raise NotALetter(f"page {number} has more than {MOST_SIGNS:,} signs of text; give the letter alone")
    text = text_page.get_text_range()
    if (
        len(text) != count
    ):  # the index of a letter must be its place in the text, or weights would be read off other letters
        text = "".join(chr(raw.FPDFText_GetUnicode(handle, i)) for i in range(count))
    rows: list[tuple[str, float | None, bool | None]] = []
    for match in re.finditer(rf"[^\r\n{_JOINED_HYPHEN}]+{_JOINED_HYPHEN}?", text):
        words = match.group().replace(_JOINED_HYPHEN, "-")
        first = next((i for i in range(match.start(), match.end()) if not text[i].isspace()), None)
        if first is not None:
            rows.append((words.strip(), _baseline(raw, handle, first), _is_bold(raw, handle, first)))
    return _with_gaps(rows, number)


def _with_gaps(rows: list[tuple[str, float | None, bool | None]], number: int) -> list[Line]:
    """Marks where the space above a line is larger than the page's usual pitch.

    The first line of a page cannot be told.
    """
    steps = [a[1] - b[1] for a, b in pairwise(rows) if a[1] is not None and b[1] is not None]
    pitches = [step for step in steps if step > 4]
    pitch = statistics.median_low(pitches) if pitches else 14.0
    lines: list[Line] = []
    above: float | None = None
    for words, baseline, bold in rows:
        gap = above is not None and baseline is not None and above - baseline > _GAP * pitch
        lines.append(Line(words, number, gap, bold))
        above = baseline if baseline is not None else above
    return lines


def _baseline(raw: Any, handle: Any, index: int) -> float | None:
    import ctypes

    x, y = ctypes.c_double(), ctypes.c_double()
    return y.value if raw.FPDFText_GetCharOrigin(handle, index, x, y) else None


def _is_bold(raw: Any, handle: Any, index: int) -> bool | None:
    import ctypes

    weight = raw.FPDFText_GetFontWeight(handle, index)
    if weight >= _BOLD_FROM:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(handle, index, name, len(name), flags)
    if length and b"bold" in name.value.lower():
        return True
    return False if weight > 0 or length else None


def lines_of_text(text: str) -> tuple[Line, ...]:
    """The lines of plain text.

    A form feed begins a page; blank lines begin a paragraph (more than one, in double-spaced text).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", " ")
    pages = text.split("\f")
    rows = [(" ".join(raw.split()), number) for number, page in enumerate(pages, 1) for raw in page.split("\n")]
    enough = _blanks_for_a_paragraph([words for words, _ in rows])
    lines: list[Line] = []
    blanks, page_before = 0, 0
    for words, number in rows:
        if not words:
            blanks += 1
            continue
        gap = bool(lines) and blanks >= enough and number == page_before
        lines.append(Line(words, number, gap))
        blanks, page_before = 0, number
    if not lines:
        raise NotALetter("the text is empty")
    return tuple(lines)


def _blanks_for_a_paragraph(rows: list[str]) -> int:
    """How many blank lines part two paragraphs: one, or two where nearly every line is followed by a blank one."""
    followed = [not after for before, after in pairwise(rows) if before]
    double_spaced = len(followed) > 8 and sum(followed) / len(followed) > 0.8
    return 2 if double_spaced else 1


def unwrap(lines: tuple[Line, ...] | list[Line]) -> str:
    """The lines as running text. Words split at a hyphen are joined with the hyphen kept; nothing else is touched."""
    text = ""
    for line in lines:
        if not text:
            text = line.text
        elif _continues_a_word(text, line.text):
            text += line.text
        else:
            text += " " + line.text
    return text


def _continues_a_word(before: str, after: str) -> bool:
    """ "10-28-" + "2016" is one word; "pre-" + "and postoperative" and a dash after a space are not."""
    return bool(re.search(r"[^\s-]-$", before[-2:])) and after[:1].isalnum() and not re.match(r"(?:and|or|to)\b", after)
