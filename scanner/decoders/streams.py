"""Compressed streams, pulled in bounded pieces: gzip, bzip2 and xz alike, several in a row too."""

from collections.abc import Callable
from typing import Any

_FEED_BYTES = 4096
_MAX_FEED_BYTES = 256 * 1024


class Inflate:
    """Gives zlib's object the manners of the bzip2 and xz ones."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most ``max_length`` bytes; what was not used of ``data`` is kept."""
        result: bytes = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        return result

    @property
    def eof(self) -> bool:
        """Tell whether the stream is complete."""
        return bool(self._inner.eof)

    @property
    def needs_input(self) -> bool:
        """Tell whether more can only come from more input."""
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        """Return what was fed past the stream's end."""
        unused: bytes = self._inner.unused_data
        return unused


class Unpack:
    """Pulls bytes out of one or more compressed streams that lie one behind the other."""

    def __init__(self, data: bytes, make: Callable[[], Any]) -> None:
        self._data = data
        self._make = make
        self._unpacker = make()
        self._position = 0
        # What a stream leaves over is copied: little at first, or a row of a million empty streams
        # would take quadratic time.
        self._feed_bytes = _FEED_BYTES

    def pull(self, size: int) -> bytes:
        """Return up to ``size`` bytes, empty at the end.

        Raises:
            EOFError: the stream is cut off.
        """
        while True:
            if self._unpacker.eof and not self._next():
                return b""
            feed, needs_input = b"", self._unpacker.needs_input
            if needs_input:
                feed = self._data[self._position : self._position + self._feed_bytes]
                self._position += len(feed)
                self._feed_bytes = min(2 * self._feed_bytes, _MAX_FEED_BYTES)
            chunk: bytes = self._unpacker.decompress(feed, size)
            if chunk:
                return chunk
            if needs_input and not feed and not self._unpacker.eof:
                raise EOFError("cut off")

    def _next(self) -> bool:
        """Go to the stream behind; what is none (padding, a signature) ends the reading."""
        self._position -= len(self._unpacker.unused_data)
        rest = self._data[self._position : self._position + 4]
        if rest[:2] != self._data[:2]:
            return False
        self._unpacker = self._make()
        self._feed_bytes = _FEED_BYTES
        return True
