"""What is written is what is read: `read(write(x)) == x`, from the PDF and from the text, whatever x says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.letters.letters_made import letters
from tests.letters.test_write import TEXTS

from evenhand.letters.determination import Determination
from evenhand.letters.own import OwnLetter
from evenhand.letters.read import read_letter
from evenhand.letters.write import compose_letter, write_letter
from evenhand.reading import from_plain
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(letters())
def test_the_text_reads_back_as_it_was_written(letter: OwnLetter) -> None:
    """Header, credentials, documents, summary, items, citations and opinions come back from the text, none changed."""
    assert read_letter(to_text(compose_letter(letter, TEXTS)), source="letter") == letter.determination


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(letters(most_items=3))
def test_the_pdf_reads_back_as_it_was_written(letter: OwnLetter) -> None:
    """The same from the PDF, through page breaks, broken words and ligatures."""
    pdf = to_pdf(compose_letter(letter, TEXTS), created=letter.served_on)
    assert read_letter(pdf, source="letter") == letter.determination


@settings(max_examples=5, deadline=None, suppress_health_check=SLOW)
@given(letters(most_items=2))
def test_the_json_reads_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, letter: OwnLetter) -> None:
    """letter.json is the determination itself."""
    folder: Path = tmp_path_factory.mktemp("json")
    told = json.loads(write_letter(letter, TEXTS, folder)[3].read_text("utf-8"))
    assert from_plain(Determination, told, name="letter.json") == letter.determination
