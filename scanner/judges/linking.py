"""Where a variable whose name tells nothing goes in the texts built below: which parameter of an address it is.

``API = "..."``, then ``f"https://api.acme.dev/weather?appid={API}"``: only the address tells what it is.
"""

from collections.abc import Callable, Iterable

from scanner.context.names import roles
from scanner.judges.forms import form_of
from scanner.judges.passing import REACH, variable
from scanner.lazy import lazy_compile
from scanner.models import Evidence, Match, Rule
from scanner.rules import compile_pattern

_MOST_USES = 12
_PUT = rb"""(?:[$#%]?\{{1,2}|\$|\\\(|["'`][ ]{0,3}(?:\+|\.\.?|&)\s{0,40}\$?|["'`]\s{0,8},\s{0,8})"""
"""How a variable is put into a text: ``${x}``, ``$x``, ``\\(x)`` of Swift, or joined by ``+`` or ``.``."""
_PARAMETER = lazy_compile(
    rb"(?:[?&\"'`\s{,(]|amp;)([A-Za-z_][\w\-]{1,30})=" + _PUT + rb"(?:this\.|self\.)?\Z"
)
_BEARER = lazy_compile(rb"(?i:bearer|token)[ ]" + _PUT + rb"(?:this\.|self\.)?\Z")
_ADDRESS = lazy_compile(
    rb"((?:https?|wss?)://[A-Za-z0-9.\-]{4,80}/(?:[A-Za-z0-9_\-]{1,24}/){0,4})"
    + _PUT
    + rb"(?:this\.|self\.)?\Z"
)
"""An address up to the part of its path that a variable becomes."""
_GOES_ON = lazy_compile(rb"\w|\.(?!trim\(|strip\(|trimmed|\s)")


_ANY_ID = ("id", "ID")
_OF_ANYTHING = ("key", "token", "auth")
"""Parameters that sheets, caches and coins have, too: a key by such a name is one if a told system has its form."""


def is_telling(name: str) -> bool:
    """Tell whether the name of a parameter says alone that its value is a secret, whoever takes it.

    >>> is_telling("api_key"), is_telling("key"), is_telling("city")
    (True, False, False)
    """
    return name.lower() not in _OF_ANYTHING and roles.kind_of(name) is not None


def linked_below(
    data: bytes, match: Match, name: str, tells: Callable[[str], bool]
) -> tuple[Match, str] | None:
    """Return the match at the place below where its variable is put into a text, and the name it has there.

    ``tells`` says of the name of a parameter whether it is that of a key; ``Bearer`` is a token's.
    """
    name = name.rpartition(" ")[2]  # "val id": two words may be a name in prose
    word = variable(name) or (name.encode() if name in _ANY_ID else None)
    if word is None:
        return None
    at, stop = match.end, match.end + REACH
    for _ in range(_MOST_USES):
        at = data.find(word, at + 1, stop)
        if at < 0:
            return None
        end = at + len(word)
        if _GOES_ON.match(data, end):
            continue
        before = max(0, at - 90), at
        found = _PARAMETER.search(data, *before)
        if found is not None and tells(found[1].decode()):
            return match._replace(start=at, end=end), found[1].decode()
        if found is None and _BEARER.search(data, *before):
            return match._replace(start=at, end=end), "bearer_token"
    return None


FORMED = 10
"""Points of a key in an address whose form tells it, as the structure judge gives them."""


def is_of_path(rule: Rule) -> bool:
    """Tell whether a rule is of keys that stand in the path of an address, known by its host."""
    return rule.told_by == "structure" and bool(rule.pattern) and rule.id.endswith("-url-key")


def put_into_address(data: bytes, match: Match, name: str, rules: Iterable[Rule]) -> Match | None:
    """Return the match as the key of an address that its variable completes below, None if it completes none.

    ``ID = "..."``, then ``f"https://mainnet.infura.io/v3/{ID}"``: the address that comes out is one a rule knows.
    """
    word = name.rpartition(" ")[2].rpartition(".")[2]
    if not word.isidentifier() or not word.isascii():
        return None
    at, stop, value = match.end, match.end + REACH, data[match.start : match.end]
    for _ in range(_MOST_USES):
        at = data.find(word.encode(), at + 1, stop)
        if at < 0:
            return None
        found = _ADDRESS.search(data, max(0, at - 200), at)
        if found is None or _GOES_ON.match(data, at + len(word)):
            continue
        whole = found[1] + value
        for rule in rules:
            hit = compile_pattern(rule).search(whole)
            if hit is not None and hit["secret"] == value:
                told = Evidence("host", f"{word} completes an address below")
                return match._replace(rule=rule, score=FORMED, evidence=(form_of(rule), told))
    return None
