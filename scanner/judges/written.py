"""What each form of a generic rule writes: the password, or the token, in a value as it stands in the text.

A form may encode it (Basic headers, LDIF), have a user before it, or stand where words do, too: then only a value
that is no word is one.
"""

import base64
import binascii
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from scanner.context.values import lookalikes
from scanner.context.values.ids import is_evm_address
from scanner.context.values.marks import is_drawn
from scanner.context.values.randomness import is_random

_KEY = 20
"""Bytes of the shortest key."""


def _basic(written: bytes) -> bytes | None:
    """Return the password of a Basic Authorization value; the value itself if it is only one part.

    >>> _basic(b"dXNlcjpodW50ZXIyIQ==")
    b'hunter2!'
    """
    try:
        decoded = base64.b64decode(written + b"=" * (-len(written) % 4), validate=True)
    except binascii.Error:
        return None
    user, colon, password = decoded.partition(b":")
    if colon and decoded.isascii():
        # A key for the user, and no password, is how many services are asked.
        return password or (user if len(user) >= _KEY and is_random(user) else b"")
    if decoded.isascii() and decoded.decode().isprintable():
        return decoded
    if len(written) < _KEY and not any(48 <= byte <= 57 for byte in written):
        return None  # "basic XSS/SQLi detection"
    return None if lookalikes.is_name_like(written) or len(written) % 4 else written


def _of_user(written: bytes) -> bytes | None:
    """Return what stands beside a user's name if it is no word: maps have roles and ids there, too.

    >>> _of_user(b"k8Zx2m-Qa9"), _of_user(b"administrator"), _of_user(b"a@b.example"), _of_user(b"0x" + b"aB1c" * 10)
    (b'k8Zx2m-Qa9', None, None, None)
    """
    is_mixed = any(48 <= byte <= 57 for byte in written) and written.upper() != written.lower()
    is_id = written in (written.lower(), written.upper()) or lookalikes.of_itself(written)
    if is_evm_address(written, 0, len(written)):
        return None
    return written if is_mixed and not is_id else None


def _of_section(written: bytes) -> bytes | None:
    """Return what stands in a section of passwords if it has letters and a digit: settings stand there, too.

    >>> _of_section(b"velvet-1984"), _of_section(b"velvet-falcon")
    (b'velvet-1984', None)
    """
    is_mixed = any(48 <= byte <= 57 for byte in written) and written.upper() != written.lower()
    return written if is_mixed else None


def _decoded(written: bytes) -> bytes | None:
    """Return the password that base64 holds; of Active Directory, in UTF-16 and quotes.

    >>> _decoded(b"aHVudGVyMiE="), _decoded(b"/////w==")
    (b'hunter2!', None)
    """
    try:
        decoded = base64.b64decode(written + b"=" * (-len(written) % 4), validate=True)
        if b"\0" in decoded:
            decoded = decoded.decode("utf-16-le").strip('"').encode()
    except ValueError:  # binascii's, and that of a wrong encoding
        return None
    return decoded if decoded.isascii() and decoded.decode().isprintable() else None


def _drawn(written: bytes) -> bytes | None:
    """Return what stands behind a word for a key in a sentence if it was drawn: sentences have words there.

    >>> _drawn(b"f3vA7NUtFOY6aF0kDQHBwtnO"), _drawn(b"size-of-the-index-2024")
    (b'f3vA7NUtFOY6aF0kDQHBwtnO', None)
    """
    is_drawn = is_random(written) and not lookalikes.is_name_like(written)
    return written if is_drawn else None


def _behind_user(written: bytes) -> bytes:
    """Return the password of ``user:password``.

    >>> _behind_user(b"ci:x7Kq2w")
    b'x7Kq2w'
    """
    return written.partition(b":")[2]


def _of_device(written: bytes) -> bytes | None:
    """Return the key of a device; letters alone only if they were drawn.

    >>> _of_device(b"ZHWIjqBRXbTfqLwz"), _of_device(b"SharedKeyOfServers"), _of_device(b"velvet7")
    (b'ZHWIjqBRXbTfqLwz', None, b'velvet7')
    """
    return None if written.isalpha() and not is_drawn(written) else written


FORMS: dict[str, Callable[[bytes], bytes | None]] = {
    "generic-url-password": unquote_to_bytes,
    "generic-basic-auth": _basic,
    "generic-bearer-token": bytes,
    "generic-bearer-hex-token": bytes,
    "generic-url-token": bytes,
    "generic-command-password": bytes,
    "generic-tool-password": bytes,
    "generic-fix-password": bytes,
    "generic-login-call": bytes,
    "generic-connect-call": bytes,
    "generic-computed-login-call": bytes,
    "generic-oracle-address": bytes,
    "generic-oauth-secret": bytes,
    "generic-client-key": bytes,
    "generic-shell-password": bytes,
    "generic-file-password": bytes,
    "generic-oracle-password": bytes,
    "generic-server-password": bytes,
    "generic-dsn-password": bytes,
    "generic-signing-key": bytes,
    "generic-hmac-argument": bytes,
    "generic-pgpass": bytes,
    "generic-keystore-password": bytes,
    "generic-note-password": bytes,
    "generic-login-note": bytes,
    "generic-foreign-note": bytes,
    "generic-account-note": bytes,
    "generic-redis-auth": bytes,
    "generic-user-key": _drawn,
    "generic-http-login": bytes,
    "generic-noted-pair-key": _drawn,
    "generic-noted-pair-secret": _drawn,
    "generic-user-map": _of_user,
    "generic-mail-and-password": bytes,
    "generic-mail-and-password-pair": bytes,
    "generic-noted-key": bytes,
    "generic-typed-password": bytes,
    "generic-relay-password": bytes,
    "generic-router-password": _of_device,
    "generic-network-password": bytes,
    "generic-listed-password": bytes,
    "generic-argument-password": bytes,
    "generic-encoded-password": _decoded,
    "generic-bundler-login": _behind_user,
    "generic-state-password": bytes,
    "generic-cookie-file": bytes,
    "generic-cookie-header": bytes,
    "generic-master-key": bytes,
    "generic-section-password": _of_section,
    "generic-erlang-cookie": bytes,
    "generic-erlang-cookie-file": bytes,
    "generic-cookie-key": bytes,
    "generic-first-password": bytes,
    "generic-key-argument": bytes,
    "generic-password-argument": bytes,
    "generic-joined-login": bytes,
    "generic-daemon-password": bytes,
    "generic-daemon-login": bytes,
    "generic-acl-password": bytes,
    "generic-userlist-password": bytes,
    "generic-link-secret": bytes,
    "generic-game-key": bytes,
    "generic-device-password": bytes,
    "generic-snmp-community": bytes,
    "generic-step-password": bytes,
    "generic-compared-key": bytes,
    "generic-stack-password": bytes,
    "generic-header-value": bytes,
    "generic-planned-password": bytes,
    "generic-planned-token": bytes,
    "generic-heredoc-password": bytes,
}
"""How to read a value of each rule of such a form."""
