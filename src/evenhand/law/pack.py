"""One programme's law: every question to it goes through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from evenhand.law import deadlines
from evenhand.law.calendars import DAY, Calendar
from evenhand.law.deadlines import Deadline
from evenhand.law.facts import Address, Means
from evenhand.law.refusals import Refused
from evenhand.law.schema import (
    Confidence,
    ExtensionVersion,
    FeeVersion,
    Programme,
    Rule,
    Scalar,
    Version,
    caution_words,
)
from evenhand.law.schema.topic import VERSIONED, Topic
from evenhand.law.versions import known, version_on


@dataclass(frozen=True, kw_only=True)
class Value:
    """A value of the law on a day. `value` is None where `unknown` says what is to be asked."""

    name: str
    value: Scalar | None
    unit: str | None
    citation: str
    source: tuple[str, ...]
    confidence: Confidence
    unknown: str | None
    caution: str | None


@dataclass(frozen=True, kw_only=True)
class Unverified:
    """One value of the pack that nobody read in a source, or that is an open question."""

    kind: str
    name: str
    valid_from: date
    confidence: Confidence
    words: str
    citation: str
    file: str


@dataclass(frozen=True, kw_only=True)
class Provision:
    """One entry of the pack with its history, whatever its kind. A list of requirements gives one a code ("reviewer.not_qme")."""

    section: str
    name: str
    title: str
    governed_by: str
    versions: tuple[Version, ...]
    file: str


class Pack:
    """A programme's law. Made by `load_pack`; immutable; holds no clock."""

    def __init__(
        self,
        programme: Programme,
        *,
        law: Topic,
        files: Mapping[tuple[str, str], str],
    ) -> None:
        self.programme = programme
        self.law = law
        """All files as one, as they say it. In `grounds` and `requirements` what is `as_before` is complete."""
        self.extensions = law.extensions
        self.values = law.values
        self.calendars = {name: Calendar(name, entry) for name, entry in law.calendars.items()}
        self.effects = law.effects
        self.grounds = {code: ground.whole() for code, ground in law.grounds.items()}
        self.ladders = law.ladders
        self.requirements = {name: listed.whole() for name, listed in law.requirements.items()}
        self.fees = law.fees
        self.sources = law.sources
        self.region_titles = {region.name: region.title for region in programme.regions}
        self.time_zone = ZoneInfo(programme.time_zone)
        self._rules = law.rules
        self.files = files

    def rule_names(self) -> tuple[str, ...]:
        """The names of the time limits, in the order of the pack's files."""
        return tuple(self._rules)

    def rules(self) -> Mapping[str, Rule]:
        """The time limits by name, each with all its versions."""
        return self._rules

    def rule(self, name: str) -> Rule:
        """The time limit `name`. Raises Refused for an unknown name, with the nearest known ones."""
        return known(self._rules, name, "rule")

    def calendar(self, name: str | None = None) -> Calendar:
        """The list of holidays `name`, or the programme's default list."""
        return known(self.calendars, name or self.programme.default_calendar, "calendar")

    def region(self, address: Address) -> str:
        """In which region for extensions of time the address lies: its key in pack.yaml ("ca", "us", "abroad")."""
        for region in self.programme.regions:
            if _among(address.country, region.countries) and _among(address.state, region.states):
                return region.name
        raise Refused(f"The address {', '.join(address.lines())} lies in no region of pack.yaml; add one to it.")

    def period(self, rule: str, on: date) -> str:
        """How long the time limit `rule` is on `on`, in words: "5 business days". Raises Refused before the rule existed."""
        law = self.rule(rule)
        version = version_on(law.versions, on, law.title)
        if version.period is None:
            raise Refused(f"{law.title}: its length is not known: {version.unknown}")
        return deadlines.length(version.period)

    def due(
        self,
        rule: str,
        start: date | datetime,
        *,
        means: Means = Means.PERSONAL,
        region: str | None = None,
        governed_on: date | None = None,
        calendar: str | None = None,
    ) -> Deadline:
        """The last day (or instant) of the time limit `rule` that starts on `start`.

        `means` and `region` say how and to which region the paper that starts it was served; they matter only where
        the rule has an extension for service. Without `region` the programme's first one is meant. `governed_on` is
        the date that governs the rule (its `governed_by`); without it, the start. `calendar` replaces the rule's own
        list of holidays. A rule that counts hours needs a datetime; a naive one is taken as local time of the
        programme. Raises Refused in words.
        """
        return deadlines.due(
            self,
            rule,
            start,
            means=means,
            region=region or self.programme.regions[0].name,
            governed_on=governed_on,
            calendar=calendar,
        )

    def value(self, name: str, on: date) -> Value:
        """The value `name` as it stood on `on`. Raises Refused for an unknown name and before the value existed."""
        law = known(self.values, name, "value")
        version = version_on(law.versions, on, law.title)
        return Value(
            name=name,
            value=version.value,
            unit=version.unit,
            citation=version.citation,
            source=version.source,
            confidence=version.confidence,
            unknown=version.unknown,
            caution=caution_words(version.confidence, version.caution),
        )

    def scalar(self, name: str, on: date) -> Scalar | None:
        """The value `name` as it stood on `on`, bare: where nobody is told how sure it is. Raises as `value` does."""
        law = known(self.values, name, "value")
        return version_on(law.versions, on, law.title).value

    def unverified(self) -> tuple[Unverified, ...]:
        """Every value of the pack that was not read in a primary or secondary source, and every open question."""
        return tuple(self._unverified())

    def provisions(self) -> Iterator[Provision]:
        """Everything in the pack that has versions, in the order of the sections and of the files."""
        for section in VERSIONED:
            entries = self.grounds if section == "grounds" else getattr(self.law, section)
            for name, law in entries.items():
                yield Provision(
                    section=section,
                    name=name,
                    title=law.title,
                    governed_by=str(law.governed_by),
                    versions=law.versions,
                    file=self.files[section, name],
                )
        for name, listed in self.requirements.items():
            for code, versions in listed.entries.items():
                yield Provision(
                    section="requirements",
                    name=f"{name}.{code}",
                    title=listed.title,
                    governed_by=listed.governed_by,
                    versions=versions,
                    file=self.files["requirements", name],
                )

    def _unverified(self) -> Iterator[Unverified]:
        for provision in self.provisions():
            for version in provision.versions:
                yield from _doubts(provision.section, provision.name, version, provision.file)
        yield from self._unverified_calendars()

    def _unverified_calendars(self) -> Iterator[Unverified]:
        counting = (("first_day", self.programme.first_day), ("rolling", self.programme.rolling))
        for name, cited in counting:
            if not cited.confidence.verified:
                yield _doubt(
                    "counting", name, self.programme.begins, cited.confidence, cited.text, cited.citation, "pack.yaml"
                )
        for name, calendar in self.calendars.items():
            law, file = calendar.law, self.files["calendars", name]
            if not law.confidence.verified:
                words = caution_words(law.confidence) or ""
                yield _doubt("calendars", name, self.programme.begins, law.confidence, words, law.citation, file)
            for day in law.holidays:
                if day.unknown is not None:
                    label, since = f"{name}: {day.name}", max(day.dates) + DAY
                    yield _doubt("calendars", label, since, day.confidence, day.unknown, day.citation, file)
                if not day.confidence.verified and day.confidence is not law.confidence:
                    words = caution_words(day.confidence) or ""
                    yield _doubt(
                        "calendars", f"{name}: {day.name}", day.valid_from, day.confidence, words, day.citation, file
                    )


def _among(given: str, names: tuple[str, ...]) -> bool:
    """Whether `given` is one of the names, in any case. Without names, everything is."""
    return not names or given.strip().casefold() in _folded(names)


@cache
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _doubt(
    kind: str, name: str, since: date, confidence: Confidence, words: str, citation: str, file: str
) -> Unverified:
    return Unverified(
        kind=kind, name=name, valid_from=since, confidence=confidence, words=words, citation=citation, file=file
    )


def _doubts(kind: str, name: str, version: Version, file: str) -> Iterator[Unverified]:
    """The version's own doubt, and those of the lines inside it."""
    if version.unknown is not None or not version.confidence.verified:
        words = version.unknown or caution_words(version.confidence, version.caution) or ""
        yield _doubt(kind, name, version.valid_from, version.confidence, words, version.citation, file)
    if isinstance(version, ExtensionVersion):
        for grant in version.grants:
            if grant.unknown is not None or not grant.confidence.verified:
                label = f"{name}: {'/'.join(grant.means)} {'/'.join(grant.regions)}"
                words = grant.unknown or caution_words(grant.confidence) or ""
                yield _doubt(kind, label, version.valid_from, grant.confidence, words, grant.citation, file)
    for part in version.parts():
        if part.unknown is not None or not part.confidence.verified:
            words = part.unknown or caution_words(part.confidence) or ""
            yield _doubt(kind, f"{name}: {part.name}", version.valid_from, part.confidence, words, part.citation, file)
    if isinstance(version, FeeVersion):
        for number, row in enumerate(version.rows, start=1):
            confidence = row.confidence or version.confidence
            if row.unknown is not None or not confidence.verified:
                words = row.unknown or caution_words(confidence) or ""
                yield _doubt(
                    kind, f"{name}: row {number}", version.valid_from, confidence, words, version.citation, file
                )
