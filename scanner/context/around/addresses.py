"""Values that are parts of an address, of a file's name or of a type: the ids of orders and images, contracts.

A key that stands in the path of an address is found by a rule of its own, which knows the host.
"""

from scanner.lazy import lazy_compile

_REACH = 240
"""Bytes before a value in which its address begins."""
_IN_PATH = lazy_compile(
    rb"\b(?:https?|wss?)://[^\s\"'`<>()\[\]{}|?#@=]{3,200}/(?:[\w.\-]{1,40}-)?(?:0x)?\Z"
)
_ID = lazy_compile(
    rb"[0-9a-f]{24}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|(?:0x)?[0-9a-f]{64}"
)
_OF_COMMITS = tuple(
    b"/" + word + b"/"
    for word in b"zipball tarball archive commit commits compare tree trees blob blobs raw".split()
)
"""What GitHub and its like have before a commit or an object in an address."""
_COMMIT = lazy_compile(rb"[0-9a-f]{40}")
_MEDIA = lazy_compile(rb"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|ico|mp4|mov|webm|pdf)(?![\w.])")
_MOVE = lazy_compile(rb"::[A-Za-z_]\w{0,60}")
"""What follows the address of a module in Move: ``0x1::aptos_coin::AptosCoin``."""
_MADE_OF = lazy_compile(
    rb"\b[a-z][a-z0-9+.\-]{2,24}://[^\s\"'`<>/@]{1,80}:[^\s\"'`<>/@]{0,120}@[\w.\-]{1,80}(?::\d{0,5})?/?\Z"
)


def in_address(data: bytes, start: int, end: int) -> str | None:
    """Return why ``data[start:end]`` only tells where something is; None if it does not.

    >>> in_address(b"https://api.kucoin.com/api/v1/orders/" + b"0a" * 12, 37, 61)
    'a piece of an address'
    >>> in_address(b"key: " + b"0a" * 12 + b".png", 5, 29), in_address(b"key: " + b"0a" * 12, 5, 29)
    ('the name of an image or a document', None)
    """
    if _MEDIA.match(data, end, end + 8):
        return "the name of an image or a document"
    low = max(0, start - _REACH)
    if _MOVE.match(data, end, end + 64) and data[start - 2 : start] in (b"0x", b"0X"):
        return "the address of a module"
    if b"://" not in data[low:start]:
        return None
    if data[low:start].endswith(_OF_COMMITS) and _COMMIT.fullmatch(data, start, end):
        return "a commit"
    if _MADE_OF.search(data, low, start):
        return "a piece of an address"
    if _ID.fullmatch(data, start, end) and _IN_PATH.search(data, low, start):
        return "a piece of an address"
    return None
