"""What the last scan of everything left, and what this one leaves for the next.

What it found is made again from its blobs; in the same places, where no ref has moved since. What does not
fit is dropped, and said.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from scanner.models import Coverage, Draft, Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.digest import reach_digest
from scanner.sources.history.placing import placed_again, records
from scanner.sources.history.selection import known_objects
from scanner.sources.history.state import State, Store, counts_of, load, raw_ids, save
from scanner.sources.history.told import RuleOf, blob_hashes, is_plain, recorded, remade


class Again(NamedTuple):
    """What was found then, found again.

    Attributes:
        fits: whether it can be: else nothing of it is sure.
        placed: the drafts in their places and what is missing, if nothing has changed since.
        skipped: blobs that cannot be read any more.
    """

    fits: bool
    placed: list[Draft | Skipped] | None = None
    skipped: tuple[Skipped, ...] = ()


class LastScan:
    """Knows what the last scan left in a store; without one, nothing, and it keeps nothing.

    Attributes:
        state: what it left, once ``believe`` was asked.   is_same: whether no ref has moved since.
        rule_of: returns a rule by its id.
    """

    def __init__(self, repository: Repository, store: Store | None) -> None:
        self.state: State | None = None
        self.is_same = False
        self.rule_of: RuleOf | None = None
        self._repository = repository
        self._store = store
        self._kept: State | None = None
        self._found: State | None = None
        self._reader = ObjectReader(repository)
        self._refs = ""
        self._records: dict[str, list[Any]] = {}
        self._done: tuple[list[Draft], list[Draft], tuple[Skipped, ...]] | None = None

    def begin(self) -> None:
        """Have git read what the last scan found something in, while everything else is made ready.

        Raises:
            SourceError: git could not be started.
        """
        if self._store is None:
            return
        self._kept = load(self._store)
        if self._kept is not None:
            self._reader.ask_ahead(self._kept.needed(is_same=True)[1])

    def look(self) -> State | None:
        """Return what the last scan left, None if that is nothing of use. Asks git for all refs."""
        if self._store is None:
            return None
        self._refs, earlier = reach_digest(self._repository), self._kept or load(self._store)
        if earlier and known_objects(
            self._repository, [one.blob for one in earlier.missing if one.blob]
        ):
            earlier = None  # it was fetched since
        self.is_same = earlier is not None and earlier.refs == self._refs
        if not self.is_same:
            self._reader.close()  # not those alone
        self._found = earlier
        return earlier

    def believe(self, coverage: Coverage) -> list[str]:
        """Build on what ``look`` returned; return the blobs to search anew, and add its counts to the coverage."""
        assert self._found is not None
        self.state = self._found
        self.state.count_into(coverage)
        searched, self._records = self.state.needed(is_same=self.is_same)
        return searched

    def again(self, found: list[Draft]) -> Again:
        """Add to what was found now what was found then, and place it if nothing has changed."""
        assert self.state is not None
        state = self.state
        with self._reader as reader:
            made = remade(reader, self._records, self.rule_of, state.sealed)
            if made is None:
                return Again(fits=False)
            found += made.drafts
            sealed = state.sealed.difference(made.hashes)
            state.open(found, {**made.hashes, **blob_hashes(self._repository, sealed)})
            if not self.is_same:
                return Again(fits=True, skipped=tuple(made.skipped))
            placed = placed_again(reader, found, state.placed)
        return Again(placed is not None, None if placed is None else [*state.missing, *placed])

    def forget(self) -> Skipped:
        """Drop what is kept, and say so."""
        if self._store is not None:
            self._store.save([])
        detail = "what an earlier scan left does not fit and was dropped: scan again"
        return Skipped(None, None, None, "error", detail)

    def note(self, found: list[Draft], placed: list[Draft], missing: tuple[Skipped, ...]) -> None:
        """Keep in mind what the next scan can use."""
        if self._store is not None:
            self._done = found, placed, missing

    def keep(self, read: bytes, coverage: Coverage) -> None:
        """Write what was noted: when all that was found has its fingerprint. ``read``: the ids read now, one a line."""
        if self._done is None or self._store is None:
            return
        found, placed, missing = self._done
        self._done = None
        again, partly = recorded(self._repository, found, self.rule_of)
        found.sort(key=is_plain, reverse=True)
        made = records(self._repository, found, placed)
        if made is None:
            return
        state = State(
            self._refs,
            raw_ids(read) + (self.state.ids if self.state else b""),
            tuple(sorted(partly)),
            again,
            tuple(made),
            counts_of(coverage),
            dict(coverage.left_out),
            missing,
            tuple(sorted(oid for oid in telling(found) if oid)),
        )
        save(self._store, state)


def telling(found: Iterable[Draft]) -> frozenset[str | None]:
    """Return the commits whose messages hold what was found."""
    return frozenset(d.origin.commit for d in found if d.origin.source == "commit-message")
