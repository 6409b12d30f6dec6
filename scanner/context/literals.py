r"""Literals that telling names bind: passwords and tokens as people write them, weak ones too.

The engine's search for bound values cuts runs of characters that keys are made of, which is right for keys.
A password is what stands between the quotes, or up to the end of a setting: ``pass: "a b#c"``. So every line
with a telling word is read once more, name by name, and the literal beside each name is taken whole.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from scanner.context.roles import literal_kind

LONGEST_LINE = 4200
"""Bytes around a telling word that count as its line."""
_LONGEST = 512

_NAME = re.compile(
    rb"(?i)(?<![\w$])(?=[a-z_$])(?:[\w$]|[.\-](?=[\w$])){0,80}?"
    rb"(?:secret|token|pass|pswd|pwd|pw(?![a-z])|cred|auth|key|salt|verifier|sess|bearer|ticket)"
    rb"(?:[\w$]|[.\-](?=[\w$]))*"
)
_TYPE = rb"(?:[ \t]{0,3}:[ \t]{0,3}[\w&<>\[\]?.'| ]{1,40}?(?=[ \t]{0,8}=[^=>~]))?"
_AFTER = re.compile(
    rb"(?P<close>(?:\\{0,3}[\"'`]|[\])])*)"
    + _TYPE
    + rb"""(?:[ \t]{0,20}(?P<sep>:=|=>|->|<-|[=!]==?|\?\?=?|\|\|=?|=|:-|:(?!:))[ \t]{0,30}
    |[ \t]{0,3}(?P<comma>,)[ \t]{0,12}(?=\\?["'`]|b["'])
    |[ \t]{0,2}(?P<call>\()[ \t]{0,4}(?=\\?["'`]|b["']|@")
    |(?P<tag>(?:[ \t][^<>]{0,80})?>)(?=[^<>\s])
    |(?P<gap>[ \t]{1,20}))""",
    re.VERBOSE,
)
_WRAP = re.compile(
    rb"""(?:(?:Some|Just|String|str|bytes|bytearray|\[\]byte|new[ \t]+[\w.<>]+|[\w.]{1,40}(?:[Pp]assword|[Ss]ecret|[Tt]oken|[Cc]redential|Value|From|Of|of|encode|quote|Of)\w{0,20})\([ \t]{0,3}){1,2}(?=[@bru]{0,2}\\?["'`])"""
    rb"""|(?:os\.)?(?:getenv|environ\.get|ENV\.fetch|env|config|get)\(\\?["'][\w.\-]{1,60}\\?["'],[ \t]{0,3}(?=["'])"""
    rb"""|[\w.]{1,40}(?:\[["']\w{1,40}["']\])?[ \t]{0,3}(?:\|\||\?\?|\bor\b)[ \t]{0,3}(?=["'`])"""
    rb"""|["']?\$\{[\w.\-]{1,80}:-?(?=[^}\s])"""
)
_QUOTED = re.compile(
    rb"""(?P<mark>[@bBruURL]{0,2}(?P<quote>\\{0,3}["'`]))(?P<value>(?:(?!(?P=quote))(?:\\.|[^\r\n\\])){3,4096})(?P=quote)"""
)
_BARE = re.compile(rb"[^\s\"'`<>(){}\[\],;|]{3,256}")
_BINDS = re.compile(
    rb"""[\w$.\-]{0,40}[\\"'`\])]{0,6}(?:[ \t]{0,20}[:=!|?,(<][^\s]?|>|[ \t]{1,20}(?:["']|(?<=[a-z][ \t])[^\s\-]))"""
)
"""What must follow a telling word for its line to be read: anything that may bind a value to it."""
_LOGIN = re.compile(rb"(?i)(?:login|user(?:name)?|\bby|-u|machine)\b[^\n]{0,80}\Z|--?\Z")
_CODE = re.compile(
    rb"(?m)^[ \t]{0,8}(?:import[ \t({\"']|from[ \t]+[\w.]+[ \t]+import|package[ \t]+[\w.]|using[ \t]+\w|#include|require[ (]|"
    rb"func[ \t(]|def[ \t]|class[ \t]|module[ \t]|var[ \t]|const[ \t]|let[ \t]|public[ \t]|private[ \t]|export[ \t]+(?:default|const|class|function|\{)|"
    rb"namespace[ \t]|fn[ \t]|use[ \t]+\w|\}[ \t]*else|function[ \t(]|@\w+\(|<\?php|proc[ \t]|return[ \t;])"
)
_FENCE = re.compile(rb'`|"""|\'\'\'')


class Literal(NamedTuple):
    """A value and the name that binds it.

    Attributes:
        start, end: half-open span of the value in bytes, without quotes.
        name: the identifier, as written.
        kind: what the name promises, one of ``roles.literal_kind``.
        how: ``quoted``, ``setting`` (no quotes, in text or configuration), or ``bare`` (no quotes, in code).
    """

    start: int
    end: int
    name: str
    kind: str
    how: str


def near(data: bytes, words: Iterable[int], bound: Iterable[int] = ()) -> Iterator[Literal]:
    r"""Yield the literals on the lines of telling words, in order, each once.

    Args:
        data: the bytes.
        words: where telling words end; their lines are read if something is bound to them.
        bound: where a telling word and what binds a value to it end.

    >>> [(x.name, x.how) for x in near(b'db.password = "x y z"\n', [11])]
    [('db.password', 'quoted')]
    """
    done = -1
    text = _Text(data)
    telling = [end for end in words if _BINDS.match(data, end)]
    for end in sorted({*telling, *bound}):
        if end <= done:
            continue
        low = max(data.rfind(b"\n", max(0, end - LONGEST_LINE), end) + 1, end - 300, done, 0)
        stop = data.find(b"\n", end, end + LONGEST_LINE)
        high = stop if stop >= 0 else min(len(data), end + LONGEST_LINE)
        done = high
        yield from _on_line(data, low, high, text)


def _on_line(data: bytes, low: int, high: int, text: "_Text") -> Iterator[Literal]:
    taken = low
    for found in _NAME.finditer(data, low, high):
        if found.start() < taken:
            continue
        name = found.group().decode("latin-1")
        kind = _kind(name)
        if kind is None:
            continue
        literal = _beside(data, found.start(), found.end(), high, text)
        if literal is not None:
            taken = literal[1]
            yield Literal(literal[0], literal[1], name, kind, literal[2])


_OF_OWNER = frozenset(("value", "text", "default", "string", "key", "data", "raw", "plain"))


def _kind(name: str) -> str | None:
    """Return the kind that the last part of a name promises, of all of it where that says nothing."""
    last = name.rpartition(".")[2]
    kind = literal_kind(last)
    if last != name and last.lower() in _OF_OWNER:
        kind = literal_kind(name.rpartition(".")[0]) or kind
    return kind


def _beside(
    data: bytes, start: int, end: int, high: int, text: "_Text"
) -> tuple[int, int, str] | None:
    """Return the span of the value that the name at ``start`` binds, and how; None for none."""
    after = _AFTER.match(data, end, high)
    if after is None:
        return None
    at = after.end()
    if after["comma"] and (b")" in after["close"] or _HASHES.search(data, max(0, start - 60), start)):
        return None
    if after["call"] and after["close"]:
        return None
    if after["comma"] and not after["close"] and data[start - 1 : start] not in (b"-", b":"):
        return None
    wrap = _WRAP.match(data, at, high)
    if wrap is not None:
        at = wrap.end()
    quoted = _QUOTED.match(data, at, high)
    gap = after["gap"]
    if gap is not None and not _LOGIN.search(data, max(0, start - 100), start):
        sql = quoted is not None and data[start:end].lower().endswith((b"password", b"by"))
        if not (sql and data[at : at + 1] == b"'"):
            return None
    if quoted is not None:
        if _is_interpolated(data, quoted) or _goes_on(data, quoted.end(), high):
            return None
        if _BASIC.match(data, *quoted.span("value")):
            return None  # a rule of its own
        value = _innermost(data, *quoted.span("value"))
        return (*_without_scheme(data, *value), "quoted")
    if after["comma"] or after["call"]:
        return None
    bare = None if _BASIC.match(data, at, high) else _BARE.match(data, at, high)
    following = data[bare.end() : bare.end() + 1] if bare else b""
    if wrap is None and following in _OPENING and not after["tag"]:
        return None
    if bare is None or (after["tag"] and following != b"<"):
        return None
    stop = bare.end()
    while stop > at and data[stop - 1] in b"\\.,:":
        stop -= 1
    separator = after["sep"]
    if wrap is None and separator in (b":", b"=") and data[at - 1 : at] == b" " and not _ENDS.match(data, stop, high):
        return None
    exact = after["tag"] or wrap is not None or data[start - 1 : start] in (b"?", b"&")
    shell = separator == b"=" and data[end : end + 1] == b"=" and data[start:end].isupper()
    how = "setting" if exact or shell or not text.is_code_at(at) else "bare"
    return (*_without_scheme(data, at, stop), how)


_INNER = re.compile(rb"[A-Za-z0-9+/=_\-]{16,}")


def _innermost(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the longest run of a text that is itself JSON (``"token": "{\\"sig\\": ...}"``), else all of it."""
    if data[start : start + 1] != b"{" or data[end - 1 : end] != b"}" or b":" not in data[start:end]:
        return start, end
    runs = [found.span() for found in _INNER.finditer(data, start, end)]
    return max(runs, key=lambda span: span[1] - span[0], default=(start, end))


_ENDS = re.compile(rb"[\\.,:]?[ \t\r]*(?:$|#|//|--?\w|\\|[,;}\])&|<>\"'`]|[\w.\-]+[=:])", re.MULTILINE)
"""What follows a setting's value; a sentence goes on with a word."""
_HASHES = re.compile(rb"""(?i)(?:hash|check|compare|verify|crypt|digest|encode)\w{0,20}\(["'`]$""")
_BASIC = re.compile(rb"(?i)basic[ ]+[A-Za-z0-9+/]")
_OPENING = (b"(", b"[", b"<", b"{")
_SCHEME = re.compile(rb"(?i)(?:bearer|token|apikey|digest|oauth|pass|basic)[ :]+(?=\S)")


def _without_scheme(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Cut ``Bearer`` and its like from the front of a header's value."""
    scheme = _SCHEME.match(data, start, end)
    return (scheme.end() if scheme else start), end


def _is_interpolated(data: bytes, quoted: "re.Match[bytes]") -> bool:
    """Tell whether a literal is a template: f-strings, ``$"..."``."""
    return b"f" in quoted["mark"].lower() and b"{" in quoted["value"]


_MORE = re.compile(rb"[ \t]{0,3}(?:\+|%(?![\d\w])|\.format|\.\.|&[ \t])|[ \t]{0,3}=>|\s{0,2}:[ \t]|\s{0,2}=[ \t]")


def _goes_on(data: bytes, end: int, high: int) -> bool:
    """Tell whether the text is a piece of an expression, or itself a name."""
    return _MORE.match(data, end, high) is not None


class _Text:
    """Whether places of a blob are program text or text inside it; worked out once, when asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._is_code: bool | None = None
        self._fences: list[int] | None = None

    def is_code_at(self, at: int) -> bool:
        """Tell whether an offset is in program text, outside its long strings and comments."""
        if self._is_code is None:
            self._is_code = len(list(islice(_CODE.finditer(self._data, 0, 20_000), 2))) == 2
        if not self._is_code:
            return False
        if self._fences is None:
            self._fences = [found.start() for found in _FENCE.finditer(self._data)]
        inside = sum(1 for fence in self._fences if fence < at) % 2
        return not inside
