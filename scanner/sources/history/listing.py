"""Which objects to read: one listing of the object store, kept as one text of ids.

Git stores most versions of a file as differences from another. An object is read after the one it was
made from: git has that at hand then, and what a version repeats was searched a moment ago.

A repository can hold millions of objects, so there is no Python object for each: ids stay in the
form in which git wants them back (hexadecimal, one a line), and a range of them is a slice.
"""

from array import array
from bisect import bisect_left
from itertools import accumulate, pairwise

from scanner.errors import SourceError
from scanner.models import Coverage
from scanner.repository import Process, Repository
from scanner.sources.history.feeding import Feeder

_OVERHEAD = 4000  # what an object costs beyond its bytes, in bytes of a large blob
_MOST_ORDERED = 3_000_000  # objects; ordering takes some 200 bytes of memory for each
_LEAST_WORK = 8 << 20  # bytes: less is not worth a process


class Listing:
    """Ids of blobs, commits and tags in the order of reading.

    Attributes:
        ids: full ids in hexadecimal, each followed by a newline.
        sizes: bytes of each, in the same order; 0 if git could not tell.
        width: characters of an id (40 or 64).
        left_out: ids of blobs above the size limit, in the form of ``ids``.
        total_bytes: sum of the sizes, 0 if they were not asked for.
    """

    __slots__ = ("ids", "left_out", "sizes", "total_bytes", "width")

    def __init__(self, ids: bytes, sizes: "array[int]", width: int, left_out: bytes = b"") -> None:
        self.left_out = left_out
        self.ids = ids
        self.sizes = sizes
        self.total_bytes = sum(sizes)
        self.width = width

    def __len__(self) -> int:
        return len(self.sizes)

    def lacks(self, oids: set[bytes]) -> set[bytes]:
        """Return those of the ids that are not in the object store."""
        return oids.difference(self.ids.split(), self.left_out.split())

    def without(self, known: bytes) -> "Listing":
        """Return the listing without the objects whose raw ids are in ``known``, one after the other."""
        size = self.width // 2
        before = {known[at : at + size] for at in range(0, len(known), size)}
        ids = self.ids.split()
        kept = [place for place, oid in enumerate(ids) if bytes.fromhex(oid.decode()) not in before]
        sizes = array("Q", [self.sizes[place] for place in kept])
        return Listing(
            b"".join(ids[place] + b"\n" for place in kept), sizes, self.width, self.left_out
        )

    def split(self, parts: int) -> list[bytes]:
        """Return at most ``parts`` contiguous slices of ``ids`` with about the same work."""
        sums = list(accumulate(size + _OVERHEAD for size in self.sizes))
        if not sums:
            return []
        parts = min(parts, 1 + sums[-1] // _LEAST_WORK)
        line = self.width + 1
        cuts = {bisect_left(sums, sums[-1] * part // parts) for part in range(1, parts)}
        edges = [0, *sorted(cuts - {0}), len(sums)]
        slices = (self.ids[a * line : b * line] for a, b in pairwise(edges))
        return [ids for ids in slices if ids]


def id_width(repository: Repository) -> int:
    """Return how many hexadecimal digits an object id has here."""
    return 64 if repository.object_format == "sha256" else 40


def list_objects(
    repository: Repository, coverage: Coverage, max_blob_bytes: int | None = None
) -> Listing:
    """List every blob, commit and tag of the object store, alternates included, by families.

    Families come in the order in which their first member lies in the pack. Blobs above
    ``max_blob_bytes`` are left out and counted in ``coverage``.

    Raises:
        SourceError: git could not list them.
    """
    command = ("cat-file", "--batch-all-objects", "--unordered")
    wanted = "--batch-check=%(objectname) %(objecttype) %(objectsize) %(deltabase)"
    with repository.start(*command, wanted) as process:
        bases: list[bytes] = []
        listing = _parse(process, id_width(repository), coverage, max_blob_bytes, bases)
        process.finish()
    return _by_families(listing, bases)


def _by_families(listing: Listing, bases: list[bytes]) -> Listing:
    """Return a listing with each object behind the one that git stores it as a difference from."""
    count, line = len(listing), listing.width + 1
    if count > _MOST_ORDERED:
        return listing
    ids = listing.ids.split()
    place_of = dict(zip(ids, range(count), strict=True))
    children: dict[int, list[int]] = {}
    roots: list[int] = []
    for place, base in enumerate(bases):
        parent = place_of.get(base)
        if parent is None:
            roots.append(place)
        else:
            children.setdefault(parent, []).append(place)
    order: list[int] = []
    for root in roots:
        waiting = [root]
        while waiting:
            place = waiting.pop()
            order.append(place)
            waiting += reversed(children.get(place, ()))
    sizes = array("Q", [listing.sizes[place] for place in order])
    joined = b"".join([listing.ids[place * line : (place + 1) * line] for place in order])
    return Listing(joined, sizes, listing.width, listing.left_out)


def measure_objects(
    repository: Repository, ids: list[bytes], coverage: Coverage, max_blob_bytes: int | None
) -> Listing:
    """List the named objects, in the given order; trees and submodule commits must not be named."""
    width = id_width(repository)
    if max_blob_bytes is None and len(ids) < 1000:  # one git call less: sizes balance, no more
        return Listing(b"".join(i + b"\n" for i in ids), array("Q", [0] * len(ids)), width)
    with repository.start("cat-file", "--batch-check", "--buffer") as process:
        feeder = Feeder(process, b"".join(i + b"\n" for i in ids))
        feeder.start()
        listing = _parse(process, width, coverage, max_blob_bytes)
        process.wait()
        feeder.stop()
    return listing


def _parse(
    process: Process,
    width: int,
    coverage: Coverage,
    max_blob_bytes: int | None,
    bases: list[bytes] | None = None,
) -> Listing:
    """Read lines ``<id> <type> <size>`` (or ``<id> missing``), with ``bases`` also ``<base>``."""
    ids = bytearray()
    left_out: list[bytes] = []
    sizes = array("Q")
    start, end = width + 1, width + 4
    tail = b""
    while chunk := process.stdout.read(1 << 18):
        lines = (tail + chunk).split(b"\n")
        tail = lines.pop()
        kept: list[bytes] = []
        for line in lines:
            kind = line[start:end]
            if kind == b"tre":
                continue
            words = line.split()
            size = 0 if kind == b"mis" else int(words[2])
            if kind == b"blo" and max_blob_bytes is not None and size > max_blob_bytes:
                coverage.leave_out("max-blob-size")
                left_out.append(line[:width] + b"\n")
                continue
            kept.append(words[0])
            if bases is not None:
                bases.append(words[-1])
            sizes.append(size)
        if kept:
            ids += b"\n".join(kept)
            ids += b"\n"
    if tail:
        raise SourceError("git's listing of the objects broke off")
    return Listing(bytes(ids), sizes, width, b"".join(left_out))
