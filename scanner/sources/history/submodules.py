"""The histories of submodules too: each has an object store of its own, mostly below .git/modules.

A store stays when the submodule is taken out, and so does what leaked in it; therefore the stores
that are there are read, not those that the files of HEAD name. One that HEAD names and that was
never cloned is told as not read. Paths begin with the submodule's, also for messages: their commits
are in that repository. Fingerprints do not, so that they agree with a scan inside it.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from scanner.errors import SourceError
from scanner.models import Blob, Coverage, Draft, Skipped
from scanner.repository import Repository, display_name, display_path
from scanner.sources.history import HistoryPart, HistorySource


class Module(NamedTuple):
    """A submodule's repository, and its path below the top level of the outermost one."""

    path: str
    repository: Repository


class SubmodulesSource:
    """A repository's history and those of its submodules, one after the other.

    Attributes:
        root: as of the outermost one.   coverage: of all of them.
        candidates: drafts that ``attribute`` has taken so far.   is_read: whether it has all.
        repeats: its blobs are versions of each other.
    """

    repeats = True

    def __init__(self, repository: Repository, make: Callable[[Repository], HistorySource]) -> None:
        """Find the submodules; ``make`` builds the source of one repository.

        Raises:
            SourceError: the folders of their stores cannot be read.
        """
        self.coverage = Coverage()
        self.candidates = 0
        self.is_read = False
        self._skipped: list[Skipped] = []
        self._sources: list[tuple[str | None, HistorySource]] = [(None, make(repository))]
        self.root = self._sources[0][1].root
        for item in find_modules(repository, repository.top):
            if isinstance(item, Skipped):
                self._skipped.append(item)
                continue
            try:
                self._sources.append((self._unique(item), make(item.repository)))
            except SourceError as error:
                self._skipped.append(Skipped(item.path, None, None, "error", str(error)))
        for _, source in self._sources:
            source.coverage = self.coverage

    def _unique(self, module: Module) -> str:
        """Return the path of a module, or of its store if an earlier one of that path is kept."""
        if all(path != module.path for path, _ in self._sources):
            return module.path
        place = os.path.relpath(module.repository.git_dir, self.root)
        return display_name(place.replace(os.sep, "/"))

    @property
    def total_bytes(self) -> int | None:
        """Bytes that there are to read in all repositories; None until they are listed."""
        sizes = [source.total_bytes for _, source in self._sources]
        return None if None in sizes else sum(size or 0 for size in sizes)

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield every blob and message; the path of a submodule's says which submodule."""
        for part in self.split(1):
            part.coverage = self.coverage
            yield from part.blobs()

    def split(self, parts: int) -> "list[SubmodulesPart]":
        """Return at most ``parts`` sources, each a share of every repository.

        Raises:
            SourceError: the outermost repository cannot be listed.
        """
        shares: list[list[tuple[str | None, HistoryPart]]] = [[] for _ in range(max(1, parts))]
        for path, source in self._sources:
            try:
                pieces = source.split(parts)
            except SourceError as error:
                if path is None:
                    raise
                self._skipped.append(Skipped(path, None, None, "error", str(error)))
                continue
            for share, piece in zip(shares, pieces, strict=False):
                share.append((path, piece))
        self.coverage.left_out.pop("submodule", None)  # they are read, or told as not read
        return [SubmodulesPart(self.root, tuple(share)) for share in shares if share]

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Let each repository's source attribute what was found in it."""
        found: dict[str | None, list[Draft]] = {}
        for draft in drafts:
            self.candidates += 1
            path = draft.origin.path
            draft = draft.replaced(origin=draft.origin._replace(path=None))  # noqa: PLW2901
            found.setdefault(path, []).append(draft)
        self.is_read = True
        yield from self._skipped
        for path, source in self._sources:
            for item in source.attribute(found.get(path, ())):
                yield item if path is None else _below(path, item)

    def repository_path(self, path: str) -> str:
        """Return a finding's path below the top level of the submodule that holds it."""
        inside = [p for p, _ in self._sources if p and (path == p or path.startswith(f"{p}/"))]
        return path[len(max(inside, key=len)) :].lstrip("/") if inside else path


class SubmodulesPart:
    """Parts of several repositories, one after the other; picklable.

    Attributes:
        root: as in the whole source.   coverage: counted while ``blobs`` runs.
    """

    def __init__(
        self, root: str | None, pieces: tuple[tuple[str | None, HistoryPart], ...]
    ) -> None:
        """Take the parts, each with the path of its submodule."""
        self.root = root
        self.coverage = Coverage()
        self._pieces = pieces

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield blobs and messages; their path is the submodule's until they are attributed."""
        for path, piece in self._pieces:
            piece.coverage = self.coverage
            for item in piece.blobs():
                if path is None:
                    yield item
                elif isinstance(item, Skipped):
                    yield item._replace(path=path)
                else:
                    yield Blob(item.data, item.origin._replace(path=path))

    def split(self, parts: int) -> "Sequence[SubmodulesPart]":
        """Return itself: it is one part already."""
        return (self,)

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Refuse: only the whole source knows all versions of a file.

        Raises:
            SourceError: always.
        """
        raise SourceError("a part of a history cannot attribute; its source does")


def _below(path: str, item: Draft | Skipped) -> Draft | Skipped:
    """Return what was found or skipped in a submodule with its path in the outermost repository."""
    if isinstance(item, Skipped):
        return item._replace(path=path if item.path is None else f"{path}/{item.path}")
    inner = item.origin.path
    whole = path if inner is None else f"{path}/{inner}"
    return item.replaced(origin=item.origin._replace(path=whole))


def find_modules(
    repository: Repository, top: str | None, prefix: str = ""
) -> Iterator[Module | Skipped]:
    """Yield every submodule whose store is here, those inside submodules too.

    Args:
        repository: where to look.   top: work tree of the outermost repository.
        prefix: path of ``repository`` in it, with a ``/`` at its end.

    Raises:
        SourceError: a folder cannot be read.
    """
    named = _named_by_head(repository)
    for store in _stores(repository):
        path = _path_of(repository, store, top)
        named.discard(path.removeprefix(prefix))
        yield from _open(path, store, top, is_store=True)
    for name in sorted(named):
        place = os.path.join(top or "", prefix + name)
        if top is not None and os.path.isdir(os.path.join(place, ".git")):
            yield from _open(prefix + name, place, top, is_store=False)  # made before git 1.7.8
        else:
            detail = "this submodule is not cloned here (git submodule update --init fetches it)"
            yield Skipped(prefix + name, None, None, "missing", detail)


def _open(path: str, place: str, top: str | None, *, is_store: bool) -> Iterator[Module | Skipped]:
    try:
        repository = Repository.discover(place, is_store=is_store)
        inner = list(find_modules(repository, top, f"{path}/"))
    except SourceError as error:
        yield Skipped(path, None, None, "error", str(error))
        return
    yield Module(path, repository)
    yield from inner


def _stores(repository: Repository) -> Iterator[str]:
    """Yield the folders of the stores below this repository, those of linked work trees too."""
    folders = [os.path.join(repository.common_dir, "modules")]
    trees = os.path.join(repository.common_dir, "worktrees")
    if os.path.isdir(trees):
        folders += [os.path.join(trees, name, "modules") for name in sorted(os.listdir(trees))]
    while folders:
        folder = folders.pop(0)
        if os.path.islink(folder) or not os.path.isdir(folder):
            continue
        try:
            names = sorted(os.listdir(folder))
        except OSError as error:
            raise SourceError(f"{folder}: cannot be read: {error.strerror}") from error
        if "HEAD" in names and "objects" in names:
            yield folder
        else:
            folders += [os.path.join(folder, name) for name in names]


def _path_of(repository: Repository, store: str, top: str | None) -> str:
    """Return where a store's work tree is in the outermost repository, else the store's name."""
    file = os.path.join(store, "config")
    try:
        setting = repository.run("config", "--file", file, "--null", "--get", "core.worktree")
    except SourceError:  # there is none, or the file is damaged: opening the store says so
        setting = b""
    if setting and top is not None:
        place = os.path.join(os.path.realpath(store), os.fsdecode(setting.rstrip(b"\0")))
        inside = os.path.relpath(os.path.normpath(place), os.path.realpath(top))
        if inside != "." and not inside.startswith(os.pardir):
            return display_name(inside.replace(os.sep, "/"))
    return display_name(os.path.relpath(store, repository.common_dir).replace(os.sep, "/"))


def _named_by_head(repository: Repository) -> set[str]:
    """Return the paths at which HEAD has a submodule."""
    if repository.head is None:
        return set()
    tree = repository.run("ls-tree", "-r", "-z", "--full-tree", repository.head)
    entries = (entry.partition(b"\t") for entry in tree.split(b"\0"))
    return {display_path(path) for facts, _, path in entries if facts.startswith(b"160000 ")}
