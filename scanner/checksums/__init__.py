"""Checksums: what a value proves about itself, offline.

``CHECKS`` maps the name that a rule's ``check`` gives to a test of the secret's bytes. The tests
live in sibling modules that are imported when one of them is first called: a clean run needs none
of them. Every test takes hostile bytes and answers False for what it does not understand; none
raises.
"""

from collections.abc import Callable
from importlib import import_module

_HOMES = {
    "mnemonics": (
        "algorand25",
        "bip39",
        "electrum",
        "electrum_old",
        "mnemonic",
        "monero25",
        "substrate",
        "ton",
    ),
    "coins": (
        "bip32",
        "bip38",
        "cardano",
        "cardano_cbor",
        "secp256k1",
        "stellar",
        "wif",
        "wif_dash",
        "wif_dogecoin",
        "wif_eos",
        "wif_litecoin",
        "xrp",
        "xrp_numbers",
    ),
    "chains": (
        "aptos",
        "ed25519_pair",
        "keystore",
        "monero_key",
        "near",
        "nostr",
        "seed_array",
        "solana_array",
        "solana_base58",
        "starknet",
        "sui",
        "sui_base64",
    ),
    "pem": ("der", "pem", "pem_encrypted"),
    "services": (
        "age",
        "intercom",
        "nkey",
        "onepassword",
        "recaptcha",
        "supabase_anon",
        "supabase_service",
    ),
    "tokens": (
        "aws_key_id",
        "basic",
        "base32",
        "crc32",
        "discord",
        "github",
        "grafana",
        "jwt",
        "npm",
        "pypi",
        "totp",
        "uuid4",
    ),
}


def _lazy(module: str, name: str) -> Callable[[bytes], bool]:
    def check(secret: bytes) -> bool:
        return bool(getattr(import_module(f"scanner.checksums.{module}"), name)(secret))

    check.__name__ = name
    return check


CHECKS: dict[str, Callable[[bytes], bool]] = {
    name: _lazy(module, name) for module, names in _HOMES.items() for name in names
}
"""Tests by the name that pattern files use: the secret's bytes to whether its checksum holds."""


def _lazy_placed(module: str, name: str) -> Callable[[bytes, int, int], bool]:
    def check(data: bytes, start: int, end: int) -> bool:
        return bool(getattr(import_module(f"scanner.checksums.{module}"), name)(data, start, end))

    check.__name__ = name
    return check


PLACED: dict[str, Callable[[bytes, int, int], bool]] = {
    "evm_handed": _lazy_placed("handed", "evm_handed"),
    "evm_listed": _lazy_placed("handed", "evm_listed"),
    "evm_section": _lazy_placed("sections", "evm_section"),
    "evm_pair": _lazy_placed("evm", "evm_pair"),
    "java_keystore": _lazy_placed("stores", "java_keystore"),
    "pkcs12": _lazy_placed("stores", "pkcs12"),
    "wallet_key": _lazy_placed("stores", "wallet_key"),
    "wallet_master_key": _lazy_placed("stores", "wallet_master_key"),
}
"""Tests that look around a secret too: a text and the span of the secret in it."""
