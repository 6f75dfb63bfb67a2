"""Whose law it is, only a programme's folder knows: what the rest of the code still says of California, and why."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.conftest import REPOSITORY

from evenhand import programmes
from evenhand.law import load_pack

SOURCE = REPOSITORY / "src" / "evenhand"

# Names of California's law, authorities, schedules and papers, and the numbers of its sections.
CALIFORNIA = re.compile(
    r"""Californ | \bca_dwc | \bCA\b | Sacramento | Los_Angeles
    | \bLab\.\s?Code | \bLabor\sCode | \bCode\sCiv | \bCiv\.\sCode | \bGov\.\sCode | \bCCR\b | \bSB\s\d | \bAB\s\d
    | \bDWC\b | \bWCAB\b | \bMTUS\b | \bACOEM\b | \bODG\b | \bEAMS\b | \bQME\b | \bMPN\b | MAXIMUS | Administrative\sDirector
    | \b(?:4610\.\d | 4616\.\d | 5307\.27 | 979[02]\.\d+ | 978[59]\.\d+ | 9768\.\d+)""",
    re.VERBOSE,
)

REFUSES = "a refusal of the office names the provision for the person who reads it; nothing is computed from it"
FORM = "a field of the form as the Division prints it"
ROLE = "the office's word for the role of the public authority that decides on eligibility"
# What is left, by file: how many texts, and why they are there. A number may only go down, and no file may be added.
LEFT: dict[str, tuple[int, str]] = {
    "bundles/check.py": (3, "a refusal of a case bundle names the provision that asks for what is missing"),
    "cli/law/where.py": (1, "an example in a refusal"),
    "letters/guidelines.py": (1, "the words of the published letters, which the reader must know to read them"),
    "office/cases/states.py": (
        41,
        "each way from state to state names the provision that allows it; none is decided by it",
    ),
    "office/intake/actions.py": (1, REFUSES),
    "office/issuing/extension.py": (3, REFUSES),
    "office/organisation.py": (1, "the invented address of the review organization"),
    "office/people/actions.py": (1, ROLE),
    "office/people/roles.py": (1, ROLE),
    "office/people/tables.py": (1, "the head of a document about who sees what"),
    "office/publishing/deidentify.py": (1, REFUSES),
    "office/records/actions.py": (1, REFUSES),
    "office/records/deficiency.py": (1, REFUSES),
    "office/reviewers/actions.py": (1, REFUSES),
    "office/reviewers/identities.py": (1, REFUSES),
    "office/reviews/actions.py": (4, REFUSES),
    "office/reviews/drafting.py": (1, "the words of a letter"),
    "office/settings.py": (1, "the office works in Pacific time"),
    "office/site/parties/words.py": (1, ROLE),
    "office/site/staff/acts/evidence.py": (3, "how a citation is written, as in the letters"),
    "office/site/staff/acts/intake.py": (1, ROLE),
    "office/site/staff/acts/issue.py": (1, REFUSES),
    "office/site/staff/acts/parties.py": (1, FORM),
    "office/site/staff/intake_fields.py": (2, FORM),
    "office/site/staff/intake_form.py": (1, FORM),
    "office/ui/dates.py": (1, "the office works in Pacific time"),
    "simulation/one_case.py": (3, ROLE),
    "synthetic/filings.py": (6, "invented applications name guidelines as real ones do"),
    "synthetic/letters.py": (11, "made-up letters in the layouts of the published ones, to test the reader of those"),
}


def _texts(path: Path) -> list[str]:
    """The texts in a module's code that name California; docstrings may."""
    parsed = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(n.value) for n in ast.walk(parsed) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}
    return [
        node.value
        for node in ast.walk(parsed)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        if CALIFORNIA.search(node.value)
    ]


def _outside() -> dict[str, list[str]]:
    """By module outside the programmes: its texts. Migrations write down how tables once were."""
    modules = (p for p in sorted(SOURCE.rglob("*.py")) if not {"programmes", "migrations"} & set(p.parts))
    return {path.relative_to(SOURCE).as_posix(): texts for path in modules if (texts := _texts(path))}


def test_nothing_new_knows_california() -> None:
    """Outside the programmes' folders no text names California, its law or its papers, but for those listed with their
    reason."""
    found = _outside()
    assert {name: texts for name, texts in found.items() if len(texts) > LEFT.get(name, (0, ""))[0]} == {}


def test_the_list_only_shrinks() -> None:
    """What is mended leaves the list: each number is exactly what is there."""
    found = _outside()
    assert {
        name: (count, len(found.get(name, []))) for name, (count, _) in LEFT.items() if len(found.get(name, [])) < count
    } == {}
    assert all(reason for _, reason in LEFT.values())


def test_the_engine_and_its_crafts_know_no_programme() -> None:
    """The law's engine, matching, privacy, treatments, records and typesetting name no programme at all."""
    crafts = {"law", "matching", "privacy", "treatments", "casefile", "typesetting", "corpus", "reading"}
    assert [name for name in _outside() if name.split("/")[0] in crafts] == []


def test_the_default_programme_stands_in_one_place() -> None:
    """Which programme is meant where nobody names one is one constant, and it is a programme that there is."""
    assert load_pack().programme.name == programmes.DEFAULT
    named = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and any(programmes.DEFAULT in text for text in _texts(path))
    ]
    assert named == ["programmes/__init__.py"]
