"""The history source: every blob and message that git keeps, read from objects, not patches.

Patches hide what attributes call binary, what a merge brought, what stashes and reflogs hold. So
the object store is read from end to end, a version after the one it is stored as a difference from, and
only for what was found it is asked, in one pass, which commit brought it to which path. Objects that nothing
reaches are read too (telling them apart costs more) and dropped then.

Words: an *introduction* is a commit that has a secret at a path where none of its parents has it; a
*silent* version holds a secret that was not found in it.
"""

from array import array
from collections.abc import Iterable, Iterator

from scanner.errors import SourceError
from scanner.models import CONTENT_REASONS, Blob, Coverage, Draft, Skipped
from scanner.repository import Repository
from scanner.sources.history.attribution import Attribution, Scope
from scanner.sources.history.completeness import (
    shallow_notice,
    tell_missing,
    unwalkable,
    walk_objects,
)
from scanner.sources.history.last import LastScan, telling
from scanner.sources.history.listing import Listing, id_width, list_objects, measure_objects
from scanner.sources.history.part import HistoryPart
from scanner.sources.history.ranged import ranged_objects
from scanner.sources.history.selection import (
    Request,
    select_commits,
    shallow_boundary,
    stored_commits,
)
from scanner.sources.history.state import Store
from scanner.sources.history.told import RuleOf

__all__ = ["HistoryPart", "HistorySource"]

_FEW_COMMITS = 20


class HistorySource:
    """All that a repository's refs, stashes and reflogs reach, or a range of its commits.

    Attributes:
        root: top of the work tree; for a bare repository its folder.
        coverage: counted while ``blobs`` runs (by the parts, if the source was split).
        candidates: drafts that ``attribute`` has taken so far.   is_read: whether it has all.
    """

    def __init__(
        self,
        repository: Repository,
        *,
        range: str | None = None,  # noqa: A002 (the option's name)
        since: str | None = None,
        branches: tuple[str, ...] = (),
        commits: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
        unreachable: bool = False,
        cloned: bool = False,
        max_blob_bytes: int | None = None,
        store: Store | None = None,
    ) -> None:
        """Prepare; git is asked nothing yet.

        Args:
            repository: where to read.
            range: a revision range for ``git rev-list``; only what its commits introduce.
            since: a date; only what commits of that date or later introduce.
            branches: only what these branches reach.
            commits: (new tips, tips that the other side has): only what lies between.
            unreachable: keep what no ref, stash or reflog reaches, as ``unreachable``.
            cloned: the repository was cloned for this scan, so that all of it is ``pushed``.
            max_blob_bytes: leave out larger blobs.
            store: keeps what a scan of everything leaves for the next one; None to keep nothing.
        """
        self.root: str | None = repository.top or repository.git_dir
        self.coverage = Coverage()
        self.candidates = 0
        self.is_read = False
        self._repository = repository
        self._request = Request(range, since, tuple(branches), commits)
        self._unreachable = unreachable
        self._public = cloned or repository.bare
        self._max_blob_bytes = max_blob_bytes
        self._width = id_width(repository)
        self._selected: bytes | None = None
        self._listed: tuple[Listing, bytes] | None = None
        self._skipped: list[Skipped] = []
        keeps = self._request.is_everything and not unreachable
        self._last = LastScan(repository, store if keeps else None)
        self._whole: Listing | None = None
        self._telling: frozenset[str | None] | None = None

    def name_rules(self, rule_of: RuleOf) -> None:
        """Take what returns a rule by its id: what the last scan left names its rules."""
        self._last.rule_of = rule_of

    def resolve(self) -> None:
        """Ask git now which commits are meant, so that a slip is an error before anything is read.

        For everything there is no slip; git begins to read what is known already.

        Raises:
            SourceError: a range, branch or date cannot be resolved.
        """
        if self._request.is_everything:
            self._last.begin()
        else:
            self._commits()

    def blobs(self) -> Iterator[Blob | Skipped]:
        """Yield every blob and every message, as listed; nothing for an empty range.

        Raises:
            SourceError: a range, branch or date cannot be resolved.
        """
        for part in self.split(1):
            part.coverage = self.coverage
            yield from part.blobs()

    def split(self, parts: int) -> "list[HistoryPart]":
        """Return at most ``parts`` sources, contiguous as listed, with about the same work.

        Raises:
            SourceError: a range, branch or date cannot be resolved.
        """
        fresh, before = self._list()
        # With nothing new it shows anyway: what an earlier scan left does not fit then.
        is_grown = self._last.state is not None and not self._last.is_same
        pieces = fresh.split(parts)
        lines = before.splitlines(keepends=True)
        shares = max(1, len(pieces), min(parts, len(lines)))
        return [
            HistoryPart(
                self.root,
                self._repository,
                pieces[number] if number < len(pieces) else b"",
                b"".join(lines[number::shares]),
                needs_before=is_grown,
            )
            for number in range(shares)
        ]

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        """Yield one draft for each secret and path, with its introductions as occurrences.

        Drops what no selected commit introduces. What the repository lacks is told as ``Skipped``,
        each once. ``drafts`` are taken to their end before the first is given out.
        """
        told: set[Skipped] = set()
        for item in self._attributed(self._counted(drafts)):
            if isinstance(item, Skipped):
                if item in told:
                    continue
                told.add(item)
            yield item

    def is_quiet(self, commit: str | None) -> bool:
        """Tell whether the message of a commit was read and nothing was found in it."""
        known = self._telling
        return known is not None and commit not in known and not self.coverage.unread

    @property
    def repeats(self) -> bool:
        """Whether many of its blobs are versions of each other: not in the few commits of a push."""
        return self._selected is None or len(self._selected) > _FEW_COMMITS * (self._width + 1)

    @property
    def total_bytes(self) -> int | None:
        """Bytes that there are to read, a little more than will be counted; None until listed."""
        return None if self._listed is None else self._listed[0].total_bytes

    def _counted(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            self.candidates += 1
            yield draft
        self.is_read = True

    def _attributed(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        if not self._request.is_everything:
            found = list(drafts)
            yield from self._skipped
            commits = self._commits()
            yield from shallow_boundary(self._repository, commits)
            if found:
                tips = (self._request.commits or ((), ()))[0]
                scope = Scope(commits, frozenset(), self._width, False, tips, None, self._public)
                yield from Attribution(self._repository, scope).drafts(found)
            return
        found = list(drafts)
        earlier = self._last.state
        self._telling = telling(found)
        if earlier is not None:
            again = self._last.again(found)
            self._telling = telling(found).union(earlier.telling)
            self._skipped += again.skipped
            if again.placed is not None:
                yield from self._skipped
                yield from again.placed
                return
            if not again.fits:
                yield from self._skipped
                yield self._last.forget()
                return
        yield from self._skipped
        yield from self._kept(found, self._attribute_everything(found))

    def _kept(
        self, found: list[Draft], items: Iterable[Draft | Skipped]
    ) -> Iterator[Draft | Skipped]:
        """Pass items on, and keep in mind what the next scan can use if all that is here was read."""
        placed: list[Draft] = []
        missing = list(self._skipped)
        for item in items:
            if isinstance(item, Skipped):
                missing.append(item)
            else:
                placed.append(item)
            yield item
        is_sure = not self.coverage.unread and all(one.reason == "missing" for one in missing)
        if is_sure:
            self._last.note(found, placed, tuple(dict.fromkeys(missing)))

    def finish(self) -> None:
        """Keep what the next scan can use: when all that was found has its fingerprint."""
        if self._listed is not None:
            self._last.keep(self._listed[0].ids, self.coverage)

    def _attribute_everything(self, found: list[Draft]) -> Iterator[Draft | Skipped]:
        yield from shallow_notice(self._repository)
        seen: set[bytes] = set()
        if found:
            yield from self._attribute_all(found, seen)
        if seen:
            missing = self._all_objects().lacks(seen)
            yield from tell_missing(self._repository, sorted(i for i in missing if i.strip(b"0")))
        else:
            yield from walk_objects(self._repository)

    def _attribute_all(self, found: list[Draft], seen: set[bytes]) -> Iterator[Draft | Skipped]:
        keep = "unreachable" if self._unreachable else None
        lost: frozenset[bytes] = frozenset()
        try:
            commits = self._commits()
        except SourceError as error:
            # Damage hides which commits count: then all do, and nothing found is dropped.
            yield unwalkable(str(error))
            commits, keep = stored_commits(self._repository), "local"
        if keep == "unreachable":
            lost = frozenset(stored_commits(self._repository).split()).difference(commits.split())
            commits += b"".join(oid + b"\n" for oid in sorted(lost))
        scope = Scope(commits, lost, self._width, True, None, keep, self._public)
        yield from Attribution(self._repository, scope, seen).drafts(found)

    def _commits(self) -> bytes:
        """Return the selected commits; asked once."""
        if self._selected is None:
            self._selected = select_commits(self._repository, self._request)
        return self._selected

    def _list(self) -> tuple[Listing, bytes]:
        """Return what to read and, for a range, the versions before; git is asked once.

        Those before are scanned along, uncounted: a secret that stood there already is not new, and
        whether it stood there in another encoding only a scan can know.
        """
        if self._listed is not None:
            return self._listed
        repository, limit = self._repository, self._max_blob_bytes
        if self._request.is_everything:
            self._listed = self._list_everything()
            return self._listed
        objects = ranged_objects(repository, self._commits(), self._request.commits)
        self._skipped += objects.skipped
        if objects.submodules:
            self.coverage.leave_out("submodule", objects.submodules)
        fresh = measure_objects(repository, objects.new, self.coverage, limit)
        before = measure_objects(repository, objects.before, Coverage(), limit)
        self._listed = fresh, before.ids
        return self._listed

    def _list_everything(self) -> tuple[Listing, bytes]:
        """Return what no earlier scan has read, and what an earlier scan found something in."""
        repository, width = self._repository, self._width
        earlier = self._last.look()
        if earlier is not None and self._last.is_same:
            self.coverage.left_out = dict(earlier.left_out)
            return Listing(b"", array("Q"), width), _lines(self._last.believe(self.coverage))
        self._count_submodules()
        listing = list_objects(repository, self.coverage, self._max_blob_bytes)
        self._whole = listing
        if earlier is None:
            return listing, b""
        fresh = listing.without(earlier.ids)
        if len(fresh) + len(earlier.ids) * 2 // width != len(listing):
            return listing, b""  # something is gone since: nothing of what was known is sure
        for reason in CONTENT_REASONS:
            if reason in earlier.left_out:
                self.coverage.leave_out(reason, earlier.left_out[reason])
        return fresh, _lines(self._last.believe(self.coverage))

    def _all_objects(self) -> Listing:
        """Return the listing of all objects, those that an earlier scan has read included."""
        if self._whole is None:
            self._whole = list_objects(self._repository, Coverage(), self._max_blob_bytes)
        return self._whole

    def _count_submodules(self) -> None:
        """Count the submodule commits of HEAD: their content is in repositories of their own."""
        if self._repository.head is None:
            return
        try:
            tree = self._repository.run("ls-tree", "-r", "-z", self._repository.head)
        except SourceError as error:
            detail = f"the files of HEAD cannot be listed: {error}"
            self._skipped.append(Skipped(None, self._repository.head, None, "missing", detail))
            return
        count = tree.count(b"\x00160000 commit ") + tree.startswith(b"160000 commit ")
        if count:
            self.coverage.leave_out("submodule", count)


def _lines(oids: Iterable[str]) -> bytes:
    return b"".join(oid.encode() + b"\n" for oid in oids)
