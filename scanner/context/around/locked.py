"""Checksums that files of locked versions have beside the names of packages, and digests in the names of built files.

A package may be called ``TokenField`` or ``Auth0``: what stands behind it is a checksum of what was fetched.
"""

from scanner.lazy import lazy_compile

_FAR = 400_000
"""Bytes of the longest list of packages that is gone back to its heading."""
_SHA1 = lazy_compile(rb"[0-9a-f]{40}")
_ITEM = lazy_compile(rb"\n[ ]{2}[\"']?[\w+./ -]{1,120}[\"']?: \Z")
_HEADING = b"SPEC CHECKSUMS:"
"""Of a Podfile.lock: https://guides.cocoapods.org/using/using-cocoapods.html"""
_LOCKED = lazy_compile(
    rb"\{:(?:hex|git), ?:\w{1,80}, ?\"[^\"\n]{1,80}\", ?\"\Z"  # mix.lock
    rb"|\{<<\"\w{1,80}\">>, ?<<\"\Z"  # rebar.lock
)
_PIECE = lazy_compile(rb"[0-9a-f]{6,64}|[0-9A-F]{64}")
_BUILT = lazy_compile(rb"[.\-~]([0-9a-f]{6,64})\.(?:(?:chunk|bundle|min)\.)?(?:m?js|css)\b")
_MINIFIED = lazy_compile(r"[A-Za-z_$]{1,2}\.key")
_LONGEST_PIECE = 20
_NEAR = 300
_LISTED = lazy_compile(
    rb"(?:[{,]\s{0,4}(?:\d{1,6}|[\"'][\w./@~-]{1,80}[\"'])\s?:\s?|[\[,=(/.~-]\s?)[\"']?\Z"
)
"""What stands before a digest in the lists of a built page: a number or the name of a piece, another digest."""
_MODULE = lazy_compile(rb"[\"'][\w./@~-]{1,160}\.(?:[cm]?[jt]sx?|css|vue)[\"'][ ]?:[ ]?[\"']\Z")
"""The path of a module that a bundle knows by a digest."""


def is_listed(data: bytes, start: int, end: int) -> bool:
    r"""Tell whether ``data[start:end]`` has the place of a checksum in a list of packages, headed far above.

    >>> is_listed(b"SPEC CHECKSUMS:\n  Auth0: " + b"0f" * 20, 25, 65)
    True
    """
    if end - start != 40 or not _ITEM.search(data, max(0, start - 130), start):
        return False
    at = data.rfind(_HEADING, max(0, start - _FAR), start)
    return at >= 0 and data.find(b"\n\n", at + 1, start) < 0


def why_checksum(data: bytes, start: int, end: int, name: str = "") -> str | None:
    """Return why hexadecimal digits are the checksum of a package or of a built file; None if they may be a secret.

    ``name`` is what they are bound to: a bundle's ``n.key`` is a digest of what is in a piece of a page.

    >>> data = b"PODS:\\n\\nSPEC CHECKSUMS:\\n  TokenField: " + b"0f" * 20
    >>> why_checksum(data, len(data) - 40, len(data))
    'the checksum of a package'
    """
    if _PIECE.fullmatch(data, start, end) is None:
        return None
    if end - start <= _LONGEST_PIECE and _MINIFIED.fullmatch(name):
        return "a digest of a piece of a page"
    if is_listed(data, start, end):
        return "the checksum of a package"
    if end - start == 64 and _LOCKED.search(data, max(0, start - 180), start):
        return "the checksum of a package"
    around = data[max(0, start - _NEAR) : end + _NEAR]
    if b"js" not in around and b"css" not in around:
        return None
    if _MODULE.search(data, max(0, start - 180), start):
        return "a digest of a piece of a page"
    if not _LISTED.search(data, max(0, start - 100), start):
        return None
    before, after = data[max(0, start - _NEAR) : start], data[end : end + _NEAR]
    line = before.rpartition(b"\n")[2] + after.partition(b"\n")[0]
    if any(end - start == len(built[1]) for built in _BUILT.finditer(line)):
        return "a digest of a piece of a page"
    return None
