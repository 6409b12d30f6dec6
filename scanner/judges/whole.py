"""All of a value that somebody chose: a passphrase goes on to its quotes, signs and all."""

from scanner.lazy import lazy_compile
from scanner.models import Match

_SIGNS_LEFT = lazy_compile(rb"[\"'`]([!#-&(-/:-@\[\]-_{-~]{1,8})\Z")
_SIGNS = lazy_compile(rb"([!#-&(-/:-@\[\]-_{-~]{1,8})[\"'`]")
_SIGNS_AT_END = lazy_compile(rb"([!$@#%^&*?+~]{1,6})(?=[\"'`]|[ \t\r]*(?:\n|\Z))")


def whole(data: bytes, match: Match) -> Match:
    """Return the match of a chosen value up to its quotes: ``Moon2024!`` ends with its sign."""
    start, end = match.start, match.end
    left = _SIGNS_LEFT.search(data, max(0, start - 9), start)
    quote = data[start - 1 : start] if left is None else left.group()[:1]
    if quote in (b'"', b"'", b"`"):
        right = _SIGNS.match(data, end)
        if right is not None and right.group()[-1:] == quote:
            end = right.end(1)
        if data[end : end + 1] == quote and left is not None:
            start = left.start(1)
    else:
        right = _SIGNS_AT_END.match(data, end)
        if right is not None and data[start - 1 : start] in (b"=", b" "):
            end = right.end(1)
    return match._replace(start=start, end=end)
