"""The proof of a case: its chain of events, the signed checkpoints over it, the hashes of what went out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from evenhand.office.cases.models import Case
from evenhand.office.events.chain import reviewer_tag
from evenhand.office.events.links import canonical, digest
from evenhand.office.events.models import Checkpoint, Event
from evenhand.office.proofs.offline import FORMAT
from evenhand.office.records.queries import documents

# What the proof cannot show by itself, and whom a reader has to believe for it.
TRUST = {
    "papers_and_events": "Nobody: hashes and signatures show it to whoever has the office's public key from elsewhere.",
    "same_or_another_reviewer": "Nobody for comparing two tags of this dispute. That a tag was made for the person who "
    "acted: the office; an auditor with the key of tags and the register computes it anew (`evenhand audit reviewers`).",
    "qualified_and_without_conflict": "The office's credentialing, which verified each fact at its source; an auditor "
    "compares the kept reasons with their hash (`selection.reasons`).",
    "attestation": "The reviewer, who attested under the tag.",
    "times_of_recording": "The office's clock.",
}


def proof(case: Case, contents: dict[str, Any]) -> dict[str, Any]:
    """What an auditor needs to check the case without us: its `contents`, and the signed events that vouch for them."""
    events = Event.objects.filter(chain=case.chain).order_by("number")
    checkpoints = [c for c in Checkpoint.objects.all() if case.chain in json.loads(c.payload)["heads"]]
    return {
        "format": FORMAT,
        **contents,
        "events": [{"number": e.number, "payload": e.payload, "previous": e.previous, "hash": e.hash} for e in events],
        "checkpoints": [
            {"number": c.number, "payload": c.payload, "signature": c.signature, "public_key": c.public_key}
            for c in checkpoints
        ],
    }


def contents_of(case: Case, files: dict[str, bytes]) -> dict[str, Any]:
    """What a proof says beside its events; `files` are the papers that lie beside it, by name."""
    return {
        "case_number": case.number,
        "documents": [
            {
                "sha256": d.sha256,
                "kind": d.kind,
                "dated": d.dated.isoformat(),
                "first_page": d.first_page,
                "pages": d.pages,
            }
            for d in documents(case)
        ],
        "statements": {
            "summary": [{"sentence": s.number, "pages": s.pages} for s in case.summary.all()],
            "evidence": [
                {"item": item.number, "step": step.step, "finding": step.finding, "pages": step.pages}
                for item in case.items.all()
                for step in item.evidence.all()
            ],
            "set_aside": _set_aside(case),
        },
        "selection": _selection(case),
        "trust": TRUST,
        "reading": {
            "pages": case.readings.count(),
            "source": sorted(set(case.readings.values_list("source", flat=True))),
        },
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


def _set_aside(case: Case) -> list[dict[str, Any]]:
    """Which errors of the second reader were set aside, by which role, on which day. The reason as its hash: it may be medical."""
    return [
        {
            "check": row.code,
            "item": row.item,
            "finding": row.finding,
            "by": row.role,
            "on": row.on.isoformat(),
            "reason": digest(row.reason),
        }
        for row in case.finding_overrides.all()
    ]


def _selection(case: Case) -> dict[str, Any] | None:
    """Who was chosen and who could have been, by keyed tags; what barred how many of the others, by code.

    Nothing is told of one other candidate alone: what bars somebody in every dispute, or a rare fit, would link disputes.
    """
    row = case.selections.filter(ended=False).first()
    if row is None:
        return None
    barred = Counter(code for entry in row.reasons if not entry["permitted"] for code in _against(entry))
    permitted = [entry["reviewer"] for entry in row.reasons if entry["permitted"]]
    return {
        "selected_on": row.selected_on.isoformat(),
        "reviewer": reviewer_tag(case.chain, row.reviewer_id),
        "fit": row.fit,
        "candidates": len(row.reasons),
        "permitted": sorted(reviewer_tag(case.chain, reviewer) for reviewer in permitted),
        "barred": dict(sorted(barred.items())),
        "reasons": digest(canonical(row.reasons)),
    }


def _against(entry: dict[str, Any]) -> set[str]:
    return {reason["code"] for reason in entry["reasons"] if not reason["permitted"]}
