"""What is staged: the content of the index, never that of the work tree.

A staged change is an entry of the index that differs from HEAD, or, while a merge is being
committed, from every parent. So with ``commit --amend`` new still means new to HEAD, the commit
that is being replaced. Nothing is written: no object, no lock, no file.
"""

from collections.abc import Iterable, Iterator, Sequence

from scanner.errors import SourceError
from scanner.models import COMPRESSED, Blob, Coverage, Draft, Occurrence, Origin, Skipped
from scanner.repository import (
    CorruptObject,
    MissingObject,
    ObjectReader,
    Repository,
    display_path,
    printable,
)
from scanner.repository.lines import added_lines
from scanner.sources.staged.committed import Committed
from scanner.sources.staged.index import SUBMODULE, Entry, Index

MAX_BLOB_BYTES = 1 << 30
_UNMERGED = "it has a merge conflict, so nothing of it is staged; resolve it first"


class StagedSource:
    """The staged content of a repository, and which of its lines are new.

    Attributes:
        root: the top level of the work tree.   coverage: see ``Source``.
    """

    def __init__(
        self,
        repository: Repository,
        files: Sequence[str] = (),
        whole_files: bool = False,
        max_blob_bytes: int | None = None,
    ) -> None:
        """Prepare to read the index of ``repository``; nothing is read yet.

        Args:
            repository: found with ``discover()``, so that a hook sees the index git handed it.
            files: limit the scan to these (from the current folder). One without a staged change is
                read whole from the index; a folder stands for the staged changes below it.
            whole_files: report secrets on unchanged lines of staged files too.
            max_blob_bytes: leave out larger content.

        Raises:
            SourceError: the repository has no work tree.
        """
        if repository.top is None:
            raise SourceError(
                f"{printable(repository.git_dir)}: no work tree, so nothing is staged"
            )
        self.root: str | None = repository.top
        self.coverage = Coverage()
        self._repository = repository
        self._index = Index(repository, repository.top)
        self._files = tuple(files)
        self._whole_files = whole_files
        self._max_blob_bytes = max_blob_bytes
        self._items: list[Entry | Skipped] | None = None

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield staged content, by path; unmerged, missing and corrupt entries as ``Skipped``.

        Raises:
            UsageError: a file that was named is not known to git.
            SourceError: the index cannot be read.
        """
        return self._read(self._list())

    def split(self, parts: int) -> "Sequence[StagedSource]":
        """Return at most ``parts`` picklable sources that together are this one."""
        items = self._list()
        size = max(1, -(-len(items) // max(1, parts)))
        return [self._part(items[start : start + size]) for start in range(0, len(items), size)]

    def repository_path(self, path: str) -> str:
        """Return the path below the top level of the repository: staged paths start there."""
        return path

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Keep the drafts, and of each the occurrences, that are on added or altered lines.

        A secret over several lines counts as new if one of them is. So does every secret in a
        changed archive, whose members have lines of their own. What is on no such line was committed before.
        """
        entries = {
            (display_path(item.path), item.oid): item
            for item in self._list()
            if isinstance(item, Entry)
        }
        committed = Committed(self._repository)
        with ObjectReader(self._repository) as reader:
            known: tuple[Entry | None, set[int]] = (None, set())
            for draft in drafts:
                entry = entries[draft.origin.path or "", draft.origin.blob or ""]
                if entry.whole:
                    kept: tuple[Occurrence, ...] = ()
                elif _is_in_archive(draft.layers):
                    kept = draft.occurrences
                else:
                    if entry is not known[0]:
                        known = (entry, self._new_lines(entry, reader))
                    kept = tuple(o for o in draft.occurrences if _is_new(o, known[1]))
                if kept:
                    shown = draft.occurrences if self._whole_files else kept
                    yield draft.replaced(exposure="staged", occurrences=shown)
                elif entry.whole or self._whole_files:
                    exposure = committed.exposure(draft, entry.path, entry.oid, reader)
                    yield draft.replaced(exposure=exposure)

    def _part(self, items: list[Entry | Skipped]) -> "StagedSource":
        part = StagedSource(self._repository, (), self._whole_files, self._max_blob_bytes)
        part._items = items
        return part

    def _read(self, items: Sequence[Entry | Skipped]) -> Iterator[Blob | Skipped]:
        limit = MAX_BLOB_BYTES if self._max_blob_bytes is None else self._max_blob_bytes
        entries = [item for item in items if isinstance(item, Entry)]
        with ObjectReader(self._repository) as reader:
            answers = reader.read_each([entry.oid for entry in entries], min(limit, MAX_BLOB_BYTES))
            for item in items:
                if isinstance(item, Skipped):
                    yield item
                    continue
                answer, path = next(answers), display_path(item.path)
                if answer.error is not None:
                    yield Skipped(path, None, item.oid, *_reason(answer.error))
                elif answer.data is None and answer.size > limit and limit < MAX_BLOB_BYTES:
                    self.coverage.leave_out("max-blob-size")
                elif answer.data is None:
                    yield Skipped(path, None, item.oid, "limit", "it is larger than 1 GiB")
                else:
                    self.coverage.files += 1
                    self.coverage.blobs += 1
                    self.coverage.bytes += answer.size
                    yield Blob(answer.data, Origin("staged", path, item.oid))

    def _list(self) -> list[Entry | Skipped]:
        """Return what is to be read, by path; asks git once."""
        if self._items is None:
            self._items = []
            for entry in self._index.entries(self._files):
                if entry.mode == SUBMODULE:
                    self.coverage.leave_out("submodule")
                elif entry.status == "U":
                    name = display_path(entry.path)
                    self._items.append(Skipped(name, None, None, "unreadable", _UNMERGED))
                elif entry.status != "D":
                    self._items.append(entry)
        return self._items

    def _new_lines(self, entry: Entry, reader: ObjectReader) -> set[int]:
        """Return the lines that no parent has at this path, or at the one it came from."""
        new = reader.read(entry.oid)[1]
        result: set[int] | None = None
        for old in entry.old:
            oid = self._index.renamed(entry.path) if not old.strip("0") else old
            try:
                before = reader.read(oid)[1] if oid else b""
            except (MissingObject, CorruptObject):
                before = b""  # without the old content every line counts as new: the safe side
            lines = added_lines(before, new)
            result = lines if result is None else result & lines
        return result or set()


def _is_in_archive(layers: tuple[str, ...]) -> bool:
    """Tell whether line numbers are those of something packed, not of the file itself."""
    return any(":" in layer or layer in COMPRESSED for layer in layers)


def _is_new(occurrence: Occurrence, added: set[int]) -> bool:
    first = occurrence.line
    if first is None:
        return True
    return any(line in added for line in range(first, (occurrence.end_line or first) + 1))


def _reason(error: SourceError) -> tuple[str, str]:
    """Return reason and detail for content that cannot be read."""
    if isinstance(error, MissingObject):
        return "missing", "its content is not in this repository (a partial clone?)"
    return "corrupt", "its content is damaged"
