"""What a repository should hold and does not: the rest of a shallow or partial clone, lost files.

Nothing is fetched. Walking every tree takes a tenth of the time of reading all blobs, so it is done
where something may be missing (a partial clone), and where it costs nothing (a small repository).
"""

import os
from collections.abc import Iterator

from scanner.errors import SourceError
from scanner.models import Skipped
from scanner.repository import Process, Repository
from scanner.sources.history.selection import shallow_commits

_SMALL_STORE_BYTES = 32 << 20
_MOST_NAMED = 20


class Completeness:
    """Looks for what is missing while others scan; a context manager that leaves no process behind.

    Attributes:
        has_walked: whether git followed everything, so that lost commits would be told.
    """

    def __init__(self, repository: Repository) -> None:
        """Prepare; entering the context starts git where that is worth it."""
        self._repository = repository
        self._is_partial, size = _store(repository)
        self.has_walked = self._is_partial or size <= _SMALL_STORE_BYTES
        self._walk: Process | None = None

    def missing(self) -> Iterator[Skipped]:
        """Yield what is known to be missing; waits for git."""
        cut = shallow_commits(self._repository)
        if cut:
            detail = f"shallow clone: the commits before {len(cut)} of its commits are not here"
            yield Skipped(None, None, None, "missing", detail)
        if self._walk is None:
            return
        lines = self._walk.stdout.read().split()
        missing = [line[1:].decode("ascii", "replace") for line in lines if line[:1] == b"?"]
        why = "partial clone: not here, and not fetched" if self._is_partial else "it is lost"
        for oid in missing[:_MOST_NAMED]:
            yield Skipped(None, None, oid, "missing", f"object {oid}: {why}")
        if len(missing) > _MOST_NAMED:
            detail = f"{len(missing) - _MOST_NAMED} more objects: {why}"
            yield Skipped(None, None, None, "missing", detail)
        if self._walk.wait():
            yield unwalkable(self._walk.complaint())

    def __enter__(self) -> "Completeness":
        if self.has_walked:
            walk = ("rev-list", "--all", "--reflog", "--objects", "--missing=print", "--count")
            self._walk = self._repository.start(*walk)
        return self

    def __exit__(self, *unused: object) -> None:
        if self._walk is not None:
            self._walk.close()


def unwalkable(complaint: str) -> Skipped:
    """Return what is said when git cannot follow the commits."""
    return Skipped(None, None, None, "corrupt", f"not every commit can be read: {complaint}")


def _store(repository: Repository) -> tuple[bool, int]:
    """Return whether the packs come from a partial clone, and their bytes."""
    folder = os.path.join(repository.common_dir, "objects", "pack")
    partial, size = False, 0
    try:
        for entry in os.scandir(folder):
            partial = partial or entry.name.endswith(".promisor")
            size += entry.stat().st_size
    except FileNotFoundError as error:
        if os.path.isdir(os.path.join(repository.common_dir, "objects")):
            return False, 0  # no pack was ever made
        raise SourceError(f"{repository.common_dir}: its objects cannot be read") from error
    return partial, size
