"""Make key pairs: Ed25519, secp256k1, P-256 and RSA, and keccak-256 for EVM addresses.

Plain and slow arithmetic, for invented test keys only: nothing here resists side channels.
"""

from __future__ import annotations

import hashlib
from random import Random

from corpus.encoders import der, der_int, pem

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_BY = 4 * pow(5, -1, _P) % _P
_BX = 15112221349535400772501151409588531511454012693041857206046113283949847762202

SECP256K1 = (
    2**256 - 2**32 - 977,
    0,
    0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141,
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
P256 = (
    2**256 - 2**224 + 2**192 + 2**96 - 1,
    -3,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
STARK_ORDER = 0x800000000000010FFFFFFFFFFFFFFFFB781126DCAE7B2321E66A241ADC64D2F
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493


def ed25519_public(seed: bytes) -> bytes:
    """Return the 32-byte Ed25519 public key of a 32-byte seed."""
    scalar = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    scalar = scalar & ~7 & (1 << 254) - 1 | 1 << 254

    def add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
        e = (a[1] - a[0]) * (b[1] - b[0]) % _P
        f = (a[1] + a[0]) * (b[1] + b[0]) % _P
        g, h = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
        w, x, y, z = f - e, h - g, h + g, f + e
        return (w * x % _P, y * z % _P, x * y % _P, w * z % _P)

    point: tuple[int, ...] = (_BX, _BY, 1, _BX * _BY % _P)
    total: tuple[int, ...] = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    inverse = pow(total[2], -1, _P)
    x, y = total[0] * inverse % _P, total[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def public_point(curve: tuple[int, ...], scalar: int) -> bytes:
    """Return the 64 bytes x, y of `scalar` times the generator of a short Weierstrass curve."""
    p, a, _, gx, gy = curve
    total: tuple[int, int] | None = None
    point: tuple[int, int] = (gx, gy)

    def add(u: tuple[int, int] | None, v: tuple[int, int]) -> tuple[int, int]:
        if u is None:
            return v
        slope = (
            (3 * u[0] * u[0] + a) * pow(2 * u[1], -1, p)
            if u == v
            else (v[1] - u[1]) * pow(v[0] - u[0], -1, p)
        )
        x = (slope * slope - u[0] - v[0]) % p
        return x, (slope * (u[0] - x) - u[1]) % p

    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    assert total is not None
    return total[0].to_bytes(32, "big") + total[1].to_bytes(32, "big")


def keccak256(data: bytes) -> bytes:
    """Return the original Keccak-256 (not SHA3-256) of `data`."""
    rounds, lfsr = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if lfsr & 1:
                constant |= 1 << (1 << j) - 1
            lfsr = lfsr << 1 ^ 0x171 if lfsr & 0x80 else lfsr << 1
        rounds.append(constant)
    mask = 2**64 - 1
    state = [[0] * 5 for _ in range(5)]
    data += b"\x01" + b"\0" * (-(len(data) + 1) % 136)
    data = data[:-1] + bytes([data[-1] | 0x80])
    for block in range(0, len(data), 136):
        for i in range(17):
            word = int.from_bytes(data[block + 8 * i : block + 8 * i + 8], "little")
            state[i % 5][i // 5] ^= word
        for constant in rounds:
            c = [s[0] ^ s[1] ^ s[2] ^ s[3] ^ s[4] for s in state]
            d = [c[x - 1] ^ (c[(x + 1) % 5] << 1 | c[(x + 1) % 5] >> 63) & mask for x in range(5)]
            state = [[lane ^ d[x] for lane in state[x]] for x in range(5)]
            x, y, current = 1, 0, state[1][0]
            for t in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                shift = (t + 1) * (t + 2) // 2 % 64
                rotated = (current << shift | current >> (64 - shift)) & mask
                current, state[x][y] = state[x][y], rotated
            for y in range(5):
                row = [state[x][y] for x in range(5)]
                for x in range(5):
                    state[x][y] = row[x] ^ ~row[(x + 1) % 5] & mask & row[(x + 2) % 5]
            state[0][0] ^= constant
    return b"".join(state[i][0].to_bytes(8, "little") for i in range(4))


def evm_address(private_key: bytes) -> str:
    """Return the EIP-55 address of a secp256k1 private key."""
    point = public_point(SECP256K1, int.from_bytes(private_key, "big"))
    return eip55(keccak256(point)[12:].hex())


def eip55(address: str) -> str:
    """Return 40 hex digits with the letter case of EIP-55 and 0x before them."""
    digest = keccak256(address.encode()).hex()
    return "0x" + "".join(
        c.upper() if int(n, 16) > 7 else c for c, n in zip(address, digest, strict=False)
    )


def ed25519_pem(seed: bytes) -> str:
    """Return a PKCS#8 PEM of an Ed25519 seed (RFC 8410)."""
    algorithm = der(0x30, bytes.fromhex("06032b6570"))
    return pem("PRIVATE KEY", der(0x30, der_int(0), algorithm, der(4, der(4, seed))))


def ec_der(scalar: bytes) -> bytes:
    """Return the SEC1 DER of a P-256 key with its curve and public point."""
    point = b"\0\x04" + public_point(P256, int.from_bytes(scalar, "big"))
    curve = bytes.fromhex("06082a8648ce3d030107")
    return der(0x30, der_int(1), der(4, scalar), der(0xA0, curve), der(0xA1, der(3, point)))


def ec_pkcs8(scalar: bytes) -> bytes:
    """Return the PKCS#8 DER of a P-256 key, as CDP wallet secrets have it."""
    point = b"\0\x04" + public_point(P256, int.from_bytes(scalar, "big"))
    inner = der(0x30, der_int(1), der(4, scalar), der(0xA1, der(3, point)))
    names = bytes.fromhex("06072a8648ce3d020106082a8648ce3d030107")
    return der(0x30, der_int(0), der(0x30, names), der(4, inner))


def _prime(rng: Random, bits: int) -> int:
    small = [n for n in range(3, 2000, 2) if all(n % k for k in range(3, int(n**0.5) + 1, 2))]
    while True:
        n = rng.getrandbits(bits) | 3 << bits - 2 | 1
        if all(n % p for p in small) and pow(2, n - 1, n) == 1 and pow(3, n - 1, n) == 1:
            return n


def rsa_pkcs8(rng: Random, bits: int = 2048) -> bytes:
    """Return the PKCS#8 DER of a fresh RSA key."""
    while True:
        p, q = _prime(rng, bits // 2), _prime(rng, bits // 2)
        phi, e = (p - 1) * (q - 1), 65537
        if p > q and phi % e:
            break
    d = pow(e, -1, phi)
    fields = (0, p * q, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    inner = der(0x30, *(der_int(value) for value in fields))
    algorithm = der(0x30, bytes.fromhex("06092a864886f70d0101010500"))
    return der(0x30, der_int(0), algorithm, der(4, inner))
