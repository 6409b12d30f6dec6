"""Settings as a commit has them: regular files below the top, and nothing else."""

import os
from pathlib import Path
from typing import Any

import pytest

from scanner.ci.trusted import altered, lay_out, settings_of
from scanner.errors import ConfigError, SourceError
from scanner.repository import Repository


def laid_out(repo: Any, folder: Path, *named: str) -> list[str]:
    lay_out(Repository.discover(str(repo.path)), repo.head, str(folder), named)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_what_the_settings_name(git_repo: Any, tmp_path: Path) -> None:
    """The baseline and patterns that they name are there; links, and paths outside, are not."""
    repo = git_repo()
    repo.write("rules/a.yaml", "a: 1\n")
    repo.write("base.json", "{}")
    (repo.path / ".keysweepignore").symlink_to("base.json")
    repo.write(".keysweep.yaml", "baseline: base.json\npatterns: [rules, ../x, /etc, none]\n")
    repo.git("add", ".")
    repo.commit("settings")
    repo.write(".keysweep.yaml", "changed: in the work tree\n")
    folder = tmp_path / "out"
    folder.mkdir()
    assert laid_out(repo, folder) == [".keysweep.yaml", "base.json", "rules/a.yaml"]
    assert "changed" not in (folder / ".keysweep.yaml").read_text()


def test_wrong_settings(git_repo: Any, tmp_path: Path) -> None:
    repo = git_repo()
    repo.write(".keysweep.yaml", "patterns: {a: 1}\n")
    repo.git("add", ".")
    repo.commit("settings")
    with pytest.raises(ConfigError, match="patterns"):
        laid_out(repo, tmp_path)


def test_far_too_much(git_repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.ci.trusted._MAX_FILES", 1)
    monkeypatch.setattr("scanner.ci.trusted._MAX_BYTES", 10)
    repo = git_repo()
    repo.write("rules/a.yaml", "a: 1\n")
    repo.write("rules/b.yaml", "b: 1\n")
    repo.write("c.yaml", "x" * 11)
    repo.git("add", ".")
    repo.commit("settings")
    with pytest.raises(SourceError, match="more than"):
        laid_out(repo, tmp_path, "rules")
    with pytest.raises(SourceError, match="too large"):
        laid_out(repo, tmp_path, "c.yaml")


def test_made_up_trees_stay_inside(git_repo: Any, tmp_path: Path) -> None:
    """A tree that git would not make leads nowhere."""
    repo = git_repo()
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"a: 1\n")
    raw = b"100644 ..\\evil.yaml\0" + bytes.fromhex(blob)
    inner = repo.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", stdin=raw)
    top = repo.git("mktree", stdin=f"040000 tree {inner}\trules\n".encode())
    commit = repo.git("commit-tree", top, "-m", "made up")
    folder = tmp_path / "out"
    folder.mkdir()
    lay_out(Repository.discover(str(repo.path)), commit, str(folder), ["rules"])
    assert os.listdir(folder) == []


def test_altered_and_gone(git_repo: Any) -> None:
    repo = git_repo()
    repo.write("a", "1")
    repo.git("add", ".")
    first = repo.commit("first")
    repo.write(".keysweepignore", "# none\n")
    repo.git("add", ".")
    second = repo.commit("second")
    repository = Repository.discover(str(repo.path))
    assert altered(repository, first, second) == (".keysweepignore",)
    assert altered(repository, second, second) == ()
    with settings_of(repository, "HEAD") as folder:
        assert os.listdir(folder) == [".keysweepignore"]
    assert not os.path.exists(folder)
