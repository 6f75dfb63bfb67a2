"""The tables of roles as a page that people can read: `python -m evenhand.office.people.tables > docs/permissions.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evenhand.office.people.roles import BREAKABLE, PARTIES, PERMISSIONS, SEES, Part, Role

BEFORE = """# Who may do and see what

Made from `src/evenhand/office/people/roles.py`, which is what the office asks; a test holds the two together. Whatever is
not listed is refused. Staff enter every case, a reviewer only the case that he or she was selected for, a party only its own.

An employer has no role. It learns of a case through its claims administrator and sees nothing medical here (Lab. Code 3762(c)).
"""
WORDS = {
    Part.STATUS: "number, state, legal dates",
    Part.PARTIES: "names and addresses",
    Part.ITEMS: "what is disputed, findings on eligibility",
    Part.RECORDS: "the case file",
    Part.PROTECTED: "pages under special protection",
    Part.REVIEW: "the reviewer's work before issue",
    Part.DETERMINATION: "the letter as issued",
    Part.CORRESPONDENCE: "papers that went out (a party: its own)",
    Part.CONTACTS: "contact log",
    Part.REVIEWER: "which reviewer, and why",
    Part.EVENTS: "the log",
    Part.FEE: "the fee",
}


def page() -> str:
    """The page, as Markdown."""
    return "\n".join([BEFORE, *_parts(), "", *_acts(), ""])


def _parts() -> Iterator[str]:
    yield "## What each role sees of a case\n"
    yield "Looking at anything but status, log and fee is written down. What a reason opens is open for half an hour; the medical"
    yield "director and the auditors are told.\n"
    yield "| part | staff | parties | with a reason |"
    yield "|---|---|---|---|"
    for part in Part:
        sees = SEES[part]
        parties = "all" if sees >= PARTIES else _names(sees & PARTIES)
        yield f"| {WORDS[part]} | {_names(sees - PARTIES)} | {parties} | {_names(BREAKABLE.get(part, ()))} |"


def _acts() -> Iterator[str]:
    yield "## What each role does\n"
    yield "| act | role |"
    yield "|---|---|"
    for name, roles in PERMISSIONS.items():
        yield f"| {name.replace('_', ' ')} | {_names(roles)} |"


def _names(roles: Iterable[Role]) -> str:
    given = set(roles)
    return ", ".join(role.words for role in Role if role in given) or "–"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 its output is the page
