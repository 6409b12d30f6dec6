"""The search of one blob: prefilter hits become windows, windows become matches.

Three kinds of match come out: of a pattern rule, of a value that a name may bind (``BOUND_VALUE``), and
of a bare value with a shape that some system's keys have (``BARE_VALUE``). The context judge names the last two.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from scanner.checksums.promise import phrases_near
from scanner.context import literals
from scanner.context.lookalikes import of_itself
from scanner.engine import Hits, Prefilter
from scanner.engine.exports import is_export
from scanner.engine.expressions import BOUND, GATE, LITERAL, PHRASE, TAIL, Expression, own_form
from scanner.models import Evidence, Match, Rule, Shape
from scanner.rules import BARE_VALUE, BOUND_VALUE, LITERAL_VALUE, compile_pattern
from scanner.shapes import fits, pieces

TOKEN = re.compile(rb"[A-Za-z0-9+/_=.~$@!%^&*#?:|\-]{6,4096}")
"""A run of characters that a secret without blanks is made of; trimmed by ``_trim``."""
_RUN = re.compile(rb"[A-Za-z0-9+/_\-]{16,4096}")
_NEXT = re.compile(rb"""["'`]\s{0,8},\s{0,40}["'`]([^\s"'`]{6,48})["'`]""")
"""The argument after a value: a passphrase too short to be looked for anywhere."""
_REMEMBERED = 100_000
"""Runs whose values are remembered; the versions of a file hold the same ones."""
_LINE, _GAP = 48, 24
"""Base64 data: three runs of this many characters or more with at most a line break between."""
_LONGEST_RUN = 400
"""No value without a name is longer than this; images and bytecode are."""
_REACH_BACK = 96
"""Bytes before the end of a trigger in which its name begins."""
_LONGEST, _LONGEST_AGAIN = 4096, 256
"""Bytes of the longest value, and of one whose name follows another name at once."""
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
        self._by_length: dict[int, list[Shape]] = {}
        for shape in shapes:
            for length in range(shape.minimum, shape.maximum + 1):
                self._by_length.setdefault(length, []).append(shape)
        self._rules = rules
        self._own_form = own_form(rules)
        self._literal = [expression.literal for expression in expressions]
        self._values_in: dict[bytes, tuple[tuple[int, int], ...]] = {}
        self._phrases = {rule.system: rule for rule in rules if rule.check == "mnemonic"}
        self._compiled: dict[int, Any] = {}

    def search(self, data: bytes) -> list[Match]:
        """Return the matches in the bytes, in order of place, without repeats."""
        return self.confirm(data, self._prefilter.candidates(data))

    def confirm(self, data: bytes, hits: Hits) -> list[Match]:
        """Return the matches at the hits of the first pass."""
        found: dict[tuple[int, int, str], Match] = {}
        words: list[int] = []
        assigned: list[int] = []
        phrases: list[int] = []
        beside: list[int] = []
        by_rule: dict[int, list[int]] = {}
        for number, end in hits.ends:
            role = self._roles[number]
            if role == BOUND:
                (words if self._literal[number] else assigned).append(end)
            elif role == LITERAL:
                beside.append(end)
            elif role == PHRASE:
                phrases.append(end)
            elif role != GATE:
                by_rule.setdefault(int(role), []).append(end)
        for index, ends in by_rule.items():
            for match in self._confirm(data, index, ends):
                found[match.start, match.end, match.rule.id] = match
        for start, end, system in phrases_near(data, phrases):
            rule = self._phrases.get(system)
            if rule is not None:
                found[start, end, rule.id] = Match(rule, start, end)
        look = hits.gates or is_export(data)
        spans = dict.fromkeys(self._bare(data), BARE_VALUE) if look else {}
        spans.update(dict.fromkeys(self._bound(data, words, assigned), BOUND_VALUE))
        for (start, end), rule in spans.items():
            if of_itself(data[start:end]) is None:
                found[start, end, ""] = Match(rule, start, end)
        for one in literals.near(data, words, [*assigned, *beside]):
            told = Evidence(f"{one.kind}:{one.how}", one.name)
            found[one.start, one.end, LITERAL_VALUE.id] = Match(
                LITERAL_VALUE, one.start, one.end, evidence=(told,)
            )
        return sorted(found.values(), key=lambda match: (match.start, -match.end, match.rule.id))

    def _confirm(self, data: bytes, index: int, ends: list[int]) -> Iterator[Match]:
        rule = self._rules[index]
        pattern = self._compiled.get(index)
        if pattern is None:
            pattern = self._compiled[index] = compile_pattern(rule)
        for low, high in windows(ends, rule.width, len(data)):
            for hit in pattern.finditer(data, low, high):
                start, end = hit.span("secret")
                if end > start:
                    yield Match(rule, start, end)

    def _bound(
        self, data: bytes, words: list[int], assigned: list[int]
    ) -> Iterator[tuple[int, int]]:
        """Yield the values that names may bind.

        Args:
            data: the bytes.
            words: ends of telling words.
            assigned: ends of assignments to other names.
        """
        last = 0
        for end in sorted(words):
            if TAIL.match(data, end):
                # A name close behind another lies in a run that was cut already, mostly: a line of
                # nothing but "token=" must not cost its length for each of them.
                longest = _LONGEST if end - last > _REACH else _LONGEST_AGAIN
                yield from tokens_after(data, end, longest)
                last = end
        for low, high in windows(assigned, _REACH_BACK, len(data), after=0):
            for name in self._own_form.finditer(data, low, high):
                yield from tokens_after(data, name.end(1))

    def _spans(self, data: bytes) -> Iterator[tuple[int, int]]:
        for inside in self._prefilter.runs(data):
            run = _RUN.match(data, inside - 16)
            if run is not None:
                yield run.span()

    def _bare(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Yield the values that have the shape of some system's keys, in runs that are no words."""
        known = self._values_in
        for low, high in outside_base64(self._spans(data)):
            if high - low > _LONGEST_RUN:
                continue
            run = data[low : high + 2]  # the padding of base64 is no part of a run
            values = known.get(run)
            if values is None:
                if len(known) > _REMEMBERED:
                    known.clear()
                values = known[run] = tuple(self._values(run, high - low))
            for start, end in values:
                yield low + start, low + end
                following = _NEXT.match(data, low + end)
                if following:
                    yield following.span(1)

    def _values(self, run: bytes, size: int) -> Iterator[tuple[int, int]]:
        """Yield the spans in a run of ``size`` bytes that have the shape of some system's keys."""
        if of_itself(run[: min(size, 200)]) is not None:
            return
        for start, end in pieces(run, 0, len(run)):
            shapes = self._by_length.get(end - start, ())
            if shapes and any(fits(run[start:end], shape) for shape in shapes):
                yield start, end


def outside_base64(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the runs that are no lines of base64 data (images, fonts, certificates).

    >>> list(outside_base64([(0, 64), (65, 129), (130, 194), (300, 364)]))
    [(300, 364)]
    """
    lines: list[tuple[int, int]] = []
    for start, end in spans:
        if end - start < _LINE or (lines and start - lines[-1][1] > _GAP):
            if len(lines) < 3:
                yield from lines
            lines = []
        if end - start < _LINE:
            yield start, end
        else:
            lines.append((start, end))
    if len(lines) < 3:
        yield from lines


def windows(
    ends: Iterable[int], width: int, size: int, after: int | None = None
) -> Iterator[tuple[int, int]]:
    """Return merged half-open windows of ``width`` bytes before and ``after`` each end, in order.

    ``after`` is ``width`` if not given.

    >>> list(windows([10, 15, 100], 10, 105))
    [(0, 25), (90, 105)]
    """
    low = high = -1
    after = width if after is None else after
    for end in sorted(ends):
        if end - width > high:
            if high >= 0:
                yield max(0, low), min(size, high)
            low = end - width
        high = end + after
    if high >= 0:
        yield max(0, low), min(size, high)


def tokens_after(data: bytes, position: int, longest: int = _LONGEST) -> Iterator[tuple[int, int]]:
    """Return the spans of the values that may belong to a name that ends at ``position``.

    Runs of value characters that begin within a few dozen bytes, on this line or the next two, cut
    at separators (``name=value`` is two values) and freed from punctuation.
    """
    limit = min(len(data), position + _REACH)
    for run in TOKEN.finditer(data, position, min(len(data), limit + longest)):
        if run.start() >= limit:
            break
        yield from trim(data, run.start(), run.end())


_NAMED = re.compile(rb"(?:[A-Za-z_$][\w.\-]{0,200}=(?!=*$))+")
_STOP = re.compile(rb"[&|?]")
_MOST_PIECES = 8
_CUT = re.compile(rb"[^:|?&,]*?[A-Za-z0-9_\-\]](?::(?=[^/])|\|)")
_LEFT = b"=:.,;|&?-~*#!$@^%"
_RIGHT = b".,;:|&?!~*#$@^%"


def trim(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run into its values: after ``name=``, at inner ``:`` and ``|``, without edge punctuation."""
    named = _NAMED.match(data, start, end)
    if named:
        start = named.end()
    pieces = [(start, end)]
    position = start
    while len(pieces) < _MOST_PIECES:
        cut = _CUT.match(data, position, end)
        if not cut or cut.end() >= end:
            break
        position = cut.end()
        pieces.append((position, end))
    seen: set[tuple[int, int]] = set()
    for left, right in pieces:
        stops = [right]
        inner = _STOP.search(data, left, right)
        if inner:
            stops.append(inner.start())
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
