"""Which specialties know a treatment and a condition."""

from __future__ import annotations

import pytest

from evenhand.treatments import describe, floor, known_specialty, specialties

FUSION = "Pseudarthrosis after cervical fusion C5 to C7"
LUMBAR = "Lumbar radiculopathy, left"


def score(item: str, condition: str, specialty: str) -> float:
    return next(fit.score for fit in specialties(describe(item), condition) if fit.specialty == specialty)


def test_those_who_treat_the_operated_spine_fit_its_device() -> None:
    """For a cold unit after a failed fusion rehabilitation, orthopaedic and neurological surgery come first."""
    best = [fit.specialty for fit in specialties(describe("Hot/cold therapy unit with wrap"), FUSION)][:3]
    assert set(best) == {"Physical Medicine & Rehabilitation", "Orthopedic Surgery", "Neurological Surgery"}


def test_emergency_medicine_is_far_from_a_device_after_a_failed_fusion() -> None:
    """The specialty that decided the seed case lies below the floor."""
    assert score("Hot/cold therapy unit with wrap", FUSION, "Emergency Medicine") < floor().score


@pytest.mark.parametrize(
    "item",
    [
        "6 visits of physical therapy for the lumbar spine",
        "MRI of the lumbar spine",
        "Cyclobenzaprine 7.5mg #60",
        "Lumbar brace, purchase",
    ],
)
@pytest.mark.parametrize(
    "specialty", ["Physical Medicine & Rehabilitation", "Pain Management", "Occupational Medicine"]
)
def test_back_specialties_fit_every_item_of_a_low_back_case(item: str, specialty: str) -> None:
    """Rehabilitation, pain and occupational medicine reach the floor for each of the four items of one low back."""
    assert score(item, LUMBAR, specialty) >= floor().score


@pytest.mark.parametrize(
    ("board", "name"),
    [
        ("Family Medicine", "Family Practice"),
        ("Orthopaedic Surgery", "Orthopedic Surgery"),
        ("Pain Medicine", "Pain Management"),
        ("Physical Medicine and Rehabilitation", "Physical Medicine & Rehabilitation"),
        ("CHIROPRACTOR", "Chiropractic"),
        ("Allergy and  Immunology", "Allergy and Immunology"),
        ("Astrology", None),
    ],
)
def test_board_names_are_the_programmes_names(board: str, name: str | None) -> None:
    """A specialty is known by the board's name as by the programme's; an unknown one is not guessed."""
    assert known_specialty(board) == name


def test_the_condition_alone_speaks_where_the_item_is_unclassified() -> None:
    """An item of unknown words is judged by the condition; where that is unknown too every score is 0."""
    assert specialties(describe("Qwertz"), "Corneal abrasion of the eye")[0].specialty == "Ophthalmology"
    assert {fit.score for fit in specialties(describe("Qwertz"), "Qwertz")} == {0.0}


def test_scores_lie_between_0_and_1_and_give_a_reason() -> None:
    """Every listed specialty has a score and a sentence, the best first."""
    fits = specialties(describe("MRI of the right knee"), "Tear of the meniscus, right knee")
    assert all(0 <= fit.score <= 1 and fit.reason for fit in fits)
    assert [fit.score for fit in fits] == sorted((fit.score for fit in fits), reverse=True)
    assert len({fit.specialty for fit in fits}) == len(fits) > 56
