"""The search of one blob: prefilter hits become windows, windows become matches.

Three kinds of match come out: of a pattern rule, of a value that a name may bind (``BOUND_VALUE``), and
of a bare value with a shape that some system's keys have (``BARE_VALUE``). The context judge names the last two.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scanner.engine import Hits, Prefilter
from scanner.engine.expressions import BOUND, BOUND_NAME, GATE, KEY_NAME, Expression
from scanner.checksums.phrases import find_mnemonics
from scanner.models import Evidence, Match, Rule, Shape
from scanner.rules import BARE_VALUE, BOUND_VALUE, compile_pattern
from scanner.shapes import searcher

TOKEN = re.compile(rb"[A-Za-z0-9+/_=.~$@!%^&*#?:|\-]{6,4096}")
"""A run of characters that a secret without blanks is made of; trimmed by ``_trim``."""
_REACH = 56
"""Bytes after a name in which a value that it binds begins."""


class Engine:
    """Finds matches in bytes; built by wiring with either prefilter."""

    def __init__(
        self,
        prefilter: Prefilter,
        expressions: list[Expression],
        shapes: list[Shape],
        rules: tuple[Rule, ...],
    ) -> None:
        self._prefilter = prefilter
        self._roles = [expression.role for expression in expressions]
        self._shapes = shapes
        self._rules = rules
        self._compiled: dict[int, Any] = {}

    def search(self, data: bytes) -> list[Match]:
        """Return the matches in the bytes, in order of place, without repeats."""
        return self.confirm(data, self._prefilter.candidates(data))

    def confirm(self, data: bytes, hits: Hits) -> list[Match]:
        """Return the matches at the hits of the first pass."""
        found: dict[tuple[int, int, str], Match] = {}
        bound: list[int] = []
        by_rule: dict[int, list[int]] = {}
        for number, end in hits.ends:
            role = self._roles[number]
            if role == BOUND:
                bound.append(end)
            elif role != GATE:
                by_rule.setdefault(int(role), []).append(end)
        for index, ends in by_rule.items():
            for match in self._confirm(data, index, ends):
                found[match.start, match.end, match.rule.id] = match
        spans = set(self._bound(data, bound))
        bare = set(self._bare(data)) - spans if hits.gates else set()
        for start, end in spans:
            found[start, end, ""] = Match(BOUND_VALUE, start, end)
        for start, end in bare:
            found[start, end, ""] = Match(BARE_VALUE, start, end)
        return sorted(found.values(), key=lambda match: (match.start, -match.end))

    def _confirm(self, data: bytes, index: int, ends: list[int]) -> Iterator[Match]:
        rule = self._rules[index]
        if rule.pattern is None:
            for low, high in windows(ends, rule.width, len(data)):
                for start, end, what in find_mnemonics(data, low, high):
                    yield Match(rule, start, end, 0, (Evidence("words", what),))
            return
        pattern = self._compiled.get(index)
        if pattern is None:
            pattern = self._compiled[index] = compile_pattern(rule)
        for low, high in windows(ends, rule.width, len(data)):
            for hit in pattern.finditer(data, low, high):
                start, end = hit.span("secret")
                if end > start:
                    yield Match(rule, start, end)

    def _bound(self, data: bytes, ends: list[int]) -> Iterator[tuple[int, int]]:
        for low, high in windows(ends, 160, len(data)):
            for pattern in (BOUND_NAME, KEY_NAME):
                for name in pattern.finditer(data, low, high):
                    yield from tokens_after(data, name.end())

    def _bare(self, data: bytes) -> Iterator[tuple[int, int]]:
        for number, end in self._prefilter.values(data):
            shape = self._shapes[number]
            low = max(0, end - shape.maximum - 4)
            for hit in searcher(shape).finditer(data, low, min(len(data), end + 1)):
                yield hit.span()


def windows(ends: Iterable[int], width: int, size: int) -> Iterator[tuple[int, int]]:
    """Return merged half-open windows of ``width`` bytes either side of each end, in order.

    >>> list(windows([10, 15, 100], 10, 105))
    [(0, 25), (90, 105)]
    """
    low = high = -1
    for end in sorted(ends):
        if end - width > high:
            if high >= 0:
                yield max(0, low), min(size, high)
            low = end - width
        high = end + width
    if high >= 0:
        yield max(0, low), min(size, high)


def tokens_after(data: bytes, position: int) -> Iterator[tuple[int, int]]:
    """Return the spans of the values that may belong to a name that ends at ``position``.

    Runs of value characters that begin within a few dozen bytes, on this line or the next two, cut
    at separators (``name=value`` is two values) and freed from punctuation.
    """
    limit = min(len(data), position + _REACH)
    for run in TOKEN.finditer(data, position, min(len(data), limit + 4096)):
        if run.start() >= limit:
            break
        yield from trim(data, run.start(), run.end())


_CUT = re.compile(rb"[^=:|?&,]*?[A-Za-z0-9_\-\]](?:=(?!=*$)|:(?=[^/])|\|)")
_LEFT = b"=:.,;|&?-~*#!$@^%"
_RIGHT = b".,;:|&?!~*#$@^%"


def trim(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run into its values: at inner ``=``, ``:`` and ``|``, without punctuation at the edges."""
    pieces = [(start, end)]
    position = start
    while True:
        cut = _CUT.match(data, position, end)
        if not cut or cut.end() >= end:
            break
        position = cut.end()
        pieces.append((position, end))
    seen: set[tuple[int, int]] = set()
    for left, right in pieces:
        stops = [right]
        inner = _inner_stop(data, left, right)
        if inner:
            stops.append(inner)
        for stop in stops:
            a, b = left, stop
            while a < b and data[a] in _LEFT:
                a += 1
            while b > a and data[b - 1] in _RIGHT:
                b -= 1
            if b - a >= 6 and (a, b) not in seen:
                seen.add((a, b))
                yield a, b
                if data[a : a + 2] in (b"0x", b"0X") and b - a > 18:
                    yield a + 2, b


def _inner_stop(data: bytes, left: int, right: int) -> int:
    """Return where a value in a query string or list ends before the run does, 0 if it does not."""
    for position in range(left, right):
        if data[position] in b"&|?":
            return position
    return 0
