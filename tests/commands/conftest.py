"""The command line, called in this process, with what it prints and how it ends."""

import io
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scanner.cli import main
from scanner.placeholders import fill


class Ran(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return its output as JSON."""
        return json.loads(self.out)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Return the findings of its JSON output."""
        found: list[dict[str, Any]] = self.json["findings"]
        return found

    @property
    def rules(self) -> list[str]:
        """Return the rules of its findings, sorted."""
        return sorted(finding["rule"] for finding in self.findings)


@pytest.fixture
def keysweep(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Return a function that runs keysweep; ``stdin`` are the bytes it gets."""

    def run(*args: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        status = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ran(status, out, err)

    return run


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder outside any repository, the current one."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def make(text: str, seed: int = 1) -> str:
    """Return an example with its placeholders filled."""
    return fill(text, random.Random(seed))[0]


@pytest.fixture(name="made")
def _made() -> Callable[..., str]:
    """Return the function that fills placeholders."""
    return make


@pytest.fixture
def repo(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a repository with one commit, the current folder."""
    there = git_repo()
    there.write("a.py", "a = 1\n")
    there.git("add", ".")
    there.commit("first")
    monkeypatch.chdir(there.path)
    return there
