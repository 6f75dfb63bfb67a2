"""The rule book: everything of the pack is in it, its links lead somewhere, and it is written whole or not at all."""

import re
import shutil
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evenhand import programmes
from evenhand.law import Refused, load_folder
from evenhand.law.schema import Confidence, Period, RuleVersion, Unit
from evenhand.typesetting.book import book_files, book_of, numbers_of
from evenhand.typesetting.book.elements import Element, element, together
from evenhand.typesetting.book.folder import MADE, ready, written
from evenhand.typesetting.book.timeline import Span, drawing

LAW = Path(programmes.__path__[0]) / "ca_dwc" / "law"
PAGES = {"index.html", "counting.html", "days.html", "sections.html", "unverified.html", "sources.html", "search.html"}


@pytest.fixture(scope="module")
def book():
    """The book of the programme as it is."""
    return book_of("ca_dwc")


@pytest.fixture(scope="module")
def files(book):
    """Its files."""
    return book_files(book)


class Reader(HTMLParser):
    """What a page links to, names, and says."""

    def __init__(self, page):
        super().__init__()
        self.links, self.ids, self.words, self.tags = [], [], [], []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attrs):
        """Collects addresses and names."""
        given = dict(attrs)
        self.tags.append((tag, given))
        self.links += [given[key] for key in ("href", "src") if key in given]
        self.ids += [given["id"]] if "id" in given else []

    def handle_data(self, data):
        """Collects the words."""
        self.words.append(data)

    @property
    def text(self):
        """All words, spaces evened out."""
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def read(files):
    """Every page, read."""
    return {name: Reader(page) for name, page in files.items() if name.endswith(".html")}


def spoilt(tmp_path, file, old, new):
    """The pack with one change in one file."""
    folder = tmp_path / "law"
    shutil.copytree(LAW, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_folder(folder)


def test_the_same_bytes_twice(files):
    """Made again, the book is the same to the byte."""
    assert book_files(book_of("ca_dwc")) == files


def test_every_link_leads_somewhere(read, files):
    """Every link inside the book leads to a file and a place that are there; no place has two owners."""
    for name, page in read.items():
        assert len(page.ids) == len(set(page.ids)), name
        for to in page.links:
            if to.startswith(("http://", "https://")):
                continue
            target, _, anchor = to.partition("#")
            assert (target or name) in files, f"{name} links to {to}"
            if anchor:
                assert anchor in read[target or name].ids, f"{name} links to {to}"


def test_every_provision_has_its_place(book, read):
    """Every provision of the pack stands in the page of its file, with its citation, under its own name."""
    assert {a.provisions[0].file for a in book.articles} == {p.file for p in book.pack.provisions()}
    for article in book.articles:
        page = read[f"{article.page}.html"]
        assert article.anchor in page.ids
        for provision in article.provisions:
            assert article.line_anchor(provision) in page.ids
            assert " ".join(provision.versions[-1].citation.split()) in page.text


def test_every_open_question_is_collected(book, read):
    """The page of what nobody verified has every open question, and every value that the pack calls unverified."""
    text = read["unverified.html"].text
    for question in book.questions:
        assert " ".join(question.split()) in text
    for doubt in book.pack.unverified():
        assert " ".join(doubt.citation.split()) in text or doubt.words in book.questions


def test_every_source_and_every_section_is_indexed(book, read):
    """Each source has its entry; each section that is cited stands in the index."""
    assert set(book.pack.sources) <= set(read["sources.html"].ids)
    index = read["sections.html"].text
    assert len(book.by_section()) > 50
    for section in book.by_section():
        assert section.whole in index


def test_situations_stand_with_what_they_test(book, read):
    """A rule shows the sentences that test it."""
    article = book.by_key["rules", "application"]
    told = book.situations_of(article)
    assert told
    assert " ".join(told[0].say.split()).rstrip(".") in read[f"{article.page}.html"].text


def test_nothing_from_elsewhere_and_nothing_in_line(read):
    """A strict policy; no style or script in a page; everything that is loaded lies beside it."""
    assert set(read) >= PAGES
    for page in read.values():
        policy = next(given["content"] for tag, given in page.tags if given.get("http-equiv"))
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for tag, given in page.tags:
            assert "style" not in given and tag != "style"
            assert not any(name.startswith("on") for name in given)
            assert tag != "script" or given["src"] in {"search.js", "search-index.js"}
            assert tag != "link" or not given["href"].startswith("http")


def test_what_nobody_knows_has_no_number_as_its_statement(read):
    """Since the day from which a time limit is an open question, its article says so and what held before."""
    text = read["law-filing.html"].text
    assert "What holds since April 1, 2026 could not be found. Until March 31, 2026 it was: 5 business days" in text


def test_adopted_readings_stand_apart(book, read):
    """Where an office may go on by a reading that nobody read, the article says so, and it is no version of the history."""
    text = read["law-filing.html"].text
    assert "an office may go on by an adopted reading: 5 business days. Every result that uses it says so." in text
    assert book.by_key["rules", "ur_decision"].provisions[0].versions[-1].unknown is not None


def test_the_law_on_a_day(book, read):
    """A page for every day on which something changed: what is new is marked, what is not yet law is not there."""
    names = {f"day-{day.isoformat()}.html" for day in book.change_days}
    assert names <= set(read)
    early, late = read["day-2013-01-01.html"].text, read["day-2018-01-01.html"].text
    drug = "Application for independent medical review of a drug under the formulary"
    assert drug not in early
    assert f"{drug} New 10 calendar days" in late
    assert "What changed on its first day" in read["days.html"].text


def test_an_entry_is_added_by_yaml_alone(tmp_path):
    """A new value, its section and its question are in the book, its indexes and its search without a line of code."""
    entry = (
        "values:\n  made_up:\n    title: A made-up <b>value</b>\n    governed_by: the day of the test\n    versions:\n"
        "      - {valid_from: 2016-02-29, value: 77, unit: apples, citation: Lab. Code 99999(z), confidence: deduced}\n"
        "      - {valid_from: 2021-02-28, unknown: How many apples?, citation: Lab. Code 99999(z), confidence: deduced}\n"
    )
    files = book_files(book_of("ca_dwc", spoilt(tmp_path, "filing.yaml", "values:\n", entry)))
    chapter = files["law-filing.html"].decode()
    assert "A made-up &lt;b&gt;value&lt;/b&gt;" in chapter
    assert "<b>value" not in chapter
    assert "77 apples" in Reader(files["day-2016-02-29.html"]).text
    assert "How many apples?" in Reader(files["unverified.html"]).text
    assert "Lab. Code 99999" in Reader(files["sections.html"]).text
    assert b"made_up" in files["search-index.js"]


def test_a_programme_without_a_plan(book):
    """A sketch without a plan of its book, without situations and example has one all the same, and says what it is."""
    sketch = book_of("ny_external_appeal")
    files = book_files(sketch)
    assert "sketch" in Reader(files["index.html"]).text
    assert "example.html" not in files
    assert numbers_of(sketch, files).articles == len(sketch.articles)
    with pytest.raises(Refused, match="xx"):
        book_of("xx")


def version(start, count=30, **more):
    """A version of a time limit, or one that nobody knows."""
    known = {} if "unknown" in more else {"period": Period(count=count, unit=Unit.CALENDAR_DAYS)}
    return RuleVersion(valid_from=start, citation="S 1", confidence=Confidence.READ, **known, **more)


def test_a_time_line_has_a_bar_for_each_version():
    """Bars lie where the years lie, end where a version ends, and are told apart by more than color."""
    versions = (
        version(date(2014, 1, 1), valid_to=date(2014, 12, 31)),
        version(date(2016, 1, 1), 5),
        version(date(2018, 1, 1), unknown="How many?"),
    )
    svg = drawing(
        "A limit",
        [("", versions), ("A line with a name that is much too long for the page", versions)],
        Span(2014, 2019),
    )
    bars = re.findall(r'<rect x="([\d.]+)" y="0" width="([\d.]+)"[^>]*class="(\w+)"', svg)
    assert [kind for *_, kind in bars] == ["sure", "sure", "open"] * 2
    assert [float(x) for x, *_ in bars[:3]] == pytest.approx([0, 213.4, 426.9], abs=1)
    assert float(bars[0][1]) < 107
    assert "5 calendar days" in svg
    assert ">?</text>" in svg


def test_text_is_never_markup():
    """What is no element is escaped; empty attributes are left out."""
    made = element("p", "<i>", Element("<b>ok</b>"), None, ["a", "&"], class_="x", hidden=True, title=None)
    assert made == '<p class="x" hidden>&lt;i&gt;<b>ok</b>a&amp;</p>\n'
    assert together(element("br"), "x") == "<br>x"


@pytest.fixture
def small():
    """Two files in place of a book."""
    return {"index.html": b"one", "book.css": b"two"}


def test_written_whole_and_replaced(tmp_path, small):
    """A new folder, then a book in place of an older one, whose other pages go."""
    out = tmp_path / "deep" / "book"
    written({**small, "old.html": b"old"}, out)
    written(small, out)
    assert {path.name for path in out.iterdir()} == {"index.html", "book.css", MADE}
    assert [path.name for path in out.parent.iterdir()] == ["book"]


def test_refuses_what_is_no_book(tmp_path, small):
    """A file, a link, and a folder that holds anything else stay as they are."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "own").mkdir()
    for name in "abcd":
        (tmp_path / "own" / name).write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "own")
    for name, words in (
        ("file", "no folder"),
        ("own", "a, b, c and more"),
        ("link", "no folder"),
        ("file/in", "cannot"),
    ):
        with pytest.raises(Refused, match=words):
            written(small, tmp_path / name)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    written(small, tmp_path / "book")
    (tmp_path / "book" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match=r"notes\.txt"):
        ready(tmp_path / "book")


def test_a_disk_that_refuses_leaves_the_old_book(tmp_path, small):
    """Where a file cannot be written, the older book is there as it was, and nothing lies beside it."""
    out = tmp_path / "book"
    written(small, out)
    with pytest.raises(Refused, match="could not be written"):
        written({"index.html": b"new", "x" * 300: b""}, out)
    assert (out / "index.html").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["book"]


def test_the_command(tmp_path):
    """Progress on standard error, one line at the end that says what was made and what to open; a refusal is words."""
    line = [sys.executable, "-m", "evenhand.cli.main", "law", "book", "--programme", "ny_external_appeal", "--out"]
    done = subprocess.run([*line, str(tmp_path / "book")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Chapter 1 of" in done.stderr
    assert re.search(r"\d+ pages, \d+ articles of \d+ provisions, .* Open .*index\.html\.$", done.stdout.strip())
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    refused = subprocess.run([*line, str(tmp_path / "file")], capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "no folder" in refused.stderr
