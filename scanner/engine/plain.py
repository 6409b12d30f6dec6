"""The plain prefilter, for machines without Hyperscan: slower, same findings.

Literals are searched in lower-cased bytes; expressions run with ``regex`` over all bytes. It may name
other places than Hyperscan does, but every place that holds a match is named by both.
"""

from collections.abc import Sequence
from typing import Any

import regex

from scanner.engine import Hits
from scanner.engine.expressions import GATE, Expression


class PlainPrefilter:
    """Literals and expressions, one after the other."""

    def __init__(self, first: Sequence[Expression], second: Sequence[str]) -> None:
        self._literals: list[tuple[int, bytes]] = []
        self._patterns: list[tuple[int, Any]] = []
        gates: list[str] = []
        for number, expression in enumerate(first):
            if expression.role == GATE:
                gates.append(expression.text)
            elif expression.literal:
                self._literals.append((number, expression.text.lower().encode()))
            else:
                self._patterns.append((number, regex.compile(expression.text.encode(), regex.I)))
        self._gate = regex.compile("|".join(gates).encode(), regex.I) if gates else None
        self._shapes = [(number, text) for number, text in enumerate(second)]
        self._compiled: list[tuple[int, Any]] = []

    def candidates(self, data: bytes) -> Hits:
        """Return the hits of the first pass."""
        found: list[tuple[int, int]] = []
        lower = data.lower()
        for number, word in self._literals:
            at = lower.find(word)
            while at >= 0:
                found.append((number, at + len(word)))
                at = lower.find(word, at + 1)
        for number, pattern in self._patterns:
            found += ((number, hit.end()) for hit in pattern.finditer(data, overlapped=True))
        return Hits(found, self._gate is not None and self._gate.search(data) is not None)

    def values(self, data: bytes) -> Sequence[tuple[int, int]]:
        """Return (shape number, end offset), the end at most one byte past the value."""
        if not self._compiled:
            self._compiled = [(number, regex.compile(text.encode())) for number, text in self._shapes]
        return [
            (number, hit.end())
            for number, pattern in self._compiled
            for hit in pattern.finditer(data, overlapped=True)
        ]
