"""The second reader's checks as pages: what each looks for, how grave it is, what it rests on, what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from evenhand.letters.second_reader import Check, checks
from evenhand.letters.second_reader.pages import GROUPS, ground_words, severity_words
from evenhand.office.people.access import public

_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph, a list or a piece of code of a check's page."""

    kind: Literal["paragraph", "list", "code"]
    lines: tuple[tuple[tuple[str, bool], ...], ...]
    """Each line as stretches; `True` where one is code."""


@dataclass(frozen=True, kw_only=True)
class ShownCheck:
    """A check in words."""

    check: Check
    severity: str
    ground: str
    says: tuple[tuple[str, bool], ...]
    why: tuple[tuple[str, bool], ...]
    to_do: tuple[tuple[str, bool], ...]
    reads: tuple[Block, ...]


@public
@require_safe
def all_checks(request: HttpRequest) -> HttpResponse:
    """Every check, in its group."""
    known = [shown_check(check) for check in checks()]
    groups = [(title, [one for one in known if one.check.code.startswith(group)]) for group, title in GROUPS.items()]
    context = {"groups": [(title, rows) for title, rows in groups if rows], "total": len(known)}
    return render(request, "letter/checks.html", context)


@public
@require_safe
def one_check(request: HttpRequest, code: str) -> HttpResponse:
    """One check by its code, in any spelling of its letters."""
    known = {check.code: check for check in checks()}
    if code not in known:
        if code.upper() in known:
            return redirect("check", code=code.upper(), permanent=True)
        raise Http404
    codes = list(known)
    at = codes.index(code)
    context = {
        "shown": shown_check(known[code]),
        "group": next((title for group, title in GROUPS.items() if code.startswith(group)), ""),
        "before": codes[at - 1] if at else "",
        "after": codes[at + 1] if at + 1 < len(codes) else "",
    }
    return render(request, "letter/check.html", context)


def shown_check(check: Check) -> ShownCheck:
    """The check's facts, its Markdown taken apart."""
    return ShownCheck(
        check=check,
        severity=severity_words(check),
        ground="Law" if check.ground.value == "law" else "Craft",
        says=_stretches(check.says),
        why=_stretches(ground_words(check).removeprefix(f"({check.ground.value}) ")),
        to_do=_stretches(check.to_do),
        reads=tuple(_block(paragraph) for paragraph in check.reads),
    )


def _block(paragraph: str) -> Block:
    if paragraph.startswith("    "):
        return Block(kind="code", lines=tuple(((line[4:], True),) for line in paragraph.splitlines()))
    if paragraph.startswith("- "):
        entries = re.split(r"\n(?=- )", paragraph)
        return Block(kind="list", lines=tuple(_stretches(entry.removeprefix("- ")) for entry in entries))
    return Block(kind="paragraph", lines=(_stretches(paragraph),))


def _stretches(text: str) -> tuple[tuple[str, bool], ...]:
    """The text on one line, code told from words."""
    parts = _CODE.split(" ".join(text.split()))
    return tuple((part, at % 2 == 1) for at, part in enumerate(parts) if part)
