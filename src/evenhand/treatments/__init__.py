"""What is asked for: a disputed item's words as facts, and the specialties that know such a treatment and condition.

    treatment = describe("12 visits of physical therapy for the lumbar spine")
    treatment.category, treatment.quantity, treatment.unit        # "Rehabilitation", 12.0, "visit"
    specialties(treatment, "Lumbar radiculopathy")[0].specialty   # "Physical Medicine & Rehabilitation"

The words and grades lie as data in the programme's `vocabulary/` folder. What cannot be read is absent, never guessed.
"""

from evenhand.treatments.describe import describe
from evenhand.treatments.suit import Fit, floor, specialties
from evenhand.treatments.treatment import UNCLASSIFIED, Acquisition, Side, Treatment
from evenhand.treatments.vocabulary import known_specialty

__all__ = [
    "UNCLASSIFIED",
    "Acquisition",
    "Fit",
    "Side",
    "Treatment",
    "describe",
    "floor",
    "known_specialty",
    "specialties",
]
