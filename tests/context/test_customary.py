"""Behaviour of scanner.context.customary: what many choose is told from names, fields and examples."""

import pytest

from scanner.context.customary import is_customary


@pytest.mark.parametrize(
    "value",
    ["Winter2019", "ingrid1983", "raven-basil42", "Root!2022", "1q2w3e4r", "Zxcv123!", "M0nk3y42"],
)
def test_words_and_a_number_are_customary(value: str) -> None:
    """A word or two with a number, and a walk over the keyboard, are passwords that people choose."""
    assert is_customary(value.encode())


@pytest.mark.parametrize(
    "value",
    ["Test2024", "field_0042", "pbkdf2", "root1234", "copper", "maple7", "k9xw2lq8", "aes-256-gcm"],
)
def test_names_and_examples_are_not(value: str) -> None:
    """The words of tests, fields and algorithms with a number, a word alone and random text are none."""
    assert not is_customary(value.encode())
