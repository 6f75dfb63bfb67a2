"""What the office says when it will not do something: what, why with the citation, what to do next."""

from __future__ import annotations


class Refused(Exception):
    """An act that the law, the state of the case or the office's rules do not allow. Nothing was changed."""

    def __init__(self, *, what: str, why: str, next: str) -> None:
        self.what, self.why, self.next = (words.rstrip(". ") for words in (what, why, next))
        super().__init__(f"{self.what}. Why: {self.why}. Next: {self.next}.")
