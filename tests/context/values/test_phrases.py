"""Behaviour of scanner.context.values.phrases: passwords of words, told from names, fields and examples."""

import pytest

from scanner.context.values.phrases import has_long_number, is_marked, is_own, is_several


@pytest.mark.parametrize(
    "value",
    [
        "copper_Raven7",
        "CopperRaven1",
        "c0pperRaven!",
        "C0pperHarb0r",
        "c0pper-Raven",
        "raven-Basil8",
    ],
)
def test_words_in_both_cases_and_a_digit_are_marked(value: str) -> None:
    """A digit behind words in both cases, or digits for letters, are chosen: names have neither."""
    assert is_marked(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        *("copper-raven-7", "UserForm1", "LoginPage2", "copperRaven", "Test_Raven7", "raven7"),
        *("sup3rs3cr3t", "MyP@ssw0rd", "AdminRoot1", "RavenRaven1"),
    ],
)
def test_names_and_words_of_secrets_are_not_marked(value: str) -> None:
    """One case, a field, an example, a word for a secret, accounts and a word twice tell nothing."""
    assert not is_marked(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        *("copperRaven", "copper-raven-7", "copper-db-raven", "copperRaven!", "copper4ever"),
        *("Copper_Raven", "copp@_Raven!", "Copper!!", "Raven!"),
        *("c0pperharbor", "Copperharbor!", "copperharbor"),
    ],
)
def test_words_and_some_marks_are_several(value: str) -> None:
    """Two words in camel case, with a digit or a mark, three with lines between them, one with digits for letters."""
    assert is_several(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        "Updated!",
        "Welcome!!",
        "User_Form",
        "promise",
        "copper-raven",
        "userForm",
        "raven7",
        "postgres1",
        "promise!",
        "x9",
        "a b",
    ],
)
def test_one_word_and_names_are_not_several(value: str) -> None:
    """One word, and two with a line between them, are names of things."""
    assert not is_several(value.encode())


@pytest.mark.parametrize(
    "value", ["Pass@8841", "MeinPasswort47", "contrase\u00f1a47", "parola88", "DbPass2020"]
)
def test_a_number_makes_a_password_ones_own(value: str) -> None:
    """Whoever calls it a password and adds a number of no list uses it."""
    assert is_own(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        *("Password1", "Password12", "Password123", "pass0001", "Pass1111", "password4321"),
        *("changeme8841", "test@8841", "your_pass_8841", "sha256_pass", "Passwort"),
    ],
)
def test_numbers_of_examples_are_nobodys(value: str) -> None:
    """A sequence, a repetition, an algorithm's number, and the words of examples with any."""
    assert not is_own(value.encode())


def test_a_long_number_has_three_digits() -> None:
    assert has_long_number(b"Pass@884")
    assert not has_long_number(b"Pass8@84")
