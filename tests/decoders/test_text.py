"""UTF-16 and UTF-32: read with and without a mark, every position mapped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.decoders.text import Encodings
from scanner.models import Blob, Origin

ENCODINGS = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_MARKED = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60)
_UNMARKED = st.text(" aé\u0416\u6f22\uff01\U0001f5dd", max_size=60)
_LINE = "[Environment]\r\nAPI_KEY=0123456789abcdef\r\n"


def _layers(data):
    return list(Encodings().layers(Blob(data, Origin("file", "a"))))


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(max_examples=60, deadline=None)
@given(has_mark=st.booleans(), data=st.data())
def test_any_text(encoding, has_mark, data):
    text = _LINE * 3 + data.draw(_MARKED if has_mark else _UNMARKED)
    outer = ("\ufeff" * has_mark + text).encode(encoding)
    (layer,) = _layers(outer)
    assert layer.data.decode() == text
    assert layer.layers == (encoding[:6],)
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    start, end = len(text[:first].encode()), len(text[:last].encode())
    low, high = layer.locate(start, end)
    assert outer[low:high].decode(encoding) == text[first:last]


def test_over_many_chunks():
    text = _LINE + "ключ 🗝 " * 20_000 + "API_SECRET=fedcba9876543210"
    outer = text.encode("utf-16")
    (layer,) = _layers(outer)
    start = layer.data.index(b"fedcba")
    low, high = layer.locate(start, start + 16)
    assert outer[low:high].decode("utf-16-le") == "fedcba9876543210"
    assert layer.locate(start, start) == (low, low)


def test_broken_units_lose_only_themselves():
    outer = b"\xff\xfe" + (_LINE * 20).encode("utf-16-le") + b"\x00\xd8" + b"k\0e\0y\0" + b"x"
    (layer,) = _layers(outer)
    start = layer.data.index(b"\xef\xbf\xbdkey") + 3
    low, high = layer.locate(start, start + 3)
    assert outer[low:high] == b"k\0e\0y\0"
    assert layer.locate(start + 3, len(layer.data))[1] <= len(outer)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0", b"a\0", b"\xff\xfe", b"plain text", bytes(range(256)) * 20, b"\0" * 5000,
        b"\x7fELF\2\1\1" + b"\0" * 9 + b"\3\0\x3e\0\1\0\0\0" * 100, b"\xff\xfe" + b"\x01\0\x02\0" * 500,
        b"\x01\0\x02\0\x03\0" * 500,
    ],
)  # fmt: skip
def test_anything_else_is_left(data):
    assert _layers(data) == []


def test_a_mark_is_enough():
    """Text in Chinese has no NUL for thousands of bytes."""
    text = "配置" * 5000 + "\nAPI_SECRET=fedcba9876543210"
    for encoding in ("utf-16-le", "utf-16-be"):
        outer = ("\ufeff" + text).encode(encoding)
        (layer,) = _layers(outer)
        assert (layer.data.decode(), layer.layers) == (text, ("utf-16",))
        start = layer.data.index(b"fedcba")
        low, high = layer.locate(start, start + 16)
        assert outer[low:high].decode(encoding) == "fedcba9876543210"


@pytest.mark.parametrize(
    "data",
    [
        b"API_KEY=0123456789abcdef\nAPI_SECRET=fedcba9876543210\n\0",
        b"\0" + "# ключ: naïve 配置\nAPI_KEY=0123456789abcdef\n".encode() * 3,
        b"API_KEY=0123456789abcdef\n" * 1000 + b"\0" * 900,
        b"API_KEY=0123456789abcdef\0API_SECRET=fedcba9876543210\0",
        b"A=1\0B=2\0LONGER=a value\nof two lines\0",
        b"bootdelay=2\0console=ttyS0\0" + b"\0" * 4000,
    ],
)
def test_text_with_nuls(data):
    """Few of them, or one behind each setting: they end lines, and every byte stays in its place."""
    padded = data if b"\0" in data[:8000] else b"\0" + data
    (layer,) = _layers(padded)
    assert (layer.data, layer.layers) == (padded.replace(b"\0", b"\n"), ("nul",))
    assert layer.locate(3, 7) == (3, 7)


@pytest.mark.parametrize(
    "data",
    [
        b"PK\3\4" + b"name=value\n" * 50 + b"\0", b"%PDF-1.4\n" + b"text " * 100 + b"\0",
        b"a,b\n" * 200 + b"\0" + bytes(range(128, 256)) * 50, b"one\0two\0four\0" * 20,
        b"text " * 2000 + b"\0", b"x" * 257 + b"ustar\0" + b"text " * 300,
    ],
)  # fmt: skip
def test_nuls_in_what_is_no_text(data):
    """Known formats, binary content further on, lists of no settings, NULs beyond the beginning."""
    assert _layers(data) == []
