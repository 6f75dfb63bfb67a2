"""What a case leaves in a folder: letter, notices, time line, proof, published decision. All of it or nothing."""

from __future__ import annotations

import json
import secrets
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.office.cases.models import Case
from evenhand.office.cases.storage import get
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import digest
from evenhand.office.events.models import Event
from evenhand.office.people.acts import act
from evenhand.office.proofs.bundle import proof
from evenhand.office.proofs.timeline import timeline, timeline_text
from evenhand.office.refusals import Refused


@act("export_case")
def export_case(*, actor: Actor, case: Case, folder: Path, on: date) -> None:
    """Logs that the case is taken out to a folder: every reading of a case is an event. `write` then does it."""
    append(
        actor=actor,
        chain=case.chain,
        kind="case_exported",
        effective=on,
        data={"folder": digest(str(folder.absolute()))},
    )


def is_complete(case: Case, folder: Path) -> bool:
    """Whether the folder holds this case as it stands now."""
    try:
        told = json.loads((folder / "proof.json").read_text(encoding="utf-8"))
        head = Event.objects.filter(chain=case.chain).order_by("-number")[0]
        return bool(told["events"][-1]["hash"] == head.hash) and all(
            (folder / name).is_file() for name in told["files"]
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False


def write(case: Case, folder: Path) -> list[str]:
    """Writes the case to `folder`, which is replaced as a whole: at no moment is it half-written. Returns the names."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "proof.json").is_file():
        raise Refused(
            what=f"{folder} already holds other things",
            why="its content would be replaced",
            next="name an empty or new folder with --out",
        )
    files = _files(case)
    files["proof.json"] = _json(proof(case, files))
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{folder.name}.????????*"):
        shutil.rmtree(left)  # by a run that was killed while it wrote
    fresh = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            old = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.old")
            folder.rename(old)
            fresh.rename(folder)
            shutil.rmtree(old)
        else:
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return sorted(files)


def _files(case: Case) -> dict[str, bytes]:
    files = {"timeline.txt": timeline_text(case).encode(), "timeline.json": _json(timeline(case))}
    for notice in case.notices.exclude(kind="determination").select_related("party"):
        files[f"notices/{notice.number:02d}-{notice.kind}-{notice.party.role}.pdf"] = get(case, notice.pdf)
    letter = getattr(case, "letter", None)
    if letter is not None:
        files["letter.pdf"] = get(case, letter.pdf)
        files["letter.html"] = get(case, letter.html)
        files["determination.json"] = _json(letter.determination)
    publication = getattr(case, "publication", None)
    if publication is not None:
        files["published.json"] = _json(publication.decision)
    return files


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
