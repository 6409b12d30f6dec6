"""What commits changed: raw diffs of many commits in one pass, reduced to the blobs asked for.

``diff-tree -c`` is the whole trick: an ordinary commit lists its changed files, a merge only those
that differ from every parent, with each parent's blob beside the new one. So content that was born
in a merge belongs to the merge, and a merge that takes one side's version introduces nothing.
"""

import threading
from collections.abc import Container, Iterator
from typing import IO, NamedTuple

from scanner.errors import SourceError
from scanner.models import Skipped
from scanner.repository import Process, Repository
from scanner.sources.history.feeding import Feeder, wide_output

_COMMAND = (
    *("diff-tree", "--stdin", "--always", "-r", "--raw", "-c", "--root", "-z"),
    *("--no-renames", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--no-relative"),
    "--ignore-submodules=none",
)
_ALONE_BELOW = 2000  # commits: a second process costs more than it saves
_MOST_RESTARTS = 100


class Change(NamedTuple):
    """One path that a commit gave a new blob.

    Attributes:
        commit, new: ids in hexadecimal.   path: raw bytes.
        olds: the blob of each parent at that path, zeros where it has none.
        modes: of the olds, then of the new one: ``100644``, ``120000``, ``160000``, ``000000``.
    """

    commit: bytes
    path: bytes
    new: bytes
    olds: tuple[bytes, ...]
    modes: tuple[bytes, ...]


class Changes(NamedTuple):
    """What a pass over commits found, in the order of the commits, and what it could not read."""

    found: list[Change]
    skipped: list[Skipped]


def read_changes(
    repository: Repository,
    commits: bytes,
    width: int,
    wanted: Container[bytes] | None,
    paths: tuple[bytes, ...] = (),
    seen: set[bytes] | None = None,
) -> Changes:
    """Return the changes whose new blob is ``wanted`` (None: every one), in one pass.

    Args:
        repository: where to read.
        commits: ids in hexadecimal, each followed by a newline.
        width: characters of an id.
        wanted: ids in hexadecimal.
        paths: only these files; ``()`` for all.
        seen: receives the id of every blob that the commits bring, wanted or not.
    """
    line = width + 1
    count = len(commits) // line
    half = count // 2 * line if count >= _ALONE_BELOW else 0
    parts = [part for part in (commits[:half], commits[half:]) if part]
    workers = [
        _Worker(repository, part, width, wanted, paths, None if seen is None else set())
        for part in parts
    ]
    for worker in workers[1:]:
        worker.start()
    for worker in workers[:1]:
        worker.run()
    for worker in workers[1:]:
        worker.join()
    found, skipped = [], []
    for worker in workers:
        if worker.failure is not None:
            raise worker.failure
        found += worker.found
        if seen is not None and worker.seen is not None:
            seen |= worker.seen
        skipped += worker.skipped
    return Changes(found, skipped)


class _Worker(threading.Thread):
    """One ``diff-tree`` over a part of the commits, started again after one that it cannot read."""

    def __init__(
        self,
        repository: Repository,
        commits: bytes,
        width: int,
        wanted: Container[bytes] | None,
        paths: tuple[bytes, ...],
        seen: set[bytes] | None,
    ) -> None:
        super().__init__(daemon=True)
        self._repository, self._commits, self._width = repository, commits, width
        self._wanted, self._paths = wanted, paths
        self.seen = seen
        self.found: list[Change] = []
        self.skipped: list[Skipped] = []
        self.failure: SourceError | None = None

    def run(self) -> None:
        """Read all commits; an error is kept for the thread that waits."""
        line = self._width + 1
        done, total = 0, len(self._commits) // line
        try:
            while done < total:
                read, complaint = self._pass(memoryview(self._commits)[done * line :])
                done += read
                if done < total:  # git ends with the first commit that it cannot read
                    commit = self._commits[done * line : done * line + self._width].decode()
                    self.skipped.append(_unreadable(commit, complaint))
                    done += 1
                if len(self.skipped) > _MOST_RESTARTS:
                    detail = f"{total - done} more commits may be damaged and were not looked at"
                    self.skipped.append(Skipped(None, None, None, "corrupt", detail))
                    return
        except SourceError as error:
            self.failure = error

    def _pass(self, commits: memoryview) -> tuple[int, str]:
        """Run git once; return how many commits it read, and its complaint if it gave up."""
        tail: tuple[str | bytes, ...] = ("--", *self._paths)
        with self._repository.start(*_COMMAND, *tail) as process:
            feeder = Feeder(process, commits)
            feeder.start()
            try:
                out = wide_output(process)
                count = _Count()
                self.found += _parse(out, self._width, self._wanted, count, self.seen)
                ended = process.wait()
            finally:
                _end(process, feeder)
            total = len(commits) // (self._width + 1)
            if not ended:
                if count.commits < total:  # git passes over what is no commit without a word
                    detail = f"{total - count.commits} commits cannot be read"
                    self.skipped.append(Skipped(None, None, None, "corrupt", detail))
                return total, ""
            # The commit at fault may or may not have been named before git gave up.
            return max(0, count.commits - (0 if count.complete else 1)), process.complaint()


class _Count:
    """How far a pass came: commits named, and whether the last record was whole."""

    __slots__ = ("commits", "complete")

    def __init__(self) -> None:
        self.commits = 0
        self.complete = True


def _end(process: Process, feeder: Feeder) -> None:
    process.kill()
    feeder.stop()


def _unreadable(commit: str, complaint: str) -> Skipped:
    """Name a commit whose files could not be listed."""
    detail = f"the files of commit {commit} cannot be listed"
    absent = "promisor" in complaint or "could not fetch" in complaint
    reason = "missing" if absent else "corrupt"
    return Skipped(None, commit, None, reason, f"{detail}: {complaint}" if complaint else detail)


def _parse(
    out: IO[bytes],
    width: int,
    wanted: Container[bytes] | None,
    count: _Count,
    seen: set[bytes] | None,
) -> Iterator[Change]:
    """Yield the wanted changes of git's output: ``commit NUL (meta NUL path NUL)...``."""
    commit = meta = b""
    expects_path = False
    rest = b""
    while chunk := out.read(1 << 18):
        tokens = (rest + chunk).split(b"\0")
        rest = tokens.pop()
        for token in tokens:
            if expects_path:
                expects_path = False
                if meta:
                    yield _change(commit, token, meta)
            elif token[:1] != b":":
                commit = token
                count.commits += 1
            else:
                expects_path = True
                # ":mode mode old new M", or for a merge of n "::..." with n letters at the end
                plain = token[1:2] != b":"
                new = token[-width - 2 : -2] if plain else token.rsplit(b" ", 2)[1]
                meta = token if wanted is None or new in wanted else b""
                if seen is not None and b" 160000 " not in token:
                    seen.add(new)
    count.complete = not rest and not expects_path


def _change(commit: bytes, path: bytes, meta: bytes) -> Change:
    bare = meta.lstrip(b":")
    words = bare.split(b" ")
    parents = len(meta) - len(bare)
    olds = tuple(words[parents + 1 : 2 * parents + 1])
    return Change(commit, path, words[2 * parents + 1], olds, tuple(words[: parents + 1]))
