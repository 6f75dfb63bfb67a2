"""One verb, one function, one transaction, one audit row.

    @act("decide_eligibility")
    def decide_eligibility(*, actor: Actor, case: Case, on: date, ...) -> Event: ...

The decorator opens the transaction, locks the case, checks the permission, and holds the function to exactly one event. Where
somebody else was at work on the same thing (a deadlock, a lock waited for in vain, the same act done twice) it is refused in words.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from evenhand.office.databases import refused_when_busy
from evenhand.office.events.chain import appended
from evenhand.office.people.authorisation import require

P = ParamSpec("P")
R = TypeVar("R")


def act(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a function an act of the office under the permission `name`. Its arguments are keyword-only; `actor` is one of them."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def performed(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{name} takes keyword arguments only")
            case: Any = kwargs.get("case")
            with refused_when_busy(), transaction.atomic():
                if case is not None:
                    case.lock()
                require(kwargs["actor"], name, selected_reviewer=case.selected_reviewer if case is not None else None)  # type: ignore[arg-type]
                before = appended()
                result = function(*args, **kwargs)
                written = appended() - before
                if written != 1:
                    raise RuntimeError(f"{name} wrote {written} events; an act writes exactly one")
            return result

        performed.act = name  # type: ignore[attr-defined]
        return performed

    return wrap
