"""Passwords of words: with a digit or two, spelled with digits, or calling themselves a password.

By the value alone such a text may be a name (``AccountPage``, ``lodge-worker-3``), so most of them count only
where something stands beside them that they open (``judges.literal``).
"""

import re

from scanner.context.values.captions import names_secret
from scanner.context.values.customary import DEFAULTS, EXAMPLES, PARTS, SHOWN, is_phrase
from scanner.context.values.vocabulary import words as vocabulary
from scanner.context.values.words import LEET, SWAPPED
from scanner.lazy import lazy_compile

_LEAST = 8
"""Bytes of the shortest, and letters of one that is written in one run."""
_END = lazy_compile(rb"[_.\-@#!$&*+]{0,2}[0-9]{0,6}[!@#$%*?.]{0,3}\Z")
"""The number and the marks that end a password."""
_TEXT = lazy_compile(rb"[A-Za-z]{2,96}(?:[_.\-@#$!&*+][A-Za-z]{1,96}){0,5}")
_CALLED = lazy_compile(rb"[A-Z][a-z]{3,11}(?<!ed)(?<!ing)[!?*#$]{1,3}")
"""One word and marks: what calls out, where nothing is opened."""
_SAID = (
    *(b"welcome", b"success", b"error", b"hello", b"thank", b"sorry", b"warn", b"oops", b"great"),
    *(b"done", b"attention", b"danger", b"please", b"enter", b"fail", b"miss", b"stop", b"note"),
    *(b"important", b"weak", b"strong", b"good", b"wrong", b"none", b"empty", b"short", b"perfect"),
)
"""What messages call out."""
_JOINED = lazy_compile(rb"[A-Z][a-z]{3,14}_[A-Z][a-z]{3,14}")
_NUMBER = lazy_compile(rb"(?<![0-9])[0-9]{2,8}")
_COUNTS = (b"01234567890", b"09876543210")
_FEW = frozenset((b"10", b"11", b"12"))
_OF_ALGORITHMS = (
    b"sha",
    b"md",
    b"aes",
    b"rsa",
    b"utf",
    b"base",
    b"hs",
    b"rs",
    b"kdf",
    b"oauth",
    b"http",
)
"""What has a number in its name."""
_SHOWS = (
    *(b"chang", b"exampl", b"test", b"demo", b"sampl", b"dummy", b"your", b"fake", b"mock"),
    *(b"placehold", b"default", b"letmein", b"qwert", b"foo", b"wrong", b"invalid", b"insert"),
    *(b"replac", b"todo", b"secret", b"admin", b"user", b"login", b"strong"),
)
"""What only examples and fields call a password."""


def is_marked(value: bytes) -> bool:
    """Tell whether a value is words in both cases and a digit, or words spelled with several digits.

    >>> [is_marked(v) for v in (b"velvet_Falcon7", b"V3lvetFa1con", b"velvet-falcon-7", b"UserForm1")]
    [True, True, False, False]
    """
    if len(value) < _LEAST or not _has_digit(value):
        return False
    text, swaps = _spelled(value)
    parts = _own(text)
    is_mixed = text[1:] != text[1:].lower()
    return (len(parts) > 1 and (is_mixed or swaps > 1)) or (
        bool(parts) and swaps > 1 and _is_run(text)
    )


def is_several(value: bytes) -> bool:
    """Tell whether a value is words and, at most, some marks: a password where something is opened, else a name.

    >>> [is_several(v) for v in (b"velvetFalcon", b"velvet-falcon-7", b"v3lvetfalcon", b"Ilovefalcons!")]
    [True, True, True, True]
    >>> [is_several(v) for v in (b"Velvet_Falcon", b"velv@_Falcon!", b"Falcon!!")]
    [True, True, True]
    >>> [is_several(v) for v in (b"promise", b"velvet-falcon", b"userForm", b"velvet7")]
    [False, False, False, False]
    """
    if is_phrase(value):
        return True
    if _CALLED.fullmatch(value):
        return bool(_own(value.rstrip(b"!?*#$"))) and not value.lower().startswith(_SAID)
    if len(value) < _LEAST or (value.isalpha() and value[1:].islower()):
        return False
    text, swaps = _spelled(value)
    parts = _own(text)
    if not parts:
        return False
    if _JOINED.fullmatch(text):
        return True
    if len(parts) > 1:
        return text.isalpha() or swaps > 0 or text != value or len(PARTS.findall(text)) > 2
    return (bool(swaps) or value[-1:] == b"!") and _is_run(text)


def is_own(value: bytes) -> bool:
    """Tell whether what calls itself a password has a number of its own, not one that examples have.

    >>> [is_own(v) for v in (b"Pass@8841", "contrase\u00f1a47".encode(), b"Password123", b"changeme8841")]
    [True, True, False, False]
    """
    if len(value) < _LEAST or not any(map(_is_of_its_own, _NUMBER.finditer(value))):
        return False
    lower = value.lower()
    spelled = lower.translate(LEET)
    return not any(word in lower or word in spelled for word in _SHOWS)


def has_long_number(value: bytes) -> bool:
    """Tell whether the number of what ``is_own`` has three digits and more, which a host need not second.

    >>> has_long_number(b"Pass@8841"), has_long_number(b"Pass@47")
    (True, False)
    """
    return any(len(found.group()) > 2 for found in _NUMBER.finditer(value))


def _is_of_its_own(found: "re.Match[bytes]") -> bool:
    number = found.group()
    if found.string[: found.start()].lower().endswith(_OF_ALGORITHMS) or number[:1] == b"0":
        return False
    if len(number) == 2:
        return number not in _FEW
    return len(set(number)) > 1 and not any(number in row for row in _COUNTS)


def _spelled(value: bytes) -> tuple[bytes, int]:
    """Return the words of a value, digits for letters put back, and how many there were.

    >>> _spelled(b"V3lvet_Falcon77!"), _spelled(b"velvet")
    ((b'Velvet_Falcon', 1), (b'velvet', 0))
    """
    body, before = _BEFORE_LINE.subn(_put_back, _END.sub(b"", value, count=1))
    text, swaps = SWAPPED.subn(_put_back, body)
    return text, swaps + before


def _put_back(found: "re.Match[bytes]") -> bytes:
    return found.group().translate(LEET)


_BEFORE_LINE = lazy_compile(rb"(?<=[a-z]{2})[@$](?=_[A-Za-z])")
"""A mark for a letter at the end of a word; a digit there counts."""


def _own(text: bytes) -> list[bytes]:
    """Return the words of a text, none if one is of examples or of secrets, or all name an account."""
    if _TEXT.fullmatch(text) is None:
        return []
    parts = [part.lower() for part in PARTS.findall(text)]
    if not (SHOWN | EXAMPLES).isdisjoint(parts) or names_secret(b"".join(parts)):
        return []
    own = [part for part in parts if len(part) > 2]
    return own if set(own) - DEFAULTS and len(set(own)) == len(own) else []


def _is_run(text: bytes) -> bool:
    """Tell whether letters are more than one word of code."""
    letters = b"".join(PARTS.findall(text)).lower()
    return len(letters) >= _LEAST and letters not in vocabulary() and len(set(letters)) > 4


def _has_digit(value: bytes) -> bool:
    return any(48 <= byte <= 57 for byte in value)
