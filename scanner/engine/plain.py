"""The plain prefilter, for machines without Hyperscan: slower, same findings.

Literals are searched in lower-cased bytes; expressions run with ``regex`` over all bytes. It may name
other places than Hyperscan does, but every place that holds a match is named by both.
"""

from collections.abc import Callable, Sequence
from typing import Any

import regex

from scanner.engine import Hits
from scanner.engine.expressions import BOUND, GATE, RUN_EXPRESSIONS, Expression
from scanner.errors import RuleError
from scanner.patience import Patience


class PlainPrefilter:
    """Literals and expressions, one after the other."""

    def __init__(self, first: Sequence[Expression], is_own: Callable[[int], bool]) -> None:
        """Take the expressions; ``is_own`` tells of a rule's index whether it ships with keysweep."""
        self._literals: list[tuple[int, bytes]] = []
        self._patterns: list[tuple[int, Any]] = []
        self._gates: list[tuple[int, bytes]] = []
        self._patience: dict[int, Patience] = {}
        for number, expression in enumerate(first):
            if expression.role == GATE:
                self._gates.append((number, _lower(expression.text)))
            elif expression.literal:
                self._literals.append((number, _lower(expression.text)))
            else:
                flags = regex.I if expression.role == BOUND else 0
                if expression.role.isdecimal() and not is_own(int(expression.role)):
                    self._patience[number] = Patience()
                self._patterns.append((number, regex.compile(expression.text.encode(), flags)))
        self._runs = [regex.compile(text.encode()) for text in RUN_EXPRESSIONS]

    def candidates(self, data: bytes) -> Hits:
        """Return the hits of the first pass."""
        found: dict[int, list[int]] = {}
        lower = data.lower()
        for number, word in self._literals:
            at = lower.find(word)
            while at >= 0:
                found.setdefault(number, []).append(at + len(word))
                at = lower.find(word, at + 1)
        for number, pattern in self._patterns:
            ends = self._ends(number, pattern, data)
            if ends:
                found[number] = ends
        return Hits(found, [number for number, word in self._gates if word in lower])

    def _ends(self, number: int, pattern: Any, data: bytes) -> list[int]:
        """Return the ends of an expression's hits; one of a rule that is not ours has only so much time.

        Raises:
            RuleError: it takes too long.
        """
        patience = self._patience.get(number)
        if patience is None:
            return [hit.end() for hit in pattern.finditer(data, overlapped=True)]

        def search(left: float) -> list[int]:
            return [hit.end() for hit in pattern.finditer(data, overlapped=True, timeout=left)]

        try:
            return patience.run(len(data), search)
        except TimeoutError as error:
            shown = pattern.pattern.decode("ascii", "backslashreplace")
            raise RuleError("patterns", None, f"trigger {shown!r}: takes too long") from error

    def runs(self, data: bytes) -> list[int]:
        """Return an offset in each run of 16 or more characters that a key may be in, as Hyperscan does."""
        return sorted(hit.end() for run in self._runs for hit in run.finditer(data))


def _lower(text: str) -> bytes:
    """Lower ASCII letters alone, as ``bytes.lower`` does with what is searched."""
    return text.encode().lower()
