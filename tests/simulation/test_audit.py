"""`evenhand audit verify` and `nightly` on a real office, and on a proof far from it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.simulation.conftest import LUMBAR, NECK, Office, change

pytestmark = pytest.mark.slow


def spoil(office: Office, *statements: str) -> None:
    """What somebody with the database file can do: take the triggers away, then change the log."""
    with sqlite3.connect(office.database) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events_event'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement


def test_the_log_of_both_examples_is_whole(finished: Office) -> None:
    """Every chain, every checkpoint; exit 0."""
    ran = finished.evenhand("audit", "verify", "--json")
    assert ran.code == 0 and ran.json["findings"] == [] and ran.json["events"] > 60


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        (
            "UPDATE events_event SET payload = replace(payload, 'Upheld', 'Overturned') WHERE kind = 'item_decided' AND chain LIKE 'EH15%'",
            "event 21 was changed",
        ),
        ("DELETE FROM events_event WHERE chain LIKE 'EH15%' AND number = 9", "event 9 is missing"),
        ("DELETE FROM events_event WHERE chain LIKE 'EH15%' AND number > 20", "is cut off after event 20"),
        ("DELETE FROM events_event WHERE chain LIKE 'EH15%'", "is gone"),
    ],
)
def test_a_changed_removed_or_cut_off_event_is_named(copy_of: Office, statement: str, place: str) -> None:
    """One changed word, one removed event, one cut-off tail, a whole chain: the place is named, exit 1; nightly does not sign over it."""
    spoil(copy_of, statement)
    ran = copy_of.evenhand("audit", "verify")
    assert ran.code == 1 and "chain EH15-0000001" in ran.out and place in ran.out, ran.out
    night = copy_of.evenhand("nightly")
    assert night.code == 1 and "nothing was signed" in night.err


def test_the_database_itself_refuses(copy_of: Office) -> None:
    """With its triggers in place SQLite does not let the log be changed."""
    with sqlite3.connect(copy_of.database) as database, pytest.raises(sqlite3.DatabaseError, match="append-only"):
        database.execute("UPDATE events_event SET actor = 'nobody'")


def test_nightly_signs_what_is_new(copy_of: Office) -> None:
    """A whole log is signed; a second night over the same log signs nothing new."""
    first, second = copy_of.evenhand("nightly"), copy_of.evenhand("nightly")
    assert first.code == second.code == 0 and first.out == second.out


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("item_decided", "item_decidex", "was changed"),
        ("AAAA", "AAAB", "signature does not hold|is not a proof"),
    ],
)
def test_a_proof_is_verified_far_from_the_office(
    copy_of: Office, tmp_path: Path, old: str, new: str, finding: str
) -> None:
    """The file alone holds; one changed word in it does not."""
    proof = copy_of.home / "out" / NECK.name / "proof.json"
    far = Office(tmp_path / "far")
    far.home.mkdir()
    assert far.evenhand("audit", "verify", "--bundle", proof).code == 0
    told = json.loads(proof.read_text())
    if old == "AAAA":
        told["checkpoints"][0]["signature"] = told["checkpoints"][0]["signature"][:-8] + "AAAAAAA="
        proof.write_text(json.dumps(told))
    else:
        change(proof, old, new)
    ran = far.evenhand("audit", "verify", "--bundle", proof)
    assert ran.code == 1 and any(word in ran.out + ran.err for word in finding.split("|"))
    assert not far.database.exists()


def test_another_letter_beside_the_proof_is_noticed(copy_of: Office) -> None:
    """The proof names the letter by its hash."""
    folder = copy_of.home / "out" / NECK.name
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 another letter")
    ran = copy_of.evenhand("audit", "verify", "--bundle", folder / "proof.json")
    assert ran.code == 1 and "letter.pdf beside the proof is not the paper" in ran.out


def test_a_proof_signed_with_another_key_is_noticed(copy_of: Office, finished: Office) -> None:
    """Whoever makes a proof anew has not the office's key; a reader who knows the key finds out."""
    proof = copy_of.home / "out" / NECK.name / "proof.json"
    key = json.loads(proof.read_text())["checkpoints"][0]["public_key"]
    assert copy_of.evenhand("audit", "verify", "--bundle", proof, "--key", key).code == 0
    other = copy_of.evenhand("audit", "verify", "--bundle", proof, "--key", "A" * 43 + "=")
    assert other.code == 1 and "not signed with the office's key" in other.out


def test_the_proof_tells_what_barred_how_many_candidates(finished: Office) -> None:
    """By keyed tag and code: how many could have been chosen, that the chosen one is among them, and what stood against the others."""
    told = json.loads((finished.home / "out" / NECK.name / "proof.json").read_text())["selection"]
    assert told["candidates"] >= 20 and len(told["barred"]) >= 6
    assert told["reviewer"] in told["permitted"] and len(told["permitted"]) < told["candidates"]


def rewritten(proof: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Changes a proof file as whoever holds it can."""
    told = json.loads(proof.read_text())
    edit(told)
    proof.write_text(json.dumps(told))


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no checkpoint": (lambda t: t.update(checkpoints=[]), "only 0 of the"),
    "no events": (lambda t: t.update(events=[]), "is cut off after event 0"),
    "a cut-off chain": (lambda t: t.update(events=t["events"][:5]), "is cut off after event 5"),
    "another reviewer": (lambda t: t["selection"].update(reviewer="R-1003"), "not what was signed"),
    "nobody barred": (lambda t: t["selection"].update(barred={}), "not what was signed"),
    "nobody to be trusted": (lambda t: t.pop("trust"), "not what was signed"),
    "more pages read": (lambda t: t["reading"].update(pages=999), "not what was signed"),
    "read by a person": (lambda t: t["reading"].update(source=["person"]), "not what was signed"),
    "a document less": (lambda t: t["documents"].pop(), "not what was signed"),
    "another page for a sentence": (lambda t: t["statements"]["summary"][0].update(pages=[1]), "not what was signed"),
    "another hash of a paper": (lambda t: t["files"].update({"timeline.txt": "0" * 64}), "not what was signed"),
    "another case": (lambda t: t.update(case_number="EH15-0000009"), "EH15-0000009"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_proof_does_not_hold(copy_of: Office, forgery: str) -> None:
    """Whatever of the file is changed, dropped or cut: a signature over this chain and these contents is asked for."""
    proof = copy_of.home / "out" / NECK.name / "proof.json"
    edit, words = FORGERIES[forgery]
    rewritten(proof, edit)
    ran = copy_of.evenhand("audit", "verify", "--bundle", proof)
    assert ran.code == 1 and words in ran.out, ran.out + ran.err


def test_a_checkpoint_of_another_case_vouches_for_nothing(copy_of: Office) -> None:
    """A genuine checkpoint that does not list the chain is no signature over it."""
    folder = copy_of.home / "out"
    other = json.loads((folder / LUMBAR.name / "proof.json").read_text())["checkpoints"]
    foreign = [c for c in other if "EH15" not in c["payload"]]
    assert foreign
    rewritten(folder / NECK.name / "proof.json", lambda told: told.update(checkpoints=foreign))
    ran = copy_of.evenhand("audit", "verify", "--bundle", folder / NECK.name / "proof.json")
    assert ran.code == 1 and "only 0 of the" in ran.out


def test_the_copy_outside_the_database_is_compared_both_ways(copy_of: Office) -> None:
    """An emptied copy is a finding; a line torn by a power cut is redone by the next run, which says nothing of it."""
    copy = copy_of.home / "office" / "checkpoints.jsonl"
    whole = copy.read_bytes()
    copy.write_bytes(b"")
    assert "is not in the copy" in copy_of.evenhand("audit", "verify").out
    copy.write_bytes(whole[:-100])
    assert copy_of.run(NECK).code == 0
    assert copy.read_bytes().startswith(whole)
    assert copy_of.evenhand("audit", "verify").code == 0


def test_a_lost_signing_key_is_a_finding_and_is_not_replaced(copy_of: Office) -> None:
    """Without the key, only somebody who kept the public half can tell whose signatures these are; no new key hides the loss."""
    key = copy_of.evenhand("audit", "key").out.strip()
    (copy_of.home / "office" / "keys" / "signing.pem").unlink()
    assert "the signing key (signing.pem) is gone" in copy_of.evenhand("audit", "verify").out
    assert copy_of.evenhand("audit", "verify", "--key", key).code == 0
    assert copy_of.evenhand("audit", "verify", "--key", "A" * 43 + "=").code == 1
    again = copy_of.run(NECK, "--fresh")
    assert again.code == 1 and "restore it from the backup" in again.err
    with sqlite3.connect(copy_of.database) as database:
        assert database.execute("SELECT COUNT(*) FROM cases_case WHERE set_aside").fetchone() == (0,)


def test_a_copy_of_the_database_alone_can_be_verified(finished: Office, tmp_path: Path) -> None:
    """Taken out of its office it is whole, with a note on the key; one changed word in it is found all the same."""
    away = Office(tmp_path)
    with sqlite3.connect(finished.database) as source, sqlite3.connect(away.database) as target:
        source.backup(target)
    ran = away.evenhand("audit", "verify")
    assert ran.code == 0 and "away from its office" in ran.out
    key = finished.evenhand("audit", "key").out.strip()
    assert away.evenhand("audit", "verify", "--key", key).code == 0
    spoil(
        away,
        "UPDATE events_event SET payload = replace(payload, 'intake', 'intuke') WHERE number = 2 AND chain LIKE 'EH15%'",
    )
    ran = away.evenhand("audit", "verify")
    assert ran.code == 1 and "chain EH15-0000001, event 2 was changed" in ran.out


def test_replacing_a_row_is_refused_too(copy_of: Office) -> None:
    """INSERT OR REPLACE deletes without asking the other triggers; its own refuses it."""
    with sqlite3.connect(copy_of.database) as database, pytest.raises(sqlite3.DatabaseError, match="never replaced"):
        database.execute("INSERT OR REPLACE INTO events_event SELECT * FROM events_event WHERE id = 3")
