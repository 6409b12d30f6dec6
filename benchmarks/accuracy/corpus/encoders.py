"""Encode bytes as wallets and exchanges print them: base58check, bech32, base32, KSUID, PEM."""

from __future__ import annotations

import base64
import hashlib

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def base58(data: bytes, alphabet: str = BASE58) -> str:
    """Return the base58 text of `data`; a leading zero byte is the alphabet's first letter."""
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = alphabet[rest] + digits
    return alphabet[0] * (len(data) - len(data.lstrip(b"\0"))) + digits


def base58check(data: bytes, alphabet: str = BASE58) -> str:
    """Return base58 of `data` and the first 4 bytes of its double SHA-256."""
    digest = hashlib.sha256(hashlib.sha256(data).digest()).digest()
    return base58(data + digest[:4], alphabet)


def _bits(data: bytes, width: int = 5) -> list[int]:
    """Return `data` as groups of `width` bits, the last one padded with zeros."""
    text = "".join(f"{byte:08b}" for byte in data)
    text += "0" * (-len(text) % width)
    return [int(text[i : i + width], 2) for i in range(0, len(text), width)]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> i & 1:
                check ^= generator
    return check


def bech32(hrp: str, data: bytes) -> str:
    """Return the BIP-173 text of `data` under the human readable part `hrp`."""
    values = _bits(data)
    expanded = [ord(c) >> 5 for c in hrp] + [0] + [ord(c) & 31 for c in hrp]
    check = _polymod(expanded + values + [0] * 6) ^ 1
    values += [check >> 5 * (5 - i) & 31 for i in range(6)]
    return hrp + "1" + "".join(_BECH32[value] for value in values)


def crc16_xmodem(data: bytes) -> int:
    """Return the CRC16 that Stellar puts behind its keys."""
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def stellar(version: int, payload: bytes) -> str:
    """Return a Stellar StrKey (`version` 18 << 3 is a secret seed, 6 << 3 a public key)."""
    data = bytes([version]) + payload
    return base64.b32encode(data + crc16_xmodem(data).to_bytes(2, "little")).decode()


def ksuid(seconds: int, payload: bytes) -> str:
    """Return the 27-letter KSUID of a Unix time and 16 bytes."""
    number = int.from_bytes((seconds - 1_400_000_000).to_bytes(4, "big") + payload, "big")
    digits = ""
    for _ in range(27):
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits


def b64(data: bytes, *, url: bool = False, pad: bool = True) -> str:
    """Return base64 text of `data`."""
    text = (base64.urlsafe_b64encode(data) if url else base64.b64encode(data)).decode()
    return text if pad else text.rstrip("=")


def der(tag: int, *parts: bytes) -> bytes:
    """Return one DER element."""
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def der_int(value: int) -> bytes:
    """Return a DER INTEGER."""
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def pem(label: str, data: bytes, *, headers: str = "", tail: str = "") -> str:
    """Return `data` in PEM armour, 64 letters a line, with a newline at the end."""
    text = b64(data)
    lines = [text[i : i + 64] for i in range(0, len(text), 64)]
    return (
        f"-----BEGIN {label}-----\n{headers}"
        + "\n".join(lines)
        + f"\n{tail}-----END {label}-----\n"
    )
