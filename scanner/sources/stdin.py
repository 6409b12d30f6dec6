"""Standard input: one blob, with the name that the user gives it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from scanner.models import Blob, Coverage, Draft, Origin, Skipped

MAX_BLOB_BYTES = 1 << 30


class StdinSource:
    """What comes through a pipe.

    Attributes:
        root: None.   coverage: see ``Source``.
    """

    def __init__(
        self, data_stream: IO[bytes], path: str | None = None, max_blob_bytes: int | None = None
    ) -> None:
        """Prepare to read a binary stream; ``path`` is its name in findings, ``-`` if None."""
        self.root: str | None = None
        self.coverage = Coverage()
        self._path = path or "-"
        self._limit = MAX_BLOB_BYTES if max_blob_bytes is None else max_blob_bytes
        self._stream: IO[bytes] | None = data_stream
        self._data = b""

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield the one blob, or why it is not scanned."""
        skipped = self._load()
        if skipped is not None:
            yield skipped
        elif len(self._data) > min(self._limit, MAX_BLOB_BYTES):
            if self._limit < MAX_BLOB_BYTES:
                self.coverage.leave_out("max-blob-size")
            else:
                yield Skipped(self._path, None, None, "limit", "it is larger than 1 GiB")
        else:
            self.coverage.files += 1
            self.coverage.blobs += 1
            self.coverage.bytes += len(self._data)
            yield Blob(self._data, Origin("stdin", self._path))

    def split(self, parts: int) -> "Sequence[StdinSource]":
        """Return one source, itself: a stream has only one reader."""
        return [self]

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Yield the drafts as they are: their place is known from the start."""
        yield from drafts

    def repository_path(self, path: str) -> str:
        """Return the path as it is: no repository is known."""
        return path

    def _load(self) -> Skipped | None:
        """Read the stream once, at most a byte past the limit."""
        stream, self._stream = self._stream, None
        if stream is None:
            return None
        try:
            self._data = stream.read(min(self._limit, MAX_BLOB_BYTES) + 1)
        except OSError as error:
            return Skipped(self._path, None, None, "unreadable", error.strerror or "it ended early")
        return None

    def __getstate__(self) -> dict[str, object]:
        """Read the stream, so that the source can go to another process."""
        skipped = self._load()
        if skipped is not None:
            raise OSError(skipped.detail)
        return self.__dict__.copy()
