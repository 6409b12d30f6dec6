"""What a push brings: from git's words to a hook, to the tips that are new and those that are known.

Before a push (``pre-push``) git names each ref that it is about to update; what the remote has
already is told by the ids git gives and by the remote-tracking refs. At the server (``pre-receive``)
it is told by every ref that is there. An id that is not in the repository excludes nothing: too
much is scanned then, never too little.
"""

from typing import NamedTuple

from scanner.errors import SourceError
from scanner.repository import Repository, display_path, printable
from scanner.sources.history import HistorySource

_TRACKING = "refs/remotes/"


class Update(NamedTuple):
    """One ref that a push changes.

    Attributes:
        ref: its full name at the receiving side.
        old: id that it has there, None if it is new.
        new: id that it gets, None if it is deleted.
    """

    ref: str
    old: str | None
    new: str | None


class Tips(NamedTuple):
    """Ids to start from: ``new`` ones, and those the other side ``known``-ly has."""

    new: tuple[str, ...]
    known: tuple[str, ...]


def parse_push(lines: bytes) -> list[Update]:
    r"""Return the updates that git tells a ``pre-push`` hook.

    A line is ``<local ref> <local id> <remote ref> <remote id>``; the local ref is what the user
    typed and may hold blanks.

    Raises:
        SourceError: a line is none of git's.

    >>> parse_push(b"HEAD~1 %s refs/heads/x %s\n" % (b"a" * 40, b"0" * 40))[0].old is None
    True
    """
    return [_update(line, line.rsplit(b" ", 3)[1:], (1, 2, 0)) for line in lines.splitlines()]


def parse_receive(lines: bytes) -> list[Update]:
    """Return the updates that git tells a ``pre-receive`` hook: ``<old id> <new id> <ref>``.

    Raises:
        SourceError: a line is none of git's.
    """
    return [_update(line, line.split(b" ", 2), (2, 0, 1)) for line in lines.splitlines()]


def _update(line: bytes, words: list[bytes], order: tuple[int, int, int]) -> Update:
    """Read one line; ``order``: which words are the ref, the old and the new id."""
    if len(words) == 3:
        ref, old, new = (words[index] for index in order)
        if _is_id(old) and _is_id(new) and len(old) == len(new):
            return Update(ref.decode("utf-8", "surrogateescape"), _present(old), _present(new))
    shown = printable(display_path(line))[:100]
    raise SourceError(f"standard input: this is no line that git gives its hook: {shown!r}")


def _is_id(word: bytes) -> bool:
    return len(word) in (40, 64) and not word.strip(b"0123456789abcdef")


def _present(word: bytes) -> str | None:
    return word.decode() if word.strip(b"0") else None


def push_tips(repository: Repository, updates: list[Update], remote: str | None) -> Tips:
    """Return what a push brings to ``remote`` (a name or an address; None: to any).

    Where git says that the remote does not have a ref, a tracking ref that says otherwise is stale.
    """
    tracked = tracking_refs(repository, remote)
    gone = {update.ref for update in updates if update.old is None}
    known = [oid for ref, oid in tracked if ref not in gone]
    known += [update.old for update in updates if update.old is not None]
    new = [update.new for update in updates if update.new is not None]
    return Tips(tuple(dict.fromkeys(new)), tuple(dict.fromkeys(known)))


def all_tips(repository: Repository, remote: str | None, extra: tuple[str, ...] = ()) -> Tips:
    """Return all local branches and tags (and ``extra`` ids), less what ``remote`` has."""
    listed = repository.run("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/tags")
    known = [oid for _, oid in tracking_refs(repository, remote)]
    new = [*listed.decode().split(), *extra]
    return Tips(tuple(dict.fromkeys(new)), tuple(dict.fromkeys(known)))


def receive_tips(repository: Repository, updates: list[Update]) -> Tips:
    """Return what a push brings to this repository: all of its refs are as they were before."""
    listed = repository.run("for-each-ref", "--format=%(objectname)").decode().split()
    new = [update.new for update in updates if update.new is not None]
    return Tips(tuple(dict.fromkeys(new)), tuple(dict.fromkeys(listed)))


def push_source(repository: Repository, tips: Tips, max_blob_bytes: int | None) -> HistorySource:
    """Return the source of what a push brings, its commits found already; larger blobs are left out.

    Raises:
        SourceError: git cannot tell which commits these are.
    """
    source = HistorySource(
        repository, commits=(tips.new, tips.known), max_blob_bytes=max_blob_bytes
    )
    source.resolve()
    return source


def tracking_refs(repository: Repository, remote: str | None) -> list[tuple[str, str]]:
    """Return ``(ref, id)`` of what ``remote`` had when git last spoke to it; refs by their name there.

    None as ``remote`` means every remote. One that is not configured has told nothing. Only
    ``refs/remotes`` counts: in a mirror a fetch writes over the local refs, and they tell nothing.
    """
    form = "--format=%(objectname) %(refname)"
    listed = [
        (ref, oid)
        for oid, _, ref in (
            line.partition(" ")
            for line in repository.run("for-each-ref", form, _TRACKING)
            .decode("utf-8", "surrogateescape")
            .splitlines()
        )
    ]
    if remote is None:
        return listed
    specs = _fetch_specs(repository)
    names = {remote} if remote in specs else _remotes_at(repository, remote)
    found = []
    for ref, oid in listed:
        # Of two remotes `a` and `a/b` the longer one owns refs/remotes/a/b/main.
        fits = [
            (len(local), name, there + ref[len(local) :])
            for name, pairs in specs.items()
            for there, local in pairs
            if ref.startswith(local)
        ]
        longest = max((length for length, _, _ in fits), default=0)
        owners = [(name, there) for length, name, there in fits if length == longest]
        if any(name in names for name, _ in owners):
            found.append((next(there for name, there in owners if name in names), oid))
    return found


def _fetch_specs(repository: Repository) -> dict[str, list[tuple[str, str]]]:
    """Return for each remote its pairs of prefixes: of refs there, and of tracking refs here."""
    specs: dict[str, list[tuple[str, str]]] = {}
    for key, value in _settings(repository, r"^remote\..*\.(url|fetch)$"):
        name, _, what = key.removeprefix("remote.").rpartition(".")
        pairs = specs.setdefault(name, [])
        there, _, local = value.removeprefix("+").partition(":")
        whole = there.endswith("*") and local.endswith("*")
        if what == "fetch" and local.startswith(_TRACKING) and whole:
            pairs.append((there[:-1], local[:-1]))
    return specs


def _remotes_at(repository: Repository, address: str) -> set[str]:
    """Return the names of the remotes with this address: ``git push ADDRESS`` names none."""
    found = _settings(repository, r"^remote\..*\.(url|pushurl)$")
    return {
        key.removeprefix("remote.").rpartition(".")[0] for key, value in found if value == address
    }


def _settings(repository: Repository, pattern: str) -> list[tuple[str, str]]:
    answer = repository.run("config", "--null", "--get-regexp", pattern, ok=(0, 1))
    entries = answer.decode("utf-8", "surrogateescape").split("\0")
    pairs = (entry.partition("\n") for entry in entries if entry)
    return [(key, value) for key, _, value in pairs]
