"""The heading of a value's column: in HTML tables, in dumps and in rows of text.

A table may be long, so what heads it may be far above a value: the tables of a text are looked for once.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from scanner.context.layout.block import REACH_BEFORE
from scanner.context.layout.inserts import column_of, insert_of
from scanner.context.names.roles import kind_of
from scanner.lazy import lazy_compile

_HEADING = lazy_compile(r"[\w][\w /()\-]{0,39}$|[#№]$|$")
"""A cell of a heading row: a few words, no sentence and no code."""
_IMPORT = lazy_compile(r"(?:from[ ][\w.]{1,80}[ ])?import[ ][\w.*{]")
"""The first line of a program, whose names with commas between head nothing."""
_LONGEST_HEADING, _LONGEST_ROW = 4000, 8000
_REMARKS = lazy_compile(
    rb"(?:\xef\xbb\xbf)?(?:(?:(?:#|//|--)[^,;\t|\n]{0,200}|[ \t]{0,20}|sep=.)\r?\n){1,8}"
)
"""Lines above a heading: remarks that are no rows themselves, and which mark parts the cells."""
_BEGINS_REMARK = (b"#", b"/", b"-", b" ", b"\t", b"\r", b"\n", b"s", b"\xef")
_COPY = lazy_compile(rb"COPY[ ][^()\n]{1,120}\(([^()\n]{4,1200})\)[ ]FROM[ ]stdin", re.IGNORECASE)


_HEAD_CELL = lazy_compile(rb"<th(?:\s[^<>]{0,80})?>\s{0,8}([^<>]{1,40})")
_TABLE = lazy_compile(rb"<table")


class Table(NamedTuple):
    """Rows that something heads: where that ends, where the rows end, and the columns."""

    start: int
    end: int
    columns: tuple[str, ...]


class _Read:
    """The tables of the text looked at last, in order, and the columns of the one in HTML asked for last."""

    data: bytes | None = None
    copies: Sequence[Table] = ()
    has_heads = False
    html: Sequence[int] = ()
    at: int = -1
    columns: tuple[str, ...] = ()


def _read(data: bytes) -> None:
    if _Read.data is data:
        return
    copies = list(_COPY.finditer(data)) if b"stdin" in data or b"STDIN" in data else []
    begins = [found.start() for found in copies]
    _Read.copies = tuple(
        Table(found.end(), _end_of_copy(data, found.end(), following), _listed(found[1]))
        for found, following in zip(copies, [*begins, len(data)][1:], strict=True)
    )
    _Read.has_heads = b"<th" in data
    _Read.html = [t.start() for t in _TABLE.finditer(data)] if _Read.has_heads else []
    _Read.data, _Read.at = data, -1


def _end_of_copy(data: bytes, start: int, following: int) -> int:
    end = data.find(b"\n\\.", start, following)
    return end if end >= 0 else following


def _listed(columns: bytes) -> tuple[str, ...]:
    return tuple(name.strip(b' "').decode("latin-1") for name in columns.split(b","))


def copied(data: bytes, start: int) -> Table | None:
    """Return the rows that ``COPY t (...) FROM stdin`` is given, if ``start`` is in them."""
    _read(data)
    index = bisect_left(_Read.copies, (start,)) - 1
    return _Read.copies[index] if index >= 0 and start < _Read.copies[index].end else None


def _copied(data: bytes, start: int) -> tuple[str, ...]:
    table = copied(data, start)
    return table.columns if table is not None else ()


def _head_cells(data: bytes, start: int) -> tuple[str, ...]:
    """Return the headings of the HTML table that a value is in, those near above it where no table begins."""
    _read(data)
    if not _Read.has_heads:
        return ()
    index = bisect_left(_Read.html, start) - 1
    low = _Read.html[index] if index >= 0 else max(0, start - REACH_BEFORE)
    if index < 0 or start - low <= REACH_BEFORE:
        return _cells_between(data, low, start)
    if _Read.at != low:
        _Read.at, _Read.columns = low, _cells_between(data, low, low + REACH_BEFORE)
    return _Read.columns


def _cells_between(data: bytes, low: int, high: int) -> tuple[str, ...]:
    found = _HEAD_CELL.findall(data, low, high)
    return tuple(name.decode("latin-1").strip() for name in found)


def above(data: bytes, start: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    r"""Return what heads the columns of a value, however far above it: those of ``COPY``, and of an HTML table.

    >>> data = b"COPY t (id, key) FROM stdin;\n" + b"1\tx\n" * 2000
    >>> above(data, len(data) - 2)
    (('id', 'key'), ())
    """
    row = max(0, start - _LONGEST_ROW)
    in_row = data.find(b"\t", data.rfind(b"\n", row, start) + 1 or row, start) >= 0
    in_table = data.find(b"<td", max(0, start - REACH_BEFORE), start) >= 0
    return (
        _copied(data, start) if in_row else (),
        _head_cells(data, start) if in_table else (),
    )


_ROW_HEAD = lazy_compile(
    rb"<(?:td|th|dt)(?:\s[^<>]{0,80})?>\s{0,8}(?:<(?:b|strong|code)>)?([^<>]{1,40}?):?(?:</(?:b|strong|code)>)?\s{0,8}"
    rb"</(?:td|th|dt)>\s{0,40}<(?:td|dd)(?:\s[^<>]{0,80})?>\s{0,8}(?:<code>)?(?:0x)?\Z"
)


def of_cell(data: bytes, start: int) -> str:
    """Return the heading of a cell in an HTML table when one of its headings names a secret, or the cell before it."""
    head = _ROW_HEAD.search(data, max(0, start - 300), start)
    if head is not None and kind_of(head[1].decode("latin-1")):
        return head[1].decode("latin-1").strip()
    names = _head_cells(data, start)
    row = max(0, data.rfind(b"<tr", max(0, start - REACH_BEFORE), start), start - REACH_BEFORE)
    index = data.count(b"<td", row, start) - 1
    is_told = 0 <= index < len(names) and any(kind_of(name) for name in names)
    return names[index] if is_told else ""


def heading_span(data: bytes) -> tuple[int, int]:
    r"""Return the span of the first line below remarks, which may head the columns of all others.

    Empty if it is too long, or no other line follows.

    >>> heading_span(b"name,key\na,b\n"), heading_span(b"# of May\nname,key\na,b\n"), heading_span(b"alone")
    ((0, 8), (9, 17), (0, 0))
    """
    remarks = _REMARKS.match(data) if data[:1] in _BEGINS_REMARK else None
    low = remarks.end() if remarks else 0
    return low, max(low, data.find(b"\n", low, low + _LONGEST_HEADING))


def heading(data: bytes) -> bytes:
    """Return the line that may head the columns of all others."""
    return data[slice(*heading_span(data))]


def of_row(data: bytes, line_start: int, start: int) -> str:
    """Return the heading of the value's column when the text has a heading row, else ``""``."""
    names, index = _row(data, line_start, start)
    return names[index] if names else ""


def beside(data: bytes, start: int) -> tuple[str, ...]:
    r"""Return the headings of all columns of the row, or of the SQL statement, that a value stands in.

    >>> beside(b"id,key\n1,x7Kq\n", 9), beside(b"INSERT INTO t (id, key) VALUES (1, 'x7Kq')", 36)
    (('id', 'key'), ('id', 'key'))
    """
    if column_of(data, start):
        insert = insert_of(data, start)
        return insert.columns if insert else ()
    low = max(0, start - _LONGEST_ROW)
    return _row(data, data.rfind(b"\n", low, start) + 1 or low, start)[0]


def _row(data: bytes, line_start: int, start: int) -> tuple[tuple[str, ...], int]:
    """Return the headings of a row and which of them is the value's; none if nothing heads it."""
    if data.find(b"\t", line_start, start) >= 0:
        copied = _copied(data, line_start)
        if copied:
            index = data.count(b"\t", line_start, start)
            return (copied, index) if index < len(copied) else ((), 0)
    low, end = heading_span(data)
    if line_start <= end:
        return (), 0
    header = data[low:end].decode("utf-8", "replace").strip().lstrip("\ufeff")
    if _IMPORT.match(header):
        return (), 0
    high = line_start + _LONGEST_ROW
    stop = data.find(b"\n", start, high)
    row = data[line_start : stop if stop >= 0 else high].decode("latin-1")
    for mark in ",;\t|":
        names = tuple(name.strip(" \"'") for name in header.split(mark))
        if not 2 <= len(names) <= 60 or not all(_HEADING.match(name) for name in names):
            continue
        index = row.count(mark, 0, start - line_start)
        if abs(row.count(mark) + 1 - len(names)) <= 1 and index < len(names):
            return (names, index) if any(kind_of(name) for name in names) else ((), 0)
    return (), 0
