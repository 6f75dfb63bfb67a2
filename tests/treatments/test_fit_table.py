"""The table of specialties: what it says of items of our own wording, of parts of the body, of phases, and of names."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import yaml

from evenhand.programmes import DEFAULT
from evenhand.treatments import describe, floor, known_specialty, specialties
from evenhand.treatments.fits import fits_table, phases_of
from evenhand.treatments.suit import grounds
from evenhand.treatments.vocabulary import Specialties, categories, plain, vocabulary

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "fit_cases.yaml").read_text(encoding="utf-8"))


def scores(item: str, condition: str = "") -> dict[str, float]:
    return {fit.specialty: fit.score for fit in specialties(describe(item), condition)}


def named(name: str) -> str:
    known = known_specialty(name)
    assert known, name
    return known


@pytest.mark.parametrize("case", CASES, ids=[case["item"] for case in CASES])
def test_the_table_judges_items_as_the_field_does(case: dict[str, Any]) -> None:
    """Who does or treats it stands first or reaches the least that suffices; who does not lies below it or at 0."""
    found = scores(case["item"], case.get("condition", ""))
    top, least = max(found.values()), floor().score
    assert [name for name in case.get("best", []) if found[named(name)] != top] == []
    assert [name for name in case.get("enough", []) if found[named(name)] < least] == []
    assert [name for name in case.get("far", []) if not 0 < found[named(name)] < least] == []
    assert [name for name in case.get("zero", []) if found[named(name)] != 0] == []


def test_there_are_enough_items() -> None:
    """The table is held to at least sixty items, each wording once."""
    assert len({case["item"] for case in CASES}) == len(CASES) >= 60


def test_the_condition_speaks_where_the_treatment_says_too_little() -> None:
    """Physical therapy without a part of the body: the hand surgeon for a hand, not for a back."""
    assert scores("Physical therapy, 8 sessions", "Crush injury of the hand")["Hand Surgery"] > floor().score
    assert scores("Physical therapy, 8 sessions", "Low back pain")["Hand Surgery"] == 0


def test_the_part_that_the_request_names_goes_before_the_condition() -> None:
    """Of a person with many complaints, the knee's therapy is judged by the knee."""
    many = "Depression, hypertension, hearing loss and neck pain"
    assert scores("Physical therapy for the right knee", many) == scores("Physical therapy for the right knee")


def test_a_drug_for_pain_is_not_judged_by_conditions_that_it_does_not_concern() -> None:
    """Hearing loss beside the back pain changes nothing for the tablets; alone it is all there is."""
    back = scores("Naproxen 550mg #60", "Low back pain")
    assert scores("Naproxen 550mg #60", "Low back pain, hearing loss") == back
    assert scores("Naproxen 550mg #60", "Hearing loss") != back


@pytest.mark.parametrize(
    ("item", "condition", "phases"),
    [
        ("Postoperative physical therapy", "Chronic neck pain", {"after_operation"}),
        ("Associated surgical service: shoulder brace", "", {"after_operation"}),
        ("MRI of the neck", "Acute injury in a fall", {"acute"}),
        ("MRI of the neck", "Chronic pain after an acute injury", {"chronic"}),
        ("MRI of the neck", "In no acute distress", set()),
        ("MRI of the neck", "Subacute pain", set()),
    ],
)
def test_the_phase_is_read_from_the_request_and_else_from_the_condition(
    item: str, condition: str, phases: set[str]
) -> None:
    """The request's own words go first; chronic silences acute; a sign of health names no phase."""
    assert phases_of(describe(item), condition, DEFAULT) == phases


def test_the_phase_changes_who_knows_it() -> None:
    """Emergency medicine knows the imaging of a fresh injury, less that of an old one."""
    fresh = scores("CT scan of the neck", "Acute neck injury")["Emergency Medicine"]
    assert fresh > scores("CT scan of the neck", "Chronic neck pain")["Emergency Medicine"] > 0
    before, after = scores("Physical therapy, left knee"), scores("Postoperative physical therapy, left knee")
    assert after["Orthopedic Surgery"] > before["Orthopedic Surgery"]
    assert grounds(describe("CT scan of the neck"), "Acute neck injury").phases == ("acute",)


def test_every_category_and_drug_class_is_in_the_table() -> None:
    """No category, sub-category or drug class of the programme's list is without a rule."""
    rules = fits_table(DEFAULT).treatments
    known = {name for rule in rules for name in (*rule.categories, *rule.sub_categories, *rule.drug_classes)}
    for category in categories(DEFAULT).categories:
        if category.name in known:
            continue
        assert [name for name in (*category.sub_categories, *category.drug_classes) if name not in known] == []


def test_every_listed_specialty_is_graded_somewhere_or_named_here() -> None:
    """Of every specialty that the programme lists the table says something."""
    listed = {entry.name for entry in vocabulary(Specialties, "specialties.yaml", DEFAULT).specialties if entry.listed}
    assert listed - fits_table(DEFAULT).graded == {
        "Pediatrics",
        "Public Health & General Preventive Medicine",
        "Surgical Critical Care",
    }


def test_every_board_name_is_known_and_no_name_means_two() -> None:
    """The boards' names lead to the programme's; two entries never claim the same name."""
    with (HERE / "board_names.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["board"] for row in rows} >= {"ABMS", "AOA", "ABPS", "podiatry", "chiropractic", "acupuncture", "ABPP"}
    wrong = [row for row in rows if known_specialty(row["name"]) != row["ours"]]
    assert wrong == []
    names = [
        plain(name)
        for entry in vocabulary(Specialties, "specialties.yaml", DEFAULT).specialties
        for name in (entry.name, *entry.also)
    ]
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_every_specialty_of_the_dwcs_search_is_known(shared: Path) -> None:
    """Each value of the public search's list is a listed specialty, under its own name."""
    import json

    told = json.loads((shared / "data" / "dwc-imr-search-vocab-2017.json").read_text(encoding="utf-8"))
    listed = {
        plain(entry.name) for entry in vocabulary(Specialties, "specialties.yaml", DEFAULT).specialties if entry.listed
    }
    assert {plain(name) for name in told["reviewer_specialties"]} == listed


@pytest.mark.parametrize(
    "name", ["Astrology", "Sports Medicinea", "Internal Medicine (Astrology)", "", "Board of Trade"]
)
def test_an_unknown_name_is_not_guessed(name: str) -> None:
    """A name of no board, or misspelt, is unknown."""
    assert known_specialty(name) is None
