"""All forms of acts by name, and what is not a form here, with the reason."""

from __future__ import annotations

from evenhand.office.people.roles import PERMISSIONS
from evenhand.office.site.staff.acts import (
    evidence,
    findings,
    intake,
    issue,
    papers,
    parties,
    privacy,
    records,
    reviewing,
)
from evenhand.office.site.staff.acts.form import ActForm

_FORMS: dict[str, type[ActForm]] = {
    form.name: form
    for module in (intake, records, reviewing, evidence, findings, issue, papers, parties, privacy)
    for form in module.FORMS
}
# In the order of the table of permissions, which is that of a case.
ACTS = {name: _FORMS[name] for name in PERMISSIONS if name in _FORMS}

# Acts that have no form among those of a case, and where they are done instead.
NOT_HERE: dict[str, str] = {
    "receive_application": "the page of intake: there is no case before it",
    "read_pages": "recorded when the selected reviewer opens a page of the file",
    "look_at_break_glass": "the page of the log, where what was opened with a reason stands in one list",
    "register_reviewers": "the register belongs to no case",
    "open_identity": "a reviewer's identity belongs to no case and is never shown beside one",
    "set_aside_replay": "only for what a script played; done by the command that plays it anew",
    "open_account": "the pages of accounts",
    "invite": "the pages of accounts",
    "grant_role": "the pages of accounts",
    "revoke_role": "the pages of accounts",
    "deactivate_account": "the pages of accounts",
    "reactivate_account": "the pages of accounts",
    "reset_second_factor": "the pages of accounts",
    "end_sessions": "the pages of accounts",
    "unlock_account": "the pages of accounts",
    "make_print_batch": "the mail room: a batch holds papers of many cases",
    "reprint_batch": "the mail room: a batch holds papers of many cases",
    "mark_batch_mailed": "the mail room: a batch holds papers of many cases",
}
