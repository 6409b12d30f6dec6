"""`keysweep push`: real pushes between real repositories, through the hook that install writes."""

import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main
from scanner.errors import SourceError
from scanner.repository import Repository
from scanner.sources.history.pushing import parse_push, parse_receive, tracking_refs

Repos = Callable[..., Any]
ZEROS = "0" * 40


def leak() -> str:
    """Return a line of settings that holds a new, invented key."""
    return f"GATE_API_SECRET={secrets.token_hex(32)}\n"


def commit(repo: Any, name: str, content: str, message: str = "change") -> str:
    repo.write(name, content)
    repo.git("add", "--all")
    made: str = repo.commit(message, "--no-verify")
    return made


@pytest.fixture
def remote(git_repo: Repos) -> Any:
    return git_repo("remote.git", "--bare")


@pytest.fixture
def repo(git_repo: Repos, remote: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a repository with hooks, whose main branch (with an old secret in it) is pushed."""
    made = git_repo()
    commit(made, "bot.py", "print('hello')\n")
    commit(made, "old.env", leak(), "before keysweep")
    made.git("remote", "add", "origin", str(remote.path))
    made.git("push", "--quiet", "--set-upstream", "origin", "main")
    assert main(["install", str(made.path)]) == 0
    monkeypatch.chdir(made.path)
    return made


def refused(repo: Any, *args: str) -> str:
    """Push, expecting a refusal by a finding, and return what the person sees."""
    before = repo.git("ls-remote", "origin")
    with pytest.raises(AssertionError) as caught:
        repo.git("push", *args)
    assert repo.git("ls-remote", "origin") == before
    said = str(caught.value)
    assert "failed to push some refs" in said
    return said


def test_new_commit_with_a_secret_is_refused_and_the_clean_one_passes(repo: Any) -> None:
    commit(repo, "bot.py", "print('bye')\n")
    repo.git("push", "origin", "main")
    commit(repo, "new.env", leak())
    refused(repo, "origin", "main")
    commit(repo, "new.env", "clean\n")
    refused(repo, "origin", "main")  # taken out of the file, but still in what is pushed
    repo.git("push", "--no-verify", "origin", "main")
    repo.git("push", "origin", "main")  # up to date: nothing is pushed, nothing scanned


def test_what_the_person_sees(
    repo: Any, keysweep: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = leak()
    made = commit(repo, "new.env", line)
    given = f"refs/heads/main {made} refs/heads/main {repo.git('rev-parse', 'origin/main')}\n"
    ran = keysweep("push", "origin", "address", stdin=given.encode())
    assert ran.status == 1
    assert "new.env:1:17" in ran.out
    assert "old.env" not in ran.out
    assert line.split("=")[1].strip() not in ran.out
    assert "in 2 blobs" in ran.out or "in 1 blob" in ran.out
    found = keysweep("push", "origin", "--format", "json", stdin=given.encode()).findings
    assert [(f["path"], f["commit"], f["exposure"]) for f in found] == [("new.env", made, "local")]


def test_new_branch_brings_only_its_own_commits(repo: Any) -> None:
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.git("push", "origin", "topic")  # the old secret is on the remote already
    repo.git("checkout", "--quiet", "-b", "other")
    commit(repo, "new.env", leak())
    refused(repo, "origin", "other")
    refused(repo, "origin", "HEAD:refs/for/main")


def test_deletion_and_a_push_of_nothing(repo: Any, keysweep: Callable[..., Any]) -> None:
    repo.git("push", "origin", "main:gone")
    commit(repo, "new.env", leak())  # on a branch that is not pushed
    repo.git("push", "origin", "--delete", "gone")
    line = f"(delete) {ZEROS} refs/heads/gone {repo.git('rev-parse', 'origin/main')}\n"
    ran = keysweep("push", "origin", "x", stdin=line.encode())
    assert (ran.status, ran.out) == (0, "keysweep: nothing to scan\n")


def test_forced_push_brings_what_replaces(repo: Any) -> None:
    commit(repo, "a", "a\n")
    repo.git("push", "origin", "main")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    commit(repo, "a", leak())
    refused(repo, "--force", "origin", "main")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    commit(repo, "a", "b\n")
    repo.git("push", "--force", "origin", "main")


def test_remote_that_has_moved_on_elsewhere(
    repo: Any, remote: Any, git_repo: Repos, tmp_path: Path
) -> None:
    other = type(repo)(tmp_path / "other")
    repo.git("clone", "--quiet", str(remote.path), str(other.path))
    commit(other, "theirs", leak())
    other.git("push", "--quiet", "origin", "main")  # no hook there
    commit(repo, "ours", "clean\n")
    repo.git("push", "--force", "origin", "main")  # its old id is not known here


def test_tags_light_and_annotated(repo: Any) -> None:
    repo.git("tag", "light")
    repo.git("push", "origin", "light")
    repo.git("tag", "--annotate", "good", "--message", "first release")
    repo.git("push", "origin", "good")
    repo.git("tag", "--annotate", "bad", "--message", f"deploy with {leak()}")
    refused(repo, "origin", "bad")
    refused(repo, "--tags")
    repo.git("checkout", "--quiet", "--detach")
    commit(repo, "new.env", leak())
    repo.git("tag", "only")
    refused(repo, "origin", "only")


def test_first_push_ever_is_all_of_the_history(repo: Any, git_repo: Repos) -> None:
    git_repo("second.git", "--bare")
    repo.git("remote", "add", "second", "../second.git")
    with pytest.raises(AssertionError):
        repo.git("push", "second", "main")  # it does not have the old secret
    repo.git("push", "origin", "main:again")


def test_push_to_an_address(repo: Any, remote: Any, git_repo: Repos) -> None:
    repo.git("push", str(remote.path), "main:copy")  # the address of a remote that is known
    empty = git_repo("empty.git", "--bare")
    with pytest.raises(AssertionError):
        repo.git("push", str(empty.path), "main")
    assert empty.git("for-each-ref") == ""


def test_stale_tracking_ref_hides_nothing(repo: Any, git_repo: Repos) -> None:
    empty = git_repo("empty.git", "--bare")
    repo.git("remote", "set-url", "origin", str(empty.path))
    with pytest.raises(AssertionError):
        repo.git("push", "origin", "main")  # origin/main says it is there; git says it is not


def test_mirror_configuration_hides_nothing(repo: Any) -> None:
    """Where a fetch writes over local refs, those are not taken for what the remote has."""
    repo.git("config", "remote.origin.fetch", "+refs/*:refs/*")
    commit(repo, "new.env", leak())
    repo.git("update-ref", "refs/remotes/elsewhere/main", repo.head)
    refused(repo, "origin", "main")


def test_remote_whose_name_begins_like_another(repo: Any, git_repo: Repos) -> None:
    git_repo("second.git", "--bare")
    repo.git("remote", "add", "origin/x", "../second.git")
    repo.git("update-ref", "refs/remotes/origin/x/main", repo.head)
    repository = Repository.discover(str(repo.path))
    assert tracking_refs(repository, "origin") == [("refs/heads/main", repo.head)]
    commit(repo, "new.env", leak())
    repo.git("update-ref", "refs/remotes/origin/x/main", repo.head)
    refused(repo, "origin", "main")


def test_by_hand_it_is_all_that_no_remote_has(repo: Any, keysweep: Callable[..., Any]) -> None:
    assert keysweep("push").out == "keysweep: nothing to scan\n"
    repo.git("checkout", "--quiet", "-b", "topic")
    commit(repo, "new.env", leak())
    repo.git("checkout", "--quiet", "main")
    assert [f["path"] for f in keysweep("push", "--format", "json").findings] == ["new.env"]
    assert keysweep("push", "origin").status == 1
    assert len(keysweep("push", "nowhere", "--format", "json").findings) == 2


def test_range_from_pre_commit(
    repo: Any, keysweep: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    base = repo.head
    commit(repo, "new.env", leak())
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "HEAD")
    assert keysweep("push").out == "keysweep: nothing to scan\n"
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", base)
    assert [f["path"] for f in keysweep("push", "--format", "json").findings] == ["new.env"]
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "nope")
    ran = keysweep("push")
    assert ran.status == 2
    assert "PRE_COMMIT_TO_REF" in ran.err


def test_line_that_is_not_gits_is_an_error(repo: Any, keysweep: Callable[..., Any]) -> None:
    for line in (b"main\n", b"a b c d\n", b"\x1b[2J\n", b"x " + b"1" * 40 + b" y 22\n"):
        ran = keysweep("push", "origin", "x", stdin=line)
        assert ran.status == 2
        assert "no line that git gives" in ran.err
        assert "\x1b" not in ran.err
    ran = keysweep("push", "origin", stdin=f"x {'1' * 40} refs/heads/x {ZEROS}\n".encode())
    assert ran.status == 2  # a commit that is not here is never clean


def test_names_with_blanks_are_read() -> None:
    (update,) = parse_push(b"HEAD^{/fix it} %s refs/heads/x %s\n" % (b"a" * 64, b"0" * 64))
    assert update == ("refs/heads/x", None, "a" * 64)
    with pytest.raises(SourceError):
        parse_receive(b"%s %s\n" % (b"a" * 40, b"b" * 40))


def test_earlier_hook_gets_the_lines_and_the_arguments_too(git_repo: Repos, repo: Any) -> None:
    hooks = repo.path / ".git" / "hooks"
    main(["install", "--uninstall", str(repo.path)])
    assert not (hooks / "pre-push").exists()
    script = hooks / "pre-push"
    script.write_text('#!/bin/sh\necho "$1" > seen; cat >> seen; test ! -e forbidden\n')
    script.chmod(0o755)
    main(["install", str(repo.path)])
    made = commit(repo, "a", "a\n")
    repo.git("push", "origin", "main")
    name, line = (repo.path / "seen").read_text().splitlines()
    assert name == "origin"
    assert line.startswith(f"refs/heads/main {made} refs/heads/main ")
    repo.write("forbidden", "")
    commit(repo, "a", "b\n")
    refused(repo, "origin", "main")
    (repo.path / "forbidden").unlink()
    commit(repo, "a", leak())
    refused(repo, "origin", "main")  # it has read all, and keysweep still gets the lines
    main(["install", "--uninstall", str(repo.path)])
    assert "seen" in script.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="the hook finds its Python differently there")
def test_push_is_refused_when_keysweep_is_gone(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = repo.path / ".git" / "hooks" / "pre-push"
    lines = hook.read_text().splitlines()
    hook.write_text(
        "\n".join("python=/nowhere" if n.startswith("python=") else n for n in lines) + "\n"
    )
    monkeypatch.setenv("PATH", "/usr/local/bin:/usr/bin:/bin")
    commit(repo, "a", "a\n")
    said = refused(repo, "origin", "main")
    assert "keysweep has gone missing" in said
    assert "git push --no-verify" in said
    folder = repo.path.parent / "bin"
    folder.mkdir()
    other = folder / "keysweep"
    root = Path(__file__).resolve().parents[2]
    other.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m scanner "$@"\n')
    other.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    commit(repo, "new.env", leak())
    refused(repo, "origin", "main")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.git("push", "origin", "main")


def test_linked_work_tree_and_shallow_clone(repo: Any, remote: Any, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = type(repo)(tmp_path / "linked")
    commit(linked, "new.env", leak())
    refused(linked, "origin", "HEAD:refs/heads/linked")
    shallow = type(repo)(tmp_path / "shallow")
    repo.git("clone", "--quiet", "--depth=1", f"file://{remote.path}", str(shallow.path))
    main(["install", str(shallow.path)])
    commit(shallow, "a", "a\n")
    shallow.git("push", "origin", "main")
    commit(shallow, "new.env", leak())
    refused(shallow, "origin", "main")


def test_sha256(git_repo: Repos, keysweep: Callable[..., Any]) -> None:
    bare = git_repo("long.git", "--bare", "--object-format=sha256")
    repo = git_repo("long", "--object-format=sha256")
    main(["install", str(repo.path)])
    repo.git("remote", "add", "origin", str(bare.path))
    commit(repo, "a", "a\n")
    repo.git("push", "origin", "main")
    commit(repo, "new.env", leak())
    refused(repo, "origin", "main")
