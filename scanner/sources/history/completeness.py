"""What a repository should hold and does not: the rest of a shallow or partial clone, lost files.

Nothing is fetched. Walking every tree takes a tenth of the time of reading all blobs, so it is done
where something may be missing (a partial clone), and where it costs nothing (a small repository).
"""

import os
from collections.abc import Callable, Iterator

from scanner.errors import SourceError
from scanner.models import Skipped
from scanner.repository import Repository
from scanner.sources.history.selection import shallow_commits

_SMALL_STORE_BYTES = 32 << 20
_MOST_NAMED = 20


def missing_objects(repository: Repository, meanwhile: Callable[[], None]) -> Iterator[Skipped]:
    """Yield what is known to be missing; git looks for it while ``meanwhile`` runs."""
    cut = shallow_commits(repository)
    partial, size = _store(repository)
    if not partial and size > _SMALL_STORE_BYTES:
        meanwhile()
        missing: list[bytes] = []
        failure = None
    else:
        walk = ("rev-list", "--all", "--reflog", "--objects", "--missing=print", "--count")
        with repository.start(*walk) as process:
            meanwhile()
            missing = [line[1:] for line in process.stdout.read().split() if line[:1] == b"?"]
            failure = process.complaint() if process.wait() else None
    if cut:
        detail = f"shallow clone: the commits before {len(cut)} of its commits are not here"
        yield Skipped(None, None, None, "missing", detail)
    why = "partial clone: not here, and not fetched" if partial else "it is lost"
    for oid in missing[:_MOST_NAMED]:
        name = oid.decode("ascii", "replace")
        yield Skipped(None, None, name, "missing", f"object {name}: {why}")
    if len(missing) > _MOST_NAMED:
        detail = f"{len(missing) - _MOST_NAMED} more objects: {why}"
        yield Skipped(None, None, None, "missing", detail)
    if failure is not None:
        yield Skipped(None, None, None, "corrupt", f"not every commit can be read: {failure}")


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
