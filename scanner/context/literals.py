r"""Literals that telling names bind: passwords and tokens as people write them, weak ones too.

The engine's search for bound values cuts runs of characters that keys are made of, which is right for keys.
A password is what stands between the quotes, or up to the end of a setting, blanks and marks included. So every line
with a telling word is read once more, name by name, and the literal beside each name is taken whole.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from scanner.context.passwords import CHOSEN, WEAK, of_literal
from scanner.context.roles import literal_kind
from scanner.lazy import lazy_compile
from scanner.models import Evidence, Match
from scanner.remembered import remembered

LONGEST_LINE = 4200
"""Bytes around a telling word that count as its line."""

_FOREIGN = (
    # "password" in Chinese (two ways and two words), Japanese, Korean (two words) and Russian
    rb"(?:\xe5\xaf\x86\xe7\xa0\x81|\xe5\xaf\x86\xe7\xa2\xbc|\xe5\x8f\xa3\xe4\xbb\xa4"
    rb"|\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89"
    rb"|\xeb\xb9\x84\xeb\xb0\x80\xeb\xb2\x88\xed\x98\xb8|\xec\x95\x94\xed\x98\xb8"
    rb"|\xd0[\xbf\x9f]\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb(?:\xd1\x8c|\xd1\x8f|\xd0\xb5\xd0\xbc)?)"
)
_WIDE_SIGN = rb"\xef\xbc\x9a|\xef\xbc\x9d|\xe6\x98\xaf|\xe3\x81\xaf|\xeb\x8a\x94|\xec\x9d\x80"
"""Signs of an assignment in such texts: wide ``:`` and ``=``, and words for ``is``."""
_NAME = lazy_compile(
    _FOREIGN + rb"|(?i:"
    rb"(?<![\w$])(?=[a-z_$])(?:[\w$]|[.\-](?=[\w$])){0,80}?"
    rb"(?:secret|token|pass|pswd|pwd|pw(?![a-z])|cred|auth|key|salt|verifier|sess|bearer|ticket)"
    rb"(?:[\w$]|[.\-](?=[\w$]))*)"
)
_TELLING = lazy_compile(  # in lower case: to ignore case costs seven times as much
    rb"s(?:ecret|alt|ess)|t(?:oken|icket)|p(?:ass|swd|wd|w(?![a-z]))|cred|auth|key|verifier|bearer|"
    + _FOREIGN
)
_LONGEST_NAME = 82
"""Bytes of a name before its telling word, at most, and one more."""
_TYPE = rb"(?:[ \t]{0,3}(?::|\bAs\b)[ \t]{0,3}[\w&<>\[\]?.'| ]{1,40}?(?=[ \t]{0,8}=[^=>~]))?"
_AFTER = lazy_compile(
    rb"(?P<close>(?:\\{0,3}[\"'`]|[\])])*)"
    + _TYPE
    + rb"""(?:[ \t]{0,20}(?P<sep>:=|=>|->|<-|[=!]==?|\?\?=?|\|\|=?|=|:-|:(?!:)|"""
    + _WIDE_SIGN
    + rb""")[ \t]{0,30}
    |[ \t]{0,3}(?P<comma>,)[ \t]{0,12}(?=\\?["'`]|b["'])
    |[ \t]{0,2}(?P<call>\()[ \t]{0,4}(?=\\?["'`]|b["']|@")
    |(?P<tag>(?:[ \t][^<>]{0,80})?>)(?=[^<>\s])
    |(?P<gap>[ \t]{1,20}))""",
    re.VERBOSE,
)
_WRAP = lazy_compile(
    rb"""(?:(?:Some|Just|String|str|bytes|bytearray|\[\]byte|new[ \t]+[\w.<>]+|[\w.]{1,40}(?:[Pp]assword|[Ss]ecret|[Tt]oken|[Cc]redential|Value|From|Of|of|encode|quote|Of)\w{0,20})\([ \t]{0,3}){1,2}(?=[@bru]{0,2}\\?["'`])"""
    rb"""|(?:os\.)?(?:getenv|environ\.get|ENV\.fetch|env|config|get)\(\\?["'][\w.\-]{1,60}\\?["'],[ \t]{0,3}(?=["'])"""
    rb"""|[\w.]{1,40}(?:\[["']\w{1,40}["']\])?[ \t]{0,3}(?:\|\||\?\?|\bor\b)[ \t]{0,3}(?=["'`])"""
    rb"""|["']?\$\{[\w.\-]{1,80}:-?(?=[^}\s])"""
)
_QUOTED = lazy_compile(
    rb"""(?P<mark>[@bBruURL]{0,2}(?P<quote>\\{0,3}["'`]))(?P<value>(?:(?!(?P=quote))(?:\\.|[^\r\n\\])){3,4096})(?P=quote)"""
)
_ASCII_BARE = lazy_compile(rb"[!#-&*+\-./0-:=?@A-Z\\^_a-z~]{3,256}")
"""The same in texts of other scripts, which go on without a blank."""
_BARE = lazy_compile(rb"[^\s\"'`<>(){}\[\],;|]{3,256}")
_ARRAY = lazy_compile(
    rb"(?:new[ \t]+)?(?:\[\d*\](?:byte|u8)|(?:byte|u8|uint8_t|char)?(?:\[\d*\])?|bytes|bytearray|Uint8Array(?:\.from)?|Buffer\.from)"
    rb"[ \t]*[({\[]{1,2}[ \t]*(?P<bytes>(?:(?:0x)?[0-9a-fA-F]{1,3}[ \t]*,[ \t]*){9,300}(?:(?:0x)?[0-9a-fA-F]{1,3})?)"
)
"""A key as an array of bytes, as much of it as its first line has."""
_DECLARED = rb"(?:[ \t]{0,3}\{(?:\s{1,20}(?:type|description|sensitive|nullable)[ \t]{0,20}=[^\n]{0,120}){0,4})?"
"""What Terraform has between a variable's name and its default."""
_VALUE = lazy_compile(
    rb"""["'`]?"""
    + _DECLARED
    + rb""",?[ \t\r\n]{1,40}["']?(?:value|content|default|initialValue)["']?[ \t]{0,3}[:=][ \t]{0,3}(?=[^\s{\[(])"""
)
"""What leads from a name that is itself a value to its partner: ``name="password" value="..."``."""
_BINDS = lazy_compile(
    rb"""(?:[\w$.\-]{0,40}|(?:[\xd0\xd1][\x80-\xbf]){1,2}|\xeb\xb2\x88\xed\x98\xb8)(?:[ \t]{0,3}(?:"""
    + _WIDE_SIGN
    + rb""")|[\\"'`\])]{0,6}(?:[ \t]{0,20}[:=!|?,(<]|>|[ \t]{1,20}(?:["']|(?<=[A-Za-z][ \t])[^\s\-]))"""
    rb"""|["'`]?"""
    + _DECLARED
    + rb""",?[ \t\r\n]{1,40}["']?(?:value|content|default|initialValue)["']?[ \t]{0,3}[:=])"""
)
"""What must follow a telling word for its line to be read: anything that may bind a value to it."""
_LOGIN = lazy_compile(
    rb"(?i)(?:login|user(?:name)?|\bby|-u|machine)\b[^\n]{0,80}\Z|--?\Z|^[ \t]*(?:env|arg|export|setx?|#[ \t]*define)[ \t]+\Z"
    rb"|^[ \t]*login[ \t]+[^\s]{1,80}[ \t]*\r?\n[ \t]*\Z",
    re.MULTILINE,
)
_CODE = lazy_compile(
    rb"(?m)^[ \t]{0,8}(?:import[ \t({\"']|from[ \t]+[\w.]+[ \t]+import|package[ \t]+[\w.]|using[ \t]+\w|#include|require[ (]|"
    rb"func[ \t(]|def[ \t]|class[ \t]|module[ \t]|var[ \t]|const[ \t]|let[ \t]|public[ \t]|private[ \t]|export[ \t]+(?:default|const|class|function|\{)|"
    rb"namespace[ \t]|fn[ \t]|use[ \t]+\w|\}[ \t]*else|function[ \t(]|@\w+\(|<\?php|proc[ \t]|return[ \t;])"
)
_FENCE = lazy_compile(rb'`|"""|\'\'\'')


class Literal(NamedTuple):
    """A value and the name that binds it.

    Attributes:
        start, end: half-open span of the value in bytes, without quotes.
        name: the identifier, as written.
        kind: what the name promises, one of ``roles.literal_kind``.
        how: ``quoted``, ``setting`` (no quotes, in text or configuration), ``open`` (no quotes; the whole
            text tells whether it is a setting, see ``settled``), or ``bytes`` (an array of numbers).
    """

    start: int
    end: int
    name: str
    kind: str
    how: str


def near(
    data: bytes, words: Iterable[int], bound: Iterable[int] = (), least: str | None = None
) -> Iterator[Literal]:
    r"""Yield the literals on the lines of telling words, in order, each once.

    Args:
        data: the bytes.
        words: where telling words end; their lines are read if something is bound to them.
        bound: where a telling word and what binds a value to it end.
        least: None gives all; ``weak`` what may be a secret, words as passwords too; ``chosen`` without those.

    >>> [(x.name, x.how) for x in near(b'db.password = "x y z"\n', [11])]
    [('db.password', 'quoted')]
    """
    done = taken = 0
    binding = set(bound)
    known = _LINES[least].get
    for end in sorted(binding.union(words)):
        if end <= done:
            continue
        start = data.rfind(b"\n", max(0, end - LONGEST_LINE), end) + 1
        stop = data.find(b"\n", end, end + LONGEST_LINE)
        high = stop if stop >= 0 else min(len(data), end + LONGEST_LINE)
        if high - start <= _SHORT_LINE and start >= taken and known(data[start:high]) == ():
            done = high  # read before, and nothing is in it whichever of its words binds
            continue
        if end not in binding and not _BINDS.match(data, end):
            continue
        # What is cut here is read again.
        done = high if stop >= 0 or high == len(data) else max(end, high - 200)
        low = max(start, end - 300, taken)
        if low == start and high - low <= _SHORT_LINE:
            yield from _remembered(data, low, high, least)
            continue
        for one in _on_line(data, low, high):
            taken = one.end
            if _is_wanted(data, one, least):
                yield one


def name_end(data: bytes, end: int) -> int:
    """Return where a name ends whose value stands on the next line, given the end of ``value:`` there.

    >>> name_end(b"name: DB_PASS\\n  value: x", 22), name_end(b"pass: x", 5)
    (13, 5)
    """
    between = _VALUE_BELOW.search(data, max(0, end - _VALUE_BELOW_BYTES), end)
    return between.start() if between is not None else end


_VALUE_BELOW_BYTES = 64
_VALUE_BELOW = lazy_compile(
    rb"[\"'`\])]{0,4},?[ \t]{0,20}\r?\n\s{0,40}[\"']?(?i:value)[\"']?[ \t]{0,3}[:=]\Z"
)


def _is_wanted(data: bytes, one: Literal, least: str | None) -> bool:
    if least is None:
        return True
    value = data[one.start : one.end]
    ways = ("bare", "setting") if one.how == "open" else (one.how,)
    worths = {of_literal(value, one.kind, how, one.name)[0] for how in ways}
    return not worths <= ({None} if least == WEAK else {None, WEAK})


def _remembered(data: bytes, low: int, high: int, least: str | None) -> Iterator[Literal]:
    """Yield the literals of a short line; one that decides alone what it binds is read but once."""
    line, lines = data[low:high], _LINES[least]
    known = lines.get(line)
    if known is None:
        known = tuple(
            Literal(one.start - low, one.end - low, *one[2:])
            for one in _on_line(data, low, high)
            if _is_wanted(data, one, least)
        )
        # A name at its end may be that of the value on the next line; a comma may follow one above.
        last = max((found.end() for found in _names(line, 0, len(line))), default=0)
        if b"," not in line and last < len(line.rstrip(b" \t\r\"'`\\")):
            if len(lines) > _MOST_LINES:
                lines.clear()
            lines[line] = known
    for one in known:
        yield Literal(one.start + low, one.end + low, *one[2:])


_SHORT_LINE = 200
_MOST_LINES = 20_000
_LINES: dict[str | None, dict[bytes, tuple[Literal, ...]]] = {None: {}, WEAK: {}, CHOSEN: {}}


def _on_line(data: bytes, low: int, high: int) -> Iterator[Literal]:
    taken = low
    for found in _names(data, low, high):
        if found.start() < taken:
            continue
        name = found.group().decode("utf-8", "replace")
        kind = _kind(name)
        if kind is None or _is_caption(data, found.start(), found.end()):
            continue
        if kind == "api_key" and _NO_KEY.search(data, max(low, found.start() - 12), found.start()):
            continue
        if (
            _SESSION.search(name)
            and b"ookie" not in data[max(low, found.start() - 300) : found.start()]
        ):
            continue
        literal = _beside(data, found.start(), found.end(), high)
        if literal is not None:
            taken = literal[1]
            yield Literal(literal[0], literal[1], name, kind, literal[2])


def _names(data: bytes, low: int, high: int) -> Iterator["re.Match[bytes]"]:
    """Yield the telling names in ``data[low:high]``; looked for from their telling words, which is faster.

    >>> [name.group() for name in _names(b"a = db.pass_1, no, key", 0, 22)]
    [b'db.pass_1', b'key']
    """
    at, line = low, data[low:high].lower()
    while (word := _TELLING.search(line, at - low)) is not None:
        name = _NAME.search(data, max(at, low + word.start() - _LONGEST_NAME), high)
        if name is None:
            return
        yield name
        at = name.end()


_NO_KEY = lazy_compile(rb"(?i)(?:cache|sort|primary|foreign|partition)[ ]\Z")
"""Words before ``key`` in a text that say which sort of key it is."""
_SESSION = lazy_compile(r"(?i)sess(?:ion_?)?id$")
"""The id of a session is a secret while it lasts: only a cookie that was sent has one."""


def _is_caption(data: bytes, start: int, end: int) -> bool:
    """Tell whether a name is the last word of a quoted phrase (``"New password": ...``): a translation's key."""
    return data[end : end + 1] in (b'"', b"'") and data[start - 1 : start] == b" "


_OF_OWNER = frozenset(("value", "text", "default", "string", "key", "data", "raw", "plain"))


@remembered(1 << 14)
def _kind(name: str) -> str | None:
    """Return the kind that the last part of a name promises, of all of it where that says nothing."""
    if not name.isascii():
        return "password"
    last = name.rpartition(".")[2]
    kind = literal_kind(last)
    if last != name and last.lower() in _OF_OWNER:
        kind = literal_kind(name.rpartition(".")[0]) or kind
    return kind


def _beside(data: bytes, start: int, end: int, high: int) -> tuple[int, int, str] | None:
    """Return the span of the value that the name at ``start`` binds, and how; None for none."""
    beside = _VALUE.match(data, end, end + 400)
    if beside is not None:
        return _of_member(data, beside.end())
    after = _AFTER.match(data, end, high)
    if after is None or _is_no_binding(data, start, after):
        return None
    wrap = _WRAP.match(data, after.end(), high)
    at = wrap.end() if wrap else after.end()
    quoted = _QUOTED.match(data, at, high)
    if after["gap"] and not _LOGIN.search(data, max(0, start - 100), start):
        is_sql = data[start:end].lower().endswith((b"password", b"by"))
        if quoted is None or not is_sql or data[at : at + 1] != b"'":
            return None
    if quoted is not None:
        if after["comma"] and _LIST.match(data, quoted.end("value")):
            return None
        return _quoted(data, quoted, high)
    if after["comma"] or after["call"] or _BASIC.match(data, at, high):
        return None
    array = _ARRAY.match(data, at, high) if after["sep"] else None
    if array is not None:
        return (*array.span("bytes"), "bytes")
    return _bare(data, start, after, wrap is not None, at, high)


def _of_member(data: bytes, at: int) -> tuple[int, int, str] | None:
    """Return the span of the ``value`` beside a ``name``: XML attributes, JSON and YAML members."""
    high = data.find(b"\n", at, at + LONGEST_LINE)
    high = high if high >= 0 else min(len(data), at + LONGEST_LINE)
    quoted = _QUOTED.match(data, at, high)
    if quoted is not None:
        return _quoted(data, quoted, high)
    bare = _BARE.match(data, at, high)
    return (*bare.span(), "setting") if bare and _ENDS.match(data, bare.end(), high) else None


def _is_no_binding(data: bytes, start: int, after: "re.Match[bytes]") -> bool:
    """Tell whether what follows a name hands it on: an argument after it, the call of a quoted name."""
    if after["call"]:
        return bool(after["close"])
    if not after["comma"]:
        return False
    if after["close"] and not _FIRST.search(data, max(0, start - 40), start):
        return True  # a word in a list of words
    if b")" in after["close"] or _HASHES.search(data, max(0, start - 60), start):
        return True
    return not after["close"] and data[start - 1 : start] not in (b"-", b":")


def _quoted(data: bytes, quoted: "re.Match[bytes]", high: int) -> tuple[int, int, str] | None:
    start, end = quoted.span("value")
    is_template = b"f" in quoted["mark"].lower() and b"{" in quoted["value"]
    if _VALUE.match(data, end):
        return None  # the name of the value beside it
    if is_template or _MORE.match(data, quoted.end(), high) or _BASIC.match(data, start, end):
        return None  # a piece of more, a name, or what a rule of its own reads
    return (*_without_scheme(data, *_innermost(data, start, end)), "quoted")


def _bare(
    data: bytes,
    start: int,
    after: "re.Match[bytes]",
    wrapped: bool,
    at: int,
    high: int,
) -> tuple[int, int, str] | None:
    """Return the span of a value without quotes, and whether it is a setting or a word of code."""
    if after["sep"] in (b"==", b"===", b"!=", b"!==") or (
        data[start : start + 1] == b"$" and after["sep"] == b"=" and data[at - 1 : at] == b" "
    ):
        return None  # compared with a variable; in a shell: test "$pass" = last
    scheme = _SCHEME.match(data, at, high)
    at = scheme.end() if scheme else at
    is_foreign = not data[start : start + 1].isascii()
    bare = (_ASCII_BARE if is_foreign else _BARE).match(data, at, high)
    if bare is None:
        return None
    stop = bare.end()
    if is_foreign:
        return at, stop, "setting"
    in_query = data[start - 1 : start] in (b"?", b"&")
    if in_query and b"&" in bare.group():
        stop = data.index(b"&", at)
    following = data[stop : stop + 1]
    if after["tag"] and bare.group().startswith(b"@"):
        return None  # <password>@host
    if following != b"<" if after["tag"] else following in _OPENING and not wrapped:
        return None
    in_text = data[start - 1 : start] in (b'"', b"'") and following == data[start - 1 : start]
    while stop > at and data[stop - 1] in b"\\.,:":
        stop -= 1
    spaced = after["sep"] in (b":", b"=") and data[at - 1 : at] == b" "
    if spaced and not wrapped and not scheme and not _ENDS.match(data, stop, high):
        return None
    name_end = after.start()
    exact = after["tag"] or wrapped or in_query or in_text
    shell = data[name_end:at] == b"=" and data[start:name_end].isupper()
    how = "setting" if exact or shell else "open"
    return at, stop, how


_INNER = lazy_compile(rb"[A-Za-z0-9+/=_\-]{16,}")


def _innermost(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the longest run of a text that is itself JSON (``"token": "{\\"sig\\": ...}"``), else all of it."""
    if (
        data[start : start + 1] != b"{"
        or data[end - 1 : end] != b"}"
        or b":" not in data[start:end]
    ):
        return start, end
    runs = [found.span() for found in _INNER.finditer(data, start, end)]
    return max(runs, key=lambda span: span[1] - span[0], default=(start, end))


_ENDS = lazy_compile(
    rb"[\\.,:]?[ \t\r]*(?:$|#|//|--?\w|\\|[,;}\])&|<>\"'`]|[\w.\-]+[=:])", re.MULTILINE
)
"""What follows a setting's value; a sentence goes on with a word."""
_FIRST = lazy_compile(rb"""[(\[{]\s*(?:name\s*=\s*)?\\?[bu]?["'`]\Z""")
_LIST = lazy_compile(rb"""\\?["'`]\s*,\s*\\?[bu]?["'`]""")
_HASHES = lazy_compile(
    rb"""(?i)(?:hash|check|compare|verify|crypt|digest|encode)\w{0,20}\(["'`]$"""
)
_BASIC = lazy_compile(rb"(?i)basic[ ]+[A-Za-z0-9+/]")
_OPENING = (b"(", b"[", b"<", b"{")
_SCHEME = lazy_compile(rb"(?i)(?:bearer|token|apikey|digest|oauth|pass|basic)[ :]+(?=\S)")


def _without_scheme(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Cut ``Bearer`` and its like from the front of a header's value."""
    scheme = _SCHEME.match(data, start, end)
    return (scheme.end() if scheme else start), end


_MORE = lazy_compile(
    rb"[ \t]{0,3}(?:\+|%(?![\d\w])|\.format|\.\.|&[ \t])|[ \t]{0,3}=>|\s{0,2}:[ \t]|\s{0,2}=[ \t]"
)


class Text:
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
        return bisect_left(self._fences, at) % 2 == 0


def how_of(text: Text, how: str, start: int) -> str:
    """Return how a literal at an offset is bound: ``open`` is ``bare`` in code, else a ``setting``."""
    if how != "open":
        return how
    return "bare" if text.is_code_at(start) else "setting"


def settled(text: Text, match: Match) -> tuple[Evidence, ...]:
    """Return a literal's evidence with what was ``open`` settled."""
    told = match.evidence[0]
    kind, how = told.what.split(":")
    return (told._replace(what=f"{kind}:{how_of(text, how, match.start)}"), *match.evidence[1:])
