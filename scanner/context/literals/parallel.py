"""Several names on one side of a sign, and as many values on the other: ``user, password = "app", "x7Kq"``."""

from scanner.lazy import lazy_compile

_LEFT = lazy_compile(
    rb"[ \t]{0,60}(?:(?:const|let|var|local|my|val)[ \t]{1,4})?[\[({]?(?P<names>(?:[$@]?[\w.]{1,40}[ ]?,[ ]?){0,5})[$@]?\Z"
)
"""What stands on a line before one of several names."""
_REST = lazy_compile(
    rb"(?P<names>(?:[ ]?,[ ]?[$@]?[\w.]{1,40}){0,5})[\])}]?[ \t]{0,8}:?=[ \t]{0,8}[\[({]?"
)
_ITEM = lazy_compile(
    rb"(?:\"[^\"\n]{0,200}\"|'[^'\n]{0,200}'|[\w.$]{1,60}(?:\([^()\n]{0,60}\)|\[[^\[\]\n]{0,60}\])?)[ ]?,[ ]?"
)


def value_at(data: bytes, start: int, end: int) -> int | None:
    """Return where the value begins that the name ``data[start:end]``, one of several, is given; None if it is none.

    -1 if what it is given is no text.

    >>> data = b'dn, pw = "cn=a,dc=b", "x7Kq"'
    >>> value_at(data, 4, 6), value_at(data, 0, 2), value_at(b'pw = "x", "y"', 0, 2)
    (22, 9, None)
    """
    if data[start - 1 : start] not in _BEFORE and data[end : end + 1] not in _AFTER:
        return None
    line = data.rfind(b"\n", max(0, start - 300), start) + 1
    left = _LEFT.match(data, line, start) if start - line <= 300 else None
    rest = _REST.match(data, end, end + 300) if left else None
    if left is None or rest is None or not (left["names"] or rest["names"]):
        return None
    at = rest.end()
    before = left["names"].count(b",")
    for place in range(before):
        item = _ITEM.match(data, at, at + 300)
        if item is None:
            return -1 if place else None
        at = item.end()
    if data[at : at + 1] not in _QUOTES:
        return -1 if before else None
    return at if before or _ITEM.match(data, at, at + 300) else None


_BEFORE = (b" ", b",", b"$", b"@")
_AFTER = (b" ", b",")
_QUOTES = (b'"', b"'", b"`")
