"""Remembers what was searched: the versions of a file in a history repeat nearly all of their lines.

A text is compared with the one before it, and what both have in common is not searched again. What is
left is cut into *chunks* (paragraphs, or lines where there are none). What the search finds in a chunk
depends on the text around it, a few hundred bytes at most, so it is remembered by the hash of the chunk
and of that text (the chunks beside it may be empty). What a whole text decides (are bare values worth
a look, does a key of many lines begin here) is put together anew from the chunks each time. Hashes are
those of Python, keyed anew in each process, so no content can be made to collide.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from scanner.binary import is_binary
from scanner.engine import LEAST_BYTES, Recalled
from scanner.engine.chunks import MARGIN, Chunks, changed
from scanner.engine.exports import is_export
from scanner.engine.search import Engine
from scanner.models import Blob, Match
from scanner.rules import BARE_VALUE

_LARGEST_TEXT = 16 << 20
"""Bytes above which a text is searched in windows of so many."""
_MOST = 1_000_000
"""Hashes that are kept; then it begins anew. What was found in a chunk counts ten times."""
_STEP = 16
_MOST_SORTS = 8
_BETWEEN = b"\n\n"
_STUMP = 128
"""Bytes of a line that margins may lose: what is left of them is more than ``NEAR``."""
_GATE, _ENCODED = "gate", "encoded"

Item = tuple[int, int, Any]
"""Start and end in bytes from the start of a chunk, and what is there: a match, a hit, a mark."""


class _Store:
    """What was found in chunks, by the hash of a chunk and the text around it."""

    def __init__(self) -> None:
        self.quiet: set[int] = set()
        self.told: dict[int, tuple[Item, ...]] = {}
        self._items = 0

    def tell(self, key: int, items: tuple[Item, ...]) -> None:
        """Keep what is in a chunk."""
        self._items += len(items)
        self.told[key] = items

    def trim(self) -> None:
        """Forget everything when there is too much of it."""
        if len(self.quiet) + 10 * self._items > _MOST:
            self.quiet.clear()
            self.told.clear()
            self._items = 0


class _Text(NamedTuple):
    """The text before, and what is in it.

    Attributes:
        data, mark: the text, and where it is cut.
        near: what was found in it.   bare: its bare values, None if nobody asked for them.
    """

    data: bytes
    mark: bytes
    near: list[Item]
    bare: list[Item] | None


class Memory:
    """Searches texts that repeat each other; gives what the engine gives."""

    def __init__(
        self,
        engine: Engine,
        is_local: Callable[[bytes], bool],
        layers: Callable[[bytes], Iterable[Blob | None]],
    ) -> None:
        """Take the parts.

        Args:
            engine: searches what is new.
            is_local: tells whether what is to be decoded in place in a text is seen in any piece of it.
            layers: gives the layers inside a piece, None for one that the piece cannot judge.
        """
        self._engine = engine
        self._is_local = is_local
        self._layers = layers
        self._near = _Store()
        self._bare = _Store()
        self._last: dict[tuple[str, ...], _Text] = {}

    def recall(self, data: bytes, layers: tuple[str, ...] = ()) -> Recalled | None:
        """Return what a text holds, searching only what is new; None if it must be read as a whole.

        ``layers``: what it was decoded from; it is compared with the last text of that sort.
        """
        if len(data) < LEAST_BYTES or is_binary(data) or not self._is_local(data):
            return None
        if len(data) > _LARGEST_TEXT:
            return self._in_windows(data)
        last = self._last.get(layers)
        span = changed(last.data, data, last.mark) if last is not None else (0, len(data))
        if last is None or (span[1] - span[0]) * 2 > len(data):
            last, cut = None, Chunks(data, 0, len(data))
        else:
            cut = Chunks(data, *span, last.mark)
        items = self._grown(last, last and last.near, cut, self._near, self._search)
        bare: list[Item] | None = None
        if is_export(data) or any(what is _GATE for _, _, what in items):
            bare = self._grown(last, last and last.bare, cut, self._bare, self._runs)
        if len(self._last) > _MOST_SORTS:
            self._last.clear()
        self._last[layers] = _Text(data, cut.mark, items, bare)
        return self._recalled(data, items, bare or ())

    def _in_windows(self, data: bytes) -> Recalled:
        """Search a very long text in windows that overlap, so that what is noted of it stays small."""
        edges = [*range(0, len(data), _LARGEST_TEXT), len(data)]
        cuts = [Chunks(data, low, high, b"") for low, high in pairwise(edges)]
        items = [item for cut in cuts for item in self._items(cut, self._near, self._search)]
        bare: list[Item] = []
        if is_export(data) or any(what is _GATE for _, _, what in items):
            bare = [item for cut in cuts for item in self._items(cut, self._bare, self._runs)]
        return self._recalled(data, items, bare)

    def _grown(
        self,
        last: _Text | None,
        before: list[Item] | None,
        cut: Chunks,
        store: _Store,
        search: "Callable[[Rows], Iterable[Item]]",
    ) -> list[Item]:
        """Return what is in a text: ``before`` in the last one and not changed, and what is in the chunks."""
        data = cut.data
        if last is None:
            return list(self._items(cut, store, search))
        if before is None:
            return list(self._items(Chunks(data, 0, len(data), cut.mark), store, search))
        low, high, shift = cut.low, cut.high, len(data) - len(last.data)
        items = [item for item in before if item[0] < low]
        items += self._items(cut, store, search)
        first = high - shift
        items += (
            (start + shift, end + shift, what) for start, end, what in before if start >= first
        )
        return items

    def _recalled(self, data: bytes, items: Iterable[Item], bare: Iterable[Item]) -> Recalled:
        """Return what a text holds, put together from its items."""
        found: list[Match] = []
        hits: list[tuple[int, int]] = []
        is_encoded = False
        for start, end, what in items:
            if what is _ENCODED:
                is_encoded = True
            elif isinstance(what, int):
                hits.append((what, end))
            elif what is not _GATE:
                found.append(what._replace(start=start, end=end))
        found += (Match(BARE_VALUE, start, end) for start, end, _ in bare)
        if hits:
            found += self._engine.far(data, hits)
        return Recalled(self._engine.in_order(data, found, hits), is_encoded)

    def _items(
        self, cut: Chunks, store: _Store, search: "Callable[[Rows], Iterable[Item]]"
    ) -> Iterator[Item]:
        """Yield what is in the chunks, offsets in the text; ``search`` is asked about new ones."""
        store.trim()  # only here: what is known of this text's chunks is needed to the end
        keys = cut.keys
        other = set(keys).difference(store.quiet)
        if not other:
            return
        told = store.told
        places = [place for place, key in enumerate(keys) if key in other]
        new = [place for place in places if keys[place] not in told]
        if new:
            self._learn(cut, store, new, search)
        starts = cut.starts
        for place in places:
            begin = starts[place]
            for start, end, what in told.get(keys[place], ()):
                yield begin + start, begin + end, what

    def _learn(
        self,
        cut: Chunks,
        store: _Store,
        new: list[int],
        search: "Callable[[Rows], Iterable[Item]]",
    ) -> None:
        """Search the new chunks of a text and remember what is in each."""
        starts, keys = cut.starts, cut.keys
        found: dict[int, list[Item]] = {}
        for start, end, what in search(Rows(cut, new)):
            place = bisect_right(starts, start) - 1
            if keys[place] not in store.quiet:
                begin = starts[place]
                found.setdefault(place, []).append((start - begin, end - begin, what))
        for place, items in found.items():
            store.tell(keys[place], tuple(items))
        store.quiet.update(keys[place] for place in new if keys[place] not in store.told)

    def _search(self, rows: "Rows") -> Iterator[Item]:
        """Yield what is in rows of chunks, offsets in the text."""
        text = rows.text
        hits = self._engine.candidates(text)
        found: list[Item] = []
        if hits.gates:
            found += ((at, at, _GATE) for at in self._engine.gates(text, hits))
        if hits.ends:
            near, far = self._engine.near(text, hits)
            found += ((match.start, match.end, match) for match in near)
            found += ((end - 1, end, number) for number, end in far)
        found += ((at, at, _ENCODED) for at in self._encoded(text))
        yield from rows.placed(found)

    def _encoded(self, text: bytes) -> Iterator[int]:
        """Yield the offsets of what the layers inside a piece of a text hold, whoever is told there."""
        for layer in self._layers(text):
            if layer is None:
                yield from range(0, len(text), _STEP)
                continue
            hits = self._engine.candidates(layer.data)
            for match in self._engine.confirm(layer.data, hits, look=True):
                start = match.start
                at: Blob | None = layer
                while at is not None and at.locate is not None:
                    span = at.locate(start, start)
                    start = span[0] if span else 0
                    at = at.parent
                yield start

    def _runs(self, rows: "Rows") -> Iterator[Item]:
        """Yield the bare values in rows of chunks, offsets in the text."""
        bare = self._engine.bare(rows.text)
        yield from rows.placed((start, end, None) for start, end in bare)


class Rows:
    """New chunks of a text with what stands around them, one row of them after the other in one text.

    Attributes:
        text: the rows; between them is the end of a paragraph.
    """

    def __init__(self, cut: Chunks, places: list[int]) -> None:
        """Join the chunks at ascending places."""
        data, starts = cut.data, cut.starts
        self._lows: list[int] = []
        self._begins: list[int] = []
        self._own: list[tuple[int, int]] = []
        parts: list[bytes] = []
        size = 0
        for first, last in _rows(places):
            low, high = _whole_lines(data, starts[first], starts[last + 1])
            part = data[low:high]
            self._lows.append(low)
            self._begins.append(size)
            self._own.append((starts[first], starts[last + 1]))
            parts.append(part)
            size += len(part) + len(_BETWEEN)
        self.text = _BETWEEN.join(parts)

    def placed(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield items with their offsets in the whole text, without those that only stand beside a row."""
        for start, end, what in items:
            row = bisect_right(self._begins, start) - 1
            shift = self._lows[row] - self._begins[row]
            low, high = self._own[row]
            if low <= start + shift < high:
                yield start + shift, end + shift, what


def _whole_lines(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return a span with its margins, from a line's beginning to a line's end where lines are short.

    The stump of a line would be another value: of a list of keys, one of another length than theirs.
    """
    low, high = max(0, start - MARGIN), min(len(data), end + MARGIN)
    if low:
        low = data.find(b"\n", low - 1, min(low + _STUMP, start)) + 1 or low
    if high < len(data):
        cut = data.rfind(b"\n", max(end, high - _STUMP), high + 1)
        high = cut + 1 if cut >= 0 else high
    return low, high


def _rows(places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of places that nearly follow each other.

    >>> list(_rows([1, 2, 4, 9]))
    [(1, 4), (9, 9)]
    """
    first = last = places[0]
    for place in places:
        if place - last > 2:
            yield first, last
            first = place
        last = place
    yield first, last
