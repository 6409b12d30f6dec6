"""Secrets in rows of SQL: the columns of ``INSERT INTO users (login, password) VALUES (...)`` and ``COPY`` name them.

What a table holds as the hash of a password stays out; how random a key has to be, the judges know.
"""

from collections.abc import Iterable, Iterator

from scanner.context.layout import columns
from scanner.context.layout.inserts import insert_at
from scanner.context.layout.records import is_key_of_row
from scanner.context.literals.headings import Told, without_coins
from scanner.context.literals.named import Literal
from scanner.context.names.roles import is_public, literal_kind
from scanner.context.values.customary import is_customary
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_LONGEST = 20
"""Bytes of a password; what is longer in such a column is a hash, unless it reads as a password."""
_SHORTEST_KEY = 8
_LONGEST_END = 80
"""Bytes of what may follow ``FROM stdin``: ``WITH (FORMAT csv)``."""
_INTO = lazy_compile(rb"(?i)[ \t]{1,4}(?:IGNORE[ \t]{1,4})?INTO[ \t]")
_OPEN = lazy_compile(rb"\s{0,8},?\s{0,8}\(")
_CELL = lazy_compile(
    rb"\s{0,20}(?:N?'(?P<text>(?:[^'\\\n]|\\.|''){0,400})'|[^,'\"()\n]{0,80}(?:\((?:[^()'\n]|'[^'\n]{0,80}'){0,120}\))?)"
    rb"\s{0,20}(?P<end>[,)])"
)
_DIGEST = lazy_compile(rb"[0-9a-fA-F]{16}|[./0-9A-Za-z]{13}")
"""Hashes that are as short as passwords: those of old MySQL, and of crypt(3) with DES."""


def opens(data: bytes, end: int) -> bool:
    """Tell whether ``insert`` or ``from stdin``, in any case, which ends here, belongs to a statement of SQL."""
    return data[end - 1 : end] in b"nN" or _INTO.match(data, end) is not None


def stored(data: bytes, ends: Iterable[int]) -> Iterator[Literal]:
    r"""Yield the secrets in rows that statements put into tables, given where ``insert`` or ``from stdin`` ends.

    >>> data = b"INSERT INTO u (id, passwd) VALUES (1, 'changeme'), (2, NULL);"
    >>> [one.name for one in stored(data, [6])]
    ['passwd']
    """
    for end in sorted(ends):
        yield from _copied(data, end) if data[end - 1 : end] in b"nN" else _inserted(data, end)


def _inserted(data: bytes, end: int) -> Iterator[Literal]:
    statement = insert_at(data, end - len(b"insert"))
    told = _told(statement.columns) if statement is not None else {}
    if statement is None or not told:
        return
    at = statement.rows
    while (opened := _OPEN.match(data, at)) is not None:
        at = opened.end()
        index = 0
        while (cell := _CELL.match(data, at)) is not None:
            at = cell.end()
            if cell["text"] is not None:
                yield from _of_cell(data, cell.span("text"), told, index, "quoted")
            index += 1
            if cell["end"] == b")":
                break
        else:
            return


def _copied(data: bytes, end: int) -> Iterator[Literal]:
    """Yield the secrets in the lines below ``COPY t (...) FROM stdin;``, whose cells tabs part."""
    at = data.find(b"\n", end, end + _LONGEST_END) + 1
    table = columns.copied(data, at) if at else None
    told = _told(table.columns) if table is not None else {}
    if table is None or table.start != end or not told:
        return
    for line in data[at : table.end].split(b"\n"):
        low = at
        for index, cell in enumerate(line.rstrip(b"\r").split(b"\t")):
            yield from _of_cell(data, (low, low + len(cell)), told, index, "setting")
            low += len(cell) + 1
        at += len(line) + 1


def _of_cell(
    data: bytes, span: tuple[int, int], told: Told, index: int, how: str
) -> Iterator[Literal]:
    if index not in told:
        return
    name, kind = told[index]
    value = data[slice(*span)]
    if _may_be_chosen(value) if kind == "password" else len(value) >= _SHORTEST_KEY:
        yield Literal(*span, name, kind, how)


@remembered(256)
def _told(names: tuple[str, ...]) -> Told:
    """Return the columns of secrets."""
    kinds = {place: (name, literal_kind(name)) for place, name in enumerate(names)}
    told = {
        place: (name, kind)
        for place, (name, kind) in kinds.items()
        if kind is not None and not is_public(name) and not is_key_of_row(name, names)
    }
    return without_coins(names, told)


def _may_be_chosen(value: bytes) -> bool:
    short = 4 <= len(value) <= _LONGEST and _DIGEST.fullmatch(value) is None
    return short or is_customary(value)
