"""What is owed, what came, what is missing, and whether a reviewer may decide on it.

What is owed comes in as data (the programme's law says it); nothing here knows a regulation. Two rules of fairness
are kept apart: a file may be incomplete and still be enough to decide, and a file that holds nothing beyond the
utilization review decision is never enough, whoever is late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.casefile.facts import Document, DocumentKind
from evenhand.law.facts import PartyRole

# Papers that carry the dispute, not the medicine: they never make a file decidable.
PAPERS_OF_THE_DISPUTE = frozenset({DocumentKind.UR_DECISION, DocumentKind.APPLICATION, DocumentKind.PROOF_OF_SERVICE})
# What the claims administrator's side sends makes a file decidable only where it is medicine; its letters and the
# request are not.
NOT_MEDICINE = PAPERS_OF_THE_DISPUTE | {DocumentKind.RFA, DocumentKind.CORRESPONDENCE, DocumentKind.OTHER}
# Who answers for the employer's side; everybody else speaks for the treatment.
EMPLOYERS_SIDE = frozenset(
    {
        PartyRole.CLAIMS_ADMINISTRATOR,
        PartyRole.INSURER,
        PartyRole.EMPLOYER,
        PartyRole.UR_ORGANISATION,
        PartyRole.UR_REVIEWER,
    }
)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One entry of what must be sent: its code in the rule, what it is, which kinds of paper satisfy it, the
    citation."""

    code: str
    text: str
    kinds: tuple[DocumentKind, ...]
    citation: str
    within_window: bool = False
    """Whether only papers dated within the window count."""
    only_if_any: bool = False
    """Whether there may be nothing to send: then its absence is remarked, not a deficiency."""


class FindingState(StrEnum):
    """What became of one owed entry."""

    MET = "met"
    MET_BY_ANOTHER = "met_by_another"
    """Not from the one who owes it, but the paper is in the file."""
    PERHAPS_NONE = "perhaps_none"
    """Nothing came, and there may be nothing."""
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One owed entry and the papers that satisfy it."""

    code: str
    text: str
    state: FindingState
    documents: tuple[str, ...]
    explanation: str
    citation: str

    @property
    def satisfied(self) -> bool:
        """Whether there is nothing to ask for."""
        return self.state in {FindingState.MET, FindingState.PERHAPS_NONE}


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """What the file lacks, and whether it may be decided all the same."""

    findings: tuple[Finding, ...]
    complete: bool
    """Everything that is owed for certain came from the one who owes it."""
    from_administrator: tuple[str, ...]
    from_employee_or_physician: tuple[str, ...]
    outside_window: tuple[str, ...]
    """Papers dated before the window: kept and read, but they do not satisfy the entries that count the window."""
    medical_records_from_administrator: bool
    ur_decision_in_file: bool
    support_from_employee_or_physician: bool
    """Papers of the employee or the physician beyond the application and the utilization review decision."""

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The entries that are owed for certain and did not come from the one who owes them."""
        return tuple(finding for finding in self.findings if not finding.satisfied)

    @property
    def explanation(self) -> str:
        """Why a reviewer may or may not decide, and what to ask for."""
        medicine, support = self.medical_records_from_administrator, self.support_from_employee_or_physician
        if medicine:
            also = ", and papers from the employee or the physician" if support else ""
            return f"Medical records came from the claims administrator{also}."
        nothing = "The claims administrator sent no medical records."
        if support and self.ur_decision_in_file:
            words = "A reviewer may decide on the utilization review decision together with what the other side sent."
            return f"{nothing} {words}"
        if support:
            return f"{nothing} The utilization review decision is not in the file either; ask for both."
        asking = "keep asking the claims administrator, and ask the employee and the physician."
        if self.ur_decision_in_file:
            alone = "Only the utilization review decision is there, and no determination may rest on it alone"
            return f"{nothing} {alone}; {asking}"
        return f"No records came; {asking}"


def assess(
    owed: Sequence[Owed],
    documents: Sequence[Document],
    *,
    senders: Mapping[str, PartyRole],
    window_start: date,
    window_end: date | None = None,
    owed_by: PartyRole = PartyRole.CLAIMS_ADMINISTRATOR,
) -> Completeness:
    """Holds what came against what is owed by `owed_by`. `senders` says of each document's id who sent it.

    The window (both days included) begins where the law says and ends on the date of the request for authorization;
    without `window_end` it is open. Raises KeyError for a document without a sender, ValueError for a window that
    ends before it begins.
    """
    if window_end is not None and window_end < window_start:
        raise ValueError(f"the window ends ({window_end}) before it begins ({window_start})")
    came = [(document, PartyRole(senders[document.id])) for document in documents]
    last = window_end or date.max
    findings = tuple(_finding(entry, came, window_start, last, owed_by) for entry in owed)
    return Completeness(
        findings=findings,
        complete=all(finding.satisfied for finding in findings),
        from_administrator=tuple(d.id for d, sender in came if sender in EMPLOYERS_SIDE),
        from_employee_or_physician=tuple(d.id for d, sender in came if sender not in EMPLOYERS_SIDE),
        outside_window=tuple(d.id for d, _ in came if d.dated < window_start),
        medical_records_from_administrator=any(
            sender in EMPLOYERS_SIDE and d.kind not in NOT_MEDICINE for d, sender in came
        ),
        ur_decision_in_file=any(d.kind is DocumentKind.UR_DECISION for d, _ in came),
        support_from_employee_or_physician=any(
            sender not in EMPLOYERS_SIDE and d.kind not in PAPERS_OF_THE_DISPUTE for d, sender in came
        ),
    )


def _finding(
    entry: Owed, came: Sequence[tuple[Document, PartyRole]], start: date, end: date, owed_by: PartyRole
) -> Finding:
    fitting = [
        (d, sender)
        for d, sender in came
        if d.kind in entry.kinds and (not entry.within_window or start <= d.dated <= end)
    ]
    theirs = tuple(d.id for d, sender in fitting if sender is owed_by)
    others = tuple(d.id for d, sender in fitting if sender is not owed_by)
    window = f" dated {start} {'or later' if end == date.max else f'to {end}'}" if entry.within_window else ""
    who = owed_by.value.replace("_", " ")
    if theirs:
        state, explanation = FindingState.MET, f"The {who} sent {_papers(len(theirs))}{window}."
    elif entry.only_if_any:
        state, explanation = FindingState.PERHAPS_NONE, f"The {who} sent nothing{window}; owed only if there is any."
    elif others:
        state = FindingState.MET_BY_ANOTHER
        explanation = f"The {who} sent nothing{window}, but {_papers(len(others))} came from somebody else."
    else:
        state, explanation = FindingState.MISSING, f"Nothing{window} came; ask the {who} for it."
    return Finding(
        code=entry.code,
        text=entry.text,
        state=state,
        documents=theirs or others,
        explanation=explanation,
        citation=entry.citation,
    )


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"
