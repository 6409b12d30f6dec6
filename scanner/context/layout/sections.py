"""The section of settings that a value stands in, and what it is called: ``redis:``, ``"reddit": {``, ``[smtp]``.

A request of HTTP is a section too, of the host that it goes to.
"""

import re
from typing import NamedTuple

from scanner.context.layout.block import REACH_BEFORE, Block
from scanner.context.layout.members import with_remarks
from scanner.lazy import lazy_compile

_NAMED = lazy_compile(
    r"(?:^|[\s{(\[,.;$@]|(?<=[\"'`]))([A-Za-z_][\w\-]{0,60})[\"'`]?\]?\s{0,4}"
    r"(?::\s{0,3}[A-Za-z][\w<>\[\]., ]{0,40}\s{0,3}=|:=|=>|=|:)\s{0,4}(?:(?:dict|map|table|Object\.freeze)\s{0,2})?\(?\s{0,4}$"
)
"""What stands before the bracket of an object, up to it."""
_OF_PHP = lazy_compile(rb"=>[ ]?\[\Z")
_KEY = lazy_compile(
    rb"[ \t]{0,60}(?:-[ \t]{1,4})?[\"']?([A-Za-z_][\w.\-]{0,60})[\"']?[ \t]{0,4}:[ \t]{0,8}(?:&\w{1,40}[ \t]{0,8})?(?:#[^\n]{0,80})?\r?"
)
_INI = lazy_compile(rb"[ \t]{0,8}\[{1,2}[\"']?([A-Za-z_][\w.\- ]{0,60}?)[\"']?\]{1,2}[ \t]{0,8}\r?")
_LINE = 400
_MOST_LINES, _REACH = 60, REACH_BEFORE - _LINE


_REQUEST = lazy_compile(
    rb"^(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]{1,4}|curl[ ][^\n]{0,200}?)[\"']?https?://([A-Za-z0-9.\-]{4,100})",
    re.MULTILINE,
)
"""The first line of a request in a file of them, and a call of curl: https://www.rfc-editor.org/rfc/rfc9110"""
_NEXT_REQUEST = lazy_compile(
    rb"^(?:#{3}|(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[ \t]|curl[ ])", re.MULTILINE
)


class Section(NamedTuple):
    """A section around a value: its name and its bytes."""

    name: str
    start: int
    end: int


def sections(data: bytes, at: int, block: Block) -> list[Section]:
    """Return the sections around the value at ``at``, innermost first: of brackets, of indents, or of headings."""
    above = data.rfind(b"\n", max(0, at - _LINE), at)
    opening = data[max(0, block.start - 8) : block.start]
    if block.openers and (opening.endswith((b"{", b"(")) or _OF_PHP.search(opening)):
        found = _NAMED.search(block.openers[0])
        return [Section(found[1], block.start, block.end)] if found else []
    if above < 0 and at > _LINE:
        return []
    line = above + 1
    indent = _indent(data[line:at])
    return _by_indent(data, line, indent) if indent else _by_heading(data, line)


def request(data: bytes, at: int) -> Section | None:
    """Return the request of HTTP that the value at ``at`` is sent with, called by its host; None if it is in none.

    >>> request(b"GET https://a.example\\nKey: 1\\n\\nGET https://b.example/x\\nKey: 2", 55).name
    'b.example'
    """
    low = max(0, at - _REACH)
    if b"://" not in data[low:at]:
        return None
    starts = [found.start() for found in _NEXT_REQUEST.finditer(data, low, at)]
    found = _REQUEST.match(data, starts[-1]) if starts else None
    if found is None or found.end() > at:
        return None
    is_call = data.startswith(b"curl", found.start())
    if is_call and _is_over(data[found.start() : at]):
        return None
    end = _NEXT_REQUEST.search(data, at, at + _REACH)
    return Section(found[1].decode(), found.start(), end.start() if end else len(data))


def _is_over(call: bytes) -> bool:
    """Tell whether a call of the shell ends before the end of its bytes: at a line that no backslash goes on."""
    return any(not line.rstrip().endswith(b"\\") for line in call.split(b"\n")[:-1])


def _indent(line: bytes) -> int:
    return len(line) - len(line.lstrip(b" \t"))


def _by_indent(data: bytes, line: int, indent: int) -> list[Section]:
    """Return the sections of YAML whose keys stand above, each less indented than the one before it."""
    found: list[Section] = []
    start, low = line, max(0, line - _REACH)
    for _ in range(_MOST_LINES):
        above = data.rfind(b"\n", low, max(start - 1, low)) + 1
        if above <= low != 0 or above >= start:
            break
        text = data[above : start - 1]
        start = above
        if not text.strip() or text.lstrip().startswith(b"#"):
            continue
        depth = _indent(text)
        if depth < indent:
            key = _KEY.fullmatch(text)
            if key is None:
                break
            first = with_remarks(data, low, above)
            found.append(Section(key[1].decode(), first, _end(data, line, depth)))
            indent = depth
            if not depth:
                break
    return found


def _end(data: bytes, line: int, depth: int) -> int:
    """Return where the first line below begins that is indented no more than a section's key."""
    at = data.find(b"\n", line) + 1
    for _ in range(_MOST_LINES):
        stop = data.find(b"\n", at) if at else -1
        text = data[at : stop if stop >= 0 else len(data)]
        if not at or (text.strip() and _indent(text) <= depth):
            break
        if stop < 0:
            return len(data)
        at = stop + 1
    return at or len(data)


def _by_heading(data: bytes, line: int) -> list[Section]:
    """Return the section of an INI file whose heading stands above."""
    start, low = line, max(0, line - _REACH)
    if b"[" not in data[low:line]:
        return []  # rows of data have none
    for _ in range(_MOST_LINES):
        above = data.rfind(b"\n", low, max(start - 1, low)) + 1
        if above >= start:
            break
        head = _INI.fullmatch(data, above, start - 1)
        if head is not None:
            end = data.find(b"\n[", line)
            return [Section(head[1].decode(), above, end if end >= 0 else len(data))]
        start = above
    return []
