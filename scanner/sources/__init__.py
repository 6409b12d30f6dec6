"""The Source seam: where bytes come from, and where in the world a draft belongs.

A source yields blobs one at a time and never holds more than one blob's content. What it cannot
read it yields as ``Skipped``; what options leave out it counts in its ``coverage``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from scanner.models import Blob, Coverage, Draft, Skipped


class Source(Protocol):
    """Something to scan.

    Attributes:
        root: absolute folder that finding paths start at, or None (standard input).
        coverage: counted while ``blobs`` and ``attribute`` run.
    """

    root: str | None
    coverage: Coverage

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield every blob once, in an order that is the same on every run."""
        ...

    def split(self, parts: int) -> "Sequence[Source]":
        """Return at most ``parts`` picklable sources that together are this one."""
        ...

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Settle where each draft is: its path, commit and exposure; drop what is out of scope.

        A staged source drops secrets that the change did not add; a history source fans a draft
        out to one per path, with the commits that introduced it.
        """
        ...
