"""Shapes: what a value without a telling prefix looks like (alphabet and length).

A shape is used three ways: as an expression for the prefilter, as an exact search in a small window,
and as a test of one value. All three are made here, so that they cannot disagree.
"""

import re
from functools import lru_cache

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


def border(shape: Shape) -> str:
    """Return the characters that may not stand beside a value of this shape, as a class body."""
    if shape.charset in ("base64", "base64url"):
        return _CLASSES[shape.charset]
    return "0-9A-Za-z" if shape.charset == "uuid" else "0-9A-Za-z_"


def expression(shape: Shape) -> str:
    """Return a prefilter expression: borders consumed, no lookaround, hits end at most 1 past."""
    edge = border(shape)
    before = f"^|[^{edge}]|0[xX]" if shape.charset.startswith("hex") else f"^|[^{edge}]"
    return f"(?:{before}){body(shape)}(?:$|[^{edge}])"


@lru_cache(maxsize=None)
def searcher(shape: Shape) -> re.Pattern[bytes]:
    """Return the exact search: the value with nothing of its alphabet beside it."""
    edge = border(shape)
    before = f"(?:(?<![{edge}])|(?<=0[xX]))" if shape.charset.startswith("hex") else f"(?<![{edge}])"
    return re.compile(f"{before}{body(shape)}(?![{edge}=])".encode())


@lru_cache(maxsize=None)
def _whole(shape: Shape) -> re.Pattern[bytes]:
    return re.compile(body(shape).encode())


def fits(value: bytes, shape: Shape) -> bool:
    """Tell whether a value has this shape; mixed alphabets must really be mixed when long.

    >>> fits(b"0" * 32, Shape("hex_lower", 32, 32))
    True
    >>> fits(b"0" * 64, Shape("alnum", 64, 64))
    False
    """
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
    """Tell whether a value has upper case, lower case and digits, as random ones of 20 and more do.

    >>> is_mixed(b"deadbeef00"), is_mixed(b"aB3")
    (False, True)
    """
    return (
        value != value.lower() and value != value.upper() and any(48 <= byte <= 57 for byte in value)
    )
