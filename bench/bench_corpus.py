"""The published decisions: index and search of 5,000, against SQLite's FTS5 on the same texts."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import made
from measure import against, cpu_seconds, head, in_turns, line

from evenhand.corpus import index, store
from evenhand.corpus.decision import PublishedDecision
from evenhand.corpus.index import search

DECISIONS = 5_000
QUERIES = (
    "acupuncture", "cold therapy", "epidural steroid lumbar", '"functional restoration"', "norco OR cyclobenzaprine",
    "physical therapy shoulder", "arthroscopic knee", "strength reflexes", "naproxen spasm", "psychiatric",
)  # fmt: skip
COLUMNS = "item, summary, rationale, guidelines"


def rows(decisions: list[PublishedDecision]) -> list[tuple[str, str, str, str]]:
    """The searchable texts, one row an item, as our index holds them."""
    letters = [decision.determination for decision in decisions if decision.determination]
    return [
        (
            item.item,
            letter.clinical_case_summary,
            item.rationale,
            f"{item.claims_administrator_guideline.text} {item.imr_guideline.text}",
        )
        for letter in letters
        for item in letter.items
    ]


def fts5(path: Path, texts: list[tuple[str, str, str, str]]) -> sqlite3.Connection:
    """The peer: the same texts in SQLite's full-text index, stemmed like ours."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute(f"CREATE VIRTUAL TABLE items USING fts5({COLUMNS}, tokenize='porter unicode61')")
    database.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", texts)
    database.commit()
    return database


def peer_search(database: sqlite3.Connection, words: str) -> tuple[int, list[tuple[str, str]]]:
    """How many match, and the best twenty with a snippet."""
    (total,) = database.execute("SELECT count(*) FROM items WHERE items MATCH ?", (words,)).fetchone()
    best = database.execute(
        "SELECT item, snippet(items, -1, '[', ']', '...', 40) FROM items WHERE items MATCH ?"
        " ORDER BY bm25(items, 3.0, 1.0, 1.5, 1.0) LIMIT 20",
        (words,),
    ).fetchall()
    return total, best


def main() -> None:
    """Prints the figures; fails where the two find different numbers of items."""
    folder = Path(tempfile.mkdtemp(prefix="evenhand-bench-"))
    try:
        measured(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measured(folder: Path) -> None:
    """Both engines in `folder`."""
    print("  making 5,000 decisions ...", file=sys.stderr)
    decisions = made.published(DECISIONS)
    texts = rows(decisions)
    head(f"Corpus: {DECISIONS:,} decisions, {len(texts):,} items, {sum(map(len, map(''.join, texts))) / 1e6:.1f} MB")
    corpus = folder / "corpus"
    cpu = cpu_seconds()
    store.add(corpus, decisions)
    line("store.add, once", f"{cpu_seconds() - cpu:9.4f} s CPU")
    built, peer, lines = in_turns(
        {
            "index built from the file": lambda: index.rebuild(corpus),
            "SQLite FTS5, built": lambda: fts5(folder / "fts.sqlite3", texts).close(),
            "of the index: reading and checking the lines": lambda: sum(1 for _ in store.decisions_in(corpus)),
        },
        rounds=3,
        warm=False,
    )
    against(built, peer, count=len(texts), of="items")
    line(lines.name, f"{lines.cpu:9.4f} s CPU (the peer was handed its rows, and holds no facets)")
    database = sqlite3.connect(folder / "fts.sqlite3")
    searched(corpus, database)
    database.close()


def searched(corpus: Path, database: sqlite3.Connection) -> None:
    """Ten queries, each with the number of matches and the best twenty with highlights."""
    for words in QUERIES:
        ours, theirs = search(corpus, words).total, peer_search(database, words)[0]
        line(f"found: {words}", f"{ours:,} (FTS5 {theirs:,})")
        if ours != theirs or not ours:
            raise SystemExit(f"{words}: {ours:,} items are found here, {theirs:,} there")
    found, peer = in_turns(
        {
            f"{len(QUERIES)} searches with highlights": lambda: [search(corpus, words) for words in QUERIES],
            "SQLite FTS5, the same": lambda: [peer_search(database, words) for words in QUERIES],
        }
    )
    against(found, peer, count=len(QUERIES), of="searches")
    (faceted,) = in_turns(
        {"with all facets": lambda: [search(corpus, words, facets=index.FACETS) for words in QUERIES]}
    )
    line("a search with every facet counted", f"{1000 * faceted.wall / len(QUERIES):.1f} ms")


if __name__ == "__main__":
    main()
