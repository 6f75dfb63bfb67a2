"""No reviewer's name, licence number, NPI or e-mail in any byte that leaves: the whole example is run, everything decoded and searched."""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from tests.decoded import found
from tests.office.serving import free_port, start
from tests.simulation.conftest import LUMBAR, NECK, Office

from evenhand.bundles import read_bundle

# What the office keeps for itself: keys, sealed papers, the database.
KEPT = {"keys", "objects"}
MOST_PAGES = 400
PSEUDONYM = re.compile(rb"R-1\d{3}\b")


def secrets() -> dict[str, str]:
    """Everything of the register that may not leave, in the ways in which people write it."""
    wanted: dict[str, str] = {}
    for bundle in (NECK, LUMBAR):
        register = read_bundle(bundle).register
        assert register is not None
        for entry in register.reviewers:
            first, _, last = entry.name.partition(" ")
            who = entry.reviewer.id
            wanted |= {
                f"{who}: name": entry.name,
                f"{who}: name turned round": f"{last}, {first}",
                f"{who}: family name": last,
                f"{who}: NPI": entry.npi,
                f"{who}: e-mail": entry.email,
            }
            wanted |= {f"{who}: licence": number for number in entry.licence_numbers}
    return wanted


@pytest.fixture(scope="module")
def gone_whole_way(finished: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with both examples run, of our own: it is served."""
    home = tmp_path_factory.mktemp("leaving") / "home"
    shutil.copytree(finished.home, home)
    return Office(home)


def leaving(office: Office) -> Iterator[tuple[str, bytes]]:
    """Every file that a run leaves outside what the office keeps: papers, proofs, published decisions, index, checkpoints."""
    for path in sorted(office.home.rglob("*")):
        inside = path.relative_to(office.home)
        if path.is_file() and not KEPT & set(inside.parts) and not path.name.startswith("office.sqlite3"):
            yield str(inside), path.read_bytes()


def test_the_secrets_are_in_the_register_and_can_be_found(gone_whole_way: Office) -> None:
    """The search finds every reviewer in the register's own file: what it does not find elsewhere is not there."""
    wanted = {what: text for what, text in secrets().items() if "turned round" not in what}
    kept = b"".join((bundle / "reviewers.yaml").read_bytes() for bundle in (NECK, LUMBAR))
    assert found(kept, wanted) == set(wanted)


def test_nothing_that_a_run_leaves_names_a_reviewer(gone_whole_way: Office) -> None:
    """Letters, notices, time lines, proofs, published decisions, index, copies of checkpoints."""
    wanted, files = secrets(), list(leaving(gone_whole_way))
    kinds = {Path(name).suffix for name, _ in files}
    assert {".pdf", ".json", ".jsonl", ".html"} <= kinds and len(files) > 30
    wrong = {name: sorted(told) for name, content in files if (told := found(content, wanted))}
    assert wrong == {}


def test_no_pseudonym_stands_in_what_a_run_leaves(gone_whole_way: Office) -> None:
    """Neither: it would link the disputes of one reviewer."""
    wrong = [name for name, content in leaving(gone_whole_way) if PSEUDONYM.search(content)]
    assert wrong == []


def pages(origin: str) -> Iterator[tuple[str, bytes]]:
    """Every public address that can be reached from the front page by links: pages, papers, data, pictures, headers too."""
    waiting, seen = (
        [f"{origin}/", f"{origin}/search/?q=neck", f"{origin}/nobody-here/", f"{origin}/account/login/"],
        set(),
    )
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0).partition("#")[0]
        if address in seen:
            continue
        seen.add(address)
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                head, content, kind = str(answer.headers), answer.read(), answer.headers.get_content_type()
        except urllib.error.HTTPError as error:
            head, content, kind = str(error.headers), error.read(), "text/html"
        yield address, head.encode() + b"\n\n" + content
        yield address, content
        if kind == "text/html":
            links = re.findall(r'(?:href|src|action)="([^"]+)"', content.decode())
            targets = (urljoin(address, link.replace("&amp;", "&")) for link in links)
            waiting += [target for target in targets if urlsplit(target).netloc == urlsplit(origin).netloc]


def test_no_public_page_names_a_reviewer(gone_whole_way: Office) -> None:
    """The real server, walked from the front page by every link, and what it writes to its log."""
    wanted, port = secrets(), free_port()
    server = start(gone_whole_way.home, port, f"sqlite:///{gone_whole_way.database}")
    try:
        answers = list(pages(f"http://127.0.0.1:{port}"))
    finally:
        server.terminate()
        _, log = server.communicate(timeout=60)
    assert len({address for address, _ in answers}) > 15
    assert any("/letter" in address for address, _ in answers)
    wrong = {address: sorted(told) for address, content in answers if (told := found(content, wanted))}
    assert wrong == {}
    assert found(log.encode(), wanted) == set()
    assert not [address for address, content in answers if PSEUDONYM.search(content)]


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("corpus", "search", "neck", "--json"),
    ("corpus", "stats", "--json"),
    ("audit", "verify", "--json"),
    ("doctor",),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_prints_a_reviewer(gone_whole_way: Office, words: tuple[str, ...]) -> None:
    """What anybody may run prints nobody."""
    ran = gone_whole_way.evenhand(*words)
    assert "Traceback" not in ran.err and (ran.out or ran.err)
    assert found((ran.out + ran.err).encode(), secrets()) == set()
