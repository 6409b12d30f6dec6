"""The name of a parameter, where a function of the same text is passed a value by its place.

``generate("...", "GET", null, "<secret>")`` says nothing; ``String generate(..., String secretKey)`` above does.
"""

from scanner.context.names.roles import kind_of, words
from scanner.lazy import lazy_compile

_BEFORE, _AFTER = 3000, 800
"""Bytes before and behind a value in which the function may be defined."""
_MOST = 8
_HEAD = lazy_compile(rb"([\w>\]]{2,60})[ \t]{1,4}\Z")
_LIST = lazy_compile(rb"[ ]?\(([^()\"'`]{4,400})\)")
_NO_HEADS = frozenset((b"return", b"new", b"await", b"yield", b"throw", b"else", b"in", b"case"))
"""Words before a call, which defines nothing."""
_FIRST_OF_TWO = lazy_compile(r"[\s&*]{0,8}(?:mut )?([A-Za-z_$]\w{0,60})\s{0,4}(?::|=|$| \S)")
_LAST_OF_TWO = lazy_compile(r"([A-Za-z_]\w{0,60})\s{0,8}(?:=.{0,60})?$")
_OWN = ("self", "cls", "this", "&self", "&mut self")


def of_argument(data: bytes, start: int, callee: str, place: int) -> str:
    """Return the name of the parameter that argument ``place`` of a call becomes, if it tells; else ``""``.

    >>> data = b"def sign(query, api_secret):\\n    ...\\nsign('a=1', 'x7Kq"
    >>> of_argument(data, 48, "sign", 1), of_argument(data, 48, "sign", 0)
    ('api_secret', '')
    """
    name = callee.rpartition(".")[2].rpartition(":")[2].rpartition(">")[2].encode("latin-1")
    if len(name) < 3:
        return ""
    at, stop = max(0, start - _BEFORE) - 1, start + _AFTER
    for _ in range(_MOST):
        at = data.find(name, at + 1, stop)
        if at < 0:
            break
        head = _HEAD.search(data, max(0, at - 64), at)
        given = _LIST.match(data, at + len(name)) if head and head[1] not in _NO_HEADS else None
        if given is not None:
            return _named(given[1].decode("latin-1"), place)
    return ""


def _named(parameters: str, place: int) -> str:
    """Return the telling name at a place of a list of parameters.

    >>> _named("String method, String secretKey", 1), _named("self, key: str, api_key: str", 1)
    ('secretKey', 'api_key')
    """
    listed = [one for one in parameters.split(",") if one.strip() not in _OWN]
    if not 0 <= place < len(listed):
        return ""
    for pattern in (_FIRST_OF_TWO, _LAST_OF_TWO):
        found = pattern.search(listed[place].strip())
        name = found[1] if found is not None else ""
        if (len(words(name)) > 1 or "secret" in name.lower()) and kind_of(name):
            return name
    return ""
