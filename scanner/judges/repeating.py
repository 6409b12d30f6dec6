"""Values in rows of data: where many of one sort in one column were nothing, the next ones are looked at no more.

An export of orders has ten thousand ids in a column, and what a judge says of one it says of all. Only values
whose neighbourhood is nothing but such rows are left out; the first of each sort are judged as any value is.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from scanner.context.values.lookalikes import is_name_like
from scanner.lazy import lazy_compile
from scanner.models import Match

REASON = "one of many in rows of data, which were nothing"
_FEWEST = 200
"""Values of a text from which on its rows are looked at."""
_ENOUGH = 30
"""Values of a sort that must have been judged, one after the other, before the next are left out."""
_NEAR, _REACH, _OFTEN = 15, 100, 5
"""Lines around a value that must be rows; lines around it in which the like of each stands so many times."""
_SHORTEST = 16
"""Characters of values that are left out: shorter ones are chosen by people at times, one unlike the other."""
_LONGEST_LINE = 1000
_DRAWN = lazy_compile(rb"(?<![A-Za-z0-9_+/\-])[A-Za-z_+/\-]*[0-9][A-Za-z0-9_+/=\-]*")
_WORD = lazy_compile(rb"[A-Za-z]{5,}")
_SYMBOL = lazy_compile(rb"\"([A-Z]{2,6})\"")
_NO_SYMBOLS = frozenset(
    b"API KEY KEYS PASS PWD PW PIN PK SK SEED SALT AUTH SECRET TOKEN OKX OKEX HTX MEXC GATE KRAKEN BYBIT".split()
)
"""What is traded, which differs from row to row, and words of that form that tell more."""


def form_of(line: bytes) -> bytes:
    """Return a line with a 0 for each of its numbers and random texts; its words stay.

    >>> form_of(b'{"orderId": 8134, "clientOrderId": "x8Kq2ZwP"}')
    b'{"orderId": 0, "clientOrderId": "0"}'
    """
    return _WORD.sub(_spared, _SYMBOL.sub(_traded, _DRAWN.sub(b"0", line)))


def _traded(found: "re.Match[bytes]") -> bytes:
    return found.group() if found[1] in _NO_SYMBOLS else b'"0"'


def _spared(found: "re.Match[bytes]") -> bytes:
    word = found.group()
    return word if is_name_like(word) else b"0"


class Rows:
    """What was judged of the values of one text, by what their lines look like."""

    def __init__(self, data: bytes, matches: Sequence[Match]) -> None:
        """Look at a text of many values; one of few has none of this."""
        self._data = data
        self._starts: list[int] = []
        self._forms: list[int] = []
        self._places: list[list[int]] = []
        self._nothing: dict[tuple[object, ...], tuple[int, int]] = {}
        if len(matches) >= _FEWEST:
            self._read()

    def is_known(self, match: Match) -> bool:
        """Tell whether values of its sort in such a row were nothing, again and again just before it."""
        sort = self._sort(match)
        if sort is None:
            return False
        line, times = self._nothing.get(sort, (0, 0))
        here = self._line(match)
        if times < _ENOUGH or here - line > _REACH or not self._is_among_rows(here):
            return False
        self._nothing[sort] = here, times
        return True

    def note(self, match: Match, verdict: Match) -> None:
        """Learn what was judged of a value."""
        sort = self._sort(match)
        if sort is not None:
            line, here = self._nothing.get(sort, (0, 0))[0], self._line(match)
            times = self._nothing.get(sort, (0, 0))[1] if here - line <= _REACH else 0
            is_nothing = verdict.rejected is not None or verdict.score <= 0
            self._nothing[sort] = here, times + 1 if is_nothing else 0

    def _read(self) -> None:
        """Sort the lines of the text by their forms."""
        numbers: dict[bytes, int] = {}
        at = 0
        for line in _parted(self._data).split(b"\n"):
            form = form_of(line) if len(line) <= _LONGEST_LINE else line[:1] + b"\n"
            number = numbers.setdefault(form, len(numbers))
            if number == len(self._places):
                self._places.append([])
            self._places[number].append(len(self._starts))
            self._starts.append(at)
            self._forms.append(number)
            at += len(line) + 1

    def _line(self, match: Match) -> int:
        return bisect_left(self._starts, match.start + 1) - 1

    def _sort(self, match: Match) -> tuple[object, ...] | None:
        """Return what the values of a column have in common: rule, row, what is before them, letters; None for none."""
        size = match.end - match.start
        if not self._starts or size < _SHORTEST:
            return None
        line = self._line(match)
        value = self._data[match.start : match.end]
        before = form_of(self._data[max(self._starts[line], match.start - 200) : match.start])
        return match.rule.id, self._forms[line], before, size, _kinds(value)

    def _is_among_rows(self, line: int) -> bool:
        """Tell whether all lines around a line have the like of them nearby."""
        around = set(self._forms[max(0, line - _NEAR) : line + _NEAR + 1])
        return all(self._is_common(form, line) for form in around)

    def _is_common(self, form: int, line: int) -> bool:
        places = self._places[form]
        low = bisect_left(places, line - _REACH)
        return len(places) - low >= _OFTEN and places[low + _OFTEN - 1] <= line + _REACH


def _parted(data: bytes) -> bytes:
    """Return a text, as long as it was, with the objects of lists that are one long line each on a line.

    >>> _parted(b'[' + b'{"id": 1}, ' * 120 + b'{}]').count(b"\\n")
    120
    """
    if max(map(len, data.split(b"\n"))) <= _LONGEST_LINE:
        return data
    return (
        data.replace(b"}, {", b"},\n{")
        .replace(b"},{", b"}\n{")
        .replace(b"], [", b"],\n[")
        .replace(b"],[", b"]\n[")
    )


def _kinds(value: bytes) -> tuple[bool, ...]:
    """Return which letters a value has: small, capital, digits, others, and whether all are hexadecimal."""
    rest = value.translate(None, b"0123456789abcdef")
    letters = value.translate(None, b"0123456789")
    return (
        value.upper() != value,
        value.lower() != value,
        len(letters) < len(value),
        not letters.isalpha(),
        not rest,
    )
