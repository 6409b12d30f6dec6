"""The benchmarks run, and write a line each; what they measure is no test's business."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

needs_kingfisher = pytest.mark.skipif(
    shutil.which("kingfisher", path=os.path.dirname(sys.executable)) is None,
    reason="needs kingfisher-bin and detect-secrets from PyPI (extra bench)",
)


def run(script: str, results: Path, *args: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / script, "--results", results, *args],
        cwd=results.parent,
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
