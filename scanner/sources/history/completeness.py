"""What a repository should hold and does not: the rest of a shallow or partial clone, lost files.

Nothing is fetched. Where something was found, attribution sees the id of every blob that a commit
brings, and the listing says which of them are here. Else git walks every tree, a tenth of the time
of reading all blobs: where something may be missing (a partial clone), and where it costs nothing
(a small repository). In a large one at least every commit is followed.
"""

import os
from collections.abc import Iterator

from scanner.errors import SourceError
from scanner.models import Skipped
from scanner.repository import Repository
from scanner.repository.paths import display_path
from scanner.sources.history.changes import read_changes
from scanner.sources.history.selection import all_commits, shallow_commits

_SMALL_STORE_BYTES = 32 << 20
_MOST_NAMED = 20
_MOST_COMMITS = 50_000
"""Commits up to which the places of missing objects are looked for."""


def shallow_notice(repository: Repository) -> Iterator[Skipped]:
    """Tell once that the clone is shallow."""
    cut = shallow_commits(repository)
    if cut:
        detail = f"shallow clone: the commits before {len(cut)} of its commits are not here"
        yield Skipped(None, None, None, "missing", detail)


def walk_objects(repository: Repository) -> Iterator[Skipped]:
    """Follow what refs and reflogs reach, as far as it pays, and tell what is missing."""
    is_partial, size = _store(repository)
    try:
        if not is_partial and size > _SMALL_STORE_BYTES:
            all_commits(repository)
            return
        walk = ("rev-list", "--all", "--reflog", "--objects", "--missing=print", "--count")
        lines = repository.run(*walk).split()
    except SourceError as error:
        yield unwalkable(str(error))
        return
    yield from tell_missing(repository, [line[1:] for line in lines if line[:1] == b"?"])


def tell_missing(repository: Repository, oids: list[bytes]) -> Iterator[Skipped]:
    """Name the first of the missing objects, and count the others."""
    is_partial, _ = _store(repository)
    why = "partial clone: not here, and not fetched" if is_partial else "it is lost"
    places = _places(repository, oids[:_MOST_NAMED])
    for oid in oids[:_MOST_NAMED]:
        name = oid.decode("ascii", "replace")
        path, commit = places.get(oid, (None, None))
        yield Skipped(path, commit, name, "missing", f"object {name}: {why}")
    if len(oids) > _MOST_NAMED:
        detail = f"{len(oids) - _MOST_NAMED} more objects: {why}"
        yield Skipped(None, None, None, "missing", detail)


def _places(repository: Repository, oids: list[bytes]) -> dict[bytes, tuple[str, str]]:
    """Return where commits put objects: a path and the oldest commit; what is not found is left out.

    Trees tell, so the objects need not be here. A history that cannot be followed, or is very long, gives none.
    """
    try:
        commits = all_commits(repository) if oids else b""
        if not commits or commits.count(b"\n") > _MOST_COMMITS:
            return {}
        changes = read_changes(repository, commits, len(oids[0]), frozenset(oids))
    except SourceError:
        return {}  # the ids are told all the same
    return {  # newest first, so the oldest stays
        change.new: (display_path(change.path), change.commit.decode("ascii"))
        for change in changes.found
    }


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
