"""The engine: one pass over the bytes finds where something may be, small windows confirm it.

The Prefilter may name too many places, never too few; what it names is confirmed by the same code
whichever prefilter is used, so Hyperscan and the plain fallback give the same matches.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from scanner.models import Match

LEAST_BYTES = 2048
"""Shorter texts are not worth remembering: to search them is as fast."""


class Hits(NamedTuple):
    """Places where something may be.

    Attributes:
        ends: offsets in bytes just past the hits, by the number of the expression.
        gates: numbers of the expressions that tell a system somewhere in the bytes, so that bare
            values are worth a look.
    """

    ends: dict[int, list[int]]
    gates: list[int]


class Prefilter(Protocol):
    """Runs many expressions over bytes at once."""

    def candidates(self, data: bytes) -> Hits:
        """Return the hits of the first pass."""
        ...

    def runs(self, data: bytes) -> Sequence[int]:
        """Return an offset in each run of 16 or more characters that a key may be in, at least 16 in."""
        ...


class Searcher(Protocol):
    """Finds matches in bytes."""

    def search(self, data: bytes) -> list[Match]:
        """Return the matches in the bytes, in order of place, without repeats."""
        ...


class Recalled(NamedTuple):
    """What a text holds.

    Attributes:
        matches: as ``Searcher.search`` returns them.
        is_encoded: whether something in it is to be decoded in place.
    """

    matches: list[Match]
    is_encoded: bool


class Recaller(Protocol):
    """Remembers texts and gives what a ``Searcher`` gives, sooner where they repeat."""

    def recall(self, data: bytes, layers: tuple[str, ...] = ()) -> Recalled | None:
        """Return what a text holds; None if it must be searched as a whole.

        ``layers``: what it was decoded from; texts of one sort are more alike.
        """
        ...
