"""What screening looks at: the dispute as a whole, and one disputed item with its own clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
class Dispute:
    """Everything that screening looks at."""

    application: Application
    request_for_authorization: RequestForAuthorization
    ur_decision: UrDecision
    earlier_reviews: tuple[EarlierReview, ...] = ()
    already_filed: tuple[AlreadyFiled, ...] = ()


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

    @property
    def governing(self) -> date:
        """The date that governs filing rights: that of the utilization review decision, but never before the
        programme."""
        return max(self.dispute.ur_decision.decided_on, self.pack.programme.begins)

    @property
    def liability(self) -> LiabilityDispute | None:
        """The liability dispute, if it existed when utilization review decided; one raised later defers nothing."""
        return _liability(self.dispute)

    @property
    def liability_open(self) -> bool:
        """Whether such a dispute is still unresolved on the day of the screening."""
        return self.liability is not None and not _resolved(self.liability, self.on)


def item_of(pack: Pack, dispute: Dispute, number: int, on: date) -> DisputedItem:
    """Item `number` (from 1) of the application, as screening on `on` sees it."""
    entry = dispute.application.disputed.items[number - 1]
    ur_item = next((item for item in dispute.ur_decision.items if item.number == entry.ur_item), None)
    governing = max(dispute.ur_decision.decided_on, pack.programme.begins)
    waits = pack.value("tolled_without_form", governing).value is True
    return DisputedItem(
        pack=pack,
        dispute=dispute,
        on=on,
        number=number,
        entry=entry,
        ur_item=ur_item,
        deadline=_clock(pack, dispute, ur_item, on),
        tolled=waits and not dispute.ur_decision.imr_form_enclosed,
    )


def _clock(pack: Pack, dispute: Dispute, ur_item: UrItem | None, on: date) -> Deadline | None:
    """The time limit to apply for the item: after a resolved liability dispute the later of the two, else that of its
    kind."""
    service = dispute.ur_decision.service
    governing = max(dispute.ur_decision.decided_on, pack.programme.begins)
    if service.served_on < pack.programme.begins:
        return None
    drug = ur_item is not None and ur_item.formulary_drug
    rule = str(pack.value("formulary_item_clock", governing).value) if drug else "application"
    own = pack.due(
        rule, service.served_on, means=service.means, region=pack.region(service.served_at), governed_on=governing
    )
    liability = _liability(dispute)
    if liability is None or liability.resolved_notice is None or not _resolved(liability, on):
        return own
    notice = liability.resolved_notice
    region = pack.region(notice.served_at)
    again = pack.due(
        "application_after_deferral", notice.served_on, means=notice.means, region=region, governed_on=governing
    )
    return again if again.late_after > own.late_after else own


def _liability(dispute: Dispute) -> LiabilityDispute | None:
    liability = dispute.application.disputed.liability_dispute
    return liability if liability is not None and liability.raised_on <= dispute.ur_decision.decided_on else None


def _resolved(liability: LiabilityDispute, on: date) -> bool:
    return liability.resolved_notice is not None and liability.resolved_notice.served_on <= on
