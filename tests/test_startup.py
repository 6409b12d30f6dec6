"""What a clean commit loads: the hook runs on every commit, and each import is felt."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]

HEAVY = (
    "asyncio",
    "concurrent",
    "dataclasses",
    "email",
    "git",
    "importlib.metadata",
    "inspect",
    "json",
    "logging",
    "multiprocessing",
    "pathlib",
    "pickle",
    "regex",
    "rich",
    "socket",
    "subprocess",
    "tempfile",
    "urllib",
    "yaml",
    "zipfile",
)
_RUN = """\
import sys
before = set(sys.modules)
from scanner.cli import main
status = main(sys.argv[1:])
print(*sorted(set(sys.modules) - before), file=sys.stderr)
sys.exit(status)
"""


def loaded(folder: Path, *args: str) -> tuple[int, set[str], str]:
    """Run keysweep and return its exit status, the modules it loaded, and what it printed."""
    # Coverage measures child processes from within, with modules of its own.
    env = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "KEYSWEEP_"))}
    done = subprocess.run(
        [sys.executable, "-P", "-c", _RUN, *args],
        cwd=folder,
        env=env | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, set(done.stderr.split()), done.stdout


@pytest.fixture
def repo(git_repo: Callable[..., Any]) -> Any:
    """Return a repository with a clean staged file."""
    made = git_repo()
    made.write("bot.py", "def spread(a: float, b: float) -> float:\n    return a - b\n")
    made.git("add", ".")
    return made


def test_clean_commit_loads_little(repo: Any) -> None:
    loaded(repo.path, "staged")  # fills the cache
    status, modules, said = loaded(repo.path, "staged")
    assert status == 0, said
    assert "scanner.sources.staged" in modules
    heavy = {name for name in modules if name.startswith(tuple(f"{h}." for h in HEAVY))}
    assert not heavy | (modules & set(HEAVY))


def test_clean_commit_loads_only_its_own_parts(repo: Any) -> None:
    loaded(repo.path, "staged")
    _, modules, _ = loaded(repo.path, "staged")
    for part in (
        "reporters.text.page",
        "reporters.json",
        "remediation",
        "sources.files",
        "config.files",
        "rules.reading",
        "wiring.editing",
    ):
        assert f"scanner.{part}" not in modules
    assert {n for n in modules if n.startswith("scanner.commands.")} == {
        "scanner.commands.scanning",
        "scanner.commands.staged",
    }


@pytest.mark.parametrize("args", [(), ("--version",), ("scan", "--help")], ids=" ".join)
def test_help_needs_no_engine(tmp_path: Path, args: tuple[str, ...]) -> None:
    run = _RUN.replace("main(sys.argv[1:])", f"main({list(args)!r})")
    done = subprocess.run(
        [sys.executable, "-P", "-c", run + "print(*sys.modules, file=sys.stderr)"],
        env={k: v for k, v in os.environ.items() if not k.startswith("COV")}
        | {"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "keysweep" in done.stdout
    assert not {"hyperscan", "regex", "yaml", "rich"} & set(done.stderr.split())
