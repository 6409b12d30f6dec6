"""The baseline: findings that people have accepted, in a file that is committed and merged.

An entry accepts one secret at one path, on whatever line and in whatever commit, and nothing else
there. When the path has no secret left, the entry follows its secret to another path: a rename. A
*rejected* entry accepts nothing; it remembers that a person has looked.
"""

from collections.abc import Callable, Iterable
from typing import Protocol

from scanner.baseline.entries import Entry
from scanner.errors import ScannerError
from scanner.models import Draft, Origin
from scanner.redaction import bits, fingerprint

MAX_GUESSES = 200
"""Fingerprints of short secrets (50 ms each) made in one run to find renames; then all is reported."""

IsFree = Callable[[bytes, str], bool]
"""Tells whether a text at a path holds no secret."""


class Content(Protocol):
    """What stands at a path now, as the place of a finding sees it."""

    def content(self, path: str, origin: Origin) -> bytes | None:
        """Return the bytes at ``path`` in the commit, index or work tree of ``origin``, None if there
        are none.

        Raises:
            ScannerError: it cannot be told.
        """
        ...


class Baseline:
    """The entries of one run, and which of them were met.

    Attributes:
        history: whether it covers the history, and not only files.
        entries: by fingerprint.   met: fingerprints of entries that a finding of their path has.
        renamed: fingerprint of an entry to (fingerprint, path) of where its secret is now.
    """

    def __init__(
        self, entries: Iterable[Entry], content: Content | None = None, *, history: bool = False
    ) -> None:
        self.history = history
        self.entries: dict[str, Entry] = {}
        for entry in entries:
            old = self.entries.get(entry.fingerprint)
            if old is None or not entry.accepted:  # two branches may differ: then it is reported
                self.entries[entry.fingerprint] = entry
        self.met: set[str] = set()
        self.renamed: dict[str, tuple[str, str]] = {}
        self._content = content
        self._free: dict[tuple[str, str, str | None], bool] = {}
        self._guesses = 0
        self._paths: dict[str, set[str]] = {}
        for entry in self.entries.values():
            if entry.path is not None and entry.accepted:
                self._paths.setdefault(entry.path, set()).add(entry.fingerprint)

    def accepts(self, draft: Draft, mark: str, place: str, is_free: IsFree) -> bool:
        """Tell whether an entry accepts a draft: its own, or one that it was renamed from.

        Args:
            draft: with its secret.   mark: its fingerprint.
            place: its path below the repository's top level.
            is_free: tells whether a text holds no secret, for the path it may come from.
        """
        entry = self.entries.get(mark)
        if entry is not None:
            self.met.add(mark)
            return entry.accepted
        old = self._renamed_from(draft, place, is_free) if draft.origin.path else None
        if old is None:
            return False
        self.renamed[old] = (mark, place)
        return True

    def stale(self) -> list[Entry]:
        """Return the entries that no finding of the run has, in the order of the file."""
        known = self.met | self.renamed.keys()
        return [entry for mark, entry in sorted(self.entries.items()) if mark not in known]

    def _renamed_from(self, draft: Draft, place: str, is_free: IsFree) -> str | None:
        """Return the entry that has this secret at a path where no secret is left, or None."""
        is_short = bits(draft.secret) < 80
        name = place.rpartition("/")[2]
        for path in sorted(self._paths, key=lambda path: path.rpartition("/")[2] != name):
            if path == place or (is_short and not self._is_vacant(path, draft.origin, is_free)):
                continue
            if is_short:
                if self._guesses == MAX_GUESSES:
                    return None
                self._guesses += 1
            mark = fingerprint(draft.secret, path)
            if mark in self._paths[path] and self._is_vacant(path, draft.origin, is_free):
                return mark
        return None

    def _is_vacant(self, path: str, origin: Origin, is_free: IsFree) -> bool:
        key = path, origin.source, origin.commit
        if key not in self._free:
            try:
                if self._content is None:
                    return False
                data = self._content.content(path, origin)
                self._free[key] = data is None or is_free(data, path)
            except ScannerError:  # not known to be free: the finding is reported
                self._free[key] = False
        return self._free[key]
