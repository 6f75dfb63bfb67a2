"""From a programme to the files of its rule book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files as resources

from evenhand.law import Pack, Refused, adopted_readings, load_pack
from evenhand.law.load import home_of
from evenhand.law.schema import Version
from evenhand.law.situations import folder_of, read_situations
from evenhand.typesetting.book.articles import chapter_page
from evenhand.typesetting.book.guides import counting_page, example_page, index_page, search_page
from evenhand.typesetting.book.indexes import days_pages, sections_page, sources_page, unverified_page
from evenhand.typesetting.book.model import Book, Situation, chapters_of
from evenhand.typesetting.book.plan import example_of, plan_of
from evenhand.typesetting.book.searching import search_index
from evenhand.typesetting.book.shell import Page, bound

STATIC = ("book.css", "search.js", "icon.svg")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a book holds, in numbers."""

    pages: int
    articles: int
    provisions: int
    questions: int
    situations: int


def book_of(programme: str, pack: Pack | None = None) -> Book:
    """What the book of the programme tells. `pack`: another pack than the programme's own. Raises Refused and BadFile."""
    home = home_of(programme)
    pack = pack or load_pack(programme)
    plan = plan_of(home, pack.programme.title)
    return Book(
        pack=pack,
        plan=plan,
        example=example_of(home),
        chapters=chapters_of(pack, plan, home / "law"),
        situations=_situations(programme),
        adopted=_adopted(programme),
    )


def _adopted(programme: str) -> dict[tuple[str, str], Version]:
    """The readings that come with Evenhand for what the pack does not know."""
    readings = adopted_readings(programme)
    if readings is None:
        return {}
    latest = ((p.section, p.name, p.versions[-1]) for p in load_pack(programme, adopting=readings).provisions())
    return {(section, name): version for section, name, version in latest if version.unknown is None}


def _situations(programme: str) -> dict[str, tuple[Situation, ...]]:
    """By provision; none where the programme comes without situations."""
    found: dict[str, list[Situation]] = defaultdict(list)
    try:
        told = read_situations(folder_of(programme))
    except Refused:
        return {}
    for one in told:
        for provision in one.situation.provisions:
            found[provision].append(Situation(say=one.situation.say, place=one.file))
    return {key: tuple(several) for key, several in found.items()}


def book_files(book: Book, progress: Callable[[str], None] = lambda words: None) -> dict[str, bytes]:
    """Every file of the book by name. The same book gives the same bytes."""
    made = {f"{page.name}.html": bound(book, page) for page in _pages(book, progress)}
    made["search-index.js"] = search_index(book)
    for name in STATIC:
        made[name] = resources("evenhand.typesetting.book").joinpath(name).read_bytes()
    return made


def _pages(book: Book, progress: Callable[[str], None]) -> Iterator[Page]:
    yield index_page(book)
    for number, chapter in enumerate(book.chapters, start=1):
        progress(f"Chapter {number} of {len(book.chapters)}: {chapter.title}")
        yield chapter_page(book, chapter)
    progress("Indexes, days and sources")
    yield counting_page(book)
    if book.example is not None:
        yield example_page(book, book.example)
    yield from days_pages(book)
    yield sections_page(book)
    yield unverified_page(book)
    yield sources_page(book)
    yield search_page(book)


def numbers_of(book: Book, files: dict[str, bytes]) -> Told:
    """What the book holds, counted."""
    return Told(
        pages=sum(name.endswith(".html") for name in files),
        articles=len(book.articles),
        provisions=sum(len(article.provisions) for article in book.articles),
        questions=len(book.questions),
        situations=len({one for several in book.situations.values() for one in several}),
    )
