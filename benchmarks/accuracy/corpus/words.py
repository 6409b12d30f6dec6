"""Make wallet phrases with valid checksums: BIP-39, Electrum, TON, Algorand, Monero."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
import zlib
from functools import cache
from pathlib import Path
from random import Random

_DATA = Path(__file__).parent / "data"
HTX_VENDOR_WORDS = [
    "ghxertfvbf",
    "hrf5gdfghe",
    "bgbfh5tv3f",
    "ur2fg6h2gf",
    "ez2xc4vb6n",
    "bewr5drtmh",
    "vqgdf4gsga",
    "dqnh6tvdf3",
    "bg5t6ygr6y",
    "mjlpdje3ld",
    "qz5c4v5b6n",
    "xa2b53ggfc",
    "nbtycf4rw2",
    "1qdmpe4rty",
    "3d2xc4v5bu",
    "rfhfg2mkl3",
    "yh4fhmvs5k",
    "dbuqg6hkte",
]
NAMES = [
    "falcon",
    "harbor",
    "copper",
    "lantern",
    "maple",
    "orbit",
    "pixel",
    "quartz",
    "raven",
    "summit",
    "tundra",
    "velvet",
    "willow",
    "zephyr",
]


@cache
def word_list(name: str) -> tuple[str, ...]:
    """Return the words of one list in `data/`, such as `bip39_english`."""
    return tuple((_DATA / f"{name}.txt").read_text(encoding="utf-8").split())


def bip39(rng: Random, count: int = 12, language: str = "english") -> str:
    """Return a phrase of `count` words with its SHA-256 checksum."""
    size = count * 4 // 3
    entropy = rng.randbytes(size)
    bits = f"{int.from_bytes(entropy, 'big'):0{size * 8}b}"
    bits += f"{hashlib.sha256(entropy).digest()[0]:08b}"[: size // 4]
    words = word_list(f"bip39_{language}")
    blank = "\u3000" if language == "japanese" else " "
    return blank.join(words[int(bits[i : i + 11], 2)] for i in range(0, len(bits), 11))


def electrum(rng: Random, prefix: str) -> str:
    """Return 12 words whose seed version HMAC begins with `prefix` (100 segwit, 01, 101)."""
    words = word_list("bip39_english")
    while True:
        phrase = " ".join(rng.choice(words) for _ in range(12))
        text = unicodedata.normalize("NFKD", phrase).encode()
        if hmac.new(b"Seed version", text, hashlib.sha512).hexdigest().startswith(prefix):
            return phrase


def ton(rng: Random) -> str:
    """Return 24 words that pass TON's own PBKDF2 test."""
    words = word_list("bip39_english")
    while True:
        phrase = " ".join(rng.choice(words) for _ in range(24))
        entropy = hmac.new(phrase.encode(), b"", hashlib.sha512).digest()
        if hashlib.pbkdf2_hmac("sha512", entropy, b"TON seed version", 390)[0] == 0:
            return phrase


def algorand(key: bytes) -> str:
    """Return the 25 words of a 32-byte key."""
    words = word_list("bip39_english")
    number = int.from_bytes(key, "little")
    indexes = [number >> 11 * i & 2047 for i in range(24)]
    digest = hashlib.new("sha512_256", key).digest()
    indexes.append((digest[0] | digest[1] << 8) & 2047)
    return " ".join(words[i] for i in indexes)


def monero(rng: Random) -> str:
    """Return 24 words and the checksum word (CRC32 of the 3-letter prefixes)."""
    chosen = [rng.choice(word_list("monero_english")) for _ in range(24)]
    check = zlib.crc32("".join(word[:3] for word in chosen).encode())
    return " ".join([*chosen, chosen[check % 24]])
