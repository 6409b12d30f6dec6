"""Checks of Ed25519 chains and key files: Solana, NEAR, Sui, Aptos, Nostr, Monero, keystores."""

import base64
import binascii
import re
from itertools import pairwise

from scanner.checksums.coins import in_range
from scanner.checksums.ed25519 import L, is_pair
from scanner.checksums.encodings import base58_decode, bech32_decode
from scanner.lazy import lazy_compile

STARK_ORDER = 0x0800000000000010FFFFFFFFFFFFFFFFB781126DCAE7B2321E66A241ADC64D2F
"""Order of the STARK curve (https://docs.starkware.co/starkex/crypto/stark-curve.html)."""
_HEX_KEY = lazy_compile(rb"(?:0[xX])?([0-9a-fA-F]{1,64})")


def base64_decode(text: bytes) -> bytes | None:
    """Return the bytes of a base64 or base64url text, padded or not, or None."""
    body = text.rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    try:
        return base64.b64decode(body + b"=" * (-len(body) % 4), validate=True)
    except binascii.Error:
        return None


def ed25519_pair(secret: bytes) -> bool:
    """Check base64 of a seed and its public key (RFC 8032): Coinbase, Algorand, Tendermint."""
    data = base64_decode(secret) if 86 <= len(secret) <= 88 else None
    return data is not None and is_pair(data)


def solana_array(secret: bytes) -> bool:
    """Check 64 numbers, a seed and its public key, as ``solana-keygen`` writes them."""
    numbers = [int(n) for n in re.findall(rb"\d{1,3}", secret[:1024])]
    return len(numbers) == 64 and max(numbers) < 256 and is_pair(bytes(numbers))


def seed_array(secret: bytes) -> bool:
    """Check that 32 numbers are bytes, and as different as random ones: a seed has no checksum."""
    numbers = [int(n) for n in re.findall(rb"\d{1,3}", secret[:1024])]
    if len(numbers) != 32 or max(numbers) > 255 or len(set(numbers)) < 24:
        return False
    rising = sum(a < b for a, b in pairwise(numbers))
    return max(numbers) > 128 and 6 < rising < 25


def solana_base58(secret: bytes) -> bool:
    """Check base58 of a seed and its public key (RFC 8032); a transaction signature fails this."""
    data = base58_decode(secret) if 80 <= len(secret) <= 90 else None
    return data is not None and is_pair(data)


def near(secret: bytes) -> bool:
    """Check ``ed25519:`` and base58 of a seed and its public key (near-api-js KeyPair)."""
    curve, _, body = secret.partition(b":")
    data = base58_decode(body)
    if data is None:
        return False
    return is_pair(data) if curve == b"ed25519" else curve == b"secp256k1" and in_range(data)


def sui(secret: bytes) -> bool:
    """Check a Sui private key (SIP-15): bech32 of a flag byte and 32 bytes."""
    decoded = bech32_decode(secret)
    return (
        decoded is not None
        and decoded[0] == "suiprivkey"
        and len(decoded[1]) == 33
        and decoded[1][0] <= 2
    )


def sui_base64(secret: bytes) -> bool:
    """Check base64 of a flag byte and 32 bytes, as ``sui.keystore`` holds them (SIP-15)."""
    data = base64_decode(secret) if len(secret) == 44 else None
    return data is not None and len(data) == 33 and data[0] <= 2 and len(set(data)) > 12


def aptos(secret: bytes) -> bool:
    """Check a private key with its type before it (AIP-80)."""
    match = re.fullmatch(rb"(ed25519|secp256k1)-priv-0x([0-9a-fA-F]{64})", secret)
    if not match:
        return False
    key = bytes.fromhex(match[2].decode())
    return len(set(key)) > 8 and (match[1] == b"ed25519" or in_range(key))


def nostr(secret: bytes) -> bool:
    """Check a Nostr secret key (NIP-19), encrypted (NIP-49) or not."""
    decoded = bech32_decode(secret)
    if decoded is None:
        return False
    prefix, data = decoded
    return (prefix == "nsec" and in_range(data)) or (prefix == "ncryptsec" and len(data) == 91)


def starknet(secret: bytes) -> bool:
    """Check that a number in hex is a private key of the STARK curve: above 0, below its order."""
    match = _HEX_KEY.fullmatch(secret)
    return match is not None and 1 << 192 < int(match[1], 16) < STARK_ORDER


def monero_key(secret: bytes) -> bool:
    """Check that 64 hex digits are a reduced scalar of Ed25519, as Monero's secret keys are."""
    if not re.fullmatch(rb"[0-9a-fA-F]{64}", secret):
        return False
    return 1 << 192 < int.from_bytes(bytes.fromhex(secret.decode()), "little") < L


def keystore(secret: bytes) -> bool:
    """Check a Web3 secret storage file, version 3, as JSON text or as the hex of it.

    https://ethereum.org/en/developers/docs/data-structures-and-encoding/web3-secret-storage/ : the
    members ciphertext, iv, a key derivation with its salt, and mac must be there.
    """
    text = secret
    if re.fullmatch(rb"(?:[0-9a-fA-F]{2})+", secret):
        text = bytes.fromhex(secret.decode())
    names = (b"ciphertext", b"cipherparams", b"kdfparams", b"mac")
    return all(name in text for name in names) and bool(
        re.search(rb"""mac\\{0,3}["']?\s{0,4}:\s{0,4}\\{0,3}["']?[0-9a-fA-F]{64}""", text)
    )
