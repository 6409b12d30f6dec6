"""A digest of all that decides what is reachable and here: while it is the same, nothing has to be listed."""

import os
from collections.abc import Iterator
from typing import Any

from scanner.digests import blake2b
from scanner.repository import Repository
from scanner.sources.history.selection import NOTED, own_refs, tree_folders

_PLACES = ("HEAD", "packed-refs", "shallow", "info/grafts")


_MOST_STORES = 100


def reach_digest(repository: Repository) -> str:
    """Return a digest of refs, HEADs, reflogs and whatever else decides what is reachable and here."""
    digest = blake2b(digest_size=16)
    _add_stores(digest, os.path.join(repository.common_dir, "objects"))
    digest.update(repository.run("for-each-ref", "--format=%(objectname) %(refname)"))
    digest.update(
        b"|bare" if repository.bare else b"|"
    )  # all of a bare repository counts as pushed
    for folder in tree_folders(repository):
        for name in (*_PLACES, *NOTED):
            _add(digest, os.path.join(folder, name), whole=True)
        for path in own_refs(repository, folder):
            _add(digest, path, whole=True)
        for below in ("logs", "reftable"):
            for path in _files(os.path.join(folder, below)):
                _add(digest, path, whole=False)
    return digest.hexdigest()


def _files(folder: str) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        yield from (os.path.join(place, name) for name in sorted(names))


def _add_stores(digest: Any, objects: str) -> None:
    """Add where objects lie, also those borrowed from others: refs may stay where objects are lost."""
    waiting, known = [objects], {objects}
    while waiting and len(known) < _MOST_STORES:
        folder = waiting.pop()
        for below, endings in (("", ""), ("pack", (".pack", ".idx", ".promisor"))):
            digest.update(b"|" + os.fsencode(os.path.join(folder, below)))
            try:
                with os.scandir(os.path.join(folder, below)) as entries:
                    facts = sorted(
                        (entry.name, entry.stat(follow_symlinks=False))
                        for entry in entries
                        if (entry.name.endswith(endings) if below else len(entry.name) == 2)
                    )
            except OSError as error:  # not there, not ours: if that changes, so does the digest
                digest.update(str(error.errno).encode())
                continue
            for name, fact in facts:
                # A pack's time is that of its last use; a folder's that of the last file put in or out.
                known_by = fact.st_size if below else fact.st_mtime_ns
                digest.update(os.fsencode(f"|{name}|{known_by}|{fact.st_ino}"))
        try:
            with open(os.path.join(folder, "info", "alternates"), "rb") as file:
                lines = [os.fsdecode(line) for line in file.read().splitlines()]
        except OSError as error:
            digest.update(str(error.errno).encode())
            continue
        digest.update(repr(lines).encode("utf-8", "surrogateescape"))
        others = {os.path.normpath(os.path.join(folder, line)) for line in lines if line}
        waiting += sorted(others - known)
        known |= others


def _add(digest: Any, path: str, *, whole: bool) -> None:
    """Add a file to a digest: its bytes, or for logs that only grow its size and times."""
    try:
        facts = os.stat(path)
        content = b""
        if whole:
            with open(path, "rb") as file:
                content = file.read()
    except FileNotFoundError:
        return
    known = f"{path}|{facts.st_size}|{0 if whole else facts.st_mtime_ns}|{facts.st_ino}|"
    digest.update(os.fsencode(known) + content)
