"""What the headings of a table tell: which of its columns hold secrets, and the cells of a row that do."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scanner.context.layout.records import is_key_of_row
from scanner.context.literals.named import Literal
from scanner.context.names.languages import PASSWORDS
from scanner.context.names.roles import is_public, literal_kind
from scanner.lazy import lazy_compile

HEADING = lazy_compile(r"[^\W\d_][\w /\-]{0,39}|")
_HASH = lazy_compile(rb"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})")
"""What a table of users has for passwords: MD5, SHA-1, SHA-256 and SHA-512."""
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


_OF_CHAINS = ("address", "contract", "chain", "mint", "symbol", "decimals", "price", "supply")
"""Headings beside which ``token`` is a coin."""
_REMARK = lazy_compile(r"\([^()]{0,60}\)|:$")
"""What a heading has besides its name: ``Password (initial)``."""

Told = dict[int, tuple[str, str]]
"""The columns of secrets, by their place: the name and the kind of each."""


class Columns(NamedTuple):
    """The columns of a heading: how many, the telling ones, and those of a name and its value."""

    mark: bytes
    width: int
    told: Told
    name: int
    value: int


def told_by(names: Sequence[str], mark: bytes = b"") -> Columns | None:
    """Return what the headings of a table tell, None if they name no secret."""
    lower = [name.lower() for name in names]
    value = next((i for i, name in enumerate(lower) if name in _VALUES), -1)
    name_at = next((i for i, name in enumerate(lower) if name in _NAMES and i != value), -1)
    has_owner = any(owner in name for name in lower for owner in _OWNERS)
    told: Told = {}
    for i, name in enumerate(names):
        is_told = i not in (value, name_at) and not is_public(name)
        is_told = is_told and not is_key_of_row(name, names)
        kind = kind_of_heading(name) if is_told else None
        if kind is not None and lower[i] != "key" and (has_owner or kind != "password"):
            told[i] = (name, kind)
    if told or (value >= 0 and name_at >= 0):
        return Columns(mark, len(names), told, name_at, value)
    return None


def told_in_page(headings: Sequence[str]) -> Columns | None:
    """Return what the headings of a drawn table tell, as written for readers; None if they name no secret.

    >>> told_in_page(("User", "Password (initial):")).told
    {1: ('Password', 'password')}
    """
    names = [_REMARK.sub("", name.rstrip()).strip() for name in headings]
    columns = told_by([name if HEADING.fullmatch(name) else "" for name in names])
    return columns and columns._replace(told=without_coins(names, columns.told))


def without_coins(names: Sequence[str], told: Told) -> Told:
    """Return the columns of secrets without those called tokens in tables of coins.

    >>> without_coins(("token", "symbol"), {0: ("token", "token")})
    {}
    """
    if not any(word in name.lower() for name in names for word in _OF_CHAINS):
        return told
    return {place: one for place, one in told.items() if one[1] != "token"}


def kind_of_heading(name: str) -> str | None:
    """Return the kind of secret that a heading promises, in whatever script and with whatever accents.

    >>> kind_of_heading("API key"), kind_of_heading("hasło"), kind_of_heading("пароль"), kind_of_heading("login")
    ('api_key', 'password', 'password', None)
    """
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l"))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    if _FOREIGN.search(name) or _FOREIGN.search(unicodedata.normalize("NFC", plain)):
        return "password"
    return literal_kind(name.replace(" ", "_"))


def of_row(data: bytes, row: Sequence[tuple[int, int]], columns: Columns) -> Iterator[Literal]:
    """Yield the cells of a row, given by their spans in bytes, that are called secret."""
    told = dict(columns.told)
    if columns.name >= 0 and columns.value >= 0:
        name = data[slice(*row[columns.name])].decode("utf-8", "replace").strip().rstrip(":")
        kind = kind_of_heading(name) if HEADING.fullmatch(name) else None
        if kind is not None:
            told[columns.value] = (name, kind)
    for index, (name, kind) in sorted(told.items()):
        start, end = row[index]
        value = data[start:end]
        if len(value.strip()) >= 4 and not (kind == "password" and _HASH.fullmatch(value)):
            yield Literal(start, end, name, kind, "setting")
