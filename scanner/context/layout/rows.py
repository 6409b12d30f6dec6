"""Values that stand in a row: ``(key, secret)``, ``key / secret / passphrase``, one a line."""

import re
from typing import NamedTuple

from scanner.context.values.lookalikes import is_name_like
from scanner.lazy import lazy_compile

_OPENED = lazy_compile(
    rb"(?:[(\[{]|\breturn[ \t])\s{0,16}((?:[\"'][!#-&(-~]{2,200}[\"']\s{0,4},\s{0,16}){0,3})[\"']\Z"
)
_CLOSED = lazy_compile(
    rb"[\"']((?:\s{0,4},\s{0,16}[\"'][!#-&(-~]{6,200}[\"']){0,2}),?(?:\s{0,16}[)\]}]|[ \t]{0,4};?\r?$)",
    re.MULTILINE,
)


_SHORTEST_KEY = 8


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
    is_short = len(first) < _SHORTEST_KEY  # okx, woo: no key is
    if place and len(first) <= 24 and first.isalpha() and (is_short or is_name_like(first)):
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


_PAIR = lazy_compile(
    rb"(?P<callee>[\w.]{0,40})[(\[{]\s{0,40}(?:(?:[\"'`][^\"'`\n]{1,24}[\"'`]|[\w.]{1,24}),\s{0,24}){0,2}"
    rb"[\"'`](?P<key>[A-Za-z0-9+/]{18,88})[\"'`],\s{0,24}[\"'`](?P<secret>[A-Za-z0-9+/]{36,88}={0,2})[\"'`]\Z"
)
_SHOWS = lazy_compile(
    rb"(?i)(?:(?:^|[.\W_])log\w{0,12}|console|print\w{0,4}|assert\w{0,20}|expect|equals?|compare\w{0,8})(?:\.\w{1,12})?\Z"
)
"""Calls that write, or compare, what they are passed: two ids as well as two anything."""
_ENDS = lazy_compile(
    rb"[ ]?,?\s{0,40}(?:[)\]}]|[\"'`][^\"'`\n]{0,34}[\"'`]|[\w.\-*]{1,24}\s{0,4}[,)\]}=]|#|//)"
)


def pair_before(data: bytes, end: int) -> tuple[tuple[int, int], ...]:
    """Return the spans of two values that end with the quote before ``end``, first in brackets; none elsewhere.

    A list of more long values is one of lines of base64, of ids or of digests.

    >>> pair_before(b'run("' + b"aB3" * 6 + b'", "' + b"xY9" * 12 + b'", 5)', 64)
    ((5, 23), (27, 63))
    """
    found = _PAIR.search(data, max(0, end - 320), end)
    if found is None or _ENDS.match(data, end) is None or _SHOWS.search(found["callee"]):
        return ()
    return found.span("key"), found.span("secret")


class Row(NamedTuple):
    """Where a value stands among others like it.

    Attributes:
        place: how many stand before it.   others: the values next to it, before and after.
    """

    place: int
    others: tuple[bytes, ...]


GAP = (
    rb"""(?:["'`]?(?:\.\w{2,12}\(\))?[ \t]{0,8}(?:[,;|/:\t ]|-{1,4}|[ ]to[ ]|\r?\n)"""
    rb"""[ \t]{0,8}(?:\r?\n[ \t]{0,40})?(?:[-*][ \t]{1,3}|\|[ \t]{0,3})?"""
    rb"""|["'`]?,?[ \t]{1,8}(?:#|//)[^\n]{0,60}\r?\n[ \t]{0,40})"""
)
"""What stands between two values of a row: a comma, blanks, dashes, the end of a line. A quote may follow."""
_JOIN = GAP + rb"""["'`]?"""
_DECLARED = (
    rb"(?:(?:-e|export|static|const|final|private|public|protected|internal|readonly|pub|let|mut|var|val|my|our|local"
    rb"|String|string|auto|char|(?:std::)?string|(?i:dim|const|private|public))[ \t]{1,4}){0,5}[*$@]?"
)
"""What stands before a name that is declared, in any language."""
_TYPED = rb"(?:[ ]{0,2}:[ ]{0,2}&?(?:'static[ ])?(?:str|String|string)|[ ]{1,2}(?i:as[ ]{1,2}string)|\[\])?"
_SECOND = (
    rb"""["'`]?[ \t]{0,4}[,;:]?[ \t]{0,8}(?:\r?\n[ \t]{0,40})?""" + _DECLARED + rb"""["'`]?"""
    rb"""(?:(?:[\w.\-]{0,24}[_\-.])?(?i:s|sk|sec)|[A-Za-z]{1,8}S|[a-z]s)["'`]?"""
    + _TYPED
    + rb"""[ \t]{0,40}(?:=>|:=|[:=])[ \t]{0,40}["'`]?"""
    rb"""|["'`],[ ]?["'`]?b["'`]?[ ]?[:=][ ]?["'`]"""
    rb"""|["'`]?,?[ ]?["'`]?--?(?:s|secret|api-secret)["'`]?(?:,[ ]?|[ =])["'`]?"""
)
"""The same where the second is called ``s``, as the first is called ``k``."""
_VALUE = rb"(?P<value>[A-Za-z0-9+/_\-]{16,128}={0,2})"
_BEFORE = lazy_compile(rb"(?<![\w+/\-])" + _VALUE + rb"(?:" + _JOIN + rb"|" + _SECOND + rb")\Z")
_AFTER = lazy_compile(rb"(?:" + _SECOND + rb"|" + _JOIN + rb")" + _VALUE + rb"(?![\w+/\-])")
_LONG = lazy_compile(rb"[A-Za-z0-9+/_\-]{16}")
_REACH = 220


def beside(data: bytes, start: int, end: int) -> Row | None:
    """Return the row of values that ``data[start:end]`` stands in; None if it stands alone.

    >>> data = b"/addkey gate 0123456789abcdef0123456789abcdef fedcba9876543210fedcba9876543210"
    >>> beside(data, 13, 45)
    Row(place=0, others=(b'fedcba9876543210fedcba9876543210',))
    """
    if end - start < 16 or not _is_mixed(data[start:end]):
        return None
    before, after = data[max(0, start - _REACH) : start], data[end : end + _REACH]
    if not (_LONG.search(before) or _LONG.search(after)):
        return None
    others: list[bytes] = []
    place, low = 0, start
    while place < 2:
        found = _BEFORE.search(data, max(0, low - _REACH), low)
        if found is None or not _is_mixed(found["value"]):
            break
        place, low = place + 1, found.start("value")
        if place == 1:
            others.append(found["value"])
    following = _AFTER.match(data, end, end + _REACH)
    if following is not None and _is_mixed(following["value"]):
        others.append(following["value"])
    return Row(place, tuple(others)) if others else None


_OTHERS_OF_LIST = 4
"""Values before and after one, as long as it is and parted from each other alike, of which a list has so many."""


def in_list(data: bytes, start: int, end: int) -> bool:
    """Tell whether a value is one of five or more of its length in a row: those of two accounts are four.

    >>> data = b"\\n".join(bytes([65 + i]) + b"b3" * 9 + b"x" for i in range(5))
    >>> in_list(data, 0, 20), in_list(data[:83], 0, 20)
    (True, False)
    """
    following = _AFTER.match(data, end, end + _REACH)
    before = None if following else _BEFORE.search(data, max(0, start - _REACH), start)
    if following is not None:
        gap = data[end : following.start("value")]
    elif before is not None:
        gap = data[before.end("value") : start]
    else:
        return False
    period, others = end - start + len(gap), 0
    while others < _OTHERS_OF_LIST and data.startswith(gap, end + others * period):
        others += 1
    more = 0
    while others + more < _OTHERS_OF_LIST and start >= len(gap) + more * period:
        if not data.startswith(gap, start - len(gap) - more * period):
            break
        more += 1
    return others + more >= _OTHERS_OF_LIST


def is_of_vector(data: bytes, start: int, end: int) -> bool:
    """Tell whether a value stands in a row of a test, as of a derivation: a number follows it, or two go before.

    >>> row = b'("name", "salt", 20, 1, "0c60")'
    >>> is_of_vector(row, 10, 14), is_of_vector(row, 25, 29), is_of_vector(b'("name", "salt")', 10, 14)
    (True, True, False)
    """
    before = _COMMA.search(data, max(0, start - 40), start)
    if before is None:
        return False
    return before["numbers"] is not None or _NUMBER_NEXT.match(data, end, end + 24) is not None


_COMMA = lazy_compile(
    rb"(?:[\"']\s{0,4}|(?P<numbers>,\s{0,4}\d{1,9}\s{0,4},\s{0,4}\d{1,9}\s{0,4})),\s{0,4}[\"']\Z"
)
_NUMBER_NEXT = lazy_compile(rb"[\"']\s{0,4},\s{0,4}\d{1,9}\s{0,4},")

_LARGEST = 20_000
"""Bytes of the largest text that is looked at as rows of keys."""
_MARK = rb"[ ]?(?:[,;:|\t ]|-{4})[ ]?"
_CELL = rb"[\"']?([A-Za-z0-9+/_\-]{16,128}={0,2})[\"']?"
_ACCOUNT = lazy_compile(
    rb"(?:\xef\xbb\xbf)?[ \t]{0,4}(?:[\"']?\w[\w .@\-]{0,23}[\"']?"
    + _MARK
    + rb")?"
    + _CELL
    + _MARK
    + _CELL
    + rb"(?:"
    + _MARK
    + rb"[\"']?([^\s,;|\"']{4,64})[\"']?)?[ \t\r,;]{0,4}(?:\n|\Z)"
)
"""A row of a file: the name of an account at times, a key, its secret, and a passphrase at times."""
_SKIPPED = lazy_compile(rb"(?:[ \t]{0,8}(?:#|//)[^\n]{0,200}(?:\n|\Z)|[ \t\r]{0,8}\n)*")


_NO_DIGITS = bytes(byte for byte in range(256) if not 48 <= byte <= 57)
_SHORTEST, _FEWEST_DIGITS, _MOST_REMARKS = 33, 3, 8


def opens_with_digits(data: bytes) -> bool:
    """Tell whether the first line below remarks is as long as two keys and has digits, as lists of keys begin.

    >>> opens_with_digits(b"# bots" + b"\\n" + b"a1" * 32), opens_with_digits(b"import " + b"x" * 64)
    (True, False)
    """
    at = 0
    for _ in range(_MOST_REMARKS):
        if data[at : at + 1] not in (b"#", b"/", b"\n", b"\r", b" "):
            break
        at = data.find(b"\n", at, at + 400) + 1
        if not at:
            return False
    end = data.find(b"\n", at, at + 400)
    if 0 <= end < at + _SHORTEST:
        return False
    line = data[at : end if end >= 0 else at + 400]
    return len(line) >= _SHORTEST and len(line.translate(None, _NO_DIGITS)) >= _FEWEST_DIGITS


def may_be_accounts(data: bytes) -> bool:
    """Tell by its first line, remarks aside, whether a text may be rows of keys and secrets without a heading.

    >>> may_be_accounts(b"aB3dE9xQ7kLm2PqRs4:Zx8Wv5Nt1Yh6Gj3Fb0Kc"), may_be_accounts(b"key:secret")
    (True, False)
    """
    return len(data) <= _LARGEST and opens_with_digits(data) and _account(data, 0) is not None


def accounts(data: bytes) -> list[list[tuple[int, int]]]:
    """Return the spans of key, secret and, if there is one, passphrase of each row; none if a line is anything else."""
    rows: list[list[tuple[int, int]]] = []
    at = 0 if len(data) <= _LARGEST and opens_with_digits(data) else len(data)
    while at < len(data):
        found = _account(data, at)
        if found is None:
            skipped = _SKIPPED.match(data, at)
            return rows if skipped and skipped.end() == len(data) else []
        rows.append([found.span(group) for group in (1, 2, 3) if found[group]])
        at = found.end()
    return rows


def _account(data: bytes, at: int) -> "re.Match[bytes] | None":
    skipped = _SKIPPED.match(data, at)
    found: re.Match[bytes] | None = _ACCOUNT.match(data, skipped.end() if skipped else at)
    is_row = found is not None and _is_mixed(found[1]) and _is_mixed(found[2])
    return found if is_row else None


def _is_mixed(value: bytes) -> bool:
    return any(48 <= byte <= 57 for byte in value) and not is_name_like(value)
