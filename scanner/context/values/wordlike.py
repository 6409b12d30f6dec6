"""How much a value reads as words and identifiers: a small character trigram model.

The table (22 kB) holds log2 probabilities of a character after two others, learned from the identifiers
of public code (benchmarks/wordlike/train.py). Random strings score low however they are spelt.
"""

from scanner.data import path_of
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_ALPHABET = b"_abcdefghijklmnopqrstuvwxyz#"
_SPLIT = lazy_compile(rb"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
_NUMBERS = lazy_compile(rb"[0-9]+")
_SYMBOLS = bytes(
    27 if 48 <= byte <= 57 else byte - 96 if 97 <= byte <= 122 else 0 for byte in range(256)
)
_table: list[bytes] = []


def table() -> bytes:
    """Return the trained table, read from the package on first use."""
    if not _table:
        with open(path_of("trigrams.bin"), "rb") as file:
            _table.append(file.read())
    return _table[0]


@remembered(8192)
def wordiness(value: bytes) -> float:
    """Return the mean log2 probability of a value's characters; about -3 for words, -6 for random.

    >>> wordiness(b"getAccountBalance") > -4 > wordiness(b"xK9qZv2LpWt7Rb")
    True
    """
    if value.isupper():
        value = value.lower()  # nothing tells where a word of it begins
    if len(_NUMBERS.findall(value)) > 1:
        value = _NUMBERS.sub(b"0", value)  # long numbers would make up for the letters between them
    text = b"__" + _SPLIT.sub(b"_", value[:200]).lower().strip(b"_") + b"_"
    symbols = text.translate(_SYMBOLS)
    scores = table()
    total = 0
    one, two = symbols[0], symbols[1]
    for three in symbols[2:]:
        total += scores[(one * 28 + two) * 28 + three]
        one, two = two, three
    return (total / (len(symbols) - 2) - 255) / 20
