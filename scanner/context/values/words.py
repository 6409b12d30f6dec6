"""Whether a value reads as words: letters are judged by the vocabulary and by a model of letters, digits aside."""

import re

from scanner.context.values.captions import is_caption
from scanner.context.values.vocabulary import efficiency
from scanner.context.values.wordlike import wordiness
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

MADE_OF_WORDS, SURELY_WORDS = 2.0, 3.0
"""Mean length of the pieces of a text from which it may be, and is, made of words."""


LIKE_WORDS, READS_AS_WORD = -5.2, -4.0
"""Mean log2 probability of a letter above which a text of pieces, and any text, reads as words."""


_LETTERS = lazy_compile(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


LEET = bytes.maketrans(b"01345789@$!", b"oleastbgasi")


SWAPPED = lazy_compile(rb"(?<=[A-Za-z])([013457@$!])\1?(?=[A-Za-z])")
"""A mark or a digit for a letter, or twice the same; other digits side by side are a number."""


def is_prose(value: bytes) -> bool:
    """Tell whether most words of a text read as words.

    >>> is_prose(b"Enter your password"), is_prose(b"muda gtycyw")
    (True, False)
    """
    parts = [part for part in re.split(rb"[\s,.:;!?]+", value) if part]
    return sum(reads_as_word(part) for part in parts) * 2 > len(parts)


@remembered(1 << 14)
def reads_as_word(value: bytes) -> bool:
    """Tell whether a short value is words, its digits and marks aside; ``p4ssw0rd`` is one.

    >>> reads_as_word(b"promise"), reads_as_word(b"pxnyqw"), reads_as_word(b"s3cr3t"), reads_as_word(b"c8ug7c")
    (True, False, True, False)
    """
    if SWAPPED.search(value):
        value = SWAPPED.sub(lambda found: found.group().translate(LEET), value)
    parts = _LETTERS.findall(value)
    if not parts or is_caption(value):
        return True
    letters = b"".join(parts).lower()
    digits = sum(48 <= byte <= 57 for byte in value)
    if digits and len(parts) > 1 and len(letters) < 3 * len(parts):
        return False  # letters and digits in turn
    whole = letters if len(parts) == 1 else b"_".join(parts)
    pieces = sum(len(part) / max(efficiency(part.lower()), 1.0) for part in parts)
    mean, score = len(letters) / pieces, wordiness(whole)
    return (
        mean >= SURELY_WORDS
        or score > READS_AS_WORD
        or (mean >= MADE_OF_WORDS and score > LIKE_WORDS)
    )


_COIN = lazy_compile(
    rb"[Ww]?(?:USD[TCDEP]|BUSD|FDUSD|DAI|ETH|BTC|BNB|SOL|MATIC|AVAX|ATOM|EUR[CT]?)v?[0-9]{0,2}(?![a-z])"
)


def names_coin(value: bytes) -> bool:
    """Tell whether a value is words and the short name of a coin, as variables are called.

    >>> names_coin(b"RinkebyUSDC"), names_coin(b"core.GoerliDAI"), names_coin(b"kzqETHx7")
    (True, True, False)
    """
    coin = _COIN.search(value)
    if coin is None:
        return False
    rest = value[: coin.start()] + value[coin.end() :]
    parts = [part for part in re.split(rb"[._]", rest) if part]
    return bool(parts) and all(part.isalpha() and reads_as_word(part) for part in parts)
