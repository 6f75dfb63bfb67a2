"""Every check of the second reader: where it must speak, and the letters that look alike in which it must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.letters.second_reader.letters import GOOD, Changed, changed

from evenhand.letters.second_reader import Severity, checks

CASES = Path(__file__).parent / "cases"
CODES = [check.code for check in checks()]


def _cases(kind: str) -> list[Any]:
    found = []
    for path in sorted(CASES.glob("EH*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))[kind]:
            found += [(path.stem, case)]
    return [pytest.param(code, case, id=f"{code}: {case['why']}") for code, case in found]


@pytest.mark.parametrize(("code", "case"), _cases("finds"))
def test_it_speaks(code: str, case: dict[str, Any]) -> None:
    """The defect is found under its code and at its place, with a reason and what to do."""
    found = [finding for finding in changed(case["change"]).findings() if finding.code == code]
    assert found
    at = [finding for finding in found if (finding.place.item or 0) == case.get("item", finding.place.item or 0)]
    assert at
    assert case.get("quote", "") in " | ".join(finding.place.quote for finding in at)
    assert all(finding.what and finding.why and finding.what_to_do for finding in found)


@pytest.mark.parametrize(("code", "case"), _cases("near_misses"))
def test_it_is_silent(code: str, case: dict[str, Any]) -> None:
    """A letter that looks like the defect and is right raises no finding of that code."""
    assert [finding.what for finding in changed(case["change"]).findings() if finding.code == code] == []


@pytest.mark.parametrize("code", CODES)
def test_every_check_has_its_cases(code: str) -> None:
    """A check has a defect that it finds and five near misses that it leaves alone."""
    cases = yaml.safe_load((CASES / f"{code}.yaml").read_text(encoding="utf-8"))
    assert len(cases["finds"]) >= 1
    assert len(cases["near_misses"]) >= 5


def test_a_good_letter_has_no_finding() -> None:
    """A letter with all that the law asks, a fitting source and a fitting reviewer raises no question."""
    assert Changed(letter=GOOD).findings() == ()


def test_places_lie_in_the_letter() -> None:
    """Every finding of every case quotes exactly what stands at its place."""
    for path in sorted(CASES.glob("EH*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["finds"]:
            letter = changed(case["change"])
            texts = _texts(letter)
            for finding in letter.findings():
                place = finding.place
                if place.start is not None:
                    assert texts[place.part.value, place.item][place.start : place.end] == place.quote


def _texts(read: Changed) -> dict[tuple[str, int | None], str]:
    letter = read.letter
    held = letter.reviewer
    texts: dict[tuple[str, int | None], str] = {
        ("summary", None): letter.clinical_case_summary,
        ("documents", None): "\n".join(letter.documents_reviewed),
        ("reviewer", None): "; ".join([*held.licensure, *held.specialties]),
    }
    for item in letter.items:
        texts["item", item.number] = item.item
        texts["rationale", item.number] = item.rationale
        texts["claims_administrator_guideline", item.number] = item.claims_administrator_guideline.text
        texts["imr_guideline", item.number] = item.imr_guideline.text
    return texts


def test_codes_and_severities_are_told_apart() -> None:
    """Codes are four signs and a number in the order of their groups; what rests on craft alone is never an error."""
    for check in checks():
        assert check.code[:2] == "EH" and check.code[2:].isdecimal() and len(check.code) == 5
        assert check.says.endswith(".") and check.to_do.endswith(".")
        assert check.ground == "law" or check.severity is not Severity.ERROR
