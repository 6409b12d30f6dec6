"""Tokens of services and keys of exchanges that have an inner form."""

import base64
import random
import zlib
from collections.abc import Callable

from scanner.checksums.tokens import base62_crc
from scanner.placeholders.charsets import base64_text, text, uuid

_HTX_WORDS = (
    "ghxertfvbf",
    "hrf5gdfghe",
    "bgbfh5tv3f",
    "ur2fg6h2gf",
    "ez2xc4vb6n",
    "bg5t6ygr6y",
    "mjlpdje3ld",
)


def _with_crc(rng: random.Random, prefix: str) -> str:
    body = text(rng, "alnum", 30)
    return f"{prefix}_{body}{base62_crc(body.encode()).decode()}"


def _github(rng: random.Random, kind: str) -> str:
    if kind == "pat":
        return f"github_pat_{text(rng, 'alnum', 22)}_{text(rng, 'alnum', 59)}"
    if kind not in ("ghp", "gho", "ghu", "ghs", "ghr"):
        raise ValueError(kind)
    return _with_crc(rng, kind)


def _grafana(rng: random.Random, kind: str) -> str:
    body = f"{kind}_{text(rng, 'alnum', 32)}"
    return f"{body}_{zlib.crc32(body.encode()).to_bytes(4, 'little').hex()}"


def _basic(rng: random.Random, _: str) -> str:
    return base64.b64encode(f"{text(rng, 'lower', 6)}:{text(rng, 'user', 20)}".encode()).decode()


def _slack(rng: random.Random, kind: str) -> str:
    def digits(count: int) -> str:
        return rng.choice("123456789") + text(rng, "digits", count - 1)

    forms = {
        "xoxb": lambda: f"xoxb-{digits(12)}-{digits(13)}-{text(rng, 'alnum', 24)}",
        "xoxp": lambda: f"xoxp-{digits(12)}-{digits(12)}-{digits(13)}-{text(rng, 'hex', 32)}",
        "xapp": lambda: (
            f"xapp-1-A{text(rng, 'alnum_upper', 10)}-{digits(13)}-{text(rng, 'hex', 64)}"
        ),
        "hook": lambda: (
            "https://hooks.slack.com/services/"
            + "/".join(
                (
                    f"T{text(rng, 'alnum_upper', 10)}",
                    f"B{text(rng, 'alnum_upper', 10)}",
                    text(rng, "alnum", 24),
                )
            )
        ),
    }
    return forms[kind]()


def _basic_auth(rng: random.Random, _kind: str) -> str:
    return base64.b64encode(f"deploy:{text(rng, 'alnum', 16)}".encode()).decode()


def _aws(rng: random.Random, kind: str) -> str:
    if kind == "secret":
        return base64_text(rng, 40)
    account = rng.randrange(10**11, 10**12)
    number = (account << 7 | rng.getrandbits(7)) << 2 | rng.getrandbits(2)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    head = "".join(letters[number >> 5 * place & 31] for place in reversed(range(10)))
    return {"akia": "AKIA", "asia": "ASIA"}[kind] + head + text(rng, "base32", 6)


def _stripe(rng: random.Random, kind: str) -> str:
    if kind not in ("sk_live", "rk_live", "sk_test", "rk_test", "pk_live", "pk_test"):
        raise ValueError(kind)
    return f"{kind}_51{text(rng, 'alnum', 97)}"


def _discord(rng: random.Random, kind: str) -> str:
    number = str(rng.randrange(10**17, 12 * 10**17))
    if kind == "webhook":
        return f"https://discord.com/api/webhooks/{number}/{text(rng, 'base64url', 68)}"
    head = base64.b64encode(number.encode()).decode().rstrip("=")
    return f"{head}.G{text(rng, 'base64url', 5)}.{text(rng, 'base64url', 38)}"


def _pypi(rng: random.Random, _: str) -> str:
    data = (
        b"\x02\x01\x08pypi.org\x00\x02\x24"
        + uuid(rng).encode()
        + b"\x00\x00\x06\x20"
        + rng.randbytes(32)
    )
    return "pypi-" + base64.urlsafe_b64encode(data + rng.randbytes(40)).decode().rstrip("=")


def _htx(rng: random.Random, kind: str) -> str:
    if kind == "secret":
        return "-".join(text(rng, "hex", count) for count in (8, 8, 8, 5))
    word = rng.choice(_HTX_WORDS)
    first, second, last = (text(rng, "hex", count) for count in (8, 8, 5))
    return rng.choice(
        (
            f"{word}-{first}-{second}-{last}",
            f"{first}-{second}-{word}-{last}",
            f"{first}-{word}-{second}-{last}",
        )
    )


def _bithumb(rng: random.Random, _: str) -> str:
    return base64.b64encode(text(rng, "hex", 61).encode()).decode()


def _phemex(rng: random.Random, _: str) -> str:
    while True:
        value = (
            base64.urlsafe_b64encode(rng.randbytes(32) + uuid(rng).encode()).decode().rstrip("=")
        )
        if value[0] not in "-_":
            return value


def _totp(rng: random.Random, argument: str) -> str:
    return text(rng, "base32", int(argument or 32))


TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    "github": (
        _github,
        "{github:ghp}, gho, ghu, ghs, ghr with their CRC-32; {github:pat} is fine-grained",
    ),
    "npm": (lambda rng, _: _with_crc(rng, "npm"), "npm_..., with its CRC-32"),
    "pypi": (_pypi, "pypi-..., a macaroon"),
    "grafana": (_grafana, "{grafana:glsa}: a token with its CRC-32"),
    "basic": (_basic, "base64 of a user name, a colon and a password"),
    "slack": (_slack, "{slack:xoxb}, xoxp, xapp, hook"),
    "basic_auth": (_basic_auth, "{basic_auth}: user and password of a Basic Authorization header"),
    "aws": (_aws, "{aws:akia}, {aws:asia}: a key id with an account number; {aws:secret}"),
    "stripe": (_stripe, "{stripe:sk_live}, rk_live, sk_test, ..."),
    "discord": (_discord, "{discord:bot}, {discord:webhook}"),
    "htx": (_htx, "{htx:key}, {htx:secret}"),
    "bithumb": (_bithumb, "{bithumb:secret}: base64 of 61 hex digits"),
    "phemex": (_phemex, "{phemex:secret}: base64url of 32 bytes and a UUID"),
    "totp": (_totp, "a seed for one-time passwords; {totp:16}"),
}
