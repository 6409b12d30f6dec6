"""Behaviour of scanner.judges.opening: words are believed where what they open or sign stands beside them."""

import pytest

from scanner.context.values.passwords import OWN, PHRASE
from scanner.judges.opening import opens, signs
from scanner.models import Match
from scanner.rules import LITERAL_VALUE


def match_of(text: str, value: str) -> tuple[bytes, Match]:
    data = text.replace("VALUE", value).encode()
    start = text.index("VALUE")
    return data, Match(LITERAL_VALUE, start, start + len(value))


@pytest.mark.parametrize(
    ("text", "name", "opened"),
    [
        ("user: app\npassword: VALUE", "password", True),
        ("PGPASSWORD=VALUE psql app", "PGPASSWORD", True),
        ("user: app\npasswordEncoder: VALUE", "passwordEncoder", False),
        ("password: VALUE", "password", False),
        ("DB_PASSWORD=VALUE", "DB_PASSWORD", True),
        ('smtp_password = "VALUE"', "smtp_password", True),
        ("db_password: VALUE", "db_password", False),  # a type may stand there
        ('user_password = "VALUE"', "user_password", False),
        ('copper_db_password = "VALUE"', "copper_db_password", False),  # its own name
    ],
)
def test_words_open_what_stands_beside_them(text: str, name: str, opened: bool) -> None:
    """An account, or a variable that a program reads; a part of a program has no password."""
    data, match = match_of(text, "copperRaven")
    assert opens(data, match, PHRASE, name) is opened


@pytest.mark.parametrize("value", ["keycloak", "MysqlStorage", "copper-redis-raven", "RavenConfig"])
def test_names_of_programs_are_not_opened_by_a_name(value: str) -> None:
    """One run of letters, a system and what keeps a password are names, whatever binds them."""
    data, match = match_of("DB_PASSWORD=VALUE", value)
    assert not opens(data, match, PHRASE, "DB_PASSWORD")


@pytest.mark.parametrize(
    ("text", "value", "opened"),
    [
        ("user: app\npassword: VALUE", "Pass@8841", True),
        ("user: app\npassword: VALUE", "parola47", False),
        ("host: db1.acme.io\npassword: VALUE", "parola47", True),
    ],
)
def test_what_calls_itself_a_password_may_need_a_host(text: str, value: str, opened: bool) -> None:
    """With a long number of its own an account is enough."""
    data, match = match_of(text, value)
    assert opens(data, match, OWN, "password") is opened


@pytest.mark.parametrize(
    ("text", "value", "how", "name", "signed"),
    [
        ("JWT_SECRET=VALUE", "acme-super-jwt", "setting", "JWT_SECRET", True),
        ("jwt_secret: VALUE", "acme-super-jwt", "setting", "jwt_secret", False),
        ("session({ secret: 'VALUE'", "copper raven", "quoted", "secret", True),
        ("oauth({ secret: 'VALUE'", "copper raven", "quoted", "secret", False),
    ],
)
def test_words_sign_by_name_or_section(
    text: str, value: str, how: str, name: str, signed: bool
) -> None:
    """A hyphenated setting behind a colon may be where a key lies."""
    data, match = match_of(text, value)
    assert signs(data, match, how, name) is signed
