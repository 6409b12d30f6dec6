"""Which of several values in a row this is: ``(key, secret)``, ``key / secret / passphrase``."""

import re

from scanner.context.lookalikes import is_name_like
from scanner.lazy import lazy_compile

_OPENED = lazy_compile(
    rb"(?:[(\[{]|\breturn[ \t])\s{0,16}((?:[\"'][!#-&(-~]{2,200}[\"']\s{0,4},\s{0,16}){0,3})[\"']\Z"
)
_CLOSED = lazy_compile(
    rb"[\"']((?:\s{0,4},\s{0,16}[\"'][!#-&(-~]{6,200}[\"']){0,2}),?(?:\s{0,16}[)\]}]|[ \t]{0,4};?\r?$)",
    re.MULTILINE,
)


def in_tuple(data: bytes, start: int, end: int) -> int:
    """Return which of two or three values in brackets of their own this is, -1 if it is none.

    The name of an account or an exchange may stand before them.
    """
    before = _OPENED.search(data, max(0, start - 440), start)
    after = _CLOSED.match(data, end, min(len(data), end + 440)) if before else None
    if before is None or after is None:
        return -1
    place, more = before[1].count(b","), after[1].count(b",")
    first = before[1].partition(b",")[0].strip(b"\"' ")
    if place and len(first) <= 24 and first.isalpha() and is_name_like(first):
        place -= 1
    return place if 2 <= place + more + 1 <= 3 else -1


_RUN = rb"[!-.0-9:-~][!-~]{5,199}"
_BETWEEN = rb"[ \t](?:/|\||:|-|,)[ \t]"
_LISTED_BEFORE = lazy_compile(rb"(?:^|[\s:\"'(])((?:" + _RUN + _BETWEEN + rb"){1,2})\Z")
_LISTED_AFTER = lazy_compile(_BETWEEN + _RUN)


def listed(data: bytes, start: int, end: int) -> int:
    """Return which of the values written ``key / secret / passphrase`` this is, -1 if none."""
    if data[start - 1 : start] != b" " and data[end : end + 1] != b" ":
        return -1
    found = _LISTED_BEFORE.search(data, max(0, start - 240), start)
    if found:
        values = re.split(_BETWEEN, found[1])[:-1]
        mixed = [v for v in values if any(48 <= c <= 57 for c in v) and not is_name_like(v)]
        return len(mixed) if mixed else (0 if _LISTED_AFTER.match(data, end) else -1)
    return 0 if _LISTED_AFTER.match(data, end) else -1
