"""Shapes: what a value without a telling prefix looks like (alphabet and length).

``pieces`` cuts a run of key characters into spans that could be values; ``fits`` tests one value.
"""

import re
from collections.abc import Iterator
from functools import cache

from scanner.lazy import lazy_compile
from scanner.models import Shape

_CLASSES = {
    "hex_lower": "0-9a-f",
    "hex_upper": "0-9A-F",
    "hex": "0-9a-fA-F",
    "alnum": "0-9A-Za-z",
    "alnum_lower": "0-9a-z",
    "alnum_upper": "0-9A-Z",
    "base64": "0-9A-Za-z+/",
    "base64url": "0-9A-Za-z_\\-",
    "base58": "1-9A-HJ-NP-Za-km-z",
    "base32": "A-Z2-7",
    "digits": "0-9",
    "user_chosen": "!-~",
}
_UUID = "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"
SHORTEST_BARE = 16
"""Values shorter than this, in characters, are only looked at when a name binds them."""


def body(shape: Shape) -> str:
    """Return the expression of the value alone, without its borders.

    >>> body(Shape("hex_lower", 32, 32))
    '[0-9a-f]{32,32}'
    """
    if shape.charset == "uuid":
        return _UUID
    chars = _CLASSES[shape.charset]
    if shape.charset == "base64":
        return f"[{chars}]{{{max(1, shape.minimum - 2)},{shape.maximum}}}={{0,2}}"
    return f"[{chars}]{{{shape.minimum},{shape.maximum}}}"


_PIECES = (
    lazy_compile(rb"(?<![0-9A-Za-z])" + _UUID.encode() + rb"(?![0-9A-Za-z])"),
    lazy_compile(rb"(?<![0-9A-Za-z+/])[0-9A-Za-z+/]{14,4096}={0,2}"),
    lazy_compile(rb"(?<![0-9A-Za-z_\-])[0-9A-Za-z_\-]{16,4096}"),
    lazy_compile(rb"(?:(?<![0-9A-Za-z_])|(?<=0[xX]))(?!0[xX])[0-9A-Za-z]{16,4096}(?![0-9A-Za-z_])"),
)


def pieces(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans in ``data[start:end]`` that could be whole values of some alphabet.

    A value ends where its alphabet does, so a run such as ``v3/0123...`` is looked at as base64, as
    base64url and as its parts; spans may come more than once.
    """
    for pattern in _PIECES:
        for found in pattern.finditer(data, start, end):
            yield found.span()


@cache
def _whole(shape: Shape) -> re.Pattern[bytes]:
    return re.compile(body(shape).encode())


def fits(value: bytes, shape: Shape) -> bool:
    """Tell whether a value has this shape; mixed alphabets must really be mixed when long.

    >>> fits(b"0" * 32, Shape("hex_lower", 32, 32))
    True
    >>> fits(b"0" * 64, Shape("alnum", 64, 64))
    False
    """
    if shape.charset == "base64url" and value.endswith(b"=") and not len(value) % 4:
        value = value.rstrip(b"=")  # padding, which such values may have or not (RFC 4648, 5)
    if not shape.minimum <= len(value) <= shape.maximum or not _whole(shape).fullmatch(value):
        return False
    if shape.charset == "hex":
        return value in (value.lower(), value.upper())
    if shape.charset == "base64" and len(value) % 4 and value.endswith(b"="):
        return False
    if shape.charset in ("alnum", "base64", "base64url", "base58") and len(value) >= 20:
        return is_mixed(value)
    return True


def is_mixed(value: bytes) -> bool:
    """Tell whether a value mixes upper case, lower case and digits, as long random ones do.

    One in forty random values of 22 characters has no digit, so short ones need none.

    >>> is_mixed(b"deadbeef00"), is_mixed(b"aB3")
    (False, True)
    """
    if value in (value.lower(), value.upper()):
        return False
    return len(value) < 32 or any(48 <= byte <= 57 for byte in value)
