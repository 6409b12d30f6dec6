"""Passwords and passphrases without quotes that are all of a setting, whatever marks they have.

Elsewhere a bracket, a comma or a quote ends what stands without quotes; here the line or the element does, of which
nothing else is.
"""

import re

from scanner.context.literals import unsigned
from scanner.context.values.marks import has_brackets, has_digit, is_drawn
from scanner.lazy import lazy_compile

_BEFORE = lazy_compile(
    rb"(?:^|\n)[ \t]{0,60}(?:(?:[-*+>#;]|//|\d{1,2}[.)]|export|set|setx|env|ENV|ARG)[ \t]{1,8}){0,2}"
    rb"(?:(?!if |return |let |const |var |val |def )(?:[A-Za-z]|[\xc3-\xd4][\x80-\xbf]){1,20}[ ]){0,3}\Z"
)
"""What may stand before the name of a setting on its line: a bullet, a keyword of a shell, words of a label."""
_NO_TYPE = lazy_compile(
    rb"([ \t]?:[ \t]{1,4})(?![a-z]{1,3}=)[A-Za-z_&][\w&.?]{0,39}={1,2}(?=[^\s=>\"'`])"
)
"""A sign, and what reads as a type in front of another, all in one piece: ``pass: xK3q=w9RtZb``."""
_LONGEST_BEFORE = 140
_LINE = lazy_compile(
    rb"[^\s]{8,128}(?=[ \t]{0,20}\r?(?:\n|\Z)|[ \t]{1,20}[#;][^\n]{0,400}(?:\n|\Z))"
)
_WORDS = lazy_compile(rb"[a-z]{4,12}(?: [a-z]{4,12}){3,7}(?=[ \t]{0,20}\r?(?:\n|\Z)|</)")
"""A passphrase; what it is worth, its words and what stands beside it decide."""
_TEXT = lazy_compile(rb"[^\s<]{8,128}(?=</)")


def value_of(data: bytes, start: int, after: "re.Match[bytes]", at: int) -> tuple[int, int] | None:
    """Return the span of a generated password, or of four words and more, that is all of a setting; else None.

    Args:
        data: the bytes.
        start: where the name begins.
        after: what stands between the name and its value, with a group ``tag``.
        at: where the value begins.
    """
    if after["tag"]:
        if after["tag"].endswith(b"["):
            return None
        found = _TEXT.match(data, at)
        found = found if found and is_drawn(found.group()) else _WORDS.match(data, at)
        return found.span() if found else None
    typed = _NO_TYPE.match(data, after.start())
    if typed is not None and typed.end() >= at:
        at = typed.end(1)  # no type before ``=``: the password has that mark in it
    elif after.group().rstrip(b" \t") not in (b":", b"=", b"==", b" :", b" ="):
        return None
    if data[at - 2 : at] == b"==":
        at -= 1  # no comparison: the password begins with it
    found = _LINE.match(data, at)
    found = found if found and is_drawn(found.group()) else _WORDS.match(data, at)
    if found is None or not _BEFORE.search(data, max(0, start - _LONGEST_BEFORE), start):
        return None
    return found.span()


def with_brackets(
    data: bytes, start: int, end: int, after: "re.Match[bytes]", at: int, high: int
) -> tuple[int, int] | None:
    """Return the span of a password that has brackets in it and goes on to the end of its setting."""
    marked = _MARKED.match(data, at, high)
    if marked is None or not _BRACKETS.search(marked.group()):
        return None
    if not unsigned.is_password(data, start, end) or not has_brackets(marked.group()):
        return None
    following = data[marked.end() : marked.end() + 3]
    if after["tag"]:
        return marked.span() if following.startswith(b"</") else None
    is_over = (
        not following.strip() or following[:1] in b";\"'\r\n" or following[:2] in (b" #", b" ;")
    )
    return marked.span() if is_over else None


def ends_with_stop(data: bytes, start: int, after: "re.Match[bytes]", stop: int) -> bool:
    """Tell whether a full stop belongs to a password that is all of a setting's line; in a note it ends a sentence.

    >>> data = b"pw=k8dqZx2."
    >>> ends_with_stop(data, 0, re.compile(b"(?P<tag>>)?=").match(data, 2), len(data))
    True
    """
    if data[stop - 1 : stop] != b"." or data[stop - 2 : stop - 1] == b".":
        return False
    name = data[start : after.start()]
    if name.istitle() or not has_digit(data[after.end() : stop]):
        return False
    is_sign = after.group().strip(b" \t") in (b":", b"=")
    low = max(0, start - _LONGEST_BEFORE)
    return (
        is_sign and bool(_LINE_START.search(data, low, start)) and bool(_LINE_END.match(data, stop))
    )


_LINE_START = lazy_compile(rb"(?:^|\n)[ \t]{0,60}(?:-[ ]|(?:export|set)[ ]{1,4})?\Z")
_LINE_END = lazy_compile(rb"[ \t]{0,20}\r?(?:\n|\Z)")
_MARKED = lazy_compile(rb"[A-Za-z0-9!#%*+\-./:=?@^_~][^\s\"'\x60<>;,|()]{7,120}")
_BRACKETS = lazy_compile(rb"[\[\]{}]")


def end_among(data: bytes, end: int) -> int:
    """Return where a value ends whose line may go on with marks of code: ``password: x,`` among such lines.

    A comma or a semicolon that ends the line belongs to a password only where no line beside it ends so.

    >>> end_among(b"user: app,\\npassword: x7Kq,", 26), end_among(b"user: app\\npassword: x7Kq,", 25)
    (25, 25)
    """
    mark = data[end - 1 : end]
    if mark not in (b",", b";", b")"):
        return end
    low = data.rfind(b"\n", max(0, end - 4200), end) + 1
    above = data[max(0, low - 200) : max(0, low - 1)].rpartition(b"\n")[2].rstrip()
    below = data[end : end + 200].partition(b"\n")[2].partition(b"\n")[0].rstrip()
    is_among = (
        above.endswith(mark) or below.endswith(mark) or below.lstrip()[:1] in (b")", b"}", b"]")
    )
    return end - 1 if is_among else end
