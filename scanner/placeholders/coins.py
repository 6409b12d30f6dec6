"""Wallet keys with the checksums of their standards."""

import base64
import random
from collections.abc import Callable

from scanner.checksums.chains import STARK_ORDER
from scanner.checksums.coins import PRIVATE_VERSIONS
from scanner.checksums.ed25519 import L, public_key
from scanner.checksums.encodings import (
    RIPPLE,
    base58_encode,
    base58check_encode,
    bech32_encode,
    crc16_xmodem,
)
from scanner.checksums.secp256k1 import ORDER, address_of

_WIF = {
    "": 0x80,
    "bitcoin": 0x80,
    "testnet": 0xEF,
    "litecoin": 0xB0,
    "dogecoin": 0x9E,
    "dash": 0xCC,
}


def secp_key(rng: random.Random) -> bytes:
    """Return 32 bytes that are a private key of secp256k1."""
    return rng.randrange(1 << 252, ORDER).to_bytes(32, "big")


def evm_address(key: str) -> str:
    """Return the address of a key of 64 hex digits, in lower case."""
    return "0x" + (address_of(key.encode()) or b"").hex()


def pair(rng: random.Random) -> bytes:
    """Return a seed of Ed25519 and its public key, 64 bytes."""
    seed = rng.randbytes(32)
    return seed + public_key(seed)


def _wif(rng: random.Random, argument: str) -> str:
    coin, _, form = argument.partition(".")
    tail = b"" if form == "uncompressed" else b"\x01"
    return base58check_encode(bytes([_WIF[coin]]) + secp_key(rng) + tail)


def _extended(version: str) -> Callable[[random.Random, str], str]:
    def make(rng: random.Random, argument: str) -> str:
        head = PRIVATE_VERSIONS[version].to_bytes(4, "big")
        place = bytes(9) if argument != "child" else bytes([3]) + rng.randbytes(8)
        return base58check_encode(head + place + rng.randbytes(32) + b"\0" + secp_key(rng))

    return make


def _bip38(rng: random.Random, _: str) -> str:
    kind = rng.choice((b"\x01\x42\xe0", b"\x01\x42\xc0", b"\x01\x43\x20"))
    return base58check_encode(kind + rng.randbytes(36))


def _stellar(rng: random.Random, _: str) -> str:
    data = bytes([18 << 3]) + rng.randbytes(32)
    return base64.b32encode(data + crc16_xmodem(data).to_bytes(2, "little")).decode()


def _xrp(rng: random.Random, argument: str) -> str:
    head = {"": b"\x21", "ed25519": b"\x01\xe1\x4b"}[argument]
    return base58check_encode(head + rng.randbytes(16), RIPPLE)


def _xrp_numbers(rng: random.Random, _: str) -> str:
    groups = [rng.randrange(1 << 16) for _ in range(8)]
    return " ".join(f"{g:05d}{g * (place * 2 + 1) % 9}" for place, g in enumerate(groups))


def _cardano(rng: random.Random, argument: str) -> str:
    prefix = argument or "addr_sk"
    return bech32_encode(prefix, rng.randbytes(96 if prefix.endswith(("xsk", "xprv")) else 32))


def _cardano_cbor(rng: random.Random, argument: str) -> str:
    return (
        "5880" + rng.randbytes(128).hex()
        if argument == "extended"
        else "5820" + rng.randbytes(32).hex()
    )


def _nostr(rng: random.Random, argument: str) -> str:
    if argument == "encrypted":
        return bech32_encode("ncryptsec", b"\x02\x10" + rng.randbytes(89))
    return bech32_encode("nsec", secp_key(rng))


def _pair_base64(rng: random.Random, _: str) -> str:
    return base64.b64encode(pair(rng)).decode()


def _felt(rng: random.Random, _: str) -> str:
    return f"0x{rng.randrange(1 << 244, STARK_ORDER):x}"


TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    "evm_key": (
        lambda rng, _: secp_key(rng).hex(),
        "64 hex digits, a private key of secp256k1 without 0x",
    ),
    "evm_address": (
        lambda rng, _: evm_address(secp_key(rng).hex()),
        "the address of a key of secp256k1; {evm_address:a} that of {evm_key=a}",
    ),
    "wif": (
        _wif,
        "{wif}, {wif:testnet}, {wif:litecoin}, {wif:bitcoin.uncompressed}: a WIF private key",
    ),
    **{
        name: (
            _extended(name),
            f"an extended private key {name}; {{{name}:child}} is not a master key",
        )
        for name in PRIVATE_VERSIONS
    },
    "bip38": (_bip38, "a private key encrypted with a passphrase, 6P..."),
    "solana_array": (
        lambda rng, _: str(list(pair(rng))).replace(" ", ""),
        "64 numbers in brackets, seed and public key",
    ),
    "seed_array": (
        lambda rng, _: str(list(rng.randbytes(32))).replace(" ", ""),
        "32 numbers in brackets, a seed without its public key",
    ),
    "solana_base58": (lambda rng, _: base58_encode(pair(rng)), "base58 of seed and public key"),
    "stellar": (_stellar, "a Stellar secret seed, S..."),
    "xrp": (_xrp, "{xrp}, {xrp:ed25519}: a family seed of the XRP Ledger"),
    "xrp_numbers": (_xrp_numbers, "eight groups of six digits (Xaman secret numbers)"),
    "cardano": (_cardano, "{cardano}, {cardano:acct_xsk}: a signing key in bech32"),
    "cardano_cbor": (
        _cardano_cbor,
        "{cardano_cbor}, {cardano_cbor:extended}: the cborHex of a signing key file",
    ),
    "sui": (
        lambda rng, _: bech32_encode("suiprivkey", bytes([rng.randrange(3)]) + secp_key(rng)),
        "suiprivkey1...",
    ),
    "sui_base64": (
        lambda rng, _: base64.b64encode(b"\0" + rng.randbytes(32)).decode(),
        "an entry of sui.keystore",
    ),
    "aptos": (
        lambda rng, kind: f"{kind or 'ed25519'}-priv-0x{secp_key(rng).hex()}",
        "ed25519-priv-0x..., {aptos:secp256k1}",
    ),
    "near": (
        lambda rng, _: "ed25519:" + base58_encode(pair(rng)),
        "ed25519: and base58 of seed and public key",
    ),
    "nostr": (_nostr, "nsec1...; {nostr:encrypted} is ncryptsec1..."),
    "ed25519_pair": (_pair_base64, "base64 of seed and public key, 88 characters"),
    "ed25519": (_pair_base64, "{ed25519:pair}: base64 of seed and public key, 88 characters"),
    "monero_key": (
        lambda rng, _: rng.randrange(1 << 250, L).to_bytes(32, "little").hex(),
        "a secret spend or view key",
    ),
    "starknet": (_felt, "0x and a number below the order of the STARK curve"),
}
