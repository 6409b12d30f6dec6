"""The values that names may bind, of all that stands behind telling words and assignments.

Hardly one in a thousand of the runs of characters there may be a secret. So those that were looked at
are remembered, and names that stand close together are asked about at once.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from scanner.context.around.surroundings import is_call
from scanner.context.values.lookalikes import may_be_secret
from scanner.engine.cutting import (
    ESCAPES,
    LONGEST_AGAIN,
    all_runs,
    groups_of,
    is_dense,
    runs_after,
    runs_behind,
    trim,
)
from scanner.engine.expressions import ASSIGNMENT, TAIL

_REMEMBERED = 100_000
"""Runs whose values are remembered; the versions of a file hold the same ones."""
_SIGN, _FAR_SIGN = 16, 96
"""Bytes between a name and the end of the hit that its assignment gave, at most; many where values are aligned."""


class BoundValues:
    """Finds the values that names may bind; remembers what it has seen."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[tuple[int, int], ...]] = {}
        self._quiet: set[bytes] = set()

    def told(self, data: bytes, words: list[int], assigned: list[int]) -> list[int]:
        """Return the ends of the names that may bind a secret, ascending.

        Args:
            data: the bytes.
            words: ends of telling words.
            assigned: ends of assignments to other names.
        """
        signs = {end - back for end in assigned if (back := _back(data, end))}
        places = sorted(signs.union(words))
        if is_dense(data, places) and not self._may_be(all_runs(data, places)):
            return []
        return [
            end
            for group in groups_of(places)
            if self._may_bind(data, group)
            for end in group
            if end in signs or TAIL.match(data, end)
        ]

    def values(self, data: bytes, told: list[int]) -> Iterator[tuple[int, int]]:
        """Yield the values that names with these ends may bind and that may be secrets by themselves."""
        for begin, stop in runs_after(data, told):
            start = begin + (data[begin - 1 : begin + 1] in ESCAPES)
            for low, high in self._values_of(data[start:stop]):
                if not is_call(data, start + low, start + high):
                    yield start + low, start + high

    def _may_bind(self, data: bytes, ends: Sequence[int]) -> bool:
        """Tell whether a run after one of these names, which stand close together, may be a secret."""
        return self._may_be(runs_behind(data, ends))

    def _may_be(self, runs: Sequence[bytes]) -> bool:
        """Tell whether one of these runs may be a secret. Hardly one may, and most were seen before."""
        quiet = self._quiet
        if quiet.issuperset(runs):
            return False
        return any(
            len(run) > LONGEST_AGAIN or self._values_of(run) for run in runs if run not in quiet
        )

    def _values_of(self, run: bytes) -> tuple[tuple[int, int], ...]:
        """Return the spans in a run of values that may be secrets by themselves."""
        known = self._known
        values = known.get(run)
        if values is not None:
            return values
        if run in self._quiet:
            return ()
        values = tuple(
            (low, high) for low, high in trim(run, 0, len(run)) if may_be_secret(run[low:high])
        )
        if len(run) <= LONGEST_AGAIN:
            if len(known) + len(self._quiet) > _REMEMBERED:
                known.clear()
                self._quiet.clear()
            if values:
                known[run] = values
            else:
                self._quiet.add(run)
        return values


def _back(data: bytes, end: int) -> int:
    """Return how many bytes before the end of a hit the sign of its assignment begins, or 0."""
    return _sign(data[max(0, end - _SIGN) : end]) or _sign(data[max(0, end - _FAR_SIGN) : end])


@lru_cache(maxsize=1 << 14)
def _sign(tail: bytes) -> int:
    """Return how many bytes before the end of these the sign of an assignment begins, or 0."""
    sign = ASSIGNMENT.search(tail)
    return len(tail) - sign.start() if sign is not None else 0
