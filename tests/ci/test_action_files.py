"""action.yml, its requirements and its starter: thin, pinned, without findings of an auditor."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
SCAN = ROOT / "action" / "run.py"


def zizmor() -> str:
    """Return the path of zizmor beside this Python or on the PATH."""
    beside = Path(sys.executable).with_name("zizmor")
    found = str(beside) if beside.exists() else shutil.which("zizmor")
    if found is None:
        pytest.skip("needs zizmor from PyPI (extra dev)")
    return found


@pytest.mark.parametrize("path", [ROOT / "action.yml", ROOT / "docs" / "ci"], ids=lambda p: p.name)
def test_zizmor_finds_nothing(path: Path) -> None:
    """The auditor of actions has nothing to say, in its strictest mode."""
    files = [path] if path.is_file() else sorted(path.glob("github*.yml"))
    assert files
    done = subprocess.run(
        [zizmor(), "--offline", "--persona=pedantic", "--no-progress", *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout + done.stderr


def test_no_logic_in_yaml() -> None:
    """Every step is one command without an expression; inputs arrive as environment variables."""
    steps = ACTION["runs"]["steps"]
    for step in steps:
        assert "${{" not in step["run"]
        assert re.fullmatch(r'python3 -I "\$GITHUB_ACTION_PATH/action/run\.py" \w+\n?', step["run"])
        assert "uses" not in step
        assert "if" not in step
    given = {re.fullmatch(r"\$\{\{ inputs\.(.+) \}\}", v)[1] for v in steps[1]["env"].values()}  # type: ignore[index]
    assert given == set(ACTION["inputs"])


def test_requirements_pin_every_dependency() -> None:
    """Each dependency of pyproject.toml is pinned in the range it allows, each with hashes."""
    text = (ROOT / "action" / "requirements.txt").read_text()
    entries = re.split(r"\n(?=\S)", text.strip())
    names = {}
    for entry in entries:
        found = re.match(r"([a-z0-9-]+)==([^ ;\\]+)", entry)
        assert found, entry
        assert entry.count("--hash=sha256:") > 1, found[1]
        names[found[1]] = found[2]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for line in project["dependencies"]:
        name, least = re.match(r"([a-z]+)>=([\d.]+)", line).groups()  # type: ignore[union-attr]
        assert name in names
        assert [int(n) for n in names[name].split(".")] >= [int(n) for n in least.split(".")]


def start(*args: str, **env: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-I", str(SCAN), *args],
        env=kept | env,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("args", [(), ("scan", "more"), ("other",)], ids=str)
def test_the_starter_wants_one_step(args: tuple[str, ...], tmp_path: Path) -> None:
    assert start(*args, RUNNER_TEMP=str(tmp_path)).returncode == 2
    assert start("scan").returncode == 2


def test_a_scan_without_its_environment_is_an_error(tmp_path: Path) -> None:
    done = start("scan", RUNNER_TEMP=str(tmp_path))
    assert done.returncode == 2
    assert "::error title=keysweep::the step before" in done.stdout


def test_a_wrong_hash_installs_nothing(tmp_path: Path) -> None:
    """What does not have the pinned hash is refused, and nothing is scanned."""
    copy = tmp_path / "keysweep" / "action"
    copy.mkdir(parents=True)
    shutil.copy(SCAN, copy)
    pinned = re.search(r"mdurl==\S+", (ROOT / "action" / "requirements.txt").read_text())
    assert pinned
    (copy / "requirements.txt").write_text(f"{pinned[0]} --hash=sha256:{'0' * 64}\n")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-I", str(copy / "run.py"), "install"],
        env=kept | {"RUNNER_TEMP": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "::error title=keysweep::the pinned dependencies" in done.stdout


def test_an_old_python_finds_one_in_the_tool_cache(tmp_path: Path, monkeypatch: Any) -> None:
    """On runners whose own Python is too old, the tool cache has others."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("run", SCAN)
    assert spec is not None and spec.loader is not None
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    tools = tmp_path / "tools" / "Python" / "3.12.1" / "x64" / "bin"
    tools.mkdir(parents=True)
    (tools / "python3").symlink_to(sys.executable)
    old = tmp_path / "old"
    old.write_text("#!/bin/sh\necho 3 9\n")
    old.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(old))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run.find_python() is None
    monkeypatch.setenv("RUNNER_TOOL_CACHE", str(tmp_path / "tools"))
    assert run.find_python() == str(tools / "python3")
