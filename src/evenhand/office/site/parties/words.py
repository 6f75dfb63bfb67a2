"""Where a case stands, in plain words for those whose case it is: one line, and who has to act."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.office.cases.states import CaseState, ItemState

S = CaseState


@dataclass(frozen=True, kw_only=True)
class Status:
    """One status line: where it stands, and who acts next."""

    line: str
    who: str


_REVIEW = Status(
    line="An independent physician reads the whole file and decides.",
    who="the independent reviewer; you need not do anything",
)
STATUS: dict[CaseState, Status] = {
    S.RECEIVED: Status(line="We have the application. We check whether it can be reviewed.", who="this office"),
    S.SCREENING: Status(line="We check whether the request can be reviewed.", who="the Administrative Director"),
    S.INFORMATION_REQUESTED: Status(line="We asked for information that is missing.", who="whoever got our question"),
    S.ASSIGNED: Status(line="The request will be reviewed. The notice of it is on its way.", who="this office"),
    S.RECORDS_OPEN: Status(
        line="We wait for the medical records.", who="the claims administrator; you may send records too"
    ),
    S.RECORDS_OVERDUE: Status(
        line="The medical records are late. We asked for them again.",
        who="the claims administrator; you may send records too",
    ),
    S.RECORDS_COMPLETE: Status(line="The records are here. We choose an independent physician.", who="this office"),
    S.REVIEWER_SELECTED: Status(line="An independent physician was chosen.", who="the independent reviewer"),
    S.IN_REVIEW: _REVIEW,
    S.ADDITIONAL_INFORMATION: Status(
        line="The independent physician asked a question. Everybody got a copy of it.", who="whoever was asked"
    ),
    S.DRAFTED: _REVIEW,
    S.QUALITY_REVIEW: _REVIEW,
    S.ISSUED: Status(line="The decision was made. The letter with the reasons is below.", who="see the dates below"),
    S.CLOSED: Status(line="The case is closed.", who="nobody in this office; see the dates below"),
    S.TERMINATED: Status(line="The review ended without a decision.", who="nobody in this office"),
}

_ITEM = {
    ItemState.DISPUTED: "not looked at yet",
    ItemState.ELIGIBLE: "under review",
    ItemState.DECIDED: "under review",
    ItemState.INELIGIBLE: "cannot be reviewed; the notice says why",
    ItemState.DEFERRED: "waits until the dispute about liability is settled",
    ItemState.DUPLICATE: "was filed before",
    ItemState.AUTHORISED: "was authorized by the claims administrator",
    ItemState.WITHDRAWN: "was withdrawn",
}
_DECIDED = {
    "Upheld": "Upheld: the denial stands. The treatment was found not medically necessary.",
    "Overturned": "Overturned: the treatment was found medically necessary.",
}


def item_words(state: str, decision: str | None, *, issued: bool) -> str:
    """An item in plain words. What was decided is told when the letter is out, and never before."""
    if issued and decision in _DECIDED:
        return _DECIDED[decision]
    return _ITEM[ItemState(state)]
