"""Does a place that the one pass named look like the inside of a seed phrase? In bytes, cheapest test first.

The pass names some 150 places in a megabyte of code (``TRIGGERS``, ``literals``); hardly one of them comes
past ``is_promising``, which takes about 5 microseconds, so that the search with all lists stays rare.
"""

import os
import re

from scanner.checksums import words

CONTEXT = (
    "mnemonic",
    "seed phrase",
    "seed_phrase",
    "seedphrase",
    "recovery phrase",
    "secret phrase",
    "backup phrase",
    "electrum",
)
"""Literals that announce a phrase; the words behind them are looked at."""
_GAP = r"(?:[\x09-\x40\x5b-\x60\x7b-\x7e]|\xe3\x80[\x80\x81]|\xef\xbc\x8c){1,8}"
TRIGGERS = (
    # Chinese: twelve single characters.   Japanese: six words of three kana or more.   Korean: twelve words
    # of two to five syllables, composed or as single letters.
    rf"(?:[\xe4-\xe9][\x80-\xbf]{{2}}{_GAP}){{11}}[\xe4-\xe9]",
    rf"(?:(?:\xe3[\x81-\x83][\x80-\xbf]){{3,12}}{_GAP}){{5}}\xe3[\x81-\x83]",
    rf"(?:(?:[\xea-\xed][\x80-\xbf]{{2}}){{2,5}}{_GAP}){{11}}[\xea-\xed]",
    rf"(?:(?:\xe1[\x84-\x87][\x80-\xbf]){{4,12}}{_GAP}){{5}}\xe1[\x84-\x87]",
)
"""Expressions over bytes for the lists beyond the Latin letters; they never fire in ASCII."""
_SPREAD = 320
_NEXT = 11
_LEAST_KNOWN = 10
_RUN = re.compile(rb"[A-Za-z\x80-\xff]{3,64}")
_LETTER = rb"A-Za-z\x80-\xff"
_SIX_AFTER = re.compile(rb"(?:[%b]{3,64}+(?:[^%b<]|<[^<>]{0,60}+>){1,40}+){6}+" % (_LETTER, _LETTER))
_SIX_BEFORE = re.compile(  # read backwards
    rb"(?:(?:[^%b>]|>[^<>]{0,60}+<){1,40}+[%b]{3,64}+){6}+" % (_LETTER, _LETTER)
)
_ESCAPES = re.compile(rb"\\[nrt]")
_WIDE = re.compile("\u3000|\u3001|\uff0c".encode())


def literals() -> tuple[str, ...]:
    """Return the literals (ASCII, any case) of the one pass; reads the disk.

    They are pieces of list words: some piece is in a quarter to a third of the words of each Latin list, so
    that twelve words without any are rare, and in text and code they are rare too.
    """
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with open(os.path.join(folder, "data", "phrase-parts.txt"), encoding="ascii") as file:
        return (*CONTEXT, *(line.strip() for line in file if not line.startswith("#")))


def is_promising(data: bytes, end: int) -> bool:
    """Tell whether the bytes around a place, given by the end of a hit, may be a seed phrase.

    Six words of three letters or more on one side; the word itself in a list; and ten of its neighbours in
    that list too. After a word that announces a phrase the next few words are tried.
    """
    low = max(0, end - _SPREAD)
    near = data[low : end + _SPREAD]
    if b"\\" in near:
        near = _ESCAPES.sub(b"  ", near)
    if not near.isascii():
        near = _WIDE.sub(b"   ", near)
    place = end - low
    for match in _RUN.finditer(near, max(0, place - 24)):
        if match.end() >= place:
            break
    else:
        return False
    if match.start() >= place:
        return False
    if _fits(near, *match.span()):
        return True
    if not match[0].lower().startswith((b"mnemonic", b"phrase", b"seedphrase", b"electrum")):
        return False
    return any(
        _fits(near, *later.span())
        for later, _ in zip(_RUN.finditer(near, match.end()), range(8), strict=False)
    )


def _fits(near: bytes, start: int, stop: int) -> bool:
    if not (_SIX_AFTER.match(near, start) or _SIX_BEFORE.match(near[:start][::-1])):
        return False
    own = _lists_of(near[start:stop])
    if not own:
        return False
    around = _RUN.findall(near, 0, start)[-_NEXT:] + _RUN.findall(near, stop)[:_NEXT]
    shared = [found for found in (_lists_of(word) & own for word in around) if found]
    if len(shared) < _LEAST_KNOWN:
        return False
    return any(
        sum(found >> bit & 1 for found in shared) >= _LEAST_KNOWN for bit in range(own.bit_length())
    )


def _lists_of(word: bytes) -> int:
    if word.isascii():
        return words.members(("english", "latin"))[0].get(word.lower().decode(), 0)
    one = words.key(word.decode("utf-8", "replace"))
    return words.members(("english", "latin", "other"))[0].get(one, 0)
