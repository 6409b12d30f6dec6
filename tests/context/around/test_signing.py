"""Behaviour of scanner.context.around.signing: messages and signatures are no secrets, the key of a digest is."""

import random

import pytest

from scanner.context.around.signing import why_signed
from scanner.context.names.calls import open_call
from scanner.placeholders import fill

MESSAGE, SIGNATURE = "a message that is signed", "a signature"
ROWS = [
    # text before, value, reason
    ('hmac.new(secret.encode(), b"', "{hex:32}", MESSAGE),
    ('hmac.digest(secret, b"', "{hex:32}", MESSAGE),
    ('HMAC.new(secret, b"', "{hex:32}", MESSAGE),
    ("createHmac('sha256', secret).update('", "{hex:32}", MESSAGE),
    ('hmac.new(b"', "{hex:32}", None),
    ('hmac.New(sha256.New, []byte("', "{hex:32}", None),
    ("createHmac('sha256', '", "{hex:32}", None),
    ("OpenSSL::HMAC.digest('sha256', '", "{hex:32}", None),
    ("firestore.update('", "{hex:32}", None),
    ('# >>> self._sign("secret") -> "', "{hex:64}", SIGNATURE),
    ("// signRequest(secret, body) => ", "{hex:64}", SIGNATURE),
    ('assert sign("secret", "a").hex() == "', "{hex:64}", SIGNATURE),
    ('expect(getSignature("secret") === "', "{hex:64}", SIGNATURE),
    ('    >>> hmac_sha256("secret", "a")\n    \'', "{hex:64}", SIGNATURE),
    ('    >>> make_digest("secret")\n    \'', "{hex:64}", SIGNATURE),
    ("encode (a secret) -> ", "{base64:44}", SIGNATURE),
    ('decrypt("a") == "', "{base64:44}", None),
    ('sign("a")\nSECRET = "', "{hex:64}", None),
    ('sign("a")\n"', "{hex:64}", None),
    ('assign("secret") == "', "{hex:64}", None),
    ('sign("', "{hex:64}", None),
    ('secret -> "', "{hex:64}", None),
]


@pytest.mark.parametrize(("before", "value", "reason"), ROWS)
def test_why_signed(before: str, value: str, reason: str | None) -> None:
    """What is signed and what comes out is public; the key is not, wherever a language's call takes it."""
    drawn = fill(value, random.Random(5))[0]
    callee, place = open_call(before)
    assert why_signed((before + drawn + '"').encode(), len(before), callee, place) == reason
