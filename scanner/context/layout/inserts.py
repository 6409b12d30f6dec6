"""The columns of values in SQL: those that the statement lists, or those of the table it puts rows into.

The rows of one statement go on for many lines, and ``CREATE TABLE`` of a dump stands above all of them, so
the tables of a text are read once, and remembered for as long as values of that text are asked about.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from scanner.lazy import lazy_compile

_NAME = (
    rb"(?:[`\"\[]?[\w$]{1,64}[`\"\]]?\s?\.\s?){0,2}"
    rb"(?:[`\"\[](?P<quoted>[^`\"\]\n]{1,64})[`\"\]]|(?P<bare>[\w$]{1,64}))"
)
_TABLE = lazy_compile(
    rb"(?:CREATE|create|Create)\s{1,4}(?i:(?:(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED)\s{1,4}){0,2}"
    rb"TABLE\s{1,4}(?:IF\s{1,4}NOT\s{1,4}EXISTS\s{1,4})?)" + _NAME + rb"\s{0,8}\("
)
_VERBS = (b"INSERT ", b"insert ", b"Insert ", b"REPLACE INTO", b"replace into", b"UPSERT INTO")
_VERB = lazy_compile(rb"INSERT |insert |Insert |REPLACE INTO|replace into|UPSERT INTO")
_INSERT = lazy_compile(
    rb"(?i:\w{6,7}\s{1,4}(?:(?:IGNORE|DELAYED|LOW_PRIORITY|OR\s{1,4}\w{4,8})\s{1,4})?(?:INTO\s{1,4})?)"
    + _NAME
    + rb"\s{0,40}(?:\((?P<columns>[^()]{1,4000})\)\s{0,40})?"
    + rb"(?i:OVERRIDING\s\w{4,6}\sVALUE\s{1,8})?(?i:VALUES?)\s{0,40}(?=\()"
)
_TOKEN = lazy_compile(
    rb"'(?:[^'\\]|\\[\s\S]|''){0,20000}'(?!')|\"(?:[^\"\\]|\\[\s\S]){0,20000}\"|`[^`\n]{1,64}`"
    rb"|--[ ][^\n]{0,400}|/\*[^*]{0,400}\*/|[(),;'\"]"
)
_NEXT_ROW = lazy_compile(rb"\)\s{0,8},\s{0,8}(?=\()")
_COLUMN = lazy_compile(
    rb"(?:\s|--[ ][^\n]{0,400}\n|/\*[^*]{0,400}\*/){0,40}(?:[`\"\[]([^`\"\]\n]{1,64})|([\w$]{1,64}))"
)
_BINDS = (b":", b"=", b"[", b"{", b">")
"""What stands before a value that a name binds, as most are."""
_ROW_BEGINS = (b"(", b"'", b"N")
_VALUES = (b"VALUES", b"values", b"Values")
_USUAL_ROW, _LONGEST_ROW, _LONGEST_TABLE = 400, 8000, 20_000


class Insert(NamedTuple):
    """A statement that puts rows into a table: where its rows begin, the table, and the columns, if told."""

    rows: int
    table: str
    columns: tuple[str, ...]


class _Read:
    """The text that was read last: where its verbs stand, its tables, and the statement last asked for."""

    data: bytes | None = None
    verbs: Sequence[int] | None = None
    tables: dict[str, tuple[str, ...]] | None = None
    at: int = -1
    insert: Insert | None = None


def column_of(data: bytes, start: int) -> str:
    r"""Return the column of a value in an ``INSERT``; ``""`` if it is in none, or nothing tells its columns.

    >>> text = b"CREATE TABLE t (id INT, secret TEXT);\nINSERT INTO t VALUES (1,'a'),(2,'b');"
    >>> column_of(text, text.index(b"b');"))
    'secret'
    """
    return cell_of(data, start)[1]


def cell_of(data: bytes, start: int) -> tuple[str, str]:
    """Return the table that a value is put into, and its column there; ``""`` for what is not told."""
    if not _may_be_in_row(data, start):
        return "", ""
    insert = insert_of(data, start)
    place = _place(data, insert.rows, start) if insert else -1
    if insert is None or place < 0:
        return "", ""
    return insert.table, insert.columns[place] if place < len(insert.columns) else ""


def _may_be_in_row(data: bytes, start: int) -> bool:
    """Tell by the line of a value alone whether it may be in a row: a whole text is not read for each value."""
    low = max(0, start - _LONGEST_ROW)
    begin = data.rfind(b"\n", low, start) + 1
    if begin == 0 and low:
        return True  # a dump with all of its rows on one line
    head = data[max(begin, low) : start]
    if head.rstrip(b" \t\"'`")[-1:] in _BINDS:
        return False
    return head.lstrip(b" \t,")[:1] in (b"", *_ROW_BEGINS) or any(word in head for word in _VALUES)


def insert_of(data: bytes, start: int) -> Insert | None:
    """Return the statement that ``data[start]`` may be a value of: the last that begins before it."""
    _begin(data)
    if _Read.verbs is None:
        is_sql = any(verb in data for verb in _VERBS)
        _Read.verbs = array("Q", (v.start() for v in _VERB.finditer(data))) if is_sql else ()
    index = bisect_left(_Read.verbs, start) - 1
    if index < 0:
        return None
    at = _Read.verbs[index]
    if _Read.at != at:
        _Read.at, _Read.insert = at, insert_at(data, at)
    insert = _Read.insert
    return insert if insert and insert.rows <= start else None


def _begin(data: bytes) -> None:
    if _Read.data is not data:
        _Read.data, _Read.verbs, _Read.tables, _Read.at, _Read.insert = data, None, None, -1, None


def insert_at(data: bytes, at: int) -> Insert | None:
    """Return the statement that begins with the verb at ``at``; None if none does."""
    _begin(data)
    found = _INSERT.match(data, at)
    if found is None:
        return None
    table = (found["quoted"] or found["bare"]).decode("utf-8", "replace")
    listed = found["columns"]
    if listed is not None:
        return Insert(found.end(), table, _names(listed, 0, len(listed)))
    if _Read.tables is None:
        _Read.tables = _tables(data)
    return Insert(found.end(), table, _Read.tables.get(table.lower(), ()))


def _tables(data: bytes) -> dict[str, tuple[str, ...]]:
    """Return the columns of the tables that a text makes, by their names in lower case."""
    tables: dict[str, tuple[str, ...]] = {}
    made = list(_TABLE.finditer(data))
    begins = [found.start() for found in made]
    for found, following in zip(made, [*begins, len(data)][1:], strict=True):
        name = (found["quoted"] or found["bare"]).decode("utf-8", "replace").lower()
        # Up to the next one: where nothing is closed, each would else be read to the end of all others.
        tables[name] = _names(data, found.end(), min(following, found.end() + _LONGEST_TABLE))
    return tables


def _names(data: bytes, low: int, high: int) -> tuple[str, ...]:
    """Return the first words between the commas from ``low`` to the bracket that closes there."""
    names: list[str] = []
    depth, begin = 0, low
    for token in _TOKEN.finditer(data, low, high):
        mark = token.group()
        if mark == b"(":
            depth += 1
        elif mark == b")":
            depth -= 1
        if depth < 0 or (mark == b"," and depth == 0):
            names.append(_first_word(data, begin, token.start()))
            begin = token.end()
        if depth < 0:
            return tuple(names)
    return (*names, _first_word(data, begin, high))


def _first_word(data: bytes, low: int, high: int) -> str:
    found = _COLUMN.match(data, low, high)
    return (found[1] or found[2]).decode("utf-8", "replace") if found else ""


def _place(data: bytes, rows: int, start: int) -> int:
    """Return how many values stand before this one in its row; -1 if it is in no row of those."""
    for reach in (_USUAL_ROW, _LONGEST_ROW):
        if start - rows <= reach:
            break
        ends = [found.end() for found in _NEXT_ROW.finditer(data, start - reach, start)]
        if ends:
            rows = ends[-1]
            break
    else:
        return -1
    depth, place = 0, -1
    for token in _TOKEN.finditer(data, rows, start):
        mark = token.group()
        if mark == b"(":
            depth += 1
            place = 0 if depth == 1 else place
        elif mark == b")":
            depth -= 1
        elif mark == b";" and depth == 0:
            return -1
        elif mark == b"," and depth == 1:
            place += 1
        elif mark in (b"'", b'"'):
            break  # the quote that the value stands behind
    return place if depth >= 1 else -1
