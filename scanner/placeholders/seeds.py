"""Seed phrases whose checksums hold."""

import hashlib
import random
import zlib
from collections.abc import Callable

from scanner.checksums import words
from scanner.checksums.mnemonics import bip39_holds, electrum_holds, ton_holds

_JOINS: dict[str, Callable[[list[str]], str]] = {
    "": " ".join,
    "comma": ", ".join,
    "quoted": lambda ws: ", ".join(f'"{w}"' for w in ws),
    "lines": "\n".join,
    "numbered": lambda ws: "\n".join(f"{i}. {w}" for i, w in enumerate(ws, 1)),
    "upper": lambda ws: " ".join(ws).upper(),
    "short": lambda ws: " ".join(w[:4] for w in ws),
    "html": lambda ws: "".join(f"<li>{w}</li>" for w in ws),
    "env": lambda ws: "\n".join(f"WORD_{i}={w}" for i, w in enumerate(ws, 1)),
}
"""Ways to write a phrase: ``{bip39:12.numbered}``."""


def bip39_words(rng: random.Random, language: str, count: int) -> list[str]:
    """Return a BIP-39 phrase of 12, 15, 18, 21 or 24 words."""
    if count not in (12, 15, 18, 21, 24):
        raise ValueError(count)
    spare = count // 3
    entropy = rng.randbytes(spare * 4)
    number = (
        int.from_bytes(entropy, "big") << spare | hashlib.sha256(entropy).digest()[0] >> 8 - spare
    )
    places = [number >> 11 * i & 2047 for i in reversed(range(count))]
    phrase = [words.words(f"bip39:{language}")[place] for place in places]
    return phrase if len(set(phrase)) > count * 3 // 4 else bip39_words(rng, language, count)


def _bip39(language: str) -> Callable[[random.Random, str], str]:
    def make(rng: random.Random, argument: str) -> str:
        count, _, form = argument.partition(".")
        return _JOINS[form](bip39_words(rng, language, int(count or 12)))

    return make


def _until(rng: random.Random, count: int, holds: Callable[[list[str]], bool]) -> list[str]:
    listed = words.words("bip39:english")
    index = words.indexes("bip39:english")
    while True:
        phrase = rng.sample(listed, count)
        if not bip39_holds([index[word] for word in phrase]) and holds(phrase):
            return phrase


def _electrum(rng: random.Random, form: str) -> str:
    return _JOINS[form](_until(rng, 12, electrum_holds))


def _ton(rng: random.Random, form: str) -> str:
    return _JOINS[form](_until(rng, 24, ton_holds))


def _algorand(rng: random.Random, form: str) -> str:
    key = rng.randbytes(32)
    number = int.from_bytes(key, "little")
    digest = hashlib.new("sha512_256", key).digest()
    places = [number >> 11 * i & 2047 for i in range(24)] + [(digest[0] | digest[1] << 8) & 2047]
    return _JOINS[form]([words.words("bip39:english")[place] for place in places])


def _monero(rng: random.Random, argument: str) -> str:
    language, _, form = argument.partition(".")
    language = language or "english"
    listed = words.words(f"monero:{language}")
    size = len(listed)
    phrase: list[str] = []
    for _ in range(8):
        x = rng.getrandbits(32)
        first = x % size
        second = (x // size + first) % size
        phrase += (listed[first], listed[second], listed[(x // size // size + second) % size])
    short = "".join(word[: words.PREFIXES.get(language, 4)] for word in phrase)
    phrase.append(phrase[zlib.crc32(short.encode()) % 24])
    return _JOINS[form](phrase)


def _substrate(rng: random.Random, _: str) -> str:
    return " ".join(bip39_words(rng, "english", 12)) + rng.choice(
        ("//Stash", "//0", "//polkadot//1", "/soft")
    )


def _electrum_old(rng: random.Random, _: str) -> str:
    return " ".join(rng.sample(words.words("electrum_old"), 12))


TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    "bip39": (
        _bip39("english"),
        "{bip39:12}, {bip39:24.numbered}: also quoted, comma, lines, env, html, upper, short",
    ),
    **{
        f"bip39_{language}": (
            _bip39(language),
            f"{{bip39_{language}:12}}: a BIP-39 phrase in {language.replace('_', ' ')}",
        )
        for language in words.BIP39
    },
    "bip39_chinese": (
        _bip39("chinese_simplified"),
        "{bip39_chinese:12}: a BIP-39 phrase in simplified Chinese",
    ),
    "electrum": (_electrum, "12 words of an Electrum seed"),
    "electrum_old": (_electrum_old, "12 words of Electrum's first list"),
    "ton": (_ton, "24 words of a TON wallet"),
    "algorand": (_algorand, "25 words of an Algorand account"),
    "monero": (_monero, "25 words of a Monero wallet; {monero:german}"),
    "substrate": (_substrate, "a phrase with a derivation path"),
}
