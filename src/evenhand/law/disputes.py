"""What screening looks at: the dispute as a whole, and one disputed item with its own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evenhand.law.deadlines import Deadline
from evenhand.law.facts import (
    Application,
    DisputedEntry,
    EarlierReview,
    LiabilityDispute,
    RequestForAuthorization,
    UrDecision,
    UrItem,
)
from evenhand.law.pack import Pack


@dataclass(frozen=True, kw_only=True)
class AlreadyFiled:
    """An item that was filed before on the same utilization review decision: its number there or its words, and the
    first case."""

    item: int | str
    case_number: str


@dataclass(frozen=True, kw_only=True)
class SettledGround:
    """What a person decided where facts or law leave a ground open: whether it holds for the item, and why."""

    item: int
    """The item's number in the application."""
    ground: str
    holds: bool
    reason: str
    decided_on: date


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """Everything that screening looks at."""

    application: Application
    request_for_authorization: RequestForAuthorization | None = None
    ur_decision: UrDecision | None = None
    """Absent where it did not come with the application; then nothing that rests on it can be found."""
    earlier_reviews: tuple[EarlierReview, ...] = ()
    already_filed: tuple[AlreadyFiled, ...] = ()
    settled: tuple[SettledGround, ...] = ()
    """A ground that is not open is found by the law alone; nobody can settle it otherwise."""


@dataclass(frozen=True, kw_only=True)
class DisputedItem:
    """One disputed item on the day of the screening, with what utilization review said of it and its clock."""

    pack: Pack
    dispute: Dispute
    on: date
    number: int
    entry: DisputedEntry
    ur_item: UrItem | None
    deadline: Deadline | None
    tolled: bool

    @cached_property
    def governing(self) -> date:
        """The date that governs filing rights: that of the utilization review decision, but never before the
        programme."""
        return _governing(self.pack, self.dispute)

    def settled(self, ground: str) -> SettledGround | None:
        """What a person decided last on a ground that is open for the item, by the day of the screening."""
        own = (one for one in reversed(self.dispute.settled) if (one.item, one.ground) == (self.number, ground))
        return max((one for one in own if one.decided_on <= self.on), key=lambda one: one.decided_on, default=None)

    @cached_property
    def liability(self) -> LiabilityDispute | None:
        """The liability dispute, if it existed when utilization review decided; one raised later defers nothing."""
        return _liability(self.dispute, self.ur_item)

    @cached_property
    def liability_open(self) -> bool:
        """Whether such a dispute is still unresolved on the day of the screening."""
        return self.liability is not None and not _resolved(self.liability, self.on)


def item_of(pack: Pack, dispute: Dispute, number: int, on: date) -> DisputedItem:
    """Item `number` (from 1) of the application, as screening on `on` sees it."""
    entry = dispute.application.disputed.items[number - 1]
    decision = dispute.ur_decision
    ur_item = next((item for item in decision.items if item.number == entry.ur_item), None) if decision else None
    waits = pack.scalar("tolled_without_form", _governing(pack, dispute)) is True
    return DisputedItem(
        pack=pack,
        dispute=dispute,
        on=on,
        number=number,
        entry=entry,
        ur_item=ur_item,
        deadline=_clock(pack, dispute, ur_item, on),
        tolled=waits and decision is not None and not decision.imr_form_enclosed,
    )


def _clock(pack: Pack, dispute: Dispute, ur_item: UrItem | None, on: date) -> Deadline | None:
    """The time limit to apply for the item: after a resolved liability dispute the later of the two, else that of its
    kind."""
    if dispute.ur_decision is None or dispute.ur_decision.service.served_on < pack.programme.begins:
        return None
    service, governing = dispute.ur_decision.service, _governing(pack, dispute)
    drug = ur_item is not None and ur_item.formulary_drug
    rule = str(pack.scalar("formulary_item_clock", governing)) if drug else "application"
    own = pack.due(
        rule, service.served_on, means=service.means, region=pack.region(service.served_at), governed_on=governing
    )
    liability = _liability(dispute, ur_item)
    if liability is None or liability.resolved_notice is None or not _resolved(liability, on):
        return own
    notice = liability.resolved_notice
    region = pack.region(notice.served_at)
    again = pack.due(
        "application_after_deferral", notice.served_on, means=notice.means, region=region, governed_on=governing
    )
    return again if again.late_after > own.late_after else own


def _governing(pack: Pack, dispute: Dispute) -> date:
    """The day of the decision, by the form's own words where the decision is not there; never before the programme."""
    named = dispute.application.disputed.ur_determination_date
    return max(dispute.ur_decision.decided_on if dispute.ur_decision else named, pack.programme.begins)


def _liability(dispute: Dispute, ur_item: UrItem | None) -> LiabilityDispute | None:
    """The dispute about liability for the item that existed when utilization review decided."""
    liability = dispute.application.disputed.liability_dispute
    if liability is None or dispute.ur_decision is None or liability.raised_on > dispute.ur_decision.decided_on:
        return None
    concerned = not liability.items or (ur_item is not None and ur_item.number in liability.items)
    return liability if concerned else None


def _resolved(liability: LiabilityDispute, on: date) -> bool:
    return liability.resolved_notice is not None and liability.resolved_notice.served_on <= on
