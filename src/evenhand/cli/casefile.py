"""`evenhand casefile`: a pile of records to an indexed file with a chronology."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evenhand.casefile.facts import CaseFile, SourceDocument

Problem = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class _Paper:
    """A file to index; `stated` is what a bundle's records.yaml says of it."""

    path: Path
    name: str
    stated: SourceDocument | None = None


@click.group()
def command() -> None:
    """Records to an indexed file: text or OCR, permanent page numbers, kinds, dates, chronology, search.

    Example: evenhand casefile index examples/neck-cold-therapy --out out/file
    """


@command.command("index")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the result."
)
@click.option("--json", "as_json", is_flag=True, help="Print the index as one JSON document.")
def index_command(paths: tuple[Path, ...], folder: Path, as_json: bool) -> None:
    """Index PATHS (PDF files or folders) into DIR/index.json, DIR/text/0001.txt ... and DIR/chronology.csv.

    Pages are numbered through the whole file in the order given; a folder is read by file name. A folder that holds a
    bundle's records.yaml is read by it, with the kinds, dates and authors that stand there; elsewhere they are
    guessed from the words. A file that cannot be used is named with the reason, the others go on, and the exit code
    is 1.

    \b
    Example:
      evenhand casefile index scans/ letter.pdf --out out/file
    """
    from evenhand.casefile.chronology import chronology
    from evenhand.casefile.write import as_plain, write

    papers, problems = _gather(paths)
    sources, unusable = _usable(papers)
    problems += unusable
    file = _with_guesses(_index(sources), {paper.name for paper in papers if paper.stated is not None})
    for problem in problems:
        click.echo(f"{problem['file']}: {problem['why']} {problem['what_to_do']}", err=True)
    if file.documents:
        try:
            write(file, chronology(file), folder, problems=tuple(problems))
        except OSError as error:
            click.echo(f"{folder}: cannot be written ({error.strerror}); choose another --out folder.", err=True)
            sys.exit(1)
    if as_json:
        click.echo(json.dumps({**as_plain(file), "problems": problems}, ensure_ascii=False))
    elif file.documents:
        _report(file, folder)
    if problems or not file.documents:
        if not file.documents:
            click.echo("Nothing was indexed.", err=True)
        sys.exit(1)


@command.command("search")
@click.argument("query")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the hits as one JSON document.")
def search_command(query: str, paths: tuple[Path, ...], as_json: bool) -> None:
    """Find the words and "phrases" of QUERY in PATHS; a page is found when it has all of them. Exit code 1: none has.

    \b
    Example:
      evenhand casefile search 'pseudarthrosis "C6-7"' examples/neck-cold-therapy
    """
    from evenhand.casefile.search import EmptyQuery, search
    from evenhand.reading import to_plain

    papers, problems = _gather(paths)
    sources, unusable = _usable(papers)
    for problem in problems + unusable:
        click.echo(f"{problem['file']}: {problem['why']} {problem['what_to_do']}", err=True)
    try:
        hits = search(_index(sources), query)
    except EmptyQuery as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(json.dumps([to_plain(hit) for hit in hits], ensure_ascii=False))
    else:
        for hit in hits:
            click.echo(f"page {hit.page} ({hit.document}, {hit.in_document}): {hit.excerpt}")
    if not hits or problems or unusable:
        sys.exit(1)


def _gather(paths: tuple[Path, ...]) -> tuple[list[_Paper], list[Problem]]:
    papers: list[_Paper] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir() and (path / "records.yaml").is_file():
            papers.extend(_of_bundle(path))
        elif path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.is_file() and not _hidden(each, path))
            papers.extend(_Paper(path=each, name=each.relative_to(path).as_posix()) for each in found)
            if not found:
                problems.append(_problem(str(path), "The folder is empty.", "Put the papers into it as PDF files."))
        elif path.is_file():
            papers.append(_Paper(path=path, name=path.name))
        else:
            problems.append(_problem(str(path), "There is no such file or folder.", "Check the spelling of the path."))
    return _distinct(papers), problems


def _hidden(path: Path, below: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(below).parts)


def _of_bundle(folder: Path) -> Iterator[_Paper]:
    """The papers of a bundle in the order in which they came. Raises BadFile where records.yaml cannot be read."""
    from evenhand.bundles.bundle import Records
    from evenhand.casefile.facts import SourceDocument
    from evenhand.reading import read

    records = read(Records, folder / "records.yaml")
    for receipt in records.receipts:
        for file in receipt.files:
            stated = SourceDocument(
                id=file.id, content=b"", kind=file.kind, dated=file.dated, author=file.author, title=file.title
            )
            yield _Paper(path=folder / file.path, name=file.id, stated=stated)


def _distinct(papers: list[_Paper]) -> list[_Paper]:
    """Every paper needs a name of its own: where two files are called alike, the whole path is the name."""
    names = [paper.name for paper in papers]
    distinct = [paper if names.count(paper.name) == 1 else replace(paper, name=str(paper.path)) for paper in papers]
    return list({paper.name: paper for paper in distinct}.values())


def _usable(papers: list[_Paper]) -> tuple[list[SourceDocument], list[Problem]]:
    from evenhand.casefile.facts import DocumentKind, SourceDocument
    from evenhand.casefile.inspect import UnusableFile, inspect
    from evenhand.casefile.kinds import UNDATED

    sources: list[SourceDocument] = []
    problems: list[Problem] = []
    for paper in papers:
        try:
            content = paper.path.read_bytes()
            inspect(content)
        except OSError as error:
            why = f"Cannot be read: {error.strerror}."
            problems.append(_problem(paper.name, why, "Check the file and its rights."))
        except UnusableFile as error:
            problems.append(_problem(paper.name, error.why, error.what_to_do))
        else:
            blank = SourceDocument(
                id=paper.name, content=b"", kind=DocumentKind.OTHER, dated=UNDATED, author="", title=""
            )
            sources.append(replace(paper.stated or blank, content=content))
    return sources, problems


def _index(sources: list[SourceDocument]) -> CaseFile:
    from rich.console import Console
    from rich.progress import Progress

    from evenhand.casefile.index import index

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading pages", total=None)
        return index(sources, progress=lambda done, total: progress.update(task, completed=done, total=total))


def _with_guesses(file: CaseFile, stated: set[str]) -> CaseFile:
    """Kind, date and title for documents of which nobody said anything, from the words of their first page."""
    from evenhand.casefile.kinds import UNDATED, guess_date, guess_kind, guess_title

    documents = []
    for document in file.documents:
        if document.id not in stated:
            text = next(page.text for page in file.pages if page.number == document.first_page)
            document = replace(
                document,
                kind=guess_kind(text).kind,
                dated=guess_date(text) or guess_date(document.id) or UNDATED,
                title=guess_title(text),
            )
        documents.append(document)
    return replace(file, documents=tuple(documents))


def _report(file: CaseFile, folder: Path) -> None:
    from evenhand.casefile.facts import TextSource
    from evenhand.casefile.kinds import UNDATED

    for document in file.documents:
        dated = "undated   " if document.dated == UNDATED else document.dated.isoformat()
        pages = f"{document.first_page}-{document.last_page}" if document.pages > 1 else str(document.first_page)
        click.echo(f"{pages:>9}  {dated}  {document.kind.value:<18}  {document.title or document.id}")
    by_ocr = sum(page.source is TextSource.OCR for page in file.pages)
    unread = [str(page.number) for page in file.pages if page.source is TextSource.NONE]
    words = f"{len(file.documents)} documents, {len(file.pages)} pages, {by_ocr} by OCR"
    words += f", no words found on page {', '.join(unread)}" if unread else ""
    click.echo(f"{words}. Written to {folder}.")


def _problem(file: str, why: str, what_to_do: str) -> Problem:
    return {"file": file, "why": why, "what_to_do": what_to_do}
