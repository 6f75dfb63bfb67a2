"""Builds the office's stylesheet, its icons and their manifest from USWDS. `--check` builds aside and compares byte for byte.

Needs Node and `npm ci` in this folder; what it makes is committed, so that running the office needs neither.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
USWDS = HERE / "node_modules" / "@uswds" / "uswds"
TARGET = HERE.parent.parent / "src" / "evenhand" / "office" / "ui" / "static" / "ui"
# Icons of USWDS that the templates name; `shapes.svg` adds our own shapes of states.
ICONS = (
    "account_balance",
    "arrow_downward",
    "arrow_upward",
    "attach_file",
    "cancel",
    "check_circle",
    "error",
    "event",
    "file_present",
    "help",
    "history",
    "info",
    "lock",
    "mail",
    "print",
    "schedule",
    "search",
    "unfold_more",
    "warning",
)


def build(target: Path) -> None:
    """Writes everything into `target`, an empty folder."""
    css = _stylesheet()
    (target / "ui.css").write_text(css, encoding="utf-8")
    for name in sorted(set(re.findall(r"url\(\"?img/([^)\"]+)\"?\)", css))):
        place = target / "img" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(USWDS / "dist" / "img" / name, place)
    (target / "icons.svg").write_text(_icons(), encoding="utf-8")
    shutil.copyfile(USWDS / "LICENSE.md", target / "USWDS-LICENSE.md")
    (target / "manifest.json").write_text(_manifest(target), encoding="utf-8")


def _stylesheet() -> str:
    """Sass, compressed. The version of USWDS is named at its head."""
    command = [
        *("node", "node_modules/sass/sass.js", "--quiet-deps", "--no-source-map", "--style=compressed"),
        *("--load-path=node_modules/@uswds/uswds/packages", "theme.scss"),
    ]
    made = subprocess.run(command, cwd=HERE, check=True, capture_output=True, text=True)  # noqa: S603
    css = made.stdout.replace("\ufeff", "").removeprefix('@charset "UTF-8";')
    head = f"/* Evenhand. Contains USWDS {_versions()['@uswds/uswds']}; see USWDS-LICENSE.md. Built by tools/uswds; do not edit. */"
    return f'@charset "UTF-8";{head}\n{css.strip()}\n'


def _icons() -> str:
    symbols = []
    for name in ICONS:
        drawn = (USWDS / "dist" / "img" / "usa-icons" / f"{name}.svg").read_text(encoding="utf-8")
        found = re.search(r"<svg[^>]*>(.*)</svg>", drawn, re.DOTALL)
        assert found, name
        inside = re.sub(
            r'<path d="M0 0h24v24H0[zV]?0?z?" fill="none"\s*/>|<path fill="none" d="[^"]*"\s*/>', "", found.group(1)
        )
        symbols.append(f'  <symbol id="{name}" viewBox="0 0 24 24">{inside.strip()}</symbol>')
    own = re.findall(r"^  <symbol.*$", (HERE / "shapes.svg").read_text(encoding="utf-8"), re.MULTILINE)
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, *own, "</svg>", ""])


def _versions() -> dict[str, str]:
    pinned: dict[str, str] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    return pinned


def _manifest(target: Path) -> str:
    """What was built, from what, and the SHA-256 of each file."""
    files = {
        path.relative_to(target).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }
    return json.dumps({"built_with": _versions(), "files": files}, indent=2) + "\n"


def _differences(made: Path, kept: Path) -> list[str]:
    names = {
        path.relative_to(folder).as_posix() for folder in (made, kept) for path in folder.rglob("*") if path.is_file()
    }
    return [
        name
        for name in sorted(names)
        if not ((made / name).is_file() and (kept / name).is_file())
        or (made / name).read_bytes() != (kept / name).read_bytes()
    ]


def main() -> int:
    """The command. Exit 1 where `--check` finds a difference, 2 where npm's packages are missing."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--check", action="store_true", help="build aside and compare with what is committed")
    checking = words.parse_args().check
    if not USWDS.is_dir():
        print(f"The packages are missing. In {HERE.name}/ run: npm ci --ignore-scripts", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as aside:
        made = Path(aside)
        build(made)
        different = _differences(made, TARGET)
        if checking:
            print(
                "\n".join(f"differs: {name}" for name in different) or "The committed files are what the source builds."
            )
            return 1 if different else 0
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(made, TARGET)
        TARGET.chmod(0o755)
    print(f"{len(different)} of the files changed; ui.css has {(TARGET / 'ui.css').stat().st_size:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
