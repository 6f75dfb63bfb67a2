"""Who writes and who is written to, as a letter or a notice shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.law.facts import Means
from evenhand.typesetting.document import AddressBlock, Letterhead


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """The review organisation as its letterhead shows it. Configuration of an office, never a reviewer's data."""

    name: str
    address_lines: tuple[str, ...]
    phone: str
    email: str | None = None
    tagline: str = ""
    signatory_title: str = "Medical Director"
    signatory_name: str = ""
    """The medical director's own name, only where the organisation wants it printed."""


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody a paper goes to: the role's key (`employee`, `administrative_director`), name, address lines, means of
    service."""

    role: str
    name: str
    lines: tuple[str, ...] = ()
    means: Means = Means.MAIL


@dataclass(frozen=True, kw_only=True)
class Service:
    """Who declares that the paper was served, from where, on what day, and on whom."""

    declarant: str
    declarant_title: str
    served_on: date
    served_from: tuple[str, ...]
    recipients: tuple[Recipient, ...]


def letterhead(organisation: Organisation) -> Letterhead:
    """The head of every paper of the organisation."""
    reach = (organisation.phone, *((organisation.email,) if organisation.email else ()))
    return Letterhead(
        organisation=organisation.name, tagline=organisation.tagline, lines=(*organisation.address_lines, *reach)
    )


def address_block(recipient: Recipient, note: str) -> AddressBlock:
    """The addressee, under a note on when and how the paper was served."""
    return AddressBlock(lines=(recipient.name, *recipient.lines), note=note)


def running_line(organisation: Organisation, case_number: str, case_number_words: str) -> str:
    """What stands at the foot of every page, before the page number."""
    return f"{organisation.name} | {case_number_words} {case_number}"
