"""Behaviour of scanner.checksums.sections: what opens a section says what its members are."""

import random

import pytest

from scanner.checksums import PLACED
from scanner.placeholders import make

KEY = make("evm_key", "", random.Random(11))
OTHER = make("evm_key", "", random.Random(12))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("private_keys:\n  main: ", True),
        (f"private_keys:\n  main: {OTHER}\n  # second\n\n  alt: '0x", True),
        ("wallets:  # of the bot\n  main: 0x", True),
        ("[wallets]\nmain = '0x", True),
        (f'{{"privateKeys": {{"main": "{OTHER}", "alt": "', True),
        ("const wallets: Record<string, string> = {\n  main: '0x", True),
        ("from web3 import Web3\nkeys = {'main': '", True),
        ("wallets:\n  - 0x", True),
        ("wallets:\n  main: ", True),
        ("accounts:\n  main: ", False),  # a hash, for all that is told
        ("keys = {'main': '", False),
        ("accounts:\n  - 0x", False),
        ("private_keys:\n  main: x\nblock: 0x", False),
        ("private_keys:\n  main_hash: 0x", False),
        ("private_keys:\n  main: {'a': 1}\nroot = {'b': '", False),
        ("# sui\nwallets:\n  main: 0x", False),
        ("[block]\nmain = 0x", False),
        ("storage_private_keys_proof:\n  main: 0x", False),
        ("main: 0x", False),
        ("\n" * 90 + "  main: 0x", False),
        ("0x", False),
    ],
)
def test_a_section_of_keys(before: str, expected: bool) -> None:
    data = (before + KEY).encode()
    assert PLACED["evm_section"](data, len(before), len(data)) is expected


def test_a_number_above_the_order_is_no_key() -> None:
    text = b"private_keys:\n  main: " + b"f" * 64
    assert not PLACED["evm_section"](text, len(text) - 64, len(text))
