"""Behaviour of scanner.shapes: which values have a shape, and where values lie in a run."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.models import Shape
from scanner.placeholders import fill
from scanner.rules.reading import CHARSETS
from scanner.shapes import body, fits, is_mixed, pieces

PLACEHOLDERS = {
    "hex_lower": "{hex:40}",
    "hex_upper": "{HEX:40}",
    "hex": "{hex:40}",
    "alnum": "{alnum:40}",
    "alnum_lower": "{alnum_lower:40}",
    "alnum_upper": "{alnum_upper:40}",
    "base64": "{base64:40}",
    "base64url": "{base64url:40}",
    "base58": "{base58:40}",
    "base32": "{base32:40}",
    "digits": "{digits:40}",
    "uuid": "{uuid}",
    "user_chosen": "{user:40}",
}
# What tells a larger alphabet from a smaller one may be missing in a random value.
TELLING = {
    "alnum": re.compile(b"[0OIl]").search,
    "base64": re.compile(rb"[+/]").search,
    "base64url": re.compile(b"[_-]").search,
    "user_chosen": re.compile(b"[0OIl]").search,
}
# Which values, by column, have which shape, by row. Each alphabet of letters and digits holds
# those that are smaller; a long mixed one must be mixed.
HOLDS = {
    "hex_lower": {"hex_lower", "hex", "digits"},
    "hex_upper": {"hex_upper", "digits"},
    "hex": {"hex", "hex_lower", "hex_upper", "digits"},
    "alnum": {"alnum", "user_chosen", "base58"},
    "alnum_lower": {"alnum_lower", "hex_lower", "hex", "digits"},
    "alnum_upper": {"alnum_upper", "hex_upper", "digits", "base32"},
    "base64": {"base64", "alnum", "base58", "user_chosen"},
    "base64url": {"base64url", "alnum", "base58", "user_chosen"},
    "base58": {"base58"},
    "base32": {"base32"},
    "digits": {"digits"},
    "uuid": {"uuid"},
    "user_chosen": set(PLACEHOLDERS) - {"uuid"},
}


def value(charset: str, seed: int = 1) -> bytes:
    rng = random.Random(seed)
    while True:
        made = fill(PLACEHOLDERS[charset], rng)[0].encode()
        if TELLING.get(charset, lambda _: True)(made):
            return made


def test_every_charset_is_here() -> None:
    assert set(PLACEHOLDERS) == set(CHARSETS) == set(HOLDS)


@pytest.mark.parametrize("charset", CHARSETS)
def test_which_values_have_a_shape(charset: str) -> None:
    shape = Shape(charset, *((36, 36) if charset == "uuid" else (40, 40)))
    assert {other for other in CHARSETS if fits(value(other), shape)} == HOLDS[charset]


FITS = [
    # charset, lengths, value, whether it fits
    ("hex", 8, 8, b"abcdef01", True),
    ("hex", 8, 8, b"ABCDEF01", True),
    ("hex", 8, 8, b"ABCDef01", False),  # not mixed
    ("hex", 8, 8, b"abcdef0", False),
    ("hex", 8, 8, b"abcdef012", False),
    ("hex", 8, 12, b"abcdef012", True),
    ("hex", 8, 8, b"abcdef0\n", False),
    ("digits", 4, 4, "٣٣".encode(), False),
    ("base64", 24, 24, b"Ab9/" * 5 + b"AB==", True),
    ("base64", 24, 24, b"Ab9/" * 5 + b"A===", False),
    ("base64", 23, 23, b"Ab9/" * 5 + b"AB=", False),  # padding without need
    ("base64", 24, 24, b"=b9/" * 6, False),
    ("base64", 24, 24, b"Ab9-" * 6, False),
    ("base64url", 24, 24, b"Ab9-" * 6, True),
    ("base64url", 23, 23, b"Ab9-" * 5 + b"Ab9=", True),  # padded
    ("base64url", 23, 23, b"Ab9-" * 5 + b"A===", False),
    ("alnum", 12, 12, b"abcdefghijkl", True),  # short ones need not be mixed
    ("alnum", 20, 20, b"abcdefghij" * 2, False),
    ("alnum", 64, 64, b"abcdefgHIJ" * 6 + b"abcd", False),  # long ones need a digit
    ("base58", 9, 9, b"abc0OIl12", False),
    ("base32", 16, 16, b"ABCDEFGHIJKLMN01", False),
    ("uuid", 36, 36, b"0123abcd-0123-4123-8123-0123456789AB", True),
    ("uuid", 36, 36, b"0123abcd-0123-4123-81230-123456789ab", False),
    ("user_chosen", 4, 10, b"a b c", False),
    ("user_chosen", 4, 10, b"p#ss!", True),
    ("user_chosen", 4, 10, "pässwö".encode(), False),
]


@pytest.mark.parametrize(("charset", "low", "high", "text", "expected"), FITS)
def test_fits(charset: str, low: int, high: int, text: bytes, expected: bool) -> None:
    assert fits(text, Shape(charset, low, high)) is expected


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_body_finds_what_fits(charset: str) -> None:
    shape = Shape(charset, 36, 40)
    for seed in range(5):
        assert re.fullmatch(body(shape).encode(), value(charset, seed))


@pytest.mark.parametrize(
    ("text", "mixed"),
    [(b"aB3", True), (b"ab3", False), (b"AB3", False), (b"aB" * 15, True), (b"aB" * 16, False)],
)
def test_is_mixed(text: bytes, mixed: bool) -> None:
    assert is_mixed(text) is mixed


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(set(CHARSETS) - {"user_chosen", "digits"})),
    st.integers(0, 10_000),
    st.sampled_from([b"", b" ", b'"', b"\n", b":", b",", b"\x00", b"(", b"v3/"]),
    st.sampled_from([b"", b" ", b'"', b"\n", b",", b")", b";", b"\x00"]),
)
def test_a_value_between_marks_is_a_piece(
    charset: str, seed: int, before: bytes, after: bytes
) -> None:
    secret = value(charset, seed)
    data = before + secret + after
    span = (len(before), len(before) + len(secret))
    if before == b"v3/" and charset == "base64":
        return  # "/" is of the alphabet: the value is not told from what stands before it
    assert span in set(pieces(data, 0, len(data)))


def test_pieces_look_at_their_part_alone() -> None:
    data = value("alnum") + b" " + value("hex")
    assert set(pieces(data, 41, len(data))) == {(41, 81)}
    assert list(pieces(b"short value here", 0, 16)) == []
