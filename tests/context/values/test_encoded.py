"""Behaviour of scanner.context.values.encoded: base64 of text is told from a random value."""

import base64
import random

import pytest

from scanner.context.values.encoded import is_encoded_text, is_line_of_text, is_piece_of_text


def wrapped(text: str) -> bytes:
    return base64.b64encode(text.encode())


TEXTS = [
    "a passphrase of mine",
    '{"apiKey": "x", "secret": "y"}',
    "1234567890:of a bot",
    "line\none: two",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text(text: str) -> None:
    assert is_encoded_text(wrapped(text))
    assert is_encoded_text(wrapped(text).rstrip(b"="))


OTHERS = [
    b"",
    b"c2hvcnQ=",  # shorter than what the decoders open anywhere
    wrapped("alice:password of a Basic header"),
    wrapped("naïve is not ASCII"),
    b"not-base64-at-all-!!",
    b"A" * 17,  # no length that base64 has
]


@pytest.mark.parametrize("value", OTHERS)
def test_others(value: bytes) -> None:
    assert not is_encoded_text(value)


def test_random_values_are_not_taken_for_text() -> None:
    rng = random.Random(1)
    assert not any(is_encoded_text(base64.b64encode(rng.randbytes(24))) for _ in range(2000))


LINES = [
    (wrapped('{"url":"https://api.acme.example/teams/12"}')[:40], True),
    (wrapped("alice:password of a Basic header"), True),
    (wrapped("a short text")[:16], False),
    (wrapped("naïve is not ASCII, however long the line may be"), False),
]


@pytest.mark.parametrize(("value", "is_line"), LINES)
def test_lines_of_text(value: bytes, is_line: bool) -> None:
    """A long line of base64 that decodes to printable text alone is a line of wrapped text, colons or not."""
    assert is_line_of_text(value) is is_line


def test_random_values_are_no_lines_of_text() -> None:
    """Two in five bytes are printable: thirty in a row are not."""
    rng = random.Random(1)
    assert not any(is_line_of_text(base64.b64encode(rng.randbytes(30))) for _ in range(2000))


@pytest.mark.parametrize("cut", range(6))
def test_pieces_of_text(cut: int) -> None:
    """Where a line is cut out of base64, its groups of four may begin anywhere."""
    line = wrapped('{"url":"https://api.acme.example/teams/12","id":123456}')
    assert is_piece_of_text(line[cut : cut + 58])
    rng = random.Random(cut)
    assert not any(is_piece_of_text(base64.b64encode(rng.randbytes(45))) for _ in range(500))
