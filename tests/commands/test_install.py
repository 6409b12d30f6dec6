"""`keysweep install`: real hooks in real repositories, and real commits."""

import os
import re
import secrets
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main

Repos = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
CHAINED = "pre-commit.keysweep-chained"

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file modes and links")


def leak() -> str:
    """Return a line of settings that holds a new, invented key."""
    return f"GATE_API_SECRET={secrets.token_hex(32)}\n"


def tries(repo: Any, *args: str, stdin: bytes | None = None) -> bool:
    """Try to commit; tell whether a commit was made."""
    before = repo.git("rev-parse", "--verify", "--quiet", "HEAD", check=False)
    repo.git("commit", "--message", "try", *args, check=False, stdin=stdin)
    return bool(repo.git("rev-parse", "--verify", "--quiet", "HEAD", check=False) != before)


def output_of_commit(repo: Any) -> str:
    """Commit, expecting a refusal, and return what the person sees."""
    with pytest.raises(AssertionError) as refused:
        repo.git("commit", "--message", "try")
    return str(refused.value)


def is_refused(repo: Any) -> None:
    """Assert that a staged secret does not get through, and that nothing else is in the way."""
    repo.write("settings.env", leak())
    repo.git("add", "settings.env")
    assert "settings.env" in output_of_commit(repo)
    repo.write("settings.env", "GATE_API_SECRET=\n")
    repo.git("add", "settings.env")
    assert tries(repo, "--allow-empty")


def hook_of(repo: Any) -> Path:
    return Path(repo.git("rev-parse", "--path-format=absolute", "--git-path", "hooks/pre-commit"))


def script(path: Path, *lines: str, mode: int = 0o755) -> bytes:
    """Write another hook and return its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(mode)
    return path.read_bytes()


@pytest.fixture
def repo(git_repo: Repos) -> Any:
    """Return a repository with one commit and the hook."""
    made = git_repo("it's a repo")
    made.write("bot.py", "print('hello')\n")
    made.git("add", "bot.py")
    made.commit()
    assert main(["install", str(made.path)]) == 0
    return made


def test_secret_is_refused_and_shown_redacted(repo: Any) -> None:
    line = leak()
    repo.write("settings.env", line)
    repo.git("add", ".")
    said = output_of_commit(repo)
    assert "settings.env" in said
    assert line.split("=")[1].strip() not in said


def test_clean_commit_passes(repo: Any) -> None:
    repo.write("bot.py", "print('bye')\n")
    repo.git("add", ".")
    assert tries(repo)


def test_no_verify_leaves_the_hook_out(repo: Any) -> None:
    repo.write("settings.env", leak())
    repo.git("add", ".")
    assert tries(repo, "--no-verify")


@pytest.mark.parametrize(
    ("options", "stdin"),
    [
        (("--all",), None),
        (("bot.py",), None),
        (("--include", "bot.py"), None),
        (("--patch",), b"y\n"),
        (("--amend", "--all"), None),
    ],
    ids=["all", "file", "include", "patch", "amend"],
)
def test_index_that_git_hands_the_hook(
    repo: Any, options: tuple[str, ...], stdin: bytes | None
) -> None:
    repo.write("bot.py", "print('hello')\n" + leak())
    assert not tries(repo, *options, stdin=stdin)
    repo.write("bot.py", "print('hello')\nprint('bye')\n")
    assert tries(repo, *options, stdin=stdin)


def test_amend_with_a_staged_secret(repo: Any) -> None:
    repo.write("settings.env", leak())
    repo.git("add", ".")
    assert not tries(repo, "--amend")


def test_partial_commit_does_not_judge_what_stays_staged(repo: Any) -> None:
    repo.write("settings.env", leak())
    repo.git("add", ".")
    repo.write("bot.py", "print('bye')\n")
    assert tries(repo, "bot.py")
    assert not tries(repo)


def test_unstaged_secret_is_no_matter(repo: Any) -> None:
    repo.write("bot.py", "print('bye')\n")
    repo.git("add", ".")
    repo.write("bot.py", leak())
    assert tries(repo)


def test_second_install_changes_nothing(repo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    hook = hook_of(repo)

    def state() -> tuple[object, ...]:
        facts = hook.stat()
        names = sorted(path.name for path in hook.parent.iterdir())
        return (facts.st_ino, facts.st_mode, facts.st_mtime_ns, hook.read_bytes(), names)

    before = state()
    capsys.readouterr()
    assert main(["install", str(repo.path)]) == 0
    assert state() == before
    assert "already" in capsys.readouterr().out


def test_hook_of_an_older_installation_is_renewed(repo: Any) -> None:
    hook = hook_of(repo)
    text = hook.read_text()
    hook.write_text(text.replace("python=", "python=/gone"))
    hook.chmod(0o644)
    main(["install", str(repo.path)])
    assert hook.read_text() == text
    assert os.access(hook, os.X_OK)
    assert not (hook.parent / CHAINED).exists()


def test_existing_hook_runs_first_and_its_status_counts(git_repo: Repos) -> None:
    repo = git_repo()
    hook = hook_of(repo)
    before = script(hook, "test -e allowed || { echo other hook says no; exit 3; }")
    main(["install", str(repo.path)])
    assert (hook.parent / CHAINED).read_bytes() == before
    repo.write("bot.py", "print('hello')\n")
    repo.git("add", ".")
    assert "other hook says no" in output_of_commit(repo)
    (repo.path / "allowed").touch()
    is_refused(repo)


def test_refused_commit_is_said_calmly(git_repo: Repos) -> None:
    """The last line says that the commit was refused, and that nothing is lost."""
    repo = git_repo()
    main(["install", str(repo.path)])
    repo.write("bot.env", leak())
    repo.git("add", ".")
    said = output_of_commit(repo)
    assert said.rstrip().endswith("keysweep: commit refused; your changes are as they were.")
    repo.write("bot.env", "PORT=80\n")
    repo.git("add", ".")
    assert tries(repo)


def test_secret_that_the_existing_hook_stages_is_found(git_repo: Repos) -> None:
    repo = git_repo()
    script(hook_of(repo), "git add generated.env")
    main(["install", str(repo.path)])
    repo.write("generated.env", leak())
    assert not tries(repo, "--allow-empty")


def test_existing_hook_that_git_would_not_run_stays_idle(git_repo: Repos) -> None:
    repo = git_repo()
    script(hook_of(repo), "exit 1", mode=0o644)
    main(["install", str(repo.path)])
    is_refused(repo)


@posix_only
@pytest.mark.parametrize("mode", [0o755, 0o644])
def test_uninstall_restores(git_repo: Repos, mode: int) -> None:
    repo = git_repo()
    hook = hook_of(repo)
    before = script(hook, "exit 0", mode=mode)
    names = sorted(path.name for path in hook.parent.iterdir())
    main(["install", str(repo.path)])
    assert main(["install", "--uninstall", str(repo.path)]) == 0
    assert hook.read_bytes() == before
    assert stat.S_IMODE(hook.stat().st_mode) == mode
    assert sorted(path.name for path in hook.parent.iterdir()) == names


def test_uninstall_without_an_earlier_hook(repo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install", "--uninstall", str(repo.path)]) == 0
    assert not hook_of(repo).exists()
    assert main(["install", "--uninstall", str(repo.path)]) == 0
    assert "no hook of keysweep" in capsys.readouterr().out


def test_uninstall_leaves_other_hooks(git_repo: Repos) -> None:
    repo = git_repo()
    before = script(hook_of(repo), "exit 0")
    main(["install", "--uninstall", str(repo.path)])
    assert hook_of(repo).read_bytes() == before


def test_two_other_hooks_are_an_error(repo: Any, capsys: pytest.CaptureFixture[str]) -> None:
    hook = hook_of(repo)
    script(hook.parent / CHAINED, "exit 0")
    other = script(hook, "exit 0")
    assert main(["install", str(repo.path)]) == 2
    assert CHAINED in capsys.readouterr().err
    assert hook.read_bytes() == other


def test_hook_that_the_pre_commit_framework_moved(repo: Any) -> None:
    hook = hook_of(repo)
    legacy = hook.rename(hook.with_name("pre-commit.legacy"))
    framework = script(hook, 'exec "${0%/*}/pre-commit.legacy"')
    assert main(["install", str(repo.path)]) == 0
    assert hook.read_bytes() == framework
    is_refused(repo)
    main(["install", "--uninstall", str(repo.path)])
    assert hook.read_bytes() == framework
    assert not legacy.exists()


@posix_only
def test_hook_that_is_a_link_is_moved_not_written_through(
    git_repo: Repos, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = git_repo()
    target = tmp_path / "elsewhere" / "hook"
    before = script(target, "test ! -e forbidden")
    hook = hook_of(repo)
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to(target)
    assert main(["install", str(repo.path)]) == 0
    assert str(target) in capsys.readouterr().out
    assert target.read_bytes() == before
    is_refused(repo)
    (repo.path / "forbidden").touch()
    assert not tries(repo, "--allow-empty")
    main(["install", "--uninstall", str(repo.path)])
    assert hook.readlink() == target


@posix_only
def test_hooks_folder_that_leads_outside_is_refused(
    git_repo: Repos, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = git_repo("repo", "--template=")
    outside = tmp_path / "outside"
    outside.mkdir()
    (repo.path / ".git" / "hooks").symlink_to(outside)
    assert main(["install", str(repo.path)]) == 2
    assert str(outside) in capsys.readouterr().err
    assert not list(outside.iterdir())


def test_hooks_path_inside_the_repository(
    git_repo: Repos, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = git_repo()
    repo.git("config", "core.hooksPath", ".githooks")
    assert main(["install", str(repo.path)]) == 0
    assert (repo.path / ".githooks" / "pre-commit").exists()
    assert not (repo.path / ".git" / "hooks" / "pre-commit").exists()
    assert "work tree" in capsys.readouterr().out
    is_refused(repo)


def test_husky_folder_says_where_the_line_belongs(
    git_repo: Repos, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = git_repo()
    repo.git("config", "core.hooksPath", ".husky/_")
    assert main(["install", str(repo.path)]) == 0
    assert ".husky/pre-commit" in capsys.readouterr().out


@pytest.mark.parametrize("sort", ["absolute", "relative", "link", "included", "empty", "tree"])
def test_hooks_path_by_which_the_repository_leads_outside_is_refused(
    git_repo: Repos, tmp_path: Path, sort: str, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = git_repo()
    outside = tmp_path / "outside"
    outside.mkdir()
    if sort == "link":
        (repo.path / "hooks").symlink_to(outside)
    if sort == "included":
        (repo.path / "more").write_text(f"[core]\nhooksPath = {outside}\n")
        repo.git("config", "include.path", str(repo.path / "more"))
    else:
        value = {"absolute": str(outside), "relative": "../outside", "link": "hooks", "empty": ""}
        repo.git("config", "core.hooksPath", value.get(sort, "hooks"))
    if sort == "tree":
        repo.git("config", "core.worktree", str(outside))
    assert main(["install", str(repo.path)]) == 2
    said = capsys.readouterr().err
    assert "core.hooksPath" in said
    assert "local" in said
    assert not list(outside.iterdir())


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty file of global git settings."""
    path = tmp_path / "gitconfig"
    path.touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return path


def test_hooks_path_of_the_user(
    git_repo: Repos, settings: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = git_repo()
    repo.git("config", "--global", "core.hooksPath", str(tmp_path / "mine"))
    assert main(["install", str(repo.path)]) == 0
    assert "all your repositories" in capsys.readouterr().out
    is_refused(repo)
    is_refused(git_repo("another"))


def test_relative_hooks_path_of_the_user_must_not_leave_the_repository(
    git_repo: Repos, settings: Path, tmp_path: Path
) -> None:
    repo = git_repo()
    repo.git("config", "--global", "core.hooksPath", ".githooks")
    (tmp_path / "outside").mkdir()
    (repo.path / ".githooks").symlink_to(tmp_path / "outside")
    assert main(["install", str(repo.path)]) == 2
    assert not list((tmp_path / "outside").iterdir())


def test_linked_work_tree(repo: Any, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    linked = type(repo)(tmp_path / "linked")
    is_refused(linked)
    main(["install", "--uninstall", str(linked.path)])
    assert not hook_of(repo).exists()
    main(["install", str(linked.path)])
    is_refused(linked)
    is_refused(repo)


def test_git_file_instead_of_a_folder(git_repo: Repos, tmp_path: Path) -> None:
    repo = git_repo("repo", f"--separate-git-dir={tmp_path / 'elsewhere.git'}")
    assert (repo.path / ".git").is_file()
    assert main(["install", str(repo.path)]) == 0
    assert (tmp_path / "elsewhere.git" / "hooks" / "pre-commit").exists()
    is_refused(repo)


def test_bare_repository_guards_its_work_trees(
    repo: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = type(repo)(tmp_path / "bare.git")
    repo.git("clone", "--quiet", "--bare", str(repo.path), str(bare.path))
    assert main(["install", str(bare.path)]) == 0
    assert "work trees" in capsys.readouterr().out
    bare.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    is_refused(type(repo)(tmp_path / "linked"))


def test_from_a_folder_of_the_work_tree(git_repo: Repos, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = git_repo()
    repo.git("config", "core.hooksPath", ".githooks")
    repo.write("deep/down/file", "")
    monkeypatch.chdir(repo.path / "deep" / "down")
    assert main(["install"]) == 0
    assert (repo.path / ".githooks" / "pre-commit").exists()


@posix_only
@pytest.mark.parametrize("damage", ["interpreter", "package", "broken"])
def test_commit_is_refused_when_keysweep_is_gone(
    repo: Any, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = hook_of(repo)
    text = hook.read_text()
    broken = tmp_path / "not-a-python"
    broken.write_bytes(b"\x7fELF broken")
    broken.chmod(0o755)
    python = "/nowhere/python" if damage == "interpreter" else str(broken)
    changed = {
        "interpreter": re.sub("(?m)^python=.*", f"python={python}", text),
        "package": text.replace("scanner.cli", "scanner_gone.cli"),
        "broken": re.sub("(?m)^python=.*", f"python={python}", text),
    }[damage]
    assert changed != text
    hook.write_text(changed)
    monkeypatch.setenv("PATH", "/usr/local/bin:/usr/bin:/bin")
    repo.write("bot.py", "print('bye')\n")
    repo.git("add", ".")
    said = output_of_commit(repo)
    assert "keysweep has gone missing" in said
    assert "--no-verify" in said

    # The one on the PATH takes over.
    bin_folder = tmp_path / "bin"
    script(bin_folder / "keysweep", f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m scanner "$@"')
    monkeypatch.setenv("PATH", f"{bin_folder}:{os.environ['PATH']}")
    is_refused(repo)


def test_package_of_the_repository_is_not_taken_for_ours(repo: Any) -> None:
    repo.write("scanner/__init__.py", "open('taken', 'w')\n")
    repo.write("scanner/cli.py", "open('taken', 'w')\nmain = lambda args: 0\n")
    for name in ("regex", "yaml", "argparse", "sitecustomize"):
        repo.write(f"{name}.py", "open('taken', 'w')\n")
    is_refused(repo)
    assert not (repo.path / "taken").exists()


def test_settings_of_the_repository_run_nothing(repo: Any, tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    repo.git("config", "core.fsmonitor", f"touch {planted}; false")
    main(["install", str(repo.path)])
    main(["install", "--uninstall", str(repo.path)])
    assert not planted.exists()


@pytest.mark.parametrize("hooks_path", [None, "mine"])
def test_global(git_repo: Repos, settings: Path, tmp_path: Path, hooks_path: str | None) -> None:
    repo = git_repo("old")
    if hooks_path:
        repo.git("config", "--global", "core.hooksPath", str(tmp_path / hooks_path))
        before = settings.read_text()
        assert main(["install", "--global"]) == 2
        assert settings.read_text() == before
        return
    assert main(["install", "--global"]) == 0
    assert not hook_of(repo).exists()
    is_refused(git_repo("new"))
    repo.git("init", "--quiet")
    is_refused(repo)
    before = settings.read_text()
    assert main(["install", "--global"]) == 0
    assert settings.read_text() == before
    assert main(["install", "--global", "--uninstall"]) == 0
    assert "templateDir" not in settings.read_text()
    assert not hook_of(git_repo("newest")).exists()


def test_global_takes_the_template_folder_that_is_set(
    git_repo: Repos, settings: Path, tmp_path: Path
) -> None:
    script(tmp_path / "template" / "hooks" / "pre-commit", "test ! -e forbidden")
    repo = git_repo("old")
    repo.git("config", "--global", "init.templateDir", str(tmp_path / "template"))
    before = settings.read_text()
    assert main(["install", "--global"]) == 0
    new = git_repo("new")
    is_refused(new)
    (new.path / "forbidden").touch()
    assert not tries(new, "--allow-empty")
    assert main(["install", "--global", "--uninstall"]) == 0
    assert settings.read_text() == before
    assert (tmp_path / "template" / "hooks" / "pre-commit").read_text().endswith("forbidden\n")


def test_global_uninstall_without_a_template(
    settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["install", "--global", "--uninstall"]) == 0
    assert "nothing to take out" in capsys.readouterr().out


def test_settings_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no" / "such" / "folder" / "config"))
    assert main(["install", "--global"]) == 2
    assert "git settings" in capsys.readouterr().err


def test_global_is_for_no_single_repository(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install", "--global", "."]) == 2
    assert "REPO" in capsys.readouterr().err


def test_no_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["install", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "not inside a git repository" in said


def test_hooks_folder_that_is_a_file(git_repo: Repos, capsys: pytest.CaptureFixture[str]) -> None:
    repo = git_repo("repo", "--template=")
    (repo.path / ".git" / "hooks").touch()
    assert main(["install", str(repo.path)]) == 2
    assert "hooks" in capsys.readouterr().err
