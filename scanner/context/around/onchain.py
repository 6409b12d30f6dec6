"""What anybody may see on a chain or in a page, though its name ends in ``key`` or ``id``.

Pools, feeds and slots have keys of 32 bytes; accounts of Solana are public keys; a project of WalletConnect has
an id that its pages show. The form of the value and the words of its name tell, never one of them alone.
"""

from scanner.checksums.encodings import base58_decode
from scanner.context.names.roles import words
from scanner.lazy import lazy_compile

_WORD = lazy_compile(rb"(?:0[xX])?[0-9a-fA-F]{64}")
_HEX = lazy_compile(rb"(?:0[xX])?[0-9a-fA-F]{62,68}")
_FELT = lazy_compile(rb"(?:0[xX])?[0-9a-fA-F]{60,64}")
"""A word of 32 bytes, and a number of StarkNet's field, which has no zeros in front."""
_KEPT = frozenset(
    (
        *("pool", "position", "market", "feed", "price", "orderbook", "book", "order", "list"),
        *("condition", "cond", "commitment", "nullifier", "data", "datastore", "storage", "store"),
        *("slot", "merkle", "leaf", "topic", "event", "role", "config", "param", "parameter"),
        *("proof", "domain", "resolver", "pair", "tx", "txn", "block", "epoch", "proposal"),
    )
)
"""What a word on an EVM chain is the key of; what has an owner (``vault``, ``bridge``, ``node``) may sign with its own."""
_PRIVATE = frozenset(
    (
        *("secret", "secrets", "private", "priv", "pk", "seed", "api", "access", "auth", "sign"),
        *("signing", "encryption", "encrypt", "aes", "master", "license", "app", "client", "jwt"),
        *("consumer", "webhook", "session", "token"),
    )
)
_BASE58 = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{43,44}")
_ED25519 = lazy_compile(rb"ed25519:[1-9A-HJ-NP-Za-km-z]{43,44}")
"""How NEAR and Orderly write 32 bytes: what is called a key alone is the public one."""
_OF_SOLANA = lazy_compile(
    rb"(?i)solana|solders|lamports|\bspl[-_]|pub_?key|program_?id|(?<![a-z])mint|bonding_?curve|pump_?\.?fun|raydium|[\"']idl[\"']"
)
_NEAR, _FAR = 160, 2000
"""Bytes before and behind a value that tell of Solana: for a name that says ``key`` alone, and for any other."""
_BYTES32 = lazy_compile(rb"\bbytes32\b[^\n=;]{0,80}=[ \t]{0,4}(?:0[xX])?\Z")
"""A constant of Solidity: a private key is a number there, as its cheatcodes take it."""
_HEX_32 = lazy_compile(rb"[0-9a-f]{32}")
_WALLETS = ("walletconnect", "web3modal", "reown", "appkit", "rainbowkit", "connectkit")
_OF_WALLETS = lazy_compile(
    rb"(?i)wallet_?connect|web3_?modal|reown|app_?kit|rainbow_?kit|connect_?kit"
)
_OF_INFURA = lazy_compile(rb"(?i)infura\w{0,20}[^\n;]{0,60}project_?id|ipfs")
_IN_PAGES = ("nextpublic", "vite", "reactapp", "expopublic", "nuxtpublic", "vueapp", "gatsby")
"""How settings begin that a build writes into the page: https://docs.reown.com/appkit/next/core/installation"""
_SECRET = lazy_compile(rb"(?i)secret")


def why_on_chain(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why ``data[start:end]``, bound to ``name``, is for all to see; None if it may be a secret.

    >>> why_on_chain(b"feedKey = 0x" + b"a1" * 32, 12, 76, "feedKey")
    'the key of something held on a chain'
    """
    parts = words(name)
    if parts[-1:] == ("id",) or name.lower().endswith("projectid"):
        return _why_project(data, start, end, parts)
    if parts[-2:] == ("withdrawal", "credentials") and _HEX.fullmatch(data, start, end):
        return "whom a deposit of a validator is paid back to"
    is_word = data[start : start + 2] in _PREFIX or data[max(0, start - 2) : start] in _PREFIX
    is_feed = parts[-2:] == ("feed", "key")  # of Pyth, with 0x or without
    if (is_word or is_feed) and _FELT.fullmatch(data, start, end):
        return _why_word(data, start, end, parts)
    if (
        parts[-1:] == ("key",)
        and _PRIVATE.isdisjoint(parts)
        and _ED25519.fullmatch(
            data, max(0, start - 8) if data[start - 8 : start] == b"ed25519:" else start, end
        )
    ):
        return "the public half beside the secret one"
    if (
        parts[-1:] == ("key",)
        and _PRIVATE.isdisjoint(parts)
        and _is_account(data, start, end, parts)
    ):
        return "the key of an account that all may see"
    if _HELD.isdisjoint(parts) or not _OPENING.isdisjoint(parts):
        return None
    is_said = not _PARTS_OF_CHAIN.isdisjoint(parts) and len(parts) > 1
    return (
        "an address"
        if is_address(data[start:end])
        and (is_said or _OF_SOLANA.search(data[max(0, start - _FAR) : end + _FAR]))
        else None
    )


def is_address(value: bytes) -> bool:
    """Tell whether a value has the form of an address of Solana: 32 bytes in base58.

    One random text of 43 letters and digits in twenty has it, too.
    """
    return _BASE58.fullmatch(value) is not None and len(base58_decode(value) or b"") == 32


_HELD = frozenset(("token", "tokens", "vault"))
_OPENING = frozenset(
    ("auth", "access", "api", "bearer", "secret", "refresh", "bot", "session", "jwt", "id")
)
_PARTS_OF_CHAIN = frozenset(
    (
        *(
            "a",
            "b",
            "x",
            "y",
            "in",
            "out",
            "mint",
            "vault",
            "account",
            "program",
            "pool",
            "base",
            "quote",
            "lp",
        ),
        *("associated", "swap", "owner", "target", "source", "native", "wrapped", "metadata"),
    )
)
_PREFIX = (b"0x", b"0X")


def _why_word(data: bytes, start: int, end: int, parts: tuple[str, ...]) -> str | None:
    """Return why hexadecimal digits behind ``0x`` are public, by the words of their name."""
    if parts[-2:] in (("stark", "key"), ("authentication", "key")):
        return "a public key"  # https://docs.starkware.co/starkex   https://aptos.dev/concepts/accounts
    if not _WORD.fullmatch(data, start, end) or not _KEY_OF_OWNER.isdisjoint(parts):
        return None
    if parts[-1:] == ("key",) and not _KEPT.isdisjoint(parts[-2:-1]):
        return "the key of something held on a chain"
    before = data[max(0, start - 140) : start]
    return "a word of a contract" if b"bytes32" in before and _BYTES32.search(before) else None


_KEY_OF_OWNER = frozenset(("private", "priv", "pk", "signer", "deployer", "owner", "wallet"))


def _is_account(data: bytes, start: int, end: int, parts: tuple[str, ...]) -> bool:
    """Tell whether a value is an account of Solana, 32 bytes in base58: its private keys are 64 bytes long."""
    if end - start not in (43, 44) or not _BASE58.fullmatch(data, start, end):
        return False
    reach = _FAR if len(parts) > 1 else _NEAR
    near = data[max(0, start - reach) : start] + b" " + data[end : end + min(reach, 800)]
    if b"seed" in near.lower():
        return False  # half of a pair of keys, from which the other follows
    return _OF_SOLANA.search(near) is not None and len(base58_decode(data[start:end]) or b"") == 32


def _why_project(data: bytes, start: int, end: int, parts: tuple[str, ...]) -> str | None:
    """Return why the id of a project is WalletConnect's: by its name, its line, or what is spoken of around it.

    Infura's has the same form, and opens its nodes.
    """
    joined = "".join(parts)
    if _HEX_32.fullmatch(data, start, end) is None or "infura" in joined:
        return None
    reason = "the id of a project in WalletConnect, which its pages show"
    if "wc" in parts or any(word in joined for word in _WALLETS):
        return reason
    if not joined.endswith("projectid") or _SECRET.search(data, max(0, start - 300), end + 300):
        return None
    near = data[max(0, start - 800) : end + 800]
    if _OF_INFURA.search(near):
        return None
    is_shown = joined.removesuffix("projectid") in _IN_PAGES
    return reason if is_shown or (joined == "projectid" and _OF_WALLETS.search(near)) else None
