"""Values drawn with marks of all sorts: brackets of a password are no brackets of code."""

import re

from scanner.context.values.customary import is_customary
from scanner.context.values.lookalikes import is_name_like, of_value
from scanner.context.values.words import reads_as_word
from scanner.lazy import lazy_compile


def has_brackets(value: bytes) -> bool:
    """Tell a password drawn with brackets among its marks from an element of a list.

    >>> has_brackets(b"xK3q[7Zp]{w9R#"), has_brackets(b"servers[0].Pass1"), has_brackets(b"x1[A]")
    (True, False, False)
    """
    before = re.split(rb"[\[\]{}]", value, maxsplit=1)[0]
    is_mixed = has_digit(value) and value not in (value.lower(), value.upper())
    is_closed = value[-1:] not in b"]}" or all(
        value.count(low) == value.count(high) for low, high in ((b"[", b"]"), (b"{", b"}"))
    )
    return (
        before != value
        and len(value) >= 8
        and is_mixed
        and is_closed
        and (len(before) < 3 or not reads_as_word(before))
        and not reads_as_word(value)
    )


def is_drawn(value: bytes) -> bool:
    """Tell a password that a generator drew from code, paths and names, whatever marks it has.

    It has letters of both cases, digits among them or changes from one to the other, and no word on either
    side of a mark.

    >>> [is_drawn(v) for v in (b"x7Kq2w(Rz9Tb4", b"@qZ7bXv9Rt2", b"xK3q.w9RtZ", b"$wXqZtrKbMvLp", b"Xqj-Zc2W.mTb")]
    [True, True, True, True, True]
    >>> [is_drawn(v) for v in (b"getKey(aB3dE7f)", b"config.db1.Value", b"Option<U8>", b"/var/Run1/x", b"$dbPass1")]
    [False, False, False, False, False]
    """
    pieces = _PIECE.findall(value)
    longest = max(map(len, pieces), default=0)
    if not 8 <= len(value) <= _LONGEST_DRAWN or not value.isascii():
        return False
    if longest < 5 and not (longest == 4 and _is_marked(value)):
        return False
    if value in (value.lower(), value.upper()) or _CALL.fullmatch(value):
        return False
    if not has_digit(value) and len(_CHANGE.findall(value)) < _LEAST_CHANGES:
        return False
    is_word = any(len(piece) > 3 and reads_as_word(piece) for piece in pieces)
    return not is_word and not is_name_like(value) and not reads_as_word(value)


def _is_marked(value: bytes) -> bool:
    """Tell whether a value has marks of several sorts, none of them a bracket."""
    marks = set(b"".join(_MARK.findall(value)))
    return len(marks) > 1 and marks.isdisjoint(_BRACKETS)


def is_drawn_behind(value: bytes, mark: bytes) -> bool:
    """Tell whether a mark that begins paths or variables begins a password: what follows it names neither.

    >>> [is_drawn_behind(v, b"$") for v in (b"$x7Kq2wRz9T", b"$Velvet470x", b"$dbPass1", b"${X7Kq2wRz9T}")]
    [True, True, False, False]
    """
    rest = value[1:]
    is_one = value[:1] == mark and rest.isalnum() and not rest.isdigit()
    return is_one and (is_drawn(rest) or is_customary(rest))


def is_no_ending(value: bytes) -> bool:
    """Tell whether a drawn password only ends as files and hosts do: nobody writes such an ending with one capital.

    >>> is_no_ending(b"x7Kq2wRz9.Ts"), is_no_ending(b"x7Kq2wRz9.ts"), is_no_ending(b"Config.Ts")
    (True, False, False)
    """
    stem, _, ending = value.rpartition(b".")
    return (
        stem.isalnum()
        and ending not in (ending.lower(), ending.upper())
        and has_digit(stem)
        and is_drawn(value)
    )


_CALL = lazy_compile(rb"(?:\w{2,40})?\(.*\)|\{.*\}|\[.*\]|<.*>")
"""A call, and what stands in brackets as a whole: Maven and Jenkins write there what they have encrypted."""
_PIECE, _MARK = lazy_compile(rb"[A-Za-z0-9]+"), lazy_compile(rb"[^A-Za-z0-9]")
_BRACKETS = frozenset(b"()[]{}<>")
_CHANGE = lazy_compile(rb"(?<=[a-z])[A-Z]|(?<=[A-Z])[a-z]")
_LEAST_CHANGES = 5
"""Changes of case of letters alone: names of three words have as many, but read as words."""
_LONGEST_DRAWN = 128

_RELEASE = (
    rb"\d{1,9}(?:\.(?:\d{1,9}|x|\*)){0,4}(?:[\-.]?(?:dev|alpha|beta|rc|patch|pl|[abp])[.\d]{0,6})?"
)
_RANGE = lazy_compile(
    rb"(?:[<>=]=?|!=|[~^])[v ]{0,2}" + _RELEASE
    + rb"(?:(?:\|{1,2}|,|[ ])[<>=!~^]{0,2}[v ]{0,2}" + _RELEASE + rb"){0,60}"
    + rb"|\d+(?:\.\d+){2,9}:=.*"
)  # fmt: skip


def is_range(value: bytes) -> bool:
    """Tell whether a value says which releases are meant (``<2.0.5|>=3,<3.0.3``), or how a directory compares.

    >>> is_range(b"<3.1.3.1-dev"), is_range(b"2.5.13.18:=x"), is_range(b"!1velvet")
    (True, True, False)
    """
    is_told = value[:1] in b"<>=!~^" or b":=" in value
    return is_told and _RANGE.fullmatch(value) is not None


def is_noise(value: bytes) -> bool:
    """Tell a long value with marks of all sorts, as Django and WordPress draw their keys.

    >>> is_noise(b"q~? _VS|_{~2]rbnx| H8o,LX(7dTKn{gn}T"), is_noise(b"${HOST}:${PORT}/{{ path }}?x=%(y)s&z=<a>")
    (True, False)
    """
    marks = {
        byte for byte in value if not (48 <= byte <= 57 or 65 <= byte <= 90 or 97 <= byte <= 122)
    }
    return (
        len(value) >= 32
        and len(marks) >= 7
        and value.isascii()
        and has_digit(value)
        and not is_expression(value)
        and not _SENTENCE.search(value)
        and of_value(value) != "hashed or encrypted"
        and not reads_as_word(value)
    )


_SENTENCE = lazy_compile(rb"(?:(?<![^\s\"'(<>])[A-Za-z]{2,}[ .,]{1,2}){4}")


_EXPRESSION = lazy_compile(
    rb"^/?\^(?:[\[(\\]|.*\$(?:/[a-zA-Z]{0,5})?$)|\(\?[=!:<]|\[\^?[a-zA-Z0-9]-[a-zA-Z0-9]|\\\\?[dws][+*{]|^\\K"
)


def is_expression(value: bytes) -> bool:
    r"""Tell whether a value is a regular expression.

    >>> is_expression(rb"^[a-z]{8,}$"), is_expression(b"^pa$$word")
    (True, False)
    """
    return _EXPRESSION.search(value) is not None


def has_digit(value: bytes) -> bool:
    """Tell whether a value has a digit."""
    return any(48 <= byte <= 57 for byte in value)
