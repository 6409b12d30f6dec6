"""What the index has that HEAD, or every parent of a merge, has not, and the files that were named."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from scanner.errors import SourceError, UsageError
from scanner.repository import Repository, display_name, printable
from scanner.repository.objects import EMPTY_TREE

_DIFF = (
    *("diff-index", "--cached", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv"),
    *("--ita-invisible-in-index", "--ignore-submodules=none"),
)
SUBMODULE = "160000"
_NAMES_AT_ONCE = 200  # above, the whole index is listed: a command line has an end


class _Change(NamedTuple):
    """One line of ``diff-index --raw``; ``old`` is zeros for a path that the parent lacks."""

    status: str
    mode: str
    old: str
    new: str


class Entry(NamedTuple):
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


class Index:
    """The index of a repository: its entries that are staged, and where added files came from."""

    def __init__(self, repository: Repository, top: str) -> None:
        """Prepare; ``top``: the top level of the work tree. Nothing is read yet."""
        self._repository = repository
        self._top = top
        self._renames: dict[bytes, str] | None = None  # new path: id of the old content
        self._has_deletion = False

    def entries(self, files: Sequence[str]) -> list[Entry]:
        """Return what is staged, deletions included, by path; asks git.

        Args:
            files: only these, from the current folder; one without a staged change counts whole.

        Raises:
            UsageError: a file is not known to git.
            SourceError: the index cannot be read.
        """
        parents = [self._changes(parent) for parent in self._parents()]
        self._has_deletion = any(change.status == "D" for change in parents[0].values())
        found = {
            path: Entry(
                path,
                change.mode,
                change.new,
                tuple(p[path].old for p in parents),
                change.status,
            )
            for path, change in parents[0].items()
            if all(path in others for others in parents[1:])
        }
        if files:
            found = self._named(found, files)
        return [found[path] for path in sorted(found)]

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

    def _named(self, changed: dict[bytes, Entry], files: Sequence[str]) -> dict[bytes, Entry]:
        """Return the entries for the files that were named, all of which git must know."""
        folders = {b""}
        for path in changed:
            while path := path.rpartition(b"/")[0]:
                folders.add(path)
        found: dict[bytes, Entry] = {}
        unchanged: dict[bytes, str] = {}
        for name in files:
            path = self._path(name)
            if path in changed:
                found[path] = changed[path]
            elif path in folders:
                below = path + b"/" if path else b""
                found |= {p: entry for p, entry in changed.items() if p.startswith(below)}
            else:
                unchanged[path] = name
        return found | self._unchanged(unchanged)

    def _unchanged(self, names: dict[bytes, str]) -> dict[bytes, Entry]:
        """Return the index entries, to be scanned whole, of paths without a staged change."""
        if not names:
            return {}
        top = os.fsencode(self._top)
        few = [os.path.join(top, path) for path in names] if len(names) < _NAMES_AT_ONCE else [top]
        listing = self._repository.run("ls-files", "--stage", "-z", "--full-name", "--", *few)
        found: dict[bytes, Entry] = {}
        folders: set[bytes] = set()
        for line in listing.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, oid, stage = facts.decode("ascii").split(" ")
            if path in names:
                status = "M" if stage == "0" else "U"
                found[path] = Entry(path, mode, oid, (), status, whole=True)
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

    def renamed(self, path: bytes) -> str | None:
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
