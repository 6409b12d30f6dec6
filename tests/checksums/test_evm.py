"""Behaviour of scanner.checksums.evm: a key is proved by its address."""

import random

import pytest

from scanner.checksums import CHECKS, PLACED
from scanner.checksums.encodings import base58check_encode
from scanner.checksums.secp256k1 import address_of
from scanner.placeholders import fill, make
from scanner.placeholders.coins import evm_address

RNG = random.Random(11)
KEY = make("evm_key", "", RNG)
OTHER = make("evm_key", "", RNG)
ADDRESS = "0x" + "5d" * 20


def holds(check: str, before: str, after: str) -> bool:
    data = (before + KEY + after).encode()
    start = len(before.encode())
    return PLACED[check](data, start, start + len(KEY))


@pytest.mark.parametrize("between", [",", "\t", " ", '", "', '", "key": "0x', "`\nKey `"])
def test_a_key_beside_its_address(between: str) -> None:
    """Whatever stands between them; another's address proves nothing."""
    assert holds("evm_pair", evm_address(KEY) + between, "\n")
    assert holds("evm_pair", "", between.removesuffix("0x") + evm_address(KEY))
    assert not holds("evm_pair", evm_address(OTHER) + between, "\n")
    assert not holds("evm_pair", "", "")


def test_a_key_beside_its_address_on_tron() -> None:
    """Tron writes the same 20 bytes with base58 and a version."""
    tron = base58check_encode(b"\x41" + (address_of(KEY.encode()) or b""))
    assert holds("evm_pair", tron + ",", "")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (f"# Wallets\n\n| # | Address | Private key |\n|---|---|---|\n| 1 | {ADDRESS} | 0x", True),
        (f"| # | адрес | приватный ключ |\n|---|---|---|\n| 1 | {ADDRESS} | ", True),
        (f"id;wallet;pkey\n1;{ADDRESS};0x", True),
        (f"| # | Address | Transaction |\n|---|---|---|\n| 1 | {ADDRESS} | 0x", False),
        (f"id;wallet;private_key_hash\n1;{ADDRESS};", False),
        (f"private key, {ADDRESS}, ", False),
    ],
)
def test_a_column_that_says_so(before: str, expected: bool) -> None:
    """Beside an address, in a column whose heading names a private key."""
    assert holds("evm_pair", before, "\n") is expected


def test_an_address_is_made_with_its_key() -> None:
    """In an example the address of a label is that of the key with this label."""
    text, values = fill("{evm_address:a},{evm_key=a},{evm_address}", random.Random(3))
    address, key, other = text.split(",")
    assert evm_address(key) == address != other
    assert len(values) == 3
    assert CHECKS["secp256k1"](key.encode())
