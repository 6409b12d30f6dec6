"""Draw invented values from templates such as `bg_{hex:32}` or `{wif:128c}`.

Parts of one credential share a `Draw`: `{edpub}` is the public half of the `{edseed}` beside it.
Nothing here was ever issued by anyone.
"""

from __future__ import annotations

import base64
import json
import re
import string
from collections.abc import Callable
from random import Random

from corpus import curves, encoders, words

ALNUM = string.ascii_letters + string.digits
_URL = ALNUM + "-_"
_ALPHABETS = {
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "alnum": ALNUM,
    "ALNUM": string.ascii_uppercase + string.digits,
    "lower": string.ascii_lowercase + string.digits,
    "b32": string.ascii_uppercase + "234567",
    "crock": "0123456789ABCDEFGHJKMNPQRSTVWXYZ",
    "digits": "0123456789",
    "urlchars": _URL,
}


class Draw:
    """Draw the values of one credential."""

    def __init__(self, rng: Random) -> None:
        """Draw from `rng`; the seed and the EVM key of this credential are fixed here."""
        self.rng = rng
        self.seed = rng.randbytes(32)
        self.evm_key = rng.randbytes(31) + bytes([rng.randrange(1, 255)])

    def fill(self, template: str) -> str:
        """Return `template` with every `{name:argument}` drawn."""
        return re.sub(r"\{(\w+)(?::([^}]*))?\}", lambda m: self.one(m[1], m[2] or ""), template)

    def one(self, name: str, argument: str) -> str:
        """Return one value of the named shape."""
        if name in _ALPHABETS:
            low, _, high = argument.partition("-")
            size = self.rng.randint(int(low), int(high or low))
            alphabet = _ALPHABETS[name]
            first = "123456789" if name == "digits" else alphabet
            text = self.rng.choice(first) + "".join(
                self.rng.choice(alphabet) for _ in range(size - 1)
            )
            if name == "b32" and size == 28 and text.isalpha():
                text = text[:-1] + "7"
            return text
        return _MAKERS[name](self, argument)

    def bytes(self, argument: str) -> bytes:
        """Return that many random bytes."""
        return self.rng.randbytes(int(argument))


def _uuid(rng: Random, *, version: bool = True) -> str:
    digits = rng.randbytes(16).hex()
    if version:
        digits = digits[:12] + "4" + digits[13:16] + rng.choice("89ab") + digits[17:]
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _passphrase(d: Draw, specials: str) -> str:
    rng = d.rng
    body = [rng.choice(ALNUM) for _ in range(rng.randint(7, 13))]
    body += [rng.choice(string.ascii_uppercase), rng.choice(string.digits), rng.choice("kmpqrtxz")]
    if specials:
        body.append(rng.choice(specials))
    rng.shuffle(body)
    return "W" + "".join(body)


def _htx(d: Draw, _: str) -> str:
    sizes = d.rng.choice(((0, 8, 8, 5), (8, 0, 8, 5), (8, 8, 0, 5), (8, 8, 8, 0)))
    word = d.rng.choice(words.HTX_VENDOR_WORDS)
    return "-".join(d.one("hex", str(size)) if size else word for size in sizes)


def _wif(d: Draw, argument: str) -> str:
    version = int(argument.rstrip("c"))
    tail = b"\x01" if argument.endswith("c") else b""
    return encoders.base58check(bytes([version]) + d.evm_key + tail)


def _xprv(d: Draw, version: str) -> str:
    body = bytes.fromhex(version) + bytes(9) + d.rng.randbytes(32) + b"\0" + d.evm_key
    return encoders.base58check(body)


def _keystore(d: Draw, _: str = "") -> str:
    hexes = [d.one("hex", n) for n in ("64", "32", "64", "64")]
    crypto = {
        "cipher": "aes-128-ctr",
        "ciphertext": hexes[0],
        "cipherparams": {"iv": hexes[1]},
        "kdf": "scrypt",
        "kdfparams": {"dklen": 32, "n": 262144, "p": 1, "r": 8, "salt": hexes[2]},
        "mac": hexes[3],
    }
    address = curves.evm_address(d.evm_key)[2:].lower()
    return json.dumps({"address": address, "crypto": crypto, "id": _uuid(d.rng), "version": 3})


def _hummingbot(d: Draw, _: str) -> str:
    store = json.loads(_keystore(d))
    text = json.dumps({"crypto": store["crypto"], "version": 3, "alias": ""})
    return text.encode().hex()


def _jwt(d: Draw, payload: dict[str, object]) -> str:
    parts = [{"alg": "HS256", "typ": "JWT"}, payload]
    texts = [
        encoders.b64(json.dumps(p, separators=(",", ":")).encode(), url=True, pad=False)
        for p in parts
    ]
    return ".".join([*texts, encoders.b64(d.rng.randbytes(32), url=True, pad=False)])


def _moralis(d: Draw, _: str) -> str:
    start = d.rng.randint(1_690_000_000, 1_750_000_000)
    return _jwt(
        d,
        {
            "nonce": _uuid(d.rng),
            "orgId": d.one("digits", "6"),
            "userId": d.one("digits", "6"),
            "typeId": _uuid(d.rng),
            "type": "PROJECT",
            "iat": start,
            "exp": start + 3_155_760_000,
        },
    )


def _plain_jwt(d: Draw, _: str) -> str:
    start = d.rng.randint(1_690_000_000, 1_750_000_000)
    return _jwt(d, {"iat": start, "exp": start + 300, "sub": "0x0" + d.one("hex", "62")})


def _discord(d: Draw, _: str) -> str:
    user = encoders.b64(d.one("digits", "18").encode(), pad=False)
    return f"{user}.G{d.one('urlchars', '5')}.{d.one('urlchars', '38')}"


def _phemex(d: Draw, _: str) -> str:
    return encoders.b64(d.rng.randbytes(32) + _uuid(d.rng).encode(), url=True, pad=False)


def _solana(d: Draw) -> bytes:
    return d.seed + curves.ed25519_public(d.seed)


def _migration(d: Draw, _: str) -> str:
    entry = (
        b"\x0a\x14"
        + d.rng.randbytes(20)
        + b"\x12\x0cKraken:harbo\x1a\x06Kraken\x20\x01\x28\x01\x30\x02"
    )
    text = encoders.b64(b"\x0a" + bytes([len(entry)]) + entry + b"\x10\x01\x18\x01\x20\x00")
    return text.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")


def _polkadot(d: Draw, _: str) -> str:
    encoding = {
        "content": ["pkcs8", "sr25519"],
        "type": ["scrypt", "xsalsa20-poly1305"],
        "version": "3",
    }
    address = encoders.base58(b"\x2a" + d.rng.randbytes(34))
    meta = {"name": "stash", "whenCreated": 1_700_000_000_000}
    return json.dumps(
        {
            "encoded": encoders.b64(d.rng.randbytes(200)),
            "encoding": encoding,
            "address": address,
            "meta": meta,
        }
    )


def _xumm(d: Draw, _: str) -> str:
    rows = [d.rng.randrange(65536) for _ in range(8)]
    return " ".join(f"{row:05d}{row * (i * 2 + 1) % 9}" for i, row in enumerate(rows))


def _tendermint(d: Draw, _: str) -> str:
    headers = f"kdf: bcrypt\nsalt: {d.one('HEX', '32')}\ntype: secp256k1\n\n"
    tail = f"={encoders.b64(d.rng.randbytes(3))}\n"
    return encoders.pem("TENDERMINT PRIVATE KEY", d.rng.randbytes(96), headers=headers, tail=tail)


def _monero_key(d: Draw, _: str) -> str:
    number = int.from_bytes(d.rng.randbytes(32), "big") % curves.ED25519_ORDER
    return number.to_bytes(32, "little").hex()


def _skey(d: Draw, _: str) -> str:
    kind = "PaymentSigningKeyShelley_ed25519"
    body = {"type": kind, "description": "Payment Signing Key", "cborHex": "5820" + d.seed.hex()}
    return json.dumps(body, indent=4)


def _bip39(d: Draw, argument: str) -> str:
    count, _, language = argument.partition(",")
    return words.bip39(d.rng, int(count), language or "english")


def _bech32(d: Draw, argument: str) -> str:
    hrp, _, size = argument.partition(",")
    return encoders.bech32(hrp, d.bytes(size))


def _oid(d: Draw, _: str) -> str:
    return f"{d.rng.randint(1_530_000_000, 1_760_000_000):08x}" + d.one("hex", "16")


_MAKERS: dict[str, Callable[[Draw, str], str]] = {
    "word": lambda d, _: d.rng.choice(words.NAMES) + d.one("digits", "2"),
    "one": lambda d, a: d.rng.choice(a.split(",")),
    "uuid": lambda d, _: _uuid(d.rng),
    "uuidx": lambda d, _: _uuid(d.rng, version=False),
    "HEXUUID": lambda d, _: _uuid(d.rng).upper(),
    "uuid4hex": lambda d, _: _uuid(d.rng).replace("-", ""),
    "uuid4hex24": lambda d, _: _uuid(d.rng).replace("-", "")[:24],
    "UUID4HEX": lambda d, _: _uuid(d.rng).replace("-", "").upper(),
    "oid": _oid,
    "pass": lambda d, _: _passphrase(d, "!@#*-_."),
    "passan": lambda d, _: _passphrase(d, ""),
    "memo": lambda d, _: d.rng.choice(("bot", "grid", "main", "api")) + d.one("digits", "3"),
    "htx": _htx,
    "b64": lambda d, a: encoders.b64(d.bytes(a)),
    "b64np": lambda d, a: encoders.b64(d.bytes(a), pad=False),
    "url": lambda d, a: encoders.b64(d.bytes(a), url=True, pad=False),
    "b64url": lambda d, a: encoders.b64(d.bytes(a), url=True),
    "b58b": lambda d, a: encoders.base58(d.bytes(a)),
    "bithumb": lambda d, _: encoders.b64(d.one("hex", "61").encode()),
    "phemex": _phemex,
    "edpem": lambda d, _: curves.ed25519_pem(d.seed),
    "ecpem": lambda d, _: encoders.pem("EC PRIVATE KEY", curves.ec_der(d.evm_key)),
    "ec8": lambda d, _: encoders.b64(curves.ec_pkcs8(d.evm_key)),
    "rsapem": lambda d, _: encoders.pem("PRIVATE KEY", curves.rsa_pkcs8(d.rng)),
    "rsader": lambda d, _: encoders.b64(curves.rsa_pkcs8(d.rng, 1024)),
    "edpair": lambda d, _: encoders.b64(_solana(d)),
    "edpub": lambda d, _: encoders.b64(curves.ed25519_public(d.seed)),
    "edseed": lambda d, _: encoders.b64(d.seed),
    "evm": lambda d, _: d.evm_key.hex(),
    "evm0x": lambda d, _: "0x" + d.evm_key.hex(),
    "evmaddr_other": lambda d, _: curves.eip55(d.rng.randbytes(20).hex()),
    "stark": lambda d, _: hex(
        int.from_bytes(d.rng.randbytes(32), "big") % (curves.STARK_ORDER >> 4)
    ),
    "jwt": _plain_jwt,
    "moralis": _moralis,
    "ksuid": lambda d, _: encoders.ksuid(
        d.rng.randint(1_600_000_000, 1_750_000_000), d.rng.randbytes(16)
    ),
    "botid": lambda d, _: d.one("digits", "10"),
    "discord": _discord,
    "otpmigration": _migration,
    "keystore": _keystore,
    "humhex": _hummingbot,
    "wif": _wif,
    "xprv": _xprv,
    "bip38": lambda d, _: encoders.base58check(b"\x01\x42\xc0" + d.rng.randbytes(36)),
    "bip39": _bip39,
    "electrum": lambda d, a: words.electrum(d.rng, a),
    "solarray": lambda d, _: json.dumps(list(_solana(d)), separators=(",", ":")),
    "solana58": lambda d, _: encoders.base58(_solana(d)),
    "seedarray": lambda d, _: json.dumps(list(d.seed), separators=(",", ":")),
    "stellar": lambda d, _: encoders.stellar(18 << 3, d.seed),
    "xrp": lambda d, _: encoders.base58check(b"\x21" + d.rng.randbytes(16), encoders.RIPPLE58),
    "xrped": lambda d, _: encoders.base58check(
        b"\x01\xe1\x4b" + d.rng.randbytes(16), encoders.RIPPLE58
    ),
    "xumm": _xumm,
    "bech32": _bech32,
    "skey": _skey,
    "tendermint": _tendermint,
    "ton": lambda d, _: words.ton(d.rng),
    "monero": lambda d, _: words.monero(d.rng),
    "monerokey": _monero_key,
    "polkadot": _polkadot,
    "sui": lambda d, _: encoders.bech32("suiprivkey", b"\0" + d.seed),
    "suib64": lambda d, _: base64.b64encode(b"\0" + d.seed).decode(),
    "algorand": lambda d, _: words.algorand(d.seed),
}
