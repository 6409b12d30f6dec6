"""Write scanner/data/phrase-parts.txt: pieces of list words that are rare in text and code.

``python tests/tools/choose_phrase_parts.py FOLDER...`` from the top of the checkout; the folders
should hold 100 MB or more of ordinary text and code, that of trading programs among it. Greedy: the
piece that covers most words not covered yet is taken next, until the share of each list in
``TARGETS`` is reached. A piece found more than three times in 5 MB of the folders is never taken.
"""

import heapq
import os
import re
import sys
from collections import Counter

from scanner.checksums.words import words

TARGETS = {
    "bip39:english": 0.42,
    "bip39:spanish": 0.28,
    "bip39:french": 0.28,
    "bip39:italian": 0.28,
    "bip39:portuguese": 0.28,
    "bip39:czech": 0.28,
    "monero:english": 0.2,
}
"""Least share of words with a piece: twelve English words without any are one phrase in 600."""
MOST_A_MEGABYTE = 0.6
LENGTHS = (4, 5, 6, 7, 8)
TEXT = (
    *(".txt", ".md", ".rst", ".po", ".html", ".json", ".css", ".yaml", ".yml", ".xml", ".svg"),
    *(".py", ".js", ".ts", ".c", ".go", ".java", ".rb", ".php", ".rs", ".cs", ".sol", ".sh"),
)


def count(folders: list[str]) -> tuple[Counter[str], float]:
    """Return how often each run of letters occurs in the folders, and their size in megabytes."""
    runs: Counter[bytes] = Counter()
    size = 0
    for top in folders:
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith(TEXT) and "word" not in name:
                    with open(os.path.join(folder, name), "rb") as file:
                        data = file.read()
                    size += len(data)
                    runs.update(re.findall(rb"[a-z]+", data.lower()))
    pieces: Counter[str] = Counter()
    for run, times in runs.items():
        for piece in _pieces(run[:40].decode()):
            pieces[piece] += times
    return pieces, size / 1e6


def _pieces(word: str) -> set[str]:
    return {word[i : i + n] for i in range(len(word)) for n in LENGTHS if i + n <= len(word)}


def choose(times: Counter[str], megabytes: float) -> list[str]:
    """Return the pieces, in order of the alphabet."""
    covers: dict[str, set[tuple[str, int]]] = {}
    for name in TARGETS:
        for place, word in enumerate(words(name)):
            for piece in _pieces(word):
                if piece.isascii() and times[piece] / megabytes <= MOST_A_MEGABYTE:
                    covers.setdefault(piece, set()).add((name, place))
    needed = {name: int(share * len(words(name))) for name, share in TARGETS.items()}
    have: Counter[str] = Counter()
    covered: set[tuple[str, int]] = set()

    def gain(piece: str) -> float:
        new = sum(1 for one in covers[piece] - covered if have[one[0]] < needed[one[0]])
        return new - times[piece] / megabytes / 2 if new else 0.0

    heap = [(-gain(piece), piece) for piece in covers]
    heapq.heapify(heap)
    chosen: list[str] = []
    while heap and any(have[name] < needed[name] for name in TARGETS):
        _, piece = heapq.heappop(heap)
        now = gain(piece)
        if now <= 0:
            continue
        if heap and -now > heap[0][0]:
            heapq.heappush(heap, (-now, piece))
            continue
        chosen.append(piece)
        for one in covers[piece] - covered:
            have[one[0]] += 1
        covered |= covers[piece]
    return sorted(chosen)


if __name__ == "__main__":
    found = choose(*count(sys.argv[1:]))
    with open("scanner/data/phrase-parts.txt", "w", encoding="ascii") as out:
        out.write(
            "# Pieces of words of the BIP-39, Monero and Electrum lists in Latin letters, by"
            " tests/tools/choose_phrase_parts.py\n" + "\n".join(found) + "\n"
        )
