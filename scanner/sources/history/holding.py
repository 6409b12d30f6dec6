"""Where a secret came in: which changes brought it to a path that held it in no parent.

A secret can live in many versions of a file. The versions in which it was found are known; a parent
version in which it was *not* found may still hold it (the name that gave it away came later), so
the parents of what looks like an introduction are read and searched. Where one holds the secret,
the path's history is followed back, version by version, to where it really came in.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from scanner.models import Occurrence, Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.changes import Change, read_changes

_MOST_BYTES = 64 << 20  # larger parent versions are not searched: the answer would be a detail


class Silent(NamedTuple):
    """A version that holds a secret although nothing was found in it."""

    start: int
    end: int
    place: Occurrence


class Holding:
    """One secret and the blobs that hold it.

    Attributes:
        found: blobs in which it was found.   is_plain: whether its bytes stand in them as they are.
        silent: blobs in which only a search for its bytes finds it.
    """

    __slots__ = ("found", "is_plain", "secret", "silent")

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self.found: set[bytes] = set()
        self.silent: dict[bytes, Silent] = {}
        self.is_plain = False

    def __repr__(self) -> str:
        return f"Holding({len(self.found)} blobs, {len(self.silent)} silent)"

    def holds(self, oids: Iterable[bytes]) -> bool:
        """Return whether one of the blobs is known to hold the secret."""
        return any(oid in self.found or oid in self.silent for oid in oids)


class Touched(NamedTuple):
    """The changes of one secret: all that leave it at a path, and those that brought it there."""

    changes: dict[bytes, list[Change]]
    introductions: dict[bytes, list[Change]]


def find_introductions(
    repository: Repository,
    holdings: Collection[Holding],
    commits: bytes,
    width: int,
    seen: set[bytes] | None = None,
) -> Iterator[tuple[Holding, Touched] | Skipped]:
    """Yield for each secret its changes by path, and among them the introductions.

    Args:
        repository: where to read.
        holdings: the secrets.
        commits: the commits in question, ids in hexadecimal with a newline after each.
        width: characters of an id.
        seen: receives the id of every blob that the commits bring.
    """
    wanted: set[bytes] = set().union(*(holding.found for holding in holdings))
    changes, skipped = read_changes(repository, commits, width, wanted, seen=seen)
    yield from skipped
    by_blob: dict[bytes, list[Change]] = {}
    for change in changes:
        by_blob.setdefault(change.new, []).append(change)
    searched = _Search(repository)
    with searched.reader:
        doubtful = searched.parents(
            (holding, change)
            for holding in holdings
            if holding.is_plain
            for change in _brought(holding, by_blob)
        )
        if doubtful:
            paths = tuple(sorted({change.path for _, change in doubtful}))
            older, skipped = _on_paths(repository, commits, width, paths)
            yield from skipped
            asked: set[tuple[int, Change]] = set()
            while doubtful:  # each round goes one version back
                paths_of = {(id(holding), change.path): holding for holding, change in doubtful}
                further = [
                    (holding, before)
                    for (_, path), holding in paths_of.items()
                    for before in older.get(path, ())
                    if before.new in holding.silent
                    and not holding.holds(before.olds)
                    and (id(holding), before) not in asked
                ]
                asked.update((id(holding), before) for holding, before in further)
                doubtful = searched.parents(further)
        else:
            older = {}
    for holding in holdings:
        yield holding, _touched(holding, by_blob, older)


def _brought(holding: Holding, by_blob: dict[bytes, list[Change]]) -> Iterator[Change]:
    for oid in holding.found:
        for change in by_blob.get(oid, ()):
            if not holding.holds(change.olds):
                yield change


def _on_paths(
    repository: Repository, commits: bytes, width: int, paths: tuple[bytes, ...]
) -> tuple[dict[bytes, list[Change]], list[Skipped]]:
    """Return every change of the named files, by path."""
    by_path: dict[bytes, list[Change]] = {}
    skipped: list[Skipped] = []
    for start in range(0, len(paths), 200):  # a command line has its limits
        some = paths[start : start + 200]
        found, failed = read_changes(repository, commits, width, None, some)
        skipped += failed
        for change in found:
            by_path.setdefault(change.path, []).append(change)
    return by_path, skipped


def _touched(
    holding: Holding, by_blob: dict[bytes, list[Change]], older: dict[bytes, list[Change]]
) -> Touched:
    changes: dict[bytes, list[Change]] = {}
    for oid in holding.found:
        for change in by_blob.get(oid, ()):
            changes.setdefault(change.path, []).append(change)
    for path, found in changes.items():
        found.extend(before for before in older.get(path, ()) if before.new in holding.silent)
    introductions = {
        path: [change for change in found if not holding.holds(change.olds)]
        for path, found in changes.items()
    }
    return Touched(changes, {path: found for path, found in introductions.items() if found})


class _Search:
    """Searches parent versions for the bytes of secrets, each version once."""

    def __init__(self, repository: Repository) -> None:
        self.reader = ObjectReader(repository)
        self._done: set[tuple[bytes, bytes]] = set()

    def parents(self, asked: Iterable[tuple[Holding, Change]]) -> list[tuple[Holding, Change]]:
        """Return those changes of which a parent version holds the secret; it is noted there."""
        pairs = list(asked)
        todo: dict[bytes, list[Holding]] = {}
        for holding, change in pairs:
            for old in change.olds:
                key = (holding.secret, old)
                if old.strip(b"0") and old not in holding.found and key not in self._done:
                    self._done.add(key)
                    todo.setdefault(old, []).append(holding)
        for answer in self.reader.read_each((oid.decode() for oid in todo), _MOST_BYTES):
            # One that is missing, damaged or no blob (a submodule's commit) holds nothing here;
            # what should have been scanned and could not be read was reported when it was read.
            if answer.data is None or answer.type != "blob":
                continue
            oid = answer.oid.encode()
            for holding in todo[oid]:
                start = answer.data.find(holding.secret)
                if start >= 0:
                    end = start + len(holding.secret)
                    holding.silent[oid] = Silent(start, end, _place(answer.data, start, end))
        return [
            (holding, change)
            for holding, change in pairs
            if any(old in holding.silent for old in change.olds)
        ]


def _place(data: bytes, start: int, end: int) -> Occurrence:
    """Return lines and columns (1-based, characters) of a span."""
    line, column = _position(data, start)
    end_line, end_column = _position(data, end)
    return Occurrence(line, column, end_line, end_column)


def _position(data: bytes, offset: int) -> tuple[int, int]:
    begin = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[begin:offset].decode("utf-8", "replace")) + 1
