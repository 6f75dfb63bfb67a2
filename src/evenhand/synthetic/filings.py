"""What made-up applications are made of: how many a year, which treatments, which names.

The numbers a year follow what was published of the real ones, rounded; where nothing was published, the neighbouring
years. Everything else is a guess that looks right. No name is anybody's: they are put together from syllables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

# Year: applications in thousands, and the share of those that are not duplicates which is found ineligible.
YEARS = {
    2013: (73, 0.22), 2014: (240, 0.42), 2015: (250, 0.34), 2016: (245, 0.26), 2017: (235, 0.18), 2018: (245, 0.10),
    2019: (222, 0.065), 2020: (184, 0.06), 2021: (180, 0.07), 2022: (172, 0.08), 2023: (175, 0.08), 2024: (200, 0.10),
    2025: (205, 0.10), 2026: (50, 0.10),
}  # fmt: skip
# Decisions that utilization review made until then. What the rewritten rules of the day after say of filing nobody has
# read yet, so there is no known truth from then on.
LAST_DECISION = date(2026, 3, 31)
DUPLICATES = 0.15
# While decisions on older injuries were not reviewed yet, how many asked nevertheless.
TOO_EARLY = 0.3

# Grounds that a whole application has, with how often each is the one.
OF_APPLICATIONS = {
    "NO_UR_DECISION": 26, "LATE": 24, "UNSIGNED": 16, "LIABILITY": 9, "INCOMPLETE": 7, "BAD_DESIGNATION": 3,
    "WRONG_PARTY": 3, "UR_INVALID": 1, "CARVE_OUT": 1,
}  # fmt: skip
# Grounds that one item has beside others that do not.
OF_ITEMS = {"NOT_UR": 4, "CNC": 6, "PRIOR_REVIEW": 5, "DUPLICATE": 3, "LATE": 2, "LIABILITY": 2}

MEANS = {"mail": 80, "fax": 12, "electronic": 4, "personal": 4}
FILED_BY = {"employee": 55, "attorney": 41, "representative": 3, "emergency_provider": 1}
ITEMS = {1: 61, 2: 22, 3: 9, 4: 5, 5: 2, 8: 1}


@dataclass(frozen=True)
class Treatment:
    """Something that is asked for. `text` takes a part of the body and a number."""

    text: str
    code: str | None
    often: int
    drug: bool = False


TREATMENTS = (
    Treatment("{n} visits of physical therapy for the {site}", "97110", 12),
    Treatment("{n} sessions of acupuncture for the {site}", "97810", 4),
    Treatment("{n} visits of chiropractic care for the {site}", "98941", 3),
    Treatment("MRI of the {site} without contrast", "72148", 7),
    Treatment("EMG/NCV of the upper extremities", "95886", 4),
    Treatment("Epidural steroid injection, {site}", "62323", 7),
    Treatment("Trigger point injections of the {site}, {n}", "20553", 3),
    Treatment("Arthroscopic surgery of the {site}", "29881", 4),
    Treatment("TENS unit, {n} day trial", "E0730", 4),
    Treatment("Cold therapy unit for the {site}, {n} day rental", "E0218", 3),
    Treatment("Urine drug screen", "80307", 4),
    Treatment("Functional restoration program, {n} days", "97799", 2),
    Treatment("{n} sessions of cognitive behavioral therapy", "90837", 2),
    Treatment("Consultation with a pain specialist", "99244", 4),
    Treatment("Norco 10/325 mg #{n}0", None, 7, drug=True),
    Treatment("Tramadol 50 mg #{n}0", None, 5, drug=True),
    Treatment("Cyclobenzaprine 7.5 mg #{n}0", None, 6, drug=True),
    Treatment("Gabapentin 300 mg #{n}0", None, 4, drug=True),
    Treatment("Omeprazole 20 mg #{n}0", None, 4, drug=True),
    Treatment("Topical compound cream, {n}0 g", None, 7, drug=True),
    Treatment("Lidocaine patch 5 percent #{n}", None, 4, drug=True),
)
SITES = ("lumbar spine", "cervical spine", "right shoulder", "left shoulder", "right knee", "left knee", "left wrist")
DIAGNOSES = (
    ("Lumbar radiculopathy", "M54.16"), ("Cervical disc disorder", "M50.20"), ("Rotator cuff tear", "M75.101"),
    ("Carpal tunnel syndrome", "G56.00"), ("Chronic pain syndrome", "G89.4"), ("Lumbar strain", "S39.012A"),
    ("Internal derangement of the knee", "M23.90"),
)  # fmt: skip
GUIDELINES = ("MTUS Chronic Pain", "MTUS Low Back", "ODG Low Back", "ODG Pain", "ODG Shoulder", "ACOEM Knee")
REASONS = (
    "The records do not show that earlier treatment of this kind helped.",
    "The guideline supports fewer than were requested.",
    "No red flag and no progressive deficit is documented.",
    "Functional improvement is not documented.",
)
SPECIALTIES = (
    "Physical Medicine & Rehabilitation", "Orthopaedic Surgery", "Pain Medicine", "Family Practice", "Chiropractic",
    "Occupational Medicine", "Neurology", "Psychiatry",
)  # fmt: skip
OTHER_STATES = ("NV", "AZ", "OR", "TX", "WA")
SYLLABLES = (
    "al", "bar", "bre", "cor", "dan", "del", "fen", "gar", "hol", "il", "ka", "kes", "lin", "lo", "mar", "mor", "na",
    "nel", "or", "par", "quin", "ra", "ros", "sel", "ta", "tor", "u", "vel", "ves", "wen", "yar", "zo",
)  # fmt: skip
STREETS = ("Alder", "Cannery", "Juniper", "Harbor", "Mesa", "Orchard", "Quarry", "Tansy", "Willow")


@dataclass(frozen=True)
class People:
    """The firms and practices of one archive, each asked for again and again, a few of them very often."""

    physicians: tuple[dict[str, Any], ...]
    administrators: tuple[dict[str, Any], ...]
    organisations: tuple[str, ...]
    reviewers: tuple[dict[str, Any], ...]
    state: str

    def physician(self, chance: Random) -> dict[str, Any]:
        """One of the physicians; the first hundredth of them asks for four in ten of all treatments."""
        return self.physicians[int(len(self.physicians) * chance.random() ** 5)]


def people(chance: Random, state: str) -> People:
    """The firms and practices of an archive of the programme whose home is `state`."""
    return People(
        physicians=tuple(_physician(chance, state) for _ in range(2000)),
        administrators=tuple(
            {
                "company": f"{name(chance)} Claims Services",
                "contact_name": f"{name(chance)} {name(chance)}",
                "address": address(chance, state),
                "phone": phone(chance),
                "fax": phone(chance),
            }
            for _ in range(60)
        ),
        organisations=tuple(f"{name(chance)} Review" for _ in range(25)),
        reviewers=tuple(
            {
                "name": f"{name(chance)} {name(chance)}",
                "profession": "MD",
                "specialty": chance.choice(SPECIALTIES),
                "licence_state": state,
                "licence_number": f"X-{chance.randrange(10**6):06}",
            }
            for _ in range(300)
        ),
        state=state,
    )


def _physician(chance: Random, state: str) -> dict[str, Any]:
    return {
        "first_name": name(chance),
        "last_name": name(chance),
        "profession": chance.choice(("MD", "MD", "DO", "DC")),
        "specialty": chance.choice(SPECIALTIES),
        "practice_name": f"{name(chance)} Medical Group",
        "address": address(chance, state),
        "phone": phone(chance),
        "fax": phone(chance),
    }


def name(chance: Random) -> str:
    """A name that is nobody's."""
    return "".join(chance.choices(SYLLABLES, k=3)).title()


def address(chance: Random, state: str, country: str = "US") -> dict[str, str]:
    """An address in a town that does not exist."""
    street = f"{chance.randrange(1, 999)} {chance.choice(STREETS)} Street"
    zip_code = f"{chance.randrange(90000, 97000)}"
    return {"street": street, "city": f"{name(chance)}ville", "state": state, "zip": zip_code, "country": country}


def phone(chance: Random) -> str:
    """A number of the range that is kept for made-up ones."""
    return f"(555) 555-01{chance.randrange(100):02}"
