"""Texts in several languages: a translation says the same things in the same places, and says of itself what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from string import Formatter

import pytest
from tests.typesetting.test_notice import EMPLOYEE, notice

from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.html import to_html
from evenhand.typesetting.notice import NoticeKind, compose_notice
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.text import to_text
from evenhand.typesetting.texts import Texts, read_texts, translations

ENGLISH, SPANISH = read_texts("ca_dwc", "en"), read_texts("ca_dwc", "es")
DAY = date(2015, 1, 29)
# The letter itself is in English only; its words are not translated, but for those that notices share.
LETTER_ONLY = ("letter.", "label.", "result.", "documents.", "next.", "recipients.", "public.")


def names(text: str) -> set[str]:
    """The values that a text is filled with."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def used_by_notices(texts: Texts) -> set[str]:
    """The passages of notices and sheets, without those of the letter."""
    used = {part.passage for form in texts.notices.values() for part in form.parts if part.passage}
    return used | {"unverified_intro", "proof_of_service", "cover_note", "intake_note", "mail_body"}


def test_spanish_has_every_word_that_notices_use() -> None:
    """Each word, role and means of English stands in Spanish with the same values in braces; no word is there that English lacks."""
    wanted = {key for key in ENGLISH.words if not key.startswith(LETTER_ONLY)} | {"letter.overline"}
    assert set(SPANISH.words) == wanted
    for key in wanted:
        assert names(SPANISH.words[key]) == names(ENGLISH.words[key]), key
        assert SPANISH.words[key].strip()
    assert SPANISH.roles.keys() == ENGLISH.roles.keys() and SPANISH.means.keys() == ENGLISH.means.keys()
    assert len(set(SPANISH.months)) == 12


def test_spanish_has_every_passage_with_its_versions_and_values() -> None:
    """Each passage has the same versions, sources, confidence and values in braces."""
    assert set(SPANISH.passages) == used_by_notices(ENGLISH)
    for key, versions in SPANISH.passages.items():
        english = {version.valid_from: version for version in ENGLISH.passages[key]}
        assert {version.valid_from for version in versions} == set(english), key
        for version in versions:
            same = english[version.valid_from]
            assert (version.citation, version.confidence) == (same.citation, same.confidence), key
            assert names(version.text) == names(same.text), key
            assert version.text != same.text, key


def test_spanish_notices_have_the_same_parts() -> None:
    """Each kind has the same parts in the same order, but for the words of its headings, which take the same values."""
    assert SPANISH.notices.keys() == ENGLISH.notices.keys()
    for kind, form in SPANISH.notices.items():
        english = ENGLISH.notices[kind]
        assert (form.citation, form.requires) == (english.citation, english.requires)
        assert form.title != english.title
        for part, same in zip(form.parts, english.parts, strict=True):
            assert replace(part, heading="") == replace(same, heading="")
            assert names(part.heading) == names(same.heading) and bool(part.heading) == bool(same.heading)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_spanish_notice_is_accessible_and_says_what_it_is(kind: NoticeKind) -> None:
    """It declares Spanish, passes the checks, says in both languages that nobody reviewed it and that English counts, and keeps what
    comes from the file in English."""
    document = compose_notice(SPANISH, notice(kind, addressee=EMPLOYEE))
    pdf = to_pdf(document, created=DAY)
    assert check_pdf(pdf, author="Northfield Review") == ()
    assert _language(pdf).startswith("es")
    text = " ".join(to_text(document).split())
    assert "no ha revisado esta traducción" in text and "the English text counts" in text
    assert "29 de enero de 2015" in text and "January" not in text.replace("January 16, 2015", "")


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_page_bears_the_mark_of_the_unreviewed_translation(kind: NoticeKind) -> None:
    """On each page of the PDF the mark stands in both languages."""
    for page in _pages(to_pdf(compose_notice(SPANISH, notice(kind, addressee=EMPLOYEE)), created=DAY)):
        words = " ".join(page.split())
        assert "Traducción no revisada por un traductor calificado" in words
        assert "Translation not reviewed by a qualified translator" in words


def test_english_inside_a_spanish_notice_is_marked_as_english() -> None:
    """A screen reader is told where the language changes, in the PDF and on the page."""
    document = compose_notice(SPANISH, notice(NoticeKind.INELIGIBILITY, addressee=EMPLOYEE))
    assert '<span lang="en">Lumbar brace</span>' in to_html(document)
    assert b"(en-US)" in _uncompressed(to_pdf(document, created=DAY))


def test_a_reviewed_translation_bears_no_mark() -> None:
    """Once somebody vouches for it, the marks fall away: data, not code."""
    reviewed = replace(SPANISH, reviewed_by="A. Translator, 2027-01-04")
    document = compose_notice(reviewed, notice(NoticeKind.ASSIGNMENT, addressee=EMPLOYEE))
    assert document.banner == () and "Traducción" not in to_text(document)
    assert compose_notice(ENGLISH, notice(NoticeKind.ASSIGNMENT)).banner == ()


def test_the_programme_knows_its_translations_and_for_whom() -> None:
    """Spanish is a translation of English, for the employee and whoever represents the employee."""
    assert translations("ca_dwc") == ("es",)
    assert SPANISH.translation is not None and SPANISH.translation.roles == ("employee", "representative")
    assert ENGLISH.original == "" and SPANISH.original == "en"


def _language(pdf: bytes) -> str:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return str(opened.Root.Lang)


def _uncompressed(pdf: bytes) -> bytes:
    import io

    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(
            out,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return out.getvalue()


def _pages(pdf: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]
