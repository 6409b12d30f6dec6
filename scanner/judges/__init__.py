"""The Judge seam: what is no secret is marked, what is one gains evidence.

A judge sees all matches of one blob at once, so it can pair a key with its secret. As many matches
come out as go in, in the same order; a judge rejects with a reason or moves the score, it never
deletes. Scores and thresholds are explained in docs/confidence.md.
"""

from collections.abc import Sequence
from typing import Protocol

from scanner.models import Blob, Match

UNTRIED = "too many hashes beside addresses: the rest was not tried as private keys"
"""The reason against a match that nobody has looked at for want of time: a scan must say so."""


class Judge(Protocol):
    """One opinion on the matches of a blob."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, marked and scored; same number, same order."""
        ...
