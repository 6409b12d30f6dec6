"""PEM blocks and DER: does the text hold a key, or only look as if.

A private key's DER is one SEQUENCE (X.690, section 8.9) whose length is that of the whole; an
OpenSSH key begins with its own magic (PROTOCOL.key of OpenSSH) and says whether it is encrypted.
"""

import re

from scanner.checksums.chains import base64_decode
from scanner.lazy import lazy_compile

_BLOCK = lazy_compile(
    rb"-----BEGIN ([A-Z0-9 ]{0,40})-----(.{0,20000}?)(?:-----END [A-Z0-9 ]{0,40}-----|\Z)",
    re.DOTALL,
)
_HEADER = lazy_compile(
    rb"(?:Proc-Type|DEK-Info|Version|Comment|kdf|salt|type)(?:: ?)[^\n\\]{0,200}(?:\n|\\[rn])"
)
NOISE = lazy_compile(rb"""["'`]\s{0,40}[+.]\s{0,40}["'`]|\\[rnt]|[\s"'`,;\\>|#*]""")
_SSH = b"openssh-key-v1\0"


def body(secret: bytes) -> bytes | None:
    """Return the bytes inside a PEM block; line breaks may be escaped or be joined strings."""
    match = _BLOCK.search(secret)
    if not match:
        return None
    text = NOISE.sub(b"", _HEADER.sub(b"", match[2]))
    return base64_decode(text) if len(text) >= 40 else None


def is_sequence(data: bytes, whole: bool = True) -> bool:
    """Tell whether bytes are one DER SEQUENCE; with ``whole`` false the end may be missing."""
    if len(data) < 16 or data[0] != 0x30:
        return False
    size, head = data[1], 2
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 3:
            return False
        size, head = int.from_bytes(data[2 : 2 + count], "big"), 2 + count
    return size + head == len(data) if whole else size + head >= len(data)


def pem(secret: bytes) -> bool:
    """Check that a PEM block holds a key: DER, or OpenSSH's format (RFC 7468, 5915, 8017)."""
    data = body(secret)
    if data is None or len(set(data)) < 16:
        return False
    if data.startswith(_SSH):
        return True
    if b"PGP PRIVATE KEY" in secret[:60]:
        return data[0] >= 0x80
    if b"ENCRYPTED" in secret[:200] and b"DEK-Info" in secret[:200]:
        return len(data) >= 32
    return is_sequence(data, b"-----END" in secret)


def pem_encrypted(secret: bytes) -> bool:
    """Check that a PEM block holds an encrypted key: its label or its OpenSSH cipher says so."""
    data = body(secret)
    if data is None or len(set(data)) < 16:
        return False
    if data.startswith(_SSH):
        size = int.from_bytes(data[len(_SSH) : len(_SSH) + 4], "big")
        return data[len(_SSH) + 4 : len(_SSH) + 4 + size] != b"none"
    return b"ENCRYPTED" in secret[:200]


def der(secret: bytes) -> bool:
    """Check that base64 without PEM lines is one DER SEQUENCE (X.690)."""
    data = base64_decode(NOISE.sub(b"", secret))
    return data is not None and is_sequence(data)
