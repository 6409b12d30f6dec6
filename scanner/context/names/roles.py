"""Names of secrets: which role a name gives its value.

A name is split into lower-case words (``apiSecret``, ``API_SECRET`` and ``api-secret`` are ``api secret``);
long words are also looked for in the words run together (``apisecret``), short ones only whole.
"""

from scanner.context.names.languages import is_derived, kind_in_name
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

_WORDS = lazy_compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+")

# What is public or derived by its name. The last word counts most: "token_address" is an address.
PUBLIC_LAST = frozenset(
    (
        *("hash", "sha", "sha1", "sha256", "sha512", "md5", "digest", "checksum", "commit", "rev"),
        *("revision", "tx", "txid", "txhash", "transaction", "address", "addr", "contract"),
        *("signature", "sign", "sig", "nonce", "etag", "integrity", "uuid", "guid", "public"),
        *("pub", "pubkey", "xpub", "topic", "block", "root", "bytecode", "abi", "name", "path"),
        *("url", "uri", "file", "filename", "folder", "dir", "label", "placeholder", "description"),
        *("title", "version", "symbol", "slug", "type", "format", "length", "size", "count"),
        *("index", "hint", "prefix", "suffix", "expires", "expiry", "timestamp", "time", "date"),
        *("ttl", "limit", "timeout", "endpoint", "host", "port", "env", "var", "variable", "field"),
        *("header", "param", "params", "class", "method", "selector", "regex", "pattern", "error"),
        *("message", "status", "enabled", "required", "email", "user", "username", "mint", "pool"),
        *("account", "owner", "recipient", "receiver", "provider", "sender", "wallet", "chain"),
        *("network", "asset", "ref", "sum", "crc", "seq", "trace", "span", "cid", "hashes", "ids"),
        *("cursor", "device", "fingerprint", "accessor"),
        *("keys", "merkle", "salt", "iv", "wif_address", "exp", "algorithm", "alg"),
        *("help", "policy", "rules", "strength", "reset", "forgot", "forgotten", "expired"),
        *(
            "added",
            "changed",
            "updated",
            "removed",
            "deleted",
            "requested",
            "confirmed",
            "verified",
        ),
        *("mismatch", "incorrect", "requirements", "tooltip", "denom", "metadata", "decimals"),
        *("claim", "claims", "subentry"),
        *("table", "sbox", "lut", "program", "total", "supply", "amount"),
    )
)
PUBLIC_ANY = frozenset(
    (
        *("sha1", "sha256", "sha512", "md5", "checksum", "commit", "txid", "txhash", "integrity"),
        *("pubkey", "publickey", "xpub", "bytecode", "signature", "etag", "merkle", "blockhash"),
        *("genesis", "codehash", "orderid", "order", "clord", "tradeid", "requestid", "traceid"),
        *("sitekey", "publishable", "recaptcha", "algolia", "docsearch", "authenticity", "csrf"),
        *("xsrf", "csrftoken", "xsrftoken", "keccak", "keccak256"),
        *("csrfmiddlewaretoken", "continuationtoken", "hashed", "idempotency"),
    )
)
_PAGES = ("next", "page", "continuation", "pagination", "resume", "scroll", "cursor", "sync")
"""Words before ``token`` that say it only tells where a list goes on."""
_PUBLIC_BY_VENDOR = frozenset(("recaptcha", "algolia", "docsearch"))
"""Services that hand out public keys, and secret ones whose names say so."""
_OPEN_TOKENS = (("request", "verification"), ("facebook", "client"), ("fb", "client"))
"""What a page shows before ``token``: a form's, and what apps of Facebook have inside
(https://developers.facebook.com/docs/facebook-login/guides/access-tokens#clienttokens)."""
_OF_PUSH = ("application", "server", "key")
"""What a browser is shown by a server that pushes: https://www.w3.org/TR/push-api/"""
_ASKS = frozenset(("is", "has", "should"))
"""First words of what answers yes or no."""
_UNTRUE = frozenset(("incorrect", "wrong"))
"""Words before a secret that say it is none: a test tries ``wrongPassword``."""
_PRIVATE_PARTS = frozenset(("secret", "sec", "admin", "private", "write"))
_ID_OK = ("accessid", "keyid", "apiid", "appid", "clientid", "accesskeyid")

_LONG = (  # (run-together words, kind), first match wins
    (("mnemonic", "seedphrase", "recoveryphrase", "secretphrase", "backupphrase"), "mnemonic"),
    (
        (
            "privatekey",
            "privkey",
            "prikey",
            "secretkeybase58",
            "signingkey",
            "signkey",
            "walletkey",
        ),
        "private_key",
    ),
    (("passphrase",), "passphrase"),
    (("connectionstring", "connstr", "databaseurl", "dburl", "dsn"), "connection_string"),
    (("secret",), "api_secret"),
    (("passw", "passcode", "passord", "paswd", "pasword"), "password"),
    (("apitoken", "accesstoken", "token", "bearer", "jwt"), "token"),
    (
        (
            "apikey",
            "accesskey",
            "apiid",
            "accessid",
            "appkey",
            "consumerkey",
            "authkey",
            "clientkey",
        ),
        "api_key",
    ),
    (("credential", "authorization"), "token"),
    (("webhook",), "webhook"),
)
_NO_SECRETS = lazy_compile(r"secret(?:santas?|ar(?:y|ies|iats?)|ions?)")
"""Words that only begin as a secret does: a game of gifts, offices, glands."""
_SHORT = {
    "pwd": "password",
    "pass": "password",
    "pw": "password",
    "psw": "password",
    "pword": "password",
    "pin": "password",
    "sk": "api_secret",
    "key": "api_key",
    "ak": "api_key",
    "auth": "token",
    "seed": "mnemonic",
    "pk": "private_key",
    "memo": "passphrase",
    "phrase": "passphrase",
}
_LAST = {
    "sec": "api_secret",
    "secr": "api_secret",
    "priv": "api_secret",
    "prv": "api_secret",
    "private": "private_key",
    "pat": "token",
}
"""Words that tell at the end of a name only: ``BITBANK_PRIVATE``, not ``private_subnet``; ``DEPLOY_PAT``."""
_NOT_KEYS = frozenset(
    (
        *("primary", "foreign", "cache", "sort", "partition", "map", "dict", "index", "composite"),
        *("unique", "i18n", "translation", "shift", "arrow", "hot", "short", "range", "row"),
        *("column", "object", "item", "group", "host", "known", "public", "storage", "routing"),
        *("lookup", "natural", "state", "query", "dedup", "deduplication", "dedupe"),
        *("idempotency", "keyboard", "site", "listen", "measurement"),
        *("instrumentation", "telemetry", "websocket", "socket"),
        *("kms", "cmk", "instance", "request", "correlation", "strategy", "topic", "seq"),
        *("sequence", "tx", "txn", "shard", "job", "task", "entity", "record"),
        *("lock", "batch", "queue", "run", "trace", "feature", "meta", "review", "idea", "section"),
        *("cps", "original"),
    )
)
"""Words before ``key`` that say it finds something, or what it belongs to: no service hands such a key out."""
_NOT_KEY_IDS = frozenset(
    (
        *("ssh", "gpg", "pgp", "encryption", "vault", "hsm", "disk", "volume", "data", "signing"),
        *("session", "master"),
    )
)
"""The same before ``key id``: the key itself may be a secret."""
_ELSEWHERE = frozenset(
    (
        *(
            "jwt",
            "session",
            "sessions",
            "cookie",
            "cookies",
            "csrf",
            "webhook",
            "hook",
            "encryption",
        ),
        *("encrypt", "aes", "ssh", "ssl", "tls", "cert", "captcha", "smtp", "mail", "email", "sms"),
        *("push", "db", "database", "storage", "proxy", "device", "project", "license", "licence"),
        *("customer", "subscription", "node", "tenant", "workspace", "vendor", "product", "repo"),
        *("deploy", "build", "release", "analytics", "maps", "search", "logging", "metrics"),
        *("monitoring", "django", "flask", "rails", "laravel", "nextauth", "telemetry", "insights"),
        *("mysql", "mariadb", "postgres", "postgresql", "pg", "pgsql", "mssql", "sqlserver", "sql"),
        *(
            "mongo",
            "mongodb",
            "redis",
            "rabbitmq",
            "rabbit",
            "amqp",
            "mqtt",
            "emqx",
            "kafka",
            "nats",
        ),
        *("influx", "influxdb", "clickhouse", "timescale", "elastic", "elasticsearch", "minio"),
        *("celery", "datasource", "hikari", "grafana", "prometheus", "jenkins", "portainer"),
        *("watchtower", "keycloak", "vpn", "vnc", "vps", "rdp", "ftp", "sftp", "router", "wifi"),
        *("fernet", "keystore", "truststore", "lic"),
    )
)
"""Words that say what a secret is for, which no exchange hands out: a site's sessions, a database, a store of maps."""


@remembered(4096)
def words(name: str) -> tuple[str, ...]:
    """Return the lower-case words of an identifier.

    >>> words("binanceApiKey"), words("OK-ACCESS-KEY")
    (('binance', 'api', 'key'), ('ok', 'access', 'key'))
    """
    return tuple(word.lower() for word in _WORDS.findall(name))


@remembered(4096)
def kind_of(name: str) -> str | None:
    """Return the kind of secret that a name promises, None for a name that promises none.

    >>> kind_of("BINANCE_API_SECRET"), kind_of("monkey"), kind_of("token_address"), kind_of("hasło_bazy")
    ('api_secret', None, None, 'password')
    """
    parts = words(name)
    if not parts or is_public(name):
        return None
    if parts[-1].startswith(("tokeniz", "tokenis", "tokenom", "here")):
        return None
    joined = _NO_SECRETS.sub("", "".join(parts))
    for needles, kind in _LONG:
        if any(needle in joined for needle in needles):
            return kind
    foreign = kind_in_name(name)
    if foreign is not None:
        return foreign
    if is_of_other(name):
        return None
    for part in reversed(parts):
        if part in _SHORT:
            return _SHORT[part]
    return _LAST.get(parts[-1])


@remembered(4096)
def is_of_other(name: str) -> bool:
    """Tell whether the words of a key's name say that it is no key to a service, whatever stands around it.

    >>> is_of_other("KMS_KEY_ID"), is_of_other("partitionKey"), is_of_other("OKX_KEY")
    (True, True, False)
    """
    parts = words(name)
    is_id = parts[-1:] == ("id",)
    parts = parts[:-1] if is_id else parts
    if parts[-1:] not in (("key",), ("keys",)):
        return False
    joined = "".join(parts)
    if any(needle in joined for needles, _ in _LONG for needle in needles):
        return False
    foreign = _NOT_KEYS | _NOT_KEY_IDS if is_id else _NOT_KEYS
    return not foreign.isdisjoint(parts[:-1])


@remembered(4096)
def is_elsewhere(name: str) -> bool:
    """Tell whether a name says that its secret, if it is one, is for something else than trading.

    A token is what an exchange may hand out for a session, too: ``jwt``, ``session_token``.

    >>> is_elsewhere("JWT_SECRET"), is_elsewhere("TRADER_SECRET")
    (True, False)
    """
    parts = words(name)
    if parts[-3:] == ("secret", "key", "base"):
        return True
    return parts[-1:] != ("token",) and not _ELSEWHERE.isdisjoint(parts[:-1])


@remembered(4096)
def is_public(name: str) -> bool:
    """Tell whether a name says that its value is public or derived (a hash, an address, an id).

    >>> is_public("tx_hash"), is_public("KC-API-SIGN"), is_public("api_key_id")
    (True, True, False)
    >>> is_public("ALGOLIA_SEARCH_KEY"), is_public("ALGOLIA_SECRET")
    (True, False)
    """
    parts = words(name)
    if not parts:
        return False
    joined = "".join(parts)
    last = parts[-1]
    if name.lower().endswith("/sec"):  # how much a second: ``MB/sec``
        return True
    # A flag, or what is asked: ``isToken("erc20")``; the Polish ``hasło`` begins so, too, cut at its letter.
    if len(parts) > 1 and parts[0] in _ASKS and name[:1].islower() and name.isascii():
        return True
    if joined.startswith("encryptedkey"):  # ``encryptedkey:`` of Pulumi is sealed with another
        return True
    if is_derived(name) or not _UNTRUE.isdisjoint(parts[:-1]):  # a message, or what must fail
        return True
    if last == "id" or joined.endswith("id"):
        return not joined.endswith(_ID_OK) and (last == "id" or last in PUBLIC_LAST)
    if last.isdigit() and len(parts) > 1:
        last = parts[-2]
    if parts[-3:] == _OF_PUSH:
        return True
    if last == "token" and (_is_page(name, parts) or parts[-3:-1] in _OPEN_TOKENS):
        return True
    told = PUBLIC_ANY.intersection(parts)
    if told <= _PUBLIC_BY_VENDOR and not _PRIVATE_PARTS.isdisjoint(parts):
        told = frozenset()
    return last in PUBLIC_LAST or bool(told) or "publickey" in joined


def _is_page(name: str, parts: tuple[str, ...]) -> bool:
    """Tell whether a token says where a list goes on; ``PAGE_TOKEN`` in capitals is a page's on Facebook."""
    is_cursor = parts[-3:-1] in (("next", "page"), ("prev", "page"), ("previous", "page"))
    return is_cursor or (parts[-2:-1] != () and parts[-2] in _PAGES and not name.isupper())


_TELLS_LITERAL = (
    (("salt", "pepper"), "salt"),
    (("sessionid", "sessid"), "token"),
    (("authcode", "verifier", "authorizationcode", "devicecode", "ticket"), "token"),
)
_NO_LITERAL = (
    "keyid",
    "clientid",
    "appid",
    "resourcekey",
    "primarykey",
    "foreignkey",
    "postmantoken",
    "test",
    "tests",
)
_MOMENTS = frozenset(("at", "on", "date", "time", "timestamp", "expires", "expiry", "age", "ttl"))
"""Last words of names that say when something was done to a secret."""
_NO_SECRET_END = ("expiration", "onepassword", "assignkey")
"""Ends of run-together names of no secret: a date, the product of 1Password, what assigns to a key."""
_CARRIES = ("data", "bytes", "raw", "plain", "text", "buf", "buffer", "literal")
_CHOSEN_END = ("pass", "pwd", "password", "passwd", "pw", "passphrase", "passcode", "pswd", "psw")


@remembered(4096)
def literal_kind(name: str) -> str | None:
    """Return the kind of secret that a literal beside a name would be; None for none.

    Knows short and run-together names that say nothing of a bare value but do of a literal.

    >>> literal_kind("userpass"), literal_kind("compass"), literal_kind("session_salt")
    ('password', None, 'salt')
    """
    parts = words(name.rstrip("0123456789"))
    if not parts:
        return None
    if parts[-1] in _MOMENTS or parts[-2:] == ("last", "set"):
        return None
    joined = "".join(parts)
    if joined.endswith(_NO_SECRET_END):
        return None
    for needles, told in _TELLS_LITERAL:
        if joined.endswith(needles):
            return told
    if joined.endswith(_NO_LITERAL) or "pub" in parts or "public" in parts:
        return None
    kind = kind_of(name)
    if kind is not None or is_public(name):
        return kind
    last = parts[-1]
    if last in _CARRIES and len(parts) > 1:
        return literal_kind("_".join(parts[:-1]))
    if last.endswith(_CHOSEN_END) and last not in _NOT_PASSWORDS:
        return "password"
    if (
        last.endswith(("key", "auth"))
        and last not in ("key", "auth")
        and last not in _NOT_KEY_WORDS
    ):
        return "api_key" if last.endswith("key") else "token"
    return None


_NOT_PASSWORDS = frozenset(
    (
        *("compass", "bypass", "surpass", "trespass", "overpass", "underpass", "encompass"),
        *("multipass", "onepass", "singlepass"),
    )
)
_NOT_KEY_WORDS = frozenset(
    (
        *("monkey", "turkey", "hockey", "hotkey", "jockey", "whiskey", "donkey", "lackey"),
        *("passkey", "hostkey", "sortkey", "oauth"),
    )
)
