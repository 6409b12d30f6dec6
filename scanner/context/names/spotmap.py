"""Where in a text systems are told, worked out piece by piece and only where asked."""

from bisect import bisect_left
from collections.abc import Iterator

from scanner.context.names.spotter import Spot, Spotter


class SpotMap:
    """The systems told anywhere in a blob, worked out where asked and only once.

    Offsets are in bytes. Line by line, for lines are the same in many blobs; with very long lines
    piece by piece, cut at a blank where one is near. Who asks goes through a text from top to bottom and
    asks of nearly the same lines each time, so what is known is one stretch of lines that grows.
    """

    PIECE, TOP = 2048, 2000

    def __init__(self, spotter: Spotter, data: bytes) -> None:
        self._spotter = spotter
        self._data = data
        self._pieces: dict[int, list[Spot]] = {}
        self._low = self._high = 0
        self._known: list[Spot] = []
        self._offsets: list[int] = []
        self._top: list[Spot] | None = None
        self._has_lines = max(map(len, data.split(b"\n"))) < self.PIECE

    def top(self) -> list[Spot]:
        """Return the systems told in the first bytes, which are asked about for every value."""
        if self._top is None:
            self._top = list(self.between(0, self.TOP))
        return self._top

    def between(self, start: int, end: int) -> Iterator[Spot]:
        """Yield the systems told in a span of bytes, in order of place."""
        start, end = max(0, start), min(len(self._data), end)
        if self._has_lines:
            self._learn(start, end)
            low, high = bisect_left(self._offsets, start), bisect_left(self._offsets, end)
            yield from self._known[low:high]
            return
        for spot in self._in_pieces(start, end):
            if start <= spot.offset < end:
                yield spot

    def _learn(self, start: int, end: int) -> None:
        """Let the known stretch reach from ``start`` to ``end``; begin anew where that is away from it."""
        if self._low <= start and end <= self._high:
            return
        size = len(self._data)
        begin = self._data.rfind(b"\n", 0, start) + 1
        if begin > self._high or end < self._low:
            self._low = self._high = begin
            self._known, self._offsets = [], []
        if begin < self._low:
            self._known[:0] = self._of_lines(begin, self._low, size)[0]
            self._offsets = [spot.offset for spot in self._known]
            self._low = begin
        if end > self._high:
            more, self._high = self._of_lines(self._high, end, size)
            self._known += more
            self._offsets += (spot.offset for spot in more)

    def _of_lines(self, at: int, end: int, last: int) -> tuple[list[Spot], int]:
        """Return what the lines tell that begin from ``at`` on before ``end``, and where they end.

        None goes on beyond ``last``.
        """
        data, of_line = self._data, self._spotter.of_line
        found: list[Spot] = []
        while at < end:
            stop = data.find(b"\n", at, last) + 1 or last
            found += (spot._replace(offset=spot.offset + at) for spot in of_line(data[at:stop]))
            at = stop
        return found, at

    def _in_pieces(self, start: int, end: int) -> Iterator[Spot]:
        for piece in range(start // self.PIECE, max(start, end - 1) // self.PIECE + 1):
            yield from self._piece(piece)

    def _piece(self, number: int) -> list[Spot]:
        if number not in self._pieces:
            low, high = self._cut(number * self.PIECE), self._cut((number + 1) * self.PIECE)
            self._pieces[number] = self._of_lines(low, high, high)[0]
        return self._pieces[number]

    def _cut(self, at: int) -> int:
        """Return where a piece begins: after a line's end, or a blank, where one is near."""
        low = max(0, at - 256)
        line = self._data.rfind(b"\n", low, at)
        return max(line if line >= 0 else self._data.rfind(b" ", low, at), low - 1) + 1 if at else 0
