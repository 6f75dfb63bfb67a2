"""From a folder of YAML files to a Pack: read strictly, then checked across fields and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

from evenhand import programmes
from evenhand.law.facts import Means
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import (
    EntryVersion,
    ExtensionVersion,
    FeeVersion,
    GroundVersion,
    Holiday,
    Programme,
    RuleVersion,
    Topic,
    Unit,
    ValueVersion,
    Version,
)
from evenhand.law.versions import faults_between
from evenhand.reading import BadFile, Fault, read

SECTIONS = tuple(f.name for f in fields(Topic) if f.name != "topic")


@cache
def load_pack(programme: str = "ca_dwc") -> Pack:
    """The law pack of a programme that comes with Evenhand, read once. Raises Refused for an unknown name, BadFile for
    bad files."""
    home = Path(programmes.__path__[0])
    known = sorted(path.parent.parent.name for path in home.glob("*/law/pack.yaml"))
    if programme not in known:
        raise Refused(f"There is no programme {programme!r}. Known: {', '.join(known)}.")
    return load_folder(home / programme / "law")


def load_folder(folder: Path) -> Pack:
    """The law pack in `folder`: pack.yaml and a file a topic. Raises BadFile with every fault of every file."""
    faults: list[Fault] = []
    programme: Programme | None = None
    topics: dict[str, Topic] = {}
    try:
        programme = read(Programme, folder / "pack.yaml")
    except BadFile as bad:
        faults.extend(bad.faults)
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "pack.yaml":
            continue
        try:
            topics[path.name] = read(Topic, path)
        except BadFile as bad:
            faults.extend(bad.faults)
    if faults or programme is None:
        raise BadFile(faults)
    pack = Pack(programme, **_merged(topics, faults))
    for name, topic in topics.items():
        faults.extend(Fault(file=name, where=where, what=what) for where, what in _topic_faults(pack, topic))
    if programme.default_calendar not in pack.calendars:
        faults.append(
            Fault(
                file="pack.yaml", where="default_calendar", what=_not_known(programme.default_calendar, pack.calendars)
            )
        )
    if faults:
        raise BadFile(faults)
    return pack


def _merged(topics: dict[str, Topic], faults: list[Fault]) -> dict[str, Any]:
    """All files' sections as one, and for each entry the file it stands in."""
    merged: dict[str, Any] = {section: {} for section in SECTIONS}
    files: dict[tuple[str, str], str] = {}
    for file, topic in topics.items():
        for section in SECTIONS:
            for name, entry in getattr(topic, section).items():
                if (section, name) in files:
                    words = f"stands in {files[section, name]} too; keep one"
                    faults.append(Fault(file=file, where=f"{section}.{name}", what=words))
                merged[section][name] = entry
                files[section, name] = file
    return {**merged, "files": files}


def versioned(topic: Topic) -> Iterator[tuple[str, Sequence[Version]]]:
    """Everything in the topic that has versions, by its path in the file."""
    for section in ("rules", "extensions", "values", "grounds", "ladders", "fees"):
        for name, entry in getattr(topic, section).items():
            yield f"{section}.{name}.versions", entry.versions
    for name, requirements in topic.requirements.items():
        for code, versions in requirements.entries.items():
            yield f"requirements.{name}.entries.{code}", versions


def _topic_faults(pack: Pack, topic: Topic) -> Iterator[tuple[str, str]]:
    for where, versions in versioned(topic):
        for index, words in faults_between(versions):
            yield f"{where}[{index}]", words
        for index, version in enumerate(versions):
            for what in _version_faults(pack, version):
                yield f"{where}[{index}]", what
    for name, law in topic.calendars.items():
        for index, holiday in enumerate(law.holidays):
            for what in (*_cited(pack, holiday.citation, holiday.source), *_holiday_faults(holiday)):
                yield f"calendars.{name}.holidays[{index}]", what


def _cited(pack: Pack, citation: str, source: Sequence[str]) -> Iterator[str]:
    if not citation.strip():
        yield "has an empty citation; name the provision that says so"
    for key in source:
        if key not in pack.sources:
            yield f"names the source {key!r}, which no file of the pack lists under `sources`"


def _version_faults(pack: Pack, version: Version) -> Iterator[str]:
    yield from _cited(pack, version.citation, version.source)
    match version:
        case RuleVersion():
            yield from _rule_faults(pack, version)
        case ExtensionVersion():
            yield from _extension_faults(pack, version)
        case ValueVersion() | EntryVersion() if version.unknown is not None and version.value is not None:
            yield "has a value and an unknown; keep one"
        case ValueVersion() if version.unknown is None and version.value is None:
            yield "has no value; give one, or the open question as `unknown`"
        case GroundVersion() if version.appeal is not None and version.appeal not in pack.rules():
            yield f"appeal: {_not_known(version.appeal, pack.rules())}"
        case FeeVersion():
            yield from _fee_faults(version)
        case _:
            pass


def _rule_faults(pack: Pack, version: RuleVersion) -> Iterator[str]:
    if (version.period is None) == (version.unknown is None):
        yield "needs either a period or the open question as `unknown`"
    if version.extension is not None and version.extension not in pack.extensions:
        yield f"extension: {_not_known(version.extension, pack.extensions)}"
    if version.calendar is not None and version.calendar not in pack.calendars:
        yield f"calendar: {_not_known(version.calendar, pack.calendars)}"
    if version.period and version.period.unit is Unit.HOURS and (version.rolls or version.extension or version.further):
        yield "counts hours, so it can neither roll nor be extended; set `rolls: false`"
    if version.period and version.period.unit is Unit.BUSINESS_DAYS and version.period.back:
        yield "counts business days backwards, which no rule of the engine does; use calendar_days"
    if version.further and version.period and version.further.unit is not version.period.unit:
        yield "has a further period in another unit; give both in the same"


def _extension_faults(pack: Pack, version: ExtensionVersion) -> Iterator[str]:
    regions = [region.name for region in pack.programme.regions]
    for index, grant in enumerate(version.grants):
        for what in _cited(pack, grant.citation, grant.source):
            yield f"grants[{index}] {what}"
        if (grant.period is None) == (grant.unknown is None):
            yield f"grants[{index}] needs either a period or the open question as `unknown`"
        if grant.unknown is not None and not grant.candidates:
            yield f"grants[{index}] is unknown; list the extensions that may apply as `candidates`"
        for region in grant.regions:
            if region not in regions:
                yield f"grants[{index}]: {_not_known(region, regions)}"
    for means in Means:
        for region in regions:
            times = sum(means in grant.means and region in grant.regions for grant in version.grants)
            if times != 1:
                yield f"has {times} grants for {means.value} service in region {region}; exactly one is needed"


def _fee_faults(version: FeeVersion) -> Iterator[str]:
    if version.unknown is None and not version.rows:
        yield "has no rows; give them, or the open question as `unknown`"
    for index, row in enumerate(version.rows):
        if (row.amount is None) == (row.unknown is None):
            yield f"rows[{index}] needs either an amount or the open question as `unknown`"


def _holiday_faults(holiday: Holiday) -> Iterator[str]:
    fixed = holiday.month is not None and holiday.day is not None
    nth = holiday.month is not None and holiday.weekday is not None and holiday.nth in {1, 2, 3, 4, -1}
    if [fixed, nth, bool(holiday.dates)].count(True) != 1:
        yield "must be a month and day, or a month, weekday and nth (1 to 4, or -1 for the last), or a list of dates"


def _not_known(name: str, known: object) -> str:
    names = ", ".join(sorted(str(entry) for entry in known)) if hasattr(known, "__iter__") else str(known)
    return f"{name!r} is not in the pack; it has: {names}"
