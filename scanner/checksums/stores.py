"""Files that keep keys: does the binary file, or the base64 of it, hold a key at all.

PKCS #12 (RFC 7292) and the keystores of Java also keep certificates that anybody may have.
"""

from scanner.checksums.chains import base64_decode
from scanner.checksums.pem import NOISE
from scanner.checksums.secp256k1 import ORDER

_BAG = bytes.fromhex("2a864886f70d010c0a01")
_JAVA = (bytes.fromhex("2b060104012a02110101"), bytes.fromhex("2b060104012a021301"))


def pkcs12(secret: bytes) -> bool:
    """Check that a PKCS #12 file, or a piece of one, holds a key: bags 1 and 2 of RFC 7292, section 4.2.

    Files of trusted certificates have the same outer form, and no such bag.
    """
    data = _unwrapped(secret, b"MII")
    return data is not None and any(_BAG + bytes([kind]) in data for kind in (1, 2))


def java_keystore(secret: bytes) -> bool:
    """Check that a keystore of Java, or a piece of one, holds a key: it is encrypted by JKS or JCEKS."""
    data = _unwrapped(secret, b"/u3+", b"zs7O")
    return data is not None and any(method in data for method in _JAVA)


def _unwrapped(secret: bytes, *heads: bytes) -> bytes | None:
    """Return a file as it is; decoded if it is base64 that begins like one of these."""
    return base64_decode(NOISE.sub(b"", secret)) if secret.startswith(heads) else secret


def wallet_key(data: bytes, start: int, end: int) -> bool:
    """Check that a key of a wallet file is one (secp256k1), and that none stands before it: a file has thousands."""
    return 0 < int.from_bytes(data[start:end], "big") < ORDER and data.find(_CURVE, 0, end) < 0


_CURVE = bytes.fromhex("020101302c06072a8648ce3d0101")
"""How Bitcoin Core writes its curve, with its numbers (``key.cpp``)."""
