"""`keysweep demo`: a real commit that a real hook refuses, and nothing left behind."""

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for git")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that temporary folders are made in."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def wrap_git(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put a git before the real one on the PATH; in its lines, ``real`` runs the real one."""
    folder.mkdir()
    git = folder / "git"
    git.write_text("\n".join(["#!/bin/sh", f'real() {{ "{shutil.which("git")}" "$@"; }}', *lines]))
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def test_shows_the_refused_commit(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    said = capsys.readouterr().out
    for part in ("$ git add bot.py", "Gate.io API secret", "Binance API secret", "bot.py:7:16"):
        assert part in said
    assert "The commit was refused" in said
    assert "install\n" in said
    assert "\x1b" not in said
    assert not re.search(r"[0-9a-f]{32}|[0-9A-Za-z]{64}", said)
    assert not list(scratch.iterdir())


def test_draws_new_keys_each_time(scratch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for _ in range(2):
        main(["demo"])
        found = re.search(r"Gate\.io API secret +(\S+)", capsys.readouterr().out)
        assert found
        shown.append(found[1])
    assert shown[0] != shown[1]


@posix_only
def test_folder_is_for_its_owner_alone(
    scratch: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = tmp_path / "modes"
    wrap_git(tmp_path / "bin", monkeypatch, f'ls -ld "{scratch}"/* >>"{modes}"; real "$@"')
    assert main(["demo"]) == 0
    assert {line[:10] for line in modes.read_text().splitlines()} == {"drwx------"}


def test_user_settings_and_environment_do_not_matter(
    scratch: Path, tmp_path: Path, git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = git_repo("other")
    other.write("untouched", "as it was\n")
    before = other.files()
    settings = tmp_path / "gitconfig"
    settings.write_text(
        f"[core]\nhooksPath = {tmp_path / 'nowhere'}\nfsmonitor = touch {tmp_path / 'ran'}\n"
        f"[commit]\ngpgSign = true\n[gpg]\nprogram = touch {tmp_path / 'ran'}\n"
        f"[init]\ntemplateDir = {tmp_path / 'no-template'}\n"
    )
    user = tmp_path / "config" / "keysweep" / "config.yaml"
    user.parent.mkdir(parents=True)
    user.write_text("exit_zero: true\n")
    for name, value in {
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_DIR": str(other.path / ".git"),
        "GIT_INDEX_FILE": str(other.path / ".git" / "index"),
        "KEYSWEEP_EXIT_ZERO": "1",
        "KEYSWEEP_FORMAT": "json",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["demo"]) == 0
    for name in ("GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)
    assert other.files() == before
    assert not (tmp_path / "ran").exists()


def test_colour_when_asked_for(
    scratch: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEYSWEEP_COLOR", "always")
    assert main(["demo"]) == 0
    assert capsys.readouterr().out.count("\x1b[") > 10


@posix_only
@pytest.mark.parametrize(
    ("commit", "said"),
    [
        ('real "$@" --no-verify', "the commit was made"),
        ("exit 1", "nothing is said of the Gate.io API secret"),
        ('for f in bot.py; do cat "$2/$f"; done; exit 1', "the output holds a secret"),
    ],
    ids=["made", "silent", "leaked"],
)
def test_failed_demonstration_is_told(
    scratch: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    commit: str,
    said: str,
) -> None:
    case = f'case " $* " in *" commit "*) {commit} ;; *) real "$@" ;; esac'
    wrap_git(tmp_path / "bin", monkeypatch, case)
    assert main(["demo"]) == 2
    assert said in capsys.readouterr().err
    assert not list(scratch.iterdir())


@posix_only
def test_setup_that_fails_is_told(
    scratch: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrap_git(tmp_path / "bin", monkeypatch, "echo no space left >&2; exit 128")
    assert main(["demo"]) == 2
    assert "no space left" in capsys.readouterr().err


def test_no_git(
    scratch: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["demo"]) == 2
    assert "git was not found" in capsys.readouterr().err
    assert not list(scratch.iterdir())
