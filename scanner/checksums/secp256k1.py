"""The curve secp256k1 and Keccak-256: from a private key to the address of its account.

Only used to compare a key with an address, so that it need not run in constant time.
"""

from scanner.remembered import remembered

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
"""Order of the group (SEC 2): a private key is above 0 and below it."""
_P = 2**256 - 2**32 - 977
_G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
"""The field and the base point of secp256k1 (SEC 2, 2.4.1)."""
_MASK = (1 << 64) - 1


def _rounds() -> tuple[int, ...]:
    """Return the round constants of Keccak, from its shift register (FIPS 202, 3.2.5)."""
    constants, state = [], 1
    for _ in range(24):
        constant = 0
        for power in range(7):
            if state & 1:
                constant |= 1 << ((1 << power) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


_ROUNDS = _rounds()


def keccak256(message: bytes) -> bytes:
    """Return Keccak-256 as Ethereum has it: SHA-3 with the padding of before (FIPS 202, 3.2).

    >>> keccak256(b"").hex()[:16]
    'c5d2460186f7233c'
    """
    rate = 136
    padded = bytearray(message + b"\1" + bytes(-(len(message) + 1) % rate))
    padded[-1] |= 0x80
    lanes = [0] * 25
    for at in range(0, len(padded), rate):
        for i in range(rate // 8):
            lanes[i] ^= int.from_bytes(padded[at + 8 * i : at + 8 * i + 8], "little")
        for constant in _ROUNDS:
            _permute(lanes, constant)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permute(lanes: list[int], constant: int) -> None:
    sums = [
        lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)
    ]
    for x in range(5):
        mixed = sums[x - 1] ^ _turned(sums[(x + 1) % 5], 1)
        for y in range(0, 25, 5):
            lanes[x + y] ^= mixed
    x, y, moved = 1, 0, lanes[1]
    for step in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        lanes[x + 5 * y], moved = (
            _turned(moved, (step + 1) * (step + 2) // 2 % 64),
            lanes[x + 5 * y],
        )
    for y in range(0, 25, 5):
        row = lanes[y : y + 5]
        for x in range(5):
            lanes[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5] & _MASK)
    lanes[0] ^= constant


def _turned(lane: int, by: int) -> int:
    return ((lane << by) | (lane >> (64 - by))) & _MASK if by else lane


Point = tuple[int, int, int]


def _doubled(point: Point) -> Point:
    x, y, z = point
    square = y * y % _P
    s, m = 4 * x * square % _P, 3 * x * x % _P
    new = (m * m - 2 * s) % _P
    return new, (m * (s - new) - 8 * square * square) % _P, 2 * y * z % _P


def _added(point: Point) -> Point:
    """Return a point and the base point (another point), in Jacobian coordinates."""
    x, y, z = point
    square = z * z % _P
    h, r = (_G[0] * square - x) % _P, (_G[1] * square * z - y) % _P
    cube = h * h * h % _P
    v = x * h * h % _P
    new = (r * r - cube - 2 * v) % _P
    return new, (r * (v - new) - y * cube) % _P, z * h % _P


@remembered(1 << 12)
def address_of(digits: bytes) -> bytes | None:
    """Return the 20 bytes of the address that a key of 64 hex digits has, None for no key.

    >>> (address_of(b"0" * 63 + b"3") or b"").hex()[:8]
    '6813eb93'
    """
    number = int(digits, 16)
    if not 0 < number < ORDER:
        return None
    point: Point | None = None
    for bit in f"{number:b}":
        point = _doubled(point) if point else None
        if bit == "1":
            point = _added(point) if point else (*_G, 1)
    assert point is not None  # the number is above 0
    inverse = pow(point[2], -1, _P)
    x = point[0] * inverse * inverse % _P
    y = point[1] * inverse * inverse * inverse % _P
    return keccak256(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:]
