"""Where a variable without a telling name goes: as which argument of which call below.

``a = "..."``, then ``Client(a, b)``: only the call tells that this is a key, and whose.
"""

import re
from collections.abc import Callable

from scanner.context.names import roles
from scanner.context.names.calls import open_call, takes_ids, takes_keys, takes_pair
from scanner.lazy import lazy_compile
from scanner.models import Match

REACH = 3000
"""Bytes behind a value in which its variable is looked for."""
_MOST_USES, _LONGEST, _WINDOW, _NEAR = 12, 40, 400, 400
_BEFORE = lazy_compile(rb"[(,]\s{0,40}(?:(?:this\.|self\.|[$*&]{1,2}))?\Z")
_AFTER = lazy_compile(rb"(?:\.(?:clone|to_string|to_owned|into|trim|strip)\(\))?\s{0,40}[,)]")
_LAST = lazy_compile(r"\w+")
_HALVES = ("pub", "public")
"""Last words of a key's name where its secret is called private."""


def passed_below(
    data: bytes, match: Match, name: str, is_telling: Callable[[str], bool]
) -> Match | None:
    """Return the match at the place below where its variable is an argument of a telling call; None if there is none.

    ``is_telling`` says of a call whether it is one of an exchange.
    """
    word = variable(name)
    if word is None:
        return None
    at, stop = match.end, match.end + REACH
    for _ in range(_MOST_USES):
        at = data.find(word, at + 1, stop)
        if at < 0:
            return None
        end = at + len(word)
        if _AFTER.match(data, end) and _BEFORE.search(data, max(0, at - 48), at):
            callee, place = open_call(data[max(0, at - _WINDOW) : at].decode("latin-1"))
            is_alone = place == 0 and data[end : end + 48].lstrip()[:1] == b")"
            if 0 <= place <= 2 and not is_alone and may_take_keys(callee, is_telling):
                return match._replace(start=at, end=end)
    return None


_GIVEN = lazy_compile(
    rb"(?<!\w)([A-Za-z_]\w{0,39})[ \t]{0,20}(?::[ \t]{0,4}[\w&?\[\]]{1,20}[ \t]{0,4})?:?=[ \t]{0,20}[bruf]?[\"'`]\Z"
)
"""The variable that a literal is given to, up to the literal's first character."""


_DECODED = lazy_compile(
    rb"(?<![\w.])((?:(?:self|this)\.|\$)?[A-Za-z_]\w{0,39})[ \t]{0,20}:?=[ \t]{0,20}(?:[A-Za-z]\w{0,19}\.)?"
    rb"(?:b64decode|base64_decode|decode_base64|atob|unhexlify|fromhex|hex2bin|Buffer\.from)\([bru]?[\"'`]\Z"
)
"""The variable that a decoded literal is given to, up to the literal's first character."""


def decoded_into(data: bytes, start: int) -> str:
    """Return the variable that what the literal at ``start`` decodes to is given to; "" for none.

    >>> decoded_into(b"_s = base64.b64decode('eDdL", 23), decoded_into(b"check(b64decode('eDdL", 17)
    ('_s', '')
    """
    found = _DECODED.search(data, max(0, start - 120), start)
    return found[1].decode().lstrip("$") if found else ""


def beyond(data: bytes, start: int, end: int) -> bytes:
    """Return the text from ``end`` to where a variable is looked for, if that of the value at ``start`` is in it.

    What a verdict on the value hangs on beyond what is near it. Any word that a sign on its line follows counts.
    """
    low = max(0, start - 140)
    line = data[max(low, data.rfind(b"\n", low, start) + 1) : start]
    for name in _SET.findall(line):
        if data.find(name, end, end + REACH) >= 0:
            return data[end : end + REACH]
    return b""


_SET = lazy_compile(rb"([A-Za-z_]\w{0,39})[\"']?[ \t]{0,20}[:=]")


_MEMBER_OF = rb"(?:this\.|self\.|\$)?"


def third_of(data: bytes, key: Match, secret: Match) -> tuple[int, int] | None:
    """Return the span of the literal whose variable a call below has third, behind those of a key and its secret."""
    names = [_GIVEN.search(data, max(0, half.start - 90), half.start) for half in (key, secret)]
    if names[0] is None or names[1] is None:
        return None
    low, end = min(key.start, secret.start), max(key.end, secret.end)
    one, two = (re.escape(found[1]) for found in names if found)
    call = re.compile(
        rb"[(,]\s{0,40}%b%b\s{0,9},\s{0,40}%b%b\s{0,9},\s{0,40}(?:\w{2,20}\s?=\s?)?%b([A-Za-z_]\w{0,39})\s{0,40}[,)]"
        % (_MEMBER_OF, one, _MEMBER_OF, two, _MEMBER_OF)
    ).search(data, end, end + REACH)
    if call is None:
        return None
    given = re.compile(
        rb"(?<!\w)%b[ \t]{0,20}(?::[ \t]{0,4}[\w&?\[\]]{1,20}[ \t]{0,4})?:?=[ \t]{0,20}([\"'`])([^\s\"'`]{5,48})\1"
        % re.escape(call[1])
    ).search(data, max(0, low - _NEAR), end + _NEAR)
    return given.span(2) if given else None


def variable(name: str) -> bytes | None:
    """Return the variable or the member that a name is, None for a name that speaks of something public.

    >>> variable("self.first"), variable("tx_hash"), variable("pub")
    (b'first', None, b'pub')
    """
    word = name.rpartition(".")[2]
    if not word.isidentifier() or not word.isascii() or len(word) > _LONGEST:
        return None
    if roles.is_public(word) and roles.words(word)[-1] not in _HALVES:
        return None
    return word.encode()


def may_take_keys(callee: str, is_telling: Callable[[str], bool]) -> bool:
    """Tell whether an exchange's call makes a client, or gives one its keys: by a class, a telling verb, a bare name.

    >>> is_kucoin = lambda call: call.startswith("kucoin")
    >>> calls = "kucoin.Client", "kucoin", "kucoin.login", "kucoin.ticker", "Client", "ApiCredentials"
    >>> [may_take_keys(call, is_kucoin) for call in calls]
    [True, True, True, False, False, True]
    """
    if takes_pair(callee):
        return True
    if takes_ids(callee) or not is_telling(callee):
        return False
    last = _LAST.findall(callee)[-1]
    is_name = last.islower() and last.isalnum() and is_telling(last)
    return is_name or last[:1].isupper() or takes_keys(callee)
