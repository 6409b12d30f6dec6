"""Behaviour of scanner.context.layout.lines: lines and columns, in lines of any length."""

import random
import time

import pytest

from scanner.context.layout.lines import characters, column, line_number, line_of

PARTS = [b"abc", "é".encode(), "鍵".encode(), "🔑".encode(), b"{,}"]


def long_line(seed: int, broken: bytes) -> bytes:
    """Return a line of some steps with wide characters, and bytes that are not UTF-8 in its middle."""
    rng = random.Random(seed)
    half = b"".join(rng.choices(PARTS, k=5000))
    return half + broken + half


@pytest.mark.parametrize("broken", [b"", b"\xff", b"\x80", "鍵".encode()[:2], "鍵".encode()[1:]])
def test_columns_of_a_long_line_are_those_of_its_beginning(broken: bytes) -> None:
    """Wherever the offset is: inside a character, before what is not UTF-8 and behind it."""
    line = long_line(1, broken)
    data = b"first\n" + line + b"\nlast"
    middle = len(line) // 2
    offsets = [0, 5, 4095, 4096, 4097, 8192, *range(middle - 20, middle + 20), len(line)]
    for offset in (*offsets, *reversed(offsets), len(line) - 1):
        assert column(data, 1, 6 + offset) == characters(line[:offset]), offset


def test_a_line_that_ends_inside_a_character() -> None:
    line = long_line(1, b"") + "鍵".encode()[:2]
    for offset in range(len(line) - 8, len(line) + 1):
        assert column(line, 0, offset) == characters(line[:offset])


def test_lines_are_counted_from_zero() -> None:
    data = b"\na\n\nb"
    assert [line_number(data, at) for at in range(5)] == [0, 1, 1, 2, 3]
    assert line_of(data, 4) == b"b"


@pytest.mark.parametrize("sign", [b"a", "é".encode(), b"\xff"])
def test_ten_thousand_places_in_a_line_of_megabytes_take_no_time(sign: bytes) -> None:
    """A line is gone through once, not for each of the secrets in it."""
    data = sign + b"x" * 8_000_000
    begun = time.process_time()
    for at in range(1_000, 8_000_000, 800):
        column(data, 0, at)
    assert time.process_time() - begun < 2
