"""Read off the syntax trees: the law's numbers, dates and sections stand in the packs, and the office asks for them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.conftest import REPOSITORY

from evenhand.law import load_pack
from evenhand.law.schema import FeeVersion, ValueVersion

SOURCE = REPOSITORY / "src" / "evenhand"
LAW = SOURCE / "law"
OFFICE = SOURCE / "office"

# Counting to nothing, one and one back, and halving or pairing, is no law.
PLAIN = {0, 1, 2}
# Every other number in the engine, with its reason. Nothing may be added that a regulation could change.
REASONS: dict[tuple[str, float], str] = {
    ("calendars.py", 7): "days of a week",
    ("calendars.py", 3): "half a week: the nearer way from one weekday to another",
    ("schema/clocks.py", 10_000): "a longer period could pass the days that Python has",
    ("deadlines.py", 1000): "before it a period could pass the first day that Python has",
    ("deadlines.py", 9000): "beyond it a period could pass the last day that Python has",
    ("deadlines.py", 12): "months of a year",
    ("eligibility.py", 16): "packs for which the grounds are kept ready",
    ("eligibility.py", 1024): "pairs of days for which the grounds are kept ready",
    ("load.py", 3): "the third weekday of a month, as a holiday's rule may say",
    ("load.py", 4): "the fourth; there need not be a fifth",
    ("versions.py", 3): "names that a refusal suggests",
    ("mtus.py", 3): "names that a refusal suggests",
    ("mtus.py", 4): "digits of a year",
    ("sections.py", 3): "the group of a pattern",
    ("applications.py", 1_000_000): "characters of one line that are read",
}
# A helper of the tests of situations writes people and places: nothing in it decides.
INVENTED = LAW / "situations"

# A day, or a year that is not part of an address on the web.
DAY_WRITTEN = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|(?<![\w/])(?:19|20)\d\d\b")
SECTION_WRITTEN = re.compile(r"§|\b\d{3,5}(?:\.\d+)+|\b\d{4,5}\([a-z]\)|\bCode \d|\bCCR\b|\bC\.?F\.?R\b|\bU\.?S\.?C\b")
MONEY_WRITTEN = re.compile(r"\$\s?\d|\b\d+ (?:dollars|USD|percent)\b")


def modules(folder: Path) -> list[Path]:
    """The modules below a folder, migrations apart: they write down how tables once were."""
    return sorted(path for path in folder.rglob("*.py") if "migrations" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax tree, without docstrings: they may cite."""
    parsed = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in ast.walk(parsed):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _is_docstring(each)]
    return parsed


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def constants(path: Path, kind: type | tuple[type, ...]) -> Iterator[ast.Constant]:
    """The constants of a kind; True and False are no numbers."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, kind) and not isinstance(node.value, bool):
            yield node


def at(path: Path, node: ast.AST) -> str:
    """Where it stands, and what."""
    return f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}: {ast.unparse(node)[:100]}"


def test_there_is_something_to_look_at() -> None:
    """Engine and office were found; the other tests here would pass on an empty folder."""
    assert len(modules(LAW)) > 25
    assert len(modules(OFFICE)) > 100
    assert any(True for _ in constants(LAW / "deadlines.py", int))


def test_no_number_in_the_engine_without_a_reason() -> None:
    """Every number in `evenhand.law` is plain counting or has a reason here that no regulation can change."""
    found = [
        (path.relative_to(LAW).as_posix(), node.value, at(path, node))
        for path in modules(LAW)
        if INVENTED not in path.parents
        for node in constants(path, (int, float))
        if node.value not in PLAIN
    ]
    assert [where for name, number, where in found if (name, number) not in REASONS] == []


def test_the_reasons_are_all_needed() -> None:
    """The list of numbers with a reason names only numbers that are there: it can only shrink."""
    there = {
        (path.relative_to(LAW).as_posix(), node.value)
        for path in modules(LAW)
        for node in constants(path, (int, float))
    }
    assert set(REASONS) - there == set()


@pytest.mark.parametrize("folder", [LAW, OFFICE], ids=["law", "office"])
def test_no_date_in_logic(folder: Path) -> None:
    """No date is written into the engine or the office, neither as a call nor as text: days of the law are in the packs."""
    shown = {
        "office/ui/samples.py": "the catalogue of components shows invented cases",
        "office/ui/examples.py": "the catalogue of components shows invented cases",
        "office/site/staff/asking.py": "a refusal shows how a date is written",
        "office/site/staff/acts/evidence.py": "a hint shows how a citation is written",
        "office/site/staff/acts/reviewing.py": "a hint shows how a sentence of a summary is written",
        "office/site/staff/acts/fields.py": "the first day that a field takes; no person alive was born before",
    }
    found = []
    for path in modules(folder):
        if path.relative_to(SOURCE).as_posix() in shown or INVENTED in path.parents:
            continue
        for node in ast.walk(tree(path)):
            made = isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"date", "datetime"}
            found += [at(path, node)] if made and node.args and isinstance(node.args[0], ast.Constant) else []
        found += [at(path, node) for node in constants(path, str) if DAY_WRITTEN.search(node.value)]
    assert found == []


def test_no_section_in_the_engine() -> None:
    """The engine names no section of any law: a citation is data, and so it can change. What reads citations knows the
    sign for one."""
    knows_the_sign = LAW / "sections.py"
    found = [
        at(path, node)
        for path in modules(LAW)
        if INVENTED not in path.parents
        for node in constants(path, str)
        if SECTION_WRITTEN.search(node.value) and not (path == knows_the_sign and "§" in node.value)
    ]
    assert found == []


# ---- the office ----

# Where the office adds to an instant, and why that is none of the law's time.
SPANS = {
    "cases/queue.py": "a page shows what is due in the next seven days",
    "cases/reading.py": "how long an emergency look into a closed file lasts",
    "correspondence/mail.py": "when a message that is being sent counts as lost",
    "jobs/health.py": "when the night's work counts as late",
    "jobs/nightly.py": "how long finished jobs are kept",
    "jobs/schedule.py": "the next night",
    "jobs/tasks.py": "how long a job may wait",
    "jobs/worker.py": "how long a job may run, and when it is tried again",
    "people/invitations.py": "how long an invitation holds",
    "proofs/figures.py": "months and weeks of a chart",
    "settings.py": "how long a locked account stays locked",
}
# Where it looks how far two days lie apart, and why nothing follows from it.
DISTANCES = {
    "proofs/figures.py": "statistics of how long reviews took",
    "proofs/timeline.py": "words for how late something was that the law says was late",
    "site/staff/case_view.py": "how old a case is",
    "site/staff/queue.py": "how old a case is",
    "ui/badges.py": "words for how far off a date is",
}
# A number of the office that is also an amount of the law's, and what it is instead.
OTHER_AMOUNTS: dict[tuple[str, int], str] = {
    ("correspondence/printing.py", 500): "envelopes of one batch",
    ("people/models.py", 500): "characters of a reason",
    ("site/account/forms.py", 500): "characters of a reason",
    ("site/ask.py", 500): "pages of a list",
    ("site/errors.py", 500): "the status of an answer that failed",
    ("site/staff/acts/fields.py", 500): "pages of a file that one field names",
    ("site/staff/file.py", 5000): "pixels of a picture",
}


def _called(path: Path) -> str:
    return path.relative_to(OFFICE).as_posix()


def _names(path: Path, *names: str) -> list[ast.AST]:
    return [
        node
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Name) and node.id in names) or (isinstance(node, ast.Attribute) and node.attr in names)
    ]


def test_the_office_computes_no_deadline() -> None:
    """No day is added to a day in the office but where the reason is listed: a legal last day comes from the law."""
    adds = {_called(path) for path in modules(OFFICE) if _names(path, "timedelta", "relativedelta")}
    assert adds == set(SPANS)
    other = (
        "toordinal",
        "fromordinal",
        "monthrange",
        "isocalendar",
        "is_business_day",
        "on_or_after",
        "business_days_after",
    )
    assert [at(path, node) for path in modules(OFFICE) for node in _names(path, *other)] == []


def test_the_office_measures_no_legal_time() -> None:
    """How many days lie between two days is asked in the office only to show it, where the reason is listed."""
    measured = {
        _called(path)
        for path in modules(OFFICE)
        for node in _names(path, "days")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.BinOp)
    }
    assert measured == set(DISTANCES)


def test_the_office_sets_no_fee() -> None:
    """No amount of money of the law, and no amount written as money, stands in the office."""
    amounts = set()
    for provision in load_pack().provisions():
        for version in provision.versions:
            if isinstance(version, FeeVersion):
                amounts |= {row.amount for row in version.rows}
            if isinstance(version, ValueVersion) and (version.unit or "").startswith("USD"):
                amounts |= {version.value}
    amounts -= {None}
    assert len(amounts) > 10
    found = {
        (_called(path), n.value): at(path, n)
        for path in modules(OFFICE)
        for n in constants(path, int)
        if n.value in amounts
    }
    assert {where for key, where in found.items() if key not in OTHER_AMOUNTS} == set()
    assert set(OTHER_AMOUNTS) <= set(found)
    # The catalogue of components shows invented cases.
    written = [path for path in modules(OFFICE) if path.name not in {"examples.py", "samples.py"}]
    assert [at(path, n) for path in written for n in constants(path, str) if MONEY_WRITTEN.search(n.value)] == []


def test_the_office_decides_no_ground() -> None:
    """No code of a ground stands in the office, but for the one word that is also a state of an item: which grounds there
    are, and what follows from each, only the pack says."""
    codes = set(load_pack().grounds)
    found = Counter(n.value for path in modules(OFFICE) for n in constants(path, str) if n.value in codes)
    assert set(found) <= {"DUPLICATE"}


def test_the_office_asks_the_law() -> None:
    """The office takes law from `evenhand.law` and nowhere else: no module of it reads a pack's files by itself."""
    read = [
        at(path, node)
        for path in modules(OFFICE)
        for node in constants(path, str)
        if re.search(r"law/\w+\.yaml|pack\.yaml", node.value)
    ]
    assert read == []
