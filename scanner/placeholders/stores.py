"""Binary files that keep keys, as they are, in base64, or one of their values.

Their forms are right and their contents random: nothing in them can be decrypted.
"""

import base64
import random
from collections.abc import Callable

from scanner.placeholders.blocks import SECP256K1, ec_body, rsa_body
from scanner.placeholders.encoding import as_text, der, integer

_Build = Callable[[random.Random], bytes]

_DATA = der(6, bytes.fromhex("2a864886f70d010701"))
_KEY_BAG, _CERTIFICATE_BAG = (bytes.fromhex(f"2a864886f70d010c0a01{kind}") for kind in ("02", "03"))


def _file(build: _Build) -> Callable[[random.Random, str], str]:
    """Return what makes the file as it is, or with ``:base64`` in base64."""

    def make(rng: random.Random, form: str) -> str:
        data = build(rng)
        return {"": lambda: as_text(data), "base64": lambda: base64.b64encode(data).decode()}[
            form
        ]()

    return make


def _encrypted(rng: random.Random, method: str) -> bytes:
    parameters = der(0x30, der(4, rng.randbytes(8)), integer(2048))
    scheme = der(0x30, der(6, bytes.fromhex(method)), parameters)
    return der(0x30, scheme, der(4, rng.randbytes(1216)))


def _pfx(rng: random.Random, bag: bytes, value: bytes) -> bytes:
    """Return a PFX with one bag (RFC 7292, section 4)."""
    content = der(4, der(0x30, der(0x30, der(6, bag), der(0xA0, value))))
    inner = der(4, der(0x30, der(0x30, _DATA, der(0xA0, content))))
    seal = der(0x30, der(4, rng.randbytes(20)), der(4, rng.randbytes(8)))
    return der(0x30, integer(3), der(0x30, _DATA, der(0xA0, inner)), seal)


def _pkcs12(rng: random.Random) -> bytes:
    return _pfx(rng, _KEY_BAG, _encrypted(rng, "2a864886f70d010c0103"))


def _trusted(rng: random.Random) -> bytes:
    return _pfx(rng, _CERTIFICATE_BAG, der(4, rng.randbytes(900)))


def _jks(rng: random.Random) -> bytes:
    method = der(0x30, der(6, bytes.fromhex("2b060104012a02110101")), der(5))
    key = der(0x30, method, der(4, rng.randbytes(1256)))
    entry = b"\0\0\0\1\0\7release" + rng.randbytes(8) + len(key).to_bytes(4, "big") + key
    return b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1" + entry + bytes(4) + rng.randbytes(20)


def _trusted_jks(rng: random.Random) -> bytes:
    entry = b"\0\0\0\2\0\2ca" + rng.randbytes(8) + b"\0\5X.509" + (900).to_bytes(4, "big")
    return b"\xfe\xed\xfe\xed\0\0\0\2\0\0\0\1" + entry + rng.randbytes(920)


def _rsa(rng: random.Random) -> bytes:
    return rsa_body(rng)


def _ec(rng: random.Random) -> bytes:
    return ec_body(rng, SECP256K1)


def _explicit(rng: random.Random) -> bytes:
    """Return a key as Bitcoin Core writes it: DER with the curve's numbers, the point compressed."""
    field = der(0x30, der(6, bytes.fromhex("2a8648ce3d0101")), der(2, b"\0" + b"\xff" * 32))
    curve = der(0x30, integer(1), field, b"\x30\x06\x04\x01\x00\x04\x01\x07", der(4, b"\2" + b"\x79" * 32),
                der(2, b"\0" + b"\xfe" * 32), integer(1))  # fmt: skip
    point = der(0xA1, der(3, b"\0\2" + rng.randbytes(32)))
    return der(0x30, integer(1), der(4, rng.randbytes(32)), der(0xA0, curve), point)


def _record(key: bytes, value: bytes) -> bytes:
    """Return two items of a page of Berkeley DB, the later one first."""
    items = (
        len(value).to_bytes(2, "little") + b"\1" + value,
        len(key).to_bytes(2, "little") + b"\1" + key,
    )
    return b"".join(items)


def _wallet(rng: random.Random) -> bytes:
    """Return pages of a wallet.dat that is not encrypted."""
    private = _explicit(rng)
    value = b"\xd6" + private + rng.randbytes(32)
    return _PAGE + bytes(60) + _record(b"\3key\x21\2" + rng.randbytes(32), value) + bytes(40)


def _wallet_encrypted(rng: random.Random) -> bytes:
    value = b"\x30" + rng.randbytes(48) + b"\x08" + rng.randbytes(8) + bytes(4) + b"\x50\xc3\0\0\0"
    return _PAGE + bytes(60) + _record(b"\4mkey\1\0\0\0", value) + bytes(40)


_PAGE = bytes(12) + bytes.fromhex("6231050009000000") + bytes(20)


def _vault(rng: random.Random, form: str) -> str:
    data, iv, salt = (base64.b64encode(rng.randbytes(size)).decode() for size in (580, 16, 32))
    metadata = '{"algorithm":"PBKDF2","params":{"iterations":600000}}'
    made = f'{{"data":"{data}","iv":"{iv}","keyMetadata":{metadata},"salt":"{salt}"}}'
    return {"": made, "escaped": made.replace('"', '\\"')}[form]


def _electrum(rng: random.Random) -> bytes:
    return b"BIE1\2" + rng.randbytes(900)


TABLE: dict[str, tuple[Callable[[random.Random, str], str], str]] = {
    "pkcs12": (_file(_pkcs12), "a PKCS #12 file with a key, in bytes; {pkcs12:base64}"),
    "pkcs12_trusted": (_file(_trusted), "a PKCS #12 file of certificates; {pkcs12_trusted:base64}"),
    "jks": (_file(_jks), "a keystore of Java with a key, in bytes; {jks:base64}"),
    "jks_trusted": (_file(_trusted_jks), "a truststore of Java; {jks_trusted:base64}"),
    "der_rsa": (_file(_rsa), "an RSA private key in DER"),
    "der_ec": (_file(_ec), "a private key of secp256k1 in DER"),
    "wallet": (_file(_wallet), "pieces of a wallet.dat of Bitcoin Core"),
    "wallet_encrypted": (_file(_wallet_encrypted), "the same of an encrypted one"),
    "metamask_vault": (_vault, "an encrypted vault of MetaMask; {metamask_vault:escaped}"),
    "electrum_file": (_file(_electrum), "an encrypted wallet of Electrum; {electrum_file:base64}"),
}
