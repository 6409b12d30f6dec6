"""Records of what happened: rows of orders, trades and deposits, whose ids have the shapes of keys."""

from collections.abc import Iterable

from scanner.lazy import lazy_compile

_THING = (
    rb"(?:orders?|ords?|trades?|algos?|fills?|deposits?|withdraw(?:al)?s?|transfers?|transactions?|txn?s?|requests?"
    rb"|sessions?|events?|executions?|payments?|positions?|payouts?|cancel(?:l?ed|s)?|(?:to_?)?cancel)"
)
_WORD = lazy_compile(
    rb"(?i)(?:^|[\s,;|:\"'\[])(?:"
    + _THING
    + rb"[_\- ]?(?:ids?|hash|link|no)|cl(?:ient)?_?(?:o|ord|order)_?id|oids?|tx_?(?:id|hash)|nonce|uuid|hash)"
    rb"(?=[\s,;|:=\"'\]#])"
)
"""Names of ids, somewhere before a value on its line."""
_NEXT = lazy_compile(
    rb"(?i)(?:^|[\s,;|:\"'\[])" + _THING + rb"[\s:=#]{1,3}(?:[\w\-]{8,64}[\s,;|]{1,3}){0,2}\Z"
)
"""What happened, and to what: ``cancel <id> <id>``."""
_ID = lazy_compile(
    rb"(?i)[\"'` ]*(?:\w*(?:"
    + _THING
    + rb"|algo|user)_?(?:ids?|oid|hash|no)|\w*_?oid|id|uuid|tx|txid|hash|\w*_hash)[\"'` ]*"
)
"""Headings of columns of ids."""
_TABLE = lazy_compile(
    rb"(?i)INSERT\s{1,4}INTO\s{1,4}[`\"\[]?(?:\w{1,40}[.`\"\]])?[`\"\[]?(\w{1,60})"
)
_TABLES = lazy_compile(rb"(?i)(?:\w*_)?" + _THING + rb"(?:_\w*)?")
_NAMES = lazy_compile(rb"(?i)\b(?:" + _THING + rb"[_ ]ids?\b|" + _THING + rb"Ids?\b|to[_ ]cancel)")


def is_id(name: str) -> bool:
    """Tell whether a name is that of an id in a record.

    >>> is_id("client_oid"), is_id("api_key")
    (True, False)
    """
    return _ID.fullmatch(name.encode()) is not None


def is_record(data: bytes, start: int, texts: Iterable[str]) -> bool:
    """Tell whether a value that no name binds is an id in a record.

    ``texts``: what stands above and around it: the heading, the names of what is opened.
    """
    line = data.rfind(b"\n", max(0, start - 1000), start) + 1
    low = max(line, start - 160)
    if _WORD.search(data, low, start) or _NEXT.search(data, low, start):
        return True
    insert = data.rfind(b"INSERT", max(0, start - 3000), start)
    table = _TABLE.match(data, insert) if insert >= 0 else None
    if table is not None and _TABLES.fullmatch(table[1]):
        return True
    if any(_NAMES.search(text.encode()) for text in texts):
        return True
    return _in_column_of_ids(data, line, start)


def _in_column_of_ids(data: bytes, line: int, start: int) -> bool:
    stop = data.find(b"\n", 0, 2000)
    if not 0 < stop < line:
        return False
    for mark in (b",", b";", b"\t", b"|"):
        names = data[:stop].split(mark)
        place = data.count(mark, line, start)
        if len(names) > 1 and place < len(names) and _ID.fullmatch(names[place].strip()):
            return True
    return False
