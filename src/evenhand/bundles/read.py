"""Reads a bundle and finds every fault before anything is done with it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

from evenhand.bundles.bundle import Bundle, CaseFacts, Course, Records, Register, ReviewWork
from evenhand.bundles.check import faults_of
from evenhand.reading import BadFile, Fault, read

T = TypeVar("T")

MOST_BYTES_A_PAPER = 200_000_000


def read_bundle(folder: Path) -> Bundle:
    """The bundle in `folder`, complete and consistent. Raises BadFile with all faults of all its files."""
    if not folder.is_dir():
        what = "is not a folder; a bundle is a folder with case.yaml, course.yaml and the papers (see examples/)"
        raise BadFile([Fault(file=str(folder), what=what)])
    faults: list[Fault] = []
    case = _part(CaseFacts, folder / "case.yaml", faults, required=True)
    course = _part(Course, folder / "course.yaml", faults, required=True)
    records = _part(Records, folder / "records.yaml", faults)
    register = _part(Register, folder / "reviewers.yaml", faults)
    review = _part(ReviewWork, folder / "review.yaml", faults)
    files = _papers(folder, records, faults) if records else {}
    if faults or case is None or course is None:
        raise BadFile(faults)
    bundle = Bundle(
        name=folder.resolve().name,
        digest=_digest(folder, files),
        case=case,
        course=course,
        records=records,
        register=register,
        review=review,
        files=files,
    )
    faults += faults_of(bundle)
    if faults:
        raise BadFile(faults)
    return bundle


def _part(kind: type[T], path: Path, faults: list[Fault], *, required: bool = False) -> T | None:
    if not required and not path.exists() and not path.is_symlink():
        return None
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        faults.append(Fault(file=path.name, what="is a link that leads out of the bundle; put the file itself here"))
        return None
    try:
        return read(kind, path)
    except BadFile as error:
        faults += error.faults
        return None


def _papers(folder: Path, records: Records, faults: list[Fault]) -> dict[str, bytes]:
    """The papers' bytes by their path. A path that leaves the folder is refused."""
    files: dict[str, bytes] = {}
    root = folder.resolve()
    for number, receipt in enumerate(records.receipts):
        for place, paper in enumerate(receipt.files):
            where = f"receipts[{number}].files[{place}].path"
            try:
                path = (folder / paper.path).resolve()
                there = path.is_file()
            except (OSError, ValueError, RuntimeError):
                faults.append(Fault(file="records.yaml", where=where, what="is no path of a file; correct it"))
                continue
            if not path.is_relative_to(root):
                faults.append(
                    Fault(
                        file="records.yaml",
                        where=where,
                        what=f"{paper.path} lies outside the bundle; put the paper into its folder",
                    )
                )
            elif not there:
                faults.append(
                    Fault(
                        file="records.yaml",
                        where=where,
                        what=f"{paper.path} does not exist; add the paper or remove the entry",
                    )
                )
            elif path.stat().st_size > MOST_BYTES_A_PAPER:
                faults.append(
                    Fault(
                        file="records.yaml",
                        where=where,
                        what=f"{paper.path} is larger than {MOST_BYTES_A_PAPER:,} bytes; split it",
                    )
                )
            else:
                files[paper.path] = path.read_bytes()
    return files


def _digest(folder: Path, files: dict[str, bytes]) -> str:
    """One hash over all that the bundle consists of."""
    whole = hashlib.sha256()
    parts = {name: (folder / name).read_bytes() for name in PARTS if (folder / name).exists()} | files
    for name in sorted(parts):
        whole.update(hashlib.sha256(name.encode()).digest())
        whole.update(hashlib.sha256(parts[name]).digest())
    return whole.hexdigest()


PARTS = ("case.yaml", "course.yaml", "records.yaml", "reviewers.yaml", "review.yaml")
