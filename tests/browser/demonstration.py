"""The demonstration office as a process: played once a run, served over a copy of its own to whoever needs it."""

from __future__ import annotations

import fcntl
import re
import shutil
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext
from tests.office.serving import answering, environment, free_port, stop

PLAYING = 400.0
"""Seconds in which the cases of the demonstration are played, on a machine that does other things too."""
DOOR = re.compile(r'name="username" value="([^"]+)"><input type="hidden" name="role" value="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
DESK = {"width": 1280, "height": 900}


@contextmanager
def demo_served(folder: Path) -> Iterator[str]:
    """The address of `evenhand serve --demo` in `folder`; what is not played yet is played first."""
    port = free_port()
    command = [sys.executable, "-m", "evenhand.cli.main", "serve", "--demo", "--no-worker", "--port", str(port)]
    words = {name: value for name, value in environment(folder).items() if not name.startswith("EVENHAND_")}
    log = (folder / "served.log").open("w+")
    process = subprocess.Popen(command, cwd=folder, env=words, stderr=log, text=True)
    try:
        answering(process, port, PLAYING)
        yield f"http://127.0.0.1:{port}"
    finally:
        code, _ = stop(process)
        log.seek(0)
        said = log.read()
        log.close()
        assert code == 0, said
        assert "Traceback" not in said, said


def played(shared: Path) -> Path:
    """A folder with a demonstration that was played to its end. Of several workers one plays it, the others wait."""
    folder = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "played").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            with demo_served(folder) as address:
                typeset_by_the_server(address)
            (folder / "played").touch()
    return folder


def typeset_by_the_server(address: str) -> None:
    """The server that has just filled the office makes a PDF. One whose parent had typeset before it forked would wait for ever."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def ask(path: str, said: dict[str, str] | None = None) -> bytes:
        body = urllib.parse.urlencode(said).encode() if said else None
        asked = urllib.request.Request(f"{address}{path}", body, {"Referer": f"{address}/demo/"})
        return bytes(opener.open(asked, timeout=60).read())

    token = TOKEN.search(ask("/demo/").decode())
    door = next(found for found in DOOR.findall(ask("/demo/").decode()) if found[1] == "intake")
    assert token
    queue = ask(
        "/demo/enter/", {"csrfmiddlewaretoken": token[1], "username": unescape(door[0]), "role": door[1]}
    ).decode()
    number = re.search(r"/office/cases/([A-Z0-9-]+)/", queue)
    assert number
    assert ask(f"/office/cases/{number[1]}/cover-sheet/").startswith(b"%PDF")


@dataclass
class Demo:
    """A served demonstration: its address, its database, and who has come in by which door."""

    browser: Browser
    address: str
    folder: Path
    inside: dict[tuple[str, str, bool], BrowserContext] = field(default_factory=dict)

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query answers, past the office."""
        with closing(sqlite3.connect(f"file:{self.folder}/var/demo.sqlite3?mode=ro", uri=True)) as file:
            return file.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> Any:
        """The first value of the first row; `None` where there is no row."""
        found = self.rows(sql, *values)
        return found[0][0] if found else None

    def outside(self, *, scripts: bool = True) -> BrowserContext:
        """The window of somebody who is not signed in."""
        return self._window("", "", scripts)

    def enter(self, role: str, username: str = "", *, scripts: bool = True) -> BrowserContext:
        """The window of somebody who came in by the door of a role; kept for the next who asks."""
        if not username:
            username = next(name for name, held in self.doors() if held == role)
        return self._window(role, username, scripts)

    def doors(self) -> list[tuple[str, str]]:
        """(user name, role) of everybody who can be entered as."""
        page = self.outside().request.get(f"{self.address}/demo/").text()
        return [(unescape(name), role) for name, role in DOOR.findall(page)]

    def _window(self, role: str, username: str, scripts: bool) -> BrowserContext:
        key = (role, username, scripts)
        if key not in self.inside:
            window = self.browser.new_context(viewport=DESK, java_script_enabled=scripts)  # type: ignore[arg-type]
            if role:
                found = TOKEN.search(window.request.get(f"{self.address}/demo/").text())
                assert found
                said = {"csrfmiddlewaretoken": found[1], "username": username, "role": role}
                answer = window.request.post(
                    f"{self.address}/demo/enter/", form=said, headers={"Referer": f"{self.address}/demo/"}
                )
                assert answer.ok, answer.text()
            self.inside[key] = window
        return self.inside[key]
