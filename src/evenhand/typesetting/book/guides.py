"""The pages that are no chapter: the contents, how days are counted, the worked example, the search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from evenhand.law.calendars import Calendar
from evenhand.law.deadlines import Deadline
from evenhand.law.schema import Cited, Holiday, Weekday
from evenhand.typesetting.book.elements import Child, Element, element, together
from evenhand.typesetting.book.model import CALENDARS, Article, Book, marks_in
from evenhand.typesetting.book.parts import citation, link, mark, question, table
from evenhand.typesetting.book.plan import Example, ExampleStep
from evenhand.typesetting.book.shell import Page
from evenhand.typesetting.book.words import MARKS, OPEN, day_words, sentence

NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def index_page(book: Book) -> Page:
    """The contents, and how to read the book."""
    chapters = [
        element(
            "li",
            element("p", link(chapter.title, f"{chapter.page}.html"), class_="chapter"),
            element("p", chapter.about) if chapter.about else None,
            element("p", _counts(chapter.articles), class_="named"),
        )
        for chapter in book.chapters
    ]
    body = together(
        element("ol", chapters, class_="chapters"),
        element("h2", "How to read it", id="reading"),
        element(
            "p",
            "Every article says what holds, which day’s law it is (an old case is judged by the law of its time), by which "
            "provision, and how well somebody verified it. A time line shows its history, and a table says the same. The "
            "link of a citation leads to the address at which it was read.",
        ),
        element("h2", "How sure it is", id="marks"),
        _marks(book),
    )
    return Page(name="index", title=book.plan.title, lead=book.plan.about, body=body)


def _counts(articles: tuple[Article, ...]) -> str:
    asked = sum(article.open_questions() for article in articles)
    entries = "1 article" if len(articles) == 1 else f"{len(articles)} articles"
    questions = "" if not asked else ", 1 open question" if asked == 1 else f", {asked} open questions"
    return entries + questions


def _marks(book: Book) -> Element:
    counted = marks_in(book)
    rows: list[tuple[Child, ...]] = [
        (mark(confidence), sentence(words), f"{counted[confidence]:,}") for confidence, (_, words) in MARKS.items()
    ]
    asked = sum(article.open_questions() for article in book.articles)
    rows.append((mark(next(iter(MARKS)), unknown=True), sentence(OPEN[1]), f"{asked:,}"))
    return table(
        "The marks, and how many versions of the book’s provisions have each", ("Mark", "Means", "How many"), rows
    )


def counting_page(book: Book) -> Page:
    """How days are counted: the first and the last, service, regions, and the lists of days off."""
    programme = book.pack.programme
    regions = [element("li", element("code", region.name), f": {region.title}") for region in programme.regions]
    extensions = [
        element("li", link(article.title, article.link)) for article in book.articles if article.section == "extensions"
    ]
    body = together(
        _counted(book, "The first day", "first-day", programme.first_day),
        element(
            "p",
            "The days of the time limit are added. A business day is one that the list of days off leaves open. Hours run "
            "by the clock, weekends and holidays included, in local time (",
            element("code", programme.time_zone),
            ").",
        ),
        together(
            element("h2", "More time for service", id="service"),
            element(
                "p",
                "What is added for a paper that was not handed over is added to the period, before the last day moves.",
            ),
            element("ul", extensions),
            element("p", "It can depend on where the paper was served:"),
            element("ul", regions),
        )
        if extensions
        else None,
        _counted(book, "The last day", "last-day", programme.rolling),
        element("h2", "Days off", id="days-off"),
        element(
            "p",
            "Every computed day names the list it used. ",
            element("code", programme.default_calendar),
            " is the default.",
        ),
        [_days_off(book, name, calendar) for name, calendar in book.pack.calendars.items()],
    )
    return Page(
        name=CALENDARS,
        title="How days are counted",
        lead="From the event that starts a clock to its last day.",
        body=body,
    )


def _counted(book: Book, title: str, anchor: str, cited: Cited) -> Element:
    return together(
        element("h2", title, id=anchor),
        element("p", sentence(cited.text), class_="says"),
        element("p", citation(book, cited.citation, cited.source), " ", mark(cited.confidence), class_="authority"),
    )


def _days_off(book: Book, name: str, calendar: Calendar) -> Element:
    law = calendar.law
    rows = [
        (
            _capital(day.name),
            together(
                _when(day),
                f"; from {day_words(day.valid_from)}" if day.valid_from > book.pack.programme.begins else None,
            ),
            citation(book, day.citation, day.source),
            mark(day.confidence),
        )
        for day in law.holidays
    ]
    asked = [question(f"{day.name}: {day.unknown}") for day in law.holidays if day.unknown]
    weekend = " and ".join(f"{day.title()}s" for day in law.weekend)
    return element(
        "article",
        element("h3", law.title),
        element("p", f"Weekend: {weekend}."),
        element("p", citation(book, law.citation, law.source), " ", mark(law.confidence), class_="authority"),
        table(f"{law.title}: the rules", ("Day", "When", "Provision", "How sure"), rows),
        asked,
        _years(book, calendar),
        id=f"calendars-{name}",
    )


def _when(day: Holiday) -> str:
    if day.dates:
        words = ", ".join(day_words(one) for one in day.dates)
    elif day.day is not None:
        words = f"{date(2000, day.month or 1, day.day):%B} {day.day}"
    else:
        weekday = (day.weekday or Weekday.MONDAY).title()
        after = {0: "", 1: "the day after "}.get(day.days_after, f"{day.days_after} days after ")
        words = f"{after}the {NTH[day.nth or 1]} {weekday} of {date(2000, day.month or 1, 1):%B}"
    observed = "".join(f"; if a {on.title()}, kept on {kept.title()}" for on, kept in day.observed.items())
    return words + observed


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _years(book: Book, calendar: Calendar) -> Element:
    """Every day off by year, as the engine counts them."""
    last = book.plan.last_year or book.change_days[-1].year + 1
    listed = calendar.as_listed()
    rows = []
    for year in range(book.pack.programme.begins.year, last + 1):
        kept: Mapping[date, str] = listed.holidays(year)
        told = "; ".join(f"{day:%a} {day:%b} {day.day} {kept[day]}" for day in sorted(kept))
        rows.append((str(year), told))
    return element(
        "details",
        element("summary", "The days themselves, year by year"),
        table(f"{calendar.law.title}, by year", ("Year", "Days off"), rows),
    )


def example_page(book: Book, example: Example) -> Page:
    """The worked example, computed now by the engine."""
    steps = [element("li", _example_step(book, step)) for step in example.steps]
    return Page(name="example", title=example.title, lead=example.about, body=element("ol", steps, class_="example"))


def _example_step(book: Book, step: ExampleStep) -> Iterator[Child]:
    article = book.by_key["rules", step.rule]
    deadline = book.pack.due(step.rule, step.start, means=step.served, region=step.address, governed_on=step.governed)
    yield element("p", step.what)
    yield element("p", link(article.title, article.link), ": ", element("strong", _due(deadline)), class_="says")
    yield element("ol", [element("li", words) for words in deadline.steps], class_="arithmetic")
    if deadline.unknown:
        yield question(deadline.unknown)
    yield element(
        "p",
        element("cite", deadline.citation),
        " ",
        mark(deadline.confidence, unknown=bool(deadline.unknown)),
        class_="authority",
    )
    if deadline.caution:
        yield element("p", deadline.caution, class_="caution")
    if step.then:
        yield element("p", step.then)


def _due(deadline: Deadline) -> str:
    return f"{deadline.due:%A}, {day_words(deadline.due)}" if deadline.due else "not settled"


def search_page(book: Book) -> Page:
    """The search: works in the browser over the index beside it; without scripts it shows the other ways in."""
    without = element(
        "div",
        element("p", "The search needs scripts. Without them, use these:"),
        element(
            "ul",
            element("li", link("The index by section number", "sections.html")),
            element("li", link("The contents", "index.html")),
            element("li", link("The law on a day", "days.html")),
        ),
        id="without",
    )
    form = element(
        "form",
        element("label", "Words, a section number, or a name in the data", for_="ask"),
        element("input", id="ask", name="q", type="search", autocomplete="off", spellcheck="false"),
        action="search.html",
        method="get",
        role="search",
        id="search",
    )
    body = together(form, element("p", id="found", role="status"), element("ol", id="results"), without)
    return Page(name="search", title="Search", body=body, scripts=("search-index.js", "search.js"))
