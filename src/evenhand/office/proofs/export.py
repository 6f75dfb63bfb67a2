"""What a case leaves in a folder: letter, notices, time line, proof, published decision. All of it or nothing."""

from __future__ import annotations

import glob
import json
import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.office.cases.models import Case
from evenhand.office.cases.storage import get
from evenhand.office.events.chain import Actor, append
from evenhand.office.events.links import digest
from evenhand.office.events.models import Event
from evenhand.office.people.acts import act
from evenhand.office.proofs.bundle import contents_of, proof
from evenhand.office.proofs.offline import contents_digest
from evenhand.office.proofs.timeline import timeline, timeline_text
from evenhand.office.refusals import Refused

# Between the folder's name and a random end, in the name of a folder that is not finished.
PARTIAL = ".evenhand-partial-"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is taken out: the papers by name, what the proof says of the case, and one hash over that."""

    files: dict[str, bytes]
    contents: dict[str, Any]
    digest: str


def take(case: Case) -> Taken:
    """All that leaves of a case, from its rows and the store."""
    files = _files(case)
    contents = contents_of(case, files)
    return Taken(files=files, contents=contents, digest=contents_digest(contents))


@act("export_case")
def export_case(*, actor: Actor, case: Case, folder: Path, contents: str, on: date) -> None:
    """Logs that the case is taken out, and the hash of what leaves, which is signed with the event."""
    data = {"folder": digest(str(folder.absolute())), "contents": contents}
    append(actor=actor, chain=case.chain, kind="case_exported", effective=on, data=data)


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


def write(case: Case, folder: Path, taken: Taken) -> list[str]:
    """Writes the case to `folder`, which is replaced as a whole: at no moment is it half-written. Returns the names.

    Only what an earlier run wrote is replaced; a folder that holds anything else is refused.
    """
    require_free(folder)
    files = {**taken.files, "proof.json": _json(proof(case, taken.contents))}
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in folder.parent.glob(f".{glob.escape(folder.name)}{PARTIAL}*"):
        shutil.rmtree(left, ignore_errors=True)  # by a run that was killed while it wrote
    fresh = folder.with_name(f".{folder.name}{PARTIAL}{secrets.token_hex(4)}")
    old = folder.with_name(f".{folder.name}{PARTIAL}{secrets.token_hex(4)}")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return sorted(files)


def require_free(folder: Path) -> None:
    """Raises Refused unless the folder is new, empty, or holds nothing but what an earlier run wrote."""
    why, next = "its content would be replaced", "name an empty or new folder with --out"
    if not folder.exists():
        parent = next_existing(folder)
        if not os.access(parent, os.W_OK) or not parent.is_dir():
            raise Refused(
                what=f"{folder} cannot be made", why=f"{parent} is not a folder that can be written to", next=next
            )
        return
    if not folder.is_dir():
        raise Refused(what=f"{folder} is a file", why=why, next=next)
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}
    try:
        told = json.loads((folder / "proof.json").read_text(encoding="utf-8"))
        mine = {"proof.json", *told["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        mine = set()
    if strange := sorted(there - mine):
        raise Refused(what=f"{folder} already holds other things, {strange[0]} for one", why=why, next=next)


def next_existing(folder: Path) -> Path:
    """The nearest folder above that exists."""
    return next(parent for parent in folder.absolute().parents if parent.exists())


def _files(case: Case) -> dict[str, bytes]:
    files = {"timeline.txt": timeline_text(case).encode(), "timeline.json": _json(timeline(case))}
    for notice in case.notices.exclude(kind="determination").select_related("party"):
        language = "" if notice.language == "en" else f"-{notice.language}"
        name = f"notices/{notice.number:02d}-{notice.kind}-{notice.party.role}{language}"
        files[f"{name}.pdf"] = get(case, notice.pdf)
        if notice.cover:
            files[f"{name}-proof.pdf"] = get(case, notice.cover)
    letter = getattr(case, "letter", None)
    if letter is not None:
        files["letter.pdf"] = get(case, letter.pdf)
        files["letter.html"] = get(case, letter.html)
        own = json.loads(get(case, letter.own_letter))
        beside = {name: own[name] for name in ("condition", "evidence", "next_steps", "served_on", "unverified")}
        files["determination.json"] = _json({**letter.determination, **beside})
    publication = getattr(case, "publication", None)
    if publication is not None:
        files["published.json"] = _json(publication.decision)
    return files


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
