"""Checks of service credentials that say what they are inside: bech32, JSON or text in base64."""

import re

from scanner.checksums.chains import base64_decode
from scanner.checksums.encodings import bech32_decode
from scanner.lazy import lazy_compile

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


def onepassword(secret: bytes) -> bool:
    """Check a token of a 1Password service account: base64 of JSON that names its sign-in address."""
    data = base64_decode(secret.removeprefix(b"ops_"))
    return data is not None and data.startswith(b'{"signInAddress"') and data.endswith(b"}")


def _supabase_role(secret: bytes) -> bytes | None:
    """Return the role that a Supabase key names in its payload (https://supabase.com/docs/guides/api/api-keys)."""
    parts = secret.split(b".")
    payload = base64_decode(parts[1]) if len(parts) == 3 else None
    found = re.search(rb'"role"\s*:\s*"(\w+)"', payload) if payload else None
    return found[1] if found else None


def supabase_service(secret: bytes) -> bool:
    """Check a Supabase JWT for the role that goes past every row rule."""
    return _supabase_role(secret) == b"service_role"


def supabase_anon(secret: bytes) -> bool:
    """Check a Supabase JWT for the role of anybody."""
    return _supabase_role(secret) == b"anon"
