"""Values that somebody typed to fill a place: what repeats, and what counts up. Nobody draws such a key."""

from itertools import pairwise

from scanner.lazy import lazy_compile

_LEAST = 16
_MOST_OF_PERIOD = 18
_AGAIN = lazy_compile(rb"(?s)(.{2,12}?)\1{4,}")


def is_made_up(value: bytes) -> bool:
    """Tell whether a value of 16 bytes or more repeats a few characters, or counts up.

    >>> is_made_up(b"abc123xyz456def789"), is_made_up(b"0x1" + b"2E67f8FD" * 5), is_made_up(b"abc123")
    (True, True, False)
    """
    return len(value) >= _LEAST and (is_periodic(value) or is_counted(value))


def is_counted(value: bytes) -> bool:
    """Tell whether a value is the alphabet and numbers in pieces: two of three characters follow the one before.

    >>> is_counted(b"abc123xyz456def789"), is_counted(b"abd124xya457deg780")
    (True, False)
    """
    steps = sum(after - before == 1 for before, after in pairwise(value.lower()))
    return 3 * (steps + 1) >= 2 * len(value)


def is_periodic(value: bytes) -> bool:
    """Tell whether most of a value is the same few characters again and again: nobody draws such a key.

    >>> is_periodic(b"0x1" + b"2E67f8FD" * 5 + b"4E"), is_periodic(b"hunter2hunter2")
    (True, False)
    """
    again = _AGAIN.search(value) if len(set(value)) <= _MOST_OF_PERIOD else None
    return again is not None and 3 * (again.end() - again.start()) >= 2 * len(value)
