"""The lines of a text: where they begin, the line around a place, and columns in characters.

Texts of a single line have megabytes and thousands of findings at times, so nothing here goes through a
line from its beginning for each of them.
"""

from array import array
from bisect import bisect_right

_NEAR = 1000
"""Bytes of a line before and behind a secret that allow-lists are compared with."""
_MOST_LINES = 8
_STEP = 4096
_CONTINUES = bytes(range(0x80, 0xC0))
"""Bytes of UTF-8 that begin no character."""


class _Last:
    """What was worked out of the text looked at last, and of its line looked at last."""

    data: bytes | None = None
    starts: "array[int]" = array("Q")
    begin: int = -1
    valid: int = 0  # where the first byte is that is not UTF-8, or the line's end
    counts: "array[int] | None" = None  # characters before each step of it; None if all are ASCII


def line_of(data: bytes, at: int) -> bytes:
    r"""Return the line that holds an offset, of a long one what is near.

    >>> line_of(b"a\nb=1\nc", 3)
    b'b=1'
    """
    low, high = max(0, at - _NEAR), at + _NEAR
    begin, end = data.rfind(b"\n", low, at) + 1, data.find(b"\n", at, high)
    return data[begin or low : high if end < 0 else end]


def command(data: bytes, start: int, end: int) -> tuple[int, int]:
    r"""Return the span of all lines of the command that a line is one of: each but its last ends with a backslash.

    PowerShell has a grave accent there. At most eight lines on each side.

    >>> command(b"a\ncurl \\\n -H x \\\n b\n", 9, 16)
    (2, 19)
    """
    for _ in range(_MOST_LINES):
        above = data.rfind(b"\n", max(0, start - _NEAR), max(start - 1, 0))
        if start < 2 or (above < 0 and start > _NEAR) or not _is_open(data, start - 1):
            break
        start = above + 1
    for _ in range(_MOST_LINES):
        if not _is_open(data, end):
            break
        below = data.find(b"\n", end + 1, end + _NEAR)
        end = below if below >= 0 else min(len(data), end + _NEAR)
    return start, end


def _is_open(data: bytes, stop: int) -> bool:
    """Tell whether the line that ends at ``stop`` goes on below."""
    if data[stop : stop + 1] != b"\n":
        return False
    return data[max(0, stop - 4) : stop].rstrip(b"\r").endswith((b" \\", b" `"))


def line_number(data: bytes, at: int) -> int:
    r"""Return which line holds an offset, from 0.

    >>> line_number(b"a\nb\n", 1), line_number(b"a\nb\n", 2)
    (0, 1)
    """
    return bisect_right(_starts(data), at) - 1


def column(data: bytes, number: int, at: int) -> int:
    r"""Return how many characters stand before an offset in a line: of UTF-8 where valid, else one a byte.

    >>> column("é=".encode(), 0, 3), column(b"\xe9=", 0, 2)
    (2, 2)
    """
    begin = _starts(data)[number]
    if at - begin <= _STEP:
        return characters(data[begin:at])
    if _Last.begin != begin:
        _read_line(data, number)
    if _Last.counts is None:
        return at - begin
    if at > _Last.valid or (at < _Last.valid and data[at] in _CONTINUES):
        return at - begin  # behind a byte that is not UTF-8, or inside a character
    step = (at - begin) // _STEP
    rest = data[begin + step * _STEP : at]
    return _Last.counts[step] + len(rest.translate(None, _CONTINUES))


def characters(line: bytes) -> int:
    r"""Return the length in characters: UTF-8 where valid, else one a byte.

    >>> characters("é=".encode()), characters(b"\xe9=")
    (2, 2)
    """
    try:
        return len(line.decode("utf-8"))
    except UnicodeDecodeError:
        return len(line)


def _starts(data: bytes) -> "array[int]":
    if _Last.data is not data:
        starts = array("Q", (0,))
        at = data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = data.find(b"\n", at + 1)
        _Last.data, _Last.starts, _Last.begin = data, starts, -1
    return _Last.starts


def _read_line(data: bytes, number: int) -> None:
    """Note how far a long line is UTF-8, and how many characters stand before each step of it."""
    starts = _Last.starts
    begin = starts[number]
    line = data[begin : starts[number + 1] if number + 1 < len(starts) else len(data)]
    _Last.begin, _Last.valid, _Last.counts = begin, begin + len(line), None
    if line.isascii():
        return
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        _Last.valid = begin + error.start
    counts, total = array("Q", (0,)), 0
    for low in range(0, len(line), _STEP):
        total += len(line[low : low + _STEP].translate(None, _CONTINUES))
        counts.append(total)
    _Last.counts = counts
