"""`make screenshots`: the pictures of the documentation, taken of a demonstration office that is made for them and thrown away.

Everything on them is invented. The pages are those of the office as it stands; dates are those of the day on which this runs.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, Page, sync_playwright

from evenhand.letters.own import OwnLetter
from evenhand.letters.write import compose_letter
from evenhand.reading import from_plain
from evenhand.typesetting.pdf import to_pdf
from evenhand.typesetting.texts import read_texts

LETTER = Path(__file__).resolve().parent.parent / "tests" / "letters" / "own_letter.json"
PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 900
MOST_BYTES = 250_000
PATIENCE = 600.0
PAPER = 620
"""Pixels across one page of a paper."""
GROUND, EDGE = (236, 238, 241), (180, 186, 194)
# Page and height of the picture; `{number}` is the case that waits for its records.
PAGES = {
    "queue.png": ("/office/", 900),
    "case.png": ("/office/cases/{number}/", 1150),
    "dashboard.png": ("/office/dashboard/", 1000),
}
WAITS = "Thornquist"
"""The worker of that case, as PLANS of simulation/demo.py name her."""


@contextmanager
def demonstration(folder: Path) -> Iterator[str]:
    """The address of a demonstration that is played in the folder and served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "evenhand.cli.main", "serve", "--demo", "--no-worker", "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder)  # noqa: S603 our own command
    try:
        until = time.monotonic() + PATIENCE
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit("The demonstration did not start; its words stand above.")
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
            return True
    except OSError:
        return False


def entered(window: BrowserContext, site: str, role: str) -> Page:
    """A page of somebody who came in by the door of the role."""
    page = window.new_page()
    page.goto(f"{site}/demo/")
    page.locator(f"form:has(input[name=role][value={role}]) button").first.click()
    return page


def picture(page: Page, name: str, height: int) -> None:
    """The upper part of the page as it stands, without the notice that it is a demonstration being scrolled away."""
    page.wait_for_load_state("networkidle")
    shot = page.screenshot(full_page=True, animations="disabled")
    whole = Image.open(io.BytesIO(shot))
    keep(whole.crop((0, 0, WIDTH, min(height, whole.height))), name)


def notice(page: Page, number: str, site: str) -> Image.Image:
    """The first page of the assignment notice to the worker, in English and in Spanish side by side."""
    links = page.locator("main a[href*='/papers/']").evaluate_all("all => all.map(one => one.href)")
    pages: dict[str, Image.Image] = {}
    for link in dict.fromkeys(links):
        answer = page.context.request.get(link)
        named = re.search(r"-assignment-(en|es)\.pdf", answer.headers.get("content-disposition", ""))
        if named and (named[1] == "en" or "es" not in pages):
            pages[named[1]] = first_page(answer.body())
        if "es" in pages:
            break
    if set(pages) != {"en", "es"}:
        raise SystemExit(f"Case {number} has no notice of assignment in English and Spanish at {site}.")
    gap = 24
    both = Image.new("RGB", (2 * PAPER + 3 * gap, pages["en"].height + 2 * gap), GROUND)
    for column, language in enumerate(("en", "es")):
        left = gap + column * (PAPER + gap)
        both.paste(pages[language], (left, gap))
        box = (left - 1, gap - 1, left + PAPER, gap + pages[language].height)
        ImageDraw.Draw(both).rectangle(box, outline=EDGE)
    return both


def faulty_letter() -> bytes:
    """The made-up letter of the gallery with a slip: an item is refused for reasons that grant it."""
    letter = from_plain(OwnLetter, json.loads(LETTER.read_text(encoding="utf-8")), name=LETTER.name)
    first, second, *others = letter.determination.items
    turned = replace(second, rationale=second.rationale.replace("are not medically", "are medically"))
    determination = replace(letter.determination, items=(first, turned, *others))
    return to_pdf(compose_letter(replace(letter, determination=determination), read_texts()), created=letter.served_on)


def letter_read(page: Page, site: str) -> None:
    """A letter that anybody gives: an item with an error at its words, and the same on the page beside."""
    page.goto(f"{site}/letters/")
    page.get_by_label("Determination letter").set_input_files(
        {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": faulty_letter()}
    )
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("radio", name="error").check()
    page.locator(".finding-error .finding-page a").first.click()
    page.locator("#item-2").evaluate("one => one.scrollIntoView()")
    page.wait_for_timeout(1_000)
    keep(Image.open(io.BytesIO(page.screenshot(animations="disabled"))), "letter-read.png")


def first_page(pdf: bytes) -> Image.Image:
    """The first page of a PDF as a picture."""
    paper = pypdfium2.PdfDocument(pdf)[0]
    found = paper.render(scale=2 * PAPER / paper.get_width()).to_pil().convert("RGB")
    return found.resize((PAPER, round(found.height * PAPER / found.width)), Image.Resampling.LANCZOS)


def keep(whole: Image.Image, name: str) -> None:
    """Writes the picture with as many colors as it takes to stay small."""
    for colors in (128, 64, 32, 16):
        packed = io.BytesIO()
        whole.convert("RGB").quantize(colors, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if packed.tell() < MOST_BYTES:
            break
    (PICTURES / name).write_bytes(packed.getvalue())
    print(f"{name}: {whole.width} x {whole.height}, {packed.tell() // 1000} kB")  # noqa: T201


def main() -> None:
    """Makes the office, takes the pictures, leaves nothing behind."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("There is no Chromium here; on Debian: apt-get install chromium")
    with (
        tempfile.TemporaryDirectory(prefix="evenhand-pictures-") as folder,
        demonstration(Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        window = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-US")
        page = entered(window, site, "case_manager")
        page.goto(f"{site}/office/?q={WAITS.lower()}")
        number = page.locator("table.cases tbody th a").first.inner_text()
        for name, (path, height) in PAGES.items():
            page.goto(site + path.format(number=number))
            picture(page, name, height)
        page.goto(f"{site}/office/cases/{number}/")
        keep(notice(page, number, site), "notice.png")
        letter_read(browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}), site)
        browser.close()


if __name__ == "__main__":
    main()
