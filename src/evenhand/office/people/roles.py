"""Roles, and what each role may do. One table; whatever is not in it is refused."""

from __future__ import annotations

from evenhand.bundles.bundle import StaffRole

Role = StaffRole

_R = Role

PERMISSIONS: dict[str, frozenset[Role]] = {
    # people and register
    "open_account": frozenset({_R.SYSTEM_ADMINISTRATOR}),
    "register_reviewers": frozenset({_R.CREDENTIALING}),
    "open_identity": frozenset({_R.CREDENTIALING, _R.MEDICAL_DIRECTOR}),
    # intake
    "receive_application": frozenset({_R.INTAKE}),
    "screen_application": frozenset({_R.INTAKE}),
    "ask_information": frozenset({_R.INTAKE, _R.ADMINISTRATIVE_DIRECTOR}),
    "record_information": frozenset({_R.INTAKE}),
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
    # reviewer
    "select_reviewer": frozenset({_R.CREDENTIALING}),
    "accept_case": frozenset({_R.REVIEWER}),
    "read_pages": frozenset({_R.REVIEWER}),
    "write_summary": frozenset({_R.REVIEWER}),
    "walk_evidence": frozenset({_R.REVIEWER}),
    "decide_item": frozenset({_R.REVIEWER}),
    "submit_draft": frozenset({_R.REVIEWER}),
    # quality, issue, publication
    "open_quality_review": frozenset({_R.MEDICAL_DIRECTOR}),
    "return_draft": frozenset({_R.MEDICAL_DIRECTOR}),
    "issue_determination": frozenset({_R.MEDICAL_DIRECTOR}),
    "record_receipt": frozenset({_R.CASE_MANAGER}),
    "publish_determination": frozenset({_R.ADMINISTRATIVE_DIRECTOR}),
    "close_case": frozenset({_R.CASE_MANAGER}),
    "export_case": frozenset({_R.AUDITOR, _R.CASE_MANAGER}),
    "set_aside_replay": frozenset({_R.SYSTEM_ADMINISTRATOR}),
}

# What only the reviewer selected for the case may do, whoever else holds the role.
ONLY_THE_SELECTED_REVIEWER = frozenset(
    {"accept_case", "read_pages", "write_summary", "walk_evidence", "decide_item", "submit_draft"}
)
