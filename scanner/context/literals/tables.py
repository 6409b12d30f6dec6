"""Cells of tables whose heading row names a secret: ``name,url,username,password`` and ``key,value``.

Nothing on a row binds its cells. So the columns of the heading are read first, and then the cells below
the telling ones, whole: a password there is no run of characters that a key is made of. A text may be one
table, its first line the heading, or hold tables that are drawn with bars, as Markdown has them.
"""

from collections.abc import Iterator

from scanner.context.layout.columns import heading_span
from scanner.context.layout.grids import grids
from scanner.context.literals.headings import HEADING, Columns, of_row, told_by, told_in_page
from scanner.context.literals.named import Literal
from scanner.lazy import lazy_compile

_MOST_COLUMNS = 200
_HEADING = lazy_compile(rb"[\w\x80-\xff /\-\"',;\t]{3,4000}\r?")
_MARK = lazy_compile(rb"[,;\t]")
_VALUE = lazy_compile(rb'(?:"((?:[^"\r\n]|""){0,4096})"|([^"\r\n,;\t]{0,4096}))')
_ONE_WORD = lazy_compile(rb"(?!\d{1,4}(?:[-/.:]\d{1,4}){1,3}\Z)[^\s]+")
"""What a cell of such a table has if it is a secret: no sentence, no date and no version."""


def cells(data: bytes) -> Iterator[Literal]:
    r"""Yield the cells that the heading row of a table, or the name beside them, calls a secret.

    >>> [(one.name, one.kind) for one in cells(b"host,user,password\ndb,app,x7Kq2w\n")]
    [('password', 'password')]
    """
    yield from _drawn(data)
    low, stop = heading_span(data)
    is_row = _HEADING.fullmatch(data, low, stop) and _MARK.search(data, low, stop)
    columns = _columns(data[low:stop]) if is_row else None
    if columns is None:
        return
    at = stop + 1
    while True:
        end = data.find(b"\n", at)
        row = _row(data, at, end if end >= 0 else len(data), columns.mark)
        if len(row) == columns.width:
            yield from of_row(data, row, columns)
        if end < 0:
            return
        at = end + 1


def _columns(heading: bytes) -> Columns | None:
    """Return what a heading row tells, None if it is none or names no secret."""
    for mark in (b",", b";", b"\t"):
        names = [
            name.strip(" \r\"'\ufeff")
            for name in heading.decode("utf-8", "replace").split(mark.decode())
        ]
        if not 2 <= len(names) <= _MOST_COLUMNS or not all(map(HEADING.fullmatch, names)):
            continue
        columns = told_by(names, mark)
        if columns is not None:
            return columns
    return None


def _drawn(data: bytes) -> Iterator[Literal]:
    """Yield the cells of tables drawn with bars that a heading, or the name beside them, calls a secret."""
    for grid in grids(data):
        columns = told_in_page(grid.headings)
        least = 4
        if (
            columns is None and len(grid.headings) == 2
        ):  # a name and its value, whatever the headings say
            columns, least = Columns(b"", 2, {}, 0, 1), 6
        if columns is None:
            continue
        for row in grid.rows(data):
            for one in of_row(data, row, columns):
                if one.end - one.start >= least and _ONE_WORD.fullmatch(data, one.start, one.end):
                    yield one


def _row(data: bytes, at: int, end: int, mark: bytes) -> list[tuple[int, int]]:
    """Return the spans of a row's cells, without their quotes; none if it is no row."""
    spans: list[tuple[int, int]] = []
    while len(spans) <= _MOST_COLUMNS:
        cell = _VALUE.match(data, at, end)
        if cell is None:
            return []
        spans.append(cell.span(1) if cell.group(1) is not None else cell.span(2))
        at = cell.end()
        if at >= end or data[at : at + 1] == b"\r":
            return spans
        if data[at : at + 1] != mark:
            return []
        at += 1
    return []
