"""Behaviour of scanner.context.around.derived: wrapped keys, public halves and digests are told from secrets."""

import base64
import random

import pytest

from scanner.context.around.derived import why_derived
from scanner.placeholders import fill

HEADER = base64.urlsafe_b64encode(b'{"alg":"PBES2-HS256+A128KW"}').decode().rstrip("=")
JWE = HEADER + ".{alnum:54}.{alnum:16}.{alnum:90}.{alnum:22}"
ROWS = [
    # name, text before, value, text after, reason
    ("encrypted_key", "encrypted_key: '", "{alnum:54}", "'", "encrypted"),
    ("encryptedMetadataKey", 'encryptedMetadataKey = "', "{base64:344}", '"', "encrypted"),
    ("encryptedKey", '"encryptedKey": "', JWE, '"', "encrypted"),
    ("privKey", 'privKey = "', JWE, '"', "encrypted"),
    ("token", 'token = "', JWE, '"', None),
    ("encrypted_key", "encrypted_key: '", "{hex:64}", "'", None),
    ("encryption_key", "encryption_key: '", "{alnum:44}", "'", None),
    ("key", '{"key_id":"568250167242549743","key":"', "{base64:44}", '"}', "a public key"),
    (
        "key",
        '{\\"key_id\\":\\"568250167242549743\\",\\"key\\":\\"',
        "{base64:44}",
        '\\"}',
        "a public key",
    ),
    ("key", '{"id":"568250167242549743","key":"', "{base64:44}", '"}', None),
    ("key", '{"key_id":"568250167242549743","key":"', "{alnum:40}", '"}', None),
    ("key", '"key":"', "ssh-rsa AAAA{base64:60}", '"', "a public key"),
    ("key", '"key":"', "ssh-ed25519 AAAA{base64:60}", '"', "a public key"),
    ("key", '"key":"', "ssh-{base64:60}", '"', None),
    ("hashed_token", '"hashed_token":"', "{hex:64}", '"', "a digest of a token"),
    ("access_token", '"access_token":"', "{hex:64}", '"', None),
    ("token_last_eight", '"token_last_eight":"', "{hex:8}", '"', "the last characters of a token"),
    ("token_last_eight", '"token_last_eight":"', "{hex:40}", '"', None),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "reason"), ROWS)
def test_why_derived(name: str, before: str, value: str, after: str, reason: str | None) -> None:
    """A name says that a value was encrypted or hashed, its form and neighbours that it is public."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_derived(data, len(before), len(before) + len(drawn), name) == reason


CUT = [
    (r"9MOi3h6\n" + base64.b64encode(b'"}, {"name": "a value"}').decode(), True),
    (r"9MOi3h6\n" + base64.b64encode(bytes(range(120, 150))).decode(), False),
    (r"k3x9mQ7rT2vB8nL4\nk3x9mQ7rT2", False),
]


@pytest.mark.parametrize(("value", "is_cut"), CUT)
def test_half_decoded_lines_are_no_value(value: str, is_cut: bool) -> None:
    """Where base64 of text goes on behind a written line break, the line before was decoded alone."""
    data = b'"key":"' + value.encode()
    reason = why_derived(data, 7, len(data), "key")
    assert reason == ("a piece of wrapped base64" if is_cut else None)


def test_what_kucoin_is_sent_for_a_passphrase() -> None:
    """It is an HMAC of the passphrase from version 2 of the keys on; what people chose is one itself."""
    name, signed = "KC-API-PASSPHRASE", b"aB3+" * 10 + b"xY9="
    assert why_derived(signed, 0, len(signed), name) is not None
    assert why_derived(b"velvet2024", 0, 10, name) is None
    assert why_derived(signed, 0, len(signed), "API_PASSPHRASE") is None
