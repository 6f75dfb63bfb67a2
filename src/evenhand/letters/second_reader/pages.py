"""The checks' pages in the documentation: one for each check, and a list of all. `evenhand letters checks CODE` prints one."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.letters.second_reader.catalogue import Check, Craft, Required
from evenhand.letters.second_reader.finding import Profile
from evenhand.letters.second_reader.words import provision
from evenhand.programmes import DEFAULT

GROUPS = {
    "EH0": "Contents and decisions",
    "EH1": "The treatment: request, summary and rationale",
    "EH2": "Dates and ages",
    "EH3": "Evidence",
    "EH4": "Reasons",
    "EH5": "The reviewer",
    "EH6": "Writing",
    "EH7": "Privacy",
}


def all_pages(checks: Iterable[Check]) -> dict[str, str]:
    """File name to Markdown: the list of the checks and a page for each."""
    known = tuple(checks)
    return {"README.md": contents(known)} | {f"{check.code}.md": page(check) for check in known}


def page(check: Check) -> str:
    """The check's page in Markdown."""
    parts = [f"# {check.code}: {check.name}", check.says, *check.reads]
    parts += [
        f"**Severity:** {severity_words(check)}.",
        f"**Why:** {ground_words(check)}",
        f"**What to do:** {check.to_do}",
    ]
    return "\n\n".join(_one_line(part) for part in parts) + "\n"


def contents(checks: Iterable[Check]) -> str:
    """The list of all checks in Markdown, a table for each group."""
    known = list(checks)
    lines = [
        "# The second reader's checks",
        "",
        "Each check has a page. The pages are written from the checks themselves:",
        "",
        "    evenhand letters checks --out docs/second-reader",
    ]
    for group, title in GROUPS.items():
        rows = [check for check in known if check.code.startswith(group)]
        if rows:
            lines += ["", f"## {group}: {title}", "", "| code | severity | ground | looks for |", "|---|---|---|---|"]
            lines += [
                f"| [{check.code}]({check.code}.md) | {severity_words(check)} | {check.ground.value} | {_one_line(check.says)} |"
                for check in rows
            ]
    return "\n".join(lines) + "\n"


def severity_words(check: Check) -> str:
    """How grave it is, in words, by profile where it differs."""
    by_profile = {profile: check.severity_in(profile).value for profile in check.profiles}
    if len(by_profile) == 1:
        profile, severity = next(iter(by_profile.items()))
        return f"{severity} ({'before issue' if profile is Profile.ISSUE else 'in published letters'} only)"
    if len(set(by_profile.values())) == 1:
        return check.severity.value
    return f"{by_profile[Profile.ISSUE]} before issue, {by_profile[Profile.PUBLISHED]} in a published letter"


def ground_words(check: Check) -> str:
    """What it rests on, in words, with the provision where that is law."""
    match check.because:
        case Craft(says):
            return f"(craft) {says}"
        case Required(codes):
            named = ", ".join(f"`{code}`" for code in codes)
            return f"(law) What the law of the day requires in a determination: {named} in the pack's `determination_contents`."
        case law:
            return f"(law) {provision(law.code, DEFAULT).words()}"


def _one_line(text: str) -> str:
    """A paragraph on one line; code and lists keep theirs."""
    return text if text.startswith(("    ", "- ")) else " ".join(text.split())
