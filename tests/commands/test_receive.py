"""`keysweep receive`: a real server repository, with real pushes to it."""

import io
import json
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main
from scanner.commands.hooking import launcher

Repos = Callable[..., Any]


def leak() -> str:
    """Return a line of settings that holds a new, invented key."""
    return f"GATE_API_SECRET={secrets.token_hex(32)}\n"


def commit(repo: Any, name: str, content: str, message: str = "change") -> str:
    repo.write(name, content)
    repo.git("add", "--all")
    made: str = repo.commit(message)
    return made


def quoted(words: tuple[str, ...]) -> str:
    return " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)


def guard(server: Any, *options: str) -> None:
    """Make keysweep the server's pre-receive hook."""
    folder = Path(server.git("rev-parse", "--absolute-git-dir")) / "hooks"
    folder.mkdir(exist_ok=True)
    hook = folder / "pre-receive"
    hook.write_text(f"#!/bin/sh\nexec {quoted(launcher('receive', *options))}\n")
    hook.chmod(0o755)


@pytest.fixture
def server(git_repo: Repos) -> Any:
    made = git_repo("server.git", "--bare")
    guard(made)
    return made


@pytest.fixture
def repo(git_repo: Repos, server: Any) -> Any:
    """Return a repository whose first commit is on the server."""
    made = git_repo()
    commit(made, "bot.py", "print('hello')\n")
    made.git("remote", "add", "origin", str(server.path))
    made.git("push", "--quiet", "origin", "main")
    return made


def refused(repo: Any, *args: str) -> list[str]:
    """Push, expecting a refusal, and return the lines that the server sends."""
    before = repo.git("ls-remote", "origin")
    with pytest.raises(AssertionError) as caught:
        repo.git("push", "origin", *args)
    assert repo.git("ls-remote", "origin") == before
    said = str(caught.value)
    assert "pre-receive hook declined" in said
    return [line.rstrip() for line in re.findall(r"remote: (.*)", said)]


def test_one_line_for_each_finding_and_nothing_arrives(repo: Any, server: Any) -> None:
    first, second = leak(), leak()
    repo.write("b.env", second)
    made = commit(repo, "a.env", first)
    said = refused(repo, "main")
    found = [line for line in said if ".env" in line]
    assert [line.split(" ")[1] for line in found] == ["a.env:1:17", "b.env:1:17"]
    assert all(f"in {made[:12]}: " in line for line in found)
    assert "push refused: 2 secrets found" in said[-2]
    assert "revoke" in said[-1]
    assert not any(line.split("=")[1].strip() in "\n".join(said) for line in (first, second))
    objects = server.git("cat-file", "--batch-all-objects", "--batch-check")
    assert made not in objects  # it stayed in quarantine, and was read there


def test_clean_push_passes_and_says_what_was_read(repo: Any) -> None:
    commit(repo, "bot.py", "print('bye')\n")
    repo.git("push", "origin", "main")
    assert repo.git("ls-remote", "origin", "main").startswith(repo.head)


def test_only_what_the_server_lacks_counts(repo: Any, server: Any, git_repo: Repos) -> None:
    hook = server.path / "hooks" / "pre-receive"
    hook.chmod(0o644)
    commit(repo, "old.env", leak())
    repo.git("push", "--quiet", "origin", "main")
    hook.chmod(0o755)
    repo.git("push", "origin", "main:refs/heads/new")  # a new branch on known commits
    commit(repo, "bot.py", "print('bye')\n")
    repo.git("push", "origin", "main")
    repo.git("push", "origin", "--delete", "new")


def test_forced_push_and_tags(repo: Any) -> None:
    commit(repo, "a", "a\n")
    repo.git("push", "origin", "main")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    commit(repo, "a", leak())
    assert any(" a:1:17" in line for line in refused(repo, "--force", "main"))
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    commit(repo, "a", "b\n")
    repo.git("push", "--force", "origin", "main")
    repo.git("tag", "--annotate", "v1", "--message", leak())
    assert any("tag message" in line for line in refused(repo, "v1"))
    repo.git("notes", "add", "--message", leak())
    assert any(repo.head in line for line in refused(repo, "refs/notes/commits"))


def test_marks_of_the_push_are_listed(repo: Any, server: Any) -> None:
    commit(repo, "a.py", f'gate_secret = "{secrets.token_hex(32)}"  # keysweep:allow\n')
    commit(repo, "b.env", leak())
    said = refused(repo, "main")
    assert any("a.py:1:" in line and "allowed by a mark in the push" in line for line in said)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    guard(server, "--output", "report.json", "--format", "json")
    repo.git("push", "origin", "main")
    (found,) = json.loads((server.path / "report.json").read_text())["findings"]
    assert (found["path"], found["allowed_by"]) == ("a.py", "inline")


def test_settings_of_the_push_count_for_nothing(repo: Any) -> None:
    repo.write(".keysweep.yaml", "allow:\n- name: all\n  paths: ['.']\n")
    repo.write(".keysweepignore", "0" * 32 + "\n")
    commit(repo, "a.env", leak())
    assert any("a.env:1:17" in line for line in refused(repo, "main"))


def test_settings_of_the_server_count(repo: Any, server: Any, keysweep: Any) -> None:
    (server.path / ".keysweep.yaml").write_text("allow:\n- name: fixtures\n  paths: ['^fix/']\n")
    commit(repo, "fix/a.env", leak())
    repo.git("push", "origin", "main")
    commit(repo, "a.env", leak())
    said = refused(repo, "main")
    assert any(line.startswith("keysweep: note: ") and "allow" in line for line in said)
    found = keysweep("history", repo.path, "--format", "json").findings
    (mark,) = (f["fingerprint"] for f in found if f["path"] == "a.env")
    (server.path / ".keysweepignore").write_text(mark + "\n")
    repo.git("push", "origin", "main")


def test_errors_refuse(repo: Any, server: Any) -> None:
    (server.path / ".keysweep.yaml").write_text("no-such-setting: 1\n")
    commit(repo, "a", "clean\n")
    assert any("keysweep: error: " in line for line in refused(repo, "main"))
    (server.path / ".keysweep.yaml").unlink()
    guard(server, "--patterns", "no-such-folder")
    assert any("no-such-folder" in line for line in refused(repo, "main"))


def test_exit_zero_only_warns(repo: Any, server: Any) -> None:
    guard(server, "--exit-zero")
    commit(repo, "a.env", leak())
    repo.git("push", "origin", "main")


def test_server_with_a_work_tree(repo: Any, git_repo: Repos) -> None:
    other = git_repo("other")
    other.git("config", "receive.denyCurrentBranch", "updateInstead")
    guard(other)
    repo.git("remote", "set-url", "origin", str(other.path))
    repo.git("push", "origin", "main")
    commit(repo, "a.env", leak())
    assert any("a.env:1:17" in line for line in refused(repo, "main"))


def test_names_cannot_write_to_the_terminal(repo: Any) -> None:
    commit(repo, "a\x1b[2J\nremote: all is well.env", leak())
    said = refused(repo, "main")
    assert "\x1b" not in "".join(said)
    assert "all is well" not in said


def test_lines_of_no_hook(repo: Any, keysweep: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repo.path)
    assert keysweep("receive", stdin=b"nonsense\n").status == 2
    ran = keysweep("receive")
    assert (ran.status, ran.out) == (0, "keysweep: nothing to scan\n")
    assert keysweep("receive", "--quiet").out == ""
    repo.git("update-ref", "refs/heads/main", "HEAD")
    line = f"{'0' * 40} {'1' * 40} refs/heads/x\n".encode()
    assert keysweep("receive", stdin=line).status == 2
    ran = keysweep("receive", "--verbose", stdin=b"")
    assert ran.status == 0


def test_by_hand_it_is_wrong_usage(
    repo: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.chdir(repo.path)
    monkeypatch.setattr("sys.stdin", Terminal())
    assert main(["receive"]) == 2
    assert "pre-receive hook" in capsys.readouterr().err
