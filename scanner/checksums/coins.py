"""Checks of Bitcoin-like and older coins: base58check, bech32, Stellar, XRP Ledger, Cardano."""

import base64
import re
from collections.abc import Callable

from scanner.checksums.encodings import (
    RIPPLE,
    base58check_decode,
    bech32_decode,
    crc16_xmodem,
)
from scanner.checksums.secp256k1 import ORDER
from scanner.lazy import lazy_compile

WIF_VERSIONS = {
    0x80: "bitcoin",
    0xEF: "testnet",
    0xB0: "litecoin",
    0x9E: "dogecoin",
    0xCC: "dash",
    0xF1: "dogecoin testnet",
}
PRIVATE_VERSIONS = {
    "xprv": 0x0488ADE4,
    "yprv": 0x049D7878,
    "zprv": 0x04B2430C,
    "Yprv": 0x0295B005,
    "Zprv": 0x02AA7A99,
    "tprv": 0x04358394,
    "uprv": 0x044A4E28,
    "vprv": 0x045F18BC,
    "Uprv": 0x024285B5,
    "Vprv": 0x02575048,
    "Ltpv": 0x019D9CFE,
    "Mtpv": 0x01B26792,
}
_CARDANO_LENGTHS = (32, 64, 96, 128, 608)
_HEX = lazy_compile(rb"[0-9a-fA-F]+")


def in_range(key: bytes) -> bool:
    """Tell whether 32 bytes are a private key of secp256k1."""
    return len(key) == 32 and 0 < int.from_bytes(key, "big") < ORDER


def secp256k1(secret: bytes) -> bool:
    """Check that 64 hex digits, with ``0x`` or without, are a private key (SEC 2, 2.4.1)."""
    digits = secret[2:] if secret[:2] in (b"0x", b"0X") else secret
    return (
        len(digits) == 64
        and bool(_HEX.fullmatch(digits))
        and in_range(bytes.fromhex(digits.decode()))
    )


def wif(secret: bytes) -> bool:
    """Check a private key in wallet import format, with Electrum's script type before it or not.

    https://en.bitcoin.it/wiki/Wallet_import_format : version byte, key, 0x01 if compressed, and
    four check bytes.
    """
    payload = base58check_decode(secret.rpartition(b":")[2])
    if payload is None or payload[0] not in WIF_VERSIONS:
        return False
    compressed = len(payload) == 34 and payload[33] == 1
    return (compressed or len(payload) == 33) and in_range(payload[1:33])


def wif_of(coin: str) -> Callable[[bytes], bool]:
    """Return a check of private keys in wallet import format that are one coin's by their version byte."""

    def check(secret: bytes) -> bool:
        payload = base58check_decode(secret.rpartition(b":")[2])
        is_coin = payload is not None and WIF_VERSIONS.get(payload[0], "").startswith(coin)
        return is_coin and wif(secret)

    return check


wif_litecoin, wif_dogecoin, wif_dash = map(wif_of, ("litecoin", "dogecoin", "dash"))


def wif_eos(secret: bytes) -> bool:
    """Check a private key as EOS writes it: Bitcoin's version byte, and never marked as compressed.

    https://docs.eosnetwork.com/docs/latest/advanced-topics/transactions-protocol/
    """
    return secret[:1] == b"5" and len(secret) == 51 and wif(secret)


def bip32(secret: bytes) -> bool:
    """Check an extended private key (BIP-32; SLIP-132 for the y, z, u and v versions)."""
    payload = base58check_decode(secret)
    return (
        payload is not None
        and len(payload) == 78
        and int.from_bytes(payload[:4], "big") in PRIVATE_VERSIONS.values()
        and payload[45] == 0
        and in_range(payload[46:])
    )


def bip38(secret: bytes) -> bool:
    """Check a private key encrypted with a passphrase (BIP-38)."""
    payload = base58check_decode(secret)
    return payload is not None and len(payload) == 39 and payload[:2] in (b"\x01\x42", b"\x01\x43")


def stellar(secret: bytes) -> bool:
    """Check a Stellar secret seed (SEP-23): version byte of ``S``, 32 bytes, CRC-16."""
    if len(secret) != 56 or not re.fullmatch(rb"[A-Z2-7]{56}", secret):
        return False
    data = base64.b32decode(secret)
    return data[0] == 18 << 3 and crc16_xmodem(data[:-2]) == int.from_bytes(data[-2:], "little")


def xrp(secret: bytes) -> bool:
    """Check a family seed of the XRP Ledger (https://xrpl.org/docs/references/protocol/data-types/base58-encodings)."""
    payload = base58check_decode(secret, RIPPLE)
    if payload is None:
        return False
    return (len(payload) == 17 and payload[0] == 0x21) or (
        len(payload) == 19 and payload[:3] == b"\x01\xe1\x4b"
    )


def xrp_numbers(secret: bytes) -> bool:
    """Check eight groups of six digits, the last of each a check digit (XLS-12, secret numbers)."""
    groups = re.findall(rb"\d{6}", secret)
    return (
        len(groups) == 8
        and all(len(group) == 6 and int(group[:5]) < 1 << 16 for group in groups)
        and all(int(g[:5]) * (place * 2 + 1) % 9 == g[5] - 48 for place, g in enumerate(groups))
        and len(set(groups)) > 4
    )


def cardano(secret: bytes) -> bool:
    """Check a signing key in bech32 (CIP-5): prefix ``..._sk``, ``..._xsk`` or ``xprv``."""
    decoded = bech32_decode(secret)
    if decoded is None:
        return False
    prefix, data = decoded
    return prefix.endswith(("_sk", "_xsk", "xprv", "_shared_sk")) and len(data) in _CARDANO_LENGTHS


def cardano_cbor(secret: bytes) -> bool:
    """Check the hex of a CBOR string of 32, 64 or 128 bytes (files of cardano-cli, RFC 8949).

    Takes the string alone, or the whole file.
    """
    if secret[:1] == b"{":
        secret = (re.findall(rb"58[248]0[0-9a-f]{64,256}", secret) or [b""])[-1]
    if not _HEX.fullmatch(secret) or len(secret) < 68:
        return False
    head, rest = secret[:4], secret[4:]
    return {b"5820": 64, b"5840": 128, b"5880": 256}.get(head) == len(rest) and len(set(rest)) > 6
