"""Text encodings of keys: base58 with check, bech32, CRC-16; both directions.

Decoders return None for what is not valid, so that callers need no exceptions. Encoders exist for
the examples that ``scanner.placeholders`` makes.
"""

BITCOIN = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_LONGEST = 1024


def base58_decode(text: bytes, alphabet: bytes = BITCOIN) -> bytes | None:
    """Return the bytes of a base58 text, or None; leading zero digits are zero bytes.

    >>> base58_decode(b"2g")
    b'a'
    """
    if not text or len(text) > _LONGEST:
        return None
    number = 0
    for byte in text:
        digit = alphabet.find(byte)
        if digit < 0:
            return None
        number = number * 58 + digit
    zeros = len(text) - len(text.lstrip(alphabet[:1]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base58_encode(data: bytes, alphabet: bytes = BITCOIN) -> str:
    """Return the base58 text of some bytes.

    >>> base58_encode(b"a")
    '2g'
    """
    number = int.from_bytes(data, "big")
    digits = bytearray()
    while number:
        number, digit = divmod(number, 58)
        digits.append(alphabet[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return (alphabet[:1] * zeros + bytes(reversed(digits))).decode()


def double_sha256(data: bytes) -> bytes:
    """Return SHA-256 of SHA-256, as Bitcoin does."""
    from hashlib import sha256  # noqa: PLC0415  (OpenSSL takes 5 ms)

    return sha256(sha256(data).digest()).digest()


def base58check_decode(text: bytes, alphabet: bytes = BITCOIN) -> bytes | None:
    """Return the payload (version included) if the four check bytes hold, else None."""
    data = base58_decode(text, alphabet)
    if data is None or len(data) < 5 or double_sha256(data[:-4])[:4] != data[-4:]:
        return None
    return data[:-4]


def base58check_encode(payload: bytes, alphabet: bytes = BITCOIN) -> str:
    """Return the base58 text of a payload and its four check bytes."""
    return base58_encode(payload + double_sha256(payload)[:4], alphabet)


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check


def _expand(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def bech32_decode(text: bytes) -> tuple[str, bytes] | None:
    """Return the readable prefix and the bytes of a bech32 text (BIP-173, any length), or None."""
    if not text.isascii() or not 8 <= len(text) <= _LONGEST:
        return None
    whole = text.decode("ascii")
    if whole != whole.lower() and whole != whole.upper():
        return None
    prefix, one, rest = whole.lower().rpartition("1")
    values = [_BECH32.find(c) for c in rest]
    if not one or not prefix or len(values) < 6 or min(values) < 0:
        return None
    if _polymod(_expand(prefix) + values) != 1:
        return None
    data = _regroup(values[:-6])
    return None if data is None else (prefix, data)


def _regroup(values: list[int]) -> bytes | None:
    number = 0
    for value in values:
        number = number << 5 | value
    spare = len(values) * 5 % 8
    if spare > 4 or number & ((1 << spare) - 1):
        return None
    return (number >> spare).to_bytes(len(values) * 5 // 8, "big")


def bech32_encode(prefix: str, data: bytes) -> str:
    """Return the bech32 text of some bytes.

    >>> bech32_decode(bech32_encode("nsec", bytes(32)).encode()) == ("nsec", bytes(32))
    True
    """
    count = (len(data) * 8 + 4) // 5
    number = int.from_bytes(data, "big") << (count * 5 - len(data) * 8)
    values = [number >> 5 * place & 31 for place in reversed(range(count))]
    check = _polymod(_expand(prefix) + values + [0] * 6) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(_BECH32[value] for value in values)


def crc16_xmodem(data: bytes) -> int:
    """Return the CRC-16 with polynomial 0x1021 and start 0 (XMODEM).

    >>> hex(crc16_xmodem(b"123456789"))
    '0x31c3'
    """
    crc = 0
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc
