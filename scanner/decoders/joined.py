r"""Strings that a program puts together: ``"abc" + "def"``, adjacent ones, ``\`` at a line's end.

What stands between the pieces is taken out, where the pieces about it make up a token long enough
to be a secret, or are rows of short words (a mnemonic). Most joins are sentences: they are left.
Adjacent literals are looked for only beside long runs, for a search of all quotes costs too much.
"""

import re
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import chain

from scanner.decoders.base64 import Runs
from scanner.decoders.spans import Edit, Spans, is_new
from scanner.lazy import lazy_compile
from scanner.models import Blob

MIN_TOKEN = 16
_QUOTES = b"\"'`"
_SMALL = b"abcdefghijklmnopqrstuvwxyz "
_TOKEN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-."
_TOKEN_BYTES = frozenset(_TOKEN[at : at + 1] for at in range(len(_TOKEN)))
_WORD_BYTES = frozenset(_SMALL[at : at + 1] for at in range(len(_SMALL)))
_PIECE_BYTES = 96
_BLANK_BYTES = 160
_SORTED_BYTES = 1 << 20

# Each begins with its mark, which ``re`` seeks at the speed of memchr.
_PLUS = lazy_compile(rb"\+(?<=[\"'`\s]\+)[ \t]{0,40}(?:\r?\n[ \t]{0,120})?[bBrRfFuU]?[\"'`]")
_DOT = lazy_compile(rb"\.(?<=[\"' \t\n]\.)[ \t]{0,40}(?:\r?\n[ \t]{0,120})?[\"']")
_CONTINUED = lazy_compile(rb"\\\r?\n[ \t]{0,120}")
# Without an indent the lines may be rows of a table; before a sign of assignment it is the next name of a map.
_ADJACENT = lazy_compile(
    rb"([\"'])[ \t]{0,40}(?:\r?\n[ \t]{1,120}|[ \t])[bBrRfFuU]?\1(?![^\"'\\\n]{0,120}\1[ \t]{0,40}[=:])"
)
_OPENED = lazy_compile(rb"= \(\n")  # twice as fast as to seek the bytes
_GROUP = lazy_compile(
    rb"\(\n[ \t]{1,40}[bBrR]?([\"'])[^\s\"'\\]{4,96}\1"
    rb"(?:\n[ \t]{1,40}[bBrR]?\1[^\s\"'\\]{4,96}\1){1,8}\n[ \t]{0,40}\)"
)
_GROUP_JOIN = lazy_compile(rb"(?<=[^\s])[\"']\n[ \t]{1,40}[bBrR]?[\"']")
_WORDS_BEFORE = lazy_compile(rb"(?:[a-z]{3,8} ){2}[a-z]{3,8} ?\Z")
_WORDS_AFTER = lazy_compile(rb" ?(?:[a-z]{3,8} ){2}[a-z]{3,8}\b")


def may_have(data: bytes, found: Runs) -> bool:
    """Tell whether there may be a join; most files have none, and a search is cheaper than a layer not made."""
    return (
        bool(found.literal)
        or (b"+" in data and _PLUS.search(data) is not None)
        or (b"\\" in data and _CONTINUED.search(data) is not None)
        or has_dots(data)
        or any(_groups(data))
    )


def has_dots(data: bytes) -> bool:
    """Tell by the first bytes whether this is PHP or Perl, where a dot joins strings."""
    return data.startswith(b"<?") or data.find(b"perl", 0, 64) >= 0


def edits(blob: Blob, found: Runs, outside: Spans) -> Iterator[Edit]:
    """Yield an edit that empties each join inside a token, in the spans ``outside``; ascending."""
    data = blob.data
    pending: list[Edit] = []
    carried = done = 0
    grouped = set(_grouped(data))
    streams = _joins(data, found, outside)
    if grouped:
        streams.append(iter(sorted(grouped)))
    for start, end in _in_order(data, streams):
        if start < done:
            continue
        if not carried and not _may_join(data[start - 1 : start], data[end : end + 1]):
            pending.clear()
            done = end
            continue
        before = data[max(done, start - _PIECE_BYTES) : start]
        if before.endswith(b"\\n"):
            before = before[: -4 if before.endswith(b"\\r\\n") else -2]
        after = data[end : end + _PIECE_BYTES]
        left = len(before) - len(before.rstrip(_TOKEN))
        right = len(after) - len(after.lstrip(_TOKEN))
        if carried and left == start - done:
            left += carried
        else:
            pending.clear()
        carried = left
        done = end
        if left and right:
            pending.append((start, end, b""))
            is_wanted = (
                left + right >= MIN_TOKEN
                or (start, end) in grouped
                or _is_chosen(before[-left:] + after[:right])
            )
        else:
            carried = 0
            pending[:] = [(start, end, b"")]
            is_wanted = _is_words(before, after)
        if is_wanted:
            yield from (edit for edit in pending if is_new(blob, edit[0] - 1, edit[1] + 1))
            pending.clear()
        elif not carried:
            pending.clear()


def _in_order(data: bytes, streams: list[Iterator[tuple[int, int]]]) -> Iterable[tuple[int, int]]:
    """Return the spans of all streams in order; those of a long text one by one, as they may be millions."""
    if len(streams) == 1:
        return streams[0]
    return sorted(chain(*streams)) if len(data) < _SORTED_BYTES else merge(*streams)


def _may_join(before: bytes, after: bytes) -> bool:
    """Tell by the bytes about a join whether a token or a row of words may go on across it."""
    return (before in _TOKEN_BYTES and after in _TOKEN_BYTES) or (
        before in _WORD_BYTES and after in _WORD_BYTES
    )


def _is_chosen(piece: bytes) -> bool:
    """Tell whether a short token looks like a passphrase: letters of both cases and digits."""
    return (
        len(piece) >= 10
        and piece not in (piece.lower(), piece.upper())
        and any(48 <= byte <= 57 for byte in piece)
    )


def _grouped(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the joins of Python literals on lines of their own in brackets, if they are one token."""
    for group in _groups(data):
        for join in _GROUP_JOIN.finditer(data, *group.span()):
            yield join.span()


def _groups(data: bytes) -> Iterator[re.Match[bytes]]:
    for opened in _OPENED.finditer(data):
        group = _GROUP.match(data, opened.start() + 2)
        if group is not None:
            yield group


def _is_words(before: bytes, after: bytes) -> bool:
    return _WORDS_AFTER.match(after) is not None and _WORDS_BEFORE.search(before) is not None


def _joins(data: bytes, found: Runs, outside: Spans) -> list[Iterator[tuple[int, int]]]:
    """Return the streams of spans that a program's reader would take out, each ascending."""
    streams = []
    if found.literal:
        streams.append(_adjacent(data, found))
    if b"+" in data:
        streams.append(_operated(data, _PLUS, outside))
    if b"\\" in data:
        streams.append(_continued(data, outside))
    if has_dots(data):
        streams.append(_operated(data, _DOT, outside))
    return streams


def _continued(data: bytes, outside: Spans) -> Iterator[tuple[int, int]]:
    for start, end in outside:
        for match in _CONTINUED.finditer(data, start, end):
            yield _of_literals(data, *match.span())


def _of_literals(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the span of a continued line's end, with the quotes about it if it parts two literals.

    Those of an assignment, that is: in a shell they are arguments, each by itself.
    """
    quote = data[max(0, start - 40) : start].rstrip(b" \t")[-1:]
    if not quote or quote not in _QUOTES or data[end : end + 1] != quote:
        return start, end
    closed = data.rindex(quote, 0, start)
    opened = data.rfind(quote, max(0, closed - 400), closed)
    return (closed, end + 1) if data[opened - 2 : opened] == b"= " else (start, end)


def _operated(data: bytes, pattern: re.Pattern[bytes], outside: Spans) -> Iterator[tuple[int, int]]:
    """Yield the spans from closing quote to opening quote about an operator."""
    for start, end in outside:
        for match in pattern.finditer(data, start, end):
            operator = match.start()
            blank = data[max(0, operator - _BLANK_BYTES) : operator]
            quote = operator - (len(blank) - len(blank.rstrip())) - 1
            if quote >= 0 and data[quote] in _QUOTES:
                yield quote, match.end()


def _adjacent(data: bytes, found: Runs) -> Iterator[tuple[int, int]]:
    """Yield the spans between two literals, one of which ends or begins with a long run."""
    done = 0
    for start, end in zip(found.literal[::2], found.literal[1::2], strict=True):
        if start > done and data[start - 1] in _QUOTES and data[start - 2 : start - 1].isspace():
            quote = _opening(data, done, start)
            if quote >= 0:
                match = _ADJACENT.match(data, quote)
                if match is not None and match.end() == start:
                    yield match.span()
                    done = match.end()
        if end > done:
            tail = data[end : end + _PIECE_BYTES]
            close = end + len(tail) - len(tail.lstrip(_TOKEN))
            match = _ADJACENT.match(data, close)
            if match is not None:
                yield match.span()
                done = match.end()


def _opening(data: bytes, done: int, start: int) -> int:
    """Return where the literal before the one that begins at ``start`` is closed, or -1."""
    blank = data[max(done, start - 1 - _BLANK_BYTES) : start - 1]
    before = blank.rstrip(b" \t\r\n")
    quote = start - 1 - (len(blank) - len(before)) - 1
    return quote if before and quote < start - 2 and data[quote] == data[start - 1] else -1
