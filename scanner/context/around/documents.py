"""Keys that only say which document is meant: a sheet or a file of Google, a file of Figma, an issue of SonarQube.

Their services call them keys, but who has one still has to be let in.
"""

from scanner.context.names.roles import words
from scanner.lazy import lazy_compile

_OF_GOOGLE = lazy_compile(rb"1[\w-]{32}|[01][\w-]{43}|0B[\w-]{26}")
"""Ids of files and folders of Google Drive: of 33 and 44 characters, older ones begin with ``0``."""
_HOLDERS = frozenset(
    (
        *("sheet", "sheets", "spreadsheet", "spreadsheets", "worksheet", "gsheet", "gsheets"),
        *("doc", "docs", "document", "gdoc", "drive", "gdrive", "folder"),
    )
)
_TAKES_SHEET = lazy_compile(
    rb"(?i)\btabletop\b|\bgs_key\b|\bopen_by_key\b|\bspreadsheets?(?:/d/|\.google\b|s\.values\b|app\.)|\bgspread\b"
)
"""Libraries and addresses that take the key of a sheet: Tabletop.js, R's googlesheets, gspread."""
_REACH = 300
_DECLARES = ("const", "let", "var", "val", "final", "static", "self", "this")
_RUN, _RUN_ON = lazy_compile(rb"[\w\-]{1,44}\Z"), lazy_compile(rb"[\w\-]{0,44}")
_FILES_OF_FIGMA = (("figma", "file", "key"), ("figma", "key"))
_OF_FIGMA = lazy_compile(rb"[A-Za-z0-9]{22}")
_OF_ISSUE = lazy_compile(rb"A[U-Za-z][\w-]{18}")
_ISSUE = lazy_compile(rb"\"rule\"\s{0,2}:\s{0,2}\"[\w.-]{2,40}:\w")
"""The rule that an issue of SonarQube breaks: ``"rule": "java:S2068"``."""


def why_document(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why ``data[start:end]``, bound to ``name``, only says which document is meant; None if it may be a secret.

    >>> why_document(b"SHEET_KEY=" + b"1" + b"a" * 43, 10, 54, "SHEET_KEY")
    'the id of a document'
    """
    parts = tuple(part for part in words(name) if part not in _DECLARES)
    if parts[-1:] != ("key",):
        return None
    whole = _RUN.search(data, max(0, start - 44), start)
    start = (
        whole.start() if whole else start
    )  # what is cut at a line or a hyphen is part of an id, too
    end = _RUN_ON.match(data, end, end + 44).end()  # type: ignore[union-attr]
    if not 20 <= end - start <= 44:
        return None
    if _OF_GOOGLE.fullmatch(data, start, end):
        is_held = not _HOLDERS.isdisjoint(parts[-3:-1] if parts[-2:-1] == ("id",) else parts[-2:-1])
        is_bare = len(parts) == 1
        if is_held or (is_bare and _TAKES_SHEET.search(data, max(0, start - _REACH), end + _REACH)):
            return "the id of a document"
    if parts[-3:] in _FILES_OF_FIGMA and _OF_FIGMA.fullmatch(data, start, end):
        return "the id of a document"
    if (
        parts == ("key",)
        and _OF_ISSUE.fullmatch(data, start, end)
        and _ISSUE.search(data, max(0, start - _REACH), end + _REACH)
    ):
        return "the id of an issue"
    return None
