"""Layers that are their parent's text with some spans rewritten, and the map back.

Words: an *edit* ``(start, end, text)`` replaces a half-open span of the parent's bytes; everything
between edits is kept, so a decoded value stays beside the name it is bound to. Edits are all that a
decoder of text has to find; this module builds the layers and maps positions back. A layer that is
rewritten text would tempt every decoder to decode the kept part again, so a map also tells what is
new in it (``touches``): without that, five decoders would make 5**depth copies of each file.
"""

from array import array
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

from scanner.models import Blob, Skipped

Edit = tuple[int, int, bytes]
"""Half-open span of the parent's bytes, and what stands there instead (in even proportion)."""

Spans = list[tuple[int, int]]
"""Half-open spans of a blob's bytes; ascending, without overlap."""

MAX_LAYERS = 16
HEAD_BYTES = 1536
"""Beginning of a text that each of its layers has: what it imports tells whose a key is."""
BEFORE_BYTES = 3072
AFTER_BYTES = 1024
"""Context of an edit: as far as a judge looks for names before a value and after it."""
MAX_EDITS = 200_000
_CUT = b"\n"
_FREE_BYTES = 16 * 1024 * 1024
_LEAST_BYTES = 4096


class SpanMap:
    """Maps spans of rewritten bytes to the bytes they were made of; the ``locate`` of a layer.

    A span that begins or ends inside an edit is mapped in proportion: the third byte decoded from
    ``%41%42%43`` is its third escape, and a byte of base64 the characters that hold its bits.
    """

    __slots__ = ("_cuts", "_end_in", "_end_out", "_in_lens", "_ins", "_out_lens", "_outs")

    def __init__(self) -> None:
        # Arrays, not tuples: hostile text has an edit every four bytes.
        self._outs, self._ins = array("q"), array("q")
        self._out_lens, self._in_lens = array("q"), array("q")
        self._cuts: set[int] = set()
        self._end_out = self._end_in = -1  # of the last span, where the next may be one with it

    def __len__(self) -> int:
        return len(self._outs)

    def add(self, out: int, start: int, end: int, size: int, is_cut: bool = False) -> None:
        """Note that ``size`` bytes at ``out`` stand for ``[start, end)``; in ascending order."""
        taken = end - start
        if start == self._end_in and out == self._end_out and size and not is_cut:
            last_in, last_out = self._in_lens[-1], self._out_lens[-1]
            if last_in * size == taken * last_out:
                self._in_lens[-1] += taken
                self._out_lens[-1] += size
                self._end_in, self._end_out = end, out + size
                return
        if is_cut:
            self._cuts.add(len(self._outs))
            self._end_in = self._end_out = -1
        else:
            self._end_in, self._end_out = end, out + size
        self._outs.append(out)
        self._ins.append(start)
        self._out_lens.append(size)
        self._in_lens.append(taken)

    def __call__(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the smallest span of the parent that ``[start, end)`` was made of."""
        first = self._start(start)
        return first, max(first, self._end(end) if end > start else first)

    def _start(self, position: int) -> int:
        index = bisect_right(self._outs, position) - 1
        if index < 0:
            return position
        offset, size = position - self._outs[index], self._out_lens[index]
        if offset < size:
            return self._ins[index] + offset * self._in_lens[index] // size
        return self._ins[index] + self._in_lens[index] + offset - size

    def _end(self, position: int) -> int:
        index = bisect_right(self._outs, position - 1) - 1
        if index < 0:
            return position
        offset, size = position - self._outs[index], self._out_lens[index]
        if offset <= size:
            return self._ins[index] - (-offset * self._in_lens[index] // size)
        return self._ins[index] + self._in_lens[index] + offset - size

    def touches(self, start: int, end: int) -> bool:
        """Tell whether anything in or next to ``[start, end)`` was decoded here."""
        index = bisect_right(self._outs, end) - 1
        while index >= 0 and self._outs[index] + self._out_lens[index] >= start:
            if index not in self._cuts:
                return True
            index -= 1
        return False


class Allowance:
    """How many bytes of rewritten layers one blob may give, on all levels together.

    Three encodings wound about each other sixteen deep could else make millions of layers.
    """

    __slots__ = ("_left", "is_told")

    def __init__(self, size: int) -> None:
        self._left = 4 * size + _FREE_BYTES
        self.is_told = False

    def take(self, size: int) -> bool:
        """Draw what one layer costs; False if that is more than is left."""
        self._left -= max(size, _LEAST_BYTES)
        return self._left >= 0


class Rewritten(Blob):
    """A layer made here; ``allowance`` is shared by all that come from one blob."""

    __slots__ = ("allowance",)
    allowance: Allowance


def allowance_of(blob: Blob) -> Allowance:
    """Return the allowance a blob was made under, or a new one."""
    return blob.allowance if isinstance(blob, Rewritten) else Allowance(len(blob.data))


def is_new(blob: Blob, start: int, end: int) -> bool:
    """Tell whether ``[start, end)`` is not in the parent as it stands, so still to be decoded."""
    locate = blob.locate
    return not isinstance(locate, SpanMap) or locate.touches(start, end)


def is_notebook(blob: Blob) -> bool:
    """Tell a Jupyter notebook by its content; the notebook decoder reads its strings."""
    data = blob.data
    return (
        data[:64].lstrip()[:1] == b"{"
        and b'"nbformat"' in data
        and (b'"cells"' in data or b'"worksheets"' in data)
        # Rewritten: the outer text gave its layer already.
        and not isinstance(blob.locate, SpanMap)
    )


def decoded(blob: Blob, name: str, pieces: Iterable[Edit]) -> Rewritten:
    """Return a layer of the pieces' texts alone, joined; a piece may be the parent's own bytes."""
    spans = SpanMap()
    parts: list[bytes] = []
    size = done = 0
    for start, end, text in pieces:
        # What follows on an edit unchanged needs no note, and is not new.
        if start != done or end - start != len(text) or blob.data[start:end] != text:
            spans.add(size, start, end, len(text))
        parts.append(text)
        size += len(text)
        done = end
    return Rewritten(b"".join(parts), blob.origin, (*blob.layers, name), blob, spans)


def rewritten(blob: Blob, name: str, edits: Iterable[Edit]) -> Iterator[Rewritten]:
    """Yield the layers of a blob with ``edits`` done: one, or more where there are very many edits.

    Edits ascend and do not overlap. What is kept are the first lines and those about each edit:
    the rest has been searched in the parent. Nothing is yielded without an edit.
    """
    left = iter(edits)
    edit = next(left, None)
    before: Iterable[Edit] = ()
    while edit is not None:
        layer = _Layer(blob, name)
        # What goes before a split is told again, or a secret across it would be lost.
        begin = edit[0] - BEFORE_BYTES
        layer.add((old for old in before if old[0] >= begin), most=0)
        edit = layer.add(chain((edit,), left), MAX_EDITS)
        yield layer.finish()
        before = layer.recent


def skipped(blob: Blob, reason: str, detail: str) -> Skipped:
    """Return the notice that something in a blob was not opened."""
    origin = blob.origin
    return Skipped(origin.path, origin.commit, origin.blob, reason, detail)


def bounded(blob: Blob, layers: Iterable[Rewritten]) -> Iterator[Blob | Skipped]:
    """Yield the layers while the blob's allowance lasts, then say so, once."""
    allowance = allowance_of(blob)
    for layer in layers:
        if not allowance.take(len(layer.data)):
            if not allowance.is_told:
                allowance.is_told = True
                yield skipped(blob, "limit", "encoded in more ways at once than are followed")
            return
        layer.allowance = allowance
        yield layer


class _Layer:
    """A layer in the making.

    Attributes:
        spans: maps it to the blob.   recent: the last edits of a layer that is full.
    """

    def __init__(self, blob: Blob, name: str) -> None:
        self.blob = blob
        self.name = name
        self.spans = SpanMap()
        self.recent: deque[Edit] = deque(maxlen=BEFORE_BYTES // 2)
        self._count = 0
        self._data = blob.data
        self._parts: list[bytes] = []
        self._size = 0
        self._taken = 0
        self._limit = HEAD_BYTES

    def add(self, edits: Iterable[Edit], most: int) -> Edit | None:
        """Do edits until there are ``most`` of them (0: all); return the first that is left, if any."""
        data, spans, recent = self._data, self.spans, self.recent
        put, note = self._parts.append, self.spans.add
        nearly = most - BEFORE_BYTES // 2 if most else MAX_EDITS * 2
        for edit in edits:
            count = self._count
            if count >= nearly:
                if count >= most and len(spans) >= most:
                    return edit
                recent.append(edit)
            start, end, text = edit
            if start - BEFORE_BYTES > self._limit:
                self._skip_to(start)
            size, taken = self._size, self._taken
            if start > taken:
                put(data[taken:start])
                size += start - taken
            note(size, start, end, len(text))
            if text:
                put(text)
            self._size = size + len(text)
            self._taken = end
            self._limit = end + AFTER_BYTES
            self._count = count + 1
        return None

    def finish(self) -> Rewritten:
        self._keep(self._stop())
        data = b"".join(self._parts)
        blob = self.blob
        return Rewritten(data, blob.origin, (*blob.layers, self.name), blob, self.spans)

    def _skip_to(self, start: int) -> None:
        """Leave out what lies between the context of the last edit and that of ``start``."""
        begin = start - BEFORE_BYTES
        # From the start of a line where there is one.
        begin = max(begin, self._data.find(b"\n", begin, start) + 1)
        self._keep(self._stop())
        self.spans.add(self._size, self._taken, begin, len(_CUT), is_cut=True)
        self._put(_CUT)
        self._taken = begin

    def _stop(self) -> int:
        """Return where what is kept ends: at a line's end where there is one."""
        if self._limit >= len(self._data):
            return len(self._data)
        end = self._data.rfind(b"\n", self._taken, self._limit)
        return self._limit if end < 0 else end

    def _keep(self, end: int) -> None:
        if end > self._taken:
            self._put(self._data[self._taken : end])
            self._taken = end

    def _put(self, text: bytes) -> None:
        if text:
            self._parts.append(text)
            self._size += len(text)
