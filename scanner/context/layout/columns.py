"""The heading of a value's column: in HTML tables, in dumps and in rows of text."""

import re

from scanner.context.layout.block import REACH_BEFORE
from scanner.context.layout.inserts import column_of, insert_of
from scanner.context.names.roles import kind_of
from scanner.lazy import lazy_compile

_HEADING = lazy_compile(r"[\w][\w /()\-]{0,39}$|[#№]$|$")
"""A cell of a heading row: a few words, no sentence and no code."""
_LONGEST_HEADING = 2000
_COPY = lazy_compile(rb"COPY[ ][^()\n]{1,120}\(([^()\n]{4,1200})\)[ ]FROM[ ]stdin", re.IGNORECASE)


_HEAD_CELL = lazy_compile(rb"<th(?:\s[^<>]{0,80})?>\s{0,8}([^<>]{1,40})")


_ROW_HEAD = lazy_compile(
    rb"<(?:td|th|dt)(?:\s[^<>]{0,80})?>\s{0,8}(?:<(?:b|strong|code)>)?([^<>]{1,40}?):?(?:</(?:b|strong|code)>)?\s{0,8}"
    rb"</(?:td|th|dt)>\s{0,40}<(?:td|dd)(?:\s[^<>]{0,80})?>\s{0,8}(?:<code>)?(?:0x)?\Z"
)


def of_cell(data: bytes, start: int) -> str:
    """Return the heading of a cell in an HTML table when one of its headings names a secret, or the cell before it."""
    head = _ROW_HEAD.search(data, max(0, start - 300), start)
    if head is not None and kind_of(head[1].decode("latin-1")):
        return head[1].decode("latin-1").strip()
    before = data[max(0, start - REACH_BEFORE) : start]
    before = before[max(0, before.rfind(b"<table")) :]
    names = [name.decode("latin-1").strip() for name in _HEAD_CELL.findall(before)]
    index = before.count(b"<td", max(0, before.rfind(b"<tr"))) - 1
    is_told = index < len(names) and any(kind_of(name) for name in names)
    return names[index] if is_told else ""


def heading(data: bytes) -> bytes:
    r"""Return the first line of a text, which may head the columns of all others; empty if it is too long.

    >>> heading(b"name,key\na,b\n"), heading(b"alone")
    (b'name,key', b'')
    """
    return data[: max(0, data.find(b"\n", 0, _LONGEST_HEADING))]


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
    return _row(data, data.rfind(b"\n", 0, start) + 1, start)[0]


def _row(data: bytes, line_start: int, start: int) -> tuple[tuple[str, ...], int]:
    """Return the headings of a row and which of them is the value's; none if nothing heads it."""
    if b"\t" in data[line_start:start]:
        rows = data[max(0, start - REACH_BEFORE) : line_start]
        copies = _COPY.findall(rows)
        if copies:
            copied = tuple(name.strip(b' "').decode("latin-1") for name in copies[-1].split(b","))
            index = data.count(b"\t", line_start, start)
            return (copied, index) if index < len(copied) else ((), 0)
    first = heading(data)
    if not first or line_start <= len(first):
        return (), 0
    header = first.decode("utf-8", "replace").strip().lstrip("\ufeff")
    stop = data.find(b"\n", start)
    row = data[line_start : stop if stop >= 0 else len(data)].decode("latin-1")
    for mark in ",;\t|":
        names = tuple(name.strip(" \"'") for name in header.split(mark))
        if not 2 <= len(names) <= 60 or not all(_HEADING.match(name) for name in names):
            continue
        index = data[line_start:start].decode("latin-1").count(mark)
        if abs(row.count(mark) + 1 - len(names)) <= 1 and index < len(names):
            return (names, index) if any(kind_of(name) for name in names) else ((), 0)
    return (), 0
