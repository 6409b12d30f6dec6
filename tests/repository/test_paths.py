"""Behaviour of scanner.repository.paths."""

import pytest

from scanner.repository import display_name, display_path, printable


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"plain/.env", "plain/.env"),
        ("caf\u00e9".encode(), "caf\u00e9"),
        (b"\xff\xfe/a", "\\xff\\xfe/a"),
        (b"caf\xe9", "caf\\xe9"),
        (b"\xed\xa0\x80", "\\xed\\xa0\\x80"),
    ],
)
def test_display_path(raw, shown):
    assert display_path(raw) == shown
    assert display_name(raw.decode("utf-8", "surrogateescape")) == shown


def test_printable():
    assert printable("caf\u00e9") == "caf\u00e9"
    assert printable("a\nb\x1b]0;x\x07\u202e") == "a\\nb\\x1b]0;x\\x07\\u202e"
