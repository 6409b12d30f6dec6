"""Lists of values under one name: ``private_keys = ["...", "..."]``, items of YAML, lines between quotes.

The values of a list are of one length, as keys of one kind are: a key beside its secret is no such list, and
neither are passwords. A list may be long, so its name may be far from a value.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from scanner.checksums.handed import hands_each
from scanner.context.names import roles
from scanner.lazy import lazy_compile

_RUN = rb"(?P<value>[A-Za-z0-9+/_=\-]{16,128})"
_VALUE = rb"(?:0[xX])?" + _RUN
_GAP = rb"[ \t]{0,4}(?:(?:#|//)[^\n]{0,80})?(?:\r?\n[ \t]{0,40}(?:(?:#|//)[^\n]{0,80}\n\s{0,40})?){0,2}"
"""Blanks, remarks and at most one empty line."""
_OPENING = (
    rb"""["'`\])]{0,2}[ \t]{0,12}(?::[^\n=:]{1,30})?(?::=|=>|[:=])[ \t]{0,4}"""
    rb"""(?:(?:&|vec!|\[\]\w{0,12}|new[ ]\w{1,12}\[\][ ]?|(?:new[ ])?[\w.]{0,16}(?:[lL]ist|[sS]et|[aA]rray|tuple|[oO]f)\(?)?[\[({]"""
    rb"""|["'`]{1,3}|(?=\r?\n[ \t]{0,20}-[ \t]))""" + _GAP + rb"""(?:-[ \t]{1,4})?["'`]{0,3}"""
)
_OPENED = lazy_compile(rb"[\w.\-]{0,24}" + _OPENING)
"""What stands between a telling word and the first value of a list."""
_NAME = lazy_compile(rb"(?<![\w$.\-])(?P<name>[\w$][\w$.\-]{0,79})" + _OPENING + rb"(?:0[xX])?\Z")
_HEADED = lazy_compile(rb"""[\w\-]{0,24}["']?[ \t]{0,4}\r?\n["']?""")
_HEADING = lazy_compile(
    rb"""\A(?:\xef\xbb\xbf)?["']?(?P<name>[\w][\w \-]{1,60})["']?[ \t]{0,4}\r?\n["']?(?:0[xX])?\Z"""
)
"""The same where the name is the first line of a file, as the heading of its only column."""
_ITEM = lazy_compile(_VALUE + rb"""(?=[\s"'`,;)\]}]|\Z)""")
_NEXT = lazy_compile(
    rb"""(?P<between>["'`]{0,3},?""" + _GAP + rb"""(?:-[ \t]{1,4})?["'`]{0,3})""" + _VALUE
)
_BEFORE = lazy_compile(
    rb"""(?:\A|(?<=[\s"'`\[({]))"""
    + _VALUE
    + rb"""(?=[\s"'`,])(?P<between>["'`]{0,3},?"""
    + _GAP
    + rb"""(?:-[ \t]{1,4})?["'`]{0,3})(?:0[xX])?\Z"""
)
_STEP = 330
"""Bytes in which the value before is looked for."""
_BLANKS = 48
_BETWEEN, _NO_ITEM = b" \t\r\n\"'`-", (b":", b"=", b"(", b"[", b"{", b">")
_PLURALS = ("keys", "secrets", "tokens", "pks", "privs", "sks")
_TELLING = ("private_key", "api_secret", "token", "mnemonic")
_API_KEY = lazy_compile(r"(?i)(?:api|access|auth|consumer|client)[_-]?key")


class _Known:
    """The first values of the lists of the text looked at last: a list is gone through once, from its beginning."""

    data: bytes | None = None
    first: dict[int, int] = {}  # noqa: RUF012  (both are replaced as a whole for another text)
    names: dict[int, str] = {}  # noqa: RUF012


def opens(data: bytes, end: int) -> bool:
    """Tell whether two values of a list follow a telling word that ends here."""
    return len(spans(data, end, 2)) == 2


def spans(data: bytes, end: int, most: int | None = None) -> list[tuple[int, int]]:
    """Return the half-open spans of the values of the list that a name with this end opens, ``0x`` apart.

    >>> data = b'keys = ["0x' + b'a1' * 16 + b'", "' + b'b2' * 16 + b'"]'
    >>> spans(data, 4)
    [(11, 43), (47, 79)]
    """
    opened = _OPENED.match(data, end, end + 400)
    if opened is None and end <= _STEP and data.find(b"\n", 0, end) < 0:
        opened = _HEADED.match(data, end, end + 40)
    found = _ITEM.match(data, opened.end()) if opened is not None else None
    items: list[tuple[int, int]] = []
    while found is not None and len(items) != most:
        items.append(found.span("value"))
        found = _following(data, found.start("value"), found.end("value"))
    return items if len(items) > 1 else []


def all_spans(data: bytes, ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of the values of the lists that names with these ascending ends open.

    A name inside a list is a piece of a value.
    """
    seen = 0
    for end in ends:
        for span in spans(data, end) if end >= seen else ():
            yield span
            seen = span[1]


_EMPTY = lazy_compile(rb"[^\s=]{1,200}=[ \t]*")
_NAMES_REACH, _LEAST_NAMES = 600, 5


def is_listed_name(data: bytes, start: int, end: int) -> bool:
    """Tell whether ``data[start:end]`` is a line of a list of settings' names, each with a sign and no value.

    Lists of names to search for have them, and templates; what follows ``API_KEY=`` there is the next name. Notes
    with the value on the line below a name have no five such lines.

    >>> data = b"A_KEY=\\nB_KEY=\\nC_TOKEN=\\nD_ID=\\nencrypted_0a1b_key=\\n"
    >>> is_listed_name(data, 29, 48), is_listed_name(data[14:], 15, 34)
    (True, False)
    """
    if data[start - 1 : start] != b"\n" or data[end - 1 : end + 1].count(b"=") != 1:
        return False
    above = data[max(0, start - _NAMES_REACH) : start - 1].split(b"\n")
    below = data[start : end + _NAMES_REACH].split(b"\n")
    before, after = _names_in(reversed(above)), _names_in(below)
    return before > 0 < after and before + after >= _LEAST_NAMES


def _names_in(lines: Iterable[bytes]) -> int:
    """Return how many lines, from the first one on, are names with a sign and no value."""
    return sum(1 for _ in takewhile(_EMPTY.fullmatch, (line.rstrip(b"\r") for line in lines)))


def _following(data: bytes, start: int, end: int) -> "re.Match[bytes] | None":
    """Return the match of the next value of a list: one of the same length, after more than nothing."""
    found = _NEXT.match(data, end, end + _STEP)
    if found is None or found.end("value") - found.start("value") != end - start:
        return None
    return found if found["between"] and not _is_wrapped(data, start, found) else None


def _is_wrapped(data: bytes, start: int, found: "re.Match[bytes]") -> bool:
    """Tell whether values with nothing but a line end between them are lines of base64."""
    low, high = min(start, found.start("value")), max(start, found.end("value"))
    return not found["between"].strip() and any(sign in data[low:high] for sign in (b"+", b"/"))


def _first_of(data: bytes, start: int, end: int) -> int:
    """Return where the first value of the list begins that ``data[start:end]`` is in, -1 for none."""
    if data[start : start + 2] in (b"0x", b"0X"):
        start += 2
    if _Known.data is not data:
        _Known.data, _Known.first, _Known.names = data, {}, {}
    first = _Known.first.get(start, -1)
    if first < 0:
        first = at = start
        if data[max(0, start - _BLANKS) : start].rstrip(_BETWEEN)[-1:] in _NO_ITEM:
            at = 0  # behind a name or a bracket stands the first value; most values do
        while at and (found := _BEFORE.search(data, max(0, at - _STEP), at)) is not None:
            if found.end("value") - found.start("value") != end - start or _is_wrapped(
                data, at + end - start, found
            ):
                break
            first = at = found.start("value")
            if at in _Known.first:
                first = _Known.first[at]
                break
        if first == start and _following(data, start, end) is None:
            return -1
        _Known.first[start] = first
    return first


def name_of(data: bytes, start: int, end: int) -> str:
    """Return the name of a value of a list, ``""`` for any other and where that of the list promises no secrets.

    Two values under a name that only says keys may be a key and its secret, and more the keys of anything, unless
    each is handed to a wallet.
    """
    first = _first_of(data, start, end)
    if first < 0:
        return ""
    name = _Known.names.get(first)
    if name is None:
        name = _Known.names[first] = _name_of_list(data, first)
    return name


def _name_of_list(data: bytes, first: int) -> str:
    named = _NAME.search(data, max(0, first - _STEP), first) or _HEADING.match(data, 0, first)
    if named is None:
        return ""
    name = named["name"].decode("latin-1")
    one = name[:-1] if name.lower().endswith(_PLURALS) else name
    kind = roles.kind_of(one)
    if kind in _TELLING or (kind == "api_key" and _API_KEY.search(one)):
        return "" if kind == "api_key" and _is_pair(data, first) else one
    return "private_key" if hands_each(data, first, named["name"]) else ""


def _is_pair(data: bytes, first: int) -> bool:
    found: re.Match[bytes] | None = _ITEM.match(data, first)
    for _ in range(2):
        found = _following(data, *found.span("value")) if found is not None else None
    return found is None
