"""Is the log whole? Every chain is walked, every checkpoint's signature checked, and both are held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import connection

from evenhand.office.configuration import Configuration
from evenhand.office.events.checkpoint import heads_of, public_key_of, read_copy, read_payload
from evenhand.office.events.links import FIRST, compare, digest, signature_holds, walk
from evenhand.office.events.models import Checkpoint, Event
from evenhand.office.events.triggers import APPEND_ONLY, missing
from evenhand.office.words import counted

NO_CHECKPOINT = "there is no checkpoint: nothing shows whether a chain's end was cut off"


@dataclass(frozen=True, kw_only=True)
class Report:
    """Findings name the first bad place of each chain; notes are no faults."""

    chains: int
    events: int
    checkpoints: int
    findings: tuple[str, ...]
    notes: tuple[str, ...]


def verify(places: Configuration, public_key: str | None = None) -> Report:
    """Verifies the whole database. Nothing is changed. `public_key` is the office's as the reader knows it from elsewhere."""
    findings: list[str] = []
    ends: dict[str, list[str]] = {}
    broken: set[str] = set()
    for chain, links in groupby(Event.objects.order_by("chain", "number").iterator(), key=lambda e: e.chain):
        hashes, fault = walk(links)
        ends[chain] = hashes
        if fault:
            findings.append(fault)
            broken.add(chain)
    checkpoints = list(Checkpoint.objects.all())
    findings += _checkpoint_faults(checkpoints, places, public_key)
    signed = heads_of(checkpoints)
    # A chain with a fault in it is named once, at its first bad place.
    findings += compare({chain: head for chain, head in signed.items() if chain not in broken}, ends)
    for trigger in sorted(missing(connection, APPEND_ONLY)):
        findings.append(f"trigger {trigger} is missing or altered: the database no longer refuses to change the log")
    unsigned = sum(len(hashes) - (signed[chain][0] if chain in signed else 0) for chain, hashes in ends.items())
    notes = [f"{counted(unsigned, 'event')} newer than the last checkpoint"] if unsigned > 0 and not findings else []
    if is_away(places) and public_key is None:
        notes.append(
            "the database is away from its office: signatures were taken at the word of the key in it (give --key)"
        )
    return Report(
        chains=len(ends),
        events=Event.objects.count(),
        checkpoints=len(checkpoints),
        findings=tuple(dict.fromkeys(findings)),
        notes=tuple(notes),
    )


def _checkpoint_faults(checkpoints: list[Checkpoint], places: Configuration, known: str | None) -> Iterator[str]:
    if not checkpoints and Event.objects.exists():
        yield NO_CHECKPOINT
    previous = FIRST
    for expected, checkpoint in enumerate(checkpoints, start=1):
        said = read_payload(checkpoint.payload)
        if said is None:
            yield f"checkpoint {expected}: its text is not one of a checkpoint"
            break
        if checkpoint.number != expected or said["number"] != expected:
            yield f"checkpoint {expected} is missing"
            break
        if said["previous"] != previous:
            yield f"checkpoint {expected} does not follow the one before it"
        if not signature_holds(checkpoint.payload, checkpoint.signature, checkpoint.public_key):
            yield f"checkpoint {expected}: its signature does not hold"
        previous = digest(checkpoint.payload)
    keys = {checkpoint.public_key for checkpoint in checkpoints}
    if known is not None:
        keys.add(known)
    elif places.signing_key.exists():
        keys.add(public_key_of(places))
    elif checkpoints and not is_away(places):
        yield f"the signing key ({places.signing_key.name}) is gone: whose signatures these are, only --key can tell"
    if len(keys) > 1:
        yield "the checkpoints are not all signed with the office's key"
    yield from _copy_faults(checkpoints, places)


def is_away(places: Configuration) -> bool:
    """Whether the database was taken out of its office: neither papers nor keys nor the copy of the checkpoints are beside it."""
    return not (places.objects.exists() or places.signing_key.exists() or places.checkpoints.exists())


def _copy_faults(checkpoints: list[Checkpoint], places: Configuration) -> Iterator[str]:
    """The copy outside the database must hold the same checkpoints."""
    copy = places.checkpoints
    if not copy.exists():
        if checkpoints and not is_away(places):
            yield f"the copy of the checkpoints ({copy.name}) is missing"
        return
    there = {c.number: (c.payload, c.signature, c.public_key) for c in checkpoints}
    entries, torn = read_copy(copy)
    if torn:
        yield f"the copy of the checkpoints ({copy.name}) holds {counted(torn, 'line')} that cannot be read"
    for number, entry in sorted(entries.items()):
        if there.get(number) != entry:
            yield f"checkpoint {number} in the copy ({copy.name}) is not in the database"
    for number in sorted(set(there) - set(entries)):
        yield f"checkpoint {number} is not in the copy ({copy.name})"
