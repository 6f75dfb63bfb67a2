"""Verifying a proof offline: from the file alone, without the database, without Django, without us."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.office.events.links import canonical, compare, digest, signature_holds, walk
from evenhand.reading import BadFile, Fault

FORMAT = "evenhand-proof-1"

# What of a proof is neither event nor checkpoint.
CONTENTS = ("case_number", "documents", "statements", "selection", "reading", "files")
# Told since reviewers bear tags; proofs that were taken out before have it not, and hold without.
SINCE_TAGS = ("trust",)


@dataclass(frozen=True, kw_only=True)
class _Link:
    chain: str
    number: int
    payload: str
    previous: str
    hash: str


def verify_bundle(path: Path, public_key: str | None = None) -> tuple[str, ...]:
    """Findings about a proof file; empty where it holds. Needs neither the database nor us. Raises BadFile where it is no proof.

    `public_key` (base64) is the office's key as the reader knows it from elsewhere; without it, the key in the file is taken at its
    word, and whoever made the whole file anew with a key of their own is not found out.
    """
    told = _read(path)
    findings: list[str] = []
    chain = told["case_number"]
    links = [_Link(chain=chain, **link) for link in told["events"]]
    hashes, fault = walk(links)
    if fault:
        findings.append(fault)
    signed = 0
    for checkpoint in told["checkpoints"]:
        if not signature_holds(checkpoint["payload"], checkpoint["signature"], checkpoint["public_key"]):
            findings.append(f"checkpoint {checkpoint['number']}: its signature does not hold")
        elif public_key is not None and checkpoint["public_key"] != public_key:
            findings.append(f"checkpoint {checkpoint['number']} is not signed with the office's key")
        elif not fault:
            heads = {name: head for name, head in json.loads(checkpoint["payload"])["heads"].items() if name == chain}
            findings += compare(heads, {chain: hashes})
            signed = max([signed, *(length for length, _ in heads.values())])
    if not fault and signed < len(links):
        findings.append(
            f"only {signed} of the {len(links)} events are signed: nothing vouches for what comes after event {signed}"
        )
    if not fault:
        findings += _contents(told)
    findings += _beside(path.parent, told)
    return tuple(dict.fromkeys(findings))


def contents_digest(told: dict[str, Any]) -> str:
    """One hash over all of a proof that is no event and no checkpoint. The last export event bears it, and so it is signed."""
    since = {name: told[name] for name in SINCE_TAGS if name in told}
    return digest(canonical({name: told.get(name) for name in CONTENTS} | since))


def _contents(told: dict[str, Any]) -> list[str]:
    """What the proof says beside its events, against what was signed when the case was taken out."""
    exports = [said for e in told["events"] if (said := json.loads(e["payload"]))["kind"] == "case_exported"]
    if not exports:
        return ["no event says that the case was taken out: nothing vouches for what the proof says beside its events"]
    if exports[-1]["data"]["contents"] == contents_digest(told):
        return []
    return [f"{_list(CONTENTS)}: what the proof says there is not what was signed when the case was taken out"]


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names[:-1]) + " or " + names[-1]


def papers_absent(path: Path) -> tuple[str, ...]:
    """Names of the papers that the proof speaks of and that do not lie beside it: no fault, but they were not compared."""
    return tuple(name for name in _read(path)["files"] if not (path.parent / name).is_file())


def _beside(folder: Path, told: dict[str, Any]) -> list[str]:
    """The papers beside the proof, and the letter that the chain says went out."""
    findings = []
    for name, sha256 in told["files"].items():
        paper = folder / name
        if paper.is_file() and hashlib.sha256(paper.read_bytes()).hexdigest() != sha256:
            findings.append(f"{name} beside the proof is not the paper that the proof names")
    issued = next(
        (
            json.loads(e["payload"])
            for e in told["events"]
            if json.loads(e["payload"])["kind"] == "determination_issued"
        ),
        None,
    )
    if issued and told["files"].get("letter.pdf") != issued["data"]["letter"]:
        findings.append("the letter that the proof names is not the one that the chain says was issued")
    return findings


def _read(path: Path) -> dict[str, Any]:
    what = "is not a proof bundle; `evenhand run` writes one as proof.json"
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        events, checkpoints = told["events"], told["checkpoints"]
        whole = told["format"] == FORMAT and isinstance(told["files"], dict) and isinstance(told["case_number"], str)
        for event in events:
            link = _Link(chain="", **event)
            said = json.loads(link.payload)
            whole = (
                whole
                and isinstance(said["kind"], str)
                and isinstance(said["data"], dict)
                and isinstance(link.hash, str)
            )
        for checkpoint in checkpoints:
            texts = [checkpoint[name] for name in ("payload", "signature", "public_key")]
            heads = json.loads(checkpoint["payload"])["heads"].items()
            whole = whole and all(isinstance(t, str) and t.isascii() for t in texts[1:])
            whole = whole and all(isinstance(head[0], int) and isinstance(head[1], str) for _, head in heads)
            _ = checkpoint["number"]
        canonical(told).encode()
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be read: {error.strerror}")]) from None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        raise BadFile([Fault(file=str(path), what=what)]) from None
    if not whole:
        raise BadFile([Fault(file=str(path), what=what)])
    checked: dict[str, Any] = told
    return checked
