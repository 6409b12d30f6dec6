"""Phrases beside a value: which kind of secret they name, in the languages that people write."""

import re
import unicodedata

from scanner.context.names import languages
from scanner.lazy import lazy_compile

_ENGLISH_WORDS = (
    (r"(?:seed|recovery|mnemonic|backup)[ _-]?(?:phrase|words?|seed)?", "mnemonic"),
    (r"private[ _-]?key", "private_key"),
    (r"pass[ _-]?phrase", "passphrase"),
    (r"password|passwd|pwd|pass", "password"),
    (r"token", "token"),
    (
        r"(?:api|access)[ _-]?(?:key|id)|apikey"
        r"|(?<!cache[ _-])(?<!sort[ _-])(?<!foreign[ _-])(?<!primary[ _-])(?<!partition[ _-])key",
        "api_key",
    ),
)
_ENGLISH = (
    (lazy_compile(r"secret(?:[ _-]?key(?![a-z]))?", re.IGNORECASE), "api_secret"),
    # Not \b: "API Key是" has no border of words for it.
    *(
        (lazy_compile(rf"(?<![A-Za-z0-9_])(?:{text})(?![A-Za-z0-9_])", re.IGNORECASE), kind)
        for text, kind in _ENGLISH_WORDS
    ),
)


def kind_in_prose(text: str) -> str | None:
    """Return the kind that a phrase before a value names, the latest mention first; else None.

    >>> kind_in_prose("my Secret Key is")
    'api_secret'
    """
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    best = languages.find(text)
    for expression, kind in _ENGLISH:
        for found in expression.finditer(text):
            if best is None or found.end() > best[0]:
                best = (found.end(), kind)
    if best and best[1] == "api_key" and "secret" in text[-30:].lower():
        return "api_secret"
    return best[1] if best else None
