"""Behaviour of scanner.context.values.customary: what many choose is told from names, fields and examples."""

import pytest

from scanner.context.values.customary import (
    is_customary,
    is_list_of_words,
    is_phrase,
    is_secret_phrase,
    is_spoken,
)


@pytest.mark.parametrize(
    "value",
    [
        "Winter2019",
        "ingrid1983",
        "raven-basil42",
        "Root!2022",
        "1q2w3e4r",
        "Zxcv123!",
        "M0nk3y42",
        "0yster7714",
        "Kcactus27FAL",
        "cactus_2719QRA!",
    ],
)
def test_words_and_a_number_are_customary(value: str) -> None:
    """A word or two with a number, and a walk over the keyboard, are passwords that people choose."""
    assert is_customary(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        "Test2024",
        "field_0042",
        "pbkdf2",
        "root1234",
        "copper",
        "maple7",
        "k9xw2lq8",
        "aes-256-gcm",
        "curve25519DSA",
        "buffer64MB",
    ],
)
def test_names_and_examples_are_not(value: str) -> None:
    """The words of tests, fields and algorithms with a number, a word alone and random text are none."""
    assert not is_customary(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        *("42Copper!", "417Raven", "1Raven40", "5copperRaven52", "1copper8raven", "Copper_Raven!!"),
        *("copp@_Raven??",),
        "ravenbasil!",
        "ravenbasil*",
        "copperharbor7",
        "raven_basil!",
        "basil71raven",
        "basil74raven",
    ],
)
def test_words_with_a_mark_or_a_digit_are_customary(value: str) -> None:
    """Two words and a mark, a digit or a number between them are chosen, whichever digits they are."""
    assert is_customary(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        *("Aktualisiert!", "updated!", "harbor!", "usernames5", "testuser!", "localserver2"),
        *(
            "64Bits256",
            "24Hours!",
            "1test8user",
            "42Username",
            "100Percent",
            "Copper!!",
            "Invalid_User!!",
        ),
        *("3Raven", "base64encoded", "sha256sum", "utf16text", "Mein-Passwort1", "qwertyuiop"),
    ],
)
def test_messages_fields_and_one_word_are_not(value: str) -> None:
    """A call, one word with a mark, a field with a number and the words of examples are none."""
    assert not is_customary(value.encode())


def test_a_phrase_is_several_words_and_no_more() -> None:
    """Words run together or hyphenated are one; one word, fields and examples are none."""
    phrases = (b"copperharbor", b"raven-basil-copper", b"raven basil copper")
    assert all(map(is_phrase, phrases))
    others = (b"promise", b"testharbor", b"user-group-id", b"raven-basil", b"copperharbor7")
    assert not any(map(is_phrase, others))


@pytest.mark.parametrize(
    "value", ["Copper8003db", "raven857351Qw", "Basil387R", "5862Copper", "2021raven!"]
)
def test_a_long_number_before_or_within_words_is_customary(value: str) -> None:
    """A word, a number and a letter or three, or a number of four digits and a word, are chosen."""
    assert is_customary(value.encode())


@pytest.mark.parametrize(
    "value", ["Timeout3000ms", "width1024px", "Sha512crypt", "Section2a", "4096bits", "2022Release"]
)
def test_units_fields_and_algorithms_around_a_number_are_not(value: str) -> None:
    """What counts something, and a field or an algorithm with its number, are no passwords."""
    assert not is_customary(value.encode())


def test_a_phrase_may_call_itself_a_secret() -> None:
    """It needs a number and a word that no name of a secret has; a hyphenated name with two digits is one."""
    for value in (b"copper_raven_secret_1952", b"ravenBillingSecretKey48", b"basil6418key"):
        assert is_secret_phrase(value)
    for value in (
        b"mySecretKey123",
        b"test_raven_secret_1",
        b"ingress-tls-secret-01",
        b"ravenSecret",
    ):
        assert not is_secret_phrase(value)


def test_a_passphrase_may_be_drawn_from_a_list() -> None:
    """Four different words and more; a sentence, and the words of labels, are none."""
    assert is_list_of_words(b"copper raven basil harbor")
    assert is_list_of_words(b"copper Raven 77 basil")
    for value in (
        b"copper raven basil",
        b"type it for the wallet",
        b"wallet key user name",
        b"Copper raven basil harbor",
        b"copper 77 raven 12 basil",
        b"Enter 8 or more letters",
        b"key 2 for the wallet",
    ):
        assert not is_list_of_words(value)


def test_a_password_may_be_words_with_a_number_between_them() -> None:
    """Messages of forms count something, or say how long a password may be."""
    for value in (b"copper raven 77 basil", b"copper 1987 raven"):
        assert is_spoken(value)
    for value in (
        b"copper raven basil harbor",
        b"mindestens 8 zeichen",
        b"copper raven 64 basil",
        b"wait 90 seconds more",
        b"Copper 77 raven",
        b"token 4711 raven basil",
    ):
        assert not is_spoken(value)
