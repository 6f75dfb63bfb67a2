"""Full-text search over a folder of decisions, one entry for each disputed item, with facets.

    results = search(Path("corpus"), "cold therapy", Filters(decision="Upheld"))

The index lies in `index/` beside the decisions and can be thrown away at any time: before each search it is compared
with the decisions and brought up to date. Only what a commit confirmed is marked as indexed, so a killed process
leaves work undone, never done twice.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from evenhand.corpus.decision import PublishedDecision
from evenhand.corpus.store import FILE, decisions_in, holds_decisions
from evenhand.reading import BadFile, Fault

# Goes up whenever the fields change: an index of another number is built anew.
_SHAPE = 1
_TEXTS = ("item", "summary", "rationale", "guidelines")
FACETS = ("decision", "outcome", "specialty", "licence_state", "category", "year", "chapter", "age_band", "layout")
_SNIPPET = 240


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a hit must be, exactly. `None` lets everything pass. The names are the facets'."""

    decision: str | None = None
    outcome: str | None = None
    specialty: str | None = None
    licence_state: str | None = None
    category: str | None = None
    year: str | None = None
    chapter: str | None = None
    age_band: str | None = None
    layout: str | None = None


@dataclass(frozen=True, kw_only=True)
class Highlight:
    """A stretch of a field with the places of the words that were found (first, past the last, in the stretch)."""

    field: str
    text: str
    words: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One disputed item that was found."""

    decision_id: str
    case_number: str | None
    number: int
    item: str
    decision: str
    year: str | None
    score: float
    highlights: tuple[Highlight, ...]


@dataclass(frozen=True, kw_only=True)
class Results:
    """How many items were found, the first of them, and the counts of each facet's values (most first)."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def search(
    folder: Path, words: str = "", filters: Filters | None = None, *, limit: int = 20, offset: int = 0,
    facets: Sequence[str] = (),
) -> Results:  # fmt: skip
    """Items with all the words ("..." for a phrase, OR for either), the best first; without words, everything that
    passes the filters.

    Raises BadFile for a query that cannot be read, an unknown facet, or a damaged folder.
    """
    unknown = [name for name in facets if name not in FACETS]
    if unknown:
        raise BadFile([Fault(file="facets", what=f"there is no facet {unknown[0]!r}; there are: {', '.join(FACETS)}")])
    if not holds_decisions(folder):
        return Results(total=0, hits=())
    index = _fresh(folder)
    searcher = index.searcher()
    asked = _query(index, words)
    query = _filtered(index, asked, filters or Filters())
    # The engine makes room for offset + limit hits before it looks; past the last item there is nothing to make room for.
    held = int(searcher.num_docs)
    found = searcher.search(query, limit=max(1, min(limit, held)), offset=max(0, min(offset, held)))
    pairs = found.hits[: max(limit, 0)]
    hits = tuple(_hit(index, searcher, asked if words.strip() else None, score, place) for score, place in pairs)
    return Results(total=found.count or 0, hits=hits, facets=_facets(searcher, query, facets))


def _query(index: Any, words: str) -> Any:
    import tantivy

    if not words.strip():
        return tantivy.Query.all_query()
    try:
        return index.parse_query(
            words, list(_TEXTS), field_boosts={"item": 3.0, "rationale": 1.5}, conjunction_by_default=True
        )
    except ValueError:
        plain = " ".join("".join(sign if sign.isalnum() else " " for sign in words).split())
        try:
            return index.parse_query(plain, list(_TEXTS), conjunction_by_default=True)
        except ValueError as error:
            raise BadFile([Fault(file="the query", what=f"cannot be read: {error}; use plain words")]) from None


def _filtered(index: Any, query: Any, filters: Filters) -> Any:
    import tantivy

    parts = [(tantivy.Occur.Must, query)]
    for entry in fields(filters):
        value = getattr(filters, entry.name)
        if value is not None:
            term = tantivy.Query.term_query(index.schema, entry.name, value, index_option="basic")
            parts.append((tantivy.Occur.Must, tantivy.Query.const_score_query(term, 0.0)))
    return tantivy.Query.boolean_query(parts)


def _facets(searcher: Any, query: Any, names: Sequence[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": 200}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {name: {b["key"]: b["doc_count"] for b in answer[name]["buckets"]} for name in names}


def _hit(index: Any, searcher: Any, query: Any | None, score: float, place: Any) -> Hit:
    document = searcher.doc(place)

    def one(name: str) -> str | None:
        value = document.get_first(name)
        return None if value is None else str(value)

    return Hit(
        decision_id=one("decision_id") or "",
        case_number=one("case_number"),
        number=int(one("number") or 0),
        item=one("item") or "",
        decision=one("decision") or "",
        year=one("year"),
        score=round(float(score), 4),
        highlights=tuple(_highlights(index, searcher, query, document)) if query is not None else (),
    )


def _highlights(index: Any, searcher: Any, query: Any, document: Any) -> Iterator[Highlight]:
    import tantivy

    for name in _TEXTS:
        generator = tantivy.SnippetGenerator.create(searcher, query, index.schema, name)
        generator.set_max_num_chars(_SNIPPET)
        snippet = generator.snippet_from_doc(document)
        text = snippet.fragment()
        places = tuple(_characters(text, part.start, part.end) for part in snippet.highlighted())
        if text and places:
            yield Highlight(field=name, text=text, words=places)


def _characters(text: str, start: int, end: int) -> tuple[int, int]:
    """Places counted in bytes of UTF-8, as the engine gives them, to places in the text."""
    content = text.encode()
    return len(content[:start].decode(errors="ignore")), len(content[:end].decode(errors="ignore"))


# --- building --------------------------------------------------------------------------------------------------------


def rebuild(folder: Path) -> int:
    """Throws the index away and builds it anew; returns how many items it holds."""
    shutil.rmtree(folder / "index", ignore_errors=True)
    return int(_fresh(folder).searcher().num_docs) if holds_decisions(folder) else 0


def _fresh(folder: Path) -> Any:
    """The index, brought up to date with the decisions."""
    place = folder / "index"
    with _alone(folder):
        stamp = _stamp(folder)
        marks = _marks(place)
        if marks.get("stamp") == stamp and marks.get("shape") == _SHAPE:
            with contextlib.suppress(ValueError):
                index = _open(place)
                if index.searcher().num_docs == marks.get("items"):
                    return index
        if marks.get("shape") != _SHAPE:
            shutil.rmtree(place, ignore_errors=True)
        return _update(folder, place, stamp)


def _update(folder: Path, place: Path, stamp: list[int]) -> Any:
    """Deletes and adds what changed; everything, where the index and its marks disagree."""
    marks = _marks(place)
    versions: dict[str, int] = marks.get("versions", {})
    try:
        index = _open(place)
        agree = index.searcher().num_docs == marks.get("items", 0)
    except ValueError:
        agree = False
    if not agree:
        shutil.rmtree(place, ignore_errors=True)
        index, versions = _open(place), {}
    writer = index.writer()
    now: dict[str, int] = {}
    items = 0
    for decision in decisions_in(folder):
        now[decision.id] = decision.version
        items += len(decision.determination.items) if decision.determination else 0
        if versions.get(decision.id) != decision.version:
            writer.delete_documents_by_term("decision_id", decision.id)
            for document in _documents(decision):
                writer.add_document(document)
    for gone in set(versions) - set(now):
        writer.delete_documents_by_term("decision_id", gone)
    writer.commit()
    writer.wait_merging_threads()
    marks = {"shape": _SHAPE, "stamp": stamp, "items": items, "versions": now}
    (place / "marks.new").write_text(json.dumps(marks), encoding="utf-8")
    (place / "marks.new").replace(place / "marks.json")
    index.reload()
    return index


def _documents(decision: PublishedDecision) -> Iterator[Any]:
    import tantivy

    letter = decision.determination
    if letter is None:
        return
    year = str(letter.header.decision_date.year) if letter.header.decision_date else None
    for place, item in enumerate(letter.items):
        sides = (item.claims_administrator_guideline, item.imr_guideline)
        category = decision.categories[place].category if place < len(decision.categories) else None
        facts: dict[str, Sequence[str | None]] = {
            "decision_id": (decision.id,),
            "case_number": (decision.case_number,),
            "number": (str(item.number),),
            "decision": (item.word or None,),
            "outcome": (letter.outcome.value if letter.outcome else None,),
            "specialty": letter.reviewer.specialties,
            "licence_state": letter.reviewer.licensure,
            "category": (category,),
            "year": (year,),
            "chapter": sorted({c.chapter for c in item.imr_guideline.citations if c.chapter}),
            "age_band": (decision.age_band,),
            "layout": (letter.layout,),
            "item": (item.item,),
            "summary": (letter.clinical_case_summary,),
            "rationale": (item.rationale,),
            "guidelines": tuple(side.text for side in sides),
        }
        document = tantivy.Document()
        for name, values in facts.items():
            for value in values:
                if value:
                    document.add_text(name, value)
        yield document


def _open(place: Path) -> Any:
    """The index of a folder, made where there is none. Raises ValueError where it is damaged."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("decision_id", "case_number", "number", *FACETS):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in _TEXTS:
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    place.mkdir(parents=True, exist_ok=True)
    return tantivy.Index(builder.build(), path=str(place), reuse=True)


def _marks(place: Path) -> dict[str, Any]:
    try:
        marks = json.loads((place / "marks.json").read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return marks if isinstance(marks, dict) else {}


def _stamp(folder: Path) -> list[int]:
    """What tells that the decisions changed: the file is replaced as a whole, so its number, size and time tell."""
    status = (folder / FILE).stat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One process at a time brings the index up to date; the engine allows one writer and another would fail."""
    with (folder / ".index-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
