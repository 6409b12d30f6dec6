r"""Escapes that hide a secret: ``\"``, ``\n``, ``\u0041``, ``\x41``, ``%41``, ``&quot;``.

Most files hold escapes and no secret near one. So a *hit* is an escape next to what may be a value
or a name (eight characters of a token, among them a digit, ``=`` or ``:``), rows of escapes, and
words in escapes (mnemonics). Only the escapes about a hit are decoded. Each kind is a layer of its
own: a passphrase in embedded JSON may well hold a true ``%41``.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from scanner.decoders.spans import Edit, Spans, is_new
from scanner.lazy import lazy_compile
from scanner.models import Blob

_BEFORE_BYTES = 1024
_AFTER_BYTES = 4096
_SIMPLE = {
    rb"\n": b"\n", rb"\r": b"\r", rb"\t": b"\t", rb"\b": b"\b", rb"\f": b"\f", rb"\v": b"\v",
    rb"\"": b'"', rb"\'": b"'", rb"\/": b"/", rb"\`": b"`",
}  # fmt: skip
_NAMED = {b"quot": b'"', b"apos": b"'", b"amp": b"&", b"lt": b"<", b"gt": b">", b"nbsp": b" "}

# Each begins with its mark, which ``re`` seeks at the speed of memchr; what stands before it is
# looked at from behind it.
_BACKSLASH_HIT = lazy_compile(rb"""(?x)\\(?:
  ["'`nrtbf/](?=[\w+/.-]{0,64}[=:\d])[\w+/=.:-]{8}     # a value or a name with its sign
| ["'][\w.\ -]{2,64}\\["']\s{0,4}:                       # a key of embedded JSON
| /(?<=[0-9A-Za-z+]{8}\\/)(?=[\w+/\\-]{0,40}\d)          # base64 with escaped slashes
| n(?<=-----\\n)
| (?:u00|x)[2-7][0-9a-fA-F](?:[\w+/=-]{8}|(?<=[\w+/=-]{8}\\x..)|(?<=[\w+/=-]{8}\\u00..)
  |(?:[\w+/=-]{0,7}\\(?:u00|x)[2-7][0-9a-fA-F]){3})
| u[3-9a-dA-D][0-9a-fA-F]{3}(?:[\ ,"']{0,4}\\u[3-9a-dA-D][0-9a-fA-F]{3}){11}
| u0(?:0[eEfF]|30)[0-9a-fA-F](?=[a-z]{0,7}\ [a-z]{3,8}\ [a-z]{3})
| [nrt][a-z]{3,8}(?:\\[nrt][a-z]{3,8}){5}
)""")
_BACKSLASH = lazy_compile(rb"""(?x)\\(?:
  [nrtbfv"'/`]
| \\(?:\\\\)*+
| x[0-9a-fA-F]{2}(?:\\x[0-9a-fA-F]{2})*+
| u00[0-7][0-9a-fA-F](?:\\u00[0-7][0-9a-fA-F])*+
| u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}
| u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|U[0-9a-fA-F]{8}
)""")
_PERCENT_HIT = lazy_compile(rb"""(?x)%(?:
  (?:2[BbFf]|[3-7][0-9A-Fa-f])(?:[\w.~+/%-]{8}|(?<=[\w.~+/-]{8}%..))
| (?:2[0-9A-Fa-f]|0[AaDd9])(?=[\w.~+/-]{0,64}(?:\d|%[0-7]))[\w.~+/%-]{8}
)""")
_PERCENT = lazy_compile(rb"%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*+")
_ENTITY_HIT = lazy_compile(rb"""(?x)&(?:
  \#(?:\d{1,6}|x[0-9a-fA-F]{1,5});(?:[\w+/=-]{8}|(?<=[\w+/=-]{8}&\#..;)|(?<=[\w+/=-]{8}&\#...;)
    |(?:&\#x?[0-9a-fA-F]{1,6};){3}|(?=[\w+/.-]{0,64}[=:&\d])[\w+/=.:&-]{8})
| [a-z]{2,4};(?:(?=[\w+/.-]{0,64}[=:&\d])[\w+/=.:&-]{8})
| (?:quot|\#34|\#x22);[\w.\ -]{2,64}&(?:quot|\#34|\#x22);
)""")
_ENTITY = lazy_compile(rb"&(?:quot|apos|amp|lt|gt|nbsp|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")


class Family(NamedTuple):
    """One kind of escape.

    Attributes:
        name: of the layer.   mark: the byte that each hit begins with.
        hit, escape: expressions for what makes decoding worthwhile, and for one escape or a row.
        decode: gives the bytes an escape stands for.
    """

    name: str
    mark: bytes
    hit: re.Pattern[bytes]
    escape: re.Pattern[bytes]
    decode: Callable[[bytes], bytes]


def unbackslash(escape: bytes) -> bytes:
    r"""Return what a backslash escape (or a row of one kind) stands for, in UTF-8.

    >>> unbackslash(b'\\u00e9'), unbackslash(b'\\x41\\x42'), unbackslash(b'\\n')
    (b'\xc3\xa9', b'AB', b'\n')
    """
    simple = _SIMPLE.get(escape)
    if simple is not None:
        return simple
    kind = escape[1:2]
    if kind == b"\\":
        return escape[: len(escape) // 2]
    if kind == b"x":
        return bytes.fromhex(escape.replace(b"\\x", b"").decode())
    if escape.startswith(b"\\u00") and escape[4:5] < b"8":
        return bytes.fromhex(escape.replace(b"\\u00", b"").decode())
    if kind == b"u" and len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return _utf8(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
    return _utf8(int(escape[2:].strip(b"{}"), 16))


def _unpercent(escape: bytes) -> bytes:
    return bytes.fromhex(escape.replace(b"%", b"").decode())


def _unentity(escape: bytes) -> bytes:
    name = escape[1:-1]
    if name in _NAMED:
        return _NAMED[name]
    return _utf8(int(name.lstrip(b"#xX"), 16 if name[1:2] in b"xX" else 10))


def _utf8(code: int) -> bytes:
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        code = 0xFFFD
    return chr(code).encode()


BACKSLASH = Family("escapes", b"\\", _BACKSLASH_HIT, _BACKSLASH, unbackslash)
PERCENT = Family("percent", b"%", _PERCENT_HIT, _PERCENT, _unpercent)
ENTITY = Family("html", b"&", _ENTITY_HIT, _ENTITY, _unentity)
FAMILIES = (BACKSLASH, PERCENT, ENTITY)


def may_have(data: bytes, family: Family) -> bool:
    """Tell whether an escape of this kind stands where decoding it is worthwhile."""
    return family.mark in data and family.hit.search(data) is not None


def edits(blob: Blob, family: Family, outside: Spans) -> Iterator[Edit]:
    """Yield one edit an escape, for those about a hit in the spans ``outside``; ascending."""
    data = blob.data
    escape, decode = family.escape, family.decode
    done = 0
    for start, end in _regions(blob, _hits(data, family, outside)):
        for match in _inside(escape, data, max(start, done), end, outside):
            done = match.end()
            yield match.start(), done, decode(match.group())


def _hits(data: bytes, family: Family, outside: Spans) -> Iterator[re.Match[bytes]]:
    for start, end in outside:
        yield from family.hit.finditer(data, start, end)


def _inside(
    pattern: re.Pattern[bytes], data: bytes, start: int, end: int, outside: Spans
) -> Iterator[re.Match[bytes]]:
    """Yield the matches in ``[start, end)`` that are in the spans ``outside``."""
    if len(outside) == 1:
        yield from pattern.finditer(data, start, end)
        return
    index = bisect_right(outside, start, key=itemgetter(1))
    while index < len(outside) and outside[index][0] < end:
        low, high = outside[index]
        yield from pattern.finditer(data, max(start, low), min(end, high))
        index += 1


def _regions(blob: Blob, hits: Iterable[re.Match[bytes]]) -> Iterator[tuple[int, int]]:
    """Merge the neighbourhoods of those hits that no outer layer has seen; ascending."""
    begin = end = -1
    for hit in hits:
        if not is_new(blob, hit.start(), hit.end()):
            continue
        if end < 0 or hit.start() - _BEFORE_BYTES > end:
            if end >= 0:
                yield begin, end
            begin = _begin(blob.data, max(0, hit.start() - _BEFORE_BYTES), hit.start())
        end = max(end, hit.end() + _AFTER_BYTES)
    if end >= 0:
        yield begin, end


def _begin(data: bytes, start: int, hit: int) -> int:
    r"""Return where a region may begin: at a line or a blank, never inside a row of backslashes."""
    for boundary in (b"\n", b" ", b'"'):
        found = data.find(boundary, start, hit)
        if found >= 0 and data[found - 1 : found] != b"\\":
            return found
    return start if start == 0 else hit


def string_edits(data: bytes, start: int, end: int) -> Iterator[Edit]:
    """Yield an edit for each backslash escape in ``[start, end)``, all of them."""
    for match in _BACKSLASH.finditer(data, start, end):
        yield match.start(), match.end(), unbackslash(match.group())
