"""Behaviour of scanner.context.around.handles: what only points at something is no secret."""

import random

import pytest

from scanner.context.around.handles import is_sealed, why_handle
from scanner.placeholders import fill

ACCOUNT = "the key of an account that all may see"
STORE = "the key of a cache or a lock"
LISTEN = "a listen key, which ends within the hour"
PART = "the id of a part of a page"
ADDRESS = "the address of a secret"
BADGE = "the token of a badge"
PAGE = "where a list goes on"
FORM = "the token of a form or a page"
SIGNED = "the signature of an address, which ends"
FILTER = "part of a filter of a directory"
MADE = "a public key, which is made of it"
NAMED = "the name of a secret"
NUMBER = "the number of a request"
DIGEST = "a field of a digest"
ROWS = [
    # name, text before, value, text after, reason
    ("POOL_KEY", 'POOL_KEY = "', "0x{hex:64}", '"', ACCOUNT),
    ("oracleKey", 'oracleKey: "', "{base58:44}", '"', ACCOUNT),
    ("let mint_key", 'let mint_key = "', "{base58:43}", '"', ACCOUNT),
    ("asset_key", 'asset_key = "', "{hex:32}", '"', ACCOUNT),
    ("TRADE_KEY", 'TRADE_KEY = "', "{hex:40}", '"', ACCOUNT),
    ("trade_key", 'trade_key = "', "{uuid}", '"', ACCOUNT),
    ("trade_key", 'trade_key = "', "{uuid}", '"\ntrade_secret = "x"', None),
    ("quotePoolKey", 'quotePoolKey = "', "{base58:44}", '"', ACCOUNT),
    ("vaultKey", 'vaultKey = "', "{base58:44}", '"', ACCOUNT),
    ("PAIR_KEY", 'PAIR_KEY = "0x', "{hex:64}", '"', ACCOUNT),
    ("PAIR_KEY", 'PAIR_KEY = "', "{hex:64}", '"', None),
    ("VAULT_KEY", 'VAULT_KEY = "', "{hex:64}", '"', None),
    ("TRADE_KEY", 'TRADE_KEY = "', "{hex:32}", '"\nTRADE_SECRET = "x"', None),
    ("GATE_TRADE_KEY", 'GATE_TRADE_KEY = "', "{hex:32}", '"', None),
    ("POOL_KEY", 'POOL_KEY = "', "{alnum:40}", '"', None),
    ("api_key", 'api_key = "', "{hex:32}", '"', None),
    ("const key", 'const key = "', "{base58:44}", '"; // USDC mint', "the address of a token"),
    ("const key", 'const key = "', "{base58:44}", '"; // of the bot', None),
    ("TOKEN", "const TOKEN = new PublicKey('", "{base58:44}", "');", MADE),
    ("TOKEN", 'let token = Pubkey::from_str("', "{base58:44}", '")', MADE),
    ("TOKEN", "const TOKEN = PublicKey.fromPrivate('", "{base58:44}", "');", None),
    ("TOKEN", "const TOKEN = new Client('", "{base58:44}", "');", None),
    ("broker-key", '"okx": {"broker-key": "', "{uuid}", '"}', "the code of a broker"),
    ("broker_key", 'broker_key = "', "{uuid}", '"\nbroker_secret = "x"', None),
    ("authentication_key", '"authentication_key":"0x', "{hex:64}", '"', "a public key"),
    ("authentication_key", 'authentication_key = "', "{alnum:40}", '"', None),
    ("data-key", '<input name="api_key" data-key="', "{uuid}", '">', PART),
    ("data-key", '<div data-key="', "{hex:32}", '">', PART),
    ("data-api-key", '<div data-api-key="', "{hex:32}", '">', None),
    ("data-key", '<div data-key="', "{alnum:32}", '">', None),
    ("id", '<p id="api-secret-', "{uuid}", '">', PART),
    ("data-api-key", '<div data-api-key="', "{uuid}", '">', None),
    ("data-key", '<div data-key="', "{alnum:36}", '">', None),
    ("key", "key=", "BTC-USDT:LONG:{hex:32}", " size=1", STORE),
    ("key", "lock key=", "lock:gate:{uuid}", "", STORE),
    ("key", "key=", "lock:{uuid}", "", STORE),
    ("s3_key", 's3_key = "', "uploads/{uuid}/{hex:32}", '"', STORE),
    ("key", "key=", "xqzk:{alnum:20}:{alnum:20}", "", None),
    ("key", "key=", "bot:{alnum:30}", "", None),
    ("", "2024-01-01 API-Sign: ", "{base64:88}", "", "a signature"),
    ("", "X-BAPI-SIGN=", "{hex:64}", " ", "a signature"),
    ("", '"wss://stream.binance.com:9443/ws/', "{alnum:64}", '"', LISTEN),
    ("listenKey", '"listenKey": "', "{alnum:64}", '"', LISTEN),
    ("token", "https://ci.acme.dev/branch/main/graph/badge.svg?token=", "{alnum:10}", ")", BADGE),
    ("token", "https://ci.acme.dev/report?token=", "{alnum:10}", ")", None),
    ("t.key", 't.key="', "{hex:20}", '"', "a digest of a piece of a page"),
    ("t.key", 't.key="', "{hex:32}", '"', None),
    ("api.key", 'api.key="', "{hex:20}", '"', None),
    ("listen_key", 'listen_key = "', "{alnum:64}", '"', LISTEN),
    ("", '"wss://mainnet.infura.io/ws/v3/', "{hex:32}", '"', None),
    ("_token", '<input type="hidden" name="_token" value="', "{alnum:40}", '">', FORM),
    ("_token", '<input name="form[_token]" value="', "{alnum:40}", '">', FORM),
    ("Authorization", 'Authorization: Digest username="', "rajesh{digits:3}", '"', DIGEST),
    ("Authorization", 'Authorization: Digest username="bob", nonce="', "{hex:32}", '"', DIGEST),
    ("Authorization", 'Authorization: Token token="', "{hex:32}", '"', None),
    ("ClientRequestToken", '"ClientRequestToken": "', "{uuid}", '"', NUMBER),
    ("clientToken", "clientToken: '", "{uuid}", "'", NUMBER),
    ("clientToken", "clientToken: '", "{alnum:36}", "'", None),
    ("DkimTokens", '"DkimTokens": ["', "{alnum_lower:32}", '"]', "a record of a domain"),
    ("S3Key", '"S3Key": "', "my-app/22a0-stage-{digits:8}.war", '"', "the path of a file"),
    ("sk", "(https://medium.com/@a/b?source=friends_link&sk=", "{hex:32}", ")", FORM),
    ("formkey", "https://docs.google.com/viewform?formkey=", "{alnum:34}", "&x=1", FORM),
    ("sk", "?source=link&sk=", "{hex:32}", "", None),
    ("_token", 'curl -d "_token=', "{alnum:40}", '&a=b"', FORM),
    ("token", """<script data-cf-beacon='{"token": \"""", "{hex:32}", "\"}'>", FORM),
    ("self._token", 'self._token = "', "{alnum:40}", '"', None),
    ("secret", '"arn:aws:secretsmanager:eu-west-1:1:secret:', "prod/db-{alnum:6}", '"', ADDRESS),
    ("key", "https://acme.vault.azure.net/keys/cmk/", "{hex:32}", ")", ADDRESS),
    ("postman-token", "'postman-token': \"", "{uuid}", '"', "the number of a request"),
    ("Postman-Token", "Postman-Token: ", "{uuid}", "", "the number of a request"),
    ("POSTMAN_TOKEN", "POSTMAN_TOKEN=", "{alnum:36}", "", None),
    ("SHEET_KEY", 'SHEET_KEY = "', "1{base64url:43}", '"', "the id of a document"),
    ("JSESSIONID", '-> "Set-Cookie: JSESSIONID=', "{HEX:32}", '; path=/"', "the id of a session"),
    ("JSESSIONID", "Cookie: JSESSIONID=", "{HEX:32}", "", None),
    ("acme_session", '-> "Set-Cookie: acme_session=', "{HEX:32}", '; path=/"', None),
    ("previous_token", '{"next_token":"x","previous_token":"', "{HEX:24}", '"}', PAGE),
    ("previous_token", '{"token":"x","previous_token":"', "{HEX:24}", '"}', None),
    ("hashed_token", '"hashed_token":"', "{hex:64}", '"', "a digest of a token"),
    ("card_token", 'card_token: "', "{alnum:24}", '"', "a reference to a payment"),
    (
        "gateway_key",
        "where('gateway_key', '",
        "{hex:32}",
        "')",
        "what a row of a record is found by",
    ),
    ("token", "http://cdn.acme.dev/a?e=1576142006&token=", "{alnum:40}:{alnum:27}=", '"', SIGNED),
    ("token", "http://cdn.acme.dev/a?e=1576142006&amp;token=", "{alnum:40}", '"', SIGNED),
    ("token", "http://cdn.acme.dev/a?e=5&token=", "{alnum:40}", '"', None),
    ("password", "(&(sn=admin)(password=", "MY{alnum:6}", "))", FILTER),
    ("password", "(| (uid=a)(password=", "MY{alnum:6}", ")", FILTER),
    ("password", "log in (password=", "{alnum:10}", ")", None),
    ("secret", "aws secretsmanager get-secret-value --secret-id ", "Db-{alnum:12}", "", NAMED),
    ("secret_id", "vault login --secret-id ", "{uuid}", "", None),
    ("credentialsJSON", '"credentialsJSON:', "{uuid}", '"', "points at what the server keeps"),
    ("credentialsJSON", '"credentialsJSON:', "{alnum:40}", '"', None),
    ("SECRET", "A=\nB=\nC=\nSECRET=\n", "encrypted_{hex:12}_key=", "\n", "one of a list of names"),
    ("Sec-WebSocket-Key", "Sec-WebSocket-Key: ", "{base64:24}", "", "a nonce"),
]


@pytest.mark.parametrize(("name", "before", "value", "after", "reason"), ROWS)
def test_why_handle(name: str, before: str, value: str, after: str, reason: str | None) -> None:
    """The name and the text just before a value tell what it points at; anything else may be a secret."""
    drawn = fill(value, random.Random(5))[0]
    data = (before + drawn + after).encode()
    assert why_handle(data, len(before), len(before) + len(drawn), name) == reason


SEALED = [
    ("kind: SealedSecret\nspec:\n  encryptedData:\n    password: ", True),
    ("spec:\n  encryptedData:\n    a: x\n    b: ", True),
    ('{\n "encryptedData": {}}\n', False),
    ("spec:\n  encryptedData:\n    a: x\n  template:\n    password: ", False),
    ("# encryptedData\npassword: ", False),
]


@pytest.mark.parametrize(("before", "sealed"), SEALED)
def test_members_of_encrypted_data_are_sealed(before: str, sealed: bool) -> None:
    """What is indented below ``encryptedData`` is sealed; what comes after that block is not."""
    assert is_sealed((before + "V").encode(), len(before)) is sealed
