"""Whether a paper can be used at all."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.casefile import UnusableFile, inspect

# The package's function `inspect` hides its module of that name.
inspect_module = sys.modules["evenhand.casefile.inspect"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty (0 bytes)"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 40, "a JPEG picture"),
        (b"II*\x00" + b"\x00" * 40, "a TIFF picture"),
        (b"PK\x03\x04" + b"\x00" * 40, "a ZIP archive or an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40, "an old office document"),
        (b"<!doctype HTML><p>hello", "a web page"),
        (b"Dear Ms. Quillon, enclosed please find", "plain text"),
        (bytes(range(128, 250)), "something unknown"),
        (b"%PDF-1.7\nthis is all that arrived", "damaged"),
    ],
)
def test_a_file_that_is_no_whole_pdf_is_refused_by_what_it_looks_like(content: bytes, why: str) -> None:
    """Each refusal says what the file is and what its sender should do."""
    with pytest.raises(UnusableFile) as caught:
        inspect(content)
    assert why in caught.value.why
    assert caught.value.what_to_do.endswith(".")


def test_a_password_is_refused_in_words(blank_pdf: Callable[..., bytes]) -> None:
    """A paper that opens only with a password asks for one without."""
    locked = blank_pdf(1, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    with pytest.raises(UnusableFile, match="protected by a password"):
        inspect(locked)


def test_an_encrypted_paper_that_opens_is_used(blank_pdf: Callable[..., bytes]) -> None:
    """Encryption that only forbids copying (as on published letters) is no obstacle, and is remarked."""
    inspection = inspect(blank_pdf(2, encryption=pikepdf.Encryption(user="", owner="geheim")))
    assert (inspection.pages, inspection.encrypted) == (2, True)


def test_a_pdf_without_pages_is_refused(blank_pdf: Callable[..., bytes]) -> None:
    """A PDF with an empty list of pages is not a paper, whatever was refused before it."""
    with pytest.raises(UnusableFile, match="password"):
        inspect(blank_pdf(1, encryption=pikepdf.Encryption(user="geheim", owner="geheim")))
    with pytest.raises(UnusableFile, match=r"The PDF has no pages\."):
        inspect(blank_pdf(0))


def test_too_many_pages_are_refused_with_the_limit(
    blank_pdf: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal names the number of pages and the limit."""
    monkeypatch.setattr(inspect_module, "MOST_PAGES", 3)
    assert inspect(blank_pdf(3)).pages == 3
    with pytest.raises(UnusableFile, match="4 pages; at most 3"):
        inspect(blank_pdf(4))


def test_a_huge_page_is_refused_with_its_length(blank_pdf: Callable[..., bytes]) -> None:
    """A page longer than can be rendered is named by number and length."""
    with pytest.raises(UnusableFile, match="Page 1 is 150 inches long; at most 100"):
        inspect(blank_pdf(1, size=(612, 150 * 72)))


def test_a_usable_paper_says_its_pages_and_size(paper: bytes) -> None:
    """A whole PDF is counted, measured and not called encrypted."""
    inspection = inspect(paper)
    assert (inspection.pages, inspection.size, inspection.encrypted) == (1, len(paper), False)
    assert inspection.version == "1.7"


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n"]))
def test_no_bytes_break_the_inspection(tail: bytes, head: bytes) -> None:
    """Whatever arrives is either a usable paper or refused in words; nothing else is raised."""
    try:
        assert inspect(head + tail).pages > 0
    except UnusableFile as refusal:
        assert refusal.why
        assert refusal.what_to_do
