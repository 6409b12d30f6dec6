"""Private keys of secp256k1 that their place proves: beside their own address, or below a heading.

64 hexadecimal digits are most often a hash. So these checks look at the bytes around the digits: an address
that derives from them is proof.
"""

from scanner.checksums.encodings import base58check_decode
from scanner.checksums.handed import PRIVATE_KEY
from scanner.checksums.secp256k1 import address_of
from scanner.lazy import lazy_compile

_REACH = 120
"""Bytes before and behind a key in which its address is looked for."""
_ADDRESS = lazy_compile(
    rb"(?<![0-9a-zA-Z])(?:0x([0-9a-fA-F]{40})|(T[1-9A-HJ-NP-Za-km-z]{33}))(?![0-9a-zA-Z])"
)
_HEADS = lazy_compile(
    rb"(?i)\A[\s\"'`*]{0,8}(?:" + PRIVATE_KEY + rb"|pkey|secret key|pk[\s\"'`*]{0,8}\Z)"
)
"""A cell of a heading that says that its column holds private keys."""
_TABLE = 6000
"""Bytes above a row in which the heading of its table is looked for."""


def evm_pair(data: bytes, start: int, end: int) -> bool:
    """Check that an address beside ``data[start:end]``, 64 hex digits, is this key's, or that its column says so."""
    around = data[max(0, start - _REACH) : start] + b" " + data[end : end + _REACH]
    told = set()
    for found in _ADDRESS.finditer(around):
        if found[1]:
            told.add(bytes.fromhex(found[1].decode()))
        else:
            told.add((base58check_decode(found[2]) or b"")[1:])
    return bool(told) and (_is_headed(data, start) or address_of(data[start:end]) in told)


def _is_headed(data: bytes, start: int) -> bool:
    r"""Tell whether the heading of the column at ``start`` names a private key: of Markdown, or in the first line.

    >>> _is_headed(b"address,private_key\n0x00,0a1b", 25), _is_headed(b"address,hash\n0x00,0a1b", 18)
    (True, False)
    """
    low = data.rfind(b"\n", max(0, start - 400), start) + 1
    rule = data.rfind(b"|--", max(0, low - _TABLE), low) if b"|" in data[low:start] else -1
    if rule >= 0:
        stop = data.rfind(b"\n", 0, rule)
        heading = data[data.rfind(b"\n", max(0, stop - 400), max(0, stop)) + 1 : max(0, stop)]
    else:
        heading = data[: max(0, data.find(b"\n", 0, 400))]
    for mark in b"|", b";", b"\t", b",":
        cells, index = heading.split(mark), data.count(mark, low, start)
        if len(cells) > 1:
            return 0 < index < len(cells) and _HEADS.match(cells[index]) is not None
    return False
