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
        branches: the conditions of the branches of code that it stands in by its indent, innermost first.
        branch: the bytes of the block that are in the innermost of them.
    """

    start: int
    end: int
    openers: tuple[str, ...]
    heading: str
    branches: tuple[str, ...] = ()
    branch: tuple[int, int] = (0, 0)


def around(data: bytes, start: int, end: int) -> Block:
    """Return the block of the value ``data[start:end]``."""
    begin = max(0, start - REACH_BEFORE)
    before = data[begin:start].decode("latin-1")
    after = data[end : end + REACH_AFTER].decode("latin-1")
    openers, opening = _open_brackets(before)
    inner = before[opening:] if opening is not None else _paragraph_before(before)
    inner = inner[-1500:]
    tail = _closing(after) if opening is not None else _paragraph_after(after)
    branches, body = _branches(before)
    if opening is None:
        inner, tail = _item(inner, tail)
    sections = _SECTION.findall(before)
    openers += _parents(before)
    if sections:
        openers.append(sections[-1])
    low, high = start - len(inner), end + min(len(tail), 600)
    branch = start - min(body or len(inner), len(inner)), end + _to_indent(before, tail[:600])
    return Block(low, high, tuple(openers[:8]), _heading(before), branches, branch)


_BRACKET = lazy_compile(r"[()\[\]{}]")
_OF_ARRAY = ("=> ", "=>")
"""What stands before the bracket of an array of PHP, whose members have names: ``'mail' => ['key' => ``."""


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
            is_list = found.group() == "[" and not openers[-1].endswith(_OF_ARRAY)
            if opening is None and not is_list:
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


_BRANCH = lazy_compile(
    r"[ \t]*(?:\}[ \t]*)?"
    r"(?:(?:if|elif|else[ ]?if|elsif|elseif|case|when)(?P<condition>[ \t(][^\n]{1,120})"
    r"|else[ \t]*:?[ \t\r]*|(?P<label>[\w.\-|\"' ]{2,60})\)[ \t\r]*)"
)
"""A line that opens a branch: ``elif name == "okx":``, ``case "okx":``, and ``okx)`` of a shell."""
_ON_LINE = lazy_compile(
    r"[ \t]*(?:\}[ \t]*)?(?:if|elif|else[ ]?if|elsif|elseif|case|when)[ \t(]([^\n:{]{1,120}?)"
    r"(?::[ \t]|\{|[ ]then[ ])"
)
"""The same with the branch on its line: ``if name == "okx": key =``."""
_MOST_BRANCHES = 3


def _branches(before: str) -> tuple[tuple[str, ...], int]:
    """Return the conditions of the branches around the last line, and how far back the innermost begins.

    A branch for all that is left (``else:``) has an empty condition, and so has one for all but one.
    """
    end = before.rfind("\n") + 1
    line = before[end:]
    indent = len(line) - len(line.lstrip())
    own = _ON_LINE.match(line)
    found = [_condition(own[1])] if own else []
    body = 0
    while indent and end and len(found) < _MOST_BRANCHES:
        begin = before.rfind("\n", 0, end - 1) + 1
        line = before[begin : end - 1]
        end = begin
        depth = len(line) - len(line.lstrip())
        if not line.strip() or depth >= indent:
            continue
        indent = depth
        opens = _BRANCH.fullmatch(line)
        if opens is not None and (not opens["label"] or _is_in_case(before[:begin])):
            found.append(_condition(opens["condition"] or opens["label"] or ""))
            body = body or len(before) - begin
    return tuple(found), body


def _is_in_case(above: str) -> bool:
    """Tell whether what is above a line ``okx)`` ends as it does in a shell, or is not known: a call ends so, too."""
    above = above.rstrip()
    return not above or above.endswith((";;", ";&")) or above[-3:].split()[-1:] == ["in"]


def _condition(text: str) -> str:
    return "" if "!=" in text or " not " in text else text


def _to_indent(before: str, tail: str) -> int:
    """Return where the first line begins in what follows a value that is indented less: there its branch ends."""
    line = before[before.rfind("\n") + 1 :]
    indent = len(line) - len(line.lstrip())
    at = tail.find("\n") + 1
    while at:
        stop = tail.find("\n", at)
        text = tail[at : stop if stop >= 0 else len(tail)]
        if text.strip() and len(text) - len(text.lstrip()) < indent:
            return at
        at = stop + 1
    return len(tail)


def _heading(before: str) -> str:
    tail = "\n".join(before.split("\n")[-21:-1])
    headings = _HEADING.findall(tail)
    return (headings[-1][0] or headings[-1][1]) if headings else ""
