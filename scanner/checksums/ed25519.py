"""Ed25519: the public key of a seed (RFC 8032, section 5.1.5), in plain Python.

Only used to prove that the two halves of a 64-byte key pair belong together; never to sign, so that
it need not run in constant time.
"""

from functools import cache

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
"""Order of the base point's group."""
_D = -121665 * pow(121666, -1, P) % P
_BASE_Y = 4 * pow(5, -1, P) % P
_BASE_X = 15112221349535400772501151409588531511454012693041857206046113283949847762202

_Point = tuple[int, int, int, int]


def _add(a: _Point, b: _Point) -> _Point:
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    left = (y1 - x1) * (y2 - x2) % P
    right = (y1 + x1) * (y2 + x2) % P
    cross = 2 * t1 * t2 * _D % P
    both = 2 * z1 * z2 % P
    e, f, g, h = right - left, both - cross, both + cross, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


@cache
def _table() -> list[list[_Point]]:
    """Return j * 16**i * base point at [i][j]: 5 ms once, then 0.3 ms a key instead of 3."""
    point: _Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)
    rows: list[list[_Point]] = []
    for _ in range(64):
        row: list[_Point] = [(0, 1, 1, 0)]
        for _ in range(15):
            row.append(_add(row[-1], point))
        rows.append(row)
        point = _add(row[15], point)
    return rows


def public_key(seed: bytes) -> bytes:
    """Return the 32 bytes of the public key that belongs to a seed of 32 bytes."""
    from hashlib import sha512  # noqa: PLC0415  (OpenSSL takes 5 ms)

    digest = bytearray(sha512(seed).digest()[:32])
    digest[0] &= 248
    digest[31] = digest[31] & 127 | 64
    scalar = int.from_bytes(digest, "little")
    total: _Point = (0, 1, 1, 0)
    for row in _table():
        total = _add(total, row[scalar & 15])
        scalar >>= 4
    x, y, z, _ = total
    inverse = pow(z, -1, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def is_pair(data: bytes) -> bool:
    """Tell whether 64 bytes are a seed and the public key that belongs to it."""
    return len(data) == 64 and len(set(data)) > 8 and public_key(data[:32]) == data[32:]
