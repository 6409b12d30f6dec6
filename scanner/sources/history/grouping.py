"""Makes one draft of everything known about a secret at one path."""

from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from scanner.models import Draft, Occurrence, Origin
from scanner.repository import display_path
from scanner.sources.history.holding import Silent
from scanner.sources.history.records import CommitRecord

_LAST = 1 << 62  # sorts behind every date


class Entry(NamedTuple):
    """One introduction: the commit, and the drafts of the blob or message it brought.

    Attributes:
        source: ``blob``, ``note``, ``commit-message``, ``tag-message``.
        commit: its id, None for what no commit holds.
        blob: the blob (or tag object), None for a commit message.
        drafts: what was found in it; empty if only a search for the bytes found it (``silent``).
        is_lost: whether nothing reaches it any more.
    """

    source: str
    commit: bytes | None
    blob: str | None
    drafts: tuple[Draft, ...]
    silent: Silent | None = None
    is_lost: bool = False


class Group:
    """One finding to be: a secret at a path (None: messages, and blobs without a path).

    Attributes:
        entries: its introductions.
        versions: every commit that touched the path and left the secret there, with what was found.
    """

    __slots__ = ("entries", "versions")

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.versions: list[tuple[bytes, tuple[Draft, ...]]] = []

    def needed_commits(self) -> Iterator[bytes]:
        """Yield the commits whose author or date is needed."""
        yield from (entry.commit for entry in self.entries if entry.commit is not None)
        if self._marks_differ():
            yield from (commit for commit, _ in self.versions)

    def _marks_differ(self) -> bool:
        return len({draft.marks for _, drafts in self.versions for draft in drafts}) > 1

    def settle(
        self,
        path: bytes | None,
        records: Mapping[bytes, CommitRecord],
        ages: Mapping[bytes, int],
        pushed: set[bytes] | None,
    ) -> Draft:
        """Return the draft in its place.

        Args:
            path: raw bytes.
            records: the needed commits; one that could not be read is not among them.
            ages: a number for each commit, larger for ancestors, where dates are equal.
            pushed: commits that a remote has; None if all of it counts as pushed.
        """

        def when(entry: Entry) -> tuple[bool, int, int, str]:
            commit = entry.commit or b""
            date = records[commit].committed if commit in records else _LAST
            return entry.is_lost, date, -ages.get(commit, 0), entry.blob or ""

        entries = sorted(self.entries, key=when)
        first = entries[0]
        # In an order of their own: drafts come as the processes find them, and of equal ones the first is told.
        versions = sorted(self.versions, key=itemgetter(0))
        found = [entry.drafts for entry in entries] + [drafts for _, drafts in versions]
        best = _best(draft for drafts in found for draft in drafts)
        if best is None:  # never: a group begins with a draft
            raise ValueError("no draft to place")
        near = _best(d for d in first.drafts if d.match.rule.id == best.match.rule.id)
        near = near or _best(first.drafts)
        match, layers = best.match, best.layers
        if near is not None:
            span = near.match
            match = match._replace(start=span.start, end=span.end, partners=span.partners)
            layers = near.layers
        elif first.silent is not None:
            match = match._replace(start=first.silent.start, end=first.silent.end, partners=())
            layers = ()
        record = records.get(first.commit) if first.commit is not None else None
        return best.replaced(
            match=match,
            layers=layers,
            origin=Origin(
                first.source,
                None if path is None else display_path(path),
                first.blob,
                first.commit.decode() if record is not None and first.commit else None,
            ),
            occurrences=tuple(_occurrences(entries, records)),
            marks=self._marks(best, records),
            info=None if record is None else record.info,
            exposure=_exposure(entries, pushed),
            lines=all_lines(draft for drafts in found for draft in drafts),
        )

    def _marks(self, best: Draft, records: Mapping[bytes, CommitRecord]) -> tuple[str, ...]:
        """Return the marks of the newest version: a mark added later counts, a removed one not."""
        if not self.versions:
            return best.marks
        if not self._marks_differ():
            return self.versions[0][1][0].marks
        newest = max(
            self.versions, key=lambda version: getattr(records.get(version[0]), "committed", 0)
        )
        return newest[1][0].marks


def _best(drafts: Iterable[Draft]) -> Draft | None:
    """Return the draft to believe: not rejected, then the highest score, then the first."""
    return max(drafts, key=lambda d: (d.match.rejected is None, d.match.score), default=None)


def all_lines(drafts: Iterable[Draft]) -> tuple[bytes, ...]:
    """Return the lines of all versions: an allow-list must allow each, or one of them stays reported."""
    return tuple(dict.fromkeys(line for draft in drafts for line in draft.lines))


def _occurrences(
    entries: list[Entry], records: Mapping[bytes, CommitRecord]
) -> Iterator[Occurrence]:
    seen: set[Occurrence] = set()
    for entry in entries:
        record = records.get(entry.commit) if entry.commit is not None else None
        places = [place for draft in entry.drafts for place in draft.occurrences]
        if not places and entry.silent is not None:
            places = [entry.silent.place]
        for place in places or [Occurrence(None, None, None, None)]:
            full = place._replace(
                blob=entry.blob,
                commit=entry.commit.decode() if record is not None and entry.commit else None,
                date=None if record is None else record.info.date,
            )
            if full not in seen:
                seen.add(full)
                yield full


def _exposure(entries: list[Entry], pushed: set[bytes] | None) -> str:
    if all(entry.is_lost for entry in entries):
        return "unreachable"
    if pushed is None or any(entry.commit in pushed for entry in entries):
        return "pushed"
    return "local"
