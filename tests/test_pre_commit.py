"""The hook of `.pre-commit-hooks.yaml`, in the real pre-commit program and in real commits."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pre_commit", reason="needs pre-commit from PyPI (extra dev)")

Repos = Callable[..., Any]


def leak() -> str:
    """Return a line of settings that holds a new, invented key."""
    return f"BINANCE_API_SECRET={secrets.token_hex(32)}\n"


def pre_commit(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *args],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def hook_repository(snapshot: Path) -> tuple[Path, str]:
    """Return keysweep's own repository, as pre-commit clones it, and its commit."""
    run = ("git", "-c", "user.name=A", "-c", "user.email=a@example.com", "-C", str(snapshot))
    subprocess.run([*run, "init", "--quiet", "--template="], check=True)
    subprocess.run([*run, "add", "--all"], check=True)
    subprocess.run([*run, "commit", "--quiet", "--message", "all", "--no-verify"], check=True)
    head = subprocess.run([*run, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    return snapshot, head.stdout.strip()


@pytest.fixture(scope="module")
def environments(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let all tests here share the environment that pre-commit builds on first use."""
    before = os.environ.get("PRE_COMMIT_HOME")
    os.environ["PRE_COMMIT_HOME"] = str(tmp_path_factory.mktemp("pre-commit-home"))
    yield
    if before is None:
        del os.environ["PRE_COMMIT_HOME"]
    else:
        os.environ["PRE_COMMIT_HOME"] = before


@pytest.fixture
def repo(git_repo: Repos, hook_repository: tuple[Path, str], environments: None) -> Any:
    """Return a repository with one commit, in which pre-commit runs keysweep."""
    made = git_repo("project")
    folder, revision = hook_repository
    made.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {folder}\n  rev: {revision}\n  hooks:\n  - id: keysweep\n",
    )
    made.write("bot.py", "print('hello')\n")
    made.git("add", ".")
    made.commit()
    done = pre_commit(made.path, "install")
    assert done.returncode == 0, done.stderr
    return made


def refusal(repo: Any, *args: str) -> str:
    """Commit, expecting a refusal, and return what the person sees."""
    before = repo.head
    with pytest.raises(AssertionError) as refused:
        repo.git("commit", "--message", "try", *args)
    assert repo.head == before
    return str(refused.value)


def test_commits(repo: Any) -> None:
    secret = leak()
    repo.write("new.env", secret)
    repo.git("add", "new.env")
    said = refusal(repo)
    assert "keysweep (secrets)" in said
    assert "Failed" in said
    assert "new.env:1:20" in said
    assert secret.split("=")[1].strip() not in said

    repo.write("new.env", "BINANCE_API_SECRET=\n")
    assert "new.env:1:20" in refusal(repo)  # the index counts, not the work tree
    repo.git("add", "new.env")
    repo.git("commit", "--message", "clean")

    repo.write("bot.py", leak())
    assert "bot.py:1:20" in refusal(repo, "--all")
    assert "bot.py:1:20" in refusal(repo, "--amend", "--all")
    assert "bot.py:1:20" in refusal(repo, "bot.py")

    repo.git("commit", "--message", "on purpose", "--all", "--no-verify")


def test_run_all_files_scans_them(repo: Any) -> None:
    done = pre_commit(repo.path, "run", "--all-files")
    assert done.returncode == 0, done.stdout
    assert "Passed" in done.stdout
    assert "in 2 staged files" in pre_commit(repo.path, "run", "--all-files", "--verbose").stdout

    repo.write("old.env", leak())
    repo.write("name with blank\tand tab", leak())
    repo.git("add", ".")
    repo.commit("before keysweep", "--no-verify")
    done = pre_commit(repo.path, "run", "--all-files")
    assert done.returncode == 1
    assert "old.env:1:20" in done.stdout
    assert "name with blank" in done.stdout
    assert pre_commit(repo.path, "run").returncode == 0  # nothing is staged
    done = pre_commit(repo.path, "run", "--files", "old.env")
    assert done.returncode == 1
    assert "old.env:1:20" in done.stdout


def test_files_named_like_options_pass_nothing(repo: Any) -> None:
    """pre-commit puts the names of files right behind our arguments, or behind the user's."""
    for name in ("--exit-zero", "--exclude=*"):
        repo.write(name, "")
    repo.write("new.env", leak())
    repo.git("add", ".")
    assert "new.env:1:20" in refusal(repo)

    settings = (repo.path / ".pre-commit-config.yaml").read_text()
    repo.write(".pre-commit-config.yaml", settings + "    args: [--min-severity, medium]\n")
    repo.git("add", ".")
    assert "is the name of a file here as well as an option" in refusal(repo)

    repo.write(".pre-commit-config.yaml", settings + "    args: [--min-severity, medium, --]\n")
    repo.git("add", ".")
    assert "new.env:1:20" in refusal(repo)


def test_beside_an_older_hook(repo: Any, tmp_path: Path) -> None:
    hook = repo.path / ".git" / "hooks" / "pre-commit"
    before = hook.read_bytes()
    install = "from scanner.cli import main; raise SystemExit(main(['install']))"
    root = Path(__file__).resolve().parents[1]
    subprocess.run(
        [sys.executable, "-P", "-c", install],
        cwd=repo.path,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=True,
        capture_output=True,
    )
    assert (hook.parent / "pre-commit.keysweep-chained").read_bytes() == before
    repo.write("new.env", leak())
    repo.git("add", "new.env")
    assert "keysweep (secrets)" in refusal(repo)
    repo.write("new.env", "")
    repo.git("add", "new.env")
    repo.git("commit", "--message", "clean")


def test_manifest_is_valid(hook_repository: tuple[Path, str]) -> None:
    done = pre_commit(hook_repository[0], "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


@pytest.fixture
def pushing(git_repo: Repos, hook_repository: tuple[Path, str], environments: None) -> Any:
    """Return a repository whose main branch is on a remote, and whose pushes pre-commit guards."""
    remote = git_repo("remote.git", "--bare")
    made = git_repo("project")
    folder, revision = hook_repository
    hook = "  - id: keysweep-push\n"
    made.write(
        ".pre-commit-config.yaml",
        f"repos:\n- repo: {folder}\n  rev: {revision}\n  hooks:\n{hook}",
    )
    made.write("old.env", leak())
    made.git("add", ".")
    made.commit()
    made.git("remote", "add", "origin", str(remote.path))
    made.git("push", "--quiet", "origin", "main")
    done = pre_commit(made.path, "install", "--hook-type", "pre-commit", "--hook-type", "pre-push")
    assert done.returncode == 0, done.stderr
    return made


def pushes(repo: Any, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "push", *args], cwd=repo.path, capture_output=True, text=True, check=False
    )


def test_pushes(pushing: Any) -> None:
    repo = pushing
    repo.write("bot.py", "print('hello')\n")
    repo.git("add", ".")
    repo.commit("clean")
    done = pushes(repo, "origin", "main")
    assert done.returncode == 0, done.stdout  # the old secret is on the remote already
    assert "Passed" in done.stdout

    secret = leak()
    repo.write("new.env", secret)
    repo.git("add", ".")
    repo.commit("a secret")
    repo.git("rm", "--quiet", "new.env")
    repo.commit("taken out again")
    done = pushes(repo, "origin", "main")
    assert done.returncode == 1
    assert "keysweep (secrets in what is pushed)" in done.stdout
    assert "new.env:1:20" in done.stdout
    assert "old.env" not in done.stdout
    assert secret.split("=")[1].strip() not in done.stdout + done.stderr
    assert pushes(repo, "--no-verify", "origin", "main").returncode == 0


def test_pushes_of_several_refs_and_of_a_new_branch(pushing: Any) -> None:
    repo = pushing
    repo.git("checkout", "--quiet", "-b", "first")
    repo.commit("clean")
    repo.git("checkout", "--quiet", "-b", "second", "main")
    repo.write("new.env", leak())
    repo.git("add", ".")
    repo.commit("a secret")
    done = pushes(repo, "origin", "first", "second")  # pre-commit tells us of the first alone
    assert done.returncode == 1
    assert "new.env:1:20" in done.stdout
    assert repo.git("ls-remote", "origin", "first", "second") == ""
    repo.git("branch", "--quiet", "--force", "second", "main", check=False)
    repo.git("checkout", "--quiet", "main")
    repo.git("branch", "--quiet", "--force", "second", "main")
    assert pushes(repo, "origin", "first", "second").returncode == 0
    assert pushes(repo, "origin", "--delete", "first").returncode == 0


def test_first_push_through_pre_commit_is_all_of_the_history(pushing: Any, git_repo: Repos) -> None:
    empty = git_repo("empty.git", "--bare")
    done = pushes(pushing, str(empty.path), "main")
    assert done.returncode == 1
    assert "old.env:1:20" in done.stdout


def test_range_by_hand(pushing: Any) -> None:
    repo = pushing
    base = repo.head
    repo.write("new.env", leak())
    repo.git("add", ".")
    repo.commit("a secret")
    options = ("run", "--hook-stage", "pre-push", "--from-ref", base, "--to-ref")
    assert pre_commit(repo.path, *options, base).returncode == 0
    done = pre_commit(repo.path, *options, "HEAD")
    assert done.returncode == 1
    assert "new.env:1:20" in done.stdout
    done = pre_commit(repo.path, "run", "--hook-stage", "pre-push", "--all-files")
    assert "new.env:1:20" in done.stdout  # what no remote has
