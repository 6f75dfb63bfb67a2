"""From a folder of YAML files to a Pack: read strictly, then checked across fields and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evenhand import programmes
from evenhand.law import grounds, sketches
from evenhand.law.facts import Means
from evenhand.law.overlay import laid_over, topics_in
from evenhand.law.pack import Pack
from evenhand.law.refusals import Refused
from evenhand.law.schema import (
    EntryVersion,
    ExtensionVersion,
    GroundVersion,
    Holiday,
    Programme,
    RuleVersion,
    Topic,
    Unit,
    ValueVersion,
    Version,
)
from evenhand.law.schema.topic import VERSIONED
from evenhand.law.tables import table_faults
from evenhand.law.versions import faults_between
from evenhand.programmes import DEFAULT
from evenhand.reading import BadFile, Fault, from_plain, read

HOME = Path(programmes.__path__[0])
PROGRAMME_FILE = "pack.yaml"
SECTIONS = tuple(f.name for f in fields(Topic) if f.name != "topic")


@cache
def load_pack(programme: str = DEFAULT, *, adopting: Path | None = None) -> Pack:
    """The law pack of a programme that comes with Evenhand, read once.

    `adopting`: a file or folder of readings with which an office goes on where the pack has only an open question; it
    may answer questions, never change what is known. Raises Refused for an unknown name, BadFile for bad files.
    """
    folder = home_of(programme) / "law"
    if adopting is None:
        return load_folder(folder)
    known = load_folder(folder)
    adopted = load_folder(folder, over=adopting)
    faults = [Fault(file=adopting.name, what=what) for what in _changed_knowledge(known, adopted)]
    if faults:
        raise BadFile(faults)
    return adopted


def adopted_readings(programme: str) -> Path | None:
    """The readings that come with Evenhand for the programme's open questions; None where it has none."""
    folder = home_of(programme) / "adopted"
    return folder if folder.is_dir() else None


def home_of(programme: str) -> Path:
    """The folder of a programme that comes with Evenhand. Raises Refused for an unknown name."""
    known = programme_names()
    if programme not in known:
        raise Refused(f"There is no programme {programme!r}. Known: {', '.join(known)}.")
    return HOME / programme


def programme_names() -> tuple[str, ...]:
    """The programmes that come with Evenhand and have a law pack, sketches too."""
    return tuple(sorted(path.parent.parent.name for path in HOME.glob(f"*/law/{PROGRAMME_FILE}")))


def load_folder(folder: Path, *, over: Path | None = None) -> Pack:
    """The law pack in `folder`: pack.yaml and a file a topic; with `over`, a file or folder of changes laid over it.
    Raises BadFile with every fault of every file."""
    faults: list[Fault] = []
    programme: Programme | None = None
    topics: dict[str, Topic] = {}
    try:
        programme = read(Programme, folder / PROGRAMME_FILE)
    except BadFile as bad:
        faults.extend(bad.faults)
    try:
        topics = _topics(folder) if over is None else _topics_over(folder, over)
    except BadFile as bad:
        faults.extend(bad.faults)
    if faults or programme is None:
        raise BadFile(faults)
    return pack_of(programme, topics)


def load_other(path: Path, *, programme: str) -> Pack:
    """Another pack than the programme's own: a folder that is a whole pack, or only what differs from the programme's."""
    if (path / PROGRAMME_FILE).is_file():
        return load_folder(path)
    return load_folder(home_of(programme) / "law", over=path)


def pack_of(programme: Programme, topics: Mapping[str, Topic]) -> Pack:
    """The pack of these topics, by file name. Raises BadFile with everything that is wrong between their fields."""
    pack, faults = assembled(programme, topics)
    for name, topic in topics.items():
        faults.extend(Fault(file=name, where=where, what=what) for where, what in _topic_faults(pack, topic))
    if programme.default_calendar not in pack.calendars:
        what = _not_known(programme.default_calendar, pack.calendars)
        faults.append(Fault(file=PROGRAMME_FILE, where="default_calendar", what=what))
    if faults:
        raise BadFile(faults)
    return pack


def assembled(programme: Programme, topics: Mapping[str, Topic]) -> tuple[Pack, list[Fault]]:
    """The topics put together, before what stands in them is checked, and what stood in the way."""
    faults = [Fault(file=PROGRAMME_FILE, where=where, what=what) for where, what in sketches.faults_of(programme)]
    try:
        ZoneInfo(programme.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        what = f"is {programme.time_zone!r}, which is no time zone; write one as Etc/UTC"
        raise BadFile([*faults, Fault(file=PROGRAMME_FILE, where="time_zone", what=what)]) from None
    topics = {file: sketches.with_caution(topic, programme.caution) for file, topic in topics.items()}
    law, files = _merged(programme.title, topics, faults)
    return Pack(programme, law=law, files=files), faults


def _topics(folder: Path) -> dict[str, Topic]:
    faults: list[Fault] = []
    topics: dict[str, Topic] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == PROGRAMME_FILE:
            continue
        try:
            topics[path.name] = read(Topic, path)
        except BadFile as bad:
            faults.extend(bad.faults)
    if faults:
        raise BadFile(faults)
    return topics


def _topics_over(folder: Path, over: Path) -> dict[str, Topic]:
    plain = laid_over(topics_in(folder, besides=PROGRAMME_FILE), topics_in(over, besides=PROGRAMME_FILE))
    faults: list[Fault] = []
    topics: dict[str, Topic] = {}
    for file, content in plain.items():
        try:
            topics[file] = from_plain(Topic, {"topic": file, **content}, name=f"{file} with {over.name} over it")
        except BadFile as bad:
            faults.extend(bad.faults)
    if faults:
        raise BadFile(faults)
    return topics


def _changed_knowledge(known: Pack, adopted: Pack) -> Iterator[str]:
    """What adopted readings change although the pack knows it, or add although it asks nothing."""
    for section, name, versions in ((p.section, p.name, p.versions) for p in adopted.provisions()):
        before = {
            v.valid_from: v for p in known.provisions() if (p.section, p.name) == (section, name) for v in p.versions
        }
        for version in versions:
            own = before.get(version.valid_from)
            if own is None or (own != version and own.unknown is None):
                yield (
                    f"{section}.{name} from {version.valid_from} is no open question of the pack; readings may only answer "
                    "what the pack asks (`unknown`)"
                )


def _merged(title: str, topics: Mapping[str, Topic], faults: list[Fault]) -> tuple[Topic, dict[tuple[str, str], str]]:
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
    return Topic(topic=title, **merged), files


def versioned(topic: Topic) -> Iterator[tuple[str, Sequence[Version]]]:
    """Everything in the topic that has versions, by its path in the file."""
    for section in VERSIONED:
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
    for name, ground in topic.grounds.items():
        if ground.versions[:1] and ground.versions[0].as_before:
            yield f"grounds.{name}.versions[0]", "is `as_before`, but nothing stands above it; say what the ground does"
    for name, listed in topic.requirements.items():
        for code, versions in listed.entries.items():
            if versions[:1] and versions[0].as_before:
                where = f"requirements.{name}.entries.{code}[0]"
                yield where, "is `as_before`, but nothing stands above it; say what is required"
    for name, table in topic.tables.items():
        for index, what in table_faults(table, pack.rules()):
            yield f"tables.{name}.versions[{index}]", what
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
    yield from version.faults()
    for part in version.parts():
        yield from (f"{part.name} {what}" for what in _cited(pack, part.citation, part.source))
    match version:
        case RuleVersion():
            yield from _rule_faults(pack, version)
        case ExtensionVersion():
            yield from _extension_faults(pack, version)
        case ValueVersion() | EntryVersion() if version.unknown is not None and version.value is not None:
            yield "has a value and an unknown; keep one"
        case ValueVersion() if version.unknown is None and version.value is None:
            yield "has no value; give one, or the open question as `unknown`"
        case GroundVersion() if not version.as_before:
            yield from grounds.faults_of(version, values=pack.values, effects=pack.effects, rules=pack.rules())
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
    if version.further and version.further.unit is Unit.HOURS:
        yield "has a further period in hours, which cannot follow days; give it in days"


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


def _holiday_faults(holiday: Holiday) -> Iterator[str]:
    fixed = holiday.month is not None and holiday.day is not None
    nth = holiday.month is not None and holiday.weekday is not None and holiday.nth in {1, 2, 3, 4, -1}
    if [fixed, nth, bool(holiday.dates)].count(True) != 1:
        yield "must be a month and day, or a month, weekday and nth (1 to 4, or -1 for the last), or a list of dates"
    ways = (holiday.day is not None, any((holiday.weekday, holiday.nth, holiday.days_after)), bool(holiday.dates))
    if ways.count(True) > 1 or (holiday.dates and holiday.month is not None):
        yield "mixes a fixed day, listed dates and a weekday of a month; say its day in one way"
    last = max(holiday.dates, default=None)
    goes_on = last is not None and (holiday.valid_to is None or holiday.valid_to.year > last.year)
    if goes_on and holiday.unknown is None:
        yield "lists dates and goes on after them; give `valid_to`, or ask for the later years as `unknown`"
    if not goes_on and holiday.unknown is not None:
        yield "has an unknown, but no year without a date; leave one of them out"


def _not_known(name: str, known: object) -> str:
    names = ", ".join(sorted(str(entry) for entry in known)) if hasattr(known, "__iter__") else str(known)
    return f"{name!r} is not in the pack; it has: {names}"
