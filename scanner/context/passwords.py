"""What a literal beside a telling name is worth: a secret, a weak one, or none at all.

Keys are generated, so a key that reads as words is none. Passwords are chosen: ``hunter2!`` is one, and the
words of examples and tests (``password``, ``changeit``, ``some-secret``) are too, but nobody is robbed by them.
docs/judgement.md says how the limits were found.
"""

import re
from functools import lru_cache

from scanner.context.lookalikes import is_name_like, of_value
from scanner.context.randomness import has_sequence, is_random
from scanner.context.wordlike import wordiness

STRONG, CHOSEN, WEAK = "generated", "chosen", "weak"

SHORT_WORDS = -5.2
"""Mean log2 probability above which a few letters are a word; see docs/judgement.md."""

_TEMPLATE = re.compile(
    rb"\$\{|\$\(|\{\{|\}\}|#\{|<%|%>|%\([\w]+\)|%[sdv](?![\w])|\{\w{0,30}\}|\[\[|@[\w.]+@|\$[A-Za-z_]\w*$|^%\w+%$|^\$[A-Za-z_{(]"
)
_REFERENCE = re.compile(
    rb"^(?:[A-Za-z_][\w-]*(?:(?:\.|::|->)[A-Za-z_][\w-]*)+|:[a-z_]\w*|&\w+|\*\w+|@\w+|--?[a-z][\w-]*|#[a-z][\w-]*)$"
)
_TYPES = frozenset(
    b"string str text bool boolean true false null none nil undefined unset optional required void number integer int "
    b"any object bytes char varchar array list dict map self this yes no on off password passwd hidden submit todo".split()
)
_LETTERS = re.compile(rb"[A-Za-z]+")
_SPLIT = re.compile(rb"[^A-Za-z0-9]+")
_PROSE = re.compile(rb"\s")
_MASKED = re.compile(rb"([*xX.#?_\-])\1{2,}|\[?REDACTED|<[^<>]*>|\.\.\.|\xe2\x80\xa6")
_EXAMPLE = re.compile(
    rb"(?i)passw|secret|token|passphrase|passcode|letmein|changeme|change_?it|example|dummy|sample|"
    rb"foobar|test|(?:^|[\W_])(?:pass|pwd|my|your|some|fake|mock|invalid|wrong|bad|valid|correct|new|old)(?:[\W_]|$)|"
    rb"(?:api|access|auth|private|secret|client|my|your|some)[_\-. ]?(?:key|id)|"
    rb"qwerty|12345|abc123|^admin|^root|^user|^guest|^foo|^bar|^hello|hunter2$"
)
_KEYBOARD = re.compile(rb"(?i)^(?:1q2w|qaz|asdf|zxcv|qwer|aaaa|abcd|0000|1111|1234)")


def of_literal(value: bytes, kind: str, how: str, name: str) -> tuple[str | None, str]:
    """Return the worth of a literal (``STRONG``, ``CHOSEN``, ``WEAK`` or None), and why.

    Args:
        value: the bytes between the quotes, or the whole setting.
        kind: what its name promises, of ``roles.literal_kind``.
        how: how it is written, of ``literals.Literal``.
        name: the identifier that binds it.

    >>> of_literal(b"hunter2!", "password", "quoted", "password")[0]
    'chosen'
    >>> of_literal(b"${DB_PASSWORD}", "password", "setting", "password")[0] is None
    True
    """
    chosen = kind in ("password", "passphrase")
    reason = _never(value, how, chosen)
    if reason is not None:
        return None, reason
    bare_name = re.sub(rb"[^a-z]", b"", name.lower().encode())
    if re.sub(rb"[^a-z]", b"", value.lower()) in (bare_name, b""):
        if not (chosen and value.isdigit() and len(value) >= 5 and not has_sequence(value, 5)):
            return None if not chosen else WEAK, "its own name"
        return CHOSEN if how != "bare" else None, "digits"
    if chosen:
        return _as_password(value, how)
    return _as_key(value, kind, how)


def _never(value: bytes, how: str, chosen: bool) -> str | None:
    """Return why a literal is no value at all: a template, a type, a reference, prose, a mask."""
    if value.lower() in _TYPES:
        return "a type or an empty value"
    if _TEMPLATE.search(value) or _MASKED.search(value):
        return "a template or a mask"
    if _REFERENCE.match(value) and (how != "quoted" or is_name_like(value)):
        return "a reference"
    if len(set(value)) <= 2:
        return "a placeholder"
    if _PROSE.search(value) and (not chosen or value.count(b" ") > 2 or is_prose(value)):
        if not (value.count(b" ") == 1 and not is_prose(value)):
            return "words"
    if not chosen or how != "quoted":
        reason = of_value(value)
        if reason in ("a reference, not a value", "a placeholder") and _is_mixed(value):
            reason = None if not is_name_like(value) else reason
        return reason
    reason = of_value(value)
    return reason if reason in ("hashed or encrypted", "an address or a path") else None


def is_prose(value: bytes) -> bool:
    """Tell whether most words of a text read as words.

    >>> is_prose(b"Enter your password"), is_prose(b"muda gtycyw")
    (True, False)
    """
    parts = [part for part in re.split(rb"[\s,.:;!?]+", value) if part]
    return sum(reads_as_word(part) for part in parts) * 2 > len(parts)


@lru_cache(maxsize=1 << 14)
def reads_as_word(value: bytes) -> bool:
    """Tell whether the letters of a short value read as words.

    >>> reads_as_word(b"letmein"), reads_as_word(b"pxnyq")
    (True, False)
    """
    letters = b"_".join(_LETTERS.findall(value))
    return not letters or wordiness(letters) > SHORT_WORDS


def _is_mixed(value: bytes) -> bool:
    return any(48 <= byte <= 57 for byte in value) and any(byte > 57 for byte in value)


def _as_password(value: bytes, how: str) -> tuple[str | None, str]:
    if len(value) < 4:
        return WEAK if how != "bare" else None, "short"
    has_digit = any(48 <= byte <= 57 for byte in value)
    has_symbol = any(not (48 <= b <= 57 or 65 <= b <= 90 or 97 <= b <= 122) for b in value)
    wordy = reads_as_word(value)
    if how == "bare":
        if not (has_digit or len(value) >= 6) or wordy or is_name_like(value):
            return None, "a variable"
        return CHOSEN, "no word and no variable"
    if _EXAMPLE.search(value) or _KEYBOARD.search(value) or has_sequence(value):
        strong = len(value) >= 14 and has_digit and not wordy and is_random(value)
        return (STRONG, "random") if strong else (WEAK, "a word of examples")
    if wordy and not (has_digit and has_symbol and not _is_slug(value)):
        return WEAK, "reads as words"
    return (STRONG if len(value) >= 12 and is_random(value) else CHOSEN), "no word"


def _is_slug(value: bytes) -> bool:
    """Tell whether a value is words joined by one kind of mark, with a number: ``foo-bar-2``."""
    return bool(re.fullmatch(rb"[A-Za-z]+(?:[_\-./:][A-Za-z0-9]+)+", value))


def _as_key(value: bytes, kind: str, how: str) -> tuple[str | None, str]:
    least = 16 if kind in ("api_key", "salt") else 8
    if len(value) < least:
        return None, "short for a key"
    if how == "bare" and len(value) < 16:
        return None, "a variable"
    if is_name_like(value) or reads_as_word(value):
        return WEAK if how == "quoted" and kind != "api_key" else None, "reads as words"
    if value.isdigit() and (len(value) < 10 or kind in ("token", "salt")):
        return None, "a number"
    if _EXAMPLE.search(value) or has_sequence(value):
        return None, "a word of examples"
    return (STRONG if len(value) >= 16 and is_random(value) else CHOSEN), "no word"
