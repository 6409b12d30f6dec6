"""A part of a history: the objects that one process reads, as blobs and messages."""

from collections.abc import Iterable, Iterator, Sequence

from scanner.errors import SourceError
from scanner.models import Blob, Coverage, Draft, Origin, Skipped
from scanner.repository import Repository
from scanner.sources.history.listing import id_width
from scanner.sources.history.records import merged_tags, message_of
from scanner.sources.history.streaming import read_objects


class HistoryPart:
    """A contiguous range of the objects; picklable. Its drafts are attributed by the whole source.

    Attributes:
        root: as in the whole source.   coverage: counted while ``blobs`` runs.
    """

    def __init__(
        self,
        root: str | None,
        repository: Repository,
        ids: bytes,
        before: bytes = b"",
        *,
        needs_before: bool = False,
    ) -> None:
        """Take the ids to read, one a line; those ``before`` are read and not counted.

        ``needs_before``: one of those that cannot be read is told. Else it only means that what it
        may have held counts as new.
        """
        self.root = root
        self.coverage = Coverage()
        self._repository = repository
        self._ids = ids
        self._before = before
        self._needs_before = needs_before

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield blobs and messages as git gives them, what cannot be read as ``Skipped``."""
        coverage, width = self.coverage, id_width(self._repository)
        for item in read_objects(self._repository, self._ids, width):
            if isinstance(item, Skipped):
                yield item
                continue
            oid, kind, content = item
            if kind == b"blob":
                coverage.blobs += 1
                coverage.bytes += len(content)
                yield Blob(content, Origin("blob", None, oid.decode()))
            else:
                yield from self._messages(oid.decode(), kind, content, coverage)
        for item in read_objects(self._repository, self._before, width):
            if isinstance(item, Skipped):
                if self._needs_before:
                    yield item
                continue
            oid, kind, content = item
            if kind == b"blob":
                yield Blob(content, Origin("blob", None, oid.decode()))
            elif kind in (b"commit", b"tag"):
                yield from self._messages(oid.decode(), kind, content, Coverage())

    def _messages(
        self, oid: str, kind: bytes, content: bytes, coverage: Coverage
    ) -> Iterator[Blob]:
        """Yield the message of a commit or tag; a merge of a tag keeps that tag's message too."""
        message = message_of(content)
        coverage.messages += 1
        coverage.bytes += len(message)
        if kind == b"tag":
            yield Blob(message, Origin("tag-message", None, oid))
        elif kind == b"commit":
            coverage.commits += 1
            yield Blob(message, Origin("commit-message", None, None, oid))
            merged = merged_tags(content)
            if merged:
                yield Blob(merged, Origin("tag-message", None, None, oid))

    def split(self, parts: int) -> "Sequence[HistoryPart]":
        """Return itself: it is one part already."""
        return (self,)

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Refuse: only the whole source knows all versions of a file.

        Raises:
            SourceError: always.
        """
        raise SourceError("a part of a history cannot attribute; its source does")
