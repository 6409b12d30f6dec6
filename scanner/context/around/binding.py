"""How a value is bound: the name, label, call or column that a reader would say it belongs to.

Text is looked at in windows of a few hundred bytes before the value, decoded so that one byte is one
character (Latin-1) where offsets matter, and as UTF-8 where people's words matter.
"""

import re
from typing import NamedTuple

from scanner.context.around import redis
from scanner.context.layout import columns, inserts, lists, rows
from scanner.context.names.calls import open_call, takes_public
from scanner.context.names.languages import caption_of
from scanner.context.names.roles import is_public, kind_of, words
from scanner.context.values.lookalikes import is_name_like
from scanner.lazy import lazy_compile

BEFORE = 600
"""Bytes before the value that are looked at for its name."""

_OPEN = r"""(?:[\s(\[{]|\\?["'`]|[bBrRuUfFsSq@$]{1,2}(?=["'`])|&quot;|Some\(|0[xX]$)"""
_WRAP = lazy_compile(rf"""(?<![\s(\[{{"'`])(?:{_OPEN})*$""")
_NAME = r"""[\w$@.\-\[\]/:]"""
_DIRECT = lazy_compile(
    r"""(?P<name>[A-Za-z_$@%\x80-\xff][\w$@.\-\[\]'"/]{0,119})(?:\\?["'`]|[\])>]){0,3}[ \t]*"""
    r"""(?::{1,3}=|=>|->|<-|===?|[|?]{1,2}=|=|:|\|)[ \t]*\\?$"""
)
_ASSIGN = lazy_compile(  # what stands before a name's first letter only saves time: no search begins inside it
    r"""(?<![\w$%])(?P<name>[\w$@%][\w$@.\-\[\]'"/]{0,119})(?:\\?["'`]|[\])>]){0,3}[ \t]*"""
    r"""(?::[ \t]*(?:[\w&<>\[\]'.?*]|[ ](?=[\w&<>\[\]'?*])){1,48}[ \t]*|As[ \t]+\w{2,20}[ \t]*)?"""
    r"""(?::{1,3}=|=>|->|<-|===?|[|?]{1,2}=|=|:|\|)[ \t]*\\?$"""
)
_SET = lazy_compile(
    r"^[ \t]*(?:ENV|ARG|setenv|setx|set(?:[ \t]+-\w{1,4})?|(?:(?:/{2,8}|/\*{1,2})[ \t]{0,8})?#[ \t]*define)[ \t]+(?P<name>[A-Za-z_]\w{1,80})[ \t]+[\"']?$"
)
_KEYWORD = lazy_compile(r"(?:^|[\s{(,]):(?P<name>[a-z][\w\-]{1,60})[ \t]+[\"']$")
"""``:api-key "..."`` of Clojure."""
_SETTING = lazy_compile(
    r"(?:(?i:\b(?:add|set|put|insert|upsert|save|store|define|register|update)\w{0,40}\()|\{)\s{0,40}"
    r"(?:\w{1,40}\.){0,4}(?P<name>[A-Z]+[a-z]\w{1,60})\s{0,8},\s{0,40}$"
)
"""A constant that names what a store is handed next: ``AddSetting(Names.BinanceKey, "..."``."""
_BRACED = lazy_compile(r"(?<![\w.])(?P<name>[A-Za-z_]\w{2,60})[ ]?\{[ ]{0,2}\"$")
"""``std::string gate_key{"..."}`` of C++, and ``ApiKey{"..."}``."""
_PLIST = lazy_compile(r"<key>\s{0,8}(?P<name>[\w .\-]{2,80})\s{0,8}</key>\s{0,40}<string>\s{0,8}$")
_LAST_WORD = lazy_compile(r"\b([A-Za-z]{3,12})[ ]$")
_DEFAULT = lazy_compile(
    r"""(?<![\w.\-])(?P<name>[\w.\-]{2,80})["'`]?\s*[\])]{0,2}\s*(?:\|\|=?|\?\?=?|\bor\b|:-)\s*$"""
)
_PAIR = lazy_compile(r"""["'`](?P<name>[\w .\-]{2,80})["'`]\s*(?:,|\bto\b)\s*$""")
_NAME_VALUE = lazy_compile(
    r"""["']?\b(?:name|key|id|field|header|variable)["']?\s*(?:=>|[:=])\s*\\?["':]?(?P<name>[\w ./\-]{1,80}?)\\?["']?"""
    r"""[\s,;]+(?:\w+["']?\s*[:=]\s*["']?[\w/]{0,30}["']?[\s,]+)?["':]?(?:value|initialValue|content|default|v)["']?\s*(?:=>|[:=])\s*$"""
)
_TAG = lazy_compile(
    r"""<(?P<tag>[\w:.\-]{1,60})(?:\s[^<>]{0,160}?\b(?:name|key|id)=["'](?P<name>[^"'<>]{1,80})["'])?[^<>]{0,80}>\s*$"""
)
_CELLS = ("td", "dd", "code")
_FLAG = lazy_compile(r"""(?:^|\s)--?(?P<name>[A-Za-z][\w.\-]{1,60})(?:\s+|=)["']?(?:0[xX])?$""")
_ENDS = {
    _DEFAULT: ("|", "=", "?", "or", "OR", "-"),
    _ASSIGN: ("=", ">", ":", "|", "<-"),
    _NAME_VALUE: ("=", ":", ">"),
}
"""What a text must end with, blanks apart, for a search that costs much to find anything."""
_BULLET = lazy_compile(r"^[\s\-*•>#/|;:=\"'`.,\d)(]*$")
_EMPTY_NAMES = frozenset(("default", "value", "content", "string", "str"))
_QUOTED = lazy_compile(r"""["']-{0,2}([\w.\-]{2,60})["']""")
_LONG_FLAG = lazy_compile(r"""["']--([A-Za-z][\w.\-]{1,58})["']""")
_MEMBER = lazy_compile(
    r"""["']?\b(?:name|key|id|path|label)["']?\s*[:=]\s*["']([^"']{2,100})["']"""
)
_OUTER = lazy_compile(
    r"""(?:variable|output|parameter|resource\s+"[\w]+")\s+["']([\w.\-]{2,80})["']\s*\{"""
)


class Binding(NamedTuple):
    """What binds a value.

    Attributes:
        name: the identifier, header, column or tag it is assigned to, ``""`` if none.
        how: ``assignment``, ``pair``, ``default``, ``argument``, ``flag``, ``element``, ``column``,
            ``label`` (words before it), ``above`` (words on the line before), ``listed`` (one of
            ``a / b / c``) or ``""``.
        callee: the call it is an argument of, ``""`` if none; ``place`` which argument or which of
            the values listed, from 0.
        label: the words before it on its line, or on the line above when it stands alone.
        remark: the comment behind it on its line.
    """

    name: str = ""
    how: str = ""
    callee: str = ""
    place: int = -1
    label: str = ""
    remark: str = ""


def bind(data: bytes, start: int, end: int | None = None) -> Binding:
    """Return what binds the value ``data[start:end]`` (offsets in bytes)."""
    name = lists.name_of(data, start, end) if end is not None else ""
    if name:
        return Binding(name, "assignment")
    if end is not None and data[start - 2 : start] in (b'="', b"='"):
        behind = _NAMED_BEHIND.match(data, end, end + 160)
        if behind is not None and _VALUE_FIRST.search(data, max(0, start - 200), start):
            return Binding(behind[1].decode("latin-1"), "pair")
    binding = _bind(data, start)
    where = _WHERE.match(data, end, end + 240) if end is not None else None
    if where is not None and kind_of(where[1].decode("latin-1")):
        return binding._replace(name=where[1].decode("latin-1"), how="pair")
    if end is None or binding.how in ("pair", "column"):
        return binding
    if kind_of(binding.name) is None:
        after = _NAME_AFTER.match(data, end, end + 100)
        if after is not None and kind_of(after[1].decode("latin-1")):
            return binding._replace(name=after[1].decode("latin-1"), how="pair")
    if binding.how == "assignment" and kind_of(binding.name):
        return binding
    is_row = not binding.callee or binding.callee.upper() in ("VALUE", "VALUES")
    column = inserts.column_of(data, start) if is_row else ""
    if column:
        return binding._replace(name=column, how="column")
    place = rows.listed(data, start, end)
    if place >= 0 and not binding.callee:
        return binding._replace(name="", how="listed", place=place)
    place = -1 if binding.callee else rows.in_tuple(data, start, end)
    if place >= 0:
        return binding._replace(name="", how="argument", place=place)
    found = _REMARK.match(data, end, min(len(data), end + 120))
    return binding._replace(remark=found[1].decode("utf-8", "replace")) if found else binding


_NAME_AFTER = lazy_compile(
    rb"[`\"']{0,2}[ ]{1,3}\([`]?([A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,6})[`]?\)"
)
"""The variable that a note says a value is for: ```value` (HEROKU_API_KEY)``."""
_VALUE_FIRST = lazy_compile(
    rb"<[\w:.\-]{1,60}\s{1,20}(?:(?!name|key|id|property)[\w:.\-]{1,30}=[\"'][^<>\"']{0,60}[\"']\s{1,20}){0,3}(?:value|content)=[\"']\Z"
)
_NAMED_BEHIND = lazy_compile(rb"[\"'][ \t]{1,8}(?:name|key|id|property)=[\"']([\w./\-]{2,80})[\"']")
"""The attribute of XML behind a value that names it: ``value="..." name="gate.api.secret"``."""
_REMARK = lazy_compile(
    rb"""["'`)\];,]{0,4}[ \t]{1,8}(?:#|//|--|<--?|;|/\*|\()[ \t]*([^\n]{2,60})"""
)
_SPEAKER = lazy_compile(
    r"[\[(]?\d{1,4}[\d/.:,\-TZ apmAPM]{3,26}[\])]?[ \-]{0,4}(?:<[^<>]{1,40}>|[^:\[\]{}\"'=]{1,40}:)[ \t]+$"
)
"""A line of a chat: when, who, and what was said (which has no name of its own)."""
_HEADER_ABOVE = lazy_compile(r"[\"']?([A-Za-z][\w.\-]{1,60})[\"']?:")
_WHERE = lazy_compile(
    rb"(?i)['\"`]\s{1,8}WHERE\s{1,8}[\w.\"`]{1,60}\s{0,4}=\s{0,4}['\"]([\w.\- ]{2,80})['\"]"
)


_UNPACKED = lazy_compile(
    r"^[ \t]*(?:const|let|var|local|my)?[ \t]*[\[({]?((?:[$@]?\w{1,40}[ ]?,[ ]?){1,5}[$@]?\w{1,40})[\])}]?[ \t]*:?=[ \t]*"
    r"[\[({]?((?:[\"'][^\"'\n]{1,200}[\"'][ ]?,[ ]?){0,5})[\"']$"
)
"""``key, secret = "...", "..."``."""
_TEXT = lazy_compile(r"[\"'][^\"'\n]{1,200}[\"']")


def _unpacked(left: str) -> str:
    """Return the name of a value that one of several names on its line is given."""
    found = _UNPACKED.match(left)
    if found is None:
        return ""
    names, place = found[1].split(","), len(_TEXT.findall(found[2]))
    return names[place].strip(" $@") if place < len(names) else ""


def _bind(data: bytes, start: int) -> Binding:
    if data[start - 2 : start] in (b"0x", b"0X"):
        start -= 2  # what stands before the digits binds them
    line_start = max(data.rfind(b"\n", max(0, start - BEFORE), start) + 1, start - BEFORE, 0)
    left = data[line_start:start].decode("latin-1").replace("$env:", "")
    if left[-1:] in " \t" and _SPEAKER.match(left):
        return Binding("", "above", "", -1, _above(data, line_start))
    unpacked = _unpacked(left)
    if unpacked:
        return Binding(unpacked, "assignment")
    bare = _unwrapped(left)
    window = data[max(0, start - BEFORE) : start].decode("latin-1")
    wide = _unwrapped(window)
    callee, index = open_call(window)
    label = _label(data, line_start, start)
    name = caption_of(label) or _foreign_name(bare)
    if name:
        return Binding(name, "assignment", callee, index, label)
    for pattern, how in (
        (_NAME_VALUE, "pair"),
        (_DEFAULT, "default"),
        (_ASSIGN, "assignment"),
        (_FLAG, "flag"),
        (_SET, "assignment"),
        (_KEYWORD, "assignment"),
    ):
        as_written = pattern in (_FLAG, _SET, _KEYWORD)
        text = wide if pattern is _NAME_VALUE else left if as_written else bare
        if pattern is _ASSIGN and not bare and wide.endswith(("=", ":")):
            text = wide  # the value begins on a line of its own, in brackets or not
        if pattern in _ENDS and not text.rstrip(" \t\n\r\f\v\\").endswith(_ENDS[pattern]):
            continue
        text = text[-240:]
        found = pattern.search(text)
        if found and pattern is _ASSIGN:
            is_cut = text[: found.start("name")][-1:] >= "\x80"  # "é" of "cl\xc3\xa9" is no name
            found = None if is_cut else _nearest(text, found)
        if found and _clean(found["name"]).lower() in _EMPTY_NAMES:
            outer = _outer_name(window, left) or _wrapped_name(window, callee)
            if outer:
                return Binding(outer, "assignment", callee, index, label)
        if found and pattern is _FLAG and found["name"].lower() in _VALUE_FLAGS:
            names = [name for name in _NAME_FLAG.findall(left) if kind_of(name)]
            if names:
                return Binding(names[-1], "pair", callee, index, label)
        if found and not (how == "assignment" and _is_scheme(found["name"])):
            name = _clean(found["name"])
            if name.lower() in _LAST_WORDS:  # "Secret Key:" in prose
                word = _LAST_WORD.search(found.string[: found.start("name")])
                name = f"{word[1]} {name}" if word else name
            if how == "default" and kind_of(name) is None:
                continue
            return Binding(name, how, callee, index, label)
    found = _PAIR.search(wide[-200:])
    if found and kind_of(found["name"]) and is_name_like(found["name"].encode()):
        return Binding(found["name"], "pair", callee, index, label)
    if data[start - 1 : start] in (b'"', b"'", b"`"):
        text = left.rstrip("\"'`@$").rstrip()
        found = _SETTING.search(text[-160:]) if text.endswith(",") else None
        if found and kind_of(found["name"]):
            return Binding(found["name"], "pair", callee, index, label)
    found = _BRACED.search(left[-80:])
    if found and kind_of(found["name"]):
        return Binding(found["name"], "assignment", callee, index, label)
    found = _PLIST.search(wide[-300:])
    if found:
        return Binding(found["name"], "pair", callee, index, label)
    found = _TAG.search(wide[-300:])
    if found:
        cell = columns.of_cell(data, start) if found["tag"].lower() in _CELLS else ""
        if cell:
            return Binding(cell, "column", callee, index, label)
        return Binding(found["name"] or found["tag"], "element", callee, index, label)
    column = columns.of_row(data, line_start, start)
    if column:
        return Binding(column, "column", callee, index, label)
    stored = redis.name_of(left)
    if kind_of(stored):
        return Binding(stored, "assignment", callee, index, label)
    if callee:
        is_silent = index == 0 and kind_of(callee) is None and not takes_public(callee)
        wrapped = _wrapped_name(window, callee) if is_silent else ""
        return Binding(wrapped, "assignment" if wrapped else "argument", callee, index, label)
    if _BULLET.match(left):
        above = _above(data, line_start)
        header = _HEADER_ABOVE.fullmatch(above) if left.strip(" \t\"'") == "-" else None
        if header is not None and kind_of(header[1]):
            return Binding(header[1], "assignment", "", -1, above)
        return Binding("", "above", "", -1, above)
    return Binding("", "label" if label else "", "", -1, label)


_FOREIGN = lazy_compile(
    r"""(?P<name>[\w\x80-\xff][\w\-\x80-\xff]{1,79})(?:\\?["'`]|[\])>]){0,3}[ \t]{0,8}"""
    r"""(?::{1,2}=|=>|->|<-|=|:)[ \t]*$"""
)


def _foreign_name(text: str) -> str:
    """Return the telling name at the end of a text (Latin-1) that has letters beyond ASCII."""
    tail = text[-120:]
    if tail.isascii():
        return ""
    found = _FOREIGN.search(tail)
    if found is None or found["name"].isascii():
        return ""
    name = found["name"].encode("latin-1").decode("utf-8", "replace")
    return name if kind_of(name) or is_public(name) else ""


_VALUE_FLAGS = frozenset(("value", "body", "secret-string", "b"))
_NAME_FLAG = lazy_compile(
    r"(?:--(?:name|key|secret-id|secret-name)[ =]{1,2}|[ ](?:set|put|create|add)[ ]{1,2})[\"']?([\w./\-]{2,80})"
)
"""How command lines of stores name the secret whose ``--value`` follows."""
_LAST_WORDS = ("key", "id", "token", "phrase", "code", "password")


def _nearest(text: str, found: re.Match[str]) -> re.Match[str] | None:
    """Return the match that names the value: the name just before it, unless that is its type.

    A cell of a table (``| value |``) is no name.
    """
    has_more = ":" in found.group()[:-2]  # a type, or a sentence that reads as one
    direct = _DIRECT.search(text[-100:]) if has_more else None
    if direct is not None and kind_of(_clean(direct["name"])):
        return direct
    is_cell = found.group().rstrip().endswith("|") and not found.group().rstrip().endswith("||")
    return None if is_cell and kind_of(_clean(found["name"])) is None else found


def _unwrapped(text: str) -> str:
    """Return a text without the quotes, brackets and prefixes at its end, 120 characters at most."""
    tail = text[-120:]
    found = _WRAP.search(tail)
    return text[: len(text) - len(tail) + found.start()] if found else text


_GIVEN = lazy_compile(rb"[=:][ \t]{0,4}[bru]?[\"'`]?\Z")


def one_of_keys(data: bytes, binding: Binding, start: int) -> Binding:
    """Return the binding of a lone value as if its name were not in the plural: ``OKX_KEYS = "..."`` is one key.

    >>> one_of_keys(b"OKX_KEYS = '0a1b", Binding("OKX_KEYS", "assignment"), 12).name
    'OKX_KEY'
    """
    is_lone = binding.how == "assignment" and _GIVEN.search(data, max(0, start - 8), start)
    parts = words(binding.name) if is_lone else ()
    if len(parts) > 1 and parts[-1] in ("keys", "secrets"):
        return binding._replace(name=binding.name[:-1])
    return binding


_WITH_ERROR = lazy_compile(r"(?P<name>[A-Za-z_]\w{0,60}),[ ]?(?:_|err|ok)[ ]?:?=[ ]?$")
"""``key, err := hex.DecodeString("``."""


def _wrapped_name(window: str, callee: str) -> str:
    """Return the telling name that a call's result is given to: ``secret = b64decode("...")``."""
    before = window[: window.rfind(callee)].removesuffix("new ")
    found = _WITH_ERROR.search(before[-100:]) or _ASSIGN.search(before[-160:])
    name = _clean(found["name"]) if found else ""
    return name if name and kind_of(name) else ""


def _outer_name(window: str, left: str) -> str:
    """Return the name of a value that is only called ``default`` or ``value`` where it stands."""
    for name in reversed(_QUOTED.findall(left)):
        if kind_of(name):
            return str(name)
    flags = _LONG_FLAG.findall(left)
    if flags:
        return str(flags[-1])
    member = window[window.rfind("{") + 1 :]
    for pattern, text in ((_MEMBER, member), (_OUTER, window)):
        found = pattern.findall(text)
        if found:
            return str(found[-1])
    return ""


def _is_scheme(name: str) -> bool:
    return name.lower() in ("http", "https", "ws", "wss", "ssh", "git", "file")


def _clean(name: str) -> str:
    return name.strip("\"'`[]$@/ ")


def _label(data: bytes, line_start: int, start: int) -> str:
    return data[max(line_start, start - 90) : start].decode("utf-8", "replace").strip()


def _above(data: bytes, line_start: int) -> str:
    """Return the nearest line above that is not blank, at most two lines up, 120 bytes of it."""
    position = line_start
    for _ in range(2):
        stop = position - 1
        if stop <= 0:
            return ""
        begin = max(data.rfind(b"\n", 0, stop) + 1, stop - 160)
        text = data[begin:stop].decode("utf-8", "replace").strip()
        if text:
            return text[-120:]
        position = begin
    return ""
