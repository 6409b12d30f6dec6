"""Files of YAML whose members are each the settings of another service: the name of one tells nothing of the next."""

import re

from scanner.context.names import roles
from scanner.lazy import lazy_compile

_HEAD = lazy_compile(rb"^([A-Za-z][\w.\-]{0,60}):[ \t]{0,8}(?:#[^\n]{0,80})?\r?$", re.MULTILINE)
_SETTING = lazy_compile(rb"^[ \t]{1,16}([A-Za-z][\w.\-]{0,60}):[ \t]{1,8}\S", re.MULTILINE)
_REMARKS = lazy_compile(rb"(?:^#[^\n]{0,200}\n){1,6}\Z", re.MULTILINE)
_LONGEST_LINE = 200
_OF_ANY = frozenset(
    b"api app application auth authentication client config configuration account accounts connection credential "
    b"credentials data default defaults env environment exchange key keys login main secret secrets server settings "
    b"service services string token tokens trading user users vars variables development production prod dev staging "
    b"test live sandbox bot global common shared all values x job jobs steps spec metadata parameters params args "
    b"properties resources outputs volumes networks hosts profiles database databases db".decode().split()
)
"""Words of members that are not called after a service."""


def own_member(data: bytes, at: int, low: int, high: int) -> tuple[int, int] | None:
    """Return the part of ``data[low:high]`` that is the member which the setting at ``at`` is in.

    None unless the member is called after something, and the one before or behind it holds a secret as well.

    >>> data = b"\\n".join((b"stripe:", b"  api_key: 1", b"spreedly:", b"  api_key: 2"))
    >>> own_member(data, 42, 0, len(data)), own_member(data[21:], 21, 0, 22)
    ((21, 43), None)
    """
    line = data.rfind(b"\n", max(low, at - _LONGEST_LINE), at) + 1
    if line <= low or data[line] not in b" \t" or b": " not in data[line:at]:
        return None
    if _SETTING.match(data, line, at + 1) is None:
        return None
    heads = list(_HEAD.finditer(data, low, high))
    place = sum(head.start() < at for head in heads) - 1
    if place < 0 or _OF_ANY.issuperset(roles.words(heads[place][1].decode("latin-1"))):
        return None
    starts = [head.start() for head in heads] + [high]
    before = data[starts[place - 1] : starts[place]] if place else b""
    behind = data[starts[place + 1] : starts[min(place + 2, len(heads))]]
    if not (_holds_secret(before) or _holds_secret(behind)):
        return None
    return with_remarks(data, low, starts[place]), with_remarks(data, at, starts[place + 1])


def _holds_secret(member: bytes) -> bool:
    names = (found[1].decode("latin-1") for found in _SETTING.finditer(member))
    return any(roles.kind_of(name) is not None for name in names)


def with_remarks(data: bytes, low: int, start: int) -> int:
    """Return where the remarks above a member begin, if it has any."""
    found = _REMARKS.search(data, max(low, start - 1000), start)
    return found.start() if found is not None else start
