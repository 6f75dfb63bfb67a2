"""A real browser in front of a real office: both examples taken through it, one of them a second time, and served."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.browser.demonstration import Demo, demo_served, played
from tests.conftest import EXAMPLES
from tests.office.serving import evenhand, served

QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"phone": (390, 844), "desk": (1280, 900)}


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office that ran the examples: where it lies, its letters, and the numbers of its cases."""

    home: Path
    letters: dict[str, Path]
    neck: str
    lumbar: str
    withdrawn: str
    """The first run of the neck case, set aside when it was run anew."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; without it, everything here is skipped."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("there is no Chromium here; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office after `evenhand run` of both examples, and of the neck case a second time with --fresh."""
    home = tmp_path_factory.mktemp("office")
    withdrawn = _run(home, "neck-cold-therapy", "first")
    lumbar = _run(home, "lumbar-four-items", "lumbar")
    neck = _run(home, "neck-cold-therapy", "fresh", "--fresh")
    letters = {name: home / name / "letter.html" for name in ("first", "lumbar", "fresh")}
    return Office(home=home, letters=letters, neck=neck, lumbar=lumbar, withdrawn=withdrawn)


def _run(home: Path, example: str, out: str, *more: str) -> str:
    """Takes an example through the office; the number of its case."""
    told = evenhand(home, "run", str(EXAMPLES / example), "--out", str(home / out), "--json", *more)
    assert told.returncode == 0, told.stderr
    return str(json.loads(told.stdout)["case_number"])


@pytest.fixture(scope="session")
def site(office: Office) -> Iterator[str]:
    """The address of the served office."""
    with served(office.home) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an office in which nothing happened yet."""
    with served(tmp_path_factory.mktemp("empty")) as address:
        yield address


@pytest.fixture(scope="session")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Demo]:
    """The demonstration office, served: played once a run, and each worker of the run has a copy."""
    base = tmp_path_factory.getbasetemp()
    folder = played(base if worker_id == "master" else base.parent)
    if worker_id != "master":
        folder = Path(shutil.copytree(folder, base / "demonstration"))
    with demo_served(folder) as address:
        yield Demo(browser=browser, address=address, folder=folder)


@pytest.fixture
def spare_demo(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, worker_id: str
) -> Iterator[Demo]:
    """A demonstration for a test that works on its cases: the others find theirs as it was played."""
    base = tmp_path_factory.getbasetemp()
    folder = Path(shutil.copytree(played(base if worker_id == "master" else base.parent), tmp_path / "demonstration"))
    with demo_served(folder) as address:
        yield Demo(browser=browser, address=address, folder=folder)


@pytest.fixture(params=SIZES)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page at the size of a phone and of a desk."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page at the size of a desk."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
