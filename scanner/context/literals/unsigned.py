"""Passwords that no sign binds: all of a line with its name, and the variables of Robot Framework."""

import re

from scanner.lazy import lazy_compile

_PASSWORD = lazy_compile(rb"(?i)(?:pass(?:w(?:or)?d|phrase|code)?|p(?:s|as)?wd?)[0-9]{0,2}\Z")
_LINE_END = lazy_compile(rb"[ \t]{0,8}[;,]?[ \t\r]{0,8}(?:$|#|//)", re.MULTILINE)
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
    return (
        not data[low:start].strip()
        and is_password(data, start, end)
        and _LINE_END.match(data, stop, stop + 20) is not None
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
