"""`keysweep history`: one secret in every place that git keeps things in, ranges, submodules."""

import os
import pickle
import secrets
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.errors import SourceError
from scanner.models import Skipped
from scanner.repository import Repository
from scanner.sources.history import HistorySource
from scanner.sources.history.submodules import SubmodulesSource, find_modules

Repos = Callable[..., Any]


class Planted:
    """Invented keys by the name of the place they were put in."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        """Return a line of settings with a new key for a place."""
        self._values[place] = secrets.token_hex(32)
        return f"GATE_API_SECRET={self._values[place]}\n"

    def found_in(self, findings: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
        """Return the findings (made with ``--show-secrets``) by place."""
        names = {value: place for place, value in self._values.items()}
        by_place: dict[str, list[dict[str, Any]]] = {}
        for finding in findings:
            by_place.setdefault(names[finding["secret"]], []).append(finding)
        return by_place

    @property
    def places(self) -> set[str]:
        return set(self._values)


@pytest.fixture
def leak() -> Planted:
    return Planted()


def commit(repo: Any, name: str, content: str | bytes, message: str = "change") -> str:
    repo.write(name, content)
    repo.git("add", "--all")
    made: str = repo.commit(message)
    return made


def add_submodule(repo: Any, source: Any, path: str) -> Any:
    """Add a submodule, commit, and return its work tree as a repository."""
    allowed = ("-c", "protocol.file.allow=always")
    repo.git(*allowed, "submodule", "--quiet", "add", f"file://{source.path}", path)
    repo.commit(f"add {path}")
    return type(repo)(repo.path / path)


def everywhere(repo: Any, library: Any, leak: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put one secret into each place in which git keeps something."""
    commit(repo, "first", leak("packed"))
    repo.git("repack", "-adq")
    commit(repo, "first", "clean\n")
    repo.git("checkout", "--quiet", "-b", "side")
    commit(repo, "on-side", leak("branch"))
    repo.git("checkout", "--quiet", "main")
    repo.git("checkout", "--quiet", "-b", "gone")
    commit(repo, "gone.env", leak("reflog of a deleted branch"))
    repo.git("checkout", "--quiet", "main")
    repo.git("branch", "--quiet", "-D", "gone")
    commit(repo, "amended.env", leak("amended away"))
    repo.git("rm", "--quiet", "amended.env")
    repo.git("commit", "--quiet", "--amend", "--message", "better", "--allow-empty")
    commit(repo, "plain", "text\n", f"subject\n\n{leak('commit message')}")
    repo.git("tag", "--annotate", "v1", "--message", leak("tag message"))
    repo.git("notes", "add", "--message", leak("note"))
    repo.git("notes", "--ref=review", "add", "--message", leak("note of another ref"))
    for number in range(3):
        repo.write("first", leak(f"stash {number}"))
        repo.git("stash", "push", "--quiet")
    repo.write("untracked", leak("untracked file in a stash"))
    repo.git("stash", "push", "--quiet", "--include-untracked")
    repo.git("checkout", "--quiet", "--detach")
    odd = commit(repo, "odd.env", leak("ref of another namespace"))
    repo.git("update-ref", "refs/changes/01/1/1", odd)
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    repo.write("evil.env", leak("born in a merge"))
    repo.git("add", "--all")
    repo.commit("merge")
    repo.write(".gitattributes", "*.bin -diff\n")
    commit(repo, "hidden.bin", leak("hidden by attributes"))
    value = leak("symlink target").partition("=")[2].strip()
    (repo.path / "link").symlink_to(f"gate-api-secret={value}")
    repo.git("add", "link")
    repo.commit("link")
    blob = repo.git("hash-object", "-w", "--stdin", stdin=leak("tag of a blob").encode())
    repo.git("tag", "of-a-blob", blob)
    replaced = commit(repo, "replaced.env", leak("behind a replace ref"))
    commit(repo, "replaced.env", "clean\n")
    repo.git("replace", replaced, repo.git("rev-parse", f"{replaced}~1"))
    borrowed = leak("alternate")
    commit(library, "lib.env", borrowed)
    folder = repo.path / ".git/objects/info"
    folder.mkdir(exist_ok=True)
    (folder / "alternates").write_text(f"{library.path}/.git/objects\n")
    repo.git("update-ref", "refs/heads/borrowed", library.head)
    repo.git("repack", "-dq")
    repo.git("multi-pack-index", "write")
    commit(repo, "loose.env", leak("loose"))
    repo.write("dangling", leak("unreachable"))
    repo.git("add", "dangling")
    repo.git("rm", "--quiet", "--cached", "dangling")
    (repo.path / "dangling").unlink()


@pytest.fixture
def repo(git_repo: Repos) -> Any:
    made = git_repo()
    commit(made, "README", "hello\n")
    return made


def test_one_secret_in_each_place(
    repo: Any, git_repo: Repos, leak: Planted, monkeypatch: pytest.MonkeyPatch, keysweep: Any
) -> None:
    everywhere(repo, git_repo("library"), leak, monkeypatch)
    nested = git_repo("nested")
    commit(nested, "n.env", leak("submodule in a submodule"))
    module = git_repo("module")
    commit(module, "m.env", leak("submodule"))
    add_submodule(module, nested, "deep/er")
    added = add_submodule(repo, module, "libs/one")
    allowed = ("-c", "protocol.file.allow=always")
    added.git(*allowed, "submodule", "--quiet", "update", "--init")
    show = ("--format", "json", "--show-secrets")

    ran = keysweep("history", repo.path, *show)
    found = leak.found_in(ran.findings)
    inside = {"submodule", "submodule in a submodule"}
    assert leak.places - set(found) == inside | {"unreachable"}
    assert ran.status == 1
    assert ran.json["summary"]["left_out"] == {"submodule": 1}

    ran = keysweep("history", repo.path, *show, "--submodules", "--unreachable")
    found = leak.found_in(ran.findings)
    assert leak.places == set(found)
    assert ran.json["skipped"] == []
    assert ran.json["summary"]["left_out"] == {}
    assert [f["path"] for f in found["submodule"]] == ["libs/one/m.env"]
    assert [f["path"] for f in found["submodule in a submodule"]] == ["libs/one/deep/er/n.env"]
    assert found["unreachable"][0]["exposure"] == "unreachable"
    assert found["note"][0]["source"] == found["note of another ref"][0]["source"] == "note"
    assert found["tag of a blob"][0]["commit"] is None
    assert found["symlink target"][0]["path"] == "link"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_submodules_keep_what_was_taken_out(
    repo: Any,
    git_repo: Repos,
    leak: Planted,
    keysweep: Any,
    jobs: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The store of a removed submodule is read; messages there have the submodule's path."""
    monkeypatch.setattr("scanner.sources.history.listing._LEAST_WORK", 1)
    module = git_repo("module")
    commit(module, "m.env", leak("file"), f"add\n\n{leak('message')}")
    add_submodule(repo, module, "libs/one")
    commit(repo, "own.env", leak("own"))
    repo.git("rm", "--quiet", "-f", "libs/one")
    repo.commit("take it out")
    ran = keysweep(
        *("history", repo.path, "--submodules", "--format", "json", "--show-secrets"),
        *("--jobs", jobs),
    )
    found = leak.found_in(ran.findings)
    assert [f["path"] for f in found["file"]] == ["libs/one/m.env"]
    assert found["file"][0]["exposure"] == "pushed"  # it was cloned from somewhere
    assert found["own"][0]["exposure"] == "local"
    assert [(f["path"], f["source"]) for f in found["message"]] == [("libs/one", "commit-message")]
    assert ran.json["skipped"] == []
    inner = keysweep("history", module.path, "--format", "json", "--show-secrets")
    same = leak.found_in(inner.findings)["file"][0]["fingerprint"]
    assert found["file"][0]["fingerprint"] == same
    commits = ran.json["summary"]["commits"]
    assert commits == 5
    assert commits == 4 + inner.json["summary"]["commits"]


def test_submodule_that_is_not_cloned_is_told(
    repo: Any, git_repo: Repos, tmp_path: Path, keysweep: Any
) -> None:
    add_submodule(repo, git_repo_with_commit(git_repo, "module"), "libs/one")
    fresh = tmp_path / "fresh"
    repo.git("clone", "--quiet", str(repo.path), str(fresh))
    assert keysweep("history", fresh).status == 0
    ran = keysweep("history", fresh, "--submodules", "--format", "json")
    assert ran.status == 2
    (skipped,) = ran.json["skipped"]
    assert (skipped["path"], skipped["reason"]) == ("libs/one", "missing")


def git_repo_with_commit(git_repo: Repos, name: str) -> Any:
    made = git_repo(name)
    commit(made, "a", "a\n")
    return made


def test_damaged_store_ends_nothing(
    repo: Any, git_repo: Repos, leak: Planted, keysweep: Any
) -> None:
    commit(repo, "own.env", leak("own"))
    for name in ("one", "two", "three"):
        add_submodule(repo, git_repo_with_commit(git_repo, f"module-{name}"), name)
    stores = repo.path / ".git/modules"
    (stores / "one/config").write_text("[core\n")
    for file in (stores / "two/objects").rglob("*"):
        if file.is_file():
            file.unlink()
    ran = keysweep("history", repo.path, "--submodules", "--format", "json")
    assert ran.status == 2
    assert [f["path"] for f in ran.findings] == ["own.env"]
    assert {"one", "two"} <= {item["path"] for item in ran.json["skipped"]}
    assert "three" not in {item["path"] for item in ran.json["skipped"]}


def test_submodule_with_its_own_git_folder(
    repo: Any, git_repo: Repos, leak: Planted, keysweep: Any
) -> None:
    inner = git_repo("repo/libs/old")
    commit(inner, "o.env", leak("old"))
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{inner.head},libs/old")
    repo.commit()
    found = keysweep("history", repo.path, "--submodules", "--format", "json").findings
    assert [f["path"] for f in found] == ["libs/old/o.env"]


def test_two_stores_of_one_path(repo: Any, git_repo: Repos, leak: Planted, keysweep: Any) -> None:
    first, second = git_repo("first"), git_repo("second")
    commit(first, "a.env", leak("first"))
    commit(second, "b.env", leak("second"))
    add_submodule(repo, first, "lib")
    repo.git("rm", "--quiet", "-f", "lib")
    repo.commit()
    allowed = ("-c", "protocol.file.allow=always")
    repo.git(
        *allowed, "submodule", "--quiet", "add", "--name", "x/y", f"file://{second.path}", "lib"
    )
    repo.commit()
    found = keysweep("history", repo.path, "--submodules", "--format", "json").findings
    assert sorted(f["path"] for f in found) == [".git/modules/x/y/b.env", "lib/a.env"]


def test_linked_work_tree_has_stores_of_its_own(
    repo: Any, git_repo: Repos, leak: Planted, tmp_path: Path, keysweep: Any
) -> None:
    module = git_repo("module")
    commit(module, "m.env", leak("module"))
    repo.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "linked"))
    add_submodule(type(repo)(tmp_path / "linked"), module, "lib")
    found = keysweep("history", repo.path, "--submodules", "--format", "json").findings
    assert [f["path"] for f in found] == ["worktrees/linked/modules/lib/m.env"]


def test_store_that_runs_programs_or_leads_away(
    repo: Any, git_repo: Repos, leak: Planted, tmp_path: Path, keysweep: Any
) -> None:
    canary = tmp_path / "canary"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {canary}\n")
    script.chmod(0o755)
    module = git_repo("module")
    commit(module, "m.env", leak("module"))
    add_submodule(repo, module, "lib")
    store = repo.path / ".git/modules/lib"
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "gpg.program"):
        repo.git("config", "--file", str(store / "config"), key, str(script))
    repo.git("config", "--file", str(store / "config"), "core.worktree", "../../../../outside")
    (repo.path / ".git/modules/link").symlink_to(module.path / ".git")
    found = keysweep("history", repo.path, "--submodules", "--format", "json").findings
    assert [f["path"] for f in found] == ["modules/lib/m.env"]
    assert not canary.exists()


def test_submodules_are_parts_of_the_seam(repo: Any, git_repo: Repos, leak: Planted) -> None:
    module = git_repo("module")
    commit(module, "m.env", leak("module"))
    add_submodule(repo, module, "lib")
    repository = Repository.discover(str(repo.path))
    source = SubmodulesSource(repository, HistorySource)
    (part,) = pickle.loads(pickle.dumps(source.split(1)))
    assert part.split(3) == (part,)
    with pytest.raises(SourceError):
        list(part.attribute([]))
    paths = [getattr(item.origin, "path", None) for item in source.blobs()]  # type: ignore[union-attr]
    assert set(paths) == {None, "lib"}
    assert source.repository_path("lib/a/b") == "a/b"
    assert source.repository_path("library") == "library"
    assert [m.path for m in find_modules(repository, repository.top) if not isinstance(m, Skipped)]


def test_submodules_do_not_go_with_a_range(repo: Any, keysweep: Any) -> None:
    for option in (("--range", "HEAD"), ("--branch", "main")):
        assert keysweep("history", repo.path, "--submodules", *option).status == 2
    assert keysweep("history", "https://example.com/a", "--submodules").status == 2


def test_ranges(repo: Any, leak: Planted, keysweep: Any) -> None:
    commit(repo, "old.env", leak("old"))
    base = commit(repo, "a", "a\n")
    commit(repo, "old.env", leak("new") + "# beside it\n")
    repo.git("tag", "-a", "v1", "-m", "one")

    def places(*options: str) -> set[str]:
        ran = keysweep("history", repo.path, "--format", "json", "--show-secrets", *options)
        assert ran.json["skipped"] == []
        return set(leak.found_in(ran.findings))

    assert places("--range", f"{base}..HEAD") == {"new"}
    assert places("--range", f"{base}..v1") == {"new"}
    assert places("--range", "v1") == {"old", "new"}
    assert places("--branch", "main", "--since", "2001-01-01") == {"old", "new"}
    assert places("--since", "2100-01-01") == set()
    repo.write("old.env", "clean\n")
    assert places("--range", f"{base}..HEAD") == {"new"}


@pytest.mark.parametrize(
    "options",
    [
        ("--range", "HEAD..HEAD"),
        ("--since", "2100-01-01"),
        ("--branch", "main", "--range", "HEAD..HEAD"),
    ],
)
def test_empty_range_says_so(repo: Any, options: tuple[str, ...], keysweep: Any) -> None:
    ran = keysweep("history", repo.path, *options)
    assert (ran.status, ran.out) == (0, "keysweep: nothing to scan\n")
    assert keysweep("history", repo.path, *options, "--format", "json").json["findings"] == []


@pytest.mark.parametrize(
    "options",
    [
        ("--range", "nope..HEAD"),
        ("--range=--all",),
        ("--range", ""),
        ("--range", "..HEAD"),
        ("--range", "..."),
        ("--range=^HEAD",),
        ("--since=",),
        ("--since", "garbage"),
        ("--branch", "nope"),
        ("--range", "HEAD", "--branch", "nope"),
    ],
)
def test_range_that_cannot_be_resolved_is_an_error(
    repo: Any, options: tuple[str, ...], keysweep: Any
) -> None:
    ran = keysweep("history", repo.path, *options)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("keysweep: error: ")


def test_shallow_and_partial_clones_are_told(
    repo: Any, leak: Planted, tmp_path: Path, keysweep: Any
) -> None:
    for number in range(3):
        commit(repo, f"f{number}.env", leak(str(number)))
    repo.git("config", "uploadpack.allowFilter", "true")
    for name, option in {"shallow": "--depth=1", "partial": "--filter=blob:none"}.items():
        top = tmp_path / name
        options = ("--quiet", "--no-checkout", option)
        repo.git("clone", *options, f"file://{repo.path}", str(top))
        ran = keysweep("history", top, "--format", "json")
        assert ran.status == 2
        assert {item["reason"] for item in ran.json["skipped"]} == {"missing"}
        assert not ran.json["summary"]["complete"]
    assert "NOT READ" in keysweep("history", tmp_path / "shallow").out


def test_sha256(git_repo: Repos, leak: Planted, keysweep: Any) -> None:
    repo = git_repo("long", "--object-format=sha256")
    made = commit(repo, "a.env", leak("a"))
    (found,) = keysweep("history", repo.path, "--format", "json").findings
    assert found["commit"] == made
    assert len(made) == 64


def test_repository_is_left_as_it_was(
    repo: Any, git_repo: Repos, leak: Planted, keysweep: Any
) -> None:
    module = git_repo("module")
    commit(module, "m.env", leak("module"))
    add_submodule(repo, module, "lib")
    before = repo.files()
    keysweep("history", repo.path, "--submodules", "--unreachable")
    assert repo.files() == before
    assert subprocess.run(["git", "status"], cwd=repo.path, check=False).returncode == 0
    assert os.listdir(repo.path / "lib")


def test_damaged_store_with_a_date(repo: Any, git_repo: Repos, keysweep: Any) -> None:
    add_submodule(repo, git_repo_with_commit(git_repo, "module"), "lib")
    for file in (repo.path / ".git/modules/lib/objects").rglob("*"):
        if file.is_file():
            file.unlink()
    ran = keysweep(
        *("history", repo.path, "--submodules", "--since", "2001-01-01", "--format", "json")
    )
    assert ran.status == 2
    assert ran.json["summary"]["commits"] == 2
    assert {item["path"] for item in ran.json["skipped"]} == {"lib"}


def test_submodules_of_a_repository_without_commits(git_repo: Repos, keysweep: Any) -> None:
    ran = keysweep("history", git_repo("empty").path, "--submodules")
    assert (ran.status, ran.out) == (0, "keysweep: nothing to scan\n")


def test_path_with_a_colon_is_a_path(
    git_repo: Repos, leak: Planted, keysweep: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo = git_repo("a:b")
    commit(repo, "a.env", leak("a"))
    monkeypatch.chdir(repo.path.parent)
    assert keysweep("history", "a:b").status == 1
    assert keysweep("history", "a:c").status == 2
