"""A chapter: its articles, each with what it says, its history, its authority and the situations that test it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from evenhand.law.calendars import DAY
from evenhand.law.pack import Provision
from evenhand.law.schema import ExtensionVersion, RuleVersion, Version
from evenhand.typesetting.book.details import details
from evenhand.typesetting.book.elements import Child, Element, element, together
from evenhand.typesetting.book.model import Article, Book, Chapter, questions_in
from evenhand.typesetting.book.parts import caution, citation, mark_of, question, table
from evenhand.typesetting.book.shell import Page
from evenhand.typesetting.book.timeline import Span, drawing
from evenhand.typesetting.book.words import cut, day_words, sentence, summary

COMMANDS = {"rules": "evenhand law due {name} --from DATE"}


def chapter_page(book: Book, chapter: Chapter) -> Page:
    """The page of a file of the pack."""
    contents = [element("li", element("a", article.title, href=f"#{article.anchor}")) for article in chapter.articles]
    inside = element("nav", element("ol", contents), aria_label="In this chapter", class_="inside")
    body = together(inside if len(contents) > 1 else None, [written(book, article) for article in chapter.articles])
    return Page(name=chapter.page, title=chapter.title, lead=chapter.about, body=body)


def written(book: Book, article: Article) -> Element:
    """One article."""
    heading = element(
        "h2",
        element("a", article.title, href=f"#{article.anchor}", class_="self"),
    )
    inside = _list(book, article) if article.is_list else _single(book, article, article.provisions[0])
    return element("article", heading, inside, _foot(book, article), id=article.anchor)


def _single(book: Book, article: Article, provision: Provision) -> Element:
    now = provision.versions[-1]
    return together(
        _margin(book, now),
        together(_statement(now, article), details(now, book, article.entry))
        if now.unknown is None
        else _unread(book, article, provision),
        _doubts(now),
        _adopted(book, provision),
        _history(book, article, ((("", provision),))),
    )


def _statement(version: Version, article: Article) -> Element:
    """What it says today, in a sentence."""
    if isinstance(version, ExtensionVersion):
        return element("p", "What is added depends on how the paper was served, and where.", class_="says")
    if isinstance(version, RuleVersion):
        starts = str(getattr(article.entry, "starts", ""))
        direction = (
            "counted back from this day" if version.period and version.period.back else "counted from this event"
        )
        words: Child = together(element("strong", _capital(summary(version))), f", {direction}: {starts}.")
        return element("p", words, class_="says")
    return element("p", sentence(summary(version)), class_="says")


def _unread(book: Book, article: Article, provision: Provision) -> Element:
    """Where nobody knows what holds now: that, and what held when somebody last knew."""
    now = provision.versions[-1]
    words = element("p", f"What holds since {day_words(now.valid_from)} could not be found.", class_="says")
    known = [version for version in provision.versions if version.unknown is None]
    if not known:
        return words
    end = known[-1].valid_to or provision.versions[provision.versions.index(known[-1]) + 1].valid_from - DAY
    return together(
        words,
        element("p", f"Until {day_words(end)} it was:", class_="until"),
        _statement(known[-1], article),
        details(known[-1], book, article.entry),
    )


def _shown(provision: Provision) -> Version:
    """The version that the article shows in full: the latest that anybody knows."""
    known = [version for version in provision.versions if version.unknown is None]
    return known[-1] if known else provision.versions[-1]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _margin(book: Book, version: Version) -> Element:
    """The note beside the text: by which provision, how sure, since when."""
    return element(
        "aside",
        element("p", citation(book, version.citation, version.source)),
        element("p", mark_of(version)),
        element("p", f"since {day_words(version.valid_from)}", class_="since"),
        class_="margin",
    )


def _doubts(version: Version) -> Element:
    words = caution(version)
    return together(
        question(version.unknown) if version.unknown else None,
        element("p", words, class_="caution") if words else None,
    )


def _adopted(book: Book, provision: Provision) -> Element:
    """By which reading an office may go on where nobody knows what holds now."""
    reading = book.adopted.get((provision.section, provision.name))
    now = provision.versions[-1]
    if reading is None or now.unknown is None or now.valid_from != reading.valid_from:
        return Element()
    words = (
        "Until somebody has read it, an office may go on by an adopted reading: ",
        element("strong", cut(summary(reading))),
    )
    return element("p", *words, ". Every result that uses it says so.", class_="adopted")


def _list(book: Book, article: Article) -> Element:
    """A list: its lines as they are now, each with its authority, and its history where it has one."""
    terms = [_line(book, article, provision) for provision in article.provisions]
    rows = tuple((article.line_name(p), p) for p in article.provisions)
    changed = tuple(row for row in rows if _changed(row[1], article.provisions))
    return together(
        element("dl", terms, class_="entries"),
        _history(book, article, changed) if changed else _never(article.provisions[0]),
    )


def _changed(provision: Provision, among: Sequence[Provision]) -> bool:
    first = min(p.versions[0].valid_from for p in among)
    only = provision.versions[0]
    return len(provision.versions) > 1 or only.valid_from > first or only.valid_to is not None


def _never(provision: Provision) -> Element:
    only = provision.versions[0]
    ends = f", until {day_words(only.valid_to)}" if only.valid_to else ""
    return element("p", f"Unchanged since {day_words(only.valid_from)}{ends}.", class_="unchanged")


def _line(book: Book, article: Article, provision: Provision) -> Element:
    """One line of a list. A glossary's term is its value."""
    now = provision.versions[-1]
    is_term = article.is_glossary
    name = article.line_name(provision)
    ended = f" (until {day_words(now.valid_to)})" if now.valid_to else ""
    authority = element("p", citation(book, now.citation, now.source), " ", mark_of(now), class_="authority")
    doubts = [question(asked) for asked in questions_in(now)]
    readings = _adopted(book, provision)
    words = sentence(summary(now)) if now.unknown is None else f"Since {day_words(now.valid_from)} nobody knows."
    return element(
        "div",
        element("dt", str(name) + ended),
        element(
            "dd",
            element("p", words),
            None if is_term else details(now, book, article.entry),
            doubts,
            readings,
            authority,
        ),
        id=article.line_anchor(provision),
    )


def _history(book: Book, article: Article, rows: Sequence[tuple[str, Provision]]) -> Element:
    """The time line, then the same in a table, then what earlier versions said in full."""
    drawn = drawing(article.title, [(name, p.versions) for name, p in rows], span_of(book))
    if not article.is_list and len(rows[0][1].versions) == 1:
        return together(element("h3", "History"), drawn, _never(rows[0][1]))
    heads = ["In force", "What it says", "Provision", "How sure"]
    lines: list[list[Child]] = []
    for name, provision in rows:
        for version, later in zip_longest(provision.versions, provision.versions[1:]):
            cells: list[Child] = [
                until(version, later),
                _told(version),
                citation(book, version.citation, version.source),
                mark_of(version),
            ]
            lines.append([name, *cells] if article.is_list else cells)
    heads = ["Line", *heads] if article.is_list else heads
    shown = _shown(rows[0][1])
    before = [
        element(
            "details",
            element("summary", f"In full, as it stood {_small(until(version, later))}"),
            _doubts(version),
            details(version, book, article.entry),
        )
        for _, provision in rows
        for version, later in zip(provision.versions, provision.versions[1:], strict=False)
        if not article.is_list
        and version is not shown
        and details(version, book, article.entry) != details(shown, book, article.entry)
    ]
    return together(element("h3", "History"), drawn, table(f"History of {article.title}", heads, lines), before)


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _told(version: Version) -> Child:
    return (
        together(element("strong", "Open question: "), version.unknown)
        if version.unknown
        else cut(_capital(summary(version)))
    )


def until(version: Version, later: Version | None) -> str:
    """From when to when a version holds."""
    if version.valid_to is not None:
        return f"From {day_words(version.valid_from)} to {day_words(version.valid_to)}"
    if later is not None:
        return f"From {day_words(version.valid_from)} to {day_words(later.valid_from - DAY)}"
    return f"Since {day_words(version.valid_from)}"


def span_of(book: Book) -> Span:
    """The years of every time line: from the programme's beginning to two years after the last change."""
    return Span(book.pack.programme.begins.year, book.change_days[-1].year + 2)


def _foot(book: Book, article: Article) -> Element:
    """Which date governs, what it is called in commands and files, and the situations that test it."""
    command = COMMANDS.get(article.section, "").format(name=article.name)
    governs = element("p", "Which day’s law holds: ", article.governed_by, ". ", class_="governs")
    named = element(
        "p",
        "In the data: ",
        element("code", f"{article.provisions[0].file}, {article.section}, {article.name}"),
        together(". By command: ", element("code", command)) if command else None,
        class_="named",
    )
    return together(governs, named, _situations(book, article))


def _situations(book: Book, article: Article) -> Element:
    told = book.situations_of(article)
    if not book.situations:
        return Element()
    if not told:
        return element("p", "No situation tests it by name.", class_="named")
    count = "1 situation tests it" if len(told) == 1 else f"{len(told)} situations test it"
    lines = [element("li", sentence(one.say), " ", element("code", one.place)) for one in told]
    return element("details", element("summary", count), element("ul", lines), class_="situations")
