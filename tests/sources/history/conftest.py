"""Drives a history source with a matcher of its own: ``planted-`` and a word is a secret."""

import itertools
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scanner.models import Blob, Coverage, Draft, Match, Occurrence, Rule, Skipped
from scanner.repository import Repository
from scanner.sources.history import HistorySource

RULE = Rule("test-token", None, "token", "high", "A planted word.")
PLANTED = re.compile(rb"planted-[a-z0-9]+")
QUIET = b"quietly"  # in a blob with this word nothing is found, although it is there
ALLOWED = b"keysweep:allow"


class Found(NamedTuple):
    """What a scan gave, by secret.

    Attributes:
        drafts: all, in order.   skipped: what could not be read.   coverage: what was read.
    """

    drafts: list[Draft]
    skipped: list[Skipped]
    coverage: Coverage

    def secrets(self) -> set[str]:
        """Return the words that were found, without their prefix."""
        return {draft.secret.decode().removeprefix("planted-") for draft in self.drafts}

    def of(self, word: str) -> list[Draft]:
        """Return the drafts of one planted word."""
        return [d for d in self.drafts if d.secret == b"planted-" + word.encode()]

    def one(self, word: str) -> Draft:
        """Return the only draft of one planted word."""
        (draft,) = self.of(word)
        return draft

    def places(self, word: str) -> dict[str | None, list[str | None]]:
        """Return the introducing commits of a word by path."""
        return {d.origin.path: [o.commit for o in d.occurrences] for d in self.of(word)}


def _drafts(blob: Blob) -> Iterator[Draft]:
    """Yield one draft for each planted word of a blob, with all its places."""
    if QUIET in blob.data:
        return
    by_secret: dict[bytes, list[re.Match[bytes]]] = {}
    for match in PLANTED.finditer(blob.data):
        by_secret.setdefault(match.group(), []).append(match)
    for secret, matches in by_secret.items():
        first = matches[0]
        places = []
        for match in matches:
            line = blob.data.count(b"\n", 0, match.start()) + 1
            column = match.start() - blob.data.rfind(b"\n", 0, match.start())
            places.append(Occurrence(line, column, line, column + len(secret)))
        score = 50 + blob.data.count(b"sure")
        marks = ("*",) if ALLOWED in blob.data else ()
        found = Match(RULE, first.start(), first.end(), score)
        yield Draft(found, secret, blob.origin, tuple(places), marks=marks)


@pytest.fixture
def scan(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Found]:
    """Return a function that scans a repository: ``scan(path, range="A..B")``."""
    monkeypatch.setattr("scanner.sources.history.listing._LEAST_WORK", 1)

    def run(path: Path, parts: int = 2, **options: Any) -> Found:
        source = HistorySource(Repository.discover(str(path)), **options)
        pieces = pickle.loads(pickle.dumps(source.split(parts)))
        items = list(itertools.chain.from_iterable(piece.blobs() for piece in pieces))
        skipped = [item for item in items if isinstance(item, Skipped)]
        source.coverage.unread = len(skipped)  # as the pipeline counts it
        found = [d for item in items if isinstance(item, Blob) for d in _drafts(item)]
        for piece in pieces:
            source.coverage.add(piece.coverage)
        placed = list(source.attribute(found))
        source.finish()
        skipped += [item for item in placed if isinstance(item, Skipped)]
        drafts = [item for item in placed if isinstance(item, Draft)]
        return Found(drafts, skipped, source.coverage)

    return run
