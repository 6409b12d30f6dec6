"""Behaviour of scanner.context.around.signing: messages and signatures are no secrets, the key of a digest is."""

import random

import pytest

from scanner.context.around.signing import calls_for_tokens, signs_tokens, why_signed
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
    ("key_hash = sha256(secret).hexdigest()  # ", "{hex:64}", SIGNATURE),
    ("sig = hmac.new(secret, qs, sha256).hexdigest()\n# -> ", "{hex:64}", SIGNATURE),
    ('print(Web3.keccak(text="secret").hex())  # 0x', "{hex:64}", SIGNATURE),
    ('const key = ethers.utils.id("MINTER"); // 0x', "{hex:64}", SIGNATURE),
    ("sig = sign(payload)\n# ", "{hex:64}", None),
    ("sig = sign(payload)\n# secret = ", "{hex:64}", None),
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


def test_sections_and_calls_that_sign() -> None:
    """The options of sessions and web tokens, in code and settings; those of a client are none."""
    for text, signs in (
        ("app.use(session({ resave: false, secret: 'VALUE' }))", True),
        ("JwtModule.register({ secret: 'VALUE' })", True),
        ('"Jwt": { "Issuer": "x", "Key": "VALUE" }', True),
        ("jwt:\n  issuer: x\n  secret: VALUE\n", True),
        ("oauth({ secret: 'VALUE' })", False),
        ("jwt: { issuer: x }, oauth: { secret: 'VALUE' }", False),
        ("secret: VALUE\n", False),
    ):
        assert signs_tokens(text.encode(), text.index("VALUE")) is signs, text


def test_calls_for_tokens_are_told_from_hmac() -> None:
    """What signs tokens or cookies is handed a key; HMAC may be handed a label that is no secret."""
    for text, signs in (
        ("jwt.sign({ id: 1 }, 'VALUE')", True),
        ("app.use(cookieParser('VALUE'))", True),
        ('new SymmetricSecurityKey(Encoding.UTF8.GetBytes("VALUE"))', True),
        ("createHmac('sha256', 'VALUE')", False),
    ):
        assert calls_for_tokens(text.encode(), text.index("VALUE")) is signs, text
