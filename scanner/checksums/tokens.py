"""Checks of service tokens whose makers published how they are built."""

import re
import zlib

from scanner.checksums.chains import base64_decode
from scanner.lazy import lazy_compile

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_UUID4 = lazy_compile(
    rb"[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}", re.IGNORECASE
)
_DISCORD_EPOCH_DIGITS = lazy_compile(rb"\d{17,20}")


def base62_crc(text: bytes) -> bytes:
    """Return the CRC-32 of some bytes as six base62 digits, zeros in front.

    >>> base62_crc(b"")
    b'000000'
    """
    number, digits = zlib.crc32(text), ""
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits.encode()


def crc32(secret: bytes) -> bool:
    """Check 36 base62 characters after the last ``_``, six of them the CRC-32 of the others.

    https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/ ; npm alike.
    """
    body = secret.rpartition(b"_")[2]
    return len(body) == 36 and base62_crc(body[:30]) == body[30:]


github = npm = crc32


_LEAST_OF_KEYS = 20


def basic(secret: bytes) -> bool:
    """Check base64 of a user name, a colon and a password of six or more, all printable (RFC 7617).

    Many services take a key for the user, and no password.
    """
    user, mark, password = (base64_decode(secret) or b"").partition(b":")
    text = user + password
    return bool(
        user
        and mark
        and (len(password) > 5 or (not password and len(user) >= _LEAST_OF_KEYS))
        and text.isascii()
        and text.decode().isprintable()
    )


def grafana(secret: bytes) -> bool:
    """Check a Grafana token: after the last ``_`` the CRC-32 of what stands before, least byte first, in hex.

    https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
    """
    body, _, tail = secret.rpartition(b"_")
    return tail == zlib.crc32(body).to_bytes(4, "little").hex().encode()


def jwt(secret: bytes) -> bool:
    """Check a JSON web token (RFC 7519): a header with an ``alg``, a payload that is an object."""
    parts = secret.split(b".")
    if len(parts) != 3:
        return False
    header, payload = base64_decode(parts[0]), base64_decode(parts[1])
    return (
        header is not None
        and payload is not None
        and header.startswith(b"{")
        and b'"alg"' in header
        and payload.lstrip().startswith(b"{")
        and payload.rstrip().endswith(b"}")
    )


def aws_key_id(secret: bytes) -> bool:
    """Check that an AWS key id holds an account number of 12 digits in base32.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html names the prefixes.
    """
    if not re.fullmatch(rb"[A-Z]{4}[A-Z2-7]{16}", secret):
        return False
    number = 0
    for byte in secret[4:14]:
        number = number * 32 + b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(byte)
    return (number >> 2 & 0x7FFFFFFFFF80) >> 7 < 10**12


def pypi(secret: bytes) -> bool:
    """Check a PyPI token: a macaroon, version 2, that names pypi.org (https://pypi.org/help/#apitoken)."""
    data = base64_decode(secret.removeprefix(b"pypi-"))
    return (
        data is not None
        and data[:3] in (b"\x02\x01\x08", b"\x02\x01\x0d")
        and b"pypi.org" in data[:20]
    )


def discord(secret: bytes) -> bool:
    """Check a Discord bot token: it begins with base64 of the bot's id, 17 to 20 digits."""
    data = base64_decode(secret.partition(b".")[0])
    return data is not None and bool(_DISCORD_EPOCH_DIGITS.fullmatch(data))


def uuid4(secret: bytes) -> bool:
    """Check the version and variant digits of a random UUID, hyphens or not (RFC 9562, 5.4)."""
    return bool(_UUID4.fullmatch(secret)) and len(set(secret)) > 8


def base32(secret: bytes) -> bool:
    """Check base32 of whole bytes (RFC 4648), in either case; blanks and hyphens may group it."""
    text = re.sub(rb"[\s\-]|%20|=", b"", secret).upper()
    return bool(re.fullmatch(rb"[A-Z2-7]{8,}", text)) and len(text) % 8 in (0, 2, 4, 5, 7)


def totp(secret: bytes) -> bool:
    """Check a seed for one-time passwords: ten bytes of base32 or more, not alike (RFC 6238)."""
    text = re.sub(rb"[\s\-]|%20|=", b"", secret).upper()
    return len(text) >= 16 and base32(secret) and len(set(text)) > 5
