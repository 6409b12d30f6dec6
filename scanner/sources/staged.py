"""What is staged: the content of the index, never that of the work tree.

A staged change is an entry of the index that differs from HEAD, or, while a merge is being
committed, from every parent. So with ``commit --amend`` new still means new to HEAD, the commit
that is being replaced. Nothing is written: no object, no lock, no file.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scanner.errors import SourceError, UsageError
from scanner.models import COMPRESSED, Blob, Coverage, Draft, Occurrence, Origin, Skipped
from scanner.repository import (
    CorruptObject,
    MissingObject,
    ObjectReader,
    Repository,
    display_name,
    display_path,
    printable,
)
from scanner.repository.lines import added_lines
from scanner.repository.objects import EMPTY_TREE

MAX_BLOB_BYTES = 1 << 30
_DIFF = (
    *("diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv"),
    *("--ita-invisible-in-index", "--ignore-submodules=none"),
)
_SUBMODULE = "160000"
_NAMES_AT_ONCE = 200  # above, the whole index is listed: a command line has an end
_UNMERGED = "it has a merge conflict, so nothing of it is staged; resolve it first"


class _Change(NamedTuple):
    """One line of ``diff-index --raw``; ``old`` is zeros for a path that the parent lacks."""

    status: str
    mode: str
    old: str
    new: str


class _Entry(NamedTuple):
    """A path of the index to look at.

    ``old``: ids of its content in each parent, zeros where it has none. ``whole``: every line
    counts, not only new ones.
    """

    path: bytes
    mode: str
    oid: str
    old: tuple[str, ...]
    status: str
    whole: bool = False


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
        self._top = repository.top
        self._repository = repository
        self._files = tuple(files)
        self._whole_files = whole_files
        self._max_blob_bytes = max_blob_bytes
        self._items: list[_Entry | Skipped] | None = None
        self._renames: dict[bytes, str] | None = None  # new path: id of the old content
        self._has_deletion = False

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
        changed archive, whose members have lines of their own.
        """
        entries = {
            (display_path(item.path), item.oid): item
            for item in self._list()
            if isinstance(item, _Entry)
        }
        with ObjectReader(self._repository) as reader:
            known: tuple[_Entry | None, set[int]] = (None, set())
            for draft in drafts:
                entry = entries[draft.origin.path or "", draft.origin.blob or ""]
                if self._whole_files or entry.whole or _is_in_archive(draft.layers):
                    yield draft.replaced(exposure="staged")
                    continue
                if entry is not known[0]:
                    known = (entry, self._new_lines(entry, reader))
                kept = tuple(o for o in draft.occurrences if _is_new(o, known[1]))
                if kept:
                    yield draft.replaced(exposure="staged", occurrences=kept)

    def _part(self, items: list[_Entry | Skipped]) -> "StagedSource":
        part = StagedSource(self._repository, (), self._whole_files, self._max_blob_bytes)
        part._items = items
        return part

    def _read(self, items: Sequence[_Entry | Skipped]) -> Iterator[Blob | Skipped]:
        limit = MAX_BLOB_BYTES if self._max_blob_bytes is None else self._max_blob_bytes
        entries = [item for item in items if isinstance(item, _Entry)]
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

    # What is staged

    def _list(self) -> list[_Entry | Skipped]:
        """Return what is to be read, by path; asks git once."""
        if self._items is None:
            parents = [self._changes(parent) for parent in self._parents()]
            self._has_deletion = any(change.status == "D" for change in parents[0].values())
            found = {
                path: _Entry(
                    path,
                    change.mode,
                    change.new,
                    tuple(p[path].old for p in parents),
                    change.status,
                )
                for path, change in parents[0].items()
                if all(path in others for others in parents[1:])
            }
            if self._files:
                found = self._named(found)
            self._items = []
            for path in sorted(found):
                entry = found[path]
                if entry.mode == _SUBMODULE:
                    self.coverage.leave_out("submodule")
                elif entry.status == "U":
                    name = display_path(path)
                    self._items.append(Skipped(name, None, None, "unreadable", _UNMERGED))
                elif entry.status != "D":
                    self._items.append(entry)
        return self._items

    def _parents(self) -> list[str]:
        """Return HEAD (or the empty tree) and the commits that are being merged into it."""
        repository = self._repository
        merged: list[str] = []
        try:
            with open(os.path.join(repository.git_dir, "MERGE_HEAD"), encoding="ascii") as file:
                merged = file.read().split()
        except FileNotFoundError:
            # git merge writes MERGE_HEAD after its pre-merge-commit hook, and tells the hook this.
            merged = [name[8:] for name in os.environ if name.startswith("GITHEAD_")]
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError("MERGE_HEAD cannot be read") from error
        if not all(len(oid) in (40, 64) and oid.isalnum() for oid in merged):
            raise SourceError("MERGE_HEAD does not hold commit ids")
        return [repository.head or EMPTY_TREE[repository.object_format], *merged]

    def _changes(self, parent: str) -> dict[bytes, _Change]:
        """Return how the index differs from ``parent``, by path."""
        fields = iter(self._repository.run(*_DIFF, "--no-renames", parent, "--").split(b"\0"))
        changes: dict[bytes, _Change] = {}
        for facts in fields:
            if facts:
                _, mode, old, new, status = facts.decode("ascii").split(" ")
                path = next(fields)
                if status == "U" or path not in changes:
                    changes[path] = _Change(status[0], mode, old, new)
        return changes

    # FILE arguments

    def _named(self, changed: dict[bytes, _Entry]) -> dict[bytes, _Entry]:
        """Return the entries for the files that were named, all of which git must know."""
        folders = {b""}
        for path in changed:
            while path := path.rpartition(b"/")[0]:
                folders.add(path)
        found: dict[bytes, _Entry] = {}
        unchanged: dict[bytes, str] = {}
        for name in self._files:
            path = self._path(name)
            if path in changed:
                found[path] = changed[path]
            elif path in folders:
                below = path + b"/" if path else b""
                found |= {p: entry for p, entry in changed.items() if p.startswith(below)}
            else:
                unchanged[path] = name
        return found | self._unchanged(unchanged)

    def _unchanged(self, names: dict[bytes, str]) -> dict[bytes, _Entry]:
        """Return the index entries, to be scanned whole, of paths without a staged change."""
        if not names:
            return {}
        top = os.fsencode(self._top)
        few = [os.path.join(top, path) for path in names] if len(names) < _NAMES_AT_ONCE else [top]
        listing = self._repository.run("ls-files", "--stage", "-z", "--full-name", "--", *few)
        found: dict[bytes, _Entry] = {}
        folders: set[bytes] = set()
        for line in listing.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, oid, stage = facts.decode("ascii").split(" ")
            if path in names:
                status = "M" if stage == "0" else "U"
                found[path] = _Entry(path, mode, oid, (), status, whole=True)
            while path := path.rpartition(b"/")[0]:
                if path in folders:
                    break
                folders.add(path)
        for path, name in names.items():
            if path not in found and path not in folders:
                raise UsageError(f"{printable(display_name(name))}: git does not know this file")
        return found

    def _path(self, name: str) -> bytes:
        """Return a named file's path below the top level, ``b""`` for the top level itself."""
        full = os.path.abspath(name)
        path = self._below_top(full)
        if path is None:  # named through a link to the repository, perhaps
            folder, last = os.path.split(full)
            path = self._below_top(os.path.join(os.path.realpath(folder), last))
        if path is None:
            raise UsageError(f"{printable(display_name(name))}: outside the repository")
        return os.fsencode(path.replace(os.sep, "/"))

    def _below_top(self, full: str) -> str | None:
        top = self._top.rstrip(os.sep) + os.sep
        if full.startswith(top):
            return full[len(top) :]
        return "" if full == self._top else None

    # Which lines are new

    def _new_lines(self, entry: _Entry, reader: ObjectReader) -> set[int]:
        """Return the lines that no parent has at this path, or at the one it came from."""
        new = reader.read(entry.oid)[1]
        result: set[int] | None = None
        for old in entry.old:
            oid = self._renamed(entry.path) if not old.strip("0") else old
            try:
                before = reader.read(oid)[1] if oid else b""
            except (MissingObject, CorruptObject):
                before = b""  # without the old content every line counts as new: the safe side
            lines = added_lines(before, new)
            result = lines if result is None else result & lines
        return result or set()

    def _renamed(self, path: bytes) -> str | None:
        """Return the id of the content that an added file had under another name in HEAD."""
        if self._renames is None:
            self._renames = self._find_renames() if self._has_deletion else {}
        return self._renames.get(path)

    def _find_renames(self) -> dict[bytes, str]:
        parent = self._parents()[0]
        try:
            raw = self._repository.run(*_DIFF, "-M", "-l1000", "--diff-filter=R", parent, "--")
        except SourceError:
            return {}  # content it must compare was not cloned; then every line counts as new
        fields = iter(raw.split(b"\0"))
        renames: dict[bytes, str] = {}
        for facts in fields:
            if facts:
                old = facts.decode("ascii").split(" ")[2]
                next(fields)
                renames[next(fields)] = old
        return renames


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
