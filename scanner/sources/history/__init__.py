"""The history source: every blob and message that git keeps, read from objects, not from patches.

Patches hide what attributes call binary, what was born in a merge, what lies in stashes and reflogs.
So the object store is read from end to end in the order of the pack, at the speed of git, and only
for what was found it is asked, in one pass, which commit brought it to which path. Objects that
nothing reaches are read too (telling them apart costs more) and dropped then.

Words: an *introduction* is a commit that has a secret at a path where none of its parents has it; a
*silent* version holds a secret that was not found in it.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from scanner.errors import SourceError
from scanner.models import Blob, Coverage, Draft, Origin, Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.listing import Listing, id_width, list_objects, measure_objects
from scanner.sources.history.records import merged_tags, message_of, target_of
from scanner.sources.history.selection import Request, all_commits, select_commits

if TYPE_CHECKING:
    from scanner.sources.history.changes import Change

__all__ = ["HistoryPart", "HistorySource"]

_SMALL_STORE_BYTES = 32 << 20
_NO_COMMITS = b""


class HistorySource:
    """All that a repository's refs, stashes and reflogs reach, or a range of its commits.

    Attributes:
        root: top of the work tree; for a bare repository its folder.
        coverage: counted while ``blobs`` runs (by the parts, if the source was split).
    """

    def __init__(
        self,
        repository: Repository,
        *,
        range: str | None = None,  # noqa: A002 (the option's name)
        since: str | None = None,
        branches: tuple[str, ...] = (),
        commits: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
        unreachable: bool = False,
        cloned: bool = False,
        max_blob_bytes: int | None = None,
    ) -> None:
        """Prepare; git is asked nothing yet.

        Args:
            repository: where to read.
            range: a revision range for ``git rev-list``; only what its commits introduce.
            since: a date; only what commits of that date or later introduce.
            branches: only what these branches reach.
            commits: (new tips, tips that the other side has): only what lies between.
            unreachable: keep what no ref, stash or reflog reaches, as ``unreachable``.
            cloned: the repository was cloned for this scan, so that all of it is ``pushed``.
            max_blob_bytes: leave out larger blobs.
        """
        self.root: str | None = repository.top or repository.git_dir
        self.coverage = Coverage()
        self._repository = repository
        self._request = Request(range, since, tuple(branches), commits)
        self._unreachable = unreachable
        self._public = cloned or repository.bare
        self._max_blob_bytes = max_blob_bytes
        self._width = id_width(repository)
        self._selected: bytes | None = None

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield every blob and every message, in pack order; nothing for an empty range.

        Raises:
            SourceError: a range, branch or date cannot be resolved.
        """
        for part in self.split(1):
            part.coverage = self.coverage
            yield from part.blobs()

    def split(self, parts: int) -> "list[HistoryPart]":
        """Return at most ``parts`` sources, contiguous in the pack, with about the same work.

        Raises:
            SourceError: a range, branch or date cannot be resolved.
        """
        self._count_submodules()
        if self._request.is_everything:
            listing = list_objects(self._repository, self.coverage, self._max_blob_bytes)
            return [HistoryPart(self._repository, ids, b"") for ids in listing.split(parts)]
        new, before = self._ranged_objects()
        slices = new.split(parts)
        # The versions before are scanned along, uncounted: they tell what was there already.
        return [
            HistoryPart(self._repository, ids, before.ids if number == 0 else b"")
            for number, ids in enumerate(slices)
        ]

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Yield one draft for each secret and path, with its introductions as occurrences.

        Drops what no selected commit introduces. What the repository lacks is told first.
        """
        from scanner.sources.history.attribution import Attribution, Scope  # noqa: PLC0415

        yield from self._missing()
        found = list(drafts)
        if not found:
            return
        lost: frozenset[bytes] = frozenset()
        keep = "unreachable" if self._unreachable else None
        everything = self._request.is_everything
        commits = _NO_COMMITS
        if not everything:
            commits = self._commits()
        else:
            try:
                commits = all_commits(self._repository)
            except SourceError as error:
                yield Skipped(None, None, None, "corrupt", f"not every commit can be read: {error}")
                commits, keep = self._stored_commits(), "local"
            if self._unreachable and keep == "unreachable":
                lost = frozenset(self._stored_commits().split()).difference(commits.split())
                commits += b"".join(oid + b"\n" for oid in sorted(lost))
        scope = Scope(commits, lost, self._width, everything, keep, self._public)
        yield from Attribution(self._repository, scope).drafts(found)

    def _commits(self) -> bytes:
        """Return the selected commits; asked once."""
        if self._selected is None:
            self._selected = select_commits(self._repository, self._request)
        return self._selected

    def _stored_commits(self) -> bytes:
        """Return every commit of the object store, reachable or not."""
        wanted = "--batch-check=%(objecttype) %(objectname)"
        listed = self._repository.run("cat-file", "--batch-all-objects", wanted).splitlines()
        return b"".join(line[7:] + b"\n" for line in listed if line.startswith(b"commit "))

    def _ranged_objects(self) -> tuple[Listing, Listing]:
        """Return what the selected commits bring, messages included, and the versions before."""
        from scanner.sources.history.changes import read_changes  # noqa: PLC0415 (threads)

        commits = self._commits()
        changes = read_changes(self._repository, commits, self._width, None).found
        new = dict.fromkeys(change.new for change in changes if _is_file(change))
        tags = self._tags()
        olds = dict.fromkeys(old for change in changes for old in change.olds if old.strip(b"0"))
        before = [old for old in olds if old not in new]
        measure = (self.coverage, self._max_blob_bytes)
        fresh = [*commits.split(), *tags, *new]
        return (
            measure_objects(self._repository, fresh, *measure),
            measure_objects(self._repository, before, Coverage(), self._max_blob_bytes),
        )
