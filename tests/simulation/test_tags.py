"""Proof without names: keyed tags stand for the reviewers, and nobody without the key learns whose they are."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.simulation.conftest import LUMBAR, NECK, Office

from evenhand.office.events.tags import is_tag, tag_of

PSEUDONYM = re.compile(r"R-\d{3,}")


def proof_of(office: Office, name: str) -> dict[str, Any]:
    """The proof that a run left."""
    found: dict[str, Any] = json.loads((office.home / "out" / name / "proof.json").read_text())
    return found


def tags(proof: dict[str, Any]) -> set[str]:
    """Every tag that a proof bears."""
    return set(re.findall(r"T-[0-9a-f]{32}", json.dumps(proof)))


@pytest.fixture
def register(finished: Office) -> list[str]:
    """The identifiers of the examples' register."""
    text = (NECK / "reviewers.yaml").read_text()
    return sorted(set(PSEUDONYM.findall(text)))


def test_no_pseudonym_stands_in_a_proof(finished: Office) -> None:
    """A reviewer's identifier is the same in every dispute; the proof bears the dispute's tag in its place."""
    for name in (NECK.name, LUMBAR.name):
        proof = proof_of(finished, name)
        assert not PSEUDONYM.findall(json.dumps(proof))
        acted = {
            e["actor"] for e in (json.loads(event["payload"]) for event in proof["events"]) if e["role"] == "reviewer"
        }
        assert acted == {proof["selection"]["reviewer"]} and all(map(is_tag, acted))


def test_two_disputes_cannot_be_linked(finished: Office, register: list[str]) -> None:
    """No tag of one dispute stands in another, though the same register was asked for both."""
    assert not tags(proof_of(finished, NECK.name)) & tags(proof_of(finished, LUMBAR.name))


def guesses(dispute: str, reviewer: str) -> Iterator[str]:
    """What somebody without the key would try: hashes of the known identifiers, plain, joined, keyed with what is public."""
    joined = [reviewer, dispute + reviewer, reviewer + dispute, f"{dispute}:{reviewer}", f"{dispute}\n{reviewer}"]
    for text in joined:
        for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
            yield hashlib.new(name, text.encode()).hexdigest()
            for key in ("", dispute, "evenhand", "0" * 64):
                yield hmac.new(key.encode(), text.encode(), name).hexdigest()
    for key in (b"", bytes(32), dispute.encode()):
        yield tag_of(dispute, reviewer, key).removeprefix("T-")


def test_tags_cannot_be_guessed_from_the_register(finished: Office, register: list[str]) -> None:
    """Whoever knows every identifier, every proof and the office's public key still cannot tell whose a tag is."""
    proof = proof_of(finished, NECK.name)
    public = base64.b64decode(proof["checkpoints"][0]["public_key"])
    borne = {tag.removeprefix("T-") for tag in tags(proof)}
    assert borne and register
    for reviewer in register:
        tried = {guess[:32] for guess in guesses(proof["case_number"], reviewer)}
        tried.add(tag_of(proof["case_number"], reviewer, public).removeprefix("T-"))
        assert not tried & borne


def test_an_auditor_with_the_key_computes_the_tags_anew(copy_of: Office, register: list[str]) -> None:
    """The key and the identifiers tell whose tag it is; another key, or a register without that reviewer, is said not to fit."""
    home, proof = copy_of.home, copy_of.home / "out" / NECK.name / "proof.json"
    key = next(home.rglob("tags.key"))
    (home / "ids.txt").write_text("\n".join(register))
    told = copy_of.evenhand("audit", "reviewers", proof, "--tag-key", key, "--register", home / "ids.txt", "--json")
    (chosen,) = told.json["selections"]
    assert (
        told.code == 0
        and chosen["identifier"] in register
        and chosen["tag"] == proof_of(copy_of, NECK.name)["selection"]["reviewer"]
    )
    (home / "fewer.txt").write_text("\n".join(each for each in register if each != chosen["identifier"]))
    fewer = copy_of.evenhand("audit", "reviewers", proof, "--tag-key", key, "--register", home / "fewer.txt")
    assert fewer.code == 1 and "nobody's of this register" in fewer.out
    (home / "wrong.key").write_bytes(bytes(31))
    wrong = copy_of.evenhand(
        "audit", "reviewers", proof, "--tag-key", home / "wrong.key", "--register", home / "ids.txt"
    )
    assert wrong.code == 1 and "no key of tags" in wrong.err
    alone = copy_of.evenhand("audit", "reviewers", proof, "--tag-key", key)
    assert alone.code == 2 and "go together" in alone.err


def test_the_same_reviewer_again_shows_and_another_one_too() -> None:
    """In one dispute a reviewer has one tag; another reviewer, another dispute or another key give another one."""
    key = bytes(range(32))
    assert tag_of("IMR-1", "R-1001", key) == tag_of("IMR-1", "R-1001", key)
    others = {
        tag_of("IMR-1", "R-1002", key),
        tag_of("IMR-2", "R-1001", key),
        tag_of("IMR-1", "R-1001", bytes(32)),
        tag_of("IMR-1R-1", "001", key),
        tag_of("IMR-1", "R-1001", key),
    }
    assert len(others) == 5


def test_a_lost_key_of_tags_is_not_made_anew(copy_of: Office) -> None:
    """A new key would give the same reviewer another tag after a remand: the office says that the key is missing."""
    next(copy_of.home.rglob("tags.key")).unlink()
    ran = copy_of.run(NECK, "--fresh")
    assert ran.code != 0 and "tags.key" in ran.err + ran.out and "Traceback" not in ran.err
