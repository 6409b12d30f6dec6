"""Files that keep keys: does the binary file, or the base64 of it, hold a key at all.

PKCS #12 (RFC 7292) and the keystores of Java also keep certificates that anybody may have.
"""

from scanner.checksums.chains import base64_decode
from scanner.checksums.pem import NOISE
from scanner.checksums.secp256k1 import ORDER

_BAGS = tuple(bytes.fromhex(f"2a864886f70d010c0a01{kind}") for kind in ("01", "02"))
_JAVA = (bytes.fromhex("2b060104012a02110101"), bytes.fromhex("2b060104012a021301"))


def pkcs12(data: bytes, start: int, end: int) -> bool:
    """Check that a PKCS #12 file holds a key, bags 1 and 2 of RFC 7292, section 4.2, and that this is its first.

    Files of trusted certificates have the same outer form, and no such bag.
    """
    return _is_first(data, start, end, _BAGS, b"MII")


def java_keystore(data: bytes, start: int, end: int) -> bool:
    """Check that a keystore of Java holds a key, encrypted by JKS or JCEKS, and that this is its first."""
    return _is_first(data, start, end, _JAVA, b"/u3+", b"zs7O")


def _is_first(data: bytes, start: int, end: int, marks: tuple[bytes, ...], *heads: bytes) -> bool:
    secret = data[start:end]
    if secret.startswith(heads):  # base64: a text may hold several files
        whole = base64_decode(NOISE.sub(b"", secret)) or b""
        return any(mark in whole for mark in marks)
    own = next((mark for mark in marks if mark in secret), None)
    return own is not None and data.find(own, 0, start) < 0  # found at once where there are many


def wallet_key(data: bytes, start: int, end: int) -> bool:
    """Check that a key of a wallet file is one (secp256k1), and that none stands before it: a file has thousands."""
    return 0 < int.from_bytes(data[start:end], "big") < ORDER and data.find(_CURVE, 0, end) < 0


def wallet_master_key(data: bytes, start: int, end: int) -> bool:
    """Check that the master key of an encrypted wallet file is its first: each new passphrase adds one."""
    return start <= data.find(_MASTER) < end


_MASTER = b"\x04mkey"
"""How a wallet's records call a master key, behind the length of the word (``walletdb.cpp``)."""
_CURVE = bytes.fromhex("020101302c06072a8648ce3d0101")
"""How Bitcoin Core writes its curve, with its numbers (``key.cpp``)."""
