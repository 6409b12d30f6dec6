"""The benchmarks run, and write a line each; what they measure is no test's business."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import uncovered

ROOT = Path(__file__).resolve().parents[1]

needs_kingfisher = pytest.mark.skipif(
    shutil.which("kingfisher", path=os.path.dirname(sys.executable)) is None,
    reason="needs kingfisher-bin and detect-secrets from PyPI (extra bench)",
)


def run(script: str, results: Path, *args: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / script, "--results", results, *args],
        cwd=results.parent,
        env=uncovered(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    text = next(results.glob("*.json")).read_text()
    found: list[dict[str, object]] = json.loads(text)
    assert text.count("\n") == len(found) + 2  # a line each
    return found


@needs_kingfisher
def test_startup(tmp_path: Path) -> None:
    results = tmp_path / "results"
    run("startup.py", results, "--runs", "1", "--cold-runs", "0")
    *_, last = run("startup.py", results, "--runs", "1", "--cold-runs", "1")
    assert set(last) >= {"date", "commit", "machine", "versions", "median_s", "ratio"}
    assert isinstance(last["ratio"], dict)
    assert set(last["ratio"]) == {"kingfisher", "detect-secrets"}


@needs_kingfisher
def test_throughput(tmp_path: Path) -> None:
    (result,) = run("throughput.py", tmp_path / "results", "--runs", "1", "--files", "40")
    assert result["files"] == 40
    assert isinstance(result["bytes"], int)
    assert 300_000 < result["bytes"] < 600_000


@needs_kingfisher
def test_history(tmp_path: Path, git_repo: Callable[..., Any]) -> None:
    repo = git_repo()
    for number in range(8):
        repo.write("a.py", f"print({number})\n")
        repo.commit(f"change {number}")
    bare = tmp_path / "bare.git"
    repo.git("clone", "--quiet", "--bare", ".", str(bare))
    (result,) = run("history.py", tmp_path / "results", str(bare), "--runs", "1", "--warm", "0")
    assert isinstance(result["ratio"], dict)
    assert set(result["ratio"]) == {"git", "kingfisher"}
    assert set(result) >= {"of_full", "nothing_new_of_staged", "peak_mib"}
    *_, result = run("history.py", tmp_path / "results", str(bare), "--growth")
    assert isinstance(result["growth"], dict)
    assert list(result["growth"]) == ["1/4", "1/2", "1/1"]


def test_creddata(tmp_path: Path) -> None:
    """Scored by line ranges: a true one found, a false one met, one without a label, one ignored."""
    names = iter(("kq7zjwx2", "vr9bnmt4", "zp3xkwq8", "wn5dhjk6"))
    folder = tmp_path / "data" / "0000000a"
    folder.mkdir(parents=True)
    lines = [f'password = "{name}"' for name in names]
    (folder / "settings.conf").write_text("\n".join(lines) + "\n")
    meta = tmp_path / "meta"
    meta.mkdir()
    head = "FilePath,LineStart,LineEnd,GroundTruth,Category\n"
    rows = [f"data/0000000a/settings.conf,{n},{n},{t},Password\n" for n, t in ((1, "T"), (2, "F"))]
    (meta / "0000000a.csv").write_text(
        head + "".join(rows) + "data/0000000a/settings.conf,3,3,X,A\n"
    )
    results = tmp_path / "results.json"
    script = ROOT / "benchmarks" / "creddata" / "run.py"
    command = [sys.executable, script, tmp_path / "data", meta, "--results", results]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (result,) = json.loads(results.read_text())
    numbers = {k: result["all"][k] for k in ("true", "found", "false", "unlabelled", "f1")}
    assert numbers == {"true": 1, "found": 1, "false": 1, "unlabelled": 1, "f1": 0.667}
    assert result["half 1"]["true"] + result["half 2"]["true"] == 1
