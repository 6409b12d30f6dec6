"""Behaviour of scanner.context.names.roles: what a name promises."""

import pytest

from scanner.context.names.roles import is_elsewhere, is_of_other, is_public, kind_of, words

WORDS = [
    ("apiSecret", "api secret"),
    ("API_SECRET", "api secret"),
    ("api-secret", "api secret"),
    ("OK-ACCESS-KEY", "ok access key"),
    ("binanceAPIKey", "binance api key"),
    ("key2", "key 2"),
    ("exchange.apiKey", "exchange api key"),
    ("密钥", "密钥"),
    ("", ""),
    ("___", ""),
]


@pytest.mark.parametrize(("name", "expected"), WORDS)
def test_words(name: str, expected: str) -> None:
    assert words(name) == tuple(expected.split())


KINDS = [
    ("api_key", "api_key"),
    ("apikey", "api_key"),
    ("API-KEY", "api_key"),
    ("apiKey", "api_key"),
    ("ACCESS_ID", "api_key"),
    ("key", "api_key"),
    ("ak", "api_key"),
    ("X-MBX-APIKEY", "api_key"),
    ("api_secret", "api_secret"),
    ("apisecret", "api_secret"),
    ("secretKey", "api_secret"),
    ("sk", "api_secret"),
    ("SECRET", "api_secret"),
    ("client_secret", "api_secret"),
    ("private_key", "private_key"),
    ("PRIVKEY", "private_key"),
    ("pk", "private_key"),
    ("BITBANK_PRIVATE", "private_key"),
    ("BITSO_SEC", "api_secret"),
    ("private_subnet", None),
    ("InstrumentationKey", None),
    ("passphrase", "passphrase"),
    ("OK-ACCESS-PASSPHRASE", "passphrase"),
    ("memo", "passphrase"),
    ("password", "password"),
    ("db_passwd", "password"),
    ("pwd", "password"),
    ("token", "token"),
    ("DEPLOY_PAT", "token"),
    ("pat", "token"),
    ("pattern", None),
    ("pat_length", None),
    ("tokenizer", None),
    ("phrase", "passphrase"),
    ("access_token", "token"),
    ("mnemonic", "mnemonic"),
    ("seed_phrase", "mnemonic"),
    ("seed", "mnemonic"),
    ("webhook_url", None),
    ("webhook", "webhook"),
    ("dsn", "connection_string"),
    # names that only look the part
    ("monkey", None),
    ("secretSantaGroup", None),
    ("secretary", None),
    ("secretSantaToken", "token"),
    ("keyboard", None),
    ("compass", None),
    ("spinner", None),
    ("primary_key", None),
    ("foreignKey", None),
    ("cache_key", None),
    ("Sec-WebSocket-Key", None),
    ("name", None),
    ("value", None),
    ("token_address", None),
    ("secret_name", None),
    ("public_key", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_of_a_name(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


PUBLIC = [
    "wrongPassword my_wrong_token incorrect_password incorrect-username-password",
    "tx_hash sha256 commit digest etag integrity checksum wallet_address token_address address",
    "contract publicKey pubkey public_key xpub KC-API-SIGN signature user_id orderId request_id",
    "nonce url path file secret_path password_hash uuid host merkle_root key_id2hash sitekey",
    "next_page_token nextToken pageToken continuationToken resume_token nextSyncToken csrfmiddlewaretoken",
    "KECCAK_KEY __RequestVerificationToken authenticity_token _csrf hashed_secret hashedPassword",
    "NEXT_PAGE_TOKEN tokenTotal token_supply",
    "password_reset passwordStrength password-policy secret.help token_expired password_rules",
]
PRIVATE = [
    "api_key secret token password passphrase private_key mnemonic key access_id api_key_id",
    "client_id app_id accessKeyId value x PAGE_TOKEN verification_token auth_token",
    "password_reset_token reset_password policy_secret wrongly_kept_secret right_password",
]


@pytest.mark.parametrize("name", " ".join(PUBLIC).split())
def test_public_names(name: str) -> None:
    assert is_public(name)
    assert kind_of(name) is None


@pytest.mark.parametrize("name", " ".join(PRIVATE).split())
def test_names_that_are_not_public(name: str) -> None:
    assert not is_public(name)


OTHERS = "KMS_KEY_ID kms_key ssh_key_id ENCRYPTION_KEY_ID instanceKey idempotencyKey partition_key cacheKey routingKey"
OTHERS += " request_key seqKey WS_TOPIC_KEY strategy_key TX_KEY TelemetryKey"


@pytest.mark.parametrize("name", OTHERS.split())
def test_keys_of_something_else(name: str) -> None:
    """A key of a cache, a queue or a cloud's key store: its words say so, and it promises no secret."""
    assert is_of_other(name)
    assert kind_of(name) is None


@pytest.mark.parametrize(
    "name",
    "OKX_KEY api_key access_key_id KEY_ID ENCRYPTION_KEY SSH_KEY cache_api_key job_secret_key key instance id".split(),
)
def test_keys_that_may_be_a_service_s(name: str) -> None:
    """A plain key, one whose words tell an API, and one that itself is kept secret."""
    assert not is_of_other(name)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        *((name, True) for name in ("JWT_SECRET", "session_key", "webhookSecret", "DB_PASSWORD")),
        *(
            (name, False)
            for name in ("API_SECRET", "TRADER_KEY", "signing_key", "jwt", "jwt_token", "")
        ),
    ],
)
def test_names_of_what_is_no_exchange_s(name: str, told: bool) -> None:
    """A word for a site's sessions, its database or the like says that no exchange handed the secret out."""
    assert is_elsewhere(name) is told
