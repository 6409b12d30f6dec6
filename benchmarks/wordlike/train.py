"""Train the trigram table of ``scanner/context/values/wordlike.py`` on identifiers and words of public code.

usage: python benchmarks/wordlike/train.py FOLDER... (any source trees; the running Python's standard
library is always used). Writes scanner/data/trigrams.bin: 28 * 28 * 28 bytes, one log-probability each.
"""

import collections
import math
import pathlib
import re
import sys
import sysconfig

ALPHABET = "_abcdefghijklmnopqrstuvwxyz#"
TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,39}")
SUFFIXES = {
    ".py",
    ".js",
    ".ts",
    ".go",
    ".rs",
    ".java",
    ".rb",
    ".md",
    ".sol",
    ".php",
    ".cs",
    ".c",
    ".yml",
    ".rst",
    ".txt",
}


def normal(token: str) -> str:
    """Return the token over the alphabet: words split by ``_``, digits as ``#``."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+", "_", token).lower()
    return "__" + re.sub(r"[0-9]", "#", text).strip("_") + "_"


def main() -> None:
    tokens: collections.Counter[str] = collections.Counter()
    for folder in [sysconfig.get_paths()["stdlib"], *sys.argv[1:]]:
        for path in pathlib.Path(folder).rglob("*"):
            if path.suffix in SUFFIXES and path.is_file() and path.stat().st_size < 300_000:
                text = path.read_text("utf-8", "ignore")
                if max(map(len, text.split("\n"))) < 2000:
                    tokens.update(set(TOKEN.findall(text)))
    counts: collections.Counter[str] = collections.Counter()
    for token, number in tokens.items():
        if number < 2:
            continue  # seen in one file only: often a hash or a key
        text = normal(token)
        weight = math.log2(1 + number)
        for place in range(len(text) - 2):
            counts[text[place : place + 3]] += weight  # type: ignore[assignment]
    table = bytearray()
    for one in ALPHABET:
        for two in ALPHABET:
            total = sum(counts[one + two + three] for three in ALPHABET)
            for three in ALPHABET:
                chance = (counts[one + two + three] + 0.3) / (total + 0.3 * len(ALPHABET))
                table.append(min(255, max(0, round(255 + 20 * math.log2(chance)))))
    pathlib.Path(__file__).parents[2].joinpath("scanner/data/trigrams.bin").write_bytes(table)
    print(f"{len(tokens):,} different tokens; {len(table):,} bytes")


if __name__ == "__main__":
    main()
