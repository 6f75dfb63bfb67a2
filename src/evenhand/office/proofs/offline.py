"""Verifying a proof offline: from the file alone, without the database, without Django, without us."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.office.events.links import compare, signature_holds, walk
from evenhand.reading import BadFile, Fault

FORMAT = "evenhand-proof-1"


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
    if not told["checkpoints"]:
        findings.append("the proof holds no signed checkpoint")
    for checkpoint in told["checkpoints"]:
        if not signature_holds(checkpoint["payload"], checkpoint["signature"], checkpoint["public_key"]):
            findings.append(f"checkpoint {checkpoint['number']}: its signature does not hold")
        elif public_key is not None and checkpoint["public_key"] != public_key:
            findings.append(f"checkpoint {checkpoint['number']} is not signed with the office's key")
        elif not fault:
            heads = {name: head for name, head in json.loads(checkpoint["payload"])["heads"].items() if name == chain}
            findings += compare(heads, {chain: hashes})
    findings += _beside(path.parent, told)
    return tuple(findings)


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
            _Link(chain="", **event)
            json.loads(event["payload"])["kind"]
        for checkpoint in checkpoints:
            _ = (
                json.loads(checkpoint["payload"])["heads"],
                checkpoint["signature"],
                checkpoint["public_key"],
                checkpoint["number"],
            )
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be read: {error.strerror}")]) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadFile([Fault(file=str(path), what=what)]) from None
    if not whole:
        raise BadFile([Fault(file=str(path), what=what)])
    checked: dict[str, Any] = told
    return checked
