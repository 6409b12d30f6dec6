"""Behaviour of scanner.repository: it finds repositories and never runs what they ask for."""

import os
import pickle
import subprocess

import pytest

from scanner.errors import SourceError
from scanner.repository import LOCAL_VARIABLES, GitMissing, NoRepository, Repository


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_facts_of_a_repository(git_repo, object_format):
    repo = git_repo("repo", f"--object-format={object_format}")
    assert Repository.discover(str(repo.path)).head is None
    head = repo.commit()
    (repo.path / "a/b").mkdir(parents=True)
    found = Repository.discover(str(repo.path / "a/b"))
    assert (found.top, found.git_dir) == (str(repo.path), str(repo.path / ".git"))
    assert (found.bare, found.object_format, found.head) == (False, object_format, head)


def test_odd_folder_names(git_repo):
    repo = git_repo("new\nline --keysweep é")
    repo.commit()
    assert Repository.discover(str(repo.path)).top == str(repo.path)


def test_bare_linked_and_pickled(git_repo, tmp_path):
    bare = Repository.discover(str(git_repo("bare.git", "--bare").path))
    assert bare.bare
    assert bare.top is None
    repo = git_repo()
    repo.commit()
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = pickle.loads(pickle.dumps(Repository.discover(str(tmp_path / "linked"))))
    assert linked.top == str(tmp_path / "linked")
    assert linked.common_dir == str(repo.path / ".git")
    assert linked.git_dir == str(repo.path / ".git/worktrees/linked")
    assert linked.run("rev-parse", "HEAD").decode().strip() == repo.head


def test_link_to_a_folder_inside(git_repo, tmp_path):
    repo = git_repo()
    (repo.path / "sub").mkdir()
    (tmp_path / "link").symlink_to(repo.path / "sub")
    assert Repository.discover(str(tmp_path / "link")).top == str(repo.path)


def test_environment_counts_only_for_the_current_folder(git_repo, monkeypatch):
    one, other = git_repo("one"), git_repo("other")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.chdir(one.path)
    assert Repository.discover().git_dir == str(other.path / ".git")
    assert Repository.discover(str(one.path)).git_dir == str(one.path / ".git")
    assert Repository.discover(".").git_dir == str(one.path / ".git")


def test_local_variables_are_those_of_git():
    listed = subprocess.run(
        ["git", "rev-parse", "--local-env-vars"], capture_output=True, text=True, check=True
    )
    assert set(listed.stdout.split()) <= set(LOCAL_VARIABLES)


def test_no_repository_no_git_and_bad_commands(git_repo, tmp_path, monkeypatch):
    with pytest.raises(NoRepository, match="not inside a git repository"):
        Repository.discover(str(tmp_path))
    with pytest.raises(SourceError, match="cannot change to"):
        Repository.discover(str(tmp_path / "missing\x1b[31m"))
    repository = Repository.discover(str(git_repo().path))
    with pytest.raises(SourceError) as caught:
        repository.run("cat-file", "blob", b"nothing\x1b\xff")
    assert str(caught.value).startswith("fatal:")
    assert "\x1b" not in str(caught.value)
    assert repository.run("check-ref-format", "--", "a..b", ok=(0, 1, 129)) == b""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitMissing, match="git was not found"):
        Repository.discover(str(repository.top))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_foreign_owner_is_refused_and_explained(git_repo):
    repo = git_repo()
    for path in (repo.path, repo.path / ".git"):
        os.chown(path, 4242, 4242)
    with pytest.raises(SourceError, match=r"safe\.directory"):
        Repository.discover(str(repo.path))


def test_start_gives_pipes_and_reports_the_end(git_repo):
    repo = git_repo()
    repo.commit()
    repository = Repository.discover(str(repo.path))
    with repository.start("cat-file", "--batch-check") as process:
        process.stdin.write(b"HEAD\n")
        process.stdin.close()
        assert process.stdout.read().split()[1] == b"commit"
        process.finish()
        assert process.returncode == process.poll() == 0
    with repository.start("cat-file", "--batch-nonsense") as process:
        process.stdout.read()
        with pytest.raises(SourceError):
            process.finish()
    with repository.start("cat-file", "--batch") as process:
        pid = process.pid
    assert process.returncode is not None
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)


def test_large_input_and_many_complaints_do_not_block(git_repo):
    repository = Repository.discover(str(git_repo().path))
    ids = b"".join(b"%040x\n" % number for number in range(20_000))
    assert repository.run("cat-file", "--batch-check", stdin=ids).count(b"missing") == 20_000


def test_replace_refs_and_grafts_are_ignored(git_repo):
    repo = git_repo()
    repo.write("a", "old")
    repo.git("add", ".")
    first = repo.commit("first")
    second = repo.commit("second")
    repo.git("replace", second, first)
    (repo.path / ".git/info/grafts").write_text(second + "\n")
    log = Repository.discover(str(repo.path)).run("rev-list", "HEAD").split()
    assert log == [second.encode(), first.encode()]


def test_no_setting_of_a_repository_runs(git_repo, hostile):
    repo = git_repo()
    repo.write("a", "content")
    repo.git("add", ".")
    repo.commit()
    repo.write("a", "changed")
    repo.git("add", ".")
    canary = hostile(repo)
    repository = Repository.discover(str(repo.path))
    safe = ("--no-ext-diff", "--no-textconv")
    repository.run("diff-index", "--cached", "-p", "-M", *safe, "HEAD")
    repository.run("ls-files", "-z", "--others", "--ignored", "--exclude-standard")
    repository.run("log", "-p", *safe, "--format=%H %an", "HEAD")
    repository.run("rev-list", "--objects", "--all", "--reflog")
    assert not canary.exists()
    # The settings do bite where nobody switches them off.
    repo.git("diff", "--cached", check=False)
    assert canary.exists()


@pytest.mark.parametrize("newest_git", [True, False])
@pytest.mark.parametrize("transport", ["file", "ssh", "ext", "helper", "upload-pack"])
def test_what_was_not_cloned_is_never_fetched(git_repo, hostile, tmp_path, transport, newest_git):
    origin = git_repo("origin")
    origin.git("config", "uploadpack.allowFilter", "true")
    origin.write("a", "content")
    origin.git("add", ".")
    origin.commit()
    blob = origin.git("rev-parse", "HEAD:a")
    subprocess.run(
        ["git", "clone", "-qn", "--filter=blob:none", origin.path.as_uri(), "clone"],
        cwd=tmp_path,
        check=True,
    )
    clone = type(origin)(tmp_path / "clone")
    canary = hostile(clone)
    script = canary.parent / "evil"
    match transport:
        case "ssh":
            clone.git("config", "remote.origin.url", "ssh://host/path")
        case "ext":
            clone.git("config", "remote.origin.url", f"ext::{script} %S")
        case "helper":
            clone.git("config", "remote.origin.vcs", "ext")
            clone.git("config", "remote.origin.url", f"{script} %S")
        case "upload-pack":
            clone.git("config", "remote.origin.url", str(origin.path))
            clone.git("config", "remote.origin.uploadpack", str(script))
    repository = Repository.discover(str(clone.path))
    if not newest_git:  # a git that does not know this variable has only the protocols' list
        del repository._env["GIT_NO_LAZY_FETCH"]
    with pytest.raises(SourceError):
        repository.run("cat-file", "blob", blob)
    assert not canary.exists()
    assert not list((clone.path / ".git/objects").glob("??/*"))
