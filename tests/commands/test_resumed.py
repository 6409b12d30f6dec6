"""A scan of a history that was killed, and the next one, say together what one that ran through says."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scanner.placeholders import fill
from tests.conftest import uncovered

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
"""What takes longer hangs."""


def command(repo: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "scanner", "history", str(repo), "--format", "json", *options]


def environment(cache: Path) -> dict[str, str]:
    """Without a measure of coverage: its lock is never opened again if Ctrl-C comes while it is held."""
    return {**uncovered(), "PYTHONPATH": str(ROOT), "KEYSWEEP_CACHE_DIR": str(cache)}


def report(repo: Path, cache: Path, *options: str) -> Any:
    done = subprocess.run(
        command(repo, *options), env=environment(cache), capture_output=True, check=False
    )
    value = json.loads(done.stdout)
    del value["summary"]["seconds"]
    return value


def started(repo: Path, cache: Path, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command(repo, *options),
        env=environment(cache),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture
def history(git_repo) -> Path:
    """Return a repository of 60 commits, every tenth with a secret."""
    repo, generator = git_repo(), random.Random(5)
    filler = "\n".join(f"line {number} of some text" for number in range(3000))
    for number in range(60):
        secret = fill("BINANCE_SECRET = '{alnum:64}'\n", generator)[0] if number % 10 == 0 else ""
        repo.write(f"f{number % 7}.py", f"{number}\n{filler}\n{secret}")
        repo.git("add", "--all")
        repo.commit(f"change {number}")
    return repo.path


@pytest.mark.parametrize("seed", range(3))
def test_killed_and_started_again(history: Path, git_repo, tmp_path: Path, seed: int) -> None:
    whole = report(history, tmp_path / "other", "--no-cache")
    assert len(whole["findings"]) == 6
    generator, cache = random.Random(seed), tmp_path / "cache"
    other = git_repo("other")
    other.write("a.txt", "a\n")
    other.git("add", "--all")
    other.commit("a")
    report(other.path, cache)  # compiles the patterns: a scan below is a scan alone
    for _ in range(4):
        process = started(history, cache)
        time.sleep(generator.uniform(0.02, 0.8))
        os.killpg(process.pid, generator.choice([signal.SIGKILL, signal.SIGINT, signal.SIGTERM]))
        process.wait(timeout=PATIENCE_S)
        assert report(history, cache) == whole
        assert report(history, cache) == whole
