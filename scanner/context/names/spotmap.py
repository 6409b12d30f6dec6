"""Where in a text systems are told, worked out piece by piece and only where asked."""

from collections.abc import Iterator

from scanner.context.names.spotter import Spot, Spotter


class SpotMap:
    """The systems told anywhere in a blob, worked out where asked and only once.

    Offsets are in bytes. Line by line, for lines are the same in many blobs; with very long lines
    piece by piece, cut at a blank where one is near.
    """

    PIECE = 2048

    def __init__(self, spotter: Spotter, data: bytes) -> None:
        self._spotter = spotter
        self._data = data
        self._pieces: dict[int, list[Spot]] = {}
        self._has_lines = max(map(len, data.split(b"\n"))) < self.PIECE

    def between(self, start: int, end: int) -> Iterator[Spot]:
        """Yield the systems told in a span of bytes, in order of place."""
        start, end = max(0, start), min(len(self._data), end)
        for spot in self._in_lines(start, end) if self._has_lines else self._in_pieces(start, end):
            if start <= spot.offset < end:
                yield spot

    def _in_lines(self, start: int, end: int) -> Iterator[Spot]:
        return self._of_lines(self._data.rfind(b"\n", 0, start) + 1, end, len(self._data))

    def _of_lines(self, at: int, end: int, last: int) -> Iterator[Spot]:
        """Yield what the lines tell that begin from ``at`` on before ``end``; none goes on beyond ``last``."""
        data, of_line = self._data, self._spotter.of_line
        while at < end:
            stop = data.find(b"\n", at, last) + 1 or last
            for spot in of_line(data[at:stop]):
                yield spot._replace(offset=spot.offset + at)
            at = stop

    def _in_pieces(self, start: int, end: int) -> Iterator[Spot]:
        for piece in range(start // self.PIECE, max(start, end - 1) // self.PIECE + 1):
            yield from self._piece(piece)

    def _piece(self, number: int) -> list[Spot]:
        if number not in self._pieces:
            low, high = self._cut(number * self.PIECE), self._cut((number + 1) * self.PIECE)
            self._pieces[number] = list(self._of_lines(low, high, high))
        return self._pieces[number]

    def _cut(self, at: int) -> int:
        """Return where a piece begins: after a line's end, or a blank, where one is near."""
        low = max(0, at - 256)
        line = self._data.rfind(b"\n", low, at)
        return max(line if line >= 0 else self._data.rfind(b" ", low, at), low - 1) + 1 if at else 0
