"""Which commits: all that refs, stashes and reflogs reach, or the part that was asked for."""

import os
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scanner.errors import SourceError
from scanner.models import Skipped
from scanner.repository import ObjectReader, Repository, printable
from scanner.sources.history.dates import spelled

# Where git notes a commit outside refs/: what is being merged, rebased, put aside, or was just fetched.
NOTED = (
    *("ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"),
    *("BISECT_HEAD", "BISECT_EXPECTED_REV", "MERGE_AUTOSTASH", "sequencer/head"),
    *(f"rebase-{how}/{what}" for how in ("merge", "apply") for what in ("autostash", "orig-head")),
    *("rebase-merge/onto", "rebase-merge/stopped-sha", "rebase-apply/onto"),
)


class Request(NamedTuple):
    """What part of the history was asked for; nothing set means all of it.

    Attributes:
        range: a revision range as ``git rev-list`` takes it, in one word.
        since: a date as git takes it; commits whose committer date is not older.
        branches: only commits that these branches reach.
        commits: ids of new tips, and ids that the other side already has.
    """

    range: str | None = None
    since: str | None = None
    branches: tuple[str, ...] = ()
    commits: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def is_everything(self) -> bool:
        """Whether all of the history is meant."""
        return not self.branches and self.range is None and self.since is None and not self.commits


def all_commits(repository: Repository) -> bytes:
    """Return the ids of all commits that refs, HEADs, stashes and reflogs reach, newest first.

    Each id is followed by a newline.

    Raises:
        SourceError: a commit among them is missing or damaged.
    """
    tips = pseudo_tips(repository)
    if not tips:
        return repository.run("rev-list", "--all", "--reflog")
    return repository.run("rev-list", "--all", "--reflog", "--stdin", stdin=_lines(tips))


def stored_commits(repository: Repository) -> bytes:
    """Return the ids of every stored commit, reachable or not, a newline after each."""
    wanted = "--batch-check=%(objecttype) %(objectname)"
    listed = repository.run("cat-file", "--batch-all-objects", wanted).splitlines()
    return b"".join(line[7:] + b"\n" for line in listed if line.startswith(b"commit "))


def shallow_commits(repository: Repository) -> set[bytes]:
    """Return the commits whose parents were not cloned."""
    try:
        with open(os.path.join(repository.common_dir, "shallow"), "rb") as file:
            return set(file.read().split())
    except FileNotFoundError:
        return set()


def shallow_boundary(repository: Repository, commits: bytes) -> Iterator[Skipped]:
    """Tell about selected commits whose parents are not here, if there are any."""
    cut = shallow_commits(repository)
    for oid in sorted(cut.intersection(commits.split())) if cut else ():
        detail = "shallow clone: the parents of this commit are not here"
        yield Skipped(None, oid.decode(), None, "missing", detail)


def pseudo_tips(repository: Repository, names: Iterable[str] = NOTED) -> list[str]:
    """Return the ids of commits that git notes in files of this and the linked work trees.

    ``names``: those files; with all of them go the refs that only another work tree has.
    """
    asked = []
    for folder in tree_folders(repository):
        paths = [os.path.join(folder, name) for name in names]
        if names is NOTED:
            paths += own_refs(repository, folder)
        asked += [oid for path in paths for oid in _ids_in(path)]
    if not asked:
        return []
    words = [f"{oid}^{{commit}}" for oid in dict.fromkeys(asked)]
    answer = repository.run(
        "cat-file", "--batch-check=%(objecttype) %(objectname)", stdin=_lines(words)
    )
    told = [line.split() for line in answer.splitlines()]
    commits = [word[1].decode() for word in told if len(word) == 2 and word[0] == b"commit"]
    return list(dict.fromkeys(commits))


def tree_folders(repository: Repository) -> list[str]:
    """Return git's folders of all work trees: the repository's own, then those of linked ones."""
    folder = os.path.join(repository.common_dir, "worktrees")
    trees = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return [repository.common_dir, *(os.path.join(folder, tree) for tree in trees)]


def own_refs(repository: Repository, folder: str) -> list[str]:
    """Return the files of the refs that git shows in one work tree alone, sorted."""
    names = ("worktree", "bisect", "rewritten") if folder == repository.common_dir else ("",)
    found = []
    for name in names:
        for place, _, files in os.walk(os.path.join(folder, "refs", name)):
            found += [os.path.join(place, file) for file in files]
    return sorted(found)


def _ids_in(path: str) -> list[str]:
    """Return the ids that the lines of a file begin with; none if there is no such file.

    ``FETCH_HEAD`` has a line for each branch that was fetched, ``MERGE_HEAD`` one for each parent.
    """
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            first = [line.split(None, 1)[0] for line in file if line.strip()]
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return []
    return [word for word in first if len(word) in (40, 64) and not word.strip("0123456789abcdef")]


def select_commits(repository: Repository, request: Request) -> bytes:
    """Return the ids of the commits that a request means, newest first, a newline after each.

    Raises:
        SourceError: a range, branch, date or commit that git cannot resolve.
    """
    chosen: list[bytes] = []
    if request.commits is not None:
        chosen.append(_between(repository, *request.commits))
    if request.range is not None:
        chosen.append(_range(repository, request.range))
    if request.branches:
        tips = [_branch(repository, name) for name in request.branches]
        chosen.append(repository.run("rev-list", "--stdin", stdin=_lines(tips)))
    if not chosen:
        chosen.append(all_commits(repository))
    lines = chosen[0].splitlines()
    for other in chosen[1:]:
        both = set(other.splitlines())
        lines = [line for line in lines if line in both]
    if request.since is not None and lines:
        lines = _not_older(repository, lines, _moment(repository, request.since))
    elif request.since is not None:
        _moment(repository, request.since)  # a date that means nothing is an error all the same
    return b"".join(line + b"\n" for line in lines)


def _range(repository: Repository, words: str) -> bytes:
    """Resolve a range; git must take it as a revision, whatever it begins with.

    git fills in HEAD for what is missing: an empty variable before ``..HEAD`` would name no commit at all.
    """
    if words.startswith(("..", "^")):
        raise SourceError(
            f"the range {printable(words)!r} cannot be resolved: it has no beginning (an empty variable?)"
        )
    try:
        return repository.run("rev-list", "--end-of-options", words, "--")
    except SourceError as error:
        shown = printable(words)
        raise SourceError(
            f"the range {shown!r} cannot be resolved in this repository: {error}"
        ) from error


def _branch(repository: Repository, name: str) -> str:
    """Return the commit a branch, remote branch or other ref names."""
    for full in (f"refs/heads/{name}", f"refs/remotes/{name}", name):
        answer = repository.run(
            *("rev-parse", "--verify", "--quiet", "--end-of-options", full + "^{commit}"), ok=(0, 1)
        )
        if answer:
            return answer.decode().strip()
    raise SourceError(f"there is no branch {printable(name)!r} in this repository")


def _between(repository: Repository, new: tuple[str, ...], excluded: tuple[str, ...]) -> bytes:
    """Return the commits that ``new`` reach and ``excluded`` do not.

    An excluded commit that is not here (the remote has moved on) excludes nothing: too much is
    scanned then, never too little.
    """
    if not new:
        return b""
    words = [*new, *(f"^{oid}" for oid in known_objects(repository, excluded))]
    return repository.run("rev-list", "--stdin", stdin=_lines(words))


def known_objects(repository: Repository, oids: Iterable[str]) -> list[str]:
    """Return those of the ids that are in the object store; no other is fetched."""
    with ObjectReader(repository) as reader:  # it survives a git that insists on fetching
        return [answer.oid for answer in reader.read_each(oids, 0) if answer.error is None]


def _moment(repository: Repository, since: str) -> int:
    """Return a date as seconds since 1970, as git reads it."""
    words = spelled(since)
    answer = repository.run("rev-parse", f"--since={words}")
    moment = int(answer.strip().removeprefix(b"--max-age="))
    # For words it does not know, git answers with the present moment.
    is_now = any(word in words for word in ("now", "second", "@", ":")) or words == "midnight"
    if abs(moment - time.time()) < 5 and not is_now:
        raise SourceError(f"the date {printable(since)!r} cannot be understood")
    return moment


def _not_older(repository: Repository, lines: list[bytes], moment: int) -> list[bytes]:
    """Keep the commits whose committer date is ``moment`` or later.

    Each is asked for its date; ``rev-list --since`` would stop at the first old one, and dates need
    not be in order.
    """
    if len(lines) == 0:
        return lines
    dated = repository.run(
        *("rev-list", "--no-walk=unsorted", "--timestamp", "--stdin"), stdin=b"\n".join(lines)
    )
    pairs = (line.split() for line in dated.splitlines())
    return [oid for seconds, oid in pairs if int(seconds) >= moment]


def _lines(words: Iterable[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode("utf-8", "surrogateescape")
