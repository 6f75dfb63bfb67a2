"""The proof of a case: its chain of events, the signed checkpoints over it, the hashes of what went out."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from evenhand.office.cases.models import Case
from evenhand.office.events.links import canonical, digest
from evenhand.office.events.models import Checkpoint, Event
from evenhand.office.proofs.offline import FORMAT
from evenhand.office.records.queries import documents


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
        },
        "selection": _selection(case),
        "reading": {
            "pages": case.readings.count(),
            "source": sorted(set(case.readings.values_list("source", flat=True))),
        },
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }


def _selection(case: Case) -> dict[str, Any] | None:
    """Who could review and who was chosen, by pseudonym: what counted against each other candidate, by code. Nobody's credentials
    are spelt out here: a rare specialty with a state is a fingerprint."""
    row = case.selections.filter(ended=False).first()
    if row is None:
        return None
    return {
        "selected_on": row.selected_on.isoformat(),
        "reviewer": row.reviewer_id,
        "fit": row.fit,
        "candidates": [
            {
                "reviewer": entry["reviewer"],
                "permitted": entry["permitted"],
                "fit": entry["fit"],
                "against": sorted({reason["code"] for reason in entry["reasons"] if not reason["permitted"]}),
            }
            for entry in row.reasons
        ],
        "reasons": digest(canonical(row.reasons)),
    }
