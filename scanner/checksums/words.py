"""Word lists of seed phrases, read from the data files when first asked for.

Words are compared by their *key*: lower case, compatibility form, accents dropped. Within each list
all keys differ, so a phrase typed without accents is still found. Lists lie in three files, so that
English text never pays for the others: ``english``, ``latin`` and ``other`` (further scripts).
"""

import sys
import unicodedata
import zlib
from array import array
from functools import cache

from scanner.data import path_of

BIP39_LATIN = ("english", "spanish", "french", "italian", "portuguese", "czech")
BIP39 = (*BIP39_LATIN, "japanese", "korean", "chinese_simplified", "chinese_traditional")
"""The ten lists of BIP-39."""
PREFIXES = {"english": 3, "chinese_simplified": 1}
"""Letters of a word that count in Monero's checksum, where they are not 4."""
_FILES = ("english", "latin", "other")


def key(word: str) -> str:
    """Return what words are compared by.

    >>> key("Ábaco")
    'abaco'
    """
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word)
    for mark in filter(unicodedata.combining, set(parts)):
        parts = parts.replace(mark, "")  # few marks in many words: faster than to translate
    return parts.lower()


@cache
def lists(file: str) -> dict[str, tuple[str, ...]]:
    """Return the lists of one file (``english``, ``latin``, ``other``) by name; reads the disk."""
    with open(path_of(f"words-{file}.txt.gz"), "rb") as data:
        text = zlib.decompress(data.read(), 31).decode()
    found: dict[str, tuple[str, ...]] = {}
    for section in text.split("# ")[1:]:
        name, *words = section.split()
        found[name] = tuple(words)
    return found


@cache
def words(name: str) -> tuple[str, ...]:
    """Return one list (``bip39:english``, ``monero:dutch``, ``electrum_old``) in its order."""
    return next(lists(file)[name] for file in _FILES if name in lists(file))


@cache
def indexes(name: str) -> dict[str, int]:
    """Return the place of each key in a list; ``short:english`` has BIP-39's first four letters."""
    keys = _keys(name)
    return dict(zip(keys, range(len(keys)), strict=True))


def _keys(name: str) -> list[str]:
    """Return the keys of a list in its order."""
    if name == "short:english":
        return [word[:4] for word in words("bip39:english")]
    return key(" ".join(words(name))).split()  # one by one takes ten times as long


@cache
def names(file: str) -> tuple[str, ...]:
    """Return the names of the lists of one file; ``english`` has the shortened list too."""
    return (*lists(file), "short:english") if file == "english" else tuple(lists(file))


def is_loaded() -> bool:
    """Tell whether ``members`` was asked before, so that asking again is cheap."""
    return members.cache_info().currsize > 0


LATIN = ("english", "latin")
_MEMBERS = path_of("words-members.bin.gz")


@cache
def members(scripts: tuple[str, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return for each key the lists that have it, as bits, and the names of those bits in order."""
    return _read_members() if scripts == LATIN else made_members(scripts)


def _read_members() -> tuple[dict[str, int], tuple[str, ...]]:
    """Read what ``made_members(LATIN)`` gives: most scans ask for it, and making it takes 11 ms."""
    with open(_MEMBERS, "rb") as file:
        names, keys, bits = zlib.decompress(file.read(), 31).split(b"\n", 2)
    numbers = array("H", bits)
    if sys.byteorder == "big":
        numbers.byteswap()
    return dict(zip(keys.decode().split(" "), numbers, strict=True)), tuple(
        names.decode().split(" ")
    )


def made_members(scripts: tuple[str, ...]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Make from the lists what ``members`` returns."""
    found: dict[str, int] = {}
    order = tuple(name for file in scripts for name in names(file))
    for bit, name in enumerate(order):
        one = dict.fromkeys(_keys(name), 1 << bit)
        for shared in found.keys() & one.keys():
            one[shared] |= found[shared]
        found.update(one)
    return found, order
