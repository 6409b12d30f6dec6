"""The objects that some commits bring, and what stood in their place before."""

from typing import NamedTuple

from scanner.models import Coverage, Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.changes import read_changes
from scanner.sources.history.listing import id_width, list_objects
from scanner.sources.history.reaching import outside_commits, tag_chain

_MANY = 5000  # objects: from here on, pack order pays for the listing it takes


class RangedObjects(NamedTuple):
    """What commits bring.

    Attributes:
        new: ids of the commits themselves, tags on the way to them, and blobs.
        before: blobs of their parents at the same paths.
        submodules: how many submodule commits they bring.
        skipped: what could not be read.
    """

    new: list[bytes]
    before: list[bytes]
    submodules: int
    skipped: list[Skipped]


def ranged_objects(
    repository: Repository,
    commits: bytes,
    tips: tuple[tuple[str, ...], tuple[str, ...]] | None,
) -> RangedObjects:
    """Return what the commits bring, compared with each parent; of a merge, what is new in it.

    Args:
        repository: where to read.
        commits: ids in hexadecimal, a newline after each.
        tips: (new, excluded) tips of a push: tags, trees and blobs among the new ones count too.
    """
    changes, skipped = read_changes(repository, commits, id_width(repository), None)
    new: dict[bytes, None] = dict.fromkeys(commits.split())
    before: dict[bytes, None] = {}
    submodules = set()
    for change in changes:
        if change.modes[-1] == b"160000":
            submodules.add(change.new)
        elif change.new.strip(b"0"):
            new[change.new] = None
        for mode, old in zip(change.modes, change.olds, strict=False):
            if mode != b"160000" and old.strip(b"0"):
                before[old] = None
    if tips is not None:
        with ObjectReader(repository) as reader:
            new.update((oid.encode(), None) for oid in tag_chain(tips[0], reader))
        for item in outside_commits(repository, [tip.encode() for tip in tips[0]]):
            if isinstance(item, Skipped):
                skipped.append(item)
            else:
                new[item[0]] = None
    replaced = [oid for oid in before if oid not in new]
    if len(new) + len(replaced) < _MANY:
        return RangedObjects(list(new), replaced, len(submodules), skipped)
    listed = list_objects(repository, Coverage()).ids.split()
    both = new.keys() | before.keys()
    present = [oid for oid in listed if oid in both]
    absent = sorted(new.keys() - set(present))  # reading them says why
    return RangedObjects(
        [oid for oid in present if oid in new] + absent,
        [oid for oid in present if oid not in new],
        len(submodules),
        skipped,
    )
