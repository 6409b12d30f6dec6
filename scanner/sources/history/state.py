"""What an earlier scan of the whole history leaves behind, so that the next one reads only what is new.

Kept are ids of objects, commits, places and marks: where something was found, never what. The secrets
themselves are read anew from their blobs each time. While refs, reflogs and the rest that decides what
is reachable lie as they lay, the places of the findings still hold; any doubt means a scan of everything.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from scanner.models import Coverage, Draft, Skipped
from scanner.sources.history.placing import name_of
from scanner.sources.history.told import key_of, unseal

_COUNTERS = ("blobs", "commits", "messages", "bytes")


class Store(Protocol):
    """Keeps the state of one repository, rule set and version of this program."""

    def load(self) -> list[bytes] | None:
        """Return the sections as they were saved; None if there are none to be trusted."""
        ...

    def save(self, sections: list[bytes]) -> None:
        """Replace what is kept, at once or not at all; nothing at all for no sections."""
        ...


class State(NamedTuple):
    """What a complete scan knew.

    Attributes:
        refs: digest of all that decides what is reachable, taken before the scan.
        ids: raw ids of all objects that were read, one after the other.
        told: ids in hexadecimal of the objects in which something was found that no record tells.
        found: records of what was found, by the id of the blob; see ``told.recorded``.
        placed: the drafts in their places, without their secrets; see ``records``.
        counts: blobs, commits, messages and bytes that were read.
        left_out: what was left out, by reason.
        missing: what the repository lacked, to be told again.
        telling: the commits whose messages hold what was found.
    """

    refs: str
    ids: bytes
    told: tuple[str, ...]
    found: dict[str, list[Any]]
    placed: tuple[Any, ...]
    counts: tuple[int, ...]
    left_out: dict[str, int]
    missing: tuple[Skipped, ...]
    telling: tuple[str, ...]

    def needed(self, *, is_same: bool) -> tuple[list[str], dict[str, list[Any]]]:
        """Return the ids of objects to search anew, and the records of all others that are needed.

        ``is_same``: nothing is new, so that of the versions of a secret one is enough.
        """
        if not is_same:
            partly = set(self.told)
            return list(self.told), {i: one for i, one in self.found.items() if i not in partly}
        keys: dict[str, set[str]] = {}
        for record in self.placed:
            for key in record[0]:
                keys.setdefault(str(key[0]), set()).add(json.dumps(key))
        records: dict[str, list[Any]] = {}
        for oid, wanted in keys.items():
            known = {json.dumps(key_of(oid, one)): one for one in self.found.get(oid, ())}
            if wanted <= known.keys():
                records[oid] = [known[key] for key in wanted]
        return sorted(keys.keys() - records.keys()), records

    @property
    def sealed(self) -> set[str]:
        """Ids of the blobs that open the sealed fingerprints."""
        return {str(record[0][0][0]) for record in self.placed if record[7]}

    def open(self, found: Iterable[Draft], hashes: dict[str, bytes]) -> None:
        """Keep the fingerprints of placed drafts for this run, of those found ones whose blobs were read."""
        by_name = {name_of(draft): draft for draft in found}
        for record in self.placed:
            key, path, sealed = record[0][0], record[3][1], record[7]
            draft = by_name.get(json.dumps(key))
            if sealed and draft is not None and key[0] in hashes:
                unseal(hashes[key[0]], draft.secret, path or "", sealed)

    def count_into(self, coverage: Coverage) -> None:
        """Add what was read then to the counters of now."""
        for name, count in zip(_COUNTERS, self.counts, strict=True):
            setattr(coverage, name, getattr(coverage, name) + count)


def load(store: Store) -> State | None:
    """Return what the last scan left, None if nothing or nothing of use."""
    sections = store.load()
    if sections is None or len(sections) != 2:
        return None
    try:
        head = json.loads(sections[0])
        return State(
            str(head["refs"]),
            sections[1],
            tuple(map(str, head["told"])),
            dict(head["found"]),
            tuple(head["placed"]),
            tuple(map(int, head["counts"])),
            {str(reason): int(count) for reason, count in head["left_out"].items()},
            tuple(Skipped(*skipped) for skipped in head["missing"]),
            tuple(map(str, head["telling"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None  # written by another version: as if there were none


def save(store: Store, state: State) -> None:
    """Keep a state for the next scan."""
    head = {**state._asdict(), "ids": None}
    store.save([json.dumps(head).encode(), state.ids])


def counts_of(coverage: Coverage) -> tuple[int, ...]:
    """Return the counters in the order in which a state keeps them."""
    return tuple(getattr(coverage, name) for name in _COUNTERS)


def raw_ids(lines: bytes) -> bytes:
    r"""Return ids one a line as raw bytes, one after the other.

    >>> raw_ids(b"00ff\n0102\n")
    b'\x00\xff\x01\x02'
    """
    return bytes.fromhex(lines.decode("ascii"))
