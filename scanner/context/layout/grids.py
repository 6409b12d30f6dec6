"""Tables drawn with bars, as Markdown, Org and the clients of databases draw them: headings and rows of cells.

A table is told by the rule under its headings: ``|---|:--:|``, ``----+----``, ``+----+----+``.
"""

from collections.abc import Iterator
from typing import NamedTuple

from scanner.lazy import lazy_compile

_RULE = lazy_compile(
    rb"[ \t>*#/]{0,12}[|+]?[ \t]{0,8}:?-{1,400}:?[ \t]{0,8}"
    rb"(?:[|+][ \t]{0,8}:?-{1,400}:?[ \t]{0,8}){0,40}[|+]?[ \t\r]{0,8}"
)
_OPENS = frozenset(bytes((byte,)) for byte in b" \t>*#/|+:-")
"""What a rule may begin with."""
_LONGEST_LINE = 2000
_BEFORE = lazy_compile(rb"[ \t>*#/]{0,12}\|")
_CELL = lazy_compile(rb"(?:[^\\|\r\n]|\\[^\r\n]){0,2000}")
_DRESS = lazy_compile(
    rb"(?P<mark>\*{1,3}|__|`{1,2}|[\"'])(?P<a>.+)(?P=mark)|<(?P<tag>code|b|strong|kbd|tt)>(?P<b>.+)</(?P=tag)>"
)
"""Marks of emphasis, code or text around all of a cell."""

Span = tuple[int, int]


class Grid(NamedTuple):
    """A table: its headings as written, and where its rows begin.

    Attributes:
        headings: one a column.
        start: where its rows begin.
    """

    headings: tuple[str, ...]
    start: int

    def rows(self, data: bytes) -> Iterator[list[Span]]:
        """Yield the spans of the cells of each row that has as many as there are headings."""
        at = self.start
        while True:
            end = _line_end(data, at)
            if b"|" not in data[at:end] or _RULE.fullmatch(data, at, end):
                return  # up to the next rule, so that no line is read for two tables
            row = _cells(data, at, end)
            if len(row) == len(self.headings):
                yield row
            if end >= len(data):
                return
            at = end + 1


def grids(data: bytes) -> Iterator[Grid]:
    r"""Yield the tables of a text, in order.

    >>> data = b"| Host | **Key** |\n|---|---|\n| `db` | x7Kq |\n"
    >>> grid = next(grids(data))
    >>> grid.headings, [[data[slice(*cell)] for cell in row] for row in grid.rows(data)]
    (('Host', 'Key'), [[b'db', b'x7Kq']])
    """
    at = data.find(b"|")  # most texts have none, and one byte is found the fastest
    while at >= 0:
        end = _line_end(data, at)
        stop = _line_end(data, end + 1) if data[end + 1 : end + 2] in _OPENS else 0
        if stop and _RULE.fullmatch(data, end + 1, stop):
            cells = _cells(data, data.rfind(b"\n", max(0, at - _LONGEST_LINE), at) + 1, end)
            if len(cells) > 1:
                names = tuple(data[slice(*cell)].decode("utf-8", "replace") for cell in cells)
                yield Grid(names, stop + 1)
            end = stop
        at = data.find(b"|", end)


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at, at + _LONGEST_LINE)
    return end if end >= 0 else min(len(data), at + _LONGEST_LINE)


def _cells(data: bytes, low: int, high: int) -> list[Span]:
    """Return the spans of the cells of a line, without blanks and marks of emphasis or code around them."""
    opened = _BEFORE.match(data, low, high)
    at = opened.end() if opened else low
    spans: list[Span] = []
    while at <= high:
        cell = _CELL.match(data, at, high)
        if cell is None or (cell.end() >= high and opened and not cell.group().strip()):
            break
        spans.append(_undressed(data, *cell.span()))
        at = cell.end() + 1
        if data[cell.end() : at] != b"|":
            break
    return spans


def _undressed(data: bytes, low: int, high: int) -> Span:
    """Return the span of a cell's text; ``**`x`**`` has two marks around it."""
    for _ in range(3):
        cell = data[low:high]
        low, high = high - len(cell.lstrip()), low + len(cell.rstrip())
        inner = _DRESS.fullmatch(data, low, high) if low < high else None
        if inner is None:
            return low, max(low, high)
        low, high = inner.span("a" if inner["a"] else "b")
    return low, high
