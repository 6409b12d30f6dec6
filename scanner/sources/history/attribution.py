"""Gives what was found its place: path, introducing commits, author, date, exposure.

Drafts come in one for each secret and blob; out goes one for each secret and path, with every
commit that introduced it there as an occurrence, the earliest first. Git is asked a handful of
questions in all, however much was found.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from scanner.errors import SourceError
from scanner.models import Draft, Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.grouping import Entry, Group
from scanner.sources.history.holding import Holding, Touched, find_introductions
from scanner.sources.history.reaching import (
    annotated_object,
    note_commits,
    outside_commits,
    pushed_commits,
    reachable_tags,
    ref_tips,
    tagged_commit,
)
from scanner.sources.history.records import CommitRecord, parse_commit


class Scope(NamedTuple):
    """The commits that count.

    Attributes:
        commits: ids in hexadecimal, a newline after each, newest first.
        lost: those of them that nothing reaches any more.
        width: characters of an id.
        is_everything: whether they are the whole history (else a range of it).
        tips: new tips (ids) that may name blobs without a commit; None for all refs.
        keep_unplaced: exposure of what no commit holds (``unreachable``; ``local`` where damage
            hides the commits), None to drop it.
        is_public: whether all of it counts as pushed (a bare repository, a clone for the scan).
    """

    commits: bytes
    lost: frozenset[bytes]
    width: int
    is_everything: bool
    tips: tuple[str, ...] | None
    keep_unplaced: str | None
    is_public: bool


_T = TypeVar("_T")
_Key = tuple[bytes, bytes | None]


class Attribution:
    """One attribution; ``drafts`` does the work."""

    def __init__(
        self, repository: Repository, scope: Scope, seen: set[bytes] | None = None
    ) -> None:
        """Prepare; ``seen`` receives the ids of all blobs that the commits bring."""
        self._seen = seen
        self._failed: list[Skipped] = []
        self._repository, self._scope = repository, scope
        self._keep_unplaced = scope.keep_unplaced
        self._groups: dict[_Key, Group] = {}
        self._records: dict[bytes, CommitRecord] = {}
        self._by_secret: dict[bytes, dict[bytes, list[Draft]]] = {}

    def drafts(self, found: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Yield the drafts in their places, oldest introduction first."""
        messages = self._sort_in(found)
        with ObjectReader(self._repository) as reader:
            if self._by_secret:
                yield from self._place_blobs()
            if messages:
                self._place_messages(messages, reader)
            ages = self._ages()
            yield from self._read_records(reader, ages)
        yield from self._emit(ages)
        yield from self._failed

    def _ask(self, question: Callable[[], _T], otherwise: _T) -> _T:
        """Return git's answer; where damage prevents one, remember that and go on without."""
        try:
            return question()
        except SourceError as error:
            detail = f"part of the attribution failed: {error}"
            self._failed.append(Skipped(None, None, None, "corrupt", detail))
            return otherwise

    def _sort_in(self, found: Iterable[Draft]) -> list[Draft]:
        messages = []
        for draft in found:
            if draft.origin.source == "blob" and draft.origin.blob is not None:
                blobs = self._by_secret.setdefault(draft.secret, {})
                blobs.setdefault(draft.origin.blob.encode(), []).append(draft)
            else:
                messages.append(draft)
        return messages

    def _group(self, secret: bytes, path: bytes | None) -> Group:
        return self._groups.setdefault((secret, path), Group())

    def _place_blobs(self) -> Iterator[Skipped]:
        holdings = []
        for secret, blobs in self._by_secret.items():
            holding = Holding(secret)
            holding.found = set(blobs)
            holding.is_plain = any(not d.layers for drafts in blobs.values() for d in drafts)
            holdings.append(holding)
        scope = self._scope
        placed: set[bytes] = set()
        notes: set[bytes] | None = None
        introductions = find_introductions(
            self._repository, holdings, scope.commits, scope.width, self._seen
        )
        for item in introductions:
            if isinstance(item, Skipped):
                # The commits that could not be read may hold what finds no place.
                self._keep_unplaced = self._keep_unplaced or "local"
                yield item
                continue
            holding, touched = item
            placed.update(change.new for some in touched.changes.values() for change in some)
            if notes is None and any(annotated_object(p, scope.width) for p in touched.changes):
                notes = self._ask(lambda: note_commits(self._repository), set[bytes]())
            self._place_secret(holding, touched, notes or set())
        yield from self._place_rest(placed)

    def _place_secret(self, holding: Holding, touched: Touched, notes: set[bytes]) -> None:
        blobs = self._by_secret[holding.secret]
        lost = self._scope.lost
        for path, introductions in touched.introductions.items():
            target = annotated_object(path, self._scope.width)
            for change in introductions:
                is_note = target is not None and change.commit in notes
                entry = Entry(
                    source="note" if is_note else "blob",
                    commit=target if is_note else change.commit,
                    blob=change.new.decode(),
                    drafts=tuple(blobs.get(change.new, ())),
                    silent=holding.silent.get(change.new),
                    is_lost=change.commit in lost,
                )
                self._group(holding.secret, None if is_note else path).entries.append(entry)
        for path, changes in touched.changes.items():
            group = self._groups.get((holding.secret, path))
            if group is not None:
                found = [(c.commit, tuple(blobs.get(c.new, ()))) for c in changes]
                group.versions += [(commit, drafts) for commit, drafts in found if drafts]

    def _place_rest(self, placed: set[bytes]) -> Iterator[Skipped]:
        """Place blobs that no commit holds: named by a ref or tag itself, or by nothing."""
        rest = {oid for blobs in self._by_secret.values() for oid in blobs} - placed
        if not rest:
            return
        tips = self._scope.tips
        if tips is None:
            named = self._ask(lambda: ref_tips(self._repository), list[bytes]())
        else:
            named = [tip.encode() for tip in tips]
        if self._failed:
            self._keep_unplaced = self._keep_unplaced or "local"
        held: set[bytes] = set()
        for item in outside_commits(self._repository, named):
            if isinstance(item, Skipped):
                yield item
            elif item[0] in rest:
                held.add(item[0])
                self._place_alone(*item, is_lost=False)
        if self._keep_unplaced is not None:
            for oid in sorted(rest - held):
                self._place_alone(oid, None, is_lost=self._keep_unplaced == "unreachable")

    def _place_alone(self, oid: bytes, path: bytes | None, *, is_lost: bool) -> None:
        for secret, blobs in self._by_secret.items():
            if oid in blobs:
                entry = Entry("blob", None, oid.decode(), tuple(blobs[oid]), None, is_lost)
                self._group(secret, path).entries.append(entry)

    def _place_messages(self, messages: list[Draft], reader: ObjectReader) -> None:
        scope = self._scope
        asked = {d.origin.commit.encode() for d in messages if d.origin.commit is not None}
        known = asked.intersection(scope.commits.split()) if asked else set()
        tags: set[str] | None = None
        for draft in messages:
            origin = draft.origin
            commit = origin.commit.encode() if origin.commit is not None else None
            if commit is not None:
                lost = commit not in known or commit in scope.lost
            else:
                if tags is None and scope.is_everything:
                    tags = self._ask(lambda: reachable_tags(self._repository, reader), None)
                lost = tags is not None and origin.blob not in tags
                target = tagged_commit(origin.blob or "", reader)
                commit = target.encode() if target is not None else None
            if lost and scope.keep_unplaced is None:
                continue
            lost = lost and scope.keep_unplaced == "unreachable"
            entry = Entry(origin.source, commit, origin.blob, (draft,), None, lost)
            self._group(draft.secret, None).entries.append(entry)

    def _read_records(self, reader: ObjectReader, ages: dict[bytes, int]) -> Iterator[Skipped]:
        """Read the commits that the groups need, neighbours in history together."""
        needed = sorted(
            {commit for group in self._groups.values() for commit in group.needed_commits()},
            key=lambda commit: (ages.get(commit, 0), commit),
        )
        for answer in reader.read_each(oid.decode() for oid in needed):
            if answer.type == "commit" and answer.data is not None:
                self._records[answer.oid.encode()] = parse_commit(answer.data)
            elif answer.error is not None:
                yield Skipped(None, answer.oid, None, "corrupt", str(answer.error))

    def _ages(self) -> dict[bytes, int]:
        """Number the commits that the groups name, larger for ancestors."""
        named = {commit for group in self._groups.values() for commit in group.needed_commits()}
        if not named:
            return {}
        lines = self._scope.commits.split()
        return {commit: age for age, commit in enumerate(lines) if commit in named}

    def _emit(self, ages: dict[bytes, int]) -> Iterator[Draft]:
        pushed: set[bytes] | None = None  # all of it: what to assume where git cannot tell
        if not self._scope.is_public:
            pushed = self._ask(lambda: pushed_commits(self._repository, self._records), None)
        drafts = [
            group.settle(path, self._records, ages, pushed)
            for (_, path), group in self._groups.items()
        ]
        position = {commit.decode(): record.committed for commit, record in self._records.items()}
        drafts.sort(
            key=lambda d: (
                position.get(d.origin.commit or "", 1 << 62),
                d.origin.path or "",
                d.occurrences[0][:4] if d.occurrences[0].line is not None else (0,),
                d.origin.blob or "",
                d.match.rule.id,
            )
        )
        yield from drafts
