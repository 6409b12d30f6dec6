"""The halves of a pair by their names: what each is called says what the other is.

``{access: "...", secret: "..."}``, ``id`` above ``sec``, ``pub`` beside ``priv``: alone, none of these names tells
of a key of an API. An exchange's "public key" is such a key where its "private key" stands beside it.
"""

import re

from scanner.context.around.binding import Binding
from scanner.context.layout import columns
from scanner.context.layout.rows import beside
from scanner.lazy import lazy_compile

_HALVES = {"access": "access_key", "id": "api_id", "connect": "connect_key"}
"""What a key is called beside a member or a variable that is called its secret, and what that means."""
_USERS = ("user", "login")
"""What a key is called where its secret is called a password."""
_SECRET_NEXT = lazy_compile(
    rb"[\"'`]?\)?[ \t]{0,4}[,;]?(?:[ \t]{0,4}(?:#|//)[^\n]{0,60})?\s{1,24}"
    rb"(?:(?:const|let|var|local|final|my|val)[ ]{1,2})?"
    rb"[$@]?[\"']?(?:sec(?:r(?:et)?)?(?:_?key)?|priv(?:ate)?)[\"']?(?::[ ]?(?:str|string|String))?"
    rb"[ \t]{0,12}(?:=>|:=|[:=])",
    re.IGNORECASE,
)
_PASSWORD_NEXT = lazy_compile(
    rb"[\"'`][ \t]{0,4},?\s{1,24}[\"']?(?:pwd|pass(?:word)?)[\"']?[ \t]{0,4}(?:=>|[:=])",
    re.IGNORECASE,
)
_PUBLIC = lazy_compile(r"(?i)(?P<stem>|\w*_|\w*[a-z](?=P))pub(?:l(?:ic)?)?(?:_?(?:api)?_?key)?")
_PRIVATE = lazy_compile(
    r"(?i)(?P<stem>|\w*_|\w*[a-z](?=P))pri?v(?:ate)?(?:_?(?:api)?_?key)?|私[钥鑰]"
)
_OF_PRIVATE = r"(?:pri?v(?:ate)?|sec(?:ret)?)(?:_?(?:api)?_?key)?"
_OF_PUBLIC = r"(?:pub(?:l(?:ic)?)?(?:_?(?:api)?_?key)?|\xe5\x85\xac(?:\xe9\x92\xa5|\xe9\x91\xb0))"
_SIGN = (
    rb"[\"'`\])>]{0,3}[ \t]{0,20}(?::[ \t]{0,3}[\w&?]{2,12}[ \t]{0,3}=|As[ \t]+String[ \t]+=|:=|=>|[:=])[ \t]{0,20}"
    rb"(?:\w{1,20}\()?[\"'`]?"
)
_VALUE = rb"(?P<value>[A-Za-z0-9+/_\-]{12,160}={0,2})"
_REACH = 320
"""Bytes before a half and behind it in which its other half is looked for."""


def half_of_pair(data: bytes, start: int, end: int, binding: Binding) -> str:
    """Return what a name means whose secret is bound beside its value ``data[start:end]``; "" for any other.

    >>> data = b'id="a1", secret="b2"'
    >>> half_of_pair(data, 4, 6, Binding("id")), half_of_pair(data, 4, 6, Binding("ids"))
    ('api_id', '')
    >>> half_of_pair(b"KRK_PUB=a1 KRK_PRIV=0b2c4d6e8f1a", 8, 10, Binding("KRK_PUB"))
    'KRK_api_key'
    """
    name = _last(binding.name)
    meant = _HALVES.get(name.lower())
    if meant:
        return meant if _SECRET_NEXT.match(data, end) else ""
    if name.lower() in _USERS:
        return "api_key" if _PASSWORD_NEXT.match(data, end) else ""
    found = _PUBLIC.fullmatch(name)
    if found is None:
        return ""
    stem = found["stem"].rstrip("_")
    if binding.how == "column":
        is_paired = any(_PRIVATE.fullmatch(column) for column in columns.beside(data, start))
    else:
        is_paired = _other(data, start, end, stem, _OF_PRIVATE) is not None
    return (f"{stem}_api_key" if stem else "api_key") if is_paired else ""


def is_public_half(name: str) -> bool:
    """Tell whether a name is that of the public half of a pair, which anything may have: ``pub``, ``user``."""
    return _last(name).lower() in _USERS or _PUBLIC.fullmatch(_last(name)) is not None


def public_beside(data: bytes, start: int, end: int, binding: Binding) -> bytes | None:
    """Return the public half beside a value that a name calls private; None if there is none.

    >>> data = b"pub: 0a1b2c3d4e5f60, priv: 99"
    >>> public_beside(data, 27, 29, Binding("priv"))
    b'0a1b2c3d4e5f60'
    """
    found = _PRIVATE.fullmatch(_last(binding.name))
    if found is None:
        return None
    if binding.how == "column":
        row = beside(data, start, end)
        return row.others[0] if row is not None and row.place else None
    other = _other(data, start, end, (found["stem"] or "").rstrip("_"), _OF_PUBLIC)
    return other["value"] if other is not None else None


def _other(data: bytes, start: int, end: int, stem: str, word: str) -> "re.Match[bytes] | None":
    """Return the other half of a pair, in the same paragraph."""
    written = re.escape(stem.encode()) + rb"_?" if stem else rb"(?<![A-Za-z_])"
    other = re.compile(rb"(?i)" + written + word.encode("latin-1") + _SIGN + _VALUE)
    low = max(0, start - _REACH)
    before = list(other.finditer(data, max(low, data.rfind(b"\n\n", low, start)), start))
    if before:
        return before[-1]
    below = data.find(b"\n\n", end, end + _REACH)
    return other.search(data, end, below if below >= 0 else end + _REACH)


def _last(name: str) -> str:
    return name.rpartition(".")[2].rpartition(" ")[2].strip("$@")
