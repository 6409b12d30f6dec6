"""Passwords in rows of SQL: the columns of ``INSERT INTO users (login, password) VALUES (...)`` name them.

What a table holds as a hash stays out; how long and how random a hash is, the context judge knows.
"""

from collections.abc import Iterable, Iterator

from scanner.context.layout.inserts import insert_at
from scanner.context.literals.named import Literal
from scanner.context.names.roles import is_public, literal_kind
from scanner.context.values.customary import is_customary
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_LONGEST = 20
"""Bytes of a password; what is longer in such a column is a hash, unless it reads as a password."""
_INTO = lazy_compile(rb"(?i)[ \t]{1,4}(?:IGNORE[ \t]{1,4})?INTO[ \t]")
_OPEN = lazy_compile(rb"\s{0,8},?\s{0,8}\(")
_CELL = lazy_compile(
    rb"\s{0,20}(?:N?'(?P<text>(?:[^'\\\n]|\\.|''){0,400})'|[^,'\"()\n]{0,80}(?:\((?:[^()'\n]|'[^'\n]{0,80}'){0,120}\))?)"
    rb"\s{0,20}(?P<end>[,)])"
)
_DIGEST = lazy_compile(rb"[0-9a-fA-F]{16}|[./0-9A-Za-z]{13}")
"""Hashes that are as short as passwords: those of old MySQL, and of crypt(3) with DES."""


def opens(data: bytes, end: int) -> bool:
    """Tell whether ``insert``, which ends here, begins a statement of SQL."""
    return _INTO.match(data, end) is not None


def inserted(data: bytes, starts: Iterable[int]) -> Iterator[Literal]:
    r"""Yield the texts in columns of passwords, of statements whose verb ``insert`` ends at these offsets.

    >>> data = b"INSERT INTO u (id, passwd) VALUES (1, 'changeme'), (2, NULL);"
    >>> [one.name for one in inserted(data, [6])]
    ['passwd']
    """
    for start in sorted(starts):
        statement = insert_at(data, start - len(b"insert"))
        told = _passwords(statement.columns) if statement is not None else {}
        if statement is None or not told:
            continue
        at = statement.rows
        while (opened := _OPEN.match(data, at)) is not None:
            at = opened.end()
            index = 0
            while (cell := _CELL.match(data, at)) is not None:
                at = cell.end()
                if index in told and cell["text"] is not None and _may_be_chosen(cell["text"]):
                    yield Literal(*cell.span("text"), told[index], "password", "quoted")
                index += 1
                if cell["end"] == b")":
                    break
            else:
                break


@remembered(256)
def _passwords(columns: tuple[str, ...]) -> dict[int, str]:
    """Return the columns of passwords, by their place."""
    return {
        place: name
        for place, name in enumerate(columns)
        if literal_kind(name) == "password" and not is_public(name)
    }


def _may_be_chosen(value: bytes) -> bool:
    short = 4 <= len(value) <= _LONGEST and _DIGEST.fullmatch(value) is None
    return short or is_customary(value)
