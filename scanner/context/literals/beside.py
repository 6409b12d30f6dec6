"""What stands beside a name that may bind a literal: the sign between them, and the span of the value."""

import re

from scanner.context.literals import alone, marked_up, nested, parallel, unsigned, wrapped
from scanner.context.literals.signs import AFTER, BELOW, VALUE
from scanner.context.values.marks import has_digit
from scanner.lazy import lazy_compile

LONGEST_LINE = 4200
"""Bytes around a telling word that count as its line."""
_QUOTED = lazy_compile(
    rb"""(?P<mark>[@bBruURLN]{0,2}(?P<quote>\"{3}|'{3}|(?P<single>')|\\{1,3}'|\\{0,3}["`]))"""
    rb"""(?P<value>(?:(?!(?P=quote))(?:\\.|[^\r\n\\])|(?(single)(?<=[\w!-&(-/:-@])''(?=[^\s'",;:)\]}])|(?!))){3,4096})(?P=quote)"""
)
"""A text in quotes: of one sort, thrice, or with the single one doubled inside, as YAML and SQL write it."""
_ASCII_BARE = lazy_compile(rb"[!#-&*+\-./0-:=?@A-Z\\^_a-z~]{3,256}")
"""The same in texts of other scripts, which go on without a blank."""
_BARE = lazy_compile(rb"[^\s\"'`<>(){}\[\],;|]{3,256}")
_FOUR_BY_FOUR = lazy_compile(rb"[a-z]{4}(?: [a-z]{4}){3}(?=[ \t]*(?:\r?$|#))", re.MULTILINE)
"""A password for an app, as Google shows it: the only one with blanks that stands without quotes."""
_ARRAY = lazy_compile(
    rb"(?:new[ \t]+)?(?:\[\d*\](?:byte|u8)|(?:byte|u8|uint8_t|char)?(?:\[\d*\])?|bytes|bytearray|Uint8Array(?:\.from)?|Buffer\.from)"
    rb"[ \t]*[({\[]{1,2}[ \t]*(?P<bytes>(?:(?:0x)?[0-9a-fA-F]{1,3}[ \t]*,[ \t]*){9,300}(?:(?:0x)?[0-9a-fA-F]{1,3})?)"
)
"""A key as an array of bytes, as much of it as its first line has."""
_LOGIN = lazy_compile(
    rb"(?i)(?:login|user(?:name)?|\bby|-u|machine)\b[^\n]{0,80}\Z|--?\Z|^[ \t]*(?:#[ \t]{0,4})?(?:set(?:[ \t]{1,4}--?[a-z]{1,12}){1,3}|env|arg|export|setx?|setenv|proxy_set_header|add_header|http-request[ ]set-header|RequestHeader[ ]set|(?:fastcgi|uwsgi)_param|(?:(?:/{2,8}|/\*{1,2})[ \t]{0,8})?#[ \t]*define)[ \t]+\Z"
    rb"|^[ \t]*(?:login|user(?:name)?|host(?:name)?|account|machine)[ \t]+[^\s]{1,80}[ \t]*\r?\n[ \t]*\Z"
    rb"|^[ \t]*enable[ ]+\Z|\(def(?:once|const|var|parameter)?(?:[ ]\^:?[\w{}: ]{1,40})?[ ]+\Z",
    re.MULTILINE,
)


_KEYS = (b"key", b"parameterkey")
"""Names of what only names a value, which stands beside or below it."""
_MARKS = frozenset((b":", b"*", b"_", b"<", b"`", b" ", b"=", b"\xef"))
"""What an emphasised label, or one with an emphasised value, goes on with."""


def name_end(data: bytes, end: int) -> int:
    """Return where a name ends whose value stands on the next line, given the end of ``value:`` there.

    >>> name_end(b"name: DB_PASS\\n  value: x", 22), name_end(b"pass: x", 5)
    (13, 5)
    """
    between = _VALUE_BELOW.search(data, max(0, end - _VALUE_BELOW_BYTES), end)
    return between.start() if between is not None else end


_VALUE_BELOW_BYTES = 64
_VALUE_BELOW = lazy_compile(
    rb"[\"'`\])]{0,4},?[ \t]{0,20}\r?\n\s{0,40}[\"':]?(?i:value)[\"']?[ \t]{0,3}(?:=>|[:=])\Z"
)


def beside(data: bytes, start: int, end: int, high: int) -> tuple[int, int, str] | None:
    """Return the span of the value that the name at ``start`` binds, and how; None for none."""
    beside = VALUE.match(data, end, end + 400)
    if beside is not None:
        return _of_member(data, beside.end())
    level = nested.value_at(data, start, end)
    if level is not None:
        return _of_member(data, level, "open")
    below = BELOW.match(data, end, end + 80)
    if below is not None:
        return _of_block(data, below.end(), below["indent"])
    if data[end : end + 1] in b"} " and (robot := unsigned.of_robot(data, start, end, high)):
        return (*robot, "setting")
    if data[end : end + 1] in _MARKS and (marked := marked_up.value_of(data, start, end)):
        return (*marked, "setting")
    default = (
        wrapped.flag_default(data, start, end)
        or wrapped.default_below(data, end)
        or (wrapped.keyword_default(data, end) if data[end + 1 : end + 2] == b"," else None)
    )
    if default is not None:
        return _of_member(data, default, None)
    one_of_many = parallel.value_at(data, start, end)
    if one_of_many is not None:
        return _of_member(data, one_of_many, None) if one_of_many >= 0 else None
    after = AFTER.match(data, end, high)
    if after is None or _is_no_binding(data, start, after):
        return None
    if after["tag"] and data[start - 2 : start] == b"</":
        return None  # the element is over
    wrap = wrapped.WRAP.match(data, after.end(), high)
    at = wrap.end() if wrap else after.end()
    quoted = _QUOTED.match(data, at, high)
    if after["gap"] and not _LOGIN.search(data, max(0, start - 100), start):
        is_sql = data[start:end].lower().endswith((b"password", b"by"))
        is_sql = is_sql and data[at : at + 1] == b"'"
        is_told = is_sql or unsigned.is_of_lisp(data, start, end)
        if quoted is None or not (is_told or unsigned.is_line(data, start, end, quoted.end())):
            return None
    if after["gap"] and data[start - 7 : start] == b"enable " and data[at:high].strip().isalpha():
        return None  # "enable password protection"
    if quoted is not None:
        if after["comma"] and _LIST.match(data, quoted.end("value")):
            return None
        is_of_erlang = after["comma"] and data[start - 1 : start] == b"{" and not after["close"]
        if is_of_erlang and not _ENDS_TUPLE.match(data, quoted.end(), high):
            return None
        if after["comma"] and after["close"] and _OF_TUPLE.match(data, quoted.end(), high):
            return None  # a row of a test: a password, its salt, how often, and what comes of it
        if wrap is not None and wrap.group().endswith(
            b"? "
        ):  # the first of two that are chosen from
            return (*quoted.span("value"), "quoted")
        return _quoted(data, quoted, high, data[start:end].lower() in _KEYS)
    if _takes_quoted(after) or _BASIC.match(data, at, high):
        return None
    array = _ARRAY.match(data, at, high) if after["sep"] else None
    if array is not None:
        return (*array.span("bytes"), "bytes")
    bare = _bare(data, start, end, after, wrap is not None, at, high)
    if bare and data[start:end].lower() in _KEYS and VALUE.match(data, bare[1], bare[1] + 400):
        return None  # the name of the value below it
    return bare


def _takes_quoted(after: "re.Match[bytes]") -> bool:
    """Tell whether what follows a name binds nothing but a literal in quotes."""
    return any(after[way] for way in ("comma", "call", "fallback", "brace"))


def _of_member(
    data: bytes, at: int, unquoted: str | None = "setting"
) -> tuple[int, int, str] | None:
    """Return the span of the ``value`` beside a ``name``: XML attributes, JSON and YAML members.

    ``unquoted``: how a value without quotes is bound, None if it is none.
    """
    high = data.find(b"\n", at, at + LONGEST_LINE)
    high = high if high >= 0 else min(len(data), at + LONGEST_LINE)
    quoted = _QUOTED.match(data, at, high)
    if quoted is not None:
        return _quoted(data, quoted, high)
    bare = _BARE.match(data, at, high) if unquoted else None
    return (
        (*bare.span(), unquoted)
        if unquoted and bare and _ENDS.match(data, bare.end(), high)
        else None
    )


def _of_block(data: bytes, at: int, indent: bytes) -> tuple[int, int, str] | None:
    """Return the span of a block of YAML, if it is one value on one line."""
    bare = _BARE.match(data, at, at + LONGEST_LINE)
    following = _NEXT_LINE.match(data, bare.end()) if bare else None
    if bare is None or following is None or (following[1] or b"").startswith(indent):
        return None
    return (*bare.span(), "setting")


_NEXT_LINE = lazy_compile(rb"[ \t\r]{0,8}(?:\n([ \t]{0,40})|\Z)")


def _is_no_binding(data: bytes, start: int, after: "re.Match[bytes]") -> bool:
    """Tell whether what follows a name hands it on: an argument after it, the call of a quoted name."""
    if after["size"] and not _DECLARES.search(data, max(0, start - 40), start):
        return True  # an element of an array
    if after["brace"]:
        return not wrapped.is_binding_brace(data, start, after.start("brace"))
    if after["call"]:
        if (
            data[start : after.start()] == b"pass"
            and data[after.start() : after.start() + 2] == b" ("
        ):
            return True  # "tests pass (`make test`)"
        return bool(after["close"]) or hands_out(data[start : after.start()].decode("latin-1"))
    if not after["comma"]:
        return False
    if after["close"] and not _FIRST.search(data, max(0, start - 40), start):
        return True  # a word in a list of words
    if b")" in after["close"] or _HASHES.search(data, max(0, start - 60), start):
        return True
    return not after["close"] and data[start - 1 : start] not in (b"-", b":", b"{")


_DECLARES = lazy_compile(rb"(?i)(?:char|byte|\bu8|uint8_t|char8_t|string)[ \t*]{1,8}\Z")
"""The type before the name of an array in C: ``char password[] = "..."``."""


def _quoted(
    data: bytes, quoted: "re.Match[bytes]", high: int, is_key: bool = False
) -> tuple[int, int, str] | None:
    start, end = quoted.span("value")
    is_template = b"f" in quoted["mark"].lower() and b"{" in quoted["value"]
    # On the next line only below a bare ``key``: what its line binds must be told by the line (``named._is_alone``).
    if VALUE.match(data, end, end + 400 if is_key else high):
        return None  # the name of the value beside it
    if is_template or _MORE.match(data, quoted.end(), high) or _BASIC.match(data, start, end):
        return None  # a piece of more, a name, or what a rule of its own reads
    return (*_without_scheme(data, *_innermost(data, start, end)), "quoted")


def _bare(
    data: bytes,
    start: int,
    end: int,
    after: "re.Match[bytes]",
    wrapped: bool,
    at: int,
    high: int,
) -> tuple[int, int, str] | None:
    """Return the span of a value without quotes, and whether it is a setting or a word of code."""
    shell = (
        after["sep"] and after.end() - after.start() <= 2 and data[start : after.start()].isupper()
    )
    whole = None if wrapped else alone.value_of(data, start, after, at)
    if whole is not None:
        return (*whole, "setting" if after["tag"] or shell else "open")
    if after["sep"] in (b"==", b"===", b"!=", b"!==") or (
        data[start : start + 1] == b"$" and after["sep"] == b"=" and data[at - 1 : at] == b" "
    ):
        return None  # compared with a variable; in a shell: test "$pass" = last
    if after["tag"] and after["tag"].endswith(b"["):
        stop = data.find(b"]]>", at, min(high, at + 256))
        return None if stop < 0 or b" " in data[at:stop] else (at, stop, "setting")
    scheme = _SCHEME.match(data, at, high) or (after["gap"] and _UNHASHED.match(data, at, high))
    at = scheme.end() if scheme else at
    is_foreign = not data[start : start + 1].isascii()
    marked = alone.with_brackets(data, start, end, after, at, high) if not wrapped else None
    if marked is not None:
        return (*marked, "setting" if after["tag"] else "open")
    bare = _FOUR_BY_FOUR.match(data, at, high) or (_ASCII_BARE if is_foreign else _BARE).match(
        data, at, high
    )
    if bare is None:
        return None
    stop = bare.end()
    if _is_of_grammar(data, at, stop):
        return None
    if after["gap"] and (
        _ANONYMOUS.search(data, max(0, start - 40), start)
        or (bare.group().isalpha() and _NEXT_WORDS.match(data, stop, high))
    ):
        return None  # an address, as guests give one; "the old password does not work"
    if is_foreign:
        return at, stop, "setting"
    if bare.group()[-1:] == b"=" and data[stop : stop + 1] == b'"' and not has_digit(bare.group()):
        return None  # the next attribute: ``v-if="type === 'password'" :icon="x"``
    in_query = data[start - 1 : start] in (b"?", b"&") or data[start - 5 : start] == b"&amp;"
    if in_query and b"&" in bare.group():
        stop = data.index(b"&", at)
    following = data[stop : stop + 1]
    if after["tag"] and (bare.group().startswith(b"@") or VALUE.match(data, stop, stop + 400)):
        return None  # <password>@host, <key>the name of the value beside it</key>
    ends_element = in_query and data[stop : stop + 2] == b"</"  # an address is all that is in it
    is_opening = following in _OPENING and not (wrapped or ends_element)
    if following != b"<" if after["tag"] else is_opening:
        return None
    in_text = data[start - 1 : start] in (b'"', b"'") and following == data[start - 1 : start]
    if not alone.ends_with_stop(data, start, after, stop):
        while stop > at and data[stop - 1] in b"\\.,:":
            stop -= 1
    spaced = after["sep"] in (b":", b"=") and data[at - 1 : at] == b" "
    if spaced and not wrapped and not scheme and not _ENDS.match(data, stop, high):
        return None
    exact = after["tag"] or wrapped or in_query or in_text
    shell = shell and after.group() == b"="
    how = "setting" if exact or shell else "open"
    return at, stop, how


def _is_of_grammar(data: bytes, at: int, stop: int) -> bool:
    """Tell whether ``data[at:stop]`` is a role of reStructuredText or the type that something is cast to."""
    before = data[at - 1 : at]
    if before == b":":  # "require a password :issue:`12`"
        return _ROLE.match(data, at - 1) is not None
    return before == b"(" and _CAST.match(data, stop) is not None


_ANONYMOUS = lazy_compile(rb"(?i)\blogin\s{1,20}(?:anonymous|ftp)\s{1,20}\Z")
_NEXT_WORDS = lazy_compile(rb"[ ](?!account|macdef|machine|login|port)[a-z\x80-\xff]{2,20}[ .,!?]")
_ROLE = lazy_compile(rb":[a-z][\w.+\-:]{0,40}:`")
_CAST = lazy_compile(rb"\)[ ]?[A-Za-z_]")


def hands_out(call: str) -> bool:
    """Tell whether a call is asked for a secret by its name, or takes a user's or client's name first.

    >>> hands_out("get_password"), hands_out("PSCredential"), hands_out("set_password")
    (True, True, False)
    """
    return _HANDS_OUT.search(call) is not None


_HANDS_OUT = lazy_compile(
    r"(?:^|[._])(?:get|load|fetch|read|decrypt|lookup|find|resolve|retrieve|show|describe)_?(?:[A-Z]|(?<=_)[a-z])"
    r"|_from_\w{2,20}$|(?:^|\.)(?:PS|Network)Credential$|(?<!Service)Client_?Credentials?$"
)
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
_ENDS_TUPLE = lazy_compile(rb"(?:>>)?[ ]{0,2}\}")
"""The end of a setting of Erlang: ``{password, <<"...">>}``."""
_OF_TUPLE = lazy_compile(rb"\s{0,4},\s{0,4}\d{1,9}\s{0,4}[,)]")
_HASHES = lazy_compile(
    rb"""(?i)(?:hash|check|compare|verify|crypt|digest|encode)\w{0,20}\(["'`]$"""
)
_BASIC = lazy_compile(rb"(?i)basic[ ]+[A-Za-z0-9+/]")
_OPENING = (b"(", b"[", b"<", b"{")
_SCHEME = lazy_compile(
    rb"(?i)(?:bearer|token|apikey|digest|oauth|pass|basic)"
    rb"(?:[ ]{0,3}:[ :]{0,4}|[ ]{1,4}(?![a-z\x80-\xff'.,!?-]{1,15}(?:[ \"'<`\r\n]|\Z)))(?=\S)"
)
"""What a value is announced by; ``Token abgelaufen`` is a sentence."""
_UNHASHED = lazy_compile(rb"0[ ]{1,2}(?=[^\s])")
"""How Cisco's routers say that a password follows as it is: ``username admin password 0 ...``."""


def _without_scheme(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Cut ``Bearer`` and its like from the front of a header's value."""
    scheme = _SCHEME.match(data, start, end)
    return (scheme.end() if scheme else start), end


_MORE = lazy_compile(
    rb"[ \t]{0,3}(?:\+|%(?![\d\w])|\.format|\.\.|&[ \t])|[ \t]{0,3}=>|\s{0,2}:[ \t]|\s{0,2}=[ \t]"
)
