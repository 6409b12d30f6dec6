"""Pieces of a quoted value: a key of Django has signs in it, so what stands before a ``=`` there is no name."""

from scanner.context.names.roles import kind_of
from scanner.context.values.lookalikes import is_name_like
from scanner.lazy import lazy_compile

_LONGEST = 160
_BEFORE = lazy_compile(
    rb"([A-Za-z_][\w.\-]{0,60})[\"']?\]?[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}[bru]{0,2}[\"'][A-Za-z0-9!@#$%^*()_+=\-]{4,160}=\Z"
)
"""A name, a quote, and no sign that ends a part of an address or of a list, up to a ``=`` within the quotes."""


def is_piece(data: bytes, start: int, name: str) -> bool:
    """Tell whether a value bound to ``name`` is the end of the quoted value of a telling name.

    >>> data = b"SECRET_KEY = 'pl7mKq-k2w=f8a91'"
    >>> is_piece(data, 25, "pl7mKq-k2w"), is_piece(data[14:], 11, "pl7mKq-k2w")
    (True, False)
    """
    if data[start - 1 : start] != b"=":
        return False
    last = name.replace("-", "_").rpartition("_")[2]
    if kind_of(name) is not None and is_name_like(last.encode()):
        return False
    found = _BEFORE.search(data, max(0, start - _LONGEST), start)
    return found is not None and kind_of(found[1].decode()) is not None
