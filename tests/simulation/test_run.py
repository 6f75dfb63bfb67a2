"""`evenhand run` on the examples: everything is there, the dates are right, nothing leaks, and a second run changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pikepdf
import pytest
import yaml
from tests.simulation.conftest import LUMBAR, NECK, Office, change

from evenhand.letters.read import read_letter
from evenhand.reading import to_plain
from evenhand.typesetting.check import check_pdf
from evenhand.typesetting.signature import SignatureState, read_certificates, verify_pdf

pytestmark = pytest.mark.slow

OUTPUTS = (
    "letter.pdf",
    "letter.html",
    "determination.json",
    "timeline.txt",
    "timeline.json",
    "proof.json",
    "published.json",
)

# LAW 13, rows 4, 8, 9, 12, 16, 19, 21: rule, date.
ROWS = {
    4: ("application", "2015-01-27"),
    8: ("assignment_notice", "2015-01-29"),
    9: ("records_mailed", "2015-02-13"),
    12: ("records_window", "2014-06-16"),
    16: ("determination", "2015-03-16"),
    19: ("wcab_petition", "2015-04-14"),
    21: ("ur_effect", "2015-12-23"),
}


@pytest.fixture(scope="session")
def neck(finished: Office) -> Path:
    """What the first example left."""
    return finished.home / "out" / NECK.name


@pytest.fixture(scope="session")
def lumbar(finished: Office) -> Path:
    """What the second example left."""
    return finished.home / "out" / LUMBAR.name


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_output_is_there(neck: Path, lumbar: Path, name: str) -> None:
    """Letter, determination, time line, proof and publication exist for both examples."""
    assert (neck / name).stat().st_size > 100
    assert (lumbar / name).stat().st_size > 100


def test_every_party_got_every_notice(neck: Path) -> None:
    """The notice of assignment went to each of the four parties, and never to the employer."""
    names = sorted(path.name for path in (neck / "notices").iterdir())
    for role in ("employee", "attorney", "requesting_physician", "claims_administrator"):
        assert any(f"-assignment-{role}." in name for name in names)
        assert any(f"-determination_summary-{role}." in name for name in names)
    assert [name for name in names if name.endswith("-es.pdf") and "-employee-" not in name] == []
    assert len([name for name in names if name.endswith("-assignment-employee-es.pdf")]) == 1
    assert not any("employer" in name for name in names)


@pytest.mark.parametrize("row", ROWS)
def test_the_dates_are_those_of_the_worked_example(neck: Path, row: int) -> None:
    """Each named row of the worked example stands in the time line, with its arithmetic and citation."""
    rule, day = ROWS[row]
    told = json.loads((neck / "timeline.json").read_text())
    entries = [entry for entry in told["entries"] if entry["rule"] == rule]
    assert entries and all(entry["due"] == day and entry["steps"] and entry["citation"] for entry in entries)
    assert day in (neck / "timeline.txt").read_text()


def test_an_overturned_item_is_carried_out_in_time(office: Office, bundle: Path) -> None:
    """Rows 22 and 23: five working days from receipt to authorize, twenty days to pay."""
    review = yaml.safe_load((bundle / "review.yaml").read_text())
    review["items"][0]["decision"] = "Overturned"
    review["items"][0]["rationale"] = (
        "The unit gives this worker relief that packs do not, and it is medically necessary."
    )
    (bundle / "review.yaml").write_text(yaml.safe_dump(review, allow_unicode=True))
    assert office.run(bundle).code == 0
    told = json.loads((office.home / "out" / bundle.name / "timeline.json").read_text())
    due = {entry["rule"]: entry["due"] for entry in told["entries"]}
    assert due["implement_authorise"] == "2015-03-20"
    assert due["implement_pay"] == "2015-04-02"
    letter = json.loads((office.home / "out" / bundle.name / "determination.json").read_text())
    assert letter["outcome"] == "Overturn"


def test_a_second_run_changes_nothing(copy_of: Office) -> None:
    """It says that the case exists; not a byte of the outputs and not an event is added."""
    folder = copy_of.home / "out" / NECK.name
    # The folder moved with the copy: the first run here takes the case out once more, which is an event.
    copy_of.run(NECK)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    counted = _events(copy_of)
    ran = copy_of.run(NECK)
    assert ran.code == 0 and "exists already" in ran.out and "nothing was changed" in ran.out
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert _events(copy_of) == counted


def test_fresh_starts_anew_and_keeps_the_old_case(copy_of: Office) -> None:
    """A new number, the old case set aside with its events, the log whole, one decision found by the search."""
    ran = copy_of.run(NECK, "--fresh", "--json")
    assert ran.code == 0 and ran.json["case_number"] == "EH15-0000002"
    with sqlite3.connect(copy_of.database) as database:
        cases = dict(database.execute("SELECT number, set_aside FROM cases_case WHERE replay_of = ?", [NECK.name]))
    assert cases == {"EH15-0000001": 1, "EH15-0000002": 0}
    assert copy_of.evenhand("audit", "verify").code == 0
    found = copy_of.evenhand("corpus", "search", "cold therapy", "--json").json
    assert [hit["case_number"] for hit in found["hits"]] == ["EH15-0000002"]


def test_the_letter_reads_back_without_loss(neck: Path, lumbar: Path) -> None:
    """What the reader of letters reads from the PDF is what the determination says."""
    for folder in (neck, lumbar):
        told = json.loads((folder / "determination.json").read_text())
        read = to_plain(read_letter(folder / "letter.pdf"))
        for field in ("header", "reviewer", "outcome", "documents_reviewed"):
            assert read[field] == told[field], field
        assert "".join(read["clinical_case_summary"].split()) == "".join(told["clinical_case_summary"].split())
        assert [(i["item"], i["decision"]) for i in read["items"]] == [
            (i["item"], i["decision"]) for i in told["items"]
        ]
        assert read["problems"] == []


def test_every_paper_that_went_out_is_accessible(neck: Path, lumbar: Path) -> None:
    """Letters and notices declare PDF/UA-1 and PDF/A-2a and pass our own checks."""
    for folder in (neck, lumbar):
        for path in [folder / "letter.pdf", *(folder / "notices").iterdir()]:
            assert check_pdf(path.read_bytes()) == (), path.name


def test_the_letter_holds_what_the_law_requires(neck: Path) -> None:
    """LAW 7.2: condition, documents, disputed treatment, evidence and reasons, qualifications, citation; and no name."""
    letter = read_letter(neck / "letter.pdf")
    assert len(letter.documents_reviewed) == 15
    assert letter.reviewer.licensure and letter.reviewer.specialties
    item = letter.items[0]
    assert item.imr_guideline.citations and item.claims_administrator_guideline.citations and len(item.rationale) > 300
    assert "pseudarthrosis" in (neck / "letter.html").read_text().lower()
    told = json.loads((neck / "determination.json").read_text())
    assert "Pseudarthrosis" in told["condition"] and told["next_steps"]
    assert [step["finding"].split()[0] for step in told["evidence"][0]["steps"]] == ["Does", "Does", "Addresses"]


def test_no_value_of_the_parties_is_published(finished: Office) -> None:
    """Name, claim number, street, phone, e-mail and birth date of every party stay inside."""
    for bundle in (NECK, LUMBAR):
        published = (finished.home / "out" / bundle.name / "published.json").read_text()
        case = yaml.safe_load((bundle / "case.yaml").read_text())
        form = case["application"]
        for value in _identifying(form) | {other["name"] for other in case["other_parties"]}:
            assert value.casefold() not in published.casefold(), value


def test_no_reviewer_name_in_any_byte_that_leaves(finished: Office) -> None:
    """Names, e-mails, NPI and licence numbers of every reviewer: in no output, PDF streams and metadata decoded."""
    secrets: set[str] = set()
    for bundle in (NECK, LUMBAR):
        for entry in yaml.safe_load((bundle / "reviewers.yaml").read_text())["reviewers"]:
            surname = entry["name"].split(",")[0].split()[-1]
            secrets |= {surname, entry["email"], str(entry["npi"]), *map(str, entry["licence_numbers"])}
    assert len(secrets) > 80
    for path in sorted((finished.home / "out").rglob("*")):
        if path.is_file():
            text = _decoded(path)
            for secret in secrets:
                assert secret.casefold() not in text, f"{secret} in {path.name}"


def test_no_reviewer_name_lies_open_in_the_database(finished: Office) -> None:
    """Even a stolen database shows no name: identities are sealed."""
    names = {entry["name"].split()[-1] for entry in yaml.safe_load((NECK / "reviewers.yaml").read_text())["reviewers"]}
    content = b"".join(path.read_bytes() for path in finished.home.glob("office.sqlite3*"))
    assert not [name for name in names if name.encode() in content]


def test_no_paper_lies_open_in_the_store(finished: Office) -> None:
    """Originals and what is derived from them are sealed: no PDF header, no word of the file in any object."""
    objects = [path for path in (finished.home / "office" / "objects").rglob("*") if path.is_file()]
    assert len(objects) > 20
    for path in objects:
        content = path.read_bytes()
        assert not content.startswith(b"%PDF") and b"cervical" not in content


def test_four_items_each_with_its_own_result(lumbar: Path) -> None:
    """One partly authorised before review, one Overturned, a formulary drug among them, and the sum is a partial overturn."""
    letter = json.loads((lumbar / "determination.json").read_text())
    assert letter["outcome"] == "Partially Overturn" and len(letter["items"]) == 4
    assert sorted(item["decision"] for item in letter["items"]) == ["Overturned", "Upheld", "Upheld", "Upheld"]
    partly = [item for item in letter["items"] if item["authorized"]]
    assert len(partly) == 1 and partly[0]["original_request"] and partly[0]["eligible_portion"]
    told = json.loads((lumbar / "timeline.json").read_text())
    rules = {entry["rule"] for entry in told["entries"]}
    assert {"application_formulary", "application", "implement_authorise", "implement_pay"} <= rules
    assert all("late" not in entry["status"] for entry in told["entries"])


def test_the_fee_that_nobody_verified_prints_no_number(neck: Path) -> None:
    """Row 30: no schedule of 2015 was found, so there is a question instead of an amount."""
    fee = json.loads((neck / "timeline.json").read_text())["fee"]
    assert fee["amount"] is None and fee["unknown"]
    assert "$" not in (neck / "timeline.txt").read_text()


def test_a_changed_bundle_is_not_taken_for_the_old_case(copy_of: Office, bundle: Path) -> None:
    """A case is the record of what happened: the same name with other content is refused, and told how to go on."""
    change(bundle / "review.yaml", "fruit bins", "fruit boxes")
    ran = copy_of.run(bundle)
    assert ran.code == 1 and "changed since" in ran.err and "--fresh" in ran.err


def test_a_folder_with_other_things_is_not_replaced(office: Office) -> None:
    """`--out` on a folder that holds something else is refused; what is there stays."""
    folder = office.home / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    ran = office.evenhand("run", NECK, "--out", folder)
    assert ran.code == 1 and "already holds other things" in ran.err
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_the_same_dispute_filed_again_is_a_duplicate(copy_of: Office, tmp_path: Path) -> None:
    """Another application on the same items of the same decision closes against the first case; nothing else happens."""
    again = tmp_path / "again"
    shutil.copytree(NECK, again)
    ran = copy_of.run(again, "--json")
    assert ran.code == 1 and ran.json["state"] == "CLOSED"
    assert ran.json["items"][0]["state"] == "DUPLICATE" and "EH15-0000001" in ran.json["items"][0]["grounds"][0]


def test_two_offices_in_one_folder_share_nothing(office: Office) -> None:
    """Two databases side by side have keys, papers and checkpoints of their own."""
    for name in ("one.sqlite3", "two.sqlite3"):
        ran = office.evenhand("run", NECK, "--database", office.home / name, "--out", office.home / "out" / name)
        assert ran.code == 0, ran.err
        assert office.evenhand("audit", "verify", "--database", office.home / name).code == 0


def _events(office: Office) -> int:
    with sqlite3.connect(office.database) as database:
        return int(database.execute("SELECT COUNT(*) FROM events_event").fetchone()[0])


def _identifying(form: dict[str, object]) -> set[str]:
    """Every identifying value on the form."""
    found: set[str] = set()
    for block in ("employee", "attorney", "requesting_physician", "claims_administrator"):
        party = form.get(block)
        if not isinstance(party, dict):
            continue
        for field in (
            "last_name",
            "name",
            "firm",
            "practice_name",
            "company",
            "contact_name",
            "phone",
            "fax",
            "email",
            "claim_number",
            "eams_case_number",
            "employer_name",
        ):
            if party.get(field):
                found.add(str(party[field]))
        found.add(party["address"]["street"])
    employee = form["employee"]
    assert isinstance(employee, dict)
    found |= {str(employee["date_of_birth"]), f"{employee['date_of_birth']:%m/%d/%Y}"}
    return found


def _decoded(path: Path) -> str:
    """All that a file says, with the streams, the metadata and the text of a PDF decoded."""
    content = path.read_bytes()
    parts = [content.decode("latin-1")]
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            parts += [
                stream.read_bytes().decode("latin-1") for stream in pdf.objects if isinstance(stream, pikepdf.Stream)
            ]
            parts += [str(value) for value in (pdf.docinfo or {}).values()]
        import pypdfium2

        document = pypdfium2.PdfDocument(content)
        parts += [page.get_textpage().get_text_bounded() for page in document]
    return "\n".join(parts).casefold()


def test_the_letter_is_signed_with_the_offices_certificate(finished: Office, neck: Path) -> None:
    """Whole, in the organization's name, by the certificate that lies with the office's keys; summaries are not signed."""
    (file,) = (finished.home / "office" / "keys").glob("letters-*.crt")
    (certificate,) = read_certificates(file.read_bytes())
    verdict = verify_pdf((neck / "letter.pdf").read_bytes(), certificate)
    assert (verdict.state, verdict.compared) == (SignatureState.VALID, True)
    letters = [path for path in (neck / "notices").iterdir() if "-determination-" in path.name]
    assert all(verify_pdf(path.read_bytes(), certificate).state is SignatureState.VALID for path in letters)
