"""A scan after a scan gives what a scan of everything gives, reads little, and keeps no secret."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from scanner.repository import Repository
from scanner.sources.history import HistorySource, state
from tests.sources.history.conftest import _drafts
from tests.sources.history.test_ranges import commit_file


class Shelf:
    """Keeps sections in memory.

    Attributes:
        sections: what was saved last.
    """

    def __init__(self) -> None:
        self.sections: list[bytes] | None = None

    def load(self) -> list[bytes] | None:
        """Return what was saved."""
        return self.sections

    def save(self, sections: list[bytes]) -> None:
        """Keep it."""
        self.sections = sections or None


@pytest.fixture
def shelf() -> Shelf:
    """Return an empty store."""
    return Shelf()


def shown(found) -> list[object]:
    """Return all that a scan says, in its order."""
    drafts = [
        (
            d.secret,
            d.match.rule.id,
            d.match.start,
            d.origin,
            d.occurrences,
            d.info,
            d.exposure,
            d.marks,
        )
        for d in found.drafts
    ]
    counts = [getattr(found.coverage, name) for name in ("blobs", "commits", "messages", "bytes")]
    return [drafts, sorted(found.skipped), counts]


def read_again(path: Path, store: Shelf) -> int:
    """Return how many objects the next scan would read."""
    source = HistorySource(Repository.discover(str(path)), store=store)
    return sum(1 for part in source.split(1) for _ in part.blobs())


def test_nothing_new(git_repo, scan, shelf):
    repo = git_repo()
    for number in range(20):
        commit_file(repo, f"f{number}", f"text {number}\n" + "planted-one\n" * (number == 7))
    commit_file(repo, "x", "clean", "say planted-two")
    first = scan(repo.path, store=shelf)
    assert first.secrets() == {"one", "two"}
    assert shown(scan(repo.path, store=shelf)) == shown(first)
    assert read_again(repo.path, shelf) == 2


def test_only_new_objects_are_read(git_repo, scan, shelf):
    repo = git_repo()
    for number in range(20):
        commit_file(repo, f"f{number}", f"text {number}\n")
    commit_file(repo, "old", "planted-old\n")
    scan(repo.path, store=shelf)
    new = commit_file(repo, "new", "planted-new\n")
    assert read_again(repo.path, shelf) == 3  # the new blob and commit, the blob that was told
    found = scan(repo.path, store=shelf)
    assert found.places("new") == {"new": [new]}
    assert shown(found) == shown(scan(repo.path))


def test_a_copy_of_an_old_secret_in_a_new_commit(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "old", "planted-old\n")
    scan(repo.path, store=shelf)
    commit_file(repo, "copy", "planted-old\n")
    found = scan(repo.path, store=shelf)
    assert set(found.places("old")) == {"old", "copy"}
    assert shown(found) == shown(scan(repo.path))


def test_a_push_changes_the_exposure(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    assert scan(repo.path, store=shelf).one("a").exposure == "local"
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert scan(repo.path, store=shelf).one("a").exposure == "pushed"


def test_without_a_work_tree_all_counts_as_pushed(git_repo, scan, shelf):
    """The same refs, and yet another exposure."""
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    assert scan(repo.path, store=shelf).one("a").exposure == "local"
    repo.git("config", "core.bare", "true")
    assert scan(repo.path, store=shelf).one("a").exposure == "pushed"


def test_the_same_secret_in_many_messages(git_repo, scan, shelf):
    """It is one finding, yet none of its messages is taken for one without a secret."""
    repo = git_repo()
    told = [commit_file(repo, f"f{number}", f"{number}\n", "say planted-a") for number in range(3)]
    quiet = commit_file(repo, "x", "planted-x\n")
    for _ in range(2):
        source = HistorySource(Repository.discover(str(repo.path)), store=shelf)
        drafts = [d for part in source.split(1) for blob in part.blobs() for d in _drafts(blob)]
        list(source.attribute(drafts))
        source.finish()
        assert [source.is_quiet(oid) for oid in (*told, quiet)] == [False, False, False, True]


def test_what_nothing_reaches_any_more_is_not_reported(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    repo.git("switch", "--quiet", "--create", "side")
    commit_file(repo, "b", "planted-b\n")
    repo.git("switch", "--quiet", "-")
    assert scan(repo.path, store=shelf).secrets() == {"a", "b"}
    repo.git("branch", "--quiet", "-D", "side")
    repo.git("reflog", "expire", "--expire=now", "--all")
    assert scan(repo.path, store=shelf).secrets() == {"a"}
    repo.git("gc", "--quiet", "--prune=now")
    assert scan(repo.path, store=shelf).secrets() == {"a"}


def test_only_the_reflog_has_moved(git_repo, scan, shelf):
    repo = git_repo()
    base = commit_file(repo, "a", "text\n")
    scan(repo.path, store=shelf)
    commit_file(repo, "b", "planted-b\n")
    repo.git("reset", "--quiet", "--hard", base)
    assert scan(repo.path, store=shelf).secrets() == {"b"}


def test_no_secret_is_kept(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "a", "planted-hidden\n", "planted-said and more")
    found = scan(repo.path, store=shelf)
    assert found.secrets() == {"hidden", "said"}
    kept = b"".join(shelf.sections or [])
    for word in (b"planted", b"hidden", b"said", b"and more"):
        assert word not in kept
        assert word.hex().encode() not in kept


@pytest.mark.parametrize(
    "sections", [[], [b"{}", b""], [b"\xff", b""], [b'{"refs": 1}', b"x"], [b"[]", b""]]
)
def test_a_state_that_cannot_be_read_is_none(git_repo, scan, shelf, sections):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    shelf.sections = sections
    assert scan(repo.path, store=shelf).secrets() == {"a"}


def test_a_state_that_does_not_fit_is_dropped_and_said(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    scan(repo.path, store=shelf)
    kept = state.load(shelf)
    assert kept is not None
    record = [[["0" * 40, "other", [], [1, 1, 1, 2]]], *kept.placed[0][1:]]
    state.save(shelf, kept._replace(placed=(record,)))
    found = scan(repo.path, store=shelf)
    assert [skipped.reason for skipped in found.skipped] == ["error"]
    assert scan(repo.path, store=shelf).secrets() == {"a"}


def test_what_could_not_be_read_is_read_next_time(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    commit_file(repo, "b", "planted-b\n")
    oid = repo.git("rev-parse", "HEAD:b")
    place = repo.path / ".git" / "objects" / oid[:2] / oid[2:]
    aside = repo.path.parent / "aside"
    shutil.move(place, aside)
    assert {s.reason for s in scan(repo.path, store=shelf).skipped} == {"missing"}
    again = scan(repo.path, store=shelf)
    assert {s.reason for s in again.skipped} == {"missing"}
    assert again.secrets() == {"a"}
    shutil.move(aside, place)
    found = scan(repo.path, store=shelf)
    assert not found.skipped
    assert found.secrets() == {"a", "b"}


def test_damage_leaves_nothing_behind(git_repo, scan, shelf):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    oid = repo.git("rev-parse", "HEAD:a")
    place = repo.path / ".git" / "objects" / oid[:2] / oid[2:]
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:-4] + b"\0\0\0\0")
    assert scan(repo.path, store=shelf).skipped
    assert scan(repo.path, store=shelf).skipped


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence(git_repo, scan, shelf, seed):
    generator = random.Random(seed)
    repo = git_repo()
    commit_file(repo, "start", "planted-start\n")
    for step in range(14):
        name = f"f{generator.randrange(5)}"
        kind = generator.randrange(9)
        if kind < 4:
            commit_file(repo, name, f"{step}\nplanted-{generator.choice('abcdef')}\n")
        elif kind == 4:
            commit_file(repo, name, f"clean {step}\n")
        elif kind == 5:
            repo.git("switch", "--quiet", "--create", f"b{step}")
        elif kind == 6:
            repo.git("reset", "--quiet", "--hard", "HEAD~1", check=False)
        elif kind == 7:
            repo.git("update-ref", "refs/remotes/origin/x", "HEAD")
        else:
            repo.git("gc", "--quiet", "--prune=now")
        if generator.randrange(3):
            assert shown(scan(repo.path, store=shelf)) == shown(scan(repo.path))


@pytest.mark.parametrize("planted", ["planted-b\n", "clean\n"])
def test_an_object_that_is_lost_since_is_said(git_repo, scan, shelf, planted):
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    commit_file(repo, "b", planted)
    assert not scan(repo.path, store=shelf).skipped
    oid = repo.git("rev-parse", "HEAD:b")
    (repo.path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    assert {s.reason for s in scan(repo.path).skipped} == {"missing"}
    assert {s.reason for s in scan(repo.path, store=shelf).skipped} == {"missing"}


def test_a_borrowed_store_that_is_lost_since_is_said(git_repo, scan, shelf, tmp_path):
    lender = git_repo("lender")
    commit_file(lender, "a", "clean\n")
    subprocess.run(
        ["git", "clone", "--quiet", "--shared", str(lender.path), str(tmp_path / "b")], check=True
    )
    assert not scan(tmp_path / "b", store=shelf).skipped
    shutil.move(lender.path / ".git" / "objects", tmp_path / "aside")
    found = scan(tmp_path / "b", store=shelf).skipped
    assert found
    assert set(found) == set(scan(tmp_path / "b").skipped)


def test_a_repack_changes_nothing(git_repo, scan, shelf):
    repo = git_repo()
    for number in range(5):
        commit_file(repo, f"f{number}", f"text {number}\n")
    first = scan(repo.path, store=shelf)
    repo.git("repack", "-a", "-d", "--quiet")
    assert read_again(repo.path, shelf) == 0
    assert shown(scan(repo.path, store=shelf)) == shown(first)


def test_what_was_told_and_is_damaged_since_is_said(git_repo, scan, shelf):
    """New commits are scanned without reading the old objects again, but for those with findings."""
    repo = git_repo()
    commit_file(repo, "a", "planted-a\n")
    oid = repo.git("rev-parse", "HEAD:a")
    assert scan(repo.path, store=shelf).secrets() == {"a"}
    place = repo.path / ".git" / "objects" / oid[:2] / oid[2:]
    place.chmod(0o644)
    place.write_bytes(place.read_bytes()[:-4] + b"\0\0\0\0")
    commit_file(repo, "b", "planted-b\n")
    found = scan(repo.path, store=shelf)
    assert found.secrets() == {"b"}
    assert {skipped.blob for skipped in found.skipped} == {oid}
    assert scan(repo.path, store=shelf).skipped
