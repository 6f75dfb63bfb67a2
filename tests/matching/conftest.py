"""Cases and reviewers that satisfy every rule, to be changed one fact at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.law import load_pack
from evenhand.law.facts import PartyRole, UrType
from evenhand.matching import Qualifications, from_law
from evenhand.matching.facts import (
    CaseToReview,
    Certification,
    Licence,
    LicenceStatus,
    Practice,
    Reviewer,
    ScreenedParty,
)

ON = date(2015, 2, 17)


@pytest.fixture(scope="session")
def rules() -> Qualifications:
    """What the law asks of a reviewer on the day of selection of the first example."""
    return from_law(load_pack(), ON)


@pytest.fixture(scope="session")
def licence() -> Licence:
    """A licence that satisfies the rules on the day."""
    return Licence(
        state="CA",
        kind="MD",
        status=LicenceStatus.ACTIVE,
        valid_from=date(2013, 6, 1),
        valid_to=date(2016, 5, 31),
        verified_on=date(2015, 1, 12),
        source="board",
    )


@pytest.fixture(scope="session")
def certification() -> Certification:
    """A certification that satisfies the rules on the day."""
    return Certification(
        board="ABPMR",
        specialty="Physical Medicine & Rehabilitation",
        valid_from=date(2004, 7, 1),
        verified_on=date(2015, 1, 12),
        source="board",
    )


@pytest.fixture(scope="session")
def reviewer(licence: Licence, certification: Certification) -> Callable[..., Reviewer]:
    """A reviewer who satisfies every rule, with the facts given changed."""

    def made(id: str = "R-1", specialty: str = "Physical Medicine & Rehabilitation", **facts: Any) -> Reviewer:
        base = Reviewer(
            id=id,
            licences=(licence,),
            certifications=(replace(certification, specialty=specialty),),
            practice=Practice(since=date(2002, 9, 1), hours_a_week=32, attested_on=date(2015, 1, 5)),
            capacity=4,
        )
        return replace(base, **facts)

    return made


@pytest.fixture(scope="session")
def case() -> Callable[..., CaseToReview]:
    """A case for a device after a failed fusion, with the facts given changed."""

    def made(id: str = "C-1", **facts: Any) -> CaseToReview:
        base = CaseToReview(
            id=id,
            items=("Hot/cold therapy unit with wrap",),
            condition="Pseudarthrosis after cervical fusion C5 to C7",
            parties=(
                ScreenedParty(role=PartyRole.EMPLOYEE, name="Orrin T. Tessalby"),
                ScreenedParty(role=PartyRole.CLAIMS_ADMINISTRATOR, name="Sierra Crest Claims Services"),
                ScreenedParty(role=PartyRole.MANUFACTURER, name="Polar Loop Devices, Inc."),
                ScreenedParty(role=PartyRole.ATTORNEY, name="Signe Lindqvist"),
                ScreenedParty(role=PartyRole.FACILITY, name="Arroyo Surgery Center", identifier="NPI 1999900025"),
            ),
            priority=UrType.REGULAR,
            due=date(2015, 3, 16),
        )
        return replace(base, **facts)

    return made
