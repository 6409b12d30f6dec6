"""Behaviour of scanner.context.values.captions: words of any language are no secrets, random letters are none."""

import random
import string

import pytest

from scanner.context.values.captions import in_quotes, is_caption, is_said

CAPTIONS = [
    "Adgangstoken",
    "Zugriffsschluessel",
    "Client-Geheimnis",
    "YeniParola",
    "Nueva\u0043ontrase\u00f1a",
    "Bekr\u00e4ftaL\u00f6senord",
    "Powt\u00f3rzHas\u0142o",
    "TokenDeAcceso",
    "ChaveDeAPI",
    "API-avain",
    "TOTP-salaisuus",
    "kunci rahasia",
    "Kaksivaiheinen",
    "Turvallisuuden",
]
NO_CAPTIONS = [
    "kqzjwxbTrm",
    "XkdjWoqnRt",
    "pxnyqw",
    "Token4711",
    "hunter2!",
    "Wqrtzpsdf",
    "\u041f\u0430\u0440\u043e\u043b\u044c",
    "A" * 121,
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_words_of_other_languages_are_captions(text: str) -> None:
    """A word with a capital at its front, several run together, or one that names a secret, is a caption."""
    assert is_caption(text.encode())


@pytest.mark.parametrize("text", NO_CAPTIONS)
def test_what_has_digits_or_no_vowels_is_no_caption(text: str) -> None:
    """Digits, marks and letters that no language puts together may be a secret."""
    assert not is_caption(text.encode())


def test_bytes_that_are_no_text_are_no_caption() -> None:
    """What is not UTF-8 is left to the other judges."""
    assert not is_caption(b"Adgang\xff")


def test_random_letters_hardly_ever_read_as_a_caption() -> None:
    """Of 5,000 random values of 16 letters, fewer than one in 500 has the form of words."""
    draw = random.Random(7)
    drawn = ("".join(draw.choices(string.ascii_letters, k=16)).encode() for _ in range(5000))
    assert sum(map(is_caption, drawn)) < 10


SAID = [
    # text, where the run begins, its length, whether it is cut from a sentence
    ('"token": "Kinnituskood on vale"', 10, 12, True),
    ('"token": "Benutzerschl\u00fcssel"', 10, 12, True),
    ('"x": "Passwort ist abgelaufen. Bitte neu"', 19, 10, True),
    ('token = "Kinnituskood"', 9, 12, False),
    ('token = "kqzjwxbT and more"', 9, 8, False),
    ('token = "k9zjwxb and more"', 9, 7, False),
]


@pytest.mark.parametrize(("text", "at", "size", "said"), SAID)
def test_a_run_of_letters_that_words_follow_is_cut_from_a_sentence(
    text: str, at: int, size: int, said: bool
) -> None:
    """Words behind it, or a letter that a run of ASCII cannot hold, make a run a piece of a sentence."""
    assert is_said(text.encode(), at, at + size) is said


def test_a_quote_is_open_until_it_is_closed() -> None:
    """Only quotes on the same line count."""
    assert in_quotes(b'x = "a b', 8)
    assert not in_quotes(b'x = "a" b', 9)
    assert in_quotes(b'"""Tell "a b', 11)
    assert not in_quotes(b'"a\nb', 4)


def test_quotes_on_a_long_line() -> None:
    """Where the line begins too far away to count its quotes, the last one tells: one behind a sign opens."""
    members = b'"name": "value", ' * 40
    assert in_quotes(members + b'"help": "an entry with ', len(members) + 23)
    assert not in_quotes(members + b'"help", ', len(members) + 8)
