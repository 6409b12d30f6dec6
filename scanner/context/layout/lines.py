"""The line around a place of a text."""

_NEAR = 1000
"""Bytes of a line before and behind a secret that allow-lists are compared with."""


def line_of(data: bytes, at: int) -> bytes:
    r"""Return the line that holds an offset, of a long one what is near.

    >>> line_of(b"a\nb=1\nc", 3)
    b'b=1'
    """
    low, high = max(0, at - _NEAR), at + _NEAR
    begin, end = data.rfind(b"\n", low, at) + 1, data.find(b"\n", at, high)
    return data[begin or low : high if end < 0 else end]
