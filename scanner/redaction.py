"""Make what may be known of a secret: its redacted text and its fingerprint. Nothing else may.

*Redacted*: the public prefix of the format, then a few characters at both ends, enough for its
owner to tell one key from another. How many depends on two thresholds alone, so that the text does
not tell the length. Nothing at all is shown of what a person made up or can remember.

*Fingerprint*: 32 hex digits from the secret and its path. It lies in baselines that people commit,
so a short secret must not be guessed from it cheaply: under 80 bits by length and alphabet it is
made by scrypt. The path is key or salt: that two paths hold the same secret cannot be seen.
"""

from math import log2

from scanner.digests import blake2b
from scanner.models import Rule

MASK = "****"
"""Stands for every hidden part, whatever its length."""

HIDDEN_KINDS = frozenset({"password", "passphrase", "mnemonic", "connection_string"})
"""Kinds whose values hold what a person chose or can remember: nothing of them is shown."""

_HEX = frozenset(b"0123456789abcdef")
_HEX_UPPER = frozenset(b"0123456789ABCDEF")
_STRONG_BITS = 80
_PEM = b"-----BEGIN "


def redact(secret: bytes, rule: Rule) -> str:
    """Return the text that stands for ``secret`` in every output, always printable ASCII.

    At most 4 first and 4 last characters are shown after the public prefix, and at most a quarter
    of what follows it: 4 and 4 from 32 characters on, 2 and 2 from 16 on, none below. Nothing is
    shown of passwords, passphrases, mnemonics, connection strings, and of values with blanks or
    anything else that is not printable ASCII; of a PEM block, its first line.

    Example:
        >>> redact(b"acme_0123456789abcdef0123456789abcdef", Rule("a", None, "token", "high", "",
        ...        prefix="acme_"))
        'acme_0123****cdef'
    """
    if rule.kind in HIDDEN_KINDS or any(shape.charset == "user_chosen" for shape in rule.shapes):
        return MASK
    if secret.startswith(_PEM):
        return _pem_header(secret) + MASK
    if len(secret) < 16 or not all(0x21 <= byte <= 0x7E for byte in secret):
        return MASK
    text = secret.decode("ascii")
    prefix = rule.prefix if text.startswith(rule.prefix) else ""
    rest = text[len(prefix) :]
    if len(rest) < 16:
        return prefix + MASK
    ends = 4 if len(rest) >= 32 else 2
    return f"{prefix}{rest[:ends]}{MASK}{rest[-ends:]}"


def _pem_header(secret: bytes) -> str:
    """Return ``-----BEGIN ... KEY-----`` if that is how the block begins, else nothing."""
    label = secret[len(_PEM) : len(_PEM) + 40].partition(b"-----")
    if label[1] and all(byte == 0x20 or 0x41 <= byte <= 0x5A for byte in label[0]):
        return f"-----BEGIN {label[0].decode('ascii')}-----"
    return ""


def fingerprint(secret: bytes, path: str) -> str:
    """Return 32 hex digits that tell ``secret`` at ``path``, the same on every machine.

    Args:
        secret: the bytes of the secret alone.
        path: below the repository's top level, as in a finding; ``""`` where there is none.

    A secret under 80 bits by length and alphabet costs a run of scrypt (n 2^14, r 8, p 1: about
    50 ms and 16 MiB), which is what a guess at it costs too. Rules, lines and commits play no part.
    """
    place = path.encode("utf-8", "backslashreplace")
    if bits(secret) < _STRONG_BITS:
        return _costly(secret, place)
    key = blake2b(place, digest_size=64, person=b"keysweep path 1").digest()
    return blake2b(secret, digest_size=16, key=key, person=b"keysweep find 1").hexdigest()


def is_costly(secret: bytes, path: str) -> bool:
    """Tell whether a fingerprint takes a run of scrypt that was not made in this run."""
    return bits(secret) < _STRONG_BITS and kept_fingerprint(secret, path) is None


def kept_fingerprint(secret: bytes, path: str) -> str | None:
    """Return a fingerprint that cost a run of scrypt and was made in this run, else None."""
    return _made.get(_short(secret, path.encode("utf-8", "backslashreplace")))


def keep_fingerprint(secret: bytes, path: str, mark: str) -> None:
    """Have ``fingerprint`` give ``mark``, which another run made of this secret at this path."""
    if bits(secret) < _STRONG_BITS:
        _keep(_short(secret, path.encode("utf-8", "backslashreplace")), mark)


_MOST_KEPT = 1 << 14
_made: dict[tuple[bytes, bytes], str] = {}


def _costly(secret: bytes, place: bytes) -> str:
    """Return scrypt of a secret; remembered, for a partner is asked about from both sides."""
    short = _short(secret, place)
    mark = _made.get(short)
    if mark is None:
        import hashlib  # noqa: PLC0415  (loads OpenSSL, which takes milliseconds)

        digest, salt = short
        mark = hashlib.scrypt(digest, salt=salt, n=2**14, r=8, p=1, maxmem=2**26, dklen=16).hex()
        _keep(short, mark)
    return mark


def _keep(short: tuple[bytes, bytes], mark: str) -> None:
    if len(_made) >= _MOST_KEPT:
        _made.clear()
    _made[short] = mark


def _short(secret: bytes, place: bytes) -> tuple[bytes, bytes]:
    """Return what scrypt is made of; no secret is kept to be compared with."""
    # Hashed first: HMAC inside scrypt does not tell a key from the key with NULs behind it.
    digest = blake2b(secret, digest_size=32, person=b"keysweep short 1").digest()
    return digest, b"keysweep fingerprint 1\0" + place


def is_fingerprint(text: str) -> bool:
    """Tell whether a text has the form of a fingerprint.

    >>> is_fingerprint("0f" * 16), is_fingerprint("0F" * 16)
    (True, False)
    """
    return len(text) == 32 and not text.strip("0123456789abcdef")


def bits(secret: bytes) -> float:
    """Return the most bits that a value of this length and alphabet can hold.

    The alphabet is the smallest of these that holds every byte: decimal digits (10), hex of one
    case (16), else the sum of lower case (26), upper case (26), digits (10), other printable ASCII
    (33) and other bytes (128), each if it occurs.

    Example:
        >>> bits(b"0123456789abcdef")
        64.0
    """
    present = frozenset(secret)
    if not present:
        return 0.0
    size = 0
    if not (present <= _HEX or present <= _HEX_UPPER) or present <= frozenset(b"0123456789"):
        for members, count in _CLASSES:
            size += count if present & members else 0
    return len(secret) * log2(size or 16)


_CLASSES = (
    (frozenset(b"0123456789"), 10),
    (frozenset(range(0x61, 0x7B)), 26),
    (frozenset(range(0x41, 0x5B)), 26),
    (
        frozenset(byte for byte in range(0x20, 0x7F) if not chr(byte).isalnum()),
        33,
    ),
    (frozenset([*range(0x20), *range(0x7F, 0x100)]), 128),
)
