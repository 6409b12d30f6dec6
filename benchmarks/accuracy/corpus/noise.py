"""Unrelated settings and code lines that stand around the secrets, look-alikes among them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from random import Random

from corpus.curves import eip55
from corpus.document import Tree
from corpus.values import Draw

_PLAIN = (
    ("LOG_LEVEL", "info"),
    ("SYMBOL", "BTC/USDT"),
    ("TIMEFRAME", "15m"),
    ("MAX_OPEN_TRADES", "3"),
    ("DRY_RUN", "false"),
    ("REDIS_URL", "redis://localhost:6379/0"),
    ("TZ", "Asia/Singapore"),
    ("HTTP_PROXY", "http://127.0.0.1:7890"),
    ("STRATEGY", "GridV3"),
    ("QUOTE_CURRENCY", "USDT"),
    ("NODE_ENV", "production"),
    ("PORT", "8080"),
    ("ORDER_SIZE_USD", "250"),
    ("SLIPPAGE_BPS", "35"),
)
_LOOKS: tuple[tuple[str, str, Callable[[Draw], str]], ...] = (
    ("GIT_COMMIT", "git_commit", lambda d: d.one("hex", "40")),
    ("BUILD_SHA256", "checksum", lambda d: d.one("hex", "64")),
    ("IMAGE_DIGEST", "docker_digest", lambda d: "sha256:" + d.one("hex", "64")),
    ("RUN_ID", "uuid_id", lambda d: d.one("uuid", "")),
    ("STRATEGY_ID", "uuid_id", lambda d: d.one("uuid", "")),
    ("USDT_CONTRACT", "evm_address", lambda d: eip55(d.one("hex", "40"))),
    ("WITHDRAW_ADDRESS", "evm_address", lambda d: eip55(d.one("hex", "40"))),
    ("LAST_ORDER_ID", "order_id", lambda d: d.one("digits", "19")),
    ("LAST_TX", "tx_hash", lambda d: "0x" + d.one("hex", "64")),
    ("GENESIS_HASH", "block_hash", lambda d: "0x" + d.one("hex", "64")),
    ("CONFIG_MD5", "checksum", lambda d: d.one("hex", "32")),
    (
        "OPENAI_API_KEY",
        "placeholder",
        lambda d: d.one("one", "<your-key-here>,YOUR_API_KEY,changeme"),
    ),
    (
        "SMTP_PASSWORD",
        "placeholder",
        lambda d: d.one("one", "changeme,<password>,xxxxxxxx,REPLACE_ME"),
    ),
    ("WEBHOOK_TOKEN", "placeholder", lambda d: d.one("one", "${WEBHOOK_TOKEN},your_token_here")),
    ("ACCOUNT_OBJECT_ID", "object_id", lambda d: d.one("oid", "")),
    ("TRACE_ID", "trace_id", lambda d: d.one("hex", "32")),
    ("RECAPTCHA_SITE_KEY", "public_by_design", lambda d: "6Lc" + d.one("urlchars", "37")),
    ("ASSET_ETAG", "etag", lambda d: d.one("hex", "32")),
)


def settings(rng: Random, tree: Tree, count: int) -> list[tuple[str, str]]:
    """Return `count` plain settings and one to three marked look-alikes, shuffled."""
    draw = Draw(rng)
    chosen: list[tuple[str, str]] = rng.sample(_PLAIN, min(count, len(_PLAIN)))
    for name, category, make in rng.sample(_LOOKS, rng.randint(1, 3)):
        chosen.append((name, tree.look(category, make(draw))))
    rng.shuffle(chosen)
    return chosen


def digest(rng: Random, size: int = 64) -> str:
    """Return hex that really is a SHA digest of random bytes."""
    return hashlib.sha512(rng.randbytes(16)).hexdigest()[:size]
