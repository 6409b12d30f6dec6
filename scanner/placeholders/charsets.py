"""Values that are random over an alphabet, and ids."""

import base64
import random
from collections.abc import Callable

from scanner.lazy import lazy_compile

_LOWER, _UPPER, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
ALPHABETS = {
    "hex": _DIGITS + "abcdef",
    "HEX": _DIGITS + "ABCDEF",
    "alnum": _DIGITS + _UPPER + _LOWER,
    "alnum_lower": _DIGITS + _LOWER,
    "alnum_upper": _DIGITS + _UPPER,
    "base64url": _DIGITS + _UPPER + _LOWER + "-_",
    "base58": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "base32": _UPPER + "234567",
    "digits": _DIGITS,
    "lower": _LOWER,
    "upper": _UPPER,
    "user": _DIGITS + _UPPER + _LOWER,
}
_RUN = lazy_compile(r"(.)\1{3}|0123|1234|2345|3456|4567|5678|6789|abcd|bcde|cdef")
_PADDED = {24: 16, 44: 32, 88: 64}


def text(rng: random.Random, alphabet: str, length: int) -> str:
    """Return random text that looks the part: each class of its alphabet occurs, no runs."""
    chars = ALPHABETS[alphabet]
    classes = [
        group
        for group in (_LOWER, _UPPER, _DIGITS)
        if len(set(group) & set(chars)) > 1 and length >= 8
    ]
    while True:
        value = "".join(rng.choice(chars) for _ in range(length))
        if length < 4:
            return value
        edges = value[0] in "-_" or value[-1] in "-_"
        if (
            not edges
            and not _RUN.search(value.lower())
            and all(set(group) & set(value) for group in classes)
        ):
            return value


def _of(alphabet: str) -> Callable[[random.Random, str], str]:
    def make(rng: random.Random, argument: str) -> str:
        return text(rng, alphabet, int(argument))

    return make


def base64_text(rng: random.Random, length: int) -> str:
    """Return base64 of this length; 24, 44 and 88 are 16, 32 and 64 bytes with their padding."""
    size = _PADDED.get(length, length * 3 // 4 + 1)
    while True:
        value = base64.b64encode(rng.randbytes(size)).decode()[:length]
        body = value.rstrip("=")
        mixed = all(set(group) & set(body) for group in (_LOWER, _UPPER, _DIGITS))
        if (mixed or length < 12) and body[0] not in "+/" and body[-1] not in "+/":
            return value


def _base64(rng: random.Random, argument: str) -> str:
    return base64_text(rng, int(argument))


def uuid(rng: random.Random) -> str:
    """Return a random UUID, version 4, in lower case."""
    digits = f"{rng.getrandbits(128):032x}"
    digits = f"{digits[:12]}4{digits[13:16]}{rng.choice('89ab')}{digits[17:]}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _uuid(rng: random.Random, _: str) -> str:
    return uuid(rng)


def _upper_uuid(rng: random.Random, _: str) -> str:
    return uuid(rng).upper()


def _object_id(rng: random.Random, _: str) -> str:
    return f"{rng.randrange(1_546_300_800, 1_735_689_600):08x}{rng.getrandbits(64):016x}"


TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    **{
        name: (_of(name), f"{{{name}:N}}: N characters of {chars}")
        for name, chars in ALPHABETS.items()
    },
    "base64": (_base64, "{base64:N}: N characters of base64; 24, 44 and 88 with their padding"),
    "uuid": (_uuid, "a random UUID in lower case"),
    "UUID": (_upper_uuid, "a random UUID in upper case"),
    "objectid": (_object_id, "24 hex digits that begin with a time, as MongoDB makes them"),
}
