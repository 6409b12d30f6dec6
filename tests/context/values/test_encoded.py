"""Behaviour of scanner.context.values.encoded: base64 of text is told from a random value."""

import base64
import random

import pytest

from scanner.context.values.encoded import is_encoded_text


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
