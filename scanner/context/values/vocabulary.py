"""How many words of public code a text is made of: its token efficiency.

``opensesame`` is a few words of the vocabulary, ``xqzvk`` five letters. The mean length of the fewest pieces
that make up a text tells chosen words from random letters at lengths where a letter model cannot
(docs/judgement.md has the figures). The vocabulary comes from benchmarks/wordlike/words.py.
"""

import zlib
from functools import lru_cache

from scanner.data import path_of
from scanner.remembered import remembered

LONGEST = 14
"""Letters of the longest word."""


@lru_cache(maxsize=1)
def words() -> frozenset[bytes]:
    """Return the vocabulary, read from the package on first use."""
    with open(path_of("words.bin"), "rb") as file:
        return frozenset(zlib.decompress(file.read()).split(b"\n"))


@remembered(1 << 14)
def efficiency(text: bytes) -> float:
    """Return the mean length of the fewest pieces, words or single letters, that make up a text.

    Args:
        text: lower-case letters.

    >>> efficiency(b"passwordtoken"), efficiency(b"xqzvk")
    (6.5, 1.0)
    """
    if not text:
        return 0.0
    known = words()
    fewest = [0] + [len(text)] * len(text)
    for start in range(len(text)):
        pieces = fewest[start] + 1
        for end in range(start + 1, min(len(text), start + LONGEST) + 1):
            if pieces < fewest[end] and (end == start + 1 or text[start:end] in known):
                fewest[end] = pieces
    return len(text) / fewest[-1]
