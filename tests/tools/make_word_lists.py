"""Write scanner/data/words-*.txt.gz from the packages that publish the lists.

Needs ``pip install mnemonic==0.21 monero==1.1.1 bip_utils==2.12.3`` in an environment of its own;
run from the top of the checkout: ``python tests/tools/make_word_lists.py``. The output is the same
on every run.
"""

import gzip
import importlib
import sys
import unicodedata
from array import array
from pathlib import Path

DATA = Path("scanner/data")
LATIN = ("english", "spanish", "french", "italian", "portuguese", "czech")
OTHER = ("japanese", "korean", "chinese_simplified", "chinese_traditional")
MONERO_LATIN = ("Spanish", "French", "Italian", "Portuguese", "German", "Dutch", "Esperanto")
MONERO_OTHER = ("Japanese", "Russian", "Chinese (simplified)")


def section(name: str, words: list[str]) -> str:
    """Return one list: a line with its name, then a word a line, in NFC."""
    return f"# {name}\n" + "".join(unicodedata.normalize("NFC", word) + "\n" for word in words)


def bip39(name: str) -> str:
    """Return a list of the package mnemonic (MIT)."""
    folder = Path(str(importlib.import_module("mnemonic").__file__)).parent / "wordlist"
    return section(f"bip39:{name}", (folder / f"{name}.txt").read_text("utf-8").split())


def monero(name: str) -> str:
    """Return a list of the package monero (BSD-3-Clause)."""
    importlib.import_module("monero.wordlists")
    lists = importlib.import_module("monero.wordlists.wordlist").WORDLISTS
    short = name.lower().replace(" (simplified)", "_simplified")
    return section(f"monero:{short}", list(lists[name].word_list))


def electrum_old() -> str:
    """Return Electrum's first list, from the package bip_utils (MIT)."""
    folder = Path(str(importlib.import_module("bip_utils").__file__)).parent
    path = folder / "electrum/mnemonic_v1/wordlist/english.txt"
    return section("electrum_old", path.read_text("utf-8").split())


def members() -> bytes:
    """Return what ``scanner.checksums.words.members`` reads: names, keys, and 16 bits a key."""
    from scanner.checksums import words

    found, order = words.made_members(words.LATIN)
    bits = array("H", found.values())
    if sys.byteorder == "big":
        bits.byteswap()
    return " ".join(order).encode() + b"\n" + " ".join(found).encode() + b"\n" + bits.tobytes()


def write(name: str, sections: list[str]) -> None:
    """Write one compressed file, without a time stamp."""
    (DATA / name).write_bytes(gzip.compress("".join(sections).encode(), 9, mtime=0))


if __name__ == "__main__":
    write("words-english.txt.gz", [bip39("english"), monero("English"), electrum_old()])
    write("words-latin.txt.gz", [*map(bip39, LATIN[1:]), *map(monero, MONERO_LATIN)])
    write("words-other.txt.gz", [*map(bip39, OTHER), *map(monero, MONERO_OTHER)])
    (DATA / "words-members.bin.gz").write_bytes(gzip.compress(members(), 9, mtime=0))
