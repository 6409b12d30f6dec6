"""Checks of service credentials that say what they are inside: bech32, JSON or text in base64."""

import base64
import re

from scanner.checksums.chains import base64_decode
from scanner.checksums.encodings import bech32_decode, crc16_xmodem
from scanner.lazy import lazy_compile

_NKEY_SEED = 18
_NKEY_TYPES = {"account": 0, "cluster": 2, "server": 13, "operator": 14, "user": 20, "curve": 23}
"""What the first five bits of a NATS key say, and those behind them in a seed: https://github.com/nats-io/nkeys"""
_NKEY = lazy_compile(rb"[A-Z2-7]{56}(?:[A-Z2-7]{2})?")
_INTERCOM = lazy_compile(rb"tok:[0-9a-f]{8}(?:_[0-9a-f]{4}){3}_[0-9a-f]{12}:\d:\d")


def age(secret: bytes) -> bool:
    """Check an age identity: bech32 of a key of 32 bytes (https://age-encryption.org/v1)."""
    decoded = bech32_decode(secret)
    return (
        decoded is not None and decoded[0].startswith("age-secret-key-") and len(decoded[1]) == 32
    )


def intercom(secret: bytes) -> bool:
    """Check an Intercom access token: base64 of ``tok:``, an id and two digits."""
    data = base64_decode(secret)
    return data is not None and bool(_INTERCOM.fullmatch(data))


def nkey(secret: bytes) -> bool:
    """Check the seed of a NATS key: its kind, 32 bytes, CRC-16 (https://github.com/nats-io/nkeys)."""
    data = _of_nkey(secret)
    return len(data) == 34 and data[0] >> 3 == _NKEY_SEED and _kind_of_nkey(data) is not None


def is_public_nkey(value: bytes) -> bool:
    """Tell whether a value is the public half of a NATS key, which its server lists."""
    data = _of_nkey(value)
    return len(data) == 33 and data[0] >> 3 in _NKEY_TYPES.values()


def _of_nkey(value: bytes) -> bytes:
    """Return the bytes that a NATS key holds before its checksum, none if that does not hold."""
    if not _NKEY.fullmatch(value):
        return b""
    data = base64.b32decode(value + b"=" * (-len(value) % 8))
    holds = crc16_xmodem(data[:-2]) == int.from_bytes(data[-2:], "little")
    return data[:-2] if holds else b""


def _kind_of_nkey(seed: bytes) -> str | None:
    number = (seed[0] & 7) << 2 | seed[1] >> 6
    return next((kind for kind, known in _NKEY_TYPES.items() if known == number), None)


def onepassword(secret: bytes) -> bool:
    """Check a token of a 1Password service account: base64 of JSON that names its sign-in address."""
    data = base64_decode(secret.removeprefix(b"ops_"))
    return data is not None and data.startswith(b'{"signInAddress"') and data.endswith(b"}")


def recaptcha(secret: bytes) -> bool:
    """Check that the end of a key of reCAPTCHA is random; zeros stand in the middle of many, as five letters ``A``."""
    return secret.startswith(b"6L") and len(secret) == 40 and len(set(secret[-27:])) >= 12


def _supabase_role(secret: bytes) -> bytes | None:
    """Return the role that a Supabase key names in its payload (https://supabase.com/docs/guides/api/api-keys)."""
    parts = secret.split(b".")
    payload = base64_decode(parts[1]) if len(parts) == 3 else None
    is_theirs = payload is not None and b'"supabase' in payload
    found = re.search(rb'"role"\s*:\s*"(\w+)"', payload) if payload and is_theirs else None
    return found[1] if found else None


def supabase_service(secret: bytes) -> bool:
    """Check a Supabase JWT for the role that goes past every row rule."""
    return _supabase_role(secret) == b"service_role"


def supabase_anon(secret: bytes) -> bool:
    """Check a Supabase JWT for the role of anybody."""
    return _supabase_role(secret) == b"anon"
