"""From the places that the one pass names to seed phrases: what is worth the search with all lists?

The pass names some 200 places in a megabyte of code (``TRIGGERS``, ``literals``); hardly one of
them comes past ``is_promising``, which takes about 5 microseconds. So the search itself, in
``phrases``, and the import of what it needs, stay rare.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile

from scanner.checksums import words
from scanner.data import path_of
from scanner.lazy import lazy_compile

CONTEXT = (
    "mnem",
    "seed phrase",
    "seed_phrase",
    "seedphrase",
    "recovery phrase",
    "secret phrase",
    "backup phrase",
    "electrum",
    "semilla",
    "frase",
    "助记词",
    "助記詞",
    "니모닉",
    "ニーモニック",
)
"""Literals that announce a phrase; the words behind them are looked at."""
_ANNOUNCES = (b"mnem", b"phrase", b"seedphrase", b"electrum", b"semilla", b"frase")
_GAP = r"(?:[\x09-\x40\x5b-\x60\x7b-\x7e]|\xe3\x80[\x80\x81]|\xef\xbc\x8c){1,8}"
TRIGGERS = (
    # Chinese: twelve single characters.   Japanese: six words of three kana or more.   Korean: 12
    # words of two to five syllables, composed or as single letters.   Russian (Monero): 12 words.
    rf"(?:[\xe4-\xe9][\x80-\xbf]{{2}}{_GAP}){{11}}[\xe4-\xe9]",
    rf"(?:(?:\xe3[\x81-\x83][\x80-\xbf]){{3,12}}{_GAP}){{5}}\xe3[\x81-\x83]",
    rf"(?:(?:[\xea-\xed][\x80-\xbf]{{2}}){{2,5}}{_GAP}){{11}}[\xea-\xed]",
    rf"(?:(?:\xe1[\x84-\x87][\x80-\xbf]){{4,12}}{_GAP}){{5}}\xe1[\x84-\x87]",
    rf"(?:(?:[\xd0\xd1][\x80-\xbf]){{4,8}}{_GAP}){{11}}[\xd0\xd1]",
)
"""Expressions over bytes for the lists beyond the Latin letters; they never fire in ASCII."""
_NEAR = 1500
"""Bytes either side of a hit that a phrase of 25 words may reach."""
_SPREAD = 320
_CLOSE = 96
_NEXT = 11
_LEAST_KNOWN = 10
_LEAST_ROW = 8
_MARKS = lazy_compile(rb"[<&]|\d[\"'\]]{0,2}\s{0,3}[=:]")
"""Tags, and names with numbers: they stand between the words of a phrase and are no words of it."""
_RUN = lazy_compile(rb"[A-Za-z\x80-\xff]{3,64}")
_LETTER = rb"A-Za-z\x80-\xff"
_SIX_AFTER = lazy_compile(
    rb"(?:[%b]{3,64}+(?:[^%b<]|<[^<>]{0,60}+>){1,40}+){6}+" % (_LETTER, _LETTER)
)
_SIX_BEFORE = lazy_compile(  # read backwards
    rb"(?:(?:[^%b>]|>[^<>]{0,60}+<){1,40}+[%b]{3,64}+){6}+" % (_LETTER, _LETTER)
)
_ESCAPES = lazy_compile(rb"\\[nrt]")
_WIDE = lazy_compile("\u3000|\u3001|\uff0c".encode())


def literals() -> tuple[str, ...]:
    """Return the literals (any case) of the one pass; reads the disk.

    They are pieces of list words. A third of the words of each Latin list hold one, so that twelve
    words without any are rare; in text and code they are rare too.
    """
    with open(path_of("phrase-parts.txt"), encoding="ascii") as file:
        return (*CONTEXT, *(line.strip() for line in file if not line.startswith("#")))


def phrases_near(data: bytes, ends: Iterable[int]) -> list[tuple[int, int, str]]:
    """Return the seed phrases around the places that the pass named, in order.

    Returns:
        (start, end, system) as ``phrases.find_mnemonics`` gives them.
    """
    found: set[tuple[int, int, str]] = set()
    last = -_NEAR
    for end in sorted(ends):
        if end - last < _NEAR // 2 or not is_promising(data, end):
            continue  # within half a window of a promising place nothing more has to be asked
        last = end
        low = max(0, end - _NEAR)  # not joined with the next: the same text gives the same window
        found.update(
            (low + start, low + stop, system)
            for start, stop, system in _phrases_in(data[low : end + _NEAR])
        )
    return sorted(found)


@lru_cache(maxsize=1 << 12)
def _phrases_in(window: bytes) -> tuple[tuple[int, int, str], ...]:
    """Return the phrases of a window of a few kilobytes; remembered as in ``_is_promising``."""
    from scanner.checksums.phrases import find_mnemonics  # noqa: PLC0415  (rare, slow to import)

    return tuple(find_mnemonics(window, 0, len(window)))


def is_promising(data: bytes, end: int) -> bool:
    """Tell whether the bytes around a place, given by the end of a hit, may be a seed phrase.

    The word itself is in a list (not asked first while the lists are unread: that takes 4 ms), six
    words of three letters or more stand on one side, and ten of its neighbours are in that list.
    After a word that announces a phrase the next few words are tried.
    """
    low = max(0, end - _SPREAD)
    return _is_promising(data[low : end + _SPREAD], end - low)


@lru_cache(maxsize=1 << 14)
def _is_promising(near: bytes, place: int) -> bool:
    """Remembered: the versions of a file in a history have the same text around the same words."""
    if b"\\" in near:
        near = _ESCAPES.sub(b"  ", near)
    if not near.isascii():
        near = _WIDE.sub(b"   ", near)
    for match in _RUN.finditer(near, max(0, place - 24)):
        if match.end() >= place:
            break
    else:
        return False
    if match.start() >= place:
        return False
    if _fits(near, *match.span()):
        return True
    if match[0].isascii() and not match[0].lower().startswith(_ANNOUNCES):
        return False
    return any(
        _fits(near, *later.span())
        for later, _ in zip(_RUN.finditer(near, match.end()), range(8), strict=False)
    )


def _fits(near: bytes, start: int, stop: int) -> bool:
    if not words.is_loaded() and not _has_six(near, start):
        return False
    own = _lists_of(near[start:stop])
    if not own or not _has_six(near, start):
        return False
    nearest = _RUN.findall(near, max(0, start - _CLOSE), start)[-3:]
    nearest += _RUN.findall(near, stop, stop + _CLOSE)[:3]
    if sum(1 for word in nearest if _lists_of(word) & own) < len(nearest) // 2:
        return False
    left = [_lists_of(word) & own for word in _RUN.findall(near, 0, start)[-_NEXT:]]
    right = [_lists_of(word) & own for word in _RUN.findall(near, stop)[:_NEXT]]
    shared = [found for found in left + right if found]
    if len(shared) < _LEAST_KNOWN:
        return False
    if not _MARKS.search(near):
        # Nothing but list words may stand between the words of a phrase.
        row = (
            1
            + sum(1 for _ in takewhile(bool, reversed(left)))
            + sum(1 for _ in takewhile(bool, right))
        )
        if row < _LEAST_ROW:
            return False
    return any(
        sum(found >> bit & 1 for found in shared) >= _LEAST_KNOWN for bit in range(own.bit_length())
    )


def _has_six(near: bytes, start: int) -> bool:
    """Tell whether six words of three letters or more stand from here on, or before."""
    return bool(_SIX_AFTER.match(near, start) or _SIX_BEFORE.match(near[:start][::-1]))


def _lists_of(word: bytes) -> int:
    if word.isascii():
        return words.members(words.LATIN)[0].get(word.lower().decode(), 0)
    one = words.key(word.decode("utf-8", "replace"))
    return words.members((*words.LATIN, "other"))[0].get(one, 0)
