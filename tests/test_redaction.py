"""What leaves of a secret: no more than promised, and the same fingerprint everywhere."""

import hashlib
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scanner.models import KINDS, Rule, Shape
from scanner.redaction import HIDDEN_KINDS, MASK, bits, fingerprint, redact

GRAPHIC = "".join(chr(code) for code in range(0x21, 0x7F))
SECRETS = st.binary(max_size=200) | st.text(GRAPHIC, max_size=200).map(str.encode)


def rule(kind: str = "token", prefix: str = "", charset: str | None = None) -> Rule:
    """Make a rule; only what redaction looks at matters."""
    shapes = (Shape(charset, 8, 32),) if charset else ()
    return Rule("x-y", None, kind, "high", "", shapes=shapes, prefix=prefix)


@given(SECRETS, st.sampled_from(KINDS), st.sampled_from(["", "acme_", "AK"]))
@example(b"!!!!!!!!!!!!!!*!", "api_key", "")
def test_shows_no_more_than_promised(secret: bytes, kind: str, prefix: str) -> None:
    """At most 4 first and 4 last characters after the prefix, and a quarter in all."""
    shown = redact(secret, rule(kind, prefix))
    assert shown.isascii()
    assert shown.isprintable()
    if secret.startswith(b"-----BEGIN "):
        return
    # The secret may hold the mask's characters itself: one of its places is the mask's.
    places = [at for at in range(len(shown)) if shown.startswith(MASK, at)]
    assert any(is_promised(secret, prefix, shown[:at], shown[at + len(MASK) :]) for at in places)


def is_promised(secret: bytes, prefix: str, first: str, last: str) -> bool:
    """Tell whether what stands before and behind a mask is the secret's, and no more than is promised."""
    starts = secret.startswith(prefix.encode())
    first = first.removeprefix(prefix) if starts else first
    body = secret.removeprefix(prefix.encode())
    return (
        len(first) <= 4
        and len(last) <= 4
        and (len(first) + len(last)) * 4 <= len(body)
        and body.startswith(first.encode())
        and secret.endswith(last.encode())
    )


@given(SECRETS)
def test_shows_nothing_of_what_people_choose(secret: bytes) -> None:
    """Passwords, passphrases, mnemonics and connection strings are hidden whole."""
    for kind in HIDDEN_KINDS:
        assert redact(secret, rule(kind, "acme_")) == MASK
    assert redact(secret, rule("token", charset="user_chosen")) == MASK


@given(st.text(GRAPHIC, max_size=15))
def test_shows_nothing_under_16_characters(text: str) -> None:
    """A short value is hidden whole, its prefix too."""
    assert redact(text.encode(), rule(prefix=text[:3])) == MASK


@given(st.text(string.ascii_letters, min_size=32, max_size=64), st.integers(1, 200))
def test_tells_no_length(text: str, more: int) -> None:
    """Two secrets with the same ends look the same, however long they are."""
    longer = text[:16] + "x" * more + text[16:]
    assert redact(text.encode(), rule()) == redact(longer.encode(), rule())


@pytest.mark.parametrize(
    ("secret", "prefix", "expected"),
    [
        (b"acme_" + b"0123456789abcdef" * 2, "acme_", "acme_0123****cdef"),
        (b"0123456789abcdef", "", "01****ef"),
        (b"acme_0123456789abcde", "acme_", "acme_****"),
        (b"0123456789 abcdef", "", "****"),
        (b"0123456789\x1b[2Jabcdef", "", "****"),
        ("pässwörter-sind-geheim".encode(), "", "****"),
        (b"-----BEGIN EC PRIVATE KEY-----\nMHcC", "", "-----BEGIN EC PRIVATE KEY-----****"),
        (b"-----BEGIN hunter2-----" + b"x" * 40, "", "****"),
        (b"", "", "****"),
    ],
)
def test_redacted_forms(secret: bytes, prefix: str, expected: str) -> None:
    """One row for each form."""
    assert redact(secret, rule(prefix=prefix)) == expected


def test_fingerprints_are_fixed() -> None:
    """Baselines hold them: these values must never change."""
    assert fingerprint(b"A1b2" * 16, "src/a.py") == "958d791a4f49979d465bd2c3146e38e1"
    assert fingerprint(b"hunter2", "src/a.py") == "ce93a3fc8c3d9ef57870c33c11719a79"


@settings(max_examples=6, deadline=None)
@given(st.binary(min_size=1, max_size=40), st.text(max_size=200), st.text(max_size=200))
def test_fingerprint_depends_on_secret_and_path(secret: bytes, path: str, other: str) -> None:
    """32 hex digits; another path gives another fingerprint, also past any key length."""
    value = fingerprint(secret, path)
    assert len(value) == 32
    assert set(value) <= set("0123456789abcdef")
    assert (fingerprint(secret, other) == value) == (other == path)
    assert fingerprint(secret + b"\0", path) != value


def test_a_guess_at_a_short_secret_is_dear() -> None:
    """The contract's scrypt below 80 bits, BLAKE2 from there; both with the path."""
    salt = b"keysweep fingerprint 1\0dir/a.py"
    short = hashlib.blake2b(b"hunter2hunter", digest_size=32, person=b"keysweep short 1").digest()
    slow = hashlib.scrypt(short, salt=salt, n=2**14, r=8, p=1, dklen=16)
    assert fingerprint(b"hunter2hunter", "dir/a.py") == slow.hex()
    key = hashlib.blake2b(b"dir/a.py", person=b"keysweep path 1").digest()
    secret = b"A1b2" * 16
    fast = hashlib.blake2b(secret, digest_size=16, key=key, person=b"keysweep find 1")
    assert fingerprint(secret, "dir/a.py") == fast.hexdigest()


@pytest.mark.parametrize(
    ("secret", "is_strong"),
    [
        (b"1" * 24, False),
        (b"1" * 25, True),
        (b"a0" * 9 + b"f", False),
        (b"a0" * 10, True),
        (b"aA1" * 4 + b"b", False),
        (b"aA1" * 4 + b"bb", True),
        (b"z" * 17, False),
        (b"z" * 18, True),
    ],
)
def test_bits(secret: bytes, is_strong: bool) -> None:
    """The line between the two lies at 80 bits by length and alphabet."""
    assert (bits(secret) >= 80) is is_strong
