"""The line on a terminal while a scan lasts."""

import io
import secrets
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from scanner.cli import main
from scanner.commands.progress import Progress
from scanner.models import Finding, Skipped
from scanner.repository import Repository
from scanner.sources.history import HistorySource


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def repo(git_repo: Callable[..., Any]) -> Any:
    made = git_repo()
    made.write("a.env", f"GATE_API_SECRET={secrets.token_hex(32)}\n" + "x = 1\n" * 1000)
    made.git("add", ".")
    made.commit()
    return made


def drawn(repo: Any, monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    """Return what a history scan writes to a terminal that shows progress at once."""
    terminal = Terminal()
    monkeypatch.setattr("scanner.commands.progress.DELAY_S", 0.0)
    monkeypatch.setattr("scanner.commands.progress._EVERY_S", 0.0005)
    monkeypatch.setattr("sys.stderr", terminal)
    main(["history", str(repo.path), *options])
    return terminal.getvalue()


@pytest.mark.parametrize("options", [(), ("--submodules",)])
def test_line_says_how_far_it_is(
    repo: Any, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    lines = drawn(repo, monkeypatch, *options).split("\r\x1b[2K")
    assert any("blobs" in line and "MB" in line and "MB/s" in line for line in lines)
    assert lines[-1] == ""  # wiped at the end


def test_line_can_be_switched_off(repo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(repo, monkeypatch, "--no-progress") == ""


def test_share_time_left_and_candidates(repo: Any) -> None:
    source = HistorySource(Repository.discover(str(repo.path)))
    progress = Progress(source)
    assert "left" not in progress.line()  # nothing is known yet
    source.split(1)
    assert source.total_bytes is not None
    assert source.total_bytes > 6000
    source.coverage.bytes = source.total_bytes // 2
    source.candidates = 3
    time.sleep(0.01)
    line = progress.line()
    assert "49 %" in line or "50 %" in line
    assert "s left" in line
    assert line.endswith("3 candidates")
    source.coverage.bytes *= 4
    assert "99 %" in progress.line()
    source.is_read = True
    assert "placing 3 candidates" in progress.line()


def test_findings_are_counted_once_they_come(repo: Any) -> None:
    source = HistorySource(Repository.discover(str(repo.path)))
    progress = Progress(source)

    def items() -> Iterator[Finding | Skipped]:
        yield Finding(*(None for _ in Finding._fields))  # type: ignore[arg-type]
        yield Skipped(None, None, None, "missing", "")

    assert len(list(progress.watch(items()))) == 2
    assert progress.line().endswith("1 found")
