"""How random a value is, judged per alphabet: entropy, character classes, words, runs.

Shannon entropy is in bits a character, of the value's own character counts; a random value of n
characters over an alphabet of k reaches less than log2(min(n, k)), so limits depend on the length.
"""

import math
import re
from functools import lru_cache

from scanner.lazy import lazy_compile

_RUN, _HEX_RUN = re.compile(rb"(.)\1{4,}"), re.compile(rb"(.)\1{6,}")
"""Repeats that chance hardly gives: of 64 random hexadecimal digits one value in 1,000 holds five."""
_SEQUENCES = (
    b"0123456789",
    b"abcdefghijklmnopqrstuvwxyz",
    b"qwertyuiop",
    b"asdfghjkl",
    b"zyxwvutsrqponmlkjihgfedcba",
    b"9876543210",
)
_GROUPED = lazy_compile(rb"[A-Za-z0-9]{3,}(?:(?:-[A-Za-z0-9]{3,}){2,}|\.[A-Za-z0-9]{8,})")
_ESCAPED = lazy_compile(rb"%[0-9A-F]{2}")
_UUID = lazy_compile(rb"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def entropy(value: bytes) -> float:
    """Return the Shannon entropy of a value in bits a character.

    >>> entropy(b"abab"), entropy(b"aaaa")
    (1.0, 0.0)
    """
    if not value:
        return 0.0
    size = len(value)
    total = 0.0
    for byte in set(value):
        share = value.count(byte) / size
        total -= share * math.log2(share)
    return total if total > 1e-9 else 0.0


@lru_cache(maxsize=4096)
def least_entropy(size: int, alphabet: int, is_formed: bool = False) -> float:
    """Return the entropy that 999 of 1,000 random values of this size and alphabet exceed.

    The mean is exact (a symbol's count is binomial); the allowance below it was fitted to simulated
    values, it shrinks with the square root of the size. With ``is_formed`` all but one in 100,000 exceed it.

    >>> 4.6 < least_entropy(64, 62) < 4.8
    True
    """
    mean = 0.0
    share = 1 / alphabet
    for count in range(1, size + 1):
        ways = math.comb(size, count) * share**count * (1 - share) ** (size - count)
        mean -= ways * alphabet * (count / size) * math.log2(count / size)
    allowed = (1.05 if alphabet < 36 else 0.75) * (1.5 if is_formed else 1)
    return mean * (1 - allowed / math.sqrt(size))


def alphabet_of(value: bytes) -> int:
    """Return the number of symbols of the smallest usual alphabet that holds the value."""
    if re.fullmatch(rb"[0-9]+", value):
        return 10
    if re.fullmatch(rb"[0-9a-f]+|[0-9A-F]+", value):
        return 16
    if re.fullmatch(rb"[a-z0-9]+|[A-Z0-9]+", value):
        return 36
    if re.fullmatch(rb"[A-Za-z0-9]+", value):
        return 62
    if re.fullmatch(rb"[A-Za-z0-9+/_=\-]+", value):
        return 64
    return 94


def is_random(value: bytes, is_formed: bool = False) -> bool:
    """Tell whether a value's entropy is that of a random one, without runs or sequences.

    Args:
        value: the characters, without a public prefix.
        is_formed: more than chance speaks for it already (the exact form of a key), so that it need only
            be no made-up value: fewer random ones are lost.

    >>> is_random(b"aaaaaaaaaaaaaaaaaaaaaaaa"), is_random(b"745a13d54c856e9d81fb3b96459bfae3")
    (False, True)
    """
    if len(set(value)) < 5:
        return False
    body = value.rstrip(b"=")
    if _UUID.fullmatch(body):
        body = body.replace(b"-", b"").lower()
    elif _GROUPED.fullmatch(body):
        body = body.replace(b"-", b"").replace(b".", b"")
    elif b"%" in body:
        body = _ESCAPED.sub(b"", body)
    body = body[:400]
    alphabet = alphabet_of(body)
    if (_HEX_RUN if alphabet == 16 else _RUN).search(body) or has_sequence(body):
        return False
    return entropy(body) >= least_entropy(len(body), alphabet, is_formed)


def has_sequence(value: bytes, length: int = 7) -> bool:
    """Tell whether the value holds a run such as ``1234567`` or ``abcdefg``, or repeats itself."""
    lower = value.lower()
    for sequence in _SEQUENCES:
        for start in range(len(sequence) - length + 1):
            if sequence[start : start + length] in lower:
                return True
    size = len(value)
    for period in range(1, min(9, size // 3 + 1)):
        if value[period:] == value[:-period]:
            return True
    half = size // 2
    return size >= 16 and size % 2 == 0 and value[:half] == value[half:]
