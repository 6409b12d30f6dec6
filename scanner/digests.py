"""Digests without OpenSSL, which ``hashlib`` loads for milliseconds that every commit would wait for."""

try:
    from _blake2 import blake2b
    from _sha3 import shake_256  # type: ignore[import-not-found,unused-ignore]
except ImportError:  # another Python than CPython
    from hashlib import blake2b, shake_256

__all__ = ["blake2b", "shake_256"]
