"""The block a value stands in: brackets or paragraph, its opener, its parents, its neighbours.

Bounded: at most 3,000 bytes before a value and 800 after it are looked at.
"""

import re
from typing import NamedTuple

from scanner.lazy import lazy_compile

REACH_BEFORE = 3000
REACH_AFTER = 800
_SECTION = lazy_compile(r"^[ \t]*\[{1,2}([^\[\]\n\"'=,]{1,80})\]{1,2}[ \t\r]*$", re.MULTILINE)
_HEADING = lazy_compile(
    r"^(?:#{1,6}|//+|--|\*+|;+)[ \t]*([^\n]{2,80})$|^([A-Za-z][\w .\-]{1,40}):?[ \t\r]*$",
    re.MULTILINE,
)
_KEY_LINE = lazy_compile(r"^([ \t]*)(?:-[ \t]+)?[\"']?([\w.\-]{1,80})[\"']?[ \t]*:")


class Block(NamedTuple):
    """What is around a value, from the nearest to the farthest (texts are Latin-1).

    Attributes:
        start, end: bytes of the innermost bracket's content, or of the paragraph.
        openers: what stands before each open bracket, innermost first, and YAML parents and the section.
        heading: the nearest comment or heading above, at most 20 lines away.
    """

    start: int
    end: int
    openers: tuple[str, ...]
    heading: str


def around(data: bytes, start: int, end: int) -> Block:
    """Return the block of the value ``data[start:end]``."""
    begin = max(0, start - REACH_BEFORE)
    before = data[begin:start].decode("latin-1")
    after = data[end : end + REACH_AFTER].decode("latin-1")
    openers, opening = _open_brackets(before)
    inner = before[opening:] if opening is not None else _paragraph_before(before)
    inner = inner[-1500:]
    tail = _closing(after) if opening is not None else _paragraph_after(after)
    if opening is None:
        inner, tail = _item(inner, tail)
    sections = _SECTION.findall(before)
    openers += _parents(before)
    if sections:
        openers.append(sections[-1])
    return Block(
        start - len(inner), end + min(len(tail), 600), tuple(openers[:8]), _heading(before)
    )


_BRACKET = lazy_compile(r"[()\[\]{}]")


def _open_brackets(before: str) -> tuple[list[str], int | None]:
    """Return the texts before each bracket still open, innermost first, and the innermost's end."""
    openers: list[str] = []
    opening: int | None = None
    depth = 0
    for found in reversed(list(_BRACKET.finditer(before))):
        if found.group() in ")]}":
            depth += 1
        elif depth:
            depth -= 1
        else:
            position = found.start()
            line = before.rfind("\n", 0, position) + 1
            openers.append(before[max(line, position - 100) : position])
            if opening is None and found.group() != "[":
                opening = position + 1
            if len(openers) >= 5:
                break
    return openers, opening


def _closing(after: str) -> str:
    depth = 0
    for found in _BRACKET.finditer(after):
        if found.group() in "([{":
            depth += 1
        elif depth == 0:
            return after[: found.start()]
        else:
            depth -= 1
    return after


def _paragraph_before(before: str) -> str:
    lines = before.split("\n")[-13:]
    for index in range(len(lines) - 2, -1, -1):
        if not lines[index].strip():
            return "\n".join(lines[index + 1 :])
    return "\n".join(lines)


def _paragraph_after(after: str) -> str:
    lines = after.split("\n")[:9]
    for index in range(1, len(lines)):
        if not lines[index].strip():
            return "\n".join(lines[:index])
    return "\n".join(lines)


_DASH = lazy_compile(r"^([ \t]*)-[ \t]", re.MULTILINE)


def _item(inner: str, tail: str) -> tuple[str, str]:
    """Cut a paragraph down to the item of a YAML list that the value is in, if it is in one."""
    items = list(_DASH.finditer(inner))
    if not items:
        return inner, tail
    last = items[-1]
    line = inner[inner.rfind("\n") + 1 :]
    indent = len(line) - len(line.lstrip())
    if last.start() < len(inner) - len(line) and len(last[1]) >= indent:
        return inner, tail  # a list inside of what the value belongs to
    following = next((d for d in _DASH.finditer(tail) if len(d[1]) <= len(last[1])), None)
    return inner[last.start() :], tail[: following.start()] if following else tail


def _parents(before: str) -> list[str]:
    """Return the keys of less indented lines above (YAML), nearest first."""
    lines = before.split("\n")
    indent = len(lines[-1]) - len(lines[-1].lstrip())
    parents: list[str] = []
    for line in reversed(lines[:-1]):
        if not line.strip():
            continue
        depth = len(line) - len(line.lstrip())
        if depth < indent:
            found = _KEY_LINE.match(line)
            if found:
                parents.append(found[2])
            indent = depth
            if indent == 0 or len(parents) == 4:
                break
    return parents


def _heading(before: str) -> str:
    tail = "\n".join(before.split("\n")[-21:-1])
    headings = _HEADING.findall(tail)
    return (headings[-1][0] or headings[-1][1]) if headings else ""
