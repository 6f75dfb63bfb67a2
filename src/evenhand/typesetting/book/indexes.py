"""The ways into the book: by section, by day, by doubt, by source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby, zip_longest

from evenhand.law.sections import Section, sort_key
from evenhand.typesetting.book.articles import until
from evenhand.typesetting.book.elements import Child, Element, element, together
from evenhand.typesetting.book.model import CALENDARS, Article, Book, Citing, sources_used, version_at
from evenhand.typesetting.book.parts import link, linked, mark, mark_of, table
from evenhand.typesetting.book.shell import Page
from evenhand.typesetting.book.words import cut, day_words, label, summary


def sections_page(book: Book) -> Page:
    """Every section that the pack cites, under its code, with the places that rest on it."""
    found = book.by_section()
    parts: list[Child] = []
    rank = {code: at for at, code in enumerate(book.plan.codes)}
    ordered = sorted(found, key=lambda section: (rank[section.code], sort_key(section)))
    for code, of_code in groupby(ordered, key=lambda section: section.code):
        sections = list(of_code)
        parts.append(element("h2", book.plan.codes.get(code, code), id=slug(code)))
        for whole, inside in groupby(sections, key=lambda section: section.whole):
            parts.append(element("h3", whole, id=slug(whole)))
            parts.append(element("ul", _places(found, inside), class_="places"))
    others = book.by_authority()
    if others:
        parts.append(element("h2", "Decisions, practice and other authorities", id="others"))
        rows = [
            element("li", element("strong", name), ": ", _links(others[name]))
            for name in sorted(others, key=str.casefold)
        ]
        parts.append(element("ul", rows, class_="places"))
    lead = "Every section that the book cites, with the articles that rest on it. A whole section stands before its subdivisions."
    return Page(name="sections", title="By section number", lead=lead, body=together(*parts))


def _places(found: dict[Section, list[Citing]], inside: Iterable[Section]) -> Iterator[Element]:
    for section in inside:
        yield element(
            "li",
            element("span", section.inside or "the section", class_="inside"),
            element("span", _links(found[section])),
        )


def _links(citings: Iterable[Citing]) -> Element:
    told = dict.fromkeys((citing.title, citing.link) for citing in citings)
    return together(*(together("; " if at else None, link(title, to)) for at, (title, to) in enumerate(told)))


def slug(words: str) -> str:
    """A name for a place in a page: "8 CCR 9792.10.5" is "8-ccr-9792.10.5"."""
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-")


def unverified_page(book: Book) -> Page:
    """Every open question, then everything that nobody read in a source."""
    doubts = book.pack.unverified()
    asked = [one for one in doubts if one.words in book.questions]
    unread = [one for one in doubts if one not in asked]
    questions: dict[str, list[Child]] = defaultdict(list)
    for one in asked:
        questions[one.words].append(_doubtful(book, one.kind, one.name))
    items = [
        element("li", element("p", words, class_="asked"), element("p", "Asked by: ", _joined(places), "."))
        for words, places in questions.items()
    ]
    rows = [
        (
            _doubtful(book, one.kind, one.name),
            f"Since {day_words(one.valid_from)}",
            one.citation,
            together(mark(one.confidence), " ", one.words if one.kind != "counting" else None),
        )
        for one in unread
    ]
    body = together(
        element("h2", f"Open questions: {len(items)}"),
        element("p", "Nobody could find these values. A result that needs one prints the question and no number."),
        element("ol", items, class_="questions"),
        element("h2", f"Not read in a source: {len(rows)}"),
        element("p", "These values are used, and every result that rests on one says that it is not verified."),
        table("What is used although nobody read it", ("What", "In force", "Provision", "How sure"), rows),
    )
    lead = "What a person should check before relying on it."
    return Page(name="unverified", title="What nobody has verified", lead=lead, body=body)


def _joined(places: Iterable[Child]) -> Element:
    told = dict.fromkeys(str(place) for place in places)
    return Element("; ".join(told))


def _doubtful(book: Book, kind: str, name: str) -> Child:
    """The place of a doubt: the article, and the part of it that is meant."""
    plain, _, part = name.partition(": ")
    article = book.by_key.get((kind, plain))
    if article is None:
        return link(part or label(plain), f"{CALENDARS}.html{f'#calendars-{plain}' if kind == 'calendars' else ''}")
    provision = next((p for p in article.provisions if p.name == plain), article.provisions[0])
    told = link(article.line_title(provision), article.line_link(provision))
    return together(told, f" ({part.replace('_', ' ')})" if part else None)


def sources_page(book: Book) -> Page:
    """Where everything was read."""
    used = sources_used(book)
    lines = [
        element(
            "div",
            element("dt", key),
            element(
                "dd",
                element("p", source.read),
                element("p", linked(source.address), class_="address"),
                element("p", "Rests on it: ", _articles(used[key]), class_="named") if key in used else None,
            ),
            id=key,
        )
        for key, source in sorted(book.pack.sources.items(), key=lambda entry: _natural(entry[0]))
    ]
    lead = "Where the values were read, and how much of each page could be read. An address that is not written in full is no link."
    return Page(name="sources", title="Sources", lead=lead, body=element("dl", lines, class_="entries"))


def _articles(articles: Iterable[Article]) -> Element:
    return together(*(together("; " if at else None, link(one.title, one.link)) for at, one in enumerate(articles)))


def _natural(key: str) -> tuple[str, int]:
    found = re.fullmatch(r"(\D*)(\d*)", key)
    return (found[1], int(found[2] or 0)) if found else (key, 0)


def days_pages(book: Book) -> Iterator[Page]:
    """A page that lists the days on which the law changed, and a page for each: what was in force from that day on."""
    days = book.change_days
    rows = []
    for day, later in zip_longest(days, days[1:]):
        changes = [article.title for article in book.articles if _changes(article, day)]
        told = "The program begins." if day == days[0] else "; ".join(changes)
        span = f"From {day_words(day)} on" if later is None else _span(day, later - timedelta(days=1))
        rows.append((link(span, f"day-{day.isoformat()}.html"), cut(told)))
    lead = "Choose the time in which your day lies. For each, the page shows everything that was in force then."
    body = together(table("The times between two changes", ("Time", "What changed on its first day"), rows))
    yield Page(name="days", title="The law on a day", lead=lead, body=body)
    for before, day, later in zip_longest((None, *days[:-1]), days, days[1:]):
        assert day is not None
        yield _day_page(book, before, day, later)


def _span(first: date, last: date) -> str:
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def _changes(article: Article, day: date) -> bool:
    """Whether a version of it begins on the day, or one ended on the day before."""
    eve = day - timedelta(days=1)
    versions = [version for p in article.provisions for version in p.versions]
    return any(version.valid_from == day or version.valid_to == eve for version in versions)


def _day_page(book: Book, before: date | None, day: date, later: date | None) -> Page:
    parts: list[Child] = [_between(before, later)]
    for chapter in book.chapters:
        rows = [row for article in chapter.articles for row in _in_force(article, day, before)]
        if rows:
            parts.append(element("h2", link(chapter.title, f"{chapter.page}.html")))
            parts.append(table(f"{chapter.title}: in force", ("What", "What it says", "In force", "How sure"), rows))
    until_words = f"until {day_words(later - timedelta(days=1))}" if later else "and since"
    lead = f"What was in force on {day_words(day)} {until_words}. What is new on this day is marked."
    name = f"day-{day.isoformat()}"
    return Page(name=name, title=f"The law on {day_words(day)}", lead=lead, body=together(*parts))


def _between(before: date | None, later: date | None) -> Element:
    steps = [element("li", link("All the times", "days.html"))]
    if before:
        steps.append(element("li", link(f"Before: {day_words(before)}", f"day-{before.isoformat()}.html")))
    if later:
        steps.append(element("li", link(f"After: {day_words(later)}", f"day-{later.isoformat()}.html")))
    return element("nav", element("ul", steps), aria_label="Other times", class_="steps-of-time")


def _in_force(article: Article, day: date, before: date | None) -> Iterator[tuple[Child, ...]]:
    for provision in article.provisions:
        version = version_at(provision, day)
        if version is None:
            continue
        new = element("span", "New", class_="new") if before is not None and version.valid_from == day else None
        at = provision.versions.index(version)
        later = provision.versions[at + 1] if at + 1 < len(provision.versions) else None
        yield (
            together(link(article.line_title(provision), article.line_link(provision)), " ", new),
            cut(version.unknown or summary(version)),
            until(version, later),
            mark_of(version),
        )
