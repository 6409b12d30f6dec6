"""What the bytes around a value say against it."""

import random

import pytest

from scanner.context.around.surroundings import of_surroundings
from scanner.placeholders import fill

SURROUNDINGS = [
    # text before, value, text after, reason
    ("sha256:", "{hex:64}", "", "a digest"),
    ("algolia: { apiKey: '", "{hex:32}", "' }", "public by design: a search key for web pages"),
    ("ALGOLIA_APP_ID=AB12\nALGOLIA_ADMIN_API_KEY=", "{hex:32}", "", None),
    (
        "algolia admin\nALGOLIA_SEARCH_KEY=",
        "{hex:32}",
        "",
        "public by design: a search key for web pages",
    ),
    ("sha512-", "{base64:88}", "", "a digest"),
    ('sha256("', "{alnum:64}", '")', "a digest"),
    ('hmac_sha256("', "{alnum:64}", '", text)', None),  # what it is keyed with
    ("hmac-sha256=", "{hex:64}", "", "a digest"),
    ("credentials = ", "cipher?.login?.fido2Credentials", ";", "a member of an object"),
    ("Client(c.gdax.key, ", "c.gdax.passphrase", ")", "a member of an object"),
    ("e?Z=h.token0/q:", "Z=q*h.token1", "),{", "a member of an object"),
    ("password = '", "c.gdax.passphrase", "'", None),
    ('"s3_access_key": "', "S3-Zugriffsschl", "\u00fcssel", "the beginning of a word"),
    ('"s3_access_key": "', "{alnum:32}", "\u5bc6", None),
    ('"integrity": "', "{base64:44}", '"', "a digest"),
    ("Public key: ", "{hex:64}", "", "a public key"),
    ("public view key: ", "{hex:64}", "", "a public key"),
    ("verify key: ", "{hex:64}", "", "a public key"),
    ('{"type": "tendermint/PubKeyEd25519", "value": "', "{base64:44}", '"}', "a public key"),
    ("Public Key: ", "{alnum:32}", "", None),  # an API key may be called so
    ("view key: ", "{hex:64}", "", None),
    ("commit ", "{hex:40}", "", None),
    ("commit: ", "{hex:40}", "", "a digest"),
    ("md5 = ", "{hex:32}", "", "a digest"),
    ("etag: ", "{hex:32}", "", "a digest"),
    ("tx_hash = 0x", "{hex:64}", "", "a digest"),
    ("key = 0x6080604052348015610010576000", "{hex:64}", "", "a piece of a longer run"),
    ("key = ", "{hex:64}", "6080604052348015610010576000", "a piece of a longer run"),
    ("key = ENC[AES256_GCM,data:", "{base64:44}", "]", "encrypted"),
    ("key = ENC[x] ", "{base64:44}", "", None),
    ("key = ${", "{alnum:20}", "}", "a reference, not a value"),
    ("key = {{", "{alnum:20}", "}}", "a reference, not a value"),
    (
        "token: \"{% response 'body', '",
        "req_{hex:32}",
        "', 'b64::x' %}\"",
        "a piece of an expression or a template",
    ),
    ("{% set api_key = '", "{alnum:32}", "' %}", None),
    ("{% raw %}\napi_key = '", "{alnum:32}", "'", None),
    ('<path fill="url(#', "{hex:32}", '-a)"', "a reference, not a value"),
    ("key: ${{ secrets.", "{alnum:20}", "}}", "a reference, not a value"),
    ("key = 0x", "{hex:64}", "", None),
    ("checksum/secret: ", "{hex:64}", "", "a digest"),
    ("('ann', '$", "2b$12$nSMUTwR2c4eDkqV.W3Ni4U", "')", "a piece of a password hash"),
    ("key = ", "{hex:64}", "", None),
    ('key = "', "{alnum:64}", '"', None),
    ("", "{alnum:64}", "", None),
]


@pytest.mark.parametrize(("before", "value", "after", "reason"), SURROUNDINGS)
def test_surroundings(before: str, value: str, after: str, reason: str | None) -> None:
    secret = fill(value, random.Random(1))[0]
    data = (before + secret + after).encode()
    assert of_surroundings(data, len(before), len(before) + len(secret)) == reason


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [("Şifreniz", True), ("şifreniz", True), ("密码ifreniz", False), ('"ifreniz', False)],
)
def test_the_end_of_a_word(text: str, is_cut: bool) -> None:
    """A letter with a mark right before a value makes it the rest of a word; Chinese has no blanks."""
    data = f"password: {text}".encode()
    start = data.index(b"ifreniz")
    assert (of_surroundings(data, start, start + 7) == "the end of a word") is is_cut
