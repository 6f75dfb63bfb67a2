"""A reviewer's keyed tag in the events of a dispute: the same person there bears the same tag, and nothing else shows.

    tag_of("IMR-2015-0001", "R-1001", key)   # "T-5f0c…", 128 bits of HMAC-SHA256

Without the key nobody can tell whose tag it is, not even by trying every identifier of the register, nor whether two
disputes went to the same reviewer. With the key an auditor computes it anew. Pure: knows no database.
"""

from __future__ import annotations

import hashlib
import hmac

PREFIX = "T-"
# The role whose acts are tagged; `people.roles` names the others, and may not be imported from here.
TAGGED_ROLE = "reviewer"
# Chains that never leave the office and have to say who it was: accounts and the register.
INSIDE = ("people", "register")
# The end of the name of a chain of those who looked at a case; it is no part of a proof.
READS = "/reads"

_DIGITS = 32
_PURPOSE = "evenhand: reviewer in dispute"


def tag_of(dispute: str, reviewer: str, key: bytes) -> str:
    """The tag of `reviewer` in `dispute` (the number of its case), under the office's key of tags."""
    # The lengths keep "1" + "1A" apart from "11" + "A".
    said = f"{_PURPOSE}\n{len(dispute)}\n{dispute}\n{len(reviewer)}\n{reviewer}"
    return PREFIX + hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:_DIGITS]


def is_tag(text: str) -> bool:
    """Whether a text has the form of a tag."""
    digits = text.removeprefix(PREFIX)
    return text.startswith(PREFIX) and len(digits) == _DIGITS and set(digits) <= set("0123456789abcdef")


def is_tagged(chain: str, role: str) -> bool:
    """Whether the events of this chain bear tags in place of the names of those who act in this role."""
    return role == TAGGED_ROLE and chain not in INSIDE and not chain.endswith(READS)
