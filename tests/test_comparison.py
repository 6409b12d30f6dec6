"""What docs/comparison.md says of the peers that are installed is what they do here."""

import importlib.util
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
BIN = os.path.dirname(sys.executable)

pytestmark = [
    pytest.mark.skipif(
        shutil.which("kingfisher", path=BIN) is None
        or shutil.which("detect-secrets", path=BIN) is None,
        reason="needs kingfisher-bin and detect-secrets from PyPI (extra bench)",
    ),
    pytest.mark.skipif(sys.platform == "win32", reason="the page's commands are for POSIX shells"),
]
KINGFISHER = (f"{BIN}/kingfisher", "scan", ".", "--no-validate", "--no-update-check")
DETECT_SECRETS = (f"{BIN}/detect-secrets", "scan")
KEYSWEEP = (sys.executable, "-P", "-m", "scanner")


@pytest.fixture
def repo(git_repo: Callable[..., Any]) -> Any:
    made = git_repo()
    made.write("clean.py", "print('hello')\n")
    made.git("add", ".")
    made.commit()
    made.write("bot.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    made.git("add", ".")
    return made


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_range_that_is_not_there(repo: Any) -> None:
    ours = run(repo.path, *KEYSWEEP, "history", "--range", "nowhere..HEAD")
    assert (ours.returncode, "cannot be resolved" in ours.stderr) == (2, True)
    assert run(repo.path, *KINGFISHER, "--since-commit", "nowhere").returncode == 0


def test_a_folder_that_is_not_there(repo: Any) -> None:
    assert run(repo.path, *KEYSWEEP, "scan", "nowhere").returncode == 2
    theirs = run(repo.path, *DETECT_SECRETS, "nowhere")
    assert (theirs.returncode, '"results": {}' in theirs.stdout) == (0, True)


@pytest.mark.parametrize(
    ("command", "ran"),
    [
        ((*KEYSWEEP, "staged"), False),
        ((*KEYSWEEP, "scan"), False),
        ((*KEYSWEEP, "history"), False),
        ((*KINGFISHER, "--staged"), True),
        ((*DETECT_SECRETS, "."), True),
    ],
    ids=["keysweep staged", "keysweep scan", "keysweep history", "kingfisher", "detect-secrets"],
)
def test_programs_that_the_repository_names(repo: Any, command: tuple[str, ...], ran: bool) -> None:
    mark = repo.path.parent / "RAN"
    repo.git("config", "core.fsmonitor", f"touch '{mark}'; false")
    run(repo.path, *command)
    assert mark.exists() is ran


def test_scanning_for_the_table(tmp_path: Path) -> None:
    """Each tool's findings come in one form, once a line, whatever the tool prints."""
    spec = importlib.util.spec_from_file_location("peers", ROOT / "benchmarks/accuracy/peers.py")
    assert spec
    assert spec.loader
    peers = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(peers)
    finally:
        sys.path[:] = before
        for name in ("generate", "measure", "score"):
            sys.modules.pop(name, None)
    tree = tmp_path / "tree"
    tree.mkdir()
    token = "gh" + f"p_{secrets.token_hex(18)}"
    (tree / "bot.py").write_text(f'gate_secret = "{secrets.token_hex(32)}"\ngithub = "{token}"\n')
    lines = {
        name: sorted(found["line"] for found in peers.once_a_line(scan(tree, tmp_path / "cache")))
        for name, scan in peers.TOOLS.items()
    }
    assert lines == {"keysweep": [1], "kingfisher": [2], "detect-secrets": [1, 2]}
