"""The shape of a file of situations: a section a kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from evenhand.law.situations.base import Situation
from evenhand.law.situations.clocks import AddressRegion, CalendarDay, CalendarYear, ProgrammeIs, TimeLimit
from evenhand.law.situations.drugs import DrugOn
from evenhand.law.situations.listed import FeeOn, History, ListOn, ValueOn
from evenhand.law.situations.necessity import ChapterOn, ScheduleOn, SearchOn, StandardsOn
from evenhand.law.situations.papers import LateRecords
from evenhand.law.situations.screening import Screening
from evenhand.law.situations.tables import AnswerOn
from evenhand.law.situations.weighing import EvidenceRating, StudiesWeighed, StudyLevels, TrialQuality


@dataclass(frozen=True, kw_only=True)
class SituationFile:
    """One file of situations. Each section is optional."""

    time_limits: tuple[TimeLimit, ...] = ()
    days: tuple[CalendarDay, ...] = ()
    years: tuple[CalendarYear, ...] = ()
    addresses: tuple[AddressRegion, ...] = ()
    programme: tuple[ProgrammeIs, ...] = ()
    values: tuple[ValueOn, ...] = ()
    lists: tuple[ListOn, ...] = ()
    fees: tuple[FeeOn, ...] = ()
    answers: tuple[AnswerOn, ...] = ()
    late_records: tuple[LateRecords, ...] = ()
    screenings: tuple[Screening, ...] = ()
    standards: tuple[StandardsOn, ...] = ()
    searches: tuple[SearchOn, ...] = ()
    chapters: tuple[ChapterOn, ...] = ()
    schedules: tuple[ScheduleOn, ...] = ()
    trials: tuple[TrialQuality, ...] = ()
    ratings: tuple[EvidenceRating, ...] = ()
    levels: tuple[StudyLevels, ...] = ()
    weighings: tuple[StudiesWeighed, ...] = ()
    drugs: tuple[DrugOn, ...] = ()
    histories: tuple[History, ...] = ()

    def all(self) -> Iterator[tuple[str, Situation]]:
        """Every situation with the name of its section."""
        for section in fields(self):
            for situation in getattr(self, section.name):
                yield section.name, situation
