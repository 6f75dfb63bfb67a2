"""What a made-up letter asks for, and how it is named: facts first, words from templates, so that a planted fact changes the words alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).with_name("data")


@cache
def data(name: str) -> Any:
    """One of the word lists beside this file."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True, kw_only=True)
class Request:
    """One disputed treatment as facts."""

    kind: str
    site: str
    part: str
    """The part of the body without its side."""
    side: str | None = None
    level: str | None = None
    quantity: int | None = None
    times: int | None = None
    weeks: int | None = None
    hours: int | None = None
    dose: str | None = None
    drug: str | None = None
    form: str | None = None
    acquisition: str | None = None
    service: date | None = None
    operation: str | None = None

    @property
    def where(self) -> str:
        """The part with its side."""
        return f"{self.side} {self.part}" if self.side else self.part


@dataclass(frozen=True, kw_only=True)
class Name:
    """How one sentence calls the request."""

    template: str
    item: int
    capital: bool = False

    def of(self, request: Request) -> str:
        """The name's words for a request."""
        words = named(self.template, request)
        return upper(words) if self.capital else words


@dataclass
class Sentence:
    """A sentence with its role; `marked` holds a mark instead of each name, so that the names can be changed."""

    role: str
    marked: str
    names: dict[str, Name] = field(default_factory=dict)

    def text(self, requests: dict[int, Request]) -> str:
        """The sentence with its names."""
        words = self.marked
        for mark, name in self.names.items():
            words = words.replace(mark, name.of(requests[name.item]))
        return words


def upper(words: str) -> str:
    """The words with a capital at their head."""
    return words[:1].upper() + words[1:]


def named(template: str, request: Request) -> str:
    """A template of kinds.yaml filled with the request's facts."""
    lower_limb = data("sites")[request.site]["limbs"] == "legs"
    operation = _operation(request)
    return template.format(
        part=request.where,
        Part=upper(request.where),
        bare=request.part,
        level=request.level or "",
        qty=request.quantity or "",
        times=request.times or "",
        weeks=request.weeks or "",
        hours=request.hours or "",
        dose=request.dose or "",
        drug=request.drug or "",
        Drug=upper(request.drug or ""),
        form=request.form or "",
        acq=request.acquisition or "",
        Acq=upper(request.acquisition or ""),
        service=f"{request.service:%m/%d/%Y}" if request.service else "",
        limbs=data("sites")[request.site]["limbs"],
        limb_heading="lower extremities" if lower_limb else "upper extremities",
        operation=operation,
        Operation=upper(operation),
    )


def _operation(request: Request) -> str:
    if not request.operation:
        return ""
    if request.level:
        region = request.part.removesuffix(" spine")
        return f"{region} {request.operation} at {request.level}"
    return f"{request.operation} of the {request.where}"
