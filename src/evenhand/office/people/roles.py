"""Roles, what each role may do, and which parts of a case each role sees. Tables; whatever is not in them is refused."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A capacity in which somebody acts: in the review organisation, for the Administrative Director, or as a party."""

    INTAKE = "intake"
    CASE_MANAGER = "case_manager"
    REVIEWER = "reviewer"
    CREDENTIALING = "credentialing"
    MEDICAL_DIRECTOR = "medical_director"
    FINANCE = "finance"
    ADMINISTRATIVE_DIRECTOR = "administrative_director"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    WORKER = "worker"
    REPRESENTATIVE = "representative"
    ATTORNEY = "attorney"
    CLAIMS_ADMINISTRATOR = "claims_administrator"
    REQUESTING_PHYSICIAN = "requesting_physician"

    @property
    def words(self) -> str:
        """As people say it: `case manager`."""
        return "Administrative Director" if self is Role.ADMINISTRATIVE_DIRECTOR else self.value.replace("_", " ")


_R = Role

# The parties of a case. They see their own cases and act in none; an employer is no role: it learns nothing medical here.
PARTIES = frozenset(
    {_R.WORKER, _R.REPRESENTATIVE, _R.ATTORNEY, _R.CLAIMS_ADMINISTRATOR, _R.REQUESTING_PHYSICIAN},
)
STAFF = frozenset(Role) - PARTIES

PERMISSIONS: dict[str, frozenset[Role]] = {
    # people and register
    "open_account": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "invite": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "grant_role": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "revoke_role": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "deactivate_account": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "reactivate_account": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "reset_second_factor": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "end_sessions": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "unlock_account": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "open_party_account": frozenset({_R.CASE_MANAGER}),
    "register_reviewers": frozenset({_R.CREDENTIALING}),
    "open_identity": frozenset({_R.CREDENTIALING, _R.MEDICAL_DIRECTOR}),
    # reading with a reason
    "break_glass": STAFF - {_R.REVIEWER, _R.FINANCE, _R.SYSTEM_ADMINISTRATOR},
    "look_at_break_glass": frozenset({_R.MEDICAL_DIRECTOR, _R.AUDITOR}),
    "mark_protected": frozenset({_R.INTAKE, _R.CASE_MANAGER, _R.MEDICAL_DIRECTOR}),
    "lift_protected": frozenset({_R.MEDICAL_DIRECTOR}),
    # intake
    "receive_application": frozenset({_R.INTAKE}),
    "screen_application": frozenset({_R.INTAKE}),
    "ask_information": frozenset({_R.INTAKE, _R.ADMINISTRATIVE_DIRECTOR}),
    "record_information": frozenset({_R.INTAKE}),
    "settle_ground": frozenset({_R.ADMINISTRATIVE_DIRECTOR}),
    "decide_eligibility": frozenset({_R.ADMINISTRATIVE_DIRECTOR}),
    "send_ineligibility_notices": frozenset({_R.CASE_MANAGER}),
    "record_authorisation": frozenset({_R.CASE_MANAGER}),
    # assignment and records
    "send_assignment_notices": frozenset({_R.CASE_MANAGER}),
    "receive_records": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "index_records": frozenset({_R.CASE_MANAGER}),
    "assess_completeness": frozenset({_R.CASE_MANAGER}),
    "ask_additional_information": frozenset({_R.CASE_MANAGER}),
    "record_additional_information": frozenset({_R.CASE_MANAGER}),
    "send_deficiency_notice": frozenset({_R.CASE_MANAGER}),
    "extend_determination": frozenset({_R.ADMINISTRATIVE_DIRECTOR}),
    "terminate_review": frozenset({_R.CASE_MANAGER}),
    "send_termination_notices": frozenset({_R.CASE_MANAGER}),
    # parties, papers in and out
    "record_contact": frozenset({_R.INTAKE, _R.CASE_MANAGER, _R.MEDICAL_DIRECTOR}),
    "change_address": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "change_attorney": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "change_claims_administrator": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "record_returned_mail": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "serve_again": frozenset({_R.CASE_MANAGER}),
    "make_print_batch": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "reprint_batch": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    "mark_batch_mailed": frozenset({_R.INTAKE, _R.CASE_MANAGER}),
    # reviewer
    "select_reviewer": frozenset({_R.CREDENTIALING}),
    "accept_case": frozenset({_R.REVIEWER}),
    "decline_case": frozenset({_R.REVIEWER}),
    "read_pages": frozenset({_R.REVIEWER}),
    "write_summary": frozenset({_R.REVIEWER}),
    "walk_evidence": frozenset({_R.REVIEWER}),
    "decide_item": frozenset({_R.REVIEWER}),
    "explain_finding": frozenset({_R.REVIEWER}),
    "submit_draft": frozenset({_R.REVIEWER}),
    # quality, issue, publication
    "open_quality_review": frozenset({_R.MEDICAL_DIRECTOR}),
    "return_draft": frozenset({_R.MEDICAL_DIRECTOR}),
    "override_finding": frozenset({_R.MEDICAL_DIRECTOR}),
    "issue_determination": frozenset({_R.MEDICAL_DIRECTOR}),
    "record_receipt": frozenset({_R.CASE_MANAGER}),
    "publish_determination": frozenset({_R.ADMINISTRATIVE_DIRECTOR}),
    "close_case": frozenset({_R.CASE_MANAGER}),
    "export_case": frozenset({_R.AUDITOR, _R.CASE_MANAGER}),
    "set_aside_replay": frozenset({_R.SYSTEM_ADMINISTRATOR}),
}

# What only the reviewer selected for the case may do, whoever else holds the role.
ONLY_THE_SELECTED_REVIEWER = frozenset(
    {
        "accept_case",
        "decline_case",
        "read_pages",
        "write_summary",
        "walk_evidence",
        "decide_item",
        "explain_finding",
        "submit_draft",
    }
)


class Part(StrEnum):
    """A part of a case that somebody may or may not see."""

    STATUS = "status"
    """Number, state, priority, legal dates."""
    PARTIES = "parties"
    """Names and addresses."""
    ITEMS = "items"
    """What is disputed, diagnosis, findings on eligibility."""
    RECORDS = "records"
    """The case file: receipts, documents, pages."""
    PROTECTED = "protected"
    """Segments of the file under special protection (42 CFR Part 2, HIV, psychotherapy notes)."""
    REVIEW = "review"
    """The reviewer's work before issue: summary, evidence, drafts."""
    DETERMINATION = "determination"
    """The letter as issued."""
    CORRESPONDENCE = "correspondence"
    """Every paper that went out; a party sees those that went to it."""
    CONTACTS = "contacts"
    """Who called or wrote, about what."""
    REVIEWER = "reviewer"
    """Which reviewer (by pseudonym), and the reasons for and against every candidate."""
    EVENTS = "events"
    """The log: who did what, when."""
    FEE = "fee"


_OFFICE = frozenset({_R.INTAKE, _R.CASE_MANAGER, _R.MEDICAL_DIRECTOR})

SEES: dict[Part, frozenset[Role]] = {
    Part.STATUS: frozenset(Role),
    Part.PARTIES: _OFFICE | {_R.CREDENTIALING, _R.ADMINISTRATIVE_DIRECTOR} | PARTIES,
    Part.ITEMS: _OFFICE | {_R.CREDENTIALING, _R.ADMINISTRATIVE_DIRECTOR, _R.REVIEWER} | PARTIES,
    Part.RECORDS: _OFFICE | {_R.REVIEWER},
    # The reviewer of the case must read the whole file; that is the reason. Everybody else gives one.
    Part.PROTECTED: frozenset({_R.REVIEWER}),
    Part.REVIEW: frozenset({_R.REVIEWER, _R.MEDICAL_DIRECTOR}),
    Part.DETERMINATION: frozenset({_R.CASE_MANAGER, _R.MEDICAL_DIRECTOR, _R.ADMINISTRATIVE_DIRECTOR, _R.REVIEWER})
    | PARTIES,
    Part.CORRESPONDENCE: _OFFICE | {_R.ADMINISTRATIVE_DIRECTOR} | PARTIES,
    Part.CONTACTS: _OFFICE,
    Part.REVIEWER: frozenset({_R.CREDENTIALING, _R.MEDICAL_DIRECTOR}),
    Part.EVENTS: frozenset({_R.CASE_MANAGER, _R.MEDICAL_DIRECTOR, _R.ADMINISTRATIVE_DIRECTOR, _R.AUDITOR}),
    Part.FEE: frozenset({_R.CASE_MANAGER, _R.MEDICAL_DIRECTOR, _R.FINANCE, _R.ADMINISTRATIVE_DIRECTOR, _R.AUDITOR}),
}

# Looking at these is reading the case file: an event each time.
READINGS = frozenset(Part) - {Part.STATUS, Part.EVENTS, Part.FEE}

# What a reason, an event and a notice open for half an hour, to whom. The reviewer's identity is never opened this way.
BREAKABLE: dict[Part, frozenset[Role]] = {
    Part.PARTIES: frozenset({_R.AUDITOR}),
    Part.ITEMS: frozenset({_R.AUDITOR}),
    Part.RECORDS: frozenset({_R.ADMINISTRATIVE_DIRECTOR, _R.AUDITOR, _R.CREDENTIALING}),
    Part.PROTECTED: _OFFICE | {_R.ADMINISTRATIVE_DIRECTOR, _R.AUDITOR},
    Part.REVIEW: frozenset({_R.CASE_MANAGER, _R.AUDITOR}),
    Part.DETERMINATION: frozenset({_R.AUDITOR, _R.CREDENTIALING}),
    Part.CORRESPONDENCE: frozenset({_R.AUDITOR, _R.CREDENTIALING}),
    Part.CONTACTS: frozenset({_R.AUDITOR, _R.ADMINISTRATIVE_DIRECTOR}),
}
