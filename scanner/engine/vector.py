"""The Hyperscan (Vectorscan) prefilter: all expressions in one pass.

Facts: https://intel.github.io/hyperscan/dev-reference/ ; a block-mode scan reports the end offset of
every match, in bytes; a scan releases the interpreter lock, so each thread needs its own prefilter.
"""

from collections import defaultdict
from collections.abc import Sequence

import hyperscan

from scanner.engine import Hits
from scanner.engine.expressions import BOUND, RUN_EXPRESSIONS, Expression

GROUPS = 3
"""Databases of the first pass. Literals, triggers and names are kept apart: each kind is matched by
another engine inside, and together they are several times slower than one after the other."""


class UnusableExpressionError(Exception):
    """Hyperscan cannot run an expression (it has a look-around, say).

    Attributes:
        number: of the expression, as in the list that was compiled.
    """

    def __init__(self, number: int, reason: str) -> None:
        self.number = number
        super().__init__(reason)


def compile_group(expressions: Sequence[Expression], group: int) -> bytes:
    """Compile one group of the first pass and return the database as bytes, empty if it has none.

    Group 0 are literals (any case), group 1 triggers (case matters), group 2 names (any case).

    Raises:
        UnusableExpressionError: of the first that Hyperscan cannot run.
    """
    chosen = [(i, e) for i, e in enumerate(expressions) if _group(e) == group]
    if not chosen:
        return b""
    try:
        return _compile(chosen, group)
    except hyperscan.error:
        for one in chosen:  # the error of many does not say which
            try:
                _compile([one], group)
            except hyperscan.error as error:
                raise UnusableExpressionError(one[0], str(error)) from error
        raise


def _compile(chosen: Sequence[tuple[int, Expression]], group: int) -> bytes:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    caseless = 0 if group == 1 else hyperscan.HS_FLAG_CASELESS
    database.compile(
        expressions=[e.text.encode() for _, e in chosen],
        ids=[i for i, _ in chosen],
        flags=[caseless | (hyperscan.HS_FLAG_SINGLEMATCH if e.once else 0) for _, e in chosen],
        literal=group == 0,
    )
    return bytes(hyperscan.dumpb(database))


def compile_runs() -> bytes:
    """Compile the second pass and return the database as bytes."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    count = len(RUN_EXPRESSIONS)
    database.compile(
        expressions=[text.encode() for text in RUN_EXPRESSIONS],
        ids=list(range(count)),
        flags=[0] * count,
    )
    return bytes(hyperscan.dumpb(database))


def _group(expression: Expression) -> int:
    return 0 if expression.literal else 2 if expression.role == BOUND else 1


class VectorPrefilter:
    """Hyperscan over both passes; the second database is loaded when it is first needed."""

    def __init__(self, groups: Sequence[bytes], runs: bytes, gates_from: int) -> None:
        """Load the databases.

        Args:
            groups: the compiled groups of the first pass.
            runs: the compiled second pass.
            gates_from: number of the first expression that is a gate.
        """
        self._first = [_load(content) for content in groups if content]
        self._runs_bytes = runs
        self._runs: hyperscan.Database | None = None
        self._gates_from = gates_from

    def candidates(self, data: bytes) -> Hits:
        """Return the hits of the first pass."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        gates: list[int] = []
        limit = self._gates_from

        def on_match(number: int, start: int, end: int, flags: int, context: object) -> None:
            if number >= limit:
                gates.append(number)
            else:
                found[number].append(end)

        for database in self._first:
            database.scan(data, match_event_handler=on_match)
        return Hits(found, gates)

    def runs(self, data: bytes) -> list[int]:
        """Return an offset inside each run that a key may be in, at least 16 in."""
        if self._runs is None:
            self._runs = _load(self._runs_bytes)
        found: list[int] = []
        self._runs.scan(
            data, match_event_handler=lambda number, start, end, flags, context: found.append(end)
        )
        return found


def _load(content: bytes) -> hyperscan.Database:
    database = hyperscan.loadb(content, mode=hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database
