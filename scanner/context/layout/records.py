"""Records of what happened: rows of orders, trades and deposits, whose ids have the shapes of keys."""

from collections.abc import Iterable

from scanner.context.layout.block import REACH_BEFORE
from scanner.context.layout.columns import heading_span
from scanner.context.layout.inserts import cell_of
from scanner.context.names.roles import kind_of, words
from scanner.lazy import lazy_compile

_THING = (
    rb"(?:orders?|ords?|trades?|algos?|fills?|deposits?|withdraw(?:al)?s?|transfers?|transactions?|txn?s?|requests?"
    rb"|sessions?|events?|executions?|payments?|positions?|payouts?|cancel(?:l?ed|s)?|(?:to_?)?cancel)"
)
_WORD = lazy_compile(
    rb"(?i)(?:^|[\s,;|:\"'\[])(?:"
    + _THING
    + rb"[_\- ]?(?:link[_\- ]?)?(?:ids?|hash|link|no)|cl(?:ient)?_?(?:o|ord|order)_?id|oids?|tx_?(?:id|hash)|nonce|uuid|hash)"
    rb"(?=[\s,;|:=\"'\]#])"
)
"""Names of ids, somewhere before a value on its line."""
_NEXT = lazy_compile(
    rb"(?i)(?:^|[\s,;|:\"'\[])" + _THING + rb"[\s:=#]{1,3}(?:[\w\-]{8,64}[\s,;|]{1,3}){0,2}\Z"
)
"""What happened, and to what: ``cancel <id> <id>``."""
_DONE = (
    rb"(?:(?:partial(?:ly)?[_ -]?)?fill(?:ed)?|cancel+ed|executed|placed|opened|closed|created|rejected|expired|settled"
    rb"|liquidated|confirmed|matched|accepted|submitted|amended|triggered)"
)
_HAPPENED = lazy_compile(
    rb"(?i)\b(?:"
    + _THING
    + rb"[ :]{1,3}"
    + _DONE
    + rb"|(?:"
    + _DONE
    + rb"|new|open|close|place)[ ]{1,2}orders?)\b"
)
"""Before an id on its line: ``order filled kucoin <id>``."""
_ENDED = lazy_compile(
    rb"(?i)[\"'`]?(?:[ \t]{1,4}[\w\-.]{1,64}){0,3}[ \t]{1,4}"
    rb"(?:"
    + _DONE
    + rb"|oid|cl(?:ient)?_?o(?:rd(?:er)?)?_?id|(?:order|trade|tx)[ _]?id)\b(?![ \t]{0,4}[:=]?[ \t]{0,4}(?i:key|secret))"
)
"""Behind an id on its line: ``kucoin <id> <id> filled``, ``bybit link <id> oid <id>``."""
_STAMPED = lazy_compile(rb"[\[(]?(?:\d{4}[\-/.]\d\d[\-/.]\d\d|\d\d?:\d\d)")
"""How a line of a log begins."""
_OPENS = lazy_compile(rb"(?i)key|secret|pass|token|auth|cred|login|\bsk\b|\bak\b")
_IDS = frozenset(
    (
        *(
            "id",
            "ids",
            "oid",
            "uuid",
            "guid",
            "hash",
            "txid",
            "tx",
            "txn",
            "txhash",
            "order",
            "orderid",
            "trade",
        ),
        *(
            "tradeid",
            "fill",
            "deposit",
            "withdrawal",
            "withdraw",
            "transfer",
            "transaction",
            "algo",
            "cloid",
        ),
        *(
            "sha256",
            "sha1",
            "md5",
            "checksum",
            "digest",
            "ref",
            "reference",
            "nonce",
            "signature",
            "cursor",
        ),
        *(
            "auszahlungs",
            "einzahlungs",
            "auszahlung",
            "einzahlung",
            "transaktion",
            "prüfsumme",
            "ордер",
            "заказ",
            "хеш",
            "订单",
            "哈希",
            "注文",
        ),
    )
)
_PARTS = frozenset(
    (
        "key",
        "secret",
        "token",
        "api",
        "pass",
        "passphrase",
        "password",
        "pwd",
        "access",
        "client",
        "auth",
    )
)
_WORDS = lazy_compile(r"[^\W\d_][^\W\d_A-Z]*\d{0,3}|[A-Z]+(?![a-z])")
"""Words of the headings of columns of ids, and of credentials."""
_TABLE = lazy_compile(
    rb"(?i)INSERT\s{1,4}INTO\s{1,4}[`\"\[]?(?:\w{1,40}[.`\"\]])?[`\"\[]?(\w{1,60})"
)
_TABLES = lazy_compile(rb"(?i)(?:\w*_)?" + _THING + rb"(?:_\w*)?")
_NAMES = lazy_compile(
    rb"(?i)\b(?:" + _THING + rb"[_ ]ids?\b|" + _THING + rb"Ids?\b|to[_ ]cancel)"
    rb"|\b(?:orders|trades|fills|deposits|withdrawals|transfers|transactions|payouts)[ ]{0,3}(?::?=|:)[ ]{0,3}(?:\[\]\w{1,24})?\Z"
)


def is_id(name: str) -> bool:
    """Tell whether a name is that of an id in a record.

    >>> is_id("client_oid"), is_id("api_key")
    (True, False)
    """
    words = _words_of(name)
    is_part = not words.isdisjoint(_PARTS) and words.isdisjoint(("oid", "order"))
    return not words.isdisjoint(_IDS) and not is_part


_EVENTS = frozenset(
    (
        *("order", "orders", "trade", "trades", "fill", "deposit", "withdrawal", "transfer", "tx"),
        *("txid", "txhash", "txn", "transaction", "hash", "payment", "execution", "position"),
        *(
            "orderid",
            "tradeid",
            "cloid",
            "oid",
            "side",
            "price",
            "qty",
            "quantity",
            "symbol",
            "pair",
        ),
    )
)
"""Words of the headings of what happened."""
_SECRETS = frozenset(("api_secret", "private_key", "passphrase", "password"))


def is_key_of_row(name: str, names: Iterable[str]) -> bool:
    """Tell whether a column is what rows of orders, trades or settings are found by; ``names``: all columns.

    No secret stands beside it, as one does beside a key that opens an account.

    >>> is_key_of_row("key", ("order_id", "key")), is_key_of_row("key", ("exchange", "key", "value"))
    (True, True)
    >>> is_key_of_row("key", ("exchange", "key")), is_key_of_row("trade_key", ("trade_key", "secret"))
    (False, False)
    """
    before, last = words(name)[:-1], words(name)[-1:]
    if last not in (("key",), ("keys",)) or not _EVENTS.issuperset(before):
        return False
    others = [other for other in names if other != name]
    if any(kind_of(other) in _SECRETS for other in others):
        return False
    if before:
        return True
    told = {word for other in others for word in words(other)}
    return not told.isdisjoint(_EVENTS) or not _VALUES.isdisjoint(others)


_VALUES = frozenset(("value", "Value", "VALUE", "val"))


def is_record(data: bytes, start: int, texts: Iterable[str]) -> bool:
    """Tell whether a value that no name binds is an id in a record.

    ``texts``: what stands above and around it: the heading, the names of what is opened.
    """
    line = data.rfind(b"\n", max(0, start - 1000), start) + 1
    low = max(line, start - 160)
    if _WORD.search(data, low, start) or _NEXT.search(data, low, start):
        return True
    if _HAPPENED.search(data, low, start) or _is_of_log(data, line, start):
        return True
    if _TABLES.fullmatch(cell_of(data, start)[0].encode()):
        return True
    insert = data.rfind(b"INSERT", max(0, start - 3000), start)
    table = _TABLE.match(data, insert) if insert >= 0 else None
    if table is not None and _TABLES.fullmatch(table[1]):
        return True
    if any(_NAMES.search(text.encode()) for text in texts):
        return True
    return _in_column_of_ids(data, line, start)


def _is_of_log(data: bytes, line: int, start: int) -> bool:
    """Tell whether a line of a log goes on with what happened to an id, and speaks of no key."""
    if not _STAMPED.match(data, line, start):
        return False
    end = data.find(b"\n", start, start + 300)
    end = end if end >= 0 else min(len(data), start + 300)
    value = _VALUE.match(data, start, end)
    is_ended = value is not None and _ENDED.match(data, value.end(), end) is not None
    return is_ended and not _OPENS.search(data, line, end)


_VALUE = lazy_compile(rb"[\w\-]{1,128}")


def _in_column_of_ids(data: bytes, line: int, start: int) -> bool:
    """Tell whether a table, which begins with the text or with a line of ``|``, heads this column so."""
    low, end = heading_span(data)
    first = data[low:end]
    if data[line : line + 1] == b"|":
        first = _head_of_cells(data, line)
    elif line <= end or first.startswith(_STATEMENTS):
        return False
    names = first.decode("utf-8", "replace")
    for mark in ",;\t|":
        cells = names.split(mark)
        place = data.count(mark.encode(), line, start)
        if len(cells) > 1 and place < len(cells) and _heads_ids(cells, place):
            return True
    return False


def _heads_ids(cells: list[str], place: int) -> bool:
    """Tell whether a column has ids; the id of a client is one of an order where others are, and no secret."""
    if is_id(cells[place]):
        return True
    if not {"id", "ids"} & _words_of(cells[place]):
        return False
    others = cells[:place] + cells[place + 1 :]
    return any(_words_of(other) & _EVENTS for other in others) and not any(
        kind_of(other.strip()) in _SECRETS for other in others
    )


def _words_of(name: str) -> set[str]:
    return {word.lower() for word in _WORDS.findall(name)}


_STATEMENTS = (b"import ", b"from ", b"use ", b"using ", b"const ", b"let ", b"var ", b"require")
"""First words of code, which heads no columns: ``import okx.Account as Account, okx.Trade as Trade``."""


def _head_of_cells(data: bytes, line: int) -> bytes:
    """Return the first of the lines of ``|`` above a line; empty if it is not near."""
    head = line
    while head > 0 and line - head < REACH_BEFORE // 2:
        low = max(0, head - REACH_BEFORE)
        above = data.rfind(b"\n", low, head - 1) + 1 or low
        if data[above : above + 1] != b"|":
            return data[head : max(head, data.find(b"\n", head, line))]
        head = above
    return data[: max(0, data.find(b"\n", 0, line))] if head == 0 else b""
