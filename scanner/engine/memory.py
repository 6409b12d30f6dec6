"""Remembers what was searched: the versions of a file in a history repeat nearly all of their lines.

A text is cut into *chunks* (paragraphs, or lines where there are none). What the search finds in a chunk
depends on the text around it, a few hundred bytes at most, so it is remembered by the hash of the chunk
and of that text (the chunks beside it may be empty): what was there before is not searched again, and a
version with nothing new costs little more than its hashes. What a whole text decides (are bare values
worth a look, does a key of many lines begin here) is put together anew from the chunks each time. Hashes
are those of Python, keyed anew in each process, so no content can be made to collide.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, pairwise
from typing import Any

from scanner.engine import Recalled
from scanner.engine.exports import is_export
from scanner.engine.search import Engine
from scanner.models import Blob, Match
from scanner.rules import BARE_VALUE

LEAST_BYTES = 2048
"""Shorter texts are searched as they are: that is as fast."""
_MARGIN = 640
"""Bytes either side of a chunk on which its matches may hang; new ones are searched along with them."""
_MARKS = (b"\n\n", b"\n", b"\\n", b"},", b";", b",", b" ")
"""Where texts are cut: paragraphs, lines, and what makes lines in texts of a single one."""
_LARGEST = 1200
"""Bytes of a chunk on average, above which a text is cut at the next mark."""
_LEAST_CHUNK = 16
_LARGEST_TEXT = 32 << 20
"""Bytes of a chunk on average below which a text is searched as it is, and of a text above which it is."""
_MOST = 1_000_000
"""Hashes that are kept; then it begins anew. What was found in a chunk counts ten times."""
_STEP = 16
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


class _Cut:
    """A text cut into chunks: their hashes with the text around them, and where they start.

    Attributes:
        is_fine: whether chunks would be so small that it is left whole.
    """

    def __init__(self, data: bytes) -> None:
        size = len(data)
        self.data = data
        self._starts: list[int] | None = None
        marks = (mark for mark in _MARKS if data.count(mark) * _LARGEST > size)
        self._mark = next(marks, _MARKS[1])
        self.is_fine = data.count(self._mark) * _LEAST_CHUNK > size
        if self.is_fine:
            return
        self._chunks = data.split(self._mark)
        starts = self.starts
        self.keys = [
            hash(
                (data[max(0, start - _MARGIN) : stop + _MARGIN], min(start, _MARGIN), stop - start)
            )
            for start, stop in pairwise(starts)
        ]

    @property
    def starts(self) -> list[int]:
        """Offsets of the chunks, and one past the end."""
        if self._starts is None:
            mark = len(self._mark)
            sizes = (len(chunk) + mark for chunk in self._chunks)
            self._starts = list(accumulate(sizes, initial=0))
        return self._starts


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

    def recall(self, data: bytes) -> Recalled | None:
        """Return what a text holds, searching only what is new; None if it must be read as a whole."""
        if (
            not LEAST_BYTES <= len(data) <= _LARGEST_TEXT
            or b"\0" in data[:8000]
            or not self._is_local(data)
        ):
            return None
        cut = _Cut(data)
        if cut.is_fine:
            return None
        items = list(self._items(cut, self._near, self._search))
        look = is_export(data) or any(what is _GATE for _, _, what in items)
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
        if look:
            found += (
                Match(BARE_VALUE, *item[:2]) for item in self._items(cut, self._bare, self._runs)
            )
        if hits:
            found += self._engine.far(data, hits)
        return Recalled(self._engine.in_order(data, found), is_encoded)

    def _items(
        self, cut: _Cut, store: _Store, search: Callable[[_Cut, int, int], Iterable[Item]]
    ) -> Iterator[Item]:
        """Yield what is in a text, offsets from its start; ``search`` is asked about new chunks."""
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
        cut: _Cut,
        store: _Store,
        new: list[int],
        search: Callable[[_Cut, int, int], Iterable[Item]],
    ) -> None:
        """Search the new chunks of a text and remember what is in each."""
        store.trim()
        starts, keys = cut.starts, cut.keys
        found: dict[int, list[Item]] = {}
        for first, last in _rows(new):
            for start, end, what in search(cut, first, last):
                place = bisect_right(starts, start) - 1
                if first <= place <= last and keys[place] not in store.quiet:
                    begin = starts[place]
                    found.setdefault(place, []).append((start - begin, end - begin, what))
        for place, items in found.items():
            store.tell(keys[place], tuple(items))
        store.quiet.update(keys[place] for place in new if keys[place] not in store.told)

    def _search(self, cut: _Cut, first: int, last: int) -> Iterator[Item]:
        """Yield what is in chunks that follow each other, offsets in the text."""
        low = max(0, cut.starts[first] - _MARGIN)
        text = cut.data[low : cut.starts[last + 1] + _MARGIN]
        hits = self._engine.candidates(text)
        if hits.gates:
            yield from ((low + at, low + at, _GATE) for at in self._engine.gates(text, hits))
        if hits.ends:
            near, far = self._engine.near(text, hits)
            for match in near:
                yield low + match.start, low + match.end, match
            for number, end in far:
                yield low + end - 1, low + end, number
        for at in self._encoded(text):
            yield low + at, low + at, _ENCODED

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

    def _runs(self, cut: _Cut, first: int, last: int) -> Iterator[Item]:
        """Yield the bare values in chunks that follow each other."""
        low = max(0, cut.starts[first] - _MARGIN)
        text = cut.data[low : cut.starts[last + 1] + _MARGIN]
        for start, end in self._engine.bare(text, is_note=False):  # texts this long are none
            yield low + start, low + end, None


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
