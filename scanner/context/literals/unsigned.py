"""Passwords that no sign binds: all of a line with its name, members of Lisp, variables of Robot Framework."""

import re

from scanner.lazy import lazy_compile

_PASSWORD = lazy_compile(rb"(?i)(?:pass(?:w(?:or)?d|phrase|code)?|p(?:s|as)?wd?)[0-9]{0,2}\Z")
_LINE_END = lazy_compile(rb"[ \t]{0,8}[;,]?[ \t\r]{0,8}(?:$|#|//)", re.MULTILINE)
_OF_GRADLE = lazy_compile(rb"(?:store|key)Password")
"""What signs an app: https://developer.android.com/studio/publish/app-signing"""
_ROBOT = lazy_compile(
    rb"[\w ]{0,20}\}[ ]?=?(?:[ ]{2,60}|\t{1,8})([^\s$%&@{][^\s]{2,255})(?=[ \t\r]*(?:\n|\Z))"
)
_ROBOT_NAME = lazy_compile(
    rb"(?:[ \t]{0,20}(?:Set[ ]\w{4,8}[ ]Variable|VAR)(?:[ ]{2,20}|\t))?\$\{[\w .\-]{0,60}\Z"
)


def is_password(data: bytes, start: int, end: int) -> bool:
    """Tell whether the name ``data[start:end]`` ends as those of passwords do.

    >>> is_password(b"db_passwd1", 0, 10), is_password(b"passkey", 0, 7)
    (True, False)
    """
    return _PASSWORD.search(data, max(start, end - 20), end) is not None


def is_line(data: bytes, start: int, end: int, stop: int) -> bool:
    """Tell whether a password's name and its value in quotes, which end at ``stop``, are all of a line.

    >>> is_line(b'rcon_password "xy"', 0, 13, 18), is_line(b'say password "xy"', 4, 12, 17)
    (True, False)
    """
    low = data.rfind(b"\n", max(0, start - 40), start) + 1
    before = data[low:start].rstrip()
    if _OF_GRADLE.fullmatch(data, start, end) and (not before or before[-1:] in b"{;"):
        return True
    return (
        not before
        and is_password(data, start, end)
        and _LINE_END.match(data, stop, stop + 20) is not None
    )


def is_of_lisp(data: bytes, start: int, end: int) -> bool:
    """Tell whether a name stands where Lisp sets it to what follows: in ``setq``, a pair or a list of properties.

    >>> is_of_lisp(b'(setq erc-password "xy")', 6, 18), is_of_lisp(b'(:nick "a" :password "xy")', 12, 20)
    (True, True)
    >>> is_of_lisp(b'(read-password "Enter:")', 1, 14), is_of_lisp(b'the password "xy"', 4, 12)
    (False, False)
    """
    if _LISP.search(data, max(0, start - 40), start) is None:
        return False
    return _OF_LISP.match(data, start, end) is not None


_LISP = lazy_compile(rb"\((?:(?:setq|setf)(?:-default|-local)?[ \t]{1,4})?\Z|[\s(]:\Z")
_OF_LISP = lazy_compile(
    rb"(?i)(?!(?:read|get|ask|check|verify|prompt|validate|hash|encrypt|decrypt|set|with|make|insert|send)-)"
    rb"[\w/-]{0,60}(?:password|passwd|passphrase|pass|pw|token|secret|key)\Z"
)


def of_robot(data: bytes, start: int, end: int, high: int) -> tuple[int, int] | None:
    """Return the span of the value of a variable of Robot Framework, two blanks or more behind it.

    >>> of_robot(b"${DB PASSWORD}    xyz", 5, 13, 21)
    (18, 21)
    """
    value = _ROBOT.match(data, end, high)
    if value is None:
        return None
    low = data.rfind(b"\n", max(0, start - 120), start) + 1
    return value.span(1) if _ROBOT_NAME.match(data, low, start) else None
