"""Behaviour of scanner.context.values.lookalikes: what is no secret says so, and no secret does."""

import random

import pytest

from scanner.context.values.lookalikes import is_name_like, of_itself, of_value
from scanner.placeholders import fill

VALUES = [
    ("YOUR_API_KEY_HERE", "a placeholder"),
    ("7e5f48d1e79c915595d938c932b6f0101715a162780d01a5.zip", "an address or a path"),
    ("mail.kq7zx.biz", "an address or a path"),
    ("your-secret-goes-here", "a placeholder"),
    ("your_binance_api_key", "a placeholder"),
    ("<API_KEY>", "a placeholder"),
    ("[your token]", "a placeholder"),
    ("{{ api_key }}", "a placeholder"),
    ("${API_KEY}", "a placeholder"),
    ("$(API_KEY)", "a placeholder"),
    ("%(api_key)s", "a placeholder"),
    ("%API_KEY%", "a placeholder"),
    ("__API_KEY__", "a placeholder"),
    ("xxxxxxxxxxxxxxxx", "a placeholder"),
    ("sk_live_xxxxxxxxxxxxxxxx", "a placeholder"),
    ("****************", "a placeholder"),
    ("v.1.0.0-beta-2", "a number, a date or a version"),
    ("abcd****************wxyz", "a placeholder"),
    ("................", "a placeholder"),
    ("abc...xyz", "a placeholder"),
    ("changeme", "a placeholder"),
    ("CHANGE_ME", "a placeholder"),
    ("REPLACE_ME", "a placeholder"),
    ("INSERT_API_KEY_HERE", "a placeholder"),
    ("api_key_here", "a placeholder"),
    ("test_api_key", "a placeholder"),
    ("dummy_secret", "a placeholder"),
    ("fake-token-123", "a placeholder"),
    ("0000000000000000", "a placeholder"),
    ("0123456789abcdef0123456789abcdef", "a placeholder"),
    ("deadbeefdeadbeefdeadbeef", "a placeholder"),
    ("1234567890abcdef1234567890abcdef", "a placeholder"),
    ("iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs", "an image, a font or a document in base64"),
    ("AgB" + "Zx9k" * 40, "hashed or encrypted"),
    ("phc_" + "Zx9kQ2" * 7, "a public key"),
    ("appl_" + "qZxWkv" * 4 + "qZx", "a public key"),
    ("age1" + "q9zx7w" * 9 + "l2l2", "a public key"),
    ("hmac-sha256:" + "0f4c" * 16, "hashed or encrypted"),
    ("uksb-1tthgi8xq", "the id of a resource"),
    ("MIGfMA0GCSqGSIb3DQEBAQUAA4GN" + "Zx9k" * 40, "a public key"),
    ("uint32_t", "a type"),
    ("FK_368A4209A76ED395", "the name of an index"),
    ("idx_20c9fb24a76ed395", "the name of an index"),
    ("openpgp4fpr:" + "0F4C" * 10, "an address or a path"),
    ("REDACTED", "a placeholder"),
    ("not_set", "a placeholder"),
    ("os.environ.get", "a reference, not a value"),
    ("process.env.OKX_API_KEY", "a reference, not a value"),
    ("config.exchange.apiKey", "a reference, not a value"),
    ("std::env::var", "code"),
    ("A256KW", "the name of an algorithm"),
    ("PBES2-HS256+A128KW", "the name of an algorithm"),
    ("CryptographyEc.SECP256R1", "the name of an algorithm"),
    ("klucz|geslo|hemmelig", "alternatives"),
    ("self._api_key", "a reference, not a value"),
    ("https://api.acme.example/v1", "an address or a path"),
    ("/etc/ssl/private/key", "an address or a path"),
    ("./secrets/key", "an address or a path"),
    ("keys.json", "an address or a path"),
    ("someone@acme.example", "an address or a path"),
    ("api.binance.com", "an address or a path"),
    ("1.2.3", "a number, a date or a version"),
    ("v12.0.3-beta", "a number, a date or a version"),
    ("2024-06-01T12:00:00Z", "a number, a date or a version"),
    ("1,234,567.89", "a number, a date or a version"),
    ("$2b$12$abcdefghijklmnopqrstuv", "hashed or encrypted"),
    ("$argon2id$v=19$m=65536", "hashed or encrypted"),
    ("{SSHA}aGVsbG8gd29ybGQ", "hashed or encrypted"),
    ("ENC[AES256_GCM,data:x]", "hashed or encrypted"),
    ("vault:v1:abcdef", "hashed or encrypted"),
    ("md5" + "0f4c" * 8, "hashed or encrypted"),
    ("SCRAM-SHA-256$4096:c2FsdHNhbHQ=$a:b", "hashed or encrypted"),
    ("*" + "0F4C9" * 8, "hashed or encrypted"),
    ("0x0200" + "0F4C" * 34, "hashed or encrypted"),
    ("S:" + "0F4C9A" * 10 + ";", "hashed or encrypted"),
    ("0f4c" * 16 + "$1$" + "4c0f" * 16, "hashed or encrypted"),
    ("encrypted:" + "0f4c" * 16, "hashed or encrypted"),
    ("bot:" + "0f4c" * 8 + "$" + "9a1b" * 16, "hashed or encrypted"),
    ("$A$005$abcdefgh", "hashed or encrypted"),
    (b'{"crypto": {"cipher": "aes-128-ctr"}'.hex(), "hashed or encrypted"),
    ("arn:aws:kms:eu-west-1:1:key/a", "an address or a path"),
    ("static/js/0f1e2d3c4b5a69788796", "an address or a path"),
    ("subnet-0f1e2d3c4b5a69788", "the id of a resource"),
    ("sg-0f1e2d3c", "the id of a resource"),
]


def test_a_pinned_key_is_a_digest() -> None:
    """Apps name the certificates that they trust by digests (RFC 7469)."""
    pin = fill("sha256/{base64:44}", random.Random(1))[0].encode()
    assert of_value(pin) == "hashed or encrypted"


@pytest.mark.parametrize(("value", "reason"), VALUES)
def test_values_that_are_none(value: str, reason: str) -> None:
    assert of_value(value.encode()) == reason
    assert of_itself(value.encode()) == reason


@pytest.mark.parametrize("form", ["xpub{base58:107}", "Ltub{base58:107}", "ed25519:{base58:44}"])
def test_public_keys_of_wallets(form: str) -> None:
    """Extended public keys and those of NEAR say so at their beginning; another length is something else."""
    drawn = fill(form, random.Random(7))[0].encode()
    assert of_itself(drawn) == "a public key"
    assert of_itself(drawn + drawn[-20:]) is None
    assert of_itself(drawn.replace(b"ub", b"wb", 1).replace(b"ed", b"fe", 1)) is None


KINDS = ["hex:32", "hex:64", "HEX:32", "alnum:18", "alnum:36", "alnum:64", "base64:88", "uuid"]
KINDS += ["base64url:43", "base58:44", "alnum_lower:24", "htx:key", "github:ghp", "aws:secret"]


@pytest.mark.parametrize("kind", KINDS)
def test_random_values_may_be(kind: str) -> None:
    rng = random.Random(kind)
    values = [fill(f"{{{kind}}}", rng)[0].encode() for _ in range(300)]
    assert (
        sum(of_itself(value) is None for value in values) >= 294
    )  # one in a hundred reads as words


@pytest.mark.parametrize(
    "value",
    "getAccountBalance api_key_from_settings ExchangeRateService my-cool-service user_password_hash "
    "authentication_required TradingStrategyRunner".split(),
)
def test_identifiers_read_as_words(value: str) -> None:
    assert is_name_like(value.encode())
    assert of_itself(value.encode()) is not None


FINGERPRINTS = [
    ("SHA256:{base64:43}", True),
    ("SHA512:{base64:86}", True),
    ("MD5:" + ":".join(["{hex:2}"] * 16), True),
    ("Iv1.{hex:16}", True),
    ("Iv23li{alnum:14}", True),
    ("SHA256:{base64:30}", False),
    ("Iv2{alnum:17}", False),
    ("Iv23li{alnum:20}", False),
]


@pytest.mark.parametrize(("written", "is_public"), FINGERPRINTS)
def test_fingerprints_and_ids_of_applications_are_public(written: str, is_public: bool) -> None:
    """What ssh-keygen shows of a host's key, and GitHub of an application; another length may be a secret."""
    value = fill(written, random.Random(3))[0].encode()
    assert (of_value(value) is not None) == is_public
