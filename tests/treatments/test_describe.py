"""A disputed item's words become facts; what the words do not say stays absent."""

from __future__ import annotations

import time
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.treatments import UNCLASSIFIED, Acquisition, Side, Treatment, describe
from evenhand.treatments.vocabulary import categories, drug_words, treatment_words

PT = "Physical Therapy/Occupational Therapy (PT/OT)"

ITEMS: list[tuple[str, dict[str, object]]] = [
    # the two examples
    (
        "Hot/cold therapy unit with wrap",
        {"category": "DMEPOS", "sub_category": "DME", "kind": "cold_therapy", "quantity": None},
    ),
    (
        "12 visits of physical therapy for the lumbar spine",
        {"sub_category": PT, "quantity": 12, "unit": "visit", "body_part": "lumbar_spine", "frequency": None},
    ),
    (
        "MRI of the lumbar spine without contrast",
        {"sub_category": "Imaging", "kind": "mri", "body_part": "lumbar_spine"},
    ),
    (
        "Cyclobenzaprine 7.5mg #60 with 1 refill",
        {"drug_class": "Muscle Relaxant", "dose": "7.5mg", "quantity": 60, "refills": 1, "drugs": ("cyclobenzaprine",)},
    ),
    (
        "Lumbar brace, rigid lumbosacral orthosis, purchase",
        {
            "sub_category": "Prosthetics/Orthotics",
            "purchase_or_rental": Acquisition.PURCHASE,
            "body_parts": ("lumbar_spine",),
        },
    ),
    (
        "Lumbar epidural steroid injection at L4-L5",
        {"category": "Injection", "kind": "epidural_injection", "levels": ("L4-L5",), "quantity": None},
    ),
    # quantities and shapes
    ("Tramadol 50mg #60", {"drug_class": "Opioids", "dose": "50mg", "quantity": 60}),
    ("Eight (8) sessions of acupuncture", {"sub_category": "Acupuncture", "quantity": 8, "unit": "session"}),
    (
        "Twelve sessions of PT for the right knee",
        {"quantity": 12, "unit": "session", "side": Side.RIGHT, "sub_category": PT},
    ),
    ("Acupuncture therapy sessions neck #6", {"quantity": 6, "unit": "session", "body_part": "cervical_spine"}),
    (
        "Associated surgical service: PT sessions, 9",
        {"quantity": 9, "unit": "session", "associated_surgical_service": True},
    ),
    ("PT 2x/week x 6 weeks, left shoulder", {"frequency": "2 times a week", "duration": "6 weeks", "side": Side.LEFT}),
    (
        "Chiropractic two times per week for 3 weeks",
        {"frequency": "2 times a week", "duration": "3 weeks", "quantity": None},
    ),
    ("Acupuncture 1 to 2 times per week for 4 weeks", {"frequency": "1 to 2 times a week", "duration": "4 weeks"}),
    (
        "Home health aide 12 hours per day, 5 times a week",
        {"frequency": "12 hours a day, 5 times a week", "category": "Home Health"},
    ),
    ("Office exam 2 times 8", {"frequency": None, "quantity": None, "category": "Evaluation & Management"}),
    ("Ibuprofen 600mg #90, no refills", {"refills": 0, "quantity": 90}),
    ("Wrist braces QTY: 2", {"quantity": 2, "kind": "brace", "body_part": "wrist"}),
    (
        "Gabapentin 25mg/ml oral suspension, 420ml",
        {"dose": "25mg/ml", "quantity": 420, "unit": "millilitre", "form": "suspension"},
    ),
    ("Hydrocodone 7.5-325mg #112", {"dose": "7.5-325mg", "quantity": 112, "drug_class": "Opioids"}),
    ("Meloxicam (Mobic) 7.5mg #30", {"drugs": ("meloxicam",), "drug_class": "NSAID"}),
    ("Diclofenac 1% gel, 100 gm", {"drug_class": "Topical Analgesics", "form": "gel", "quantity": 100, "unit": "gram"}),
    (
        "Flurbiprofen 20%, Baclofen 5%, Menthol 2% in cream base #1",
        {
            "drug_class": "Topical Compounds",
            "drugs": ("flurbiprofen", "baclofen", "menthol"),
            "form": "cream",
            "quantity": 1,
        },
    ),
    # places
    (
        "Facet joint injections L4-5, L5-S1",
        {"levels": ("L4-L5", "L5-S1"), "sub_category": "Facet Injection", "quantity": None},
    ),
    (
        "Fusion of cervical 5-6 and C6 to C7",
        {"levels": ("C5-C6", "C6-C7"), "category": "Surgery", "sub_category": "Spine"},
    ),
    ("Back brace L0631", {"levels": (), "kind": "brace"}),
    ("EMG/NCS of the bilateral upper extremities", {"side": Side.BILATERAL, "sub_category": "EMG/NCV/NCS"}),
    ("MRI of the left knee and right hip", {"side": None, "body_parts": ("knee", "hip")}),
    # when, and how
    (
        "Retrospective urine drug screen (DOS 12/29/16)",
        {"retrospective_dates": (date(2016, 12, 29),), "retrospective": True},
    ),
    ("CT scan of the head per 12/07/2016 order", {"retrospective": False, "retrospective_dates": (), "quantity": None}),
    ("TENS unit, 30 day rental", {"purchase_or_rental": Acquisition.RENTAL, "duration": "30 days"}),
    ("Cryotherapy unit, seven day use", {"duration": "7 days", "kind": "cold_therapy"}),
    ("Postoperative physical therapy after arthroscopy", {"kind": "physical_therapy"}),
    ("Right knee arthroscopy with meniscectomy", {"sub_category": "Arthroscopic Surgery", "side": Side.RIGHT}),
    ("Something nobody has heard of", {"category": UNCLASSIFIED, "sub_category": None, "kind": None}),
]


@pytest.mark.parametrize(("text", "expected"), ITEMS, ids=[text for text, _ in ITEMS])
def test_words_become_facts(text: str, expected: dict[str, object]) -> None:
    """Each wording gives exactly the facts that it states, and none that it does not."""
    treatment = describe(text)
    assert {name: getattr(treatment, name) for name in expected} == expected


def test_the_part_in_dispute_is_read_from_a_partly_authorized_request() -> None:
    """Of a request that was partly authorized the remaining portion counts, with the place that the whole names."""
    treatment = describe(
        "Physical therapy for the neck, 12 visits was the original request. 6 visits was authorized by the Claims "
        "Administrator. The remaining IMR eligible portion of the original request, 6 visits is"
    )
    assert (treatment.quantity, treatment.unit, treatment.body_part) == (6, "visit", "cervical_spine")
    assert treatment.kind == "physical_therapy"


@pytest.mark.parametrize("sign", ["x", "X", "×"])
def test_signs_that_mean_the_same_read_the_same(sign: str) -> None:
    """A multiplication sign is an x."""
    assert describe(f"Physical therapy 3{sign}/week").frequency == "3 times a week"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_described_and_kept(text: str) -> None:
    """No text makes the reader fail, and the wording itself is never changed."""
    assert describe(text).text == text


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["C4", "L5", "-", "5", "S1", ", ", " and ", "/", " to ", "x ", "2", " week", "#", "%", "mg "])
    )
)
def test_any_row_of_levels_and_numbers_is_read(parts: list[str]) -> None:
    """Levels, numbers and strokes in any order are read to an end, and every level has its letter."""
    assert all(level[0] in "CTLS" and level[1:2].isdigit() for level in describe("".join(parts)).levels)


@pytest.mark.parametrize("part", ["1-", "1/", "C4-", "2 x ", "one ", "twice a ", "% "])
def test_a_long_row_of_the_same_is_read_in_time(part: str) -> None:
    """The time grows with the length of a text, not with its square: hostile text does not stop the reader."""
    started = time.process_time()
    describe(part * (6000 // len(part)))
    assert time.process_time() - started < 3


@settings(deadline=None)
@given(st.integers(1, 500), st.sampled_from(["naproxen 500mg", "Norco 10/325 mg", "tizanidine 4 mg tablets"]))
def test_a_number_sign_is_the_quantity_whatever_the_dose(number: int, drug: str) -> None:
    """`#` marks the quantity; the dose's numbers are never taken for it."""
    assert describe(f"{drug} #{number}").quantity == number


def test_every_kind_and_drug_class_is_of_the_published_list() -> None:
    """Categories, sub-categories and drug classes are values of the list under which decisions are published."""
    listed = {category.name: category for category in categories("ca_dwc").categories}
    for kind in treatment_words("ca_dwc").kinds:
        assert kind.category in listed, kind.code
        assert kind.sub_category is None or kind.sub_category in listed[kind.category].sub_categories, kind.code
    classes = set(listed["Pharmaceuticals"].drug_classes)
    words = drug_words("ca_dwc")
    assert set(words.drugs) <= classes
    assert {words.compound_class, words.topical.drug_class} <= classes


def test_no_drug_is_of_two_classes() -> None:
    """A name means one drug: no generic or other name stands twice."""
    names = [
        name
        for generics in drug_words("ca_dwc").drugs.values()
        for generic, others in generics.items()
        for name in (generic, *others)
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_a_treatment_has_the_fields_that_others_read() -> None:
    """The fields of a treatment are stable: the office and the letters' check read them."""
    assert {"category", "sub_category", "drug_class", "body_parts", "side", "levels", "quantity", "unit", "dose"} <= {
        field.name for field in fields(Treatment)
    }
