"""Behaviour of scanner.context.values.notations: what programs write in a notation of their own is no secret."""

import random

import pytest

from scanner.context.values.notations import is_algorithm, is_symbol, why_notation
from scanner.context.values.passwords import of_literal
from scanner.placeholders import fill

PACKAGE, NUMBER, TEMPLATE = "the version of a package", "a number", "a template or a mask"
INSTRUCTION = "what is to be written there"
NOTATIONS = [
    ("npm:^1.0.4", PACKAGE),
    ("npm:@isaacs/fs-minipass@^4.0.0", PACKAGE),
    ("workspace:^", PACKAGE),
    ("workspace:packages/getpass", PACKAGE),
    ("patch:minipass@npm%3A7.0.4#~/.yarn/patches/minipass.patch", PACKAGE),
    ("link:../getpass", PACKAGE),
    ("^3.0.0-rc.1", PACKAGE),
    ("1e-12", NUMBER),
    ("2.5E+10", NUMBER),
    ("{avg_roi:.2f}%", TEMPLATE),
    ("Argon2id", "the name of an algorithm"),
    ("AES-256-GCM", "the name of an algorithm"),
    ("%.*s", TEMPLATE),
    ("%-10d", TEMPLATE),
    ("$5.00", "an amount"),
    ("\u20ac1.250,00", "an amount"),
    ("WETH,USDC,DAI,WBTC", "a list of tokens that are traded"),
    ("WETH-USDC,WBTC-DAI", "a list of tokens that are traded"),
    ("STL_BSC->BUSD_BSC", "a list of tokens that are traded"),
    ("v0.11.0@sha256:" + "7a" * 32, "the version of an image"),
    ("5001/knative-serving-webhook:v1.16.3", "the version of an image"),
    ("ERC-4626/SNIP-22", "the name of a standard"),
    ("ctrl+shift+p", "keys pressed at once"),
    ("CmdOrCtrl+Alt+F12", "keys pressed at once"),
    ("hex:bf", "a value of a registry"),
    ("hex(2):25,00,53,00", "a value of a registry"),
    ("dword:0000001a", "a value of a registry"),
    ("cn=admin,dc=acme,dc=io", "the name of an entry of a directory"),
    ("CN=svc bot, OU=Bots, DC=acme", "the name of an entry of a directory"),
    ("UA-28909194-3", "what a page is measured by"),
    ("G-7XK2M4P9QR", "what a page is measured by"),
    ("1573.23MB/s", "a number"),
    ("1f1f5-1f1fc", "a number"),
    ("pk_test_" + "7aQ2" * 6, "a publishable key of a test"),
    ("192.168.1.101\\server1", "an address or a path"),
    ("com.acme.game.gold_6", "an address or a path"),
    (".q($Zf).", "code between two strings"),
    ("zKEh-CHANGE-ME-qIKc", INSTRUCTION),
    ("UQ6_CHANGE_ME_Gzb", INSTRUCTION),
    ("OVERRIDDEN_BY_ENV", INSTRUCTION),
    ("very_long_random_secret_minimum_32_chars_here", INSTRUCTION),
    ("random-string-at-least-32-chars", INSTRUCTION),
    ("TMAxxx1Ng==", INSTRUCTION),
]
NONE = [
    "$ecret77",
    "$5.00kite!",
    "%Kx7q!2z",
    "Weth,7Usdc!",
    "WETH,usdc99",
    "hex:orchid7!",
    "hexagon77",
    "hunter2!",
    "velvet-1984",
    "link:velvet84",
    "1e12",
    "{user:14}",
    "KEY-4711",
    "npm7.0.4x!",
    "velvet+shift+9",
    "alt-falcon84",
    "cn=falcon84",
    "dc,falcon=84",
    "UA-velvet84",
    "Changeable-Ember-77",
    "com.velvet84",
    "10.falcon!84",
    "velvet(84).",
    "overridden-by-7velvets",
    "minimum-velvet-84",
    "maxxx-84",
]


@pytest.mark.parametrize(("text", "reason"), NOTATIONS)
def test_a_notation_is_no_password(text: str, reason: str) -> None:
    """Versions of packages, numbers, fields of a format, algorithms and standards stand beside telling names, too."""
    assert why_notation(text.encode()) == reason
    for how in ("quoted", "setting", "bare"):
        assert of_literal(text.encode(), "password", how, "password")[0] is None


@pytest.mark.parametrize("text", NONE)
def test_what_people_choose_is_no_notation(text: str) -> None:
    """A colon, a dash or digits alone are none."""
    value = fill(text, random.Random(3))[0].encode() if ":14" in text else text.encode()
    assert why_notation(value) is None
    assert not is_algorithm(value)


@pytest.mark.parametrize(
    "text", ["AAVEUSDT", "1000BONKUSDT", "mubarakusdt", "PAXG-USDT", "BTC-PERP"]
)
def test_markets_are_no_tokens(text: str) -> None:
    """To those who trade, a token is a coin: ``**Worst token**: AAVEUSDT``."""
    assert is_symbol(text.encode())
    assert of_literal(text.encode(), "token", "setting", "Worst Token")[0] is None


@pytest.mark.parametrize("seed", range(5))
def test_tokens_are_no_markets(seed: int) -> None:
    """Letters of both cases are never one."""
    assert not is_symbol(fill("{alnum:24}", random.Random(seed))[0].encode())
