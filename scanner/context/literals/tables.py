"""Cells of tables whose heading row names a secret: ``name,url,username,password`` and ``key,value``.

Nothing on a row binds its cells. So the columns of the heading are read first, and then the cells below
the telling ones, whole: a password there is no run of characters that a key is made of. A text may be one
table, its first line the heading, or hold tables that are drawn with bars, as Markdown has them.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scanner.context.layout.grids import grids
from scanner.context.layout.records import is_key_of_row
from scanner.context.literals.named import Literal
from scanner.context.names.languages import PASSWORDS
from scanner.context.names.roles import is_public, literal_kind
from scanner.lazy import lazy_compile

_LONGEST_HEADING, _MOST_COLUMNS = 4000, 200
_HEADING = lazy_compile(rb"[\w\x80-\xff /\-\"',;\t\xef\xbb\xbf]{3,%d}\r?\n" % _LONGEST_HEADING)
_MARK = lazy_compile(rb"[,;\t]")
_CELL = lazy_compile(r"[^\W\d_][\w /\-]{0,39}|")
_VALUE = lazy_compile(rb'(?:"((?:[^"\r\n]|""){0,4096})"|([^"\r\n,;\t]{0,4096}))')
_HASH = lazy_compile(rb"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})")
"""What a table of users has for passwords: MD5, SHA-1, SHA-256 and SHA-512."""
_REMARK = lazy_compile(r"\([^()]{0,60}\)|:$")
"""What a heading has besides its name: ``Password (initial)``."""
_ONE_WORD = lazy_compile(rb"(?!\d{1,4}(?:[-/.:]\d{1,4}){1,3}\Z)[^\s]+")
"""What a cell of such a table has if it is a secret: no sentence, no date and no version."""
_OF_CHAINS = ("address", "contract", "chain", "mint", "symbol", "decimals", "price", "supply")
"""Headings beside which ``token`` is a coin."""
_NAMES = frozenset(("key", "name", "variable", "setting", "parameter", "secret", "secret name"))
_VALUES = frozenset(("value", "val", "secret value", "parameter value"))
_FOREIGN = lazy_compile(
    rf"(?i){PASSWORDS}|\b(?:haslo|heslo|senha|contrasena|passwort|kennwort|wachtwoord|mot de passe|jelszo|salasana)\b"
)
_OWNERS = (
    *("user", "login", "mail", "account", "host", "url", "service", "site", "title", "name"),
    *("server", "role", "system", "database", "device", "environment", "ssid", "panel"),
    *("utilisateur", "benutzer", "usuario", "uzytkownik", "użytkownik", "konto", "логин"),
    *("用户", "账号", "帐号", "ユーザー", "사용자"),
)
"""What stands beside passwords that open something; a list of passwords alone is a word list."""


class _Columns(NamedTuple):
    """The columns of a heading: how many, the telling ones, and those of a name and its value."""

    mark: bytes
    width: int
    told: dict[int, tuple[str, str]]
    name: int
    value: int


def cells(data: bytes) -> Iterator[Literal]:
    r"""Yield the cells that the heading row of a table, or the name beside them, calls a secret.

    >>> [(one.name, one.kind) for one in cells(b"host,user,password\ndb,app,x7Kq2w\n")]
    [('password', 'password')]
    """
    yield from _drawn(data)
    heading = _HEADING.match(data)
    stop = heading.end() - 1 if heading else -1
    columns = _columns(data[:stop]) if heading and _MARK.search(data, 0, stop) else None
    if columns is None:
        return
    at = stop + 1
    while True:
        end = data.find(b"\n", at)
        row = _row(data, at, end if end >= 0 else len(data), columns.mark)
        if len(row) == columns.width:
            yield from _of_row(data, row, columns)
        if end < 0:
            return
        at = end + 1


def _columns(heading: bytes) -> _Columns | None:
    """Return what a heading row tells, None if it is none or names no secret."""
    for mark in (b",", b";", b"\t"):
        names = [
            name.strip(" \r\"'\ufeff")
            for name in heading.decode("utf-8", "replace").split(mark.decode())
        ]
        if not 2 <= len(names) <= _MOST_COLUMNS or not all(map(_CELL.fullmatch, names)):
            continue
        columns = _told(names, mark)
        if columns is not None:
            return columns
    return None


def _told(names: Sequence[str], mark: bytes = b"") -> _Columns | None:
    """Return what the headings of a table tell, None if they name no secret."""
    lower = [name.lower() for name in names]
    value = next((i for i, name in enumerate(lower) if name in _VALUES), -1)
    name_at = next((i for i, name in enumerate(lower) if name in _NAMES and i != value), -1)
    has_owner = any(owner in name for name in lower for owner in _OWNERS)
    told = {}
    for i, name in enumerate(names):
        is_told = i not in (value, name_at) and not is_public(name)
        is_told = is_told and not is_key_of_row(name, names)
        kind = _kind(name) if is_told else None
        if kind is not None and lower[i] != "key" and (has_owner or kind != "password"):
            told[i] = (name, kind)
    if told or (value >= 0 and name_at >= 0):
        return _Columns(mark, len(names), told, name_at, value)
    return None


def _drawn(data: bytes) -> Iterator[Literal]:
    """Yield the cells of tables drawn with bars that a heading, or the name beside them, calls a secret."""
    for grid in grids(data):
        names = [_REMARK.sub("", name).strip() for name in grid.headings]
        columns = _told([name if _CELL.fullmatch(name) else "" for name in names])
        least = 4
        if columns is None and len(names) == 2:  # a name and its value, whatever the headings say
            columns, least = _Columns(b"", 2, {}, 0, 1), 6
        if columns is None:
            continue
        if any(word in name.lower() for name in names for word in _OF_CHAINS):
            told = {i: one for i, one in columns.told.items() if one[1] != "token"}
            columns = columns._replace(told=told)
        for row in grid.rows(data):
            for one in _of_row(data, row, columns):
                if one.end - one.start >= least and _ONE_WORD.fullmatch(data, one.start, one.end):
                    yield one


def _kind(name: str) -> str | None:
    """Return the kind of secret that a heading promises, in whatever script and with whatever accents.

    >>> _kind("API key"), _kind("hasło"), _kind("пароль"), _kind("login")
    ('api_key', 'password', 'password', None)
    """
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l"))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    if _FOREIGN.search(name) or _FOREIGN.search(unicodedata.normalize("NFC", plain)):
        return "password"
    return literal_kind(name.replace(" ", "_"))


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


def _of_row(data: bytes, row: list[tuple[int, int]], columns: _Columns) -> Iterator[Literal]:
    told = dict(columns.told)
    if columns.name >= 0 and columns.value >= 0:
        name = data[slice(*row[columns.name])].decode("utf-8", "replace").strip().rstrip(":")
        kind = _kind(name) if _CELL.fullmatch(name) else None
        if kind is not None:
            told[columns.value] = (name, kind)
    for index, (name, kind) in sorted(told.items()):
        start, end = row[index]
        value = data[start:end]
        if len(value.strip()) >= 4 and not (kind == "password" and _HASH.fullmatch(value)):
            yield Literal(start, end, name, kind, "setting")
