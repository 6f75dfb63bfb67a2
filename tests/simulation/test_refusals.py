"""What the office does with bundles that lack something or are wrong: it stops at the stage with the reason, or refuses up front."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import yaml
from tests.simulation.conftest import Office, change

pytestmark = pytest.mark.slow


def without(name: str) -> Callable[[Path], None]:
    """Removes a file of the bundle."""
    return lambda bundle: (bundle / name).unlink()


def dropping(name: str, *path: str) -> Callable[[Path], None]:
    """Removes an entry from a file of the bundle."""

    def drop(bundle: Path) -> None:
        whole = yaml.safe_load((bundle / name).read_text())
        block = whole
        for part in path[:-1]:
            block = block[part]
        del block[path[-1]]
        (bundle / name).write_text(yaml.safe_dump(whole, allow_unicode=True))

    return drop


def setting(name: str, value: object, *path: str | int) -> Callable[[Path], None]:
    """Sets an entry in a file of the bundle."""

    def put(bundle: Path) -> None:
        whole = yaml.safe_load((bundle / name).read_text())
        block = whole
        for part in path[:-1]:
            block = block[part]
        block[path[-1]] = value
        (bundle / name).write_text(yaml.safe_dump(whole, allow_unicode=True))

    return put


def only_ur_papers(bundle: Path) -> None:
    """Leaves nothing in the records but the utilization review decision."""
    whole = yaml.safe_load((bundle / "records.yaml").read_text())
    whole["receipts"] = [r for r in whole["receipts"] if r["sender"] == "employee"]
    (bundle / "records.yaml").write_text(yaml.safe_dump(whole))
    (bundle / "review.yaml").unlink()
    dropping("course.yaml", "additional_information")(bundle)


def no_one_permitted(bundle: Path) -> None:
    """Leaves in the register only those who have a disciplinary history."""
    whole = yaml.safe_load((bundle / "reviewers.yaml").read_text())
    for entry in whole["reviewers"]:
        entry["reviewer"]["disciplinary_history"] = True
    (bundle / "reviewers.yaml").write_text(yaml.safe_dump(whole, allow_unicode=True))


# What is taken away, where the case then stands, and words of the reason.
STOPS = {
    "signature": (dropping("case.yaml", "application", "signature"), "CLOSED", "sign"),
    "attached UR decision": (
        setting("case.yaml", False, "application", "filing", "ur_decision_attached"),
        "CLOSED",
        "attach|copy",
    ),
    "answer to the question": (
        setting("course.yaml", None, "eligibility_question", "answered_on"),
        "INFORMATION_REQUESTED",
        "not answered",
    ),
    "eligibility": (dropping("course.yaml", "eligibility_approved_on"), "SCREENING", "Administrative Director"),
    "notice of assignment": (dropping("course.yaml", "assignment_notice"), "ASSIGNED", "notice of assignment"),
    "records": (without("records.yaml"), "RECORDS_OPEN", "no records"),
    "records beyond the UR decision": (only_ur_papers, "RECORDS_OPEN", "may rest on it alone|solely"),
    "completeness": (dropping("course.yaml", "records_complete_on"), "RECORDS_OPEN", "complete"),
    "register": (without("reviewers.yaml"), "RECORDS_COMPLETE", "register"),
    "permitted reviewer": (no_one_permitted, "RECORDS_COMPLETE", "nobody in the register"),
    "selection": (dropping("course.yaml", "reviewer_selected_on"), "RECORDS_COMPLETE", "no reviewer was selected"),
    "answer to the reviewer": (
        setting("course.yaml", None, "additional_information", "answered_on"),
        "ADDITIONAL_INFORMATION",
        "not answered",
    ),
    "review": (without("review.yaml"), "IN_REVIEW", "reviewer's work"),
    "attestation": (setting("review.yaml", False, "attested"), "IN_REVIEW", "attest"),
    "evidence": (setting("review.yaml", [], "items", 0, "steps"), "IN_REVIEW", "evidence"),
    "a step of the evidence": (
        lambda b: change(b / "review.yaml", "step: peer_reviewed", "step: expert_opinion"),
        "IN_REVIEW",
        "evidence",
    ),
    "quality review": (dropping("course.yaml", "quality_review"), "DRAFTED", "medical director"),
    "mailing": (dropping("course.yaml", "determination"), "QUALITY_REVIEW", "not sent"),
    "publication": (dropping("course.yaml", "published_on"), "ISSUED", "not published"),
}


@pytest.mark.parametrize("missing", STOPS)
def test_without_any_one_input_the_case_stops_at_that_stage(office: Office, bundle: Path, missing: str) -> None:
    """Nothing is assumed: what is missing stops the case where it is needed, with the reason, exit 1 and no traceback."""
    spoil, state, reason = STOPS[missing]
    spoil(bundle)
    ran = office.run(bundle)
    assert ran.code == 1, ran.out + ran.err
    assert "Traceback" not in ran.err
    assert re.search(reason, ran.out + ran.err, re.IGNORECASE), ran.out + ran.err
    assert _state(office) == state
    letters = list((office.home / "out").rglob("letter.pdf"))
    assert bool(letters) is (state == "ISSUED")
    assert office.evenhand("audit", "verify").code == 0


def test_an_ineligible_case_tells_every_party_why_and_until_when_to_petition(office: Office, bundle: Path) -> None:
    """An application received a day late: ineligible with the arithmetic, a notice to each party, and the date of row 24's rule."""
    change(bundle / "case.yaml", "received_on: 2015-01-16", "received_on: 2015-01-28")
    change(
        bundle / "case.yaml",
        "copied_to_claims_administrator_on: 2015-01-16",
        "copied_to_claims_administrator_on: 2015-01-28",
    )
    change(bundle / "course.yaml", "application_entered_on: 2015-01-16", "application_entered_on: 2015-01-28")
    dropping("course.yaml", "eligibility_question")(bundle)
    change(bundle / "records.yaml", "received_on: 2015-01-16", "received_on: 2015-01-28")
    ran = office.run(bundle)
    assert ran.code == 1 and "2015-01-27" in ran.out
    folder = office.home / "out" / bundle.name
    # Four parties, and the employee in Spanish as well.
    assert len(list((folder / "notices").glob("*ineligibility*.pdf"))) == 5
    assert len(list((folder / "notices").glob("*ineligibility-employee-es.pdf"))) == 1
    assert "2015-03-04" in (folder / "timeline.txt").read_text()
    assert not (folder / "letter.pdf").exists()


def encrypted_pdf(bundle: Path) -> None:
    """Puts a password on a record."""
    path = bundle / "records" / "rfa-2014-12-16.pdf"
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="user"))


# What is wrong, and what the line about it must say: the file, the path inside it, the fault.
BAD = {
    "empty file": (lambda b: (b / "case.yaml").write_text(""), r"case\.yaml: is empty"),
    "wrong YAML": (lambda b: (b / "case.yaml").write_text("title: [a\nb: }"), r"case\.yaml:\d+: is not valid YAML"),
    "binary instead of YAML": (
        lambda b: (b / "case.yaml").write_bytes(b"\xff\xfe\x00\x01"),
        r"case\.yaml: is not UTF-8",
    ),
    "doubled key": (lambda b: change(b / "case.yaml", "title:", "title: x\ntitle:"), r"case\.yaml:\d+: .*twice"),
    "unknown field": (
        lambda b: change(b / "case.yaml", "  ur_type: regular", "  ur_type: regular\n  colour: red"),
        r"case\.yaml:\d+: application\.colour: is not a field",
    ),
    "wrong choice": (
        lambda b: change(b / "case.yaml", "ur_type: regular", "ur_type: slow"),
        r"case\.yaml:\d+: application\.ur_type: is 'slow'; allowed: 'regular' or 'expedited'",
    ),
    "wrong date": (
        lambda b: change(b / "case.yaml", "decided_on: 2014-12-23", "decided_on: last week"),
        r"ur_decision\.decided_on: is 'last week'; a date is written YYYY-MM-DD",
    ),
    "missing UR decision": (dropping("case.yaml", "ur_decision"), r"case\.yaml:\d+: ur_decision: is missing"),
    "missing course": (without("course.yaml"), r"course\.yaml: is missing"),
    "missing paper": (
        without("records/rfa-2014-12-16.pdf"),
        r"records\.yaml: receipts\[1\]\.files\[\d+\]\.path: .*does not exist",
    ),
    "paper outside the bundle": (
        lambda b: change(b / "records.yaml", "records/rfa-2014-12-16.pdf", "../../../etc/passwd"),
        r"lies outside the bundle",
    ),
    "a PDF that is not one": (
        lambda b: (b / "records/rfa-2014-12-16.pdf").write_text("Dear sirs"),
        r"records/rfa-2014-12-16\.pdf: .*not a PDF",
    ),
    "an empty PDF": (
        lambda b: (b / "records/rfa-2014-12-16.pdf").write_bytes(b""),
        r"records/rfa-2014-12-16\.pdf: .*(zero|empty|no bytes)",
    ),
    "an encrypted PDF": (encrypted_pdf, r"records/rfa-2014-12-16\.pdf: .*password"),
    "dates out of order": (
        lambda b: change(
            b / "course.yaml", "eligibility_approved_on: 2015-01-28", "eligibility_approved_on: 2015-01-02"
        ),
        r"course\.yaml: eligibility_approved_on: is 2015-01-02, before .*dates must be in order",
    ),
    "item without a decision": (setting("review.yaml", [], "items"), r"review\.yaml: items: item 1 has no decision"),
    "decision on no item": (setting("review.yaml", 7, "items", 0, "item"), r"review\.yaml: items\[0\]\.item: is 7"),
    "page that does not exist": (
        setting("review.yaml", [{"document": "rfa", "page": 99}], "summary", 0, "pages"),
        r"review\.yaml: summary\[0\]\.pages\[0\]: page 99 of 'rfa' does not exist",
    ),
    "document that does not exist": (
        setting("review.yaml", [{"document": "diary", "page": 1}], "summary", 0, "pages"),
        r"document 'diary' is not in records\.yaml",
    ),
    "sentence without a page": (setting("review.yaml", [], "summary", 0, "pages"), r"summary\[0\]\.pages: is empty"),
    "nobody to decide eligibility": (
        lambda b: change(b / "course.yaml", "roles: [administrative_director]", "roles: [auditor]"),
        r"course\.yaml: people: nobody is administrative_director",
    ),
    "unknown forced reviewer": (
        lambda b: (b / "course.yaml").write_text((b / "course.yaml").read_text() + "\nforce_reviewer: R-9999\n"),
        r"force_reviewer: is R-9999",
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_wrong_bundle_is_refused_before_anything_is_done(office: Office, bundle: Path, fault: str) -> None:
    """One clear line a fault, with file and place and what is allowed; no office, no output, no traceback."""
    spoil, line = BAD[fault]
    spoil(bundle)
    ran = office.run(bundle)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert re.search(line, ran.err), ran.err
    assert not office.database.exists() and not (office.home / "out").exists()


def test_all_faults_are_told_at_once(office: Office, bundle: Path) -> None:
    """Three faults in three files are three lines, not three runs."""
    change(bundle / "case.yaml", "ur_type: regular", "ur_type: slow")
    change(bundle / "course.yaml", "approved: true", "approved: perhaps")
    (bundle / "records" / "rfa-2014-12-16.pdf").unlink()
    ran = office.run(bundle)
    assert ran.code == 1 and len(ran.err.strip().splitlines()) == 3, ran.err


def test_a_conflicted_reviewer_cannot_be_forced_in(office: Office, bundle: Path) -> None:
    """Insisting does not help: the tie is named by its kind and party, the case waits, no name is told."""
    whole = yaml.safe_load((bundle / "reviewers.yaml").read_text())
    conflicted = next(
        e
        for e in whole["reviewers"]
        if any(
            t["party"].casefold().startswith("sierra crest claims services") and not t.get("valid_to")
            for t in e["reviewer"].get("ties", [])
        )
    )
    (bundle / "course.yaml").write_text(
        (bundle / "course.yaml").read_text() + f"\nforce_reviewer: {conflicted['reviewer']['id']}\n"
    )
    ran = office.run(bundle)
    assert ran.code == 1 and "may not review this case" in ran.err and "claims administrator" in ran.err
    assert conflicted["name"].split()[-1] not in ran.err + ran.out
    assert _state(office) == "RECORDS_COMPLETE"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("run", "nowhere"), "is not a folder"),
        (("run", "--database", "mysql://x/y", "."), "allowed: sqlite"),
        (("audit", "verify"), "there is no office here yet"),
        (("audit", "verify", "--bundle", "nowhere.json"), "cannot be read"),
    ],
)
def test_wrong_use_is_told_in_words(office: Office, arguments: tuple[str, ...], words: str) -> None:
    """A wrong path or URL is a sentence, never a traceback, and nothing is made."""
    ran = office.evenhand(*arguments)
    assert ran.code == 1 and words in ran.err and "Traceback" not in ran.err
    assert not office.database.exists()


def test_an_unknown_option_is_wrong_use(office: Office) -> None:
    """Wrong use of the command exits 2."""
    assert office.evenhand("run").code == 2
    assert office.evenhand("dance").code == 2


def _state(office: Office) -> str:
    import sqlite3

    with sqlite3.connect(office.database) as database:
        return str(database.execute("SELECT state FROM cases_case").fetchone()[0])


NAMED = "Reviewed by Zephyrine Okonquerre, who may be asked."


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: appended(b / "review.yaml", ("items", 0, "rationale"), NAMED),
        lambda b: appended(b / "review.yaml", ("summary", 0, "text"), NAMED),
        lambda b: appended(b / "review.yaml", ("items", 0, "steps", 1, "reason"), NAMED),
        lambda b: appended(b / "course.yaml", ("additional_information", "question"), NAMED),
    ],
)
def test_nothing_that_leaves_may_name_the_reviewer(office: Office, bundle: Path, spoil: Callable[[Path], None]) -> None:
    """Rationale, summary, evidence, question: a text with the reviewer's name is refused, and the refusal does not repeat it."""
    spoil(bundle)
    setting("course.yaml", "R-1001", "force_reviewer")(bundle)
    ran = office.run(bundle)
    assert ran.code == 1 and "names the reviewer" in ran.err, ran.err
    assert "Okonquerre" not in ran.err + ran.out
    assert not list(office.home.rglob("letter.pdf"))


@pytest.mark.parametrize("name", ["Maribel Vantongeren", "Halvard Pinckmoor", "Orrin T. Tessalby", "Lindqvist, Signe"])
def test_nobody_reviews_a_case_they_are_a_party_to(office: Office, bundle: Path, name: str) -> None:
    """The treating physician, the UR reviewer, the worker or the attorney in the register is barred by being who they are."""
    setting("reviewers.yaml", name, "reviewers", 0, "name")(bundle)
    whole = yaml.safe_load((bundle / "reviewers.yaml").read_text())
    setting("course.yaml", whole["reviewers"][0]["reviewer"]["id"], "force_reviewer")(bundle)
    ran = office.run(bundle)
    assert ran.code == 1 and "may not review this case" in ran.err
    assert name.split()[-1] not in ran.err


def test_a_stopped_case_does_not_stand_beside_an_old_letter(office: Office, bundle: Path) -> None:
    """After --fresh the folder holds the new case only: dates, notices and proof so far, and no letter of the earlier one."""
    assert office.run(bundle).code == 0
    (bundle / "review.yaml").unlink()
    ran = office.run(bundle, "--fresh")
    assert ran.code == 1 and "so far are in" in ran.err
    folder = office.home / "out" / bundle.name
    assert {"timeline.txt", "timeline.json", "proof.json", "notices"} == {path.name for path in folder.iterdir()}
    assert office.evenhand("audit", "verify", "--bundle", folder / "proof.json").code == 0


def test_nothing_of_other_people_is_removed(office: Office, bundle: Path) -> None:
    """A file of somebody's own in the folder stops the run before anything is done; folders beside it are not touched."""
    assert office.run(bundle).code == 0
    folder = office.home / "out" / bundle.name
    (folder / "my-notes.txt").write_text("mine")
    beside = folder.with_name(f".{bundle.name}.backup2024")
    beside.mkdir()
    ran = office.run(bundle, "--fresh")
    assert ran.code == 1 and "my-notes.txt" in ran.err
    assert (folder / "my-notes.txt").read_text() == "mine" and beside.is_dir() and (folder / "letter.pdf").is_file()


def test_many_at_once_do_not_harm_one_another(office: Office, bundle: Path) -> None:
    """Four runs of one bundle on a new database: one does the work, the others find it done; the log is whole."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda _: office.run(bundle).code, range(4)))
    assert codes == [0, 0, 0, 0]
    assert office.evenhand("audit", "verify").code == 0


MORE_BAD = {
    "a name as identifier": (
        lambda b: setting("reviewers.yaml", "Okonquerre", "reviewers", 0, "reviewer", "id")(b),
        "never a name",
    ),
    "one person twice": (
        lambda b: setting("reviewers.yaml", npi_of(b, 1), "reviewers", 0, "npi")(b),
        "each reviewer once",
    ),
    "a reviewer on the staff": (
        lambda b: change(b / "course.yaml", "medical.haverstock", "R-1001"),
        "holds no other role",
    ),
    "the director on the staff": (
        lambda b: change(b / "course.yaml", "[administrative_director]", "[administrative_director, intake]"),
        "nobody's staff",
    ),
    "a date of another age": (
        lambda b: change(b / "case.yaml", "date_of_birth: 1973-03-02", "date_of_birth: 0001-03-02"),
        "make sense here",
    ),
    "a name without letters": (
        lambda b: change(b / "case.yaml", "employer_name: Delta Orchard Packing Company", "employer_name: '...'"),
        "a name has letters",
    ),
    "a tower of brackets": (lambda b: (b / "case.yaml").write_text("a: " + "[" * 100_000), "nested too deeply"),
    "a pipe": (lambda b: ((b / "review.yaml").unlink(), os.mkfifo(b / "review.yaml")), "no ordinary file"),
    "a link out of the bundle": (
        lambda b: (
            (b / "review.yaml").rename(b.parent / "r.yaml"),
            (b / "review.yaml").symlink_to(b.parent / "r.yaml"),
        ),
        "leads out of the bundle",
    ),
    "a zero byte in a path": (
        lambda b: setting("records.yaml", "records/\0.pdf", "receipts", 0, "files", 0, "path")(b),
        "is no path of a file",
    ),
}


@pytest.mark.parametrize("fault", MORE_BAD)
def test_what_an_attacker_tries_is_refused_up_front(office: Office, bundle: Path, fault: str) -> None:
    """Identities, duties, dates, names and files that cannot be: one clear line, no office, no traceback."""
    spoil, words = MORE_BAD[fault]
    spoil(bundle)
    ran = office.run(bundle)
    assert ran.code == 1 and words in ran.err and "Traceback" not in ran.err, ran.err
    assert not office.database.exists()


def appended(path: Path, place: tuple[str | int, ...], words: str) -> None:
    """Adds words to a text of a file of the bundle."""
    block = yaml.safe_load(path.read_text())
    for part in place:
        block = block[part]
    setting(path.name, f"{block} {words}", *place)(path.parent)


def npi_of(bundle: Path, place: int) -> str:
    """The NPI of an entry of the register."""
    return str(yaml.safe_load((bundle / "reviewers.yaml").read_text())["reviewers"][place]["npi"])
