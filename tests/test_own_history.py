"""Our own history holds no secret: what is found is on the allow-list, with a reason."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import uncovered

TOP = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("command", [["scan", "."], ["history"]])
def test_our_own_repository_is_clean(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scanner", *command, "--format", "json", "--no-progress"],
        cwd=TOP,
        env=uncovered(),
        capture_output=True,
        check=False,
    )
    report = json.loads(done.stdout)
    found = [(f["path"], f["line"], f["rule"]) for f in report["findings"]]
    assert found == []
    assert [s for s in report["skipped"] if s["reason"] != "missing"] == []
    assert report["summary"]["blobs"] > 100


def test_the_allow_list_gives_reasons() -> None:
    for line in (TOP / ".keysweep.yaml").read_text(encoding="utf-8").splitlines():
        if line.startswith("- name:"):
            assert "#" in line, f"no reason: {line}"
