"""Base64 and hex runs that decode to text, or to a container of text.

A random key in base64 decodes to noise and is left to the rules; what matters is text inside: a
Kubernetes Secret, a Basic header, a config in an environment variable. Every byte of ASCII has its
top bit clear, so in base64 of text three characters of four come from half the alphabet: sixteen
characters tell text from an identifier or a digest before anything is decoded. For the same reason
``+ / - _`` are rare in it (they stand for ``>``, ``?`` and ``~``), and a run of sixteen letters and
digits, found at the speed of ``translate``, is gate enough.
"""

from array import array
from binascii import a2b_base64, a2b_hex
from collections.abc import Iterator
from typing import NamedTuple

from scanner.decoders import zones
from scanner.decoders.spans import Edit, Spans, is_new
from scanner.decoders.zones import PRINTABLE, is_container, is_text
from scanner.lazy import lazy_compile
from scanner.models import Blob

MIN_RUN = 16
MAX_CONTAINERS = 64
_ALNUM = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_ALPHABET = _ALNUM + b"+/-_"
_ALNUM_MAP = bytes(0x61 if byte in _ALNUM else 0x20 for byte in range(256))
_STANDARD = bytes.maketrans(b"-_", b"+/")
_GATE = b"a" * MIN_RUN
_FIRST = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefwz01234567")
_JOINTS = frozenset(b"+/_-")
_QUOTES = frozenset(b"\"'`")
_CLOSING = frozenset(b"\"'+/=")
_BACK_BYTES = 4096
_CHAINED = frozenset(b"+/\\%")
_ZONE_BACK_BYTES = 256
_PLAIN = _ALNUM + b"+/"
_HEAD_CHARACTERS = 64

# The four places of a quad: top bits clear in each of the three bytes.
_QUAD = rb"[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/_-]"
_HEX_PAIR = rb"(?:[2-7][0-9a-fA-F]|0[9aAdD])"
# A character of three bytes in UTF-8, as those of Chinese, Japanese and Korean have.
_WIDE = rb"[4-7][I-LY-bo-r4-7][CGKOSWaeimquy26+-][A-Za-z0-9+/_-]"
# Quads with an accented letter (C3) or a combining accent (CC, CD) at their first, second or third byte.
_ANY = rb"[A-Za-z0-9+/_-]"
_ACCENT = (
    rb"(?:w[4-7]|z[I-LY-b])[ABEFIJMNQRUVYZcdghklopstwx014589]%b|[A-Za-f][Mcs8][Oy2]%b"
    rb"|[A-Za-f][A-HQ-Xg-nw-z0-3][DHLPTXbfjnrvz37/_][DMN][g-v]%b{3}"
) % (_ANY, _ANY, _ANY)
_SIGHT = lazy_compile(
    rb"(?:%b|%b){4}|(?:%b){4}|(?:0[xX])?%b{12}|H4sIA|UEsDB|QlpoO|/Td6WF"
    % (_QUAD, _ACCENT, _WIDE, _HEX_PAIR)
)
_HEX_SIGHT = lazy_compile(rb"(?:0[xX])?(%b{12,})(?![0-9A-Za-z])" % _HEX_PAIR)
_ESCAPED = lazy_compile(
    rb"(?<=\\)(?:[nrtbfv]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})|(?<=%)[0-9a-fA-F]{2}"
)
_DIGEST = lazy_compile(rb"[0-9a-f]{24}|[0-9A-F]{24}")
_BODY = lazy_compile(rb"[A-Za-z0-9+/_-]+")
_WRAP = lazy_compile(
    rb"[ \t]{0,64}\r?\n[ \t]{0,64}([A-Za-z0-9+/_-]+)(={0,2})(?=[ \t]{0,64}(?:\r?\n|\Z))"
)
_MEDIA = lazy_compile(
    rb"data:(?:image|font|audio|video|application/(?:x-)?font)[\w.+/;=-]{0,80};base64,\Z"
)
_KUBERNETES = lazy_compile(
    rb"(?m)^[ \t]+[\w.-]{1,253}:[ \t]*[\"']?"
    rb"((?:[A-Za-z0-9+/]{4}){1,63}(?:[A-Za-z0-9+/]{2}[A-Za-z0-9+/=]=)?)[\"']?[ \t]*\r?$"
)
_MEDIA_BYTES = 160


class Runs(NamedTuple):
    """Runs of sixteen and more letters and digits, each as two numbers: start and end; ascending.

    Attributes:
        encoded: those that may be base64 or hex of a text.
        literal: those next to a quote, which may go on in the next literal.
        zones: half-open spans of base64 without text, in which no run is told.
    """

    encoded: "array[int]"
    literal: "array[int]"
    zones: Spans


_NO_RUNS = Runs(array("q"), array("q"), [])


def runs(data: bytes) -> Runs:
    """Find the runs in one pass over the bytes."""
    flat = data.translate(_ALNUM_MAP)
    start = flat.find(_GATE)
    if start < 0:
        return _NO_RUNS
    found = Runs(array("q"), array("q"), [])
    sight, find, size = _SIGHT.match, flat.find, len(data)
    digest = _DIGEST.match
    seen = 0
    while start >= 0:
        end = find(b" ", start + MIN_RUN)
        after = 0
        if end < 0:
            end = size
        else:
            after = data[end]
        is_long = after in _CHAINED or end - start >= zones.LEAST_LINE
        if is_long and start >= seen and digest(data, start) is None:
            seen, is_zone = _zone(data, start, seen, found)
            if is_zone:
                start = find(_GATE, seen)
                continue
        before = data[start - 1] if start else 0
        if before in _JOINTS or (data[start] in _FIRST and sight(data, start) is not None):
            found.encoded.extend((start, end))
        if after in _CLOSING or before in _QUOTES:
            found.literal.extend((start, end))
        start = find(_GATE, end)
    return found


def _zone(data: bytes, start: int, seen: int, found: Runs) -> tuple[int, bool]:
    """Note the zone that a run begins, if it does; returns where the lines looked at end."""
    tail = data[max(seen, start - _ZONE_BACK_BYTES) : start]
    begin = start - (len(tail) - len(tail.rstrip(_PLAIN)))
    # The letters of an escape before it belong to no line.
    escape = _ESCAPED.match(data, begin)
    if escape is not None:
        begin = escape.end()
    end, is_zone = zones.match(data, begin, max(begin, start))
    if is_zone:
        found.zones.append((begin, end))
    return max(end, seen), is_zone


def findings(blob: Blob, found: Runs) -> Iterator[list[Edit]]:
    """Yield what each run decodes to: edits whose texts joined are text or a container.

    Ascending; each character is decoded once at most.
    """
    data = blob.data
    done = 0
    for start, end in zip(found.encoded[::2], found.encoded[1::2], strict=True):
        if start < done:
            continue
        match = _HEX_SIGHT.match(data, start)
        if match is not None:
            done = end
            if is_new(blob, start, end):
                yield from _checked([(match.start(1), match.end(1), a2b_hex(_even(match[1])))])
            continue
        begin = start
        if start and data[start - 1] in _JOINTS:
            tail = data[max(done, start - _BACK_BYTES) : start]
            begin = start - (len(tail) - len(tail.rstrip(_ALPHABET)))
            if _SIGHT.match(data, begin) is None:
                begin = start
        if _SIGHT.match(data, begin) is None or _DIGEST.match(data, begin):
            continue
        done, lines = _lines(data, begin)
        if is_new(blob, begin, done) and not _is_left_out(data, begin, lines[0][1]):
            yield from _decoded(data, lines)


def _even(digits: bytes) -> bytes:
    return digits[: len(digits) // 2 * 2]


def _lines(data: bytes, begin: int) -> tuple[int, list[tuple[int, int]]]:
    """Return the end of a run, wrapped over lines or not, and the spans of its lines."""
    match = _BODY.match(data, begin)
    end = match.end() if match is not None else begin
    lines = [(begin, end)]
    width = end - begin
    while width >= 32 and width % 4 == 0 and lines[-1][1] - lines[-1][0] == width:
        following = _WRAP.match(data, end)
        if following is None or following.end(2) - following.start(1) > width:
            break
        end = following.end(1)
        lines.append(following.span(1))
    while data[end : end + 1] == b"=" and end - lines[-1][1] < 2:
        end += 1
    return end, lines


def _is_left_out(data: bytes, begin: int, end: int) -> bool:
    """Tell images, fonts and JSON web tokens: they hold nothing that the raw text hides."""
    if data[begin : begin + 3] == b"eyJ" and data[end : end + 3] == b".ey":
        return True
    before = data[max(0, begin - _MEDIA_BYTES) : begin]
    if before.endswith(b".") and before[:-1].rstrip(_ALPHABET).endswith(b".") is False:
        head = before[:-1]
        if head[len(head.rstrip(_ALPHABET)) :].startswith(b"eyJ"):
            return True
    return before.endswith(b"base64,") and _MEDIA.search(before) is not None


def _decoded(data: bytes, lines: list[tuple[int, int]]) -> Iterator[list[Edit]]:
    """Decode the lines of one run; yields nothing if it is noise."""
    begin, end = lines[0]
    head = _decode(data[begin : min(end, begin + _HEAD_CHARACTERS)])
    if not (is_text(head) or is_container(head)):
        return
    edits: list[Edit] = []
    for index, (start, stop) in enumerate(lines):
        if index:
            edits.append((lines[index - 1][1], start, b""))
        whole = start + (stop - start) // 4 * 4
        edits.append((start, whole, _decode(data[start:whole])))
    if stop - whole > 1:
        edits.append((whole, stop, _decode(data[whole:stop])))
    padded = stop
    while data[padded : padded + 1] == b"=" and padded - stop < 2:
        padded += 1
    if padded > stop:
        edits.append((stop, padded, b""))
    yield from _checked(edits)


def _decode(run: bytes) -> bytes:
    if b"-" in run or b"_" in run:
        run = run.translate(_STANDARD)
    rest = len(run) % 4
    if rest == 1:
        run = run[:-1]
    return a2b_base64(run + b"=" * (-len(run) % 4))


def _checked(edits: list[Edit]) -> Iterator[list[Edit]]:
    whole = edits[0][2] if len(edits) == 1 else b"".join(text for _, _, text in edits)
    if is_text(whole) or is_container(whole):
        yield edits


def may_be_kubernetes(data: bytes) -> bool:
    """Tell whether a text may hold a Kubernetes Secret."""
    return data.find(b"apiVersion", 0, _BACK_BYTES) >= 0 and b"Secret" in data


def kubernetes(blob: Blob) -> Iterator[Edit]:
    """Yield the values of a Kubernetes Secret that are told nowhere else: short, or with ``+`` and ``/`` in them."""
    data = blob.data
    for match in _KUBERNETES.finditer(data):
        start, end = match.span(1)
        body = data[start:end].rstrip(b"=")
        is_run = _GATE in body.translate(_ALNUM_MAP)  # ``runs`` has it
        is_told = len(body) < end - start or not body.isalnum()
        if is_run or not is_told or not is_new(blob, start, end):
            continue
        text = _decode(body)
        if text.isascii() and not text.translate(None, PRINTABLE):
            yield start, end, text
