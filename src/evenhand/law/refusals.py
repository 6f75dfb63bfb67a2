"""The law's refusal: a question that the pack cannot answer, in words."""

from __future__ import annotations


class Refused(ValueError):
    """What was asked, why it cannot be answered, and what to do: always one or more full sentences."""
