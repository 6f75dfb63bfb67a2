"""The event log: chained, refused by the database to be changed, signed, and verified to the place."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from evenhand.office.configuration import configuration
from evenhand.office.events.chain import Actor, append, done, under_key
from evenhand.office.events.checkpoint import make_checkpoint
from evenhand.office.events.links import FIRST, canonical, compare, digest, walk
from evenhand.office.events.models import Checkpoint, Event
from evenhand.office.events.triggers import APPEND_ONLY
from evenhand.office.events.verify import verify

pytestmark = pytest.mark.django_db

CLERK = Actor(username="clerk", role="intake", source="person")
HERE = [refusal for refusal in APPEND_ONLY if refusal.only in {None, connection.vendor}]
"""The refusals of the database that the tests run on."""


@pytest.fixture
def log() -> None:
    """Two chains, three events and one, under one signed checkpoint."""
    configuration().checkpoints.unlink(missing_ok=True)
    for number in range(3):
        append(actor=CLERK, chain="A-1", kind="noted", effective=date(2015, 1, 16), data={"n": number})
    append(actor=CLERK, chain="B-1", kind="noted", effective=date(2015, 1, 16), data={})
    make_checkpoint(configuration())
    # The copy outside the database is written when a transaction commits; a test's never does.
    from evenhand.office.events.checkpoint import _copy_out

    _copy_out(configuration().checkpoints)


def without_triggers() -> None:
    """What somebody with the database password can do."""
    with connection.cursor() as cursor:
        for refusal in HERE:
            place = f" ON {refusal.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {refusal.name}{place}")


def findings() -> list[str]:
    """Findings but for the missing triggers, which the tamperer took away."""
    return [f for f in verify(configuration()).findings if not f.startswith("trigger")]


def test_an_untouched_log_is_whole(log: None) -> None:
    """Nothing is found where nothing was done."""
    assert verify(configuration()).findings == ()


COMMON = ("UPDATE {} SET payload = 'x'", "DELETE FROM {}")


@pytest.mark.parametrize("table", ["events_event", "events_checkpoint"])
@pytest.mark.parametrize(
    "statement",
    [*COMMON, "the way that only this database has"],
)
def test_the_database_refuses_to_change_or_delete(log: None, table: str, statement: str) -> None:
    """Not the code but the database keeps the log append-only."""
    if statement not in COMMON:
        statement = "INSERT OR REPLACE INTO {} SELECT * FROM {}" if connection.vendor == "sqlite" else "TRUNCATE {}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, table))


def test_one_changed_word_is_found(log: None) -> None:
    """A changed text no longer gives its hash; the place is named."""
    without_triggers()
    event = Event.objects.get(chain="A-1", number=2)
    Event.objects.filter(pk=event.pk).update(payload=event.payload.replace("noted", "noticed"))
    assert findings() == ["chain A-1, event 2 was changed: its text no longer gives its hash"]


def test_a_changed_word_with_a_new_hash_is_found(log: None) -> None:
    """Whoever mends the hash too breaks the link to the next event."""
    without_triggers()
    event = Event.objects.get(chain="A-1", number=2)
    text = event.payload.replace('"n":1', '"n":7')
    Event.objects.filter(pk=event.pk).update(payload=text, hash=digest(text))
    assert findings() == ["chain A-1, event 3 does not follow the event before it"]


def test_a_chain_made_anew_from_a_place_on_is_found(log: None) -> None:
    """Whoever mends every later hash does not have the signature of the checkpoint."""
    without_triggers()
    previous = FIRST
    for event in Event.objects.filter(chain="A-1").order_by("number"):
        said = json.loads(event.payload)
        said["data"], said["previous"] = {"n": 9}, previous
        text = canonical(said)
        Event.objects.filter(pk=event.pk).update(payload=text, previous=previous, hash=digest(text))
        previous = digest(text)
    assert findings() == ["chain A-1, event 3 is not the one that a checkpoint signed"]


def test_a_column_that_says_otherwise_than_the_text_is_found(log: None) -> None:
    """The searchable columns cannot tell another story than the signed text."""
    without_triggers()
    Event.objects.filter(chain="A-1", number=2).update(actor="somebody")
    assert findings() == ["chain A-1, event 2 was changed: column actor does not agree with its text"]


def test_a_removed_event_is_found(log: None) -> None:
    """A gap in a chain is named by its number."""
    without_triggers()
    Event.objects.filter(chain="A-1", number=2).delete()
    assert findings() == ["chain A-1, event 2 is missing (next found: 3)"]


def test_a_cut_off_tail_is_found(log: None) -> None:
    """The checkpoint knows how long the chain was."""
    without_triggers()
    Event.objects.filter(chain="A-1", number=3).delete()
    assert findings() == ["chain A-1 is cut off after event 2: a checkpoint signed 3 events"]


def test_a_removed_chain_is_found(log: None) -> None:
    """A case that is gone as a whole is missed."""
    without_triggers()
    Event.objects.filter(chain="B-1").delete()
    assert findings() == ["chain B-1 is gone: a checkpoint signed 1 events"]


def test_a_tail_cut_off_with_its_checkpoint_is_found(log: None) -> None:
    """The copy of the checkpoints outside the database still has it."""
    without_triggers()
    Event.objects.filter(chain="A-1", number=3).delete()
    Checkpoint.objects.all().delete()
    found = findings()
    assert "there is no checkpoint: nothing shows whether a chain's end was cut off" in found
    assert "checkpoint 1 in the copy (checkpoints.jsonl) is not in the database" in found


def test_missing_triggers_are_found(log: None) -> None:
    """A database that no longer refuses is itself a finding."""
    without_triggers()
    assert len(verify(configuration()).findings) == len(HERE)


def test_events_after_the_checkpoint_are_a_note_not_a_fault(log: None) -> None:
    """What is not signed yet is told, and the next checkpoint signs it."""
    append(actor=CLERK, chain="A-1", kind="noted", effective=date(2015, 1, 17), data={})
    report = verify(configuration())
    assert report.findings == () and report.notes == ("1 event newer than the last checkpoint",)


def test_a_key_stands_once_in_a_chain(log: None) -> None:
    """An act that was done cannot be done again under its key."""
    with under_key("screen"):
        append(actor=CLERK, chain="A-1", kind="noted", effective=date(2015, 1, 17), data={})
    assert done("A-1", "screen") and not done("B-1", "screen")
    with pytest.raises(DatabaseError), transaction.atomic(), under_key("screen"):
        append(actor=CLERK, chain="A-1", kind="noted", effective=date(2015, 1, 17), data={})


def test_nothing_grown_nothing_signed(log: None) -> None:
    """A second checkpoint over the same ends is the first one."""
    assert make_checkpoint(configuration()).number == 1


@dataclass(frozen=True)
class Link:
    """A link outside the database."""

    chain: str
    number: int
    payload: str
    previous: str
    hash: str


def chain_of(words: list[str]) -> list[Link]:
    """A sound chain with these texts."""
    links: list[Link] = []
    for number, word in enumerate(words, start=1):
        previous = links[-1].hash if links else FIRST
        text = canonical({"chain": "A", "number": number, "previous": previous, "word": word})
        links.append(Link("A", number, text, previous, digest(text)))
    return links


@given(st.lists(st.text(), min_size=1, max_size=8), st.data())
def test_any_single_change_to_any_chain_is_found(words: list[str], data: st.DataObject) -> None:
    """Property: drop, swap, change or cut any link of any chain, and walk or compare names it."""
    links = chain_of(words)
    signed = {"A": [len(links), links[-1].hash]}
    hashes, fault = walk(links)
    assert fault is None and not list(compare(signed, {"A": hashes}))
    place = data.draw(st.integers(0, len(links) - 1))
    kind = data.draw(st.sampled_from(["drop", "change", "twice"]))
    link = links[place]
    if kind == "drop":
        links.pop(place)
    elif kind == "change":
        links[place] = Link(link.chain, link.number, link.payload + " ", link.previous, link.hash)
    else:
        links.insert(place, link)
    hashes, fault = walk(links)
    assert fault is not None or list(compare(signed, {"A": hashes} if hashes else {}))
