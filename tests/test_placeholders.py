"""Placeholders give values of their form, told with their places."""

import random
import re

import pytest

from scanner.placeholders import PLACEHOLDERS, fill, make


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("{hex:32}", r"[0-9a-f]{32}"),
        ("{HEX:32}", r"[0-9A-F]{32}"),
        ("{alnum:64}", r"(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[0-9A-Za-z]{64}"),
        ("{alnum_lower:24}", r"(?=.*[a-z])(?=.*[0-9])[0-9a-z]{24}"),
        ("{alnum_upper:20}", r"(?=.*[A-Z])(?=.*[0-9])[0-9A-Z]{20}"),
        ("{base64:88}", r"[0-9A-Za-z+/]{86}=="),
        ("{base64:44}", r"[0-9A-Za-z+/]{43}="),
        ("{base64:56}", r"[0-9A-Za-z+/]{56}"),
        ("{base64url:43}", r"[0-9A-Za-z_\-]{43}"),
        ("{base58:44}", r"[1-9A-HJ-NP-Za-km-z]{44}"),
        ("{base32:16}", r"[A-Z2-7]{16}"),
        ("{digits:10}", r"[0-9]{10}"),
        ("{lower:12}", r"[a-z]{12}"),
        ("{upper:12}", r"[A-Z]{12}"),
        ("{user:10}", r"[!-~]{10}"),
        ("{uuid}", r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        ("{UUID}", r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}"),
        ("{objectid}", r"[56][0-9a-f]{23}"),
        ("{bip39:12}", r"[a-z]{3,8}( [a-z]{3,8}){11}"),
        ("{bip39:24.numbered}", r"1\. [a-z]+\n(.+\n){22}24\. [a-z]+"),
        ("{pem_ec:json}", r"-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEI[^\n]+KEY-----"),
        ("{pem_ec:base64}", r"LS0tLS1CRUdJTi[0-9A-Za-z+/]+={0,2}"),
        ("{jwt:kubernetes}", r"eyJhbGciOiJSUzI1NiIsImtpZCI6[0-9A-Za-z_.\-]{450,}"),
        ("{basic}", r"[0-9A-Za-z+/]{36}"),
        ("{grafana:glsa}", r"glsa_[0-9A-Za-z]{32}_[0-9a-f]{8}"),
        ("{htx:secret}", r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{5}"),
        ("{phemex:secret}", r"[0-9A-Za-z_\-]{91}"),
        ("{bithumb:secret}", r"[0-9A-Za-z]{82}=="),
    ],
)
def test_values_have_their_form(text: str, pattern: str) -> None:
    for seed in range(20):
        filled, values = fill(text, random.Random(seed))
        assert re.fullmatch(pattern, filled), text
        assert values == [(filled, 0, len(filled), False)]


def test_spans_and_marks_are_those_of_the_filled_text() -> None:
    text = "ключ={hex:32} {\"key\": 1} '{alnum:16!}' {name} <{{digits:4}}>"
    filled, values = fill(text, random.Random(1))
    assert [filled[start:end] for _, start, end, _ in values] == [value for value, *_ in values]
    assert [marked for *_, marked in values] == [False, True, False]
    assert '{"key": 1}' in filled
    assert "{name}" in filled
    assert re.search(r"<\{\d{4}\}>$", filled)


def test_a_named_value_comes_again() -> None:
    filled, values = fill("{alnum:20=a} {alnum:20} {alnum:20!=a} {alnum:20=a!}", random.Random(2))
    one, two, three, four = filled.split(" ")
    assert one == three == four
    assert one != two
    assert [marked for *_, marked in values] == [False, False, True, True]


def test_the_seed_decides() -> None:
    text = "{wif} {solana_base58} {pem_rsa} {monero} {jwt}"
    assert fill(text, random.Random(3)) == fill(text, random.Random(3))
    assert fill(text, random.Random(3)) != fill(text, random.Random(4))


@pytest.mark.parametrize("text", ["{alnum}", "{hex:x}", "{github:zzz}", "{bip39:13}", "{slack}"])
def test_a_wrong_argument_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"placeholder \w+: the argument"):
        fill(text, random.Random(5))


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(ValueError, match="no placeholder is called 'nothing'"):
        make("nothing", "", random.Random(6))


def test_every_placeholder_has_one_line_about_it() -> None:
    assert all(about and "\n" not in about for about in PLACEHOLDERS.values())
    assert {"alnum", "bip39", "wif", "pem_rsa", "github", "uuid"} <= set(PLACEHOLDERS)
