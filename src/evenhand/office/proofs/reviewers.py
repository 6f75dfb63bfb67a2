"""Reading tags in proofs, offline: did another reviewer decide after a remand, and, for an auditor with the key, who?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand.office.events.tags import is_tag, tag_of
from evenhand.office.proofs.offline import verify_bundle
from evenhand.reading import BadFile, Fault

_SELECTED = "reviewer_selected"
KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Selected:
    """One selection in a dispute: on which day, and whose tag. `identifier`: what an auditor computed; None without a key."""

    dispute: str
    event: int
    on: str
    tag: str
    identifier: str | None = None


def reviewers_of(proofs: Sequence[Path], tag_key: Path | None = None, register: Path | None = None) -> dict[str, Any]:
    """Every selection that the proofs tell, which of them are of one person, and what is wrong (`findings`).

    Raises BadFile for what is no proof, no key of tags or no list of identifiers.
    """
    key = None if tag_key is None else _key(tag_key)
    identifiers = () if register is None else _identifiers(register)
    findings = [f"{path}: {finding}" for path in proofs for finding in verify_bundle(path)]
    selected = list(dict.fromkeys(each for path in proofs for each in _selected(path, key, identifiers)))
    findings += [
        f"{each.dispute}, event {each.event}: the tag {each.tag} is nobody's of this register"
        for each in selected
        if key is not None and each.identifier is None
    ]
    return {
        "selections": [vars(each) for each in selected],
        "findings": findings,
        "lines": [*(f"BAD: {finding}" for finding in findings), *_lines(selected)],
    }


def _selected(path: Path, key: bytes | None, identifiers: Sequence[str]) -> Iterator[Selected]:
    proof = json.loads(path.read_text(encoding="utf-8"))
    dispute = proof["case_number"]
    whose = {} if key is None else {tag_of(dispute, identifier, key): identifier for identifier in identifiers}
    for event in proof["events"]:
        said = json.loads(event["payload"])
        if said["kind"] == _SELECTED:
            tag = str(said["data"].get("reviewer"))
            yield Selected(
                dispute=dispute, event=event["number"], on=said["effective"], tag=tag, identifier=whose.get(tag)
            )


def _lines(selected: Sequence[Selected]) -> Iterator[str]:
    before: dict[str, list[Selected]] = {}
    for each in selected:
        earlier = before.setdefault(each.dispute, [])
        again = [one.event for one in earlier if one.tag == each.tag]
        if not is_tag(each.tag):
            compared = "recorded before tags were in use"
        elif again:
            compared = f"the same reviewer as in event {again[-1]}"
        elif earlier:
            compared = "another reviewer than before"
        else:
            compared = "the first selection"
        known = f" = {each.identifier}" if each.identifier else ""
        yield f"{each.dispute}, event {each.event}, {each.on}: {each.tag}{known} ({compared})"
        earlier.append(each)
    if not selected:
        yield "These proofs tell of no selection."


def _key(path: Path) -> bytes:
    key = _bytes(path)
    if len(key) != KEY_BYTES:
        what = (
            f"is no key of tags: it has {len(key)} bytes, a key has {KEY_BYTES}; the office keeps it as keys/tags.key"
        )
        raise BadFile([Fault(file=str(path), what=what)])
    return key


def _identifiers(path: Path) -> tuple[str, ...]:
    try:
        found = tuple(line.strip() for line in _bytes(path).decode().splitlines() if line.strip())
    except UnicodeDecodeError:
        found = ()
    if not found:
        what = "holds no identifiers; write one a line, as the register lists them"
        raise BadFile([Fault(file=str(path), what=what)])
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadFile([Fault(file=str(path), what=f"cannot be read: {error.strerror}")]) from None
