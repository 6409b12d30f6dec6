"""What stands beside a password: the host or the account that it opens.

Words alone are a password where a connection is configured, and a caption or a message elsewhere.
"""

from scanner.lazy import lazy_compile

_BEFORE, _AFTER = 400, 300
"""Bytes around a password in which its host and its account are looked for."""
_OWNER = lazy_compile(
    rb"""(?imx)
    (?:host(?:_?name)?|server|(?:user|login|account)(?:[_-]?name|[ _-]?id)?|uid|usr|e?mail|ssid|machine
      |data[ ]source|endpoint|address|ip(?:_?addr)?)
    (?:
      ["'`\])*]{0,4}(?:[ \t]{0,8}(?:=>|:=|:|=)\*{0,3}[ \t]{0,8}|,[ \t]{0,4}(?=["'])|[ \t]{1,8}(?=["']))["'`@]{0,2}
      | ["'][ ]{1,4}value=["'] | ["']?>(?:<!\[CDATA\[)? | </(?:key|name)>\s{0,20}<(?:string|value)>
      | (?<=^host)[ \t]{1,8} | (?<=^user)[ \t]{1,8} | (?<=^login)[ \t]{1,8} | (?<=[ ]login)[ ]
      | (?<=^machine)[ \t]{1,8} | (?<=^username)[ \t]{1,8} | (?<=^hostname)[ \t]{1,8}
    )
    (?P<value>[\w.@:/\\+-]{2,80})(?![\w.]{0,40}[(\[])"""
)
"""A name of a host or an account and the literal bound to it, as code, settings and notes write them."""
_NO_VALUE = frozenset(
    b"string str text true false null none nil undefined required username user_name usuario email login name host "
    b"hostname server this self req request args opts options config process os env".split()
)
_HOST = lazy_compile(
    rb"(?:[a-z]{2,20}://)?(?:[\w.-]{1,60}@)?(?:(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}|(?:[\w-]{1,40}\.){1,5}[a-z]{2,12})(?:[:/].{0,60})?"
)
_OF_EXAMPLES = lazy_compile(rb"(?i)example|localhost|\btest\b|\byour|\bfoo|\bdomain\.")


def connects(data: bytes, start: int, end: int) -> bool:
    """Tell whether the host or the account of a password stands beside ``data[start:end]``.

    >>> connects(b"user: app, password: x", 21, 22), connects(b"user: Nutzername, password: x", 28, 29)
    (True, False)
    """
    return any(True for _ in _owners(data, start, end))


def names_host(data: bytes, start: int, end: int) -> bool:
    """Tell whether a host that somebody runs stands beside a password, not one of examples.

    >>> names_host(b"Host: 10.0.0.2, password: x", 26, 27), names_host(b"host: db.example.com, pw: x", 26, 27)
    (True, False)
    >>> names_host(b"| db1.acme.internal | x |", 22, 23)
    True
    """
    return any(
        _HOST.fullmatch(owner) and not _OF_EXAMPLES.search(owner)
        for owner in (*_owners(data, start, end), *_cells(data, start, end))
    )


def is_at_host(data: bytes, start: int, end: int) -> bool:
    """Tell whether a host that somebody runs stands beside a password or, named or not, on its line.

    >>> is_at_host(b"sshpass -p x ssh root@203.0.113.9", 11, 12), is_at_host(b"ssh root@localhost # x", 21, 22)
    (True, False)
    """
    low = data.rfind(b"\n", max(0, start - _BEFORE), start) + 1
    high = data.find(b"\n", end, end + _AFTER)
    line = data[low:start] + b" " + data[end : high if high >= 0 else end + _AFTER]
    return names_host(data, start, end) or any(
        not _OF_EXAMPLES.search(found.group()) for found in _ON_LINE.finditer(line)
    )


def is_of_host(data: bytes, end: int) -> bool:
    """Tell whether a host that somebody runs follows a password in an address, right behind ``@``.

    >>> is_of_host(b"x@db1.acme.io/shop", 1), is_of_host(b"x@localhost:27017", 1), is_of_host(b"x@db1", 1)
    (True, False, False)
    """
    found = _BEHIND.match(data, end)
    return found is not None and not _OF_EXAMPLES.search(found.group())


_BEHIND = lazy_compile(
    rb"@(?:(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}|(?:[\w-]{1,40}\.){1,5}[a-z]{2,12})(?![\w.])"
)
_ON_LINE = lazy_compile(
    rb"(?<![\w.])(?!127\.|0\.)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"
    rb"|(?:@|://(?:[\w.-]{1,60}@)?|[ ]-h[ ]?|[ ]--host[ =])(?:[\w-]{1,40}\.){1,5}[a-z]{2,12}(?![\w.])"
)
"""An address, or a name behind what only a host follows."""


def _cells(data: bytes, start: int, end: int) -> list[bytes]:
    """Return the other cells of a row drawn with bars."""
    low = data.rfind(b"\n", max(0, start - _BEFORE), start) + 1
    high = data.find(b"\n", end, end + _AFTER)
    row = data[low:start] + data[end : high if high >= 0 else end + _AFTER]
    return [cell.strip(b" \t\r*`<>") for cell in row.split(b"|")] if row.count(b"|") > 1 else []


def _owners(data: bytes, start: int, end: int) -> list[bytes]:
    found = _OWNER.finditer(data, max(0, start - _BEFORE), end + _AFTER)
    return [
        one["value"]
        for one in found
        if not start <= one.start("value") < end and _is_given(one["value"])
    ]


def _is_given(value: bytes) -> bool:
    """Tell whether a host or an account is one, and no caption or word of code."""
    is_caption = value.isalpha() and value[:1].isupper() and not value.isupper()
    return not is_caption and value.lower().split(b".")[0] not in _NO_VALUE
