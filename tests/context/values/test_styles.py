"""Behaviour of scanner.context.values.styles: sizes and colours are no passwords, whatever their variable is called."""

import random

import pytest

from scanner.context.values.styles import is_property, is_style
from scanner.placeholders import fill

DECLARED = [
    ("$password-height: ", "40px"),
    ("  --token-gap: ", "12px 1.5em"),
    ("@secret-shadow: ", "0 1px 2px rgba(0,0,0,.2)"),
    (":root { --auth-key-bg: ", "#f5f5f5"),
    ("$token-width: ", "calc(100% - 20px)"),
    ("$password-font: ", "bold 12px"),
]
NONE = [
    ("--token: ", "{alnum:20}"),  # an option of a command
    ("$password: ", "{alnum:14}"),
    ("token-gap: ", "12px 1.5em"),
    ("$password = ", "12px"),
]


@pytest.mark.parametrize("value", ["320px", "100%", ".5rem", "-1.5em", "0.3s", "2fr", "#1a2b3c4d"])
def test_one_size_or_colour_is_a_style_anywhere(value: str) -> None:
    """A program has them as well: ``passwordWidth: '320px'``."""
    assert is_style(value.encode())


@pytest.mark.parametrize("value", ["320pixel", "px320", "#12345", "5862Garden", "7%x", "1e3px" * 5])
def test_anything_more_may_be_a_password(value: str) -> None:
    """Only the whole value counts."""
    assert not is_style(value.encode())


@pytest.mark.parametrize(("before", "value"), DECLARED)
def test_what_a_style_sheet_gives_its_variables(before: str, value: str) -> None:
    """Variables of SCSS and LESS and properties of CSS take sizes, colours and lists of them."""
    data = (before + value + ";\n").encode()
    assert is_property(data, len(before), len(before) + len(value))


@pytest.mark.parametrize(("before", "value"), NONE)
def test_values_that_are_none_of_a_style_sheet(before: str, value: str) -> None:
    """The sign before the name, the colon and the form of the value must all be a style sheet's."""
    drawn = fill(value, random.Random(3))[0]
    data = (before + drawn + "\n").encode()
    assert not is_property(data, len(before), len(before) + len(drawn))
