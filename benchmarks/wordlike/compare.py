"""Compare what tells generated characters from words: entropy, token efficiency, a letter model.

python benchmarks/wordlike/compare.py

For each alphabet and length, 2,000 random values are drawn and 2,000 word-like texts of that length are cut from
the identifiers and words of Python's own library (digits at the end where the alphabet has digits, as people
write them). Each measure gets the limit that keeps 99 % of the random values; the table shows how many of the
texts it then still takes for random. "Both" is what scanner.context.values.passwords does, its limits as they are:
the random values it loses, and the texts it keeps.
"""

import random
import re
import string
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scanner.context.values.randomness import entropy
from scanner.context.values.vocabulary import efficiency
from scanner.context.values.wordlike import wordiness
from scanner.context.values.words import reads_as_word

ALPHABETS = {
    "a-z": string.ascii_lowercase,
    "a-z0-9": string.ascii_lowercase + string.digits,
    "A-Za-z0-9": string.ascii_letters + string.digits,
}
LENGTHS = (4, 6, 8, 12, 16, 24, 32)
DRAWS = 2000
LETTERS = re.compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def made_of_words(value: bytes) -> float:
    """Return the mean length of the pieces of a value's letter groups, 1 for a value of digits."""
    parts = [part.lower() for part in LETTERS.findall(value)]
    pieces = sum(len(part) / max(efficiency(part), 1.0) for part in parts)
    return sum(map(len, parts)) / pieces if pieces else 1.0


MEASURES: dict[str, Callable[[bytes], float]] = {
    "entropy": lambda value: -entropy(value),
    "token efficiency": made_of_words,
    "letter model": wordiness,
}
"""Each is higher for words than for random characters."""


def texts(rng: random.Random) -> dict[str, list[str]]:
    """Return words and identifiers of the standard library: lower case, joined, in camel case."""
    found: set[str] = set()
    for path in Path(sysconfig.get_paths()["stdlib"]).glob("*.py"):
        found.update(re.findall(r"[A-Za-z_]{3,40}", path.read_text("utf-8", "ignore")))
    names = sorted(found)
    rng.shuffle(names)
    lower = [re.sub(r"[^a-z]", "", name.lower()) for name in names]
    camel = [re.sub(r"_(\w)", lambda m: m[1].upper(), name.strip("_")) for name in names]
    return {"a-z": lower, "a-z0-9": lower, "A-Za-z0-9": camel}


def of_length(words: list[str], size: int, with_digits: bool, rng: random.Random) -> list[bytes]:
    """Return texts of one length, made of whole words, with up to three digits at the end."""
    by_size: dict[int, list[str]] = {}
    for word in words:
        by_size.setdefault(len(word), []).append(word)
    made: list[bytes] = []
    while len(made) < DRAWS:
        tail = str(rng.randrange(10 ** rng.randint(1, 3))) if with_digits and size > 6 else ""
        text, rest = "", size - len(tail)
        while rest >= 3:
            sizes = [n for n in by_size if 3 <= n <= rest and rest - n not in (1, 2)]
            if not sizes:
                break
            word = rng.choice(by_size[rng.choice(sizes)])
            text, rest = text + word, rest - len(word)
        if rest == 0:
            made.append((text + tail).encode())
    return made


def main() -> None:
    """Print the table of docs/judgement.md."""
    rng = random.Random(1)
    words = texts(rng)
    head = "| alphabet | length | entropy | token efficiency | letter model | both: random lost | both: words kept |"
    print(head)
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, alphabet in ALPHABETS.items():
        for size in LENGTHS:
            draws = ["".join(rng.choices(alphabet, k=size)).encode() for _ in range(DRAWS)]
            likes = of_length(words[name], size, "0" in alphabet, rng)
            cells = []
            for measure in MEASURES.values():
                limit = sorted(map(measure, draws))[int(DRAWS * 0.99)]
                cells.append(sum(measure(text) <= limit for text in likes))
            cells += [sum(map(reads_as_word, draws)), sum(not reads_as_word(t) for t in likes)]
            shown = " | ".join(f"{cell / DRAWS:.1%}" for cell in cells)
            print(f"| {name} | {size} | {shown} |")


if __name__ == "__main__":
    main()
