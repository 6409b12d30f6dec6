"""Secrets in tables of HTML: ``<th>Service</th><th>API key</th>`` above name the cells of all rows below."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scanner.context.literals.headings import Columns, of_row, told_in_page
from scanner.context.literals.named import Literal
from scanner.lazy import lazy_compile

_REACH = 4000
"""Bytes of a row of headings."""
_TAG = lazy_compile(rb"<(?P<end>/?)(?P<name>table|tr|th|td)(?:\s[^<>]{0,400})?>")
_TEXT = lazy_compile(
    rb"\s{0,80}(?:<[a-z]{1,6}(?:\s[^<>]{0,100})?>\s{0,80}){0,3}(?P<text>[^<>\s](?:[^<>\n]{0,2000}[^<>\s])?)\s{0,80}<"
)
"""The text of a cell, without marks around all of it."""
_ONE_WORD = lazy_compile(rb"[^\s&{\[][^\s&]{5,}")
_MOST_COLUMNS = 60


class _Row(NamedTuple):
    """The spans of a row's cells, and where the row ends; whether a table ends before it."""

    cells: list[tuple[int, int]]
    end: int
    is_last: bool


def tabled(data: bytes, ends: Iterable[int]) -> Iterator[Literal]:
    r"""Yield the cells that the headings of their table call a secret, given where ``</th>`` ends, in any order.

    >>> data = b"<tr><th>User</th><th>Password</th></tr>\n<tr><td>ada</td><td>x7Kq2w</td></tr>"
    >>> [(one.name, data[one.start : one.end]) for one in tabled(data, [17, 34])]
    [('Password', b'x7Kq2w')]
    """
    done = 0
    for end in sorted(ends):
        start = data.rfind(b"<tr", max(done, end - _REACH), end)
        if end <= done or start < 0:
            continue
        heads = _row(data, start)
        done = heads.end
        columns = _told(data, heads)
        row = heads
        while columns is not None and not row.is_last:
            row = _row(data, done)
            done = row.end
            if len(row.cells) == columns.width:
                yield from (one for one in of_row(data, row.cells, columns) if _is_word(data, one))


def _told(data: bytes, heads: _Row) -> Columns | None:
    names = [data[slice(*cell)].decode("utf-8", "replace") for cell in heads.cells]
    return told_in_page(names) if 2 <= len(names) <= _MOST_COLUMNS else None


def _row(data: bytes, at: int) -> _Row:
    """Return the row that begins next."""
    cells: list[tuple[int, int]] = []
    is_open = False
    for tag in _TAG.finditer(data, at):
        name = tag["name"]
        if name == b"table":
            return _Row(cells, tag.end(), is_last=True)
        if name == b"tr":
            if is_open:
                return _Row(cells, tag.end() if tag["end"] else tag.start(), is_last=False)
            is_open = not tag["end"]
        elif is_open and not tag["end"]:
            text = _TEXT.match(data, tag.end())
            cells.append(text.span("text") if text else (tag.end(), tag.end()))
    return _Row(cells, len(data), is_last=not cells)


def _is_word(data: bytes, one: Literal) -> bool:
    return _ONE_WORD.fullmatch(data, one.start, one.end) is not None
