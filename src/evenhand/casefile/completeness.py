"""What is owed, what came, what is missing, and whether a reviewer may decide on it.

What is owed comes in as data (the programme's law says it); nothing here knows a regulation. Two rules of fairness
are kept apart: a file may be incomplete and still be enough to decide, and a file that holds nothing beyond the
utilization review decision is never enough, whoever is late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.casefile.facts import DocumentKind
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


@dataclass(frozen=True, kw_only=True)
class Came:
    """A paper that came: from whom, when, and what it is."""

    id: str
    kind: DocumentKind
    dated: date
    title: str
    sender: PartyRole
    received_on: date


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
    may_decide: bool
    why: str

    @property
    def missing(self) -> tuple[Finding, ...]:
        """The entries that are owed for certain and did not come from the one who owes them."""
        return tuple(f for f in self.findings if f.state in {FindingState.MISSING, FindingState.MET_BY_ANOTHER})


def assess(
    owed: Sequence[Owed],
    documents: Sequence[Came],
    *,
    window_start: date,
    window_end: date,
    owed_by: PartyRole = PartyRole.CLAIMS_ADMINISTRATOR,
) -> Completeness:
    """Holds what came against what is owed by `owed_by`.

    The window (both days included) ends on the date of the request for authorization and begins where the law says.
    Raises ValueError where it ends before it begins.
    """
    if window_end < window_start:
        raise ValueError(f"the window ends ({window_end}) before it begins ({window_start})")
    findings = tuple(_finding(entry, documents, window_start, window_end, owed_by) for entry in owed)
    states = {finding.state for finding in findings}
    may_decide, why = _may_decide(documents)
    return Completeness(
        findings=findings,
        complete=not states & {FindingState.MISSING, FindingState.MET_BY_ANOTHER},
        from_administrator=tuple(d.id for d in documents if d.sender in EMPLOYERS_SIDE),
        from_employee_or_physician=tuple(d.id for d in documents if d.sender not in EMPLOYERS_SIDE),
        outside_window=tuple(d.id for d in documents if d.dated < window_start),
        may_decide=may_decide,
        why=why,
    )


def _finding(entry: Owed, documents: Sequence[Came], start: date, end: date, owed_by: PartyRole) -> Finding:
    fitting = [d for d in documents if d.kind in entry.kinds and (not entry.within_window or start <= d.dated <= end)]
    theirs = tuple(d.id for d in fitting if d.sender is owed_by)
    others = tuple(d.id for d in fitting if d.sender is not owed_by)
    window = f" dated {start} to {end}" if entry.within_window else ""
    who = owed_by.value.replace("_", " ")
    if theirs:
        state, explanation = FindingState.MET, f"The {who} sent {_papers(len(theirs))}{window}."
    elif entry.only_if_any:
        state, explanation = (
            FindingState.PERHAPS_NONE,
            f"The {who} sent nothing{window}; it is owed only if there is any.",
        )
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


def _may_decide(documents: Sequence[Came]) -> tuple[bool, str]:
    medicine = [d for d in documents if d.sender in EMPLOYERS_SIDE and d.kind not in NOT_MEDICINE]
    support = [d for d in documents if d.sender not in EMPLOYERS_SIDE and d.kind not in PAPERS_OF_THE_DISPUTE]
    ur_decision = any(d.kind is DocumentKind.UR_DECISION for d in documents)
    if medicine and support:
        return (
            True,
            "Medical records came from the claims administrator, and papers from the employee or the physician.",
        )
    if medicine:
        return True, "Medical records came from the claims administrator."
    if support and ur_decision:
        return True, (
            "The claims administrator sent no medical records. A reviewer may decide on the utilization review "
            "decision together with what the employee or the physician sent."
        )
    if support:
        return False, (
            "The claims administrator sent no medical records, and the utilization review decision is not in the file. "
            "Ask for both before a reviewer decides."
        )
    if ur_decision:
        return False, (
            "Nothing came but the utilization review decision, and no determination may rest on its information alone. "
            "Keep asking the claims administrator, and ask the employee and the physician."
        )
    return False, "No records came. Keep asking the claims administrator, and ask the employee and the physician."


def _papers(count: int) -> str:
    return "1 paper" if count == 1 else f"{count} papers"
