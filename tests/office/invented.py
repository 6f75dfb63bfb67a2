"""An invented public record, and how the tests look at its pages."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from evenhand.corpus.decision import Origin, PublishedDecision, decision_of
from evenhand.corpus.store import add
from evenhand.letters.determination import (
    Decision,
    Determination,
    Guideline,
    Header,
    ItemDetermination,
    ReviewerCredentials,
    outcome_of,
)

PROGRAMME = "ca_dwc"
NECK = f"/decisions/{PROGRAMME}/EH21-0000001/"
BACK = f"/decisions/{PROGRAMME}/EH22-0000002/"


def item(number: int, words: str, decision: Decision, rationale: str) -> ItemDetermination:
    """One invented item."""
    side = Guideline(text="Decision based on a guideline of the neck, 2019.")
    return ItemDetermination(
        number=number,
        item=words,
        decision=decision,
        claims_administrator_guideline=side,
        imr_guideline=side,
        rationale=rationale,
    )


def published(
    number: str,
    *items: ItemDetermination,
    year: int,
    specialty: str = "Pain Management",
    source: Origin = Origin.REPLAY,
) -> PublishedDecision:
    """One invented decision."""
    letter = Determination(
        source="letter.json",
        layout="own",
        header=Header(case_number=number, decision_date=date(year, 3, 4), priority="Standard"),
        reviewer=ReviewerCredentials(licensure=("Texas",), specialties=(specialty,)),
        clinical_case_summary="A sorter of apples <b>hurt</b> her neck.\n\nShe rested.",
        outcome=outcome_of(tuple(entry.decision for entry in items)),
        items=items,
        documents_reviewed=("Progress report, pages 1–3",),
    )
    return decision_of(letter, programme=PROGRAMME, source=source, profile="test", published_on=date(year, 4, 5))


STANDING = (
    published(
        "EH21-0000001",
        item(1, "Cold therapy unit", Decision.UPHELD, "The gel packs do the same.\n\nA rental was not tried."),
        item(2, "MRI of the neck", Decision.OVERTURNED, "New weakness of the arm."),
        year=2021,
    ),
    published(
        "EH22-0000002",
        item(1, "Twelve visits of physical therapy", Decision.UPHELD, "Six came first."),
        year=2022,
        specialty="Chiropractic",
        source=Origin.OFFICE,
    ),
)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a public record in which nothing stands yet."""
    monkeypatch.setenv("EVENHAND_HOME", str(tmp_path))
    return tmp_path / "corpus"


@pytest.fixture
def corpus(empty: Path) -> Path:
    """A public record of two decisions on three items."""
    add(empty, STANDING)
    return empty


def text(response: HttpResponse) -> str:
    """The page's content."""
    return response.content.decode()


def get(address: str, status: int = 200) -> str:
    """The page at an address that must answer with `status`."""
    response = Client().get(address)
    assert response.status_code == status, address
    return text(response)


class Outline(HTMLParser):
    """The parts of a page that a reader's tools rely on."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.styled = False
        self.language: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.styled |= "style" in given or tag == "style"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "html":
            self.language = given.get("lang")
