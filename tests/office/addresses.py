"""Every address of the office, from the URL table itself: a page that is added is swept without anybody's doing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from evenhand.office.people.access import Access, rule_of


@dataclass(frozen=True, kw_only=True)
class Address:
    """One line of the URL table: its name, the view behind it, what must be filled in to make an address of it."""

    name: str
    route: str
    view: Any
    parameters: tuple[str, ...]

    @property
    def rule(self) -> Access | None:
        """To whom the view is open; `None` where nobody said."""
        return rule_of(self.view, self.name)

    def __str__(self) -> str:
        return self.name or self.route


def addresses() -> tuple[Address, ...]:
    """All of them, in the order of the table."""
    return tuple(_below(get_resolver().url_patterns, "", "", ()))


def _below(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str, outer: tuple[str, ...]
) -> Iterator[Address]:
    for entry in patterns:
        names = outer + _parameters(entry.pattern)
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _below(entry.url_patterns, here, inner, names)
        else:
            yield Address(name=f"{namespace}{entry.name or ''}", route=here, view=entry.callback, parameters=names)


def _parameters(pattern: Any) -> tuple[str, ...]:
    if isinstance(pattern, RoutePattern):
        return tuple(pattern.converters)
    if isinstance(pattern, RegexPattern):
        return tuple(pattern.regex.groupindex)
    return ()
