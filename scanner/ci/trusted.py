"""Settings and ignore files as one commit has them, laid out in a folder of their own.

The folder then stands for the top of the repository wherever settings are read, so that the work tree,
which holds the change that is looked at, has no say.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator

from scanner.config import repository_file
from scanner.config.files import read_file
from scanner.errors import ConfigError, SourceError
from scanner.repository import ObjectReader, Repository, printable

# Everything that this scanner reads from a repository of its own accord.
SETTINGS = (
    ".keysweep.yaml",
    ".keysweep.yml",
    "pyproject.toml",
    ".keysweepignore",
    ".gitleaksignore",
)
_MAX_BYTES = 10 << 20
_MAX_FILES = 2000


@contextlib.contextmanager
def settings_of(repository: Repository, revision: str) -> Iterator[str]:
    """Give a folder with the settings of a commit; it is gone afterwards.

    Raises:
        SourceError: there is no such commit here.
    """
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    commit = repository.run(*words, ok=(0, 1, 128)).decode().strip()
    if not commit:
        raise SourceError(
            f"the commit {printable(revision)!r} is not in this repository, so its settings cannot be read"
        )
    with tempfile.TemporaryDirectory(prefix="keysweep-settings-") as folder:  # mode 0700
        lay_out(repository, commit, folder)
        yield folder


def lay_out(repository: Repository, commit: str, folder: str, named: Iterable[str] = ()) -> None:
    """Write the settings of a commit, and the files that they name, into an empty folder.

    Args:
        repository: where to read.   commit: whose files.   folder: where to write.
        named: more paths from the top of the repository (options of the workflow).

    Raises:
        SourceError: an object is missing, or there is far too much.
        ConfigError: the settings file is wrong.
    """
    _write(repository, commit, folder, SETTINGS)
    _write(repository, commit, folder, named)
    chosen = [os.path.join(folder, name) for name in named]
    found = [repository_file(folder), *(path for path in chosen if path.endswith(_READABLE))]
    wanted: list[str] = []
    for path in filter(None, found):
        if not os.path.isfile(path):
            continue
        values = read_file(path)
        for key in ("baseline", "patterns"):
            value = values.get(key) or ()
            entries = [value] if isinstance(value, str) else value
            if not isinstance(entries, list | tuple):
                raise ConfigError(f"{os.path.relpath(path, folder)}: {key}: a list is needed")
            wanted += [entry for entry in entries if isinstance(entry, str)]
    _write(repository, commit, folder, wanted)


_READABLE = (".yaml", ".yml", ".toml")


def altered(repository: Repository, old: str, new: str) -> tuple[str, ...]:
    """Return those of the settings files that differ between two commits."""
    before, after = (_listed(repository, commit, SETTINGS) for commit in (old, new))
    return tuple(name for name in SETTINGS if before.get(name.encode()) != after.get(name.encode()))


def _write(repository: Repository, commit: str, folder: str, paths: Iterable[str]) -> None:
    clean = [_inside(path) for path in paths]
    listed = _listed(repository, commit, [path for path in clean if path])
    if len(listed) > _MAX_FILES:
        raise SourceError(f"the settings name {len(listed)} files, more than {_MAX_FILES}")
    with ObjectReader(repository) as reader:
        for (path, oid), answer in zip(
            listed.items(), reader.read_each(list(listed.values()), _MAX_BYTES), strict=True
        ):
            shown = printable(path.decode("utf-8", "backslashreplace"))
            if answer.error is not None:
                raise answer.error
            if answer.data is None:
                raise SourceError(f"{shown} in {oid[:12]} is too large for a settings file")
            full = os.path.join(os.fsencode(folder), path)
            os.makedirs(os.path.dirname(full), mode=0o700, exist_ok=True)
            with open(full, "wb") as file:
                file.write(answer.data)


def _inside(path: str) -> str:
    """Return a path below the top as git names it, empty if it leads elsewhere (config says so)."""
    parts = os.path.normpath(path).replace("\\", "/").split("/")
    is_outside = os.path.isabs(path) or ".." in parts or parts == ["."]
    return "" if is_outside else "/".join(parts)


def _listed(repository: Repository, commit: str, paths: Iterable[str]) -> dict[bytes, str]:
    """Return the blobs of regular files at or below some paths; a link is none."""
    found: dict[bytes, str] = {}
    wanted = list(paths)
    if not wanted:
        return found
    answer = repository.run("ls-tree", "-r", "-z", "--full-tree", commit, "--", *wanted)
    for entry in answer.split(b"\0"):
        head, _, path = entry.partition(b"\t")
        words = head.split()
        if len(words) == 3 and words[0] in (b"100644", b"100755") and _is_plain(path):
            found[path] = words[2].decode()
    return found


def _is_plain(path: bytes) -> bool:
    """Whether the path of a (made-up) tree stays below the folder it is written to."""
    parts = path.replace(b"\\", b"/").split(b"/")
    return not path.startswith(b"/") and not {b"", b".", b".."} & set(parts)
