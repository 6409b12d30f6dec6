"""Behaviour of scanner.context.values.signers: words that sign tokens are told from placeholders and labels."""

import pytest

from scanner.context.values.signers import (
    is_signing_text,
    may_be_place,
    may_sign,
    names_signer,
    names_token,
)


@pytest.mark.parametrize(
    "name",
    [
        *("JWT_SECRET", "jwtSecret", "jwt.secret", "SESSION_SECRET", "app.secret_key", "jwtKey"),
        *("secret_key_base", "DJANGO_SECRET_KEY", "secretOrKey", "TOKEN_SECRET", "signing_key"),
        *("JWT_SECRET_KEY", "NEXTAUTH_SECRET", "JWT_ACCESS_TOKEN_SECRET"),
    ],
)
def test_names_of_keys_that_sign(name: str) -> None:
    """The key of web tokens, of sessions, of cookies, of an application."""
    assert names_signer(name)


@pytest.mark.parametrize(
    "name",
    [
        *("client_secret", "AWS_SECRET_KEY", "tokenKey", "SESSION_KEY", "cookie_key", "secret"),
        *(
            "OAuthClientSecret",
            "auth_client_secret",
            "jwt_secret_name",
            "JWT_SECRET_PATH",
            "secret_key_ref",
            "auth_token",
        ),
    ],
)
def test_other_names_sign_nothing(name: str) -> None:
    """Keys of services, names that browsers keep tokens under, and where a key lies."""
    assert not names_signer(name)


@pytest.mark.parametrize(
    "value",
    [
        *("acme_jwt_secret_prod", "copperraven", "copper raven cat", "=====CopperRaven=====6621"),
        *("this is the acme key 2021", "ThisIsMySecretKeyForAcmeApp", "CopperSecret#1"),
        "shhhhh-its-copper99",
    ],
)
def test_a_word_of_its_own_signs(value: str) -> None:
    """One word that no placeholder has makes the key somebody's."""
    assert is_signing_text(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        *("your-256-bit-secret", "keyboard cat", "change-me-now", "secret", "supersecretkey"),
        *(
            "function",
            "my_jwt_secret",
            "hard to guess string",
            "a_very_important_secret",
            "super secret key",
        ),
        *("JWT secret must be set", "option 'copper' is required: set it", "acme_token"),
        *(
            "clave_secreta_de_ejemplo",
            "abcdefghijkl1234567",
            "a-string-secret-at-least-256-bits-long",
        ),
    ],
)
def test_placeholders_and_messages_do_not(value: str) -> None:
    """The examples of tutorials, messages, sequences, and the name that a token is kept under."""
    assert not is_signing_text(value.encode())


def test_what_may_sign_needs_a_name() -> None:
    """A name that says so, or a bare one that its section may tell; a label of a page is none."""
    words = b"acme_jwt_secret_prod"
    assert may_sign(words, "api_secret", "setting", "JWT_SECRET", "reads as words")
    assert may_sign(words, "api_secret", "quoted", "secret", "reads as words")
    assert not may_sign(words, "api_secret", "quoted", "client_secret", "reads as words")
    variable = b"ACME_GITHUB_JWTKEY"
    assert not may_sign(variable, "api_secret", "quoted", "JWT_SECRET", "reads as words")
    assert not may_sign(words, "api_secret", "bare", "JWT_SECRET", "reads as words")
    assert not may_sign(words, "api_secret", "quoted", "JWT_SECRET", "code")
    for label in (b"Salainen", b"Tajny klucz"):
        assert not may_sign(label, "api_secret", "quoted", "secret", "words")


def test_a_place_of_a_key_has_hyphens() -> None:
    assert may_be_place(b"acme-jwt-secret")
    assert not any(map(may_be_place, (b"acme_jwt_secret", b"acme-jwt-secret-2021", b"a-b key")))


def test_words_of_a_key_may_say_that_it_signs() -> None:
    assert names_token(b"acme-Token-key")
    assert not names_token(b"copperraven")
