"""Files and folders as they lie: no link is followed, nothing is opened that is no regular file.

What git ignores and does not track is left out and counted, as is ``.git``. git is asked once for
each repository that is met. Where it cannot answer (it is missing, or refuses a repository of
another user) nothing counts as ignored, and a ``Skipped`` says so.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from scanner.errors import SourceError, UsageError
from scanner.models import Blob, Coverage, Draft, Origin, Skipped
from scanner.repository import NoRepository, Repository, display_name, printable

MAX_BLOB_BYTES = 1 << 30
_CHUNK = 1 << 20
_LISTING = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory")
# No waiting for the other end of a pipe that took the place of a file; absent on Windows.
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS |= getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)

_BARE = frozenset(("HEAD", "config", "objects", "refs"))
_PACKED = "a git repository keeps its files packed here: run keysweep history on it"


class _File(NamedTuple):
    """A file to read: where it is, how its path is shown, and whether a link may be followed."""

    place: str
    path: str
    named: bool = False


class _Folder(NamedTuple):
    """A folder to list; its path ends with ``/``, or is empty for the root."""

    place: str
    path: str


class FilesSource:
    """Files and folders of the file system, in an order that is the same on every run.

    Attributes:
        root: absolute folder that paths start at: the folder, if one folder is named, else the
            current one (paths outside it are absolute).
        coverage: see ``Source``; reasons are ``.git``, ``ignored``, ``link``, ``device`` and
            ``max-blob-size``. An ignored folder counts once.
    """

    def __init__(
        self,
        paths: Sequence[str],
        include_ignored: bool = False,
        max_blob_bytes: int | None = None,
        root: str | None = None,
    ) -> None:
        """Prepare to read ``paths``; only checks that they exist.

        Args:
            paths: files and folders; they are read even if git ignores them or they are links.
            include_ignored: read what git ignores below the folders, too.
            max_blob_bytes: leave out larger files.
            root: absolute folder that paths start at, None for the rule above.

        Raises:
            UsageError: a path does not exist.
        """
        for path in paths:
            try:
                os.stat(path)
            except (OSError, ValueError) as error:
                why = (getattr(error, "strerror", None) or "not a path").lower()
                raise UsageError(f"{printable(display_name(path))}: {why}") from error
        self.coverage = Coverage()
        self._paths = tuple(os.path.abspath(path) for path in paths)
        self._include_ignored = include_ignored
        self._max_blob_bytes = max_blob_bytes
        if root is None:
            one_folder = len(self._paths) == 1 and os.path.isdir(self._paths[0])
            root = self._paths[0] if one_folder else os.getcwd()
        self._root = root
        self.root: str | None = display_name(root)
        self._items: list[_File | Skipped] | None = None
        self._ignored: set[str] = set()
        self._tops: dict[str, str | None] = {}

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield every file, by path; what cannot be read as ``Skipped``."""
        for item in self._walk() if self._items is None else self._items:
            if isinstance(item, Skipped):
                yield item
                continue
            read = self._read(item)
            if read is not None:
                yield read

    def split(self, parts: int) -> "Sequence[FilesSource]":
        """Return at most ``parts`` picklable sources of the same number of files."""
        items = list(self._walk()) if self._items is None else self._items
        edges = [len(items) * part // parts for part in range(parts + 1)]
        groups = [items[low:high] for low, high in pairwise(edges)]
        return [self._part(group) for group in groups if group] or [self._part([])]

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Yield the drafts as they are: their place is known from the start."""
        yield from drafts

    def repository_path(self, path: str) -> str:
        """Return a finding's path as fingerprints use it, so that they agree with ``staged``.

        That is the path below the top level of the repository that holds the file, or ``path``
        itself outside repositories.
        """
        place = path if os.path.isabs(path) else os.path.join(self._root, *path.split("/"))
        folder, name = os.path.split(place)
        if folder not in self._tops:
            self._tops[folder] = _top_of(folder)
        top = self._tops[folder]
        if top is None:
            return path
        return _shown(os.path.relpath(os.path.join(os.path.realpath(folder), name), top))

    def _part(self, items: list[_File | Skipped]) -> "FilesSource":
        part = FilesSource((), self._include_ignored, self._max_blob_bytes, self._root)
        part._items = items
        return part

    # Reading

    def _read(self, file: _File) -> Blob | Skipped | None:
        """Read one file; None if it is left out."""
        try:
            fd = os.open(file.place, _FLAGS if file.named else _FLAGS | _NO_LINK)
            try:
                facts = os.fstat(fd)
                if not stat.S_ISREG(facts.st_mode):
                    self.coverage.leave_out("device")
                    return None
                limit = MAX_BLOB_BYTES
                if self._max_blob_bytes is not None:
                    limit = min(limit, self._max_blob_bytes)
                data = b"" if facts.st_size > limit else _content(fd, facts.st_size, limit)
            finally:
                os.close(fd)
        except OSError as error:
            return _unreadable(file.path, error)
        if max(len(data), facts.st_size) > limit:
            if limit < MAX_BLOB_BYTES:
                self.coverage.leave_out("max-blob-size")
                return None
            return Skipped(file.path, None, None, "limit", "it is larger than 1 GiB")
        self.coverage.files += 1
        self.coverage.blobs += 1
        self.coverage.bytes += len(data)
        return Blob(data, Origin("file", file.path))

    # Finding files

    def _walk(self) -> Iterator[_File | Skipped]:
        seen: set[str] | None = set() if len(self._paths) > 1 else None
        for path in self._paths:
            if os.path.isdir(path):
                found = self._folder(path)
            elif os.path.isfile(path):
                found = iter((_File(path, self._display(path), named=True),))
            else:
                self.coverage.leave_out("device")
                continue
            for item in found:
                if seen is not None and isinstance(item, _File):
                    if item.place in seen:
                        continue
                    seen.add(item.place)
                yield item

    def _folder(self, start: str) -> Iterator[_File | Skipped]:
        """Yield the files below a folder, depth first, sorted by name."""
        prefix = "" if start == self._root else self._display(start) + "/"
        waiting: list[_File | _Folder | Skipped] = [_Folder(start, prefix)]
        while waiting:
            item = waiting.pop()
            if not isinstance(item, _Folder):
                yield item
                continue
            try:
                with os.scandir(item.place) as listing:
                    entries = sorted(listing, key=_name)
            except OSError as error:
                yield _unreadable(item.path.rstrip("/") or ".", error)
                continue
            if not self._include_ignored:
                if item.place == start:
                    yield from self._ask_git(start, _top_of(start))
                elif _is_top(item.place):
                    yield from self._ask_git(item.place, item.place)
            if _BARE.issubset(map(_name, entries)):
                yield Skipped(f"{item.path}objects", None, None, "unsupported-archive", _PACKED)
                entries = [entry for entry in entries if entry.name != "objects"]
            taken = [self._take(entry, item.path) for entry in reversed(entries)]
            waiting.extend(inner for inner in taken if inner is not None)

    def _take(self, entry: "os.DirEntry[str]", prefix: str) -> "_File | _Folder | Skipped | None":
        """Return what to do with an entry of a folder; None if it is left out."""
        name = entry.name
        path = prefix + (name if name.isascii() else display_name(name))
        try:
            if name == ".git":
                reason = ".git"
            elif entry.path in self._ignored:
                reason = "ignored"
            elif entry.is_file(follow_symlinks=False):
                return _File(entry.path, path)
            elif entry.is_dir(follow_symlinks=False):
                return _Folder(entry.path, path + "/")
            else:
                reason = "link" if entry.is_symlink() else "device"
        except OSError as error:
            return _unreadable(path, error)
        self.coverage.leave_out(reason)
        return None

    def _ask_git(self, folder: str, top: str | None) -> Iterator[Skipped]:
        """Learn what git ignores below a folder whose work tree begins at ``top``."""
        if top is None:
            return
        try:
            names = _ignored_names(top, os.path.relpath(os.path.realpath(folder), top))
        except NoRepository:
            return  # a .git that is none, or one that lost its repository: git ignores nothing
        except SourceError as error:
            path = self._display(folder)
            detail = f"git cannot tell what it ignores, so nothing was left out: {error}"
            yield Skipped(path, None, None, "error", detail)
            return
        self._ignored.update(os.path.join(folder, name) for name in names)

    def _display(self, place: str) -> str:
        """Return the path to show: below the root, else absolute."""
        path = os.path.relpath(place, self._root)
        outside = path == ".." or path.startswith(".." + os.sep)
        return _shown(place if outside else path)


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _shown(path: str) -> str:
    return display_name(path if os.sep == "/" else path.replace(os.sep, "/"))


def _is_top(folder: str) -> bool:
    """Tell whether a work tree begins at a folder."""
    git = os.path.join(folder, ".git")
    return os.path.isfile(git) or os.path.lexists(os.path.join(git, "HEAD"))


def _top_of(folder: str) -> str | None:
    """Return the top level of the innermost work tree that holds a folder, links resolved."""
    folder = os.path.realpath(folder)
    while not _is_top(folder):
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
    return folder


def _ignored_names(top: str, below: str) -> list[str]:
    """Return what git ignores and does not track, in a folder ``below`` the top level.

    Raises:
        SourceError: git does not answer.
    """
    repository = Repository.discover(top)
    if repository.top != top:
        return []  # its settings put the work tree elsewhere: what lies here is not git's
    # Asked from the top level: in an ignored folder, --directory makes git 2.39 give up.
    inside = () if below == "." else (below,)
    names = repository.run(*_LISTING, "--", *inside).split(b"\0")[:-1]
    if names and inside:
        question = ("check-ignore", "--no-index", "--", os.path.join(".", below))
        if repository.run(*question, ok=(0, 1), literal=False):
            return []  # everything in it is ignored, as it is itself: but the user named it
    start = 0 if below == "." else len(os.fsencode(below)) + 1
    return [os.fsdecode(name[start:].rstrip(b"/")) for name in names if name[start:]]


def _content(fd: int, size: int, limit: int) -> bytes:
    """Read a file whole; of one that grew past ``limit``, a little more than that."""
    data = os.read(fd, size + 1)
    if len(data) == size > 0:
        return data
    chunks = [data]
    length = len(data)
    while chunks[-1] and length <= limit:
        chunks.append(os.read(fd, _CHUNK))
        length += len(chunks[-1])
    return b"".join(chunks)


def _unreadable(path: str, error: OSError) -> Skipped:
    why = os.strerror(error.errno) if error.errno is not None else "it cannot be opened"
    return Skipped(path, None, None, "unreadable", why)
