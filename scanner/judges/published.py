"""Published values: those printed in documentation, standards and test suites are nobody's secret.

Only digests of them are kept (``scanner/data/published.txt``), so that neither the repository nor
the wheel holds a string that other scanners must report. A value is compared whole: one changed
letter is a finding again.
"""

import re
from functools import cache

from scanner.data import path_of
from scanner.digests import blake2b
from scanner.lazy import lazy_compile

_HEX = lazy_compile(rb"(?:0[xX])?([0-9a-fA-F]{16,})")
_WORD = lazy_compile(rb"[A-Za-z]{3,}")
_PHRASE = lazy_compile(rb"[A-Za-z]{3,}(?:[^A-Za-z]{1,24}[A-Za-z]{3,}){11,24}(?:/.*)?", re.DOTALL)
_CIPHERTEXT = lazy_compile(
    rb"""ciphertext\\{0,3}["']?\s{0,4}:\s{0,4}\\{0,3}["']?([0-9a-fA-F]{32,})"""
)
_PEM_BODY = lazy_compile(rb"-----(?:\\[rn]|\s|[\"',+]){1,12}([A-Za-z0-9+/=]{40,64})")
_TYPED = lazy_compile(rb"(?:p2[a-z\-0-9]{2,12}:|(?:ed25519|secp256k1)-priv-)(.+)", re.DOTALL)


def is_published(secret: bytes) -> bool:
    """Tell whether a value is on the list, whatever the case of hex or the blanks of phrases.

    Reads the list from disk when first called.
    """
    known = _known()
    return any(digest(form) in known for form in forms(secret))


def digest(form: bytes) -> str:
    """Return what the list holds of a value in its normal form: BLAKE2b, 8 bytes, in hex."""
    return blake2b(form, digest_size=8).hexdigest()


def forms(secret: bytes) -> list[bytes]:
    """Return the forms in which a value may be listed, its normal form first.

    >>> forms(b"0xAB00000000000000")[0]
    b'ab00000000000000'
    """
    found: list[bytes] = []
    if match := _HEX.fullmatch(secret):
        found.append(match[1].lower())
    elif _PHRASE.fullmatch(secret):
        phrase, _, _ = secret.partition(b"/")
        found.append(b" ".join(_WORD.findall(phrase)).lower())
    elif match := _TYPED.fullmatch(secret):
        found += (secret, *forms(match[1]))
    else:
        found.append(secret)
    for pattern in (_CIPHERTEXT, _PEM_BODY):
        if match := pattern.search(secret):
            found.append(match[1])
    return found


@cache
def _known() -> frozenset[str]:
    with open(path_of("published.txt"), encoding="utf-8") as file:
        return frozenset(line.strip() for line in file if not line.startswith("#"))
