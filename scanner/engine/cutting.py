"""Where values may be: windows about hits, runs of characters behind names, and the values in a run."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from scanner.engine.expressions import LEAST_RUN
from scanner.lazy import lazy_compile

TOKEN = lazy_compile(rb"[A-Za-z0-9+/_=.~$@!%^&*#?:|\-]{6,4096}")
"""A run of characters that a secret without blanks is made of; trimmed by ``trim``."""
_LONGEST, LONGEST_AGAIN = 4096, 312
"""Bytes of the longest value, and of one whose name stands inside a run."""
_REACH = 56
"""Bytes after a name in which a value that it binds begins."""
_REST = lazy_compile(rb"[A-Za-z0-9+/_=.~$@!%^&*#?:|\-]{1,4096}")
_INSIDE = lazy_compile(rb"[A-Za-z0-9+/_=.~$@!%^&*#?:|\-]{6,312}")
"""The rest of a run, and a run from the end of a name inside it."""
_KEY_BYTES = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
_KEY_RUN = lazy_compile(rb"[A-Za-z0-9+/_\-]{16,4096}")
ESCAPES = (b"\\n", b"\\t", b"\\r")
"""Ends of lines and the like in a string of a program: their letters are no part of the value behind them."""
_LINE, _GAP = 48, 24
_KEY_LENGTHS = (64, 66)
"""Characters of the keys that lists of three and more are often made of: Binance's, and 32 bytes in hexadecimal."""
_ABOUT = 4
"""Lines either side of one that say whether it is data."""
_GAP_BYTES = b" \t\r\n\"'`+,;=\\*#>|"
"""Base64 data: three runs of this many characters or more with at most a line break between."""


def windows(
    ends: Iterable[int], width: int, size: int, after: int | None = None
) -> Iterator[tuple[int, int]]:
    """Return merged half-open windows of ``width`` bytes before and ``after`` each end, in order.

    ``after`` is ``width`` if not given.

    >>> list(windows([10, 15, 100], 10, 105))
    [(0, 25), (90, 105)]
    """
    low = high = -1
    after = width if after is None else after
    for end in sorted(ends):
        if end - width > high:
            if high >= 0:
                yield max(0, low), min(size, high)
            low = end - width
        high = end + after
    if high >= 0:
        yield max(0, low), min(size, high)


def groups_of(ends: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield ascending ends of names in groups: their values may begin before the next name ends.

    >>> list(groups_of([5, 20, 90]))
    [[5, 20], [90]]
    """
    first, count = 0, len(ends)
    for place in range(1, count + 1):
        if place == count or ends[place] - ends[place - 1] >= _REACH:
            yield ends[first:place]
            first = place


def runs_behind(data: bytes, ends: Sequence[int]) -> list[bytes]:
    """Return all runs that may belong to a group of names with these ends, in one go; maybe some more.

    >>> runs_behind(b"token = abcdef&token=ghijklmn", [5, 20])
    [b'abcdef&token=ghijklmn', b'=ghijklmn']
    """
    limit = ends[-1] + _REACH
    rest = _REST.match(data, min(limit, len(data)))
    runs = TOKEN.findall(data, ends[0], rest.end() if rest else limit)
    return [*runs, *_runs_at(data, ends[1:])]


def all_runs(data: bytes, ends: Sequence[int]) -> list[bytes]:
    """Return all runs of a text, those from the ends of names inside a run too.

    >>> all_runs(b"token = abcdef&token=ghijklmn", [5, 20])
    [b'abcdef&token=ghijklmn', b'=ghijklmn']
    """
    return [*TOKEN.findall(data), *_runs_at(data, ends)]


def is_dense(data: bytes, ends: Sequence[int]) -> bool:
    """Tell whether values may stand in half of a text or more, so that it is cut at once."""
    return len(ends) * _REACH * 2 > len(data)


def _runs_at(data: bytes, ends: Sequence[int]) -> Iterator[bytes]:
    inside = map(_INSIDE.match, repeat(data), ends)
    return (run[0] for run in inside if run is not None)


def runs_after(data: bytes, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return the runs of value characters that may belong to names with these ascending ends.

    Those that begin within a few dozen bytes of a name. A run is given once however many names stand
    before it, and again from the end of each name inside it.

    >>> list(runs_after(b"token = abcdef&token=ghijklmn", [5, 20]))
    [(8, 29), (20, 29)]
    """
    place, count, size = 0, len(ends), len(data)
    while place < count:
        begin = ends[place]
        behind, limit = place + 1, begin + _REACH
        while behind < count and ends[behind] < limit:
            limit = ends[behind] + _REACH
            behind += 1
        place += 1
        for run in TOKEN.finditer(data, begin, min(size, limit + _LONGEST)):
            start, stop = run.span()
            if start >= limit:
                break
            yield start, stop
            while place < behind and ends[place] < stop:
                # A line of nothing but "token=" must not cost its length for each of them.
                if ends[place] > start:
                    yield ends[place], min(stop, ends[place] + LONGEST_AGAIN)
                place += 1
        place = behind


_NAMED = lazy_compile(rb"(?:[A-Za-z_$][\w.\-]{0,200}=(?!=*$))+")
_STOP = lazy_compile(rb"[&|?]")
_MOST_PIECES = 8
_CUT = lazy_compile(rb"[^:|?&,]*?[A-Za-z0-9_\-\]](?::(?=[^/])|\|)")
_LEFT = b"=:.,;|&?-~*#!$@^%"
_DASH, _QUOTES = 45, b"\"'`"
"""Base64 for addresses begins with a dash at times; in quotes it belongs to the value."""
_RIGHT = b".,;:|&?!~*#$@^%"


_QUERY = lazy_compile(rb"&(?:[A-Za-z][\w.\-]{0,40}=|amp\Z)")
"""The next parameter of an address, as HTML may write it, which is no part of a value before it."""


def trim(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a run into its values: after ``name=``, at inner ``:`` and ``|``, without edge punctuation."""
    named = _NAMED.match(data, start, end)
    if named:
        start = named.end()
    pieces = [(start, end)]
    position = start
    while len(pieces) < _MOST_PIECES:
        cut = _CUT.match(data, position, end)
        if not cut or cut.end() >= end:
            break
        position = cut.end()
        pieces.append((position, end))
    seen: set[tuple[int, int]] = set()
    for left, right in pieces:
        inner = _STOP.search(data, left, right)
        stops = [] if inner and _QUERY.match(data, inner.start(), right) else [right]
        if inner:
            stops.append(inner.start())
        for stop in stops:
            a, b = left, stop
            while a < b and data[a] in _LEFT and not (data[a] == _DASH and data[a - 1] in _QUOTES):
                a += 1
            while b > a and data[b - 1] in _RIGHT:
                b -= 1
            if b - a >= 6 and (a, b) not in seen:
                seen.add((a, b))
                yield a, b
                if data[a : a + 2] in (b"0x", b"0X") and b - a > 18:
                    yield a + 2, b


def key_runs(data: bytes, insides: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the whole runs of key characters that the second pass has named (``Prefilter.runs``), in its order.

    >>> data = b"x = some_path/with/words/k9Xw2Lq8vR1tZ5"
    >>> [data[start:end] for start, end in key_runs(data, [27])]
    [b'some_path/with/words/k9Xw2Lq8vR1tZ5']
    """
    for inside in insides:
        start = inside - LEAST_RUN
        if start and data[start - 1] in _KEY_BYTES:  # it began with words
            head = data[max(0, start - _LONGEST) : start]
            start -= len(head) - len(head.rstrip(_KEY_BYTES))
        run = _KEY_RUN.match(data, start)
        if run is not None:
            yield run.span()


def outside_base64(data: bytes, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the runs that are no lines of base64 data (images, fonts, certificates).

    Nothing but blanks, quotes and signs stands between such lines.

    >>> lines = [(0, 76), (77, 153), (154, 230), (300, 364)]
    >>> list(outside_base64(b"\\n" * 364, lines)), len(list(outside_base64(b"x" * 364, lines)))
    ([(300, 364)], 4)
    """
    lines: list[tuple[int, int]] = []
    for start, end in spans:
        if end - start < _LINE or (lines and not _is_gap(data[lines[-1][1] : start])):
            yield from _keys(data, lines)
            lines = []
        if end - start < _LINE:
            yield start, end
        else:
            lines.append((start, end))
    yield from _keys(data, lines)


def _keys(data: bytes, lines: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Return those of lines that are no data: one or two, and lists of keys of 64 characters.

    The few lines about each decide, not all: a line of another length hides no list of keys, and a piece of a text
    says what the whole says (``Memory``).

    >>> lines = [(at * 65, at * 65 + 64) for at in range(5)]
    >>> len(_keys(b"a" * 400, [*lines, (325, 377)])), len(_keys(b"a" * 100 + b"+" * 300, lines))
    (5, 0)
    """
    if len(lines) < 3:
        return lines
    is_key = [end - start in _KEY_LENGTHS for start, end in lines]
    if True not in is_key:
        return ()
    signed = [
        fits and any(sign in data[start:end] for sign in b"+/=")
        for fits, (start, end) in zip(is_key, lines, strict=True)
    ]
    found = []
    for at, line in enumerate(lines):
        low, high = max(0, at - _ABOUT), at + _ABOUT + 1
        about = is_key[low:high]
        if is_key[at] and about.count(True) * 2 >= len(about) and True not in signed[low:high]:
            found.append(line)
    return found


def _is_gap(between: bytes) -> bool:
    return len(between) <= _GAP and not between.replace(rb"\n", b"").strip(_GAP_BYTES)
