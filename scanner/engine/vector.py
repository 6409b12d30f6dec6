"""The Hyperscan (Vectorscan) prefilter: all expressions in one pass.

Facts: https://intel.github.io/hyperscan/dev-reference/ ; a block-mode scan reports the end offset of
every match, in bytes; a scan releases the interpreter lock, so each thread needs its own prefilter.
"""

from collections.abc import Callable, Sequence

import hyperscan

from scanner.engine import Hits
from scanner.engine.expressions import Expression

_CASELESS = hyperscan.HS_FLAG_CASELESS
_ONCE = hyperscan.HS_FLAG_SINGLEMATCH


def compile_first(expressions: Sequence[Expression]) -> bytes:
    """Compile the first pass and return the database as bytes."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[
            (_literal(e.text) if e.literal else e.text.encode()) for e in expressions
        ],
        ids=list(range(len(expressions))),
        flags=[_CASELESS | (_ONCE if e.once else 0) for e in expressions],
    )
    return bytes(hyperscan.dumpb(database))


def compile_second(expressions: Sequence[str]) -> bytes:
    """Compile the shapes of the second pass (case matters) and return the database as bytes."""
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[text.encode() for text in expressions],
        ids=list(range(len(expressions))),
        flags=[0] * len(expressions),
    )
    return bytes(hyperscan.dumpb(database))


def _literal(text: str) -> bytes:
    return "".join(c if c.isalnum() and c.isascii() else "".join(f"\\x{b:02x}" for b in c.encode()) for c in text).encode()


class VectorPrefilter:
    """Hyperscan over both passes; the second database is loaded when it is first needed."""

    def __init__(self, first: bytes, second: Callable[[], bytes], gates_from: int) -> None:
        """Load the databases.

        Args:
            first: the compiled first pass.
            second: gives the compiled second pass when it is first needed.
            gates_from: number of the first expression that is a gate.
        """
        self._first = _load(first)
        self._second_bytes = second
        self._second: hyperscan.Database | None = None
        self._gates_from = gates_from

    def candidates(self, data: bytes) -> Hits:
        """Return the hits of the first pass."""
        found: list[tuple[int, int]] = []
        gates: list[int] = []
        limit = self._gates_from
        add = found.append

        def on_match(number: int, start: int, end: int, flags: int, context: object) -> None:
            if number >= limit:
                gates.append(number)
            else:
                add((number, end))

        self._first.scan(data, match_event_handler=on_match)
        return Hits(found, bool(gates))

    def values(self, data: bytes) -> Sequence[tuple[int, int]]:
        """Return (shape number, end offset), the end at most one byte past the value."""
        if self._second is None:
            self._second = _load(self._second_bytes())
        found: list[tuple[int, int]] = []
        self._second.scan(
            data, match_event_handler=lambda number, start, end, flags, context: found.append((number, end))
        )
        return found


def _load(content: bytes) -> hyperscan.Database:
    database = hyperscan.loadb(content, mode=hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database

