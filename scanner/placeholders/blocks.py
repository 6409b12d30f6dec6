"""Key files and tokens with inner structure: PEM, keystores, JSON web tokens.

DER is built by hand; RSA numbers are random, not primes: the form is right, the key does not work.
"""

import base64
import json
import random
from collections.abc import Callable

from scanner.checksums.ed25519 import public_key
from scanner.placeholders.charsets import uuid
from scanner.placeholders.encoding import der, integer


def _odd(rng: random.Random, bits: int) -> int:
    return rng.getrandbits(bits) | 1 << bits - 1 | 1


def _pem(label: str, data: bytes, form: str, width: int = 64, headers: str = "") -> str:
    text = base64.b64encode(data).decode()
    lines = [text[i : i + width] for i in range(0, len(text), width)]
    head = f"{headers}\n" if headers else ""
    block = f"-----BEGIN {label}-----\n{head}" + "\n".join(lines) + f"\n-----END {label}-----"
    if form == "base64":
        return base64.b64encode(f"{block}\n".encode()).decode()
    return {"": block, "json": block.replace("\n", "\\n"), "body": text}[form]


def ec_body(rng: random.Random, curve: bytes) -> bytes:
    """Return an ECPrivateKey (RFC 5915) of 32 random bytes; ``curve`` is its name in DER."""
    private = der(4, rng.randbytes(32))
    point = der(0xA1, der(3, b"\0\x04" + rng.randbytes(64)))
    return der(0x30, integer(1), private, der(0xA0, curve), point)


_P256 = der(6, bytes.fromhex("2a8648ce3d030107"))
SECP256K1 = der(6, bytes.fromhex("2b8104000a"))


def _ec(rng: random.Random, form: str) -> str:
    return _pem("EC PRIVATE KEY", ec_body(rng, _P256), form)


def _pkcs8_ec(rng: random.Random, form: str) -> str:
    algorithm = der(0x30, der(6, bytes.fromhex("2a8648ce3d0201")), SECP256K1)
    inner = der(
        0x30,
        integer(1),
        der(4, rng.randbytes(32)),
        der(0xA1, der(3, b"\0\x04" + rng.randbytes(64))),
    )
    return _pem("PRIVATE KEY", der(0x30, integer(0), algorithm, der(4, inner)), form)


def rsa_body(rng: random.Random) -> bytes:
    """Return an RSAPrivateKey of 2048 bits (RFC 8017) whose numbers are random."""
    p, q = _odd(rng, 1024), _odd(rng, 1024)
    numbers = (
        0,
        p * q,
        65537,
        _odd(rng, 2046),
        p,
        q,
        _odd(rng, 1022),
        _odd(rng, 1022),
        _odd(rng, 1022),
    )
    return der(0x30, *map(integer, numbers))


def _rsa(rng: random.Random, form: str) -> str:
    return _pem("RSA PRIVATE KEY", rsa_body(rng), form)


def _pkcs8(rng: random.Random, form: str) -> str:
    algorithm = der(0x30, der(6, bytes.fromhex("2a864886f70d010101")), der(5))
    return _pem("PRIVATE KEY", der(0x30, integer(0), algorithm, der(4, rsa_body(rng))), form)


def _ed25519(rng: random.Random, form: str) -> str:
    algorithm = der(0x30, der(6, bytes.fromhex("2b6570")))
    return _pem(
        "PRIVATE KEY", der(0x30, integer(0), algorithm, der(4, der(4, rng.randbytes(32)))), form
    )


def _encrypted(rng: random.Random, form: str) -> str:
    scheme = der(0x30, der(6, bytes.fromhex("2a864886f70d01050d")), der(4, rng.randbytes(48)))
    return _pem("ENCRYPTED PRIVATE KEY", der(0x30, scheme, der(4, rng.randbytes(304))), form)


def _legacy(rng: random.Random, form: str) -> str:
    headers = f"Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{rng.randbytes(16).hex().upper()}\n"
    return _pem("RSA PRIVATE KEY", rng.randbytes(1200), form, headers=headers)


def _openssh(rng: random.Random, form: str) -> str:
    def string(data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + data

    seed = rng.randbytes(32)
    public = public_key(seed)
    open_part = string(b"ssh-ed25519") + string(public)
    check = rng.randbytes(4)
    inner = check * 2 + open_part + string(seed + public) + string(b"ops@example.com")
    inner += bytes(range(1, 1 + -len(inner) % 8))
    locked = form.startswith("encrypted")
    names = (
        (b"aes256-ctr", b"bcrypt", string(rng.randbytes(16)) + b"\0\0\0\x10")
        if locked
        else (b"none", b"none", b"")
    )
    inner = rng.randbytes(len(inner)) if locked else inner
    data = (
        b"openssh-key-v1\0"
        + b"".join(map(string, names))
        + b"\0\0\0\x01"
        + string(open_part)
        + string(inner)
    )
    return _pem("OPENSSH PRIVATE KEY", data, form.removeprefix("encrypted").strip("."), 70)


def _keystore(rng: random.Random, form: str) -> str:
    crypto = {
        "cipher": "aes-128-ctr",
        "ciphertext": rng.randbytes(32).hex(),
        "cipherparams": {"iv": rng.randbytes(16).hex()},
        "kdf": "scrypt",
        "kdfparams": {"dklen": 32, "n": 262144, "r": 8, "p": 1, "salt": rng.randbytes(32).hex()},
        "mac": rng.randbytes(32).hex(),
    }
    if form == "hex":
        return json.dumps({"crypto": crypto, "version": 3, "alias": ""}).encode().hex()
    whole = {"version": 3, "id": uuid(rng), "address": rng.randbytes(20).hex(), "crypto": crypto}
    return json.dumps(whole, indent=2 if form == "indented" else None)


def _jwt(rng: random.Random, form: str) -> str:
    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    if form == "kubernetes":
        head = {"alg": "RS256", "kid": part(rng.randbytes(32))}
        claims: dict[str, str | int] = {
            "iss": "kubernetes/serviceaccount",
            "sub": "system:serviceaccount:default:bot",
        }
    else:
        head = {"alg": form or "HS256", "typ": "JWT"}
        claims = {
            "sub": str(rng.randrange(10**9, 10**10)),
            "iat": rng.randrange(1_600_000_000, 1_750_000_000),
        }
    header = json.dumps(head, separators=(",", ":"))
    body = json.dumps({**claims, "jti": uuid(rng)}, separators=(",", ":"))
    signature = rng.randbytes(256 if form == "kubernetes" else 32)
    return f"{part(header.encode())}.{part(body.encode())}.{part(signature)}"


_JSON = "; :json has \\n for line breaks, :body is the base64 alone, :base64 the block in base64"
TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    "pem_ec": (_ec, "an EC private key (P-256) in PEM" + _JSON),
    "pem_secp256k1": (_pkcs8_ec, "a private key of secp256k1 in PEM, PKCS #8"),
    "pem_rsa": (_rsa, "an RSA private key in PEM" + _JSON),
    "pem_pkcs8": (_pkcs8, "an RSA private key in PEM, PKCS #8"),
    "pem_ed25519": (_ed25519, "an Ed25519 private key in PEM"),
    "pem_openssh": (_openssh, "an OpenSSH private key; {pem_openssh:encrypted}"),
    "pem_encrypted": (_encrypted, "an encrypted private key in PEM, PKCS #8"),
    "pem_legacy": (_legacy, "an encrypted RSA private key with a DEK-Info header"),
    "keystore": (
        _keystore,
        "an encrypted key file of Ethereum, version 3; {keystore:indented}, {keystore:hex}",
    ),
    "jwt": (_jwt, "a JSON web token; {jwt:ES256}, {jwt:kubernetes}"),
}
