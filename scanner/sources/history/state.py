"""What an earlier scan of the whole history leaves behind, so that the next one reads only what is new.

Kept are ids of objects, commits, places and marks: where something was found, never what. The secrets
themselves are read anew from their blobs each time. While refs, reflogs and the rest that decides what
is reachable lie as they lay, the places of the findings still hold; any doubt means a scan of everything.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from scanner.models import Coverage, Draft, Occurrence, Origin, Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.grouping import all_lines
from scanner.sources.history.records import parse_commit
from scanner.sources.history.selection import NOTED, own_refs, tree_folders
from scanner.sources.history.told import key_of, sealed_in, unseal

_COUNTERS = ("blobs", "commits", "messages", "bytes")
_PLACES = ("HEAD", "packed-refs", "shallow", "info/grafts")
_MOST_STORES = 100


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
        by_name = {_names(draft): draft for draft in found}
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


def told_id(draft: Draft) -> str:
    """Return the id of the object a draft was found in, before attribution."""
    return draft.origin.blob or draft.origin.commit or ""


def _key(draft: Draft) -> list[Any]:
    """Return what tells a draft among all of one scan, without a word of its secret."""
    first = draft.occurrences[0]
    return [told_id(draft), draft.match.rule.id, list(draft.layers), list(first[:4])]


def _content(draft: Draft) -> tuple[Any, ...]:
    """Return all of a draft that attribution leaves as it is."""
    match = draft.match
    return (
        draft.secret,
        match.rule.id,
        match.rule.system,
        match.score,
        match.evidence,
        draft.partners,
    )


def _names(draft: Draft) -> str:
    return json.dumps(_key(draft))


def records(
    repository: Repository, found: Iterable[Draft], placed: Sequence[Draft]
) -> list[Any] | None:
    """Return the places of drafts without their secrets; None if one cannot be led back to what was found.

    Each: keys of the found drafts, spans, layers, origin, occurrences, marks, exposure, sealed fingerprint.
    """
    sources: dict[tuple[Any, ...], Draft] = {}
    versions: dict[bytes, list[Draft]] = {}
    for draft in found:
        sources.setdefault(_content(draft), draft)
        versions.setdefault(draft.secret, []).append(draft)
    chosen = [sources.get(_content(draft)) for draft in placed]
    named = [
        (told_id(source) if source else "", draft.secret, draft.origin.path or "")
        for draft, source in zip(placed, chosen, strict=True)
    ]
    sealed = sealed_in(repository, named)
    made = []
    for draft, source, name in zip(placed, chosen, named, strict=True):
        if source is None:
            return None
        match = draft.match
        made.append(
            [
                [_key(one) for one in _with_lines(draft, source, versions[draft.secret])],
                [match.start, match.end, match.partners],
                draft.layers,
                draft.origin,
                draft.occurrences,
                draft.marks,
                draft.exposure,
                sealed.get(name),
            ]
        )
    return made


def _with_lines(placed: Draft, source: Draft, versions: Iterable[Draft]) -> list[Draft]:
    """Return the found drafts that give all lines of a placed one, which allow-lists look at; ``source`` first."""
    chosen, lacking = [source], set(placed.lines).difference(source.lines)
    for draft in versions:
        if not lacking:
            break
        if not lacking.isdisjoint(draft.lines) and set(placed.lines).issuperset(draft.lines):
            chosen.append(draft)
            lacking.difference_update(draft.lines)
    return chosen


def placed_again(
    repository: Repository, found: Iterable[Draft], placed: Iterable[Any]
) -> list[Draft] | None:
    """Return found drafts in the places of an earlier scan; None if they do not fit each other."""
    by_name = {_names(draft): draft for draft in found}
    drafts: list[Draft] = []
    try:
        for keys, span, layers, origin, occurrences, marks, exposure, _ in placed:
            versions = [by_name[json.dumps(key)] for key in keys]
            draft = versions[0]
            start, end, partners = span
            match = draft.match._replace(
                start=start, end=end, partners=tuple((low, high) for low, high in partners)
            )
            drafts.append(
                draft.replaced(
                    match=match,
                    layers=tuple(layers),
                    origin=Origin(*origin),
                    occurrences=tuple(Occurrence(*place) for place in occurrences),
                    marks=tuple(marks),
                    exposure=exposure,
                    lines=all_lines(versions),
                )
            )
    except (KeyError, IndexError, ValueError, TypeError):
        return None
    return drafts if _tell_commits(repository, drafts) else None


def _tell_commits(repository: Repository, drafts: list[Draft]) -> bool:
    """Add who and when to the drafts; False if a commit cannot be read."""
    wanted = sorted({draft.origin.commit for draft in drafts if draft.origin.commit is not None})
    infos = {}
    with ObjectReader(repository) as reader:
        for answer in reader.read_each(wanted):
            if answer.type != "commit" or answer.data is None:
                return False
            infos[answer.oid] = parse_commit(answer.data).info
    for draft in drafts:
        draft.info = infos[draft.origin.commit] if draft.origin.commit is not None else None
    return True
