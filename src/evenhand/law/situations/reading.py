"""Where a programme's situations lie, and reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evenhand import programmes
from evenhand.law.load import home_of
from evenhand.law.refusals import Refused
from evenhand.law.situations.base import Situation
from evenhand.law.situations.file import SituationFile
from evenhand.reading import BadFile, Fault, read, read_plain

BASE_CASE = "base.yaml"


@dataclass(frozen=True, kw_only=True)
class Told:
    """One situation and where it stands."""

    file: str
    kind: str
    situation: Situation


def folder_of(programme: str) -> Path:
    """The programme's situations: in a checkout beside its tests, else as they were shipped. Raises Refused where there
    are none."""
    home = home_of(programme)
    checkout = Path(programmes.__path__[0]).parents[2] / "tests" / "law" / home.name
    for folder in (checkout, home / "situations"):
        if folder.is_dir():
            return folder
    raise Refused(f"The programme {programme!r} comes without situations; give a folder of them.")


def read_situations(folder: Path) -> tuple[Told, ...]:
    """Every situation of the folder and the folders in it. Raises BadFile with every fault of every file."""
    faults: list[Fault] = []
    told: list[Told] = []
    base = _base_case(folder)
    paths = [path for path in sorted(folder.rglob("*.yaml")) if path.name != BASE_CASE]
    if not paths:
        raise BadFile([Fault(file=str(folder), what="holds no YAML file of situations")])
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            content = read(SituationFile, path, name=name)
            told += [Told(file=name, kind=kind, situation=one.starting_from(base)) for kind, one in content.all()]
        except BadFile as bad:
            faults.extend(bad.faults)
    if faults:
        raise BadFile(faults)
    return tuple(told)


def _base_case(folder: Path) -> Mapping[str, Any]:
    path = folder / BASE_CASE
    return read_plain(path) if path.is_file() else {}
