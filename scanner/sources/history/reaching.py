"""What reaches what: remotes, notes, tags, and refs that name no commit. Asked only when needed."""

from collections.abc import Iterable, Iterator

from scanner.models import Skipped
from scanner.repository import ObjectReader, Repository
from scanner.sources.history.records import target_of
from scanner.sources.history.selection import pseudo_tips


def pushed_commits(repository: Repository, commits: Iterable[bytes]) -> set[bytes]:
    """Return those of the commits that a remote-tracking ref or its reflog reaches.

    What was fetched without a ref (FETCH_HEAD) is on a remote too.
    """
    asked = set(commits)
    tips = set(repository.run("for-each-ref", "--format=%(objectname)", "refs/remotes").split())
    if tips:
        tips |= set(repository.run("rev-list", "-g", "--remotes", "--ignore-missing").split())
    tips |= {oid.encode() for oid in pseudo_tips(repository, ("FETCH_HEAD",))}
    if not tips or not asked:
        return set()
    lines = b"".join(oid + b"\n" for oid in asked) + b"".join(b"^" + oid + b"\n" for oid in tips)
    local = repository.run("rev-list", "--ignore-missing", "--stdin", stdin=lines)
    return asked.difference(local.split())


def note_commits(repository: Repository) -> set[bytes]:
    """Return the commits in which notes were written, those in reflogs of notes included."""
    found = set(repository.run("rev-list", "--glob=refs/notes/*").split())
    if found:
        logged = repository.run("rev-list", "-g", "--glob=refs/notes/*", "--ignore-missing")
        found |= set(logged.split())
    return found


def annotated_object(path: bytes, width: int) -> bytes | None:
    """Return the id of the object that a path in a notes tree annotates, None for another file.

    >>> annotated_object(b"ab/" + b"0" * 38, 40) == b"ab" + b"0" * 38
    True
    """
    oid = path.replace(b"/", b"")
    return oid if len(oid) == width and not oid.strip(b"0123456789abcdef") else None


def reachable_tags(repository: Repository, reader: ObjectReader) -> set[str]:
    """Return the ids of all tag objects that a ref names, and of those that these tag."""
    return set(tag_chain((tip.decode() for tip in ref_tips(repository)), reader))


def tagged_commit(oid: str, reader: ObjectReader) -> str | None:
    """Return the commit that a tag is on, through tags of tags; None if it is on something else."""
    kind = "tag"
    while kind == "tag":
        for answer in reader.read_each((oid,)):
            oid, kind = target_of(answer.data or b"")
    return oid if kind == "commit" else None


def ref_tips(repository: Repository) -> list[bytes]:
    """Return the ids of tags, trees and blobs that refs name."""
    listed = repository.run("for-each-ref", "--format=%(objecttype) %(objectname)").splitlines()
    return sorted({line.split()[1] for line in listed if not line.startswith(b"commit ")})


def outside_commits(
    repository: Repository, tips: Iterable[bytes]
) -> Iterator[tuple[bytes, bytes | None] | Skipped]:
    """Yield ``(blob, path)`` of all blobs that tips name without a commit, through tags too.

    A tip may be a tree (then the path is inside it) or a blob (then there is none).
    """
    asked = b"".join(oid + b"^{}\n" for oid in tips)
    if not asked:
        return
    peeled = repository.run("cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=asked)
    for line in sorted(set(peeled.splitlines())):
        oid, _, kind = line.partition(b" ")
        if kind == b"blob":
            yield oid, None
        elif kind == b"tree":
            for entry in repository.run("ls-tree", "-r", "-z", oid).split(b"\0"):
                facts, _, path = entry.partition(b"\t")
                if b" blob " in facts:
                    yield facts.split()[2], path
        elif kind != b"commit":
            detail = f"what {oid[:64].decode('ascii', 'replace')} names is not here"
            yield Skipped(None, None, None, "missing", detail)


def tag_chain(oids: Iterable[str], reader: ObjectReader) -> list[str]:
    """Return those of the objects that are tags, and the tags that these tag."""
    found: dict[str, None] = {}
    frontier = list(oids)
    while frontier:
        inner = []
        for answer in reader.read_each(frontier):
            if answer.type == "tag" and answer.oid not in found:
                found[answer.oid] = None
                inner.append(target_of(answer.data or b"")[0])
        frontier = inner
    return list(found)
