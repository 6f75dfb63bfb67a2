"""Whether one reviewer may take one case: one fact changed at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.law import load_pack
from evenhand.law.facts import PartyRole
from evenhand.matching import Assessment, Qualifications, assess, from_law
from evenhand.matching.facts import (
    Absence,
    CaseToReview,
    Certification,
    Licence,
    LicenceStatus,
    Practice,
    Reviewer,
    ScreenedParty,
    Tie,
    TieKind,
)

ON = date(2015, 2, 17)
MakeReviewer = Callable[..., Reviewer]
MakeCase = Callable[..., CaseToReview]


def test_who_satisfies_every_rule_is_permitted(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """The base of all other tests: nothing stands in the way, and every ground is stated with where it comes from."""
    found = assess(case(), reviewer(), ON, rules)
    assert found.permitted
    assert found.failed() == ()
    assert found.fit == 1.0
    assert all(reason.text.endswith(".") and reason.citation for reason in found.reasons)


def test_every_licence_fault_bars(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, licence: Licence
) -> None:
    """A licence restricted, lapsed, ended, not begun or verified too late is none; one good licence suffices."""
    day = timedelta(days=1)
    faulty = {
        "restricted": replace(licence, status=LicenceStatus.RESTRICTED),
        "lapsed": replace(licence, status=LicenceStatus.LAPSED),
        "surrendered": replace(licence, status=LicenceStatus.SURRENDERED),
        "ended": replace(licence, valid_to=ON - day),
        "begins only": replace(licence, valid_from=ON + day),
        "verified only": replace(licence, verified_on=ON + day),
    }
    for words, bad in faulty.items():
        found = assess(case(), reviewer(licences=(bad,)), ON, rules)
        assert found.failed() == ("licence",), words
        assert words in next(reason.text for reason in found.reasons if reason.code == "licence")
        assert assess(case(), reviewer(licences=(bad, licence)), ON, rules).permitted
    assert assess(case(), reviewer(licences=(replace(licence, valid_to=ON),)), ON, rules).permitted


def test_certification_is_asked_of_physicians_only(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, licence: Licence, certification: Certification
) -> None:
    """An MD needs a certification in force; of a chiropractor none is asked."""
    ended = replace(certification, valid_to=ON - timedelta(days=1))
    assert assess(case(), reviewer(certifications=(ended,)), ON, rules).failed() == ("certification",)
    assert assess(case(), reviewer(certifications=()), ON, rules).failed() == ("certification",)
    chiropractor = reviewer(licences=(replace(licence, kind="DC"),), certifications=())
    found = assess(case(items=("Chiropractic 6 visits, neck",), condition="Neck pain"), chiropractor, ON, rules)
    assert found.permitted


@pytest.mark.parametrize(
    ("kind", "item", "within"),
    [
        ("DC", "Naproxen 500mg #60", False),
        ("DC", "Physical therapy for the neck, 6 visits", True),
        ("LAc", "Acupuncture 6 sessions", True),
        ("LAc", "MRI of the neck", False),
        ("DPM", "Arthroscopy of the left ankle", True),
        ("DPM", "Arthroscopy of the left knee", False),
        ("PsyD", "Cognitive behavioral therapy, 6 sessions", True),
        ("MD", "Naproxen 500mg #60", True),
        ("XX", "Naproxen 500mg #60", False),
    ],
)
def test_the_scope_of_a_licence_bounds_its_holder(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, licence: Licence, kind: str, item: str, within: bool
) -> None:
    """A profession judges only what lies within its licence's scope."""
    found = assess(case(items=(item,)), reviewer(licences=(replace(licence, kind=kind),)), ON, rules)
    assert ("scope" not in found.failed()) is within


def test_each_personal_ground_bars_alone(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """Discipline, a QME appointment, too little practice, no place, absence, an earlier review: each bars by itself."""
    practice = Practice(since=date(2002, 9, 1), hours_a_week=32, attested_on=date(2015, 1, 5))
    barred = {
        "discipline": reviewer(disciplinary_history=True),
        "qme": reviewer(qualified_medical_evaluator=True),
        "practice_years": reviewer(practice=replace(practice, since=date(2010, 2, 18))),
        "practice_hours": reviewer(practice=replace(practice, hours_a_week=23.5)),
        "capacity": reviewer(open_cases=4),
        "absence": reviewer(absences=(Absence(first=ON, last=ON),)),
    }
    for code, who in barred.items():
        assert assess(case(), who, ON, rules).failed() == (code,)
    assert assess(case(earlier_reviewers=("R-1",)), reviewer(), ON, rules).failed() == ("earlier_reviewer",)
    edge = reviewer(practice=replace(practice, since=date(2010, 2, 17), hours_a_week=24), open_cases=3)
    assert assess(case(), edge, ON, rules).permitted


def test_a_qme_was_no_bar_before_2014(reviewer: MakeReviewer, case: MakeCase, licence: Licence) -> None:
    """The law of the day decides: the QME ground begins on 2014-01-01."""
    on = date(2013, 12, 31)
    early = replace(licence, verified_on=date(2013, 12, 1))
    who = reviewer(licences=(early,), qualified_medical_evaluator=True)
    assert "qme" not in assess(case(), who, on, from_law(load_pack(), on)).failed()
    on = date(2014, 1, 1)
    assert "qme" in assess(case(), who, on, from_law(load_pack(), on)).failed()


def test_a_specialty_below_the_floor_bars(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """The item that fits least decides, however well the others fit."""
    assert assess(case(), reviewer(specialty="Emergency Medicine"), ON, rules).failed() == ("specialty",)
    mixed = case(
        items=("Physical therapy for the neck, 6 visits", "Individual psychotherapy, 6 sessions"), condition="Qwertz"
    )
    found = assess(mixed, reviewer(specialty="Orthopaedic Surgery"), ON, rules)
    assert found.failed() == ("specialty",)
    assert "item 2 of 2" in next(reason.text for reason in found.reasons if reason.code == "specialty")


def tie(kind: TieKind = TieKind.PROFESSIONAL, party: str = "SIERRA CREST CLAIMS SERVICES LLC", **facts: object) -> Tie:
    base = Tie(kind=kind, party=party, nature="Secretname consulting", valid_from=date(2013, 3, 1))
    return replace(base, **facts)  # type: ignore[arg-type]


def conflict(found: Assessment) -> tuple[bool, str]:
    reason = next(reason for reason in found.reasons if reason.code == "conflict")
    return reason.permitted, reason.text


@pytest.mark.parametrize(
    ("affiliation", "permitted", "words"),
    [
        (tie(), False, "professional affiliation with the claims administrator"),
        (tie(valid_to=ON), False, "bars the review"),
        (tie(valid_to=ON - timedelta(days=1)), True, "had ended by"),
        (tie(valid_from=ON + timedelta(days=1)), True, "has not begun"),
        (tie(party="Another Firm", identifier="npi 1999900025"), False, "with the facility"),
        (tie(TieKind.FINANCIAL, "Polar Loop Devices", percent_of_income=5.0), True, "not more than 5%"),
        (tie(TieKind.FINANCIAL, "Polar Loop Devices", percent_of_income=5.1), False, "5.1% of income is more than 5%"),
        (tie(TieKind.FINANCIAL, "Polar Loop Devices"), False, "not stated"),
        (tie(TieKind.FAMILIAL, "Lindqvist, S."), False, "credentialing must clear it up"),
        (tie(TieKind.FAMILIAL, "Nobody Atall"), True, "No affiliation with any of the 5 parties"),
    ],
)
def test_ties_bar_by_kind_date_and_share(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, affiliation: Tie, permitted: bool, words: str
) -> None:
    """A tie in force bars; an ended, future or small one is reported as considered; no sentence holds a name."""
    found = assess(case(), reviewer(ties=(affiliation,)), ON, rules)
    assert found.permitted is permitted
    told = conflict(found)
    assert told[0] is permitted
    assert words in told[1]
    for name in ("Sierra", "SIERRA", "Lindqvist", "Secretname", "Polar"):
        assert all(name not in reason.text for reason in found.reasons)


@pytest.mark.parametrize("role", list(PartyRole))
def test_every_role_that_the_law_screens_is_screened(
    reviewer: MakeReviewer, case: MakeCase, rules: Qualifications, role: PartyRole
) -> None:
    """A tie to a party of any screened role bars, whatever the role."""
    found = assess(
        case(parties=(ScreenedParty(role=role, name="Wexham Holdings"),)),
        reviewer(ties=(tie(party="Wexham Holdings Inc."),)),
        ON,
        rules,
    )
    assert found.permitted is (role not in rules.screened_roles)
    assert role in rules.screened_roles


def test_other_names_of_a_party_count(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """A party is known by every name it goes by."""
    party = ScreenedParty(role=PartyRole.EMPLOYER, name="Old Name Corporation", other_names=("New Name",))
    assert assess(case(parties=(party,)), reviewer(ties=(tie(party="NEW NAME, INC."),)), ON, rules).failed() == (
        "conflict",
    )


def test_numbers_come_from_the_qualifications(reviewer: MakeReviewer, case: MakeCase, rules: Qualifications) -> None:
    """No legal number stands in the code: other qualifications give other answers."""
    loose = replace(
        rules,
        years_of_practice=None,
        hours_a_week=None,
        qme_excluded=False,
        discipline_excluded=False,
        financial_threshold_percent=50.0,
    )
    who = reviewer(
        practice=Practice(since=ON, hours_a_week=1, attested_on=ON),
        qualified_medical_evaluator=True,
        disciplinary_history=True,
        ties=(tie(TieKind.FINANCIAL, "Polar Loop Devices", percent_of_income=49.0),),
    )
    assert assess(case(), who, ON, loose).permitted
    assert set(assess(case(), who, ON, rules).failed()) == {
        "practice_years",
        "practice_hours",
        "qme",
        "discipline",
        "conflict",
    }


@given(since=st.dates(date(1970, 1, 1), date(2030, 1, 1)), on=st.dates(date(2014, 1, 1), date(2030, 1, 1)))
def test_years_of_practice_are_counted_to_the_day(since: date, on: date) -> None:
    """Five years are over on the same day of the year, and on 28 February where 29 does not exist."""
    from evenhand.matching.standing import standing

    rules = Qualifications(
        years_of_practice=5,
        hours_a_week=None,
        qme_excluded=False,
        discipline_excluded=False,
        certification_required_kinds=(),
        financial_threshold_percent=None,
        preferred_licence_state=None,
    )
    practice = Practice(since=since, hours_a_week=1, attested_on=on)
    who = Reviewer(id="R-1", licences=(), certifications=(), practice=practice, capacity=1)
    (reason,) = [found for found in standing(who, on, rules).reasons if found.code == "practice_years"]
    years = (
        on.year
        - since.year
        - ((on.month, on.day) < (since.month, min(since.day, 28) if since.month == 2 else since.day))
    )
    assert reason.permitted is (years >= 5)
