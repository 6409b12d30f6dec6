"""Values that look like keys and only point at something, or that something else was made into.

A pool, a market or a lock has a key that all may know; a form and a page of results have tokens that open
nothing; what a cluster or a vault has sealed is of use to it alone. The name and the text just before a value tell.
"""

import re

from scanner.checksums.services import is_public_nkey
from scanner.context.around.addressed import why_addressed
from scanner.context.around.caches import why_cached
from scanner.context.around.derived import why_derived
from scanner.context.around.digests import why_digest
from scanner.context.around.documents import why_document
from scanner.context.around.locked import why_checksum
from scanner.context.around.onchain import why_on_chain
from scanner.context.around.payments import why_payment
from scanner.context.around.rowkeys import why_row_key
from scanner.context.around.stored import why_stored
from scanner.context.layout.lists import is_listed_name
from scanner.context.names.roles import words
from scanner.context.names.things import is_file
from scanner.context.values.ids import is_pgp_key_id, is_uuid
from scanner.context.values.words import reads_as_word
from scanner.lazy import lazy_compile

_REACH = 200
_PUBLIC_NKEY = 56
"""Characters of the public key of a NATS user, account or server, which the server's settings list."""
_SEALED_REACH = 3000
"""Bytes before a value in which its line, and the block that it is sealed in, are looked for."""

_HELD = frozenset(
    ("pool", "position", "market", "trade", "asset", "cond", "condition", "oracle", "mint", "fee")
)
_ACCOUNTS = _HELD | frozenset(
    (
        *("authority", "program", "pair", "reserve", "bank", "obligation", "vault", "lp", "amm"),
        *("treasury", "stake", "validator"),
    )
)
"""What ``POOL_KEY`` and ``oracleKey`` name: an account on a chain, or a row of what is held there.

``VAULT_KEY`` in hexadecimal digits may encrypt something; in base58 it is an account.
"""
_DECLARES = ("const", "let", "var", "final", "static", "self", "this")
_BASE58 = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{43,44}")
_ACCOUNT = lazy_compile(
    rb"(?:0x)?(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})|[1-9A-HJ-NP-Za-km-z]{43,44}"
    rb"|[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
"""Addresses, ids of pools and positions, and hashes, as chains and databases write them."""
_SECRET_NEAR = lazy_compile(rb"(?i)secret|passphrase|priv")
"""The authentication key of an account of Aptos is a hash: https://aptos.dev/network/blockchain/accounts"""
_ON_PAGE = lazy_compile(
    rb"[ \t\n](?:data-(?:(?!api|secret)\w{1,20}-)?(?:key|client|order|id|ref)=[\"']|(?:id|for|class)=[\"'][\w-]{1,40}-)\Z"
)
"""Attributes of HTML that scripts find a part of a page by."""
_MINT_REMARK = lazy_compile(rb"[\"',;)]{0,4}[ \t]{1,8}(?://|#)[^\n]{0,40}\b(?:mint|address)\b")

_PARTS = lazy_compile(rb"[A-Za-z][A-Za-z0-9.\-]{1,30}(?:[:/][\w.\-]{1,80}){1,6}")
_STORE_KEYS = frozenset(
    (("key",), ("s", "3", "key"), ("lock", "key"), ("pos", "key"), ("redis", "key"))
)

_SIGNATURE_NAME = lazy_compile(
    rb"(?i)[\w\-]{1,40}-sign(?:ature)?[\"']?[ \t]{0,40}[:=][ \t]{0,40}[\"']?\Z"
)
_LISTENS = lazy_compile(
    rb"(?i)\bwss?://[\w.:\-]{4,80}/(?:ws/|[\w/\-]{0,40}\?listen_?key=)\Z"
    rb"|\blisten_?key[\"']?[ \t]{0,40}[:=][ \t]{0,40}[\"']?\Z"
)
_FORM_TOKEN = lazy_compile(
    rb"(?i)<input\b[^<>]{0,100}\bname=[\"'](?:\w{1,30}\[)?_token\]?[\"'][^<>]{0,60}\bvalue=[\"']\Z"
    rb"|[?&\"']_token=\Z|[?&]formkey=\Z|friends?_link&(?:amp;)?sk=\Z|-[0-9a-f]{10,12}\?sk=\Z|\bdata-cf-beacon=[\"'][^\n<>]{0,40}[\"']token[\"']\s?:\s?[\"']\Z"
)
"""Hidden fields of Laravel and Symfony, a form's address at Google, a story's at Medium, and what counts the visits
of a page for Cloudflare."""
_OF_DIGEST = lazy_compile(
    rb"(?i)\bdigest[ ]{1,4}(?:[a-z]{2,12}=[\"']?[^\"'\n]{0,60}[\"']?,[ ]{0,4}){0,6}"
    rb"(?:username|realm|nonce|cnonce|uri|opaque|response)=[\"']\Z"
)
"""A header of Digest authentication, whose password stands nowhere in it: RFC 7616, 3.4."""
_BADGE = lazy_compile(rb"(?i)badge[\w./\-]{0,80}\?token=\Z|\.svg\?token=\Z")
"""A badge of a page, such as Codecov's of a private repository: its token shows the badge alone."""
_SIGNED_ADDRESS = lazy_compile(rb"[?&](?:amp;)?(?:e|expires?|deadline)=[0-9]{10}&(?:amp;)?token=\Z")
"""A link to one file that ends at a time: https://developer.qiniu.com/kodo/1202/download-token"""
_FILTER = lazy_compile(rb"\([&|!][ ]?\([^\n]{0,160}\([\w\-;.]{1,40}[~<>:]?=\Z")
"""What searches a directory (RFC 4515): ``(&(uid=x)(userPassword=``."""
_PUBLIC_KEY = lazy_compile(
    rb"(?:\bPublicKey|\bPub[kK]ey|\bpubkey!|PublicKeyFromBase58)"
    rb"(?:(?:\.|::)(?:from_?(?!\w{0,8}(?i:priv|sec|seed))\w{0,16}|new\w{0,12}))?\(\s{0,4}[\"'`]\Z"
)
"""What makes a public key of a text: https://solana-foundation.github.io/solana-web3.js/classes/PublicKey.html"""
_NAMED_SECRET = lazy_compile(rb"\bsecretsmanager[ ][^\n]{0,120}--secret-id[ =]{1,2}[\"']?\Z")
"""AWS names the secret that it is asked for so; the secret id of Vault is one."""
_CAPTIONED = lazy_compile(rb"<https?://[^\s<>|]{1,180}\Z")
"""A link in a message, with what is shown in its stead: https://docs.slack.dev/messaging/formatting-message-text"""
OF_BOUNCER = lazy_compile(rb"[A-Za-z][\w.@-]{0,40}/[\w.-]{1,40}:(?=[^\s:]{4,120}\Z)")
"""A user, a network and the password behind them, in one setting: https://wiki.znc.in/Password"""
_HASH = lazy_compile(rb"(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})", re.IGNORECASE)
"""MD5, SHA-1, SHA-256 and SHA-512 in hexadecimal digits."""
_SERVERS = frozenset(("jsessionid", "phpsessid", "asp.net_sessionid", "wlsessionid"))
_ANSWERED = lazy_compile(rb"(?i)\bset-cookie: ?[^\n;=]{1,40}=\Z")
"""Cookies of sessions as Tomcat, PHP, ASP.NET and WebLogic call them unasked: they end within the hour."""
_PAGED = lazy_compile(rb"\bresult_count\b|\bnext_token\b")
_ARN = lazy_compile(rb"\barn:aws[\w\-]{0,12}:[\w\-]{1,40}:[^\s\"'<>]{0,140}\Z")
_IN_VAULT = lazy_compile(
    rb"(?i)\.vault\.(?:azure\.(?:net|cn)|usgovcloudapi\.net)/(?:secrets|keys|certificates)/[\w\-]{1,127}/\Z"
)
_OF_EJSON = lazy_compile(rb"\bEJ\[1?:?[A-Za-z0-9+/=:]{0,120}\Z")
"""A piece of what is sealed: https://github.com/Shopify/ejson#format"""
_FETCHED = lazy_compile(rb"[\"']?,?\s{1,40}[\"']?remoteRef[\"']?[ ]?:")
"""What follows the name that a value from elsewhere gets in Kubernetes:
https://external-secrets.io/latest/api/externalsecret/"""
_SEALED = lazy_compile(rb"\n([ ]*)[\"']?encryptedData[\"']?:[^\n]*\n")


def why_handle(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why ``data[start:end]``, bound to ``name``, only points at something; None if it may be a secret.

    >>> why_handle(b"lock key=lock:gate:1a2b3c4d", 9, 27, "key")
    'the key of a cache or a lock'
    """
    low = max(data.rfind(b"\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    before = data[low:start]
    if _SIGNATURE_NAME.search(before):
        return "a signature"
    if _LISTENS.search(before):
        return "a listen key, which ends within the hour"
    if _FORM_TOKEN.search(before):
        return "the token of a form or a page"
    if before[-2:-1] == b"=" and _OF_DIGEST.search(before):
        return "a field of a digest"
    if _BADGE.search(before):
        return "the token of a badge"
    if _ARN.search(before) or _IN_VAULT.search(before):
        return "the address of a secret"
    if is_listed_name(data, start, end):
        return "one of a list of names"
    if before.endswith(b"token=") and _SIGNED_ADDRESS.search(before):
        return "the signature of an address, which ends"
    if data[end : end + 1] == b")" and _FILTER.search(before):
        return "part of a filter of a directory"
    if b"--secret-id" in before and _NAMED_SECRET.search(before):
        return "the name of a secret"
    if before[-2:-1] == b"(" and _PUBLIC_KEY.search(before):
        return "a public key, which is made of it"
    if b"|" in data[start:end] and _CAPTIONED.search(before):
        return "an address and its caption"
    if name.lower().endswith("password") and OF_BOUNCER.match(data[start:end]):
        return "a user and a network, with a password behind them"
    if b"EJ[1:" in before and _OF_EJSON.search(before):
        return "hashed or encrypted"
    if name == "secretKey" and _FETCHED.match(data, end):
        return "the name of a key in a secret"
    if name == "credentialsJSON" and is_uuid(data[start:end]):
        return "points at what the server keeps"
    if end - start == _PUBLIC_NKEY and is_public_nkey(data[start:end]):
        return "a public key"
    if is_sealed(data, start):
        return "encrypted"
    return (
        _by_name(data, start, end, name)
        or why_on_chain(data, start, end, name)
        or why_derived(data, start, end, name)
        or why_addressed(data, start, end, name)
        or why_payment(data, start, end, name)
        or why_row_key(data, start, end, name)
        or why_cached(data, start, name)
        or why_digest(data, start, end)
        or why_stored(data, start, end, name)
        or why_checksum(data, start, end, name)
        or why_document(data, start, end, name)
    )


def is_sealed(data: bytes, start: int) -> bool:
    """Tell whether a value is a member of a SealedSecret's ``encryptedData``, which its cluster alone can open.

    >>> is_sealed(b"spec:\\n  encryptedData:\\n    a: xyz", 31), is_sealed(b"a:\\n encryptedData:\\n b: xyz", 23)
    (True, False)
    """
    low = max(0, start - _SEALED_REACH)
    if data.rfind(b"encryptedData", low, start) < 0:
        return False
    opened = list(_SEALED.finditer(data, low, start))
    if not opened:
        return False
    indent = len(opened[-1][1])
    inside = data[opened[-1].end() : start + 1].split(b"\n")
    return all(len(line) - len(line.lstrip(b" ")) > indent for line in inside if line.strip())


_OF_REQUESTS = tuple(
    (word, "token") for word in ("client", "request", "action", "change", "idempotency")
)
"""What a caller numbers its requests by, that none is carried out twice, as Amazon's services call it: ``clientToken``."""
_OBJECT = lazy_compile(rb"[\w.\-]{1,60}(?:/[\w.\-]{1,80}){1,8}\.[a-z]{2,5}")
"""The path of a file in a bucket."""


def _by_name(data: bytes, start: int, end: int, name: str) -> str | None:
    value = data[start:end]
    if name.lower() in _SERVERS and _ANSWERED.search(data, max(0, start - 60), start):
        return "the id of a session"
    if is_file(name) and _HASH.fullmatch(value):
        return "a digest of a file"
    if is_pgp_key_id(name, value):
        return "the id of a public key"
    parts = tuple(part for part in words(name)[-3:] if part not in _DECLARES)
    if parts[-2:] == ("session", "token") and is_uuid(value):
        return "the id of a session"
    if parts[-2:] in _OF_REQUESTS and is_uuid(value):
        return "the number of a request"
    if parts[-2:-1] == ("dkim",) and parts[-1] in ("token", "tokens"):
        return "a record of a domain"
    is_id = is_uuid(value) if end - start == 36 else _HASH.fullmatch(value) is not None
    if is_id and _ON_PAGE.search(data[max(0, start - 60) : start]):
        return "the id of a part of a page"
    if parts[-2:] == ("postman", "token") and is_uuid(value):
        return "the number of a request"  # Postman sends it with each, so that none is cached
    if parts == ("previous", "token") and _PAGED.search(data, max(0, start - _REACH), end + 60):
        return "where a list goes on"
    if parts[-1:] != ("key",):
        return None
    if parts[-2:] == ("broker", "key") and is_uuid(value) and not _has_secret(data, start, end):
        return "the code of a broker"
    if name.lower() == "sec-websocket-key":
        return "a nonce"
    if (
        parts[-2:-1]
        and parts[-2] in _ACCOUNTS
        and (_ACCOUNT if _is_held(data, start, parts) else _BASE58).fullmatch(value)
        and not _has_secret(data, start, end)
    ):
        return "the key of an account that all may see"
    if parts == ("key",) and _ACCOUNT.fullmatch(value) and _MINT_REMARK.match(data, end, end + 60):
        return "the address of a token"
    if parts == ("s", "3", "key") and _OBJECT.fullmatch(value):
        return "the path of a file"
    if parts in _STORE_KEYS and _PARTS.fullmatch(value):
        first, _, rest = value.replace(b"/", b":").partition(b":")
        if b":" in rest or is_uuid(rest):
            return "the key of a cache or a lock" if reads_as_word(first.lower()) else None
    return None


def _has_secret(data: bytes, start: int, end: int) -> bool:
    return _SECRET_NEAR.search(data, max(0, start - 300), end + 200) is not None


def _is_held(data: bytes, start: int, parts: tuple[str, ...]) -> bool:
    """Tell whether a key is that of something held on a chain; of a pair, if it is written as chains do."""
    if len(parts) != 2:
        return False
    is_word = data[max(0, start - 2) : start] in (b"0x", b"0X") or data[start : start + 2] == b"0x"
    return parts[0] in _HELD or (parts[0] == "pair" and is_word)
