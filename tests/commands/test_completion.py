"""Completion, asked for in the real shells."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]


def needs(shell: str) -> Any:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"needs {shell} (apt)")


@pytest.fixture
def complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], set[str]]:
    """Return a function: what a shell offers for a line, with the cursor at its end."""
    program = tmp_path / "bin" / "keysweep"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -P -m scanner "$@"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "report.json").touch()
    (folder / "two words.yaml").touch()

    def ask(shell: str, line: str) -> set[str]:
        made = subprocess.run(
            [program, "completion", shell], capture_output=True, text=True, check=True
        )
        script = tmp_path / f"keysweep.{shell}"
        script.write_text(made.stdout)
        command = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](script, line, tmp_path)
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        assert not done.stderr.strip(), done.stderr
        return {text.strip() for text in done.stdout.splitlines() if text.strip()}

    return ask


def _bash(script: Path, line: str, _: Path) -> list[str]:
    words = line.replace("=", " = ").split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    code = f"source '{script}'; COMP_WORDS=({listed}); COMP_CWORD={len(words) - 1}; _keysweep 2>/dev/null"
    return ["bash", "--norc", "-c", code + '; printf "%s\\n" "${COMPREPLY[@]}"']


def _fish(script: Path, line: str, _: Path) -> list[str]:
    code = f"source '{script}'; complete -C '{line}' | string replace -r '\\t.*' ''"
    return ["fish", "--no-config", "-c", code]


def _zsh(script: Path, line: str, tmp_path: Path) -> list[str]:
    """A zsh in a terminal of its own, whose completion writes what it would offer."""
    # What completion functions add is written down; with -O, -A, -D they only ask.
    (tmp_path / "spy.zsh").write_text(f"""
compadd() {{
  local -a found
  local one
  if [[ -z ${{@[(r)-[OAD]*]}} ]]; then
    builtin compadd -O found "$@"
    for one in $found; do print -r -- "OFFER:$one:" >> {tmp_path}/offers; done
  fi
  builtin compadd "$@"
}}
""")
    driver = tmp_path / "driver.zsh"
    driver.write_text(f"""
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PROMPT=; autoload -Uz compinit; compinit -u -d {tmp_path}/dump; source {script}'
zpty -w shell 'source {tmp_path}/spy.zsh'
zpty -w shell 'bindkey "^I" complete-word; print READY'
zpty -r -m shell text '*READY*READY*'
zpty -n -w shell $'{line}\\t'
sleep 2
zpty -n -w shell $'\\C-c'
zpty -d shell
""")
    return [
        "zsh",
        "-f",
        "-c",
        f"zsh -f {driver} >/dev/null 2>&1; sed -n 's/^OFFER:\\(.*\\):$/\\1/p' {tmp_path}/offers",
    ]


SHELLS = [pytest.param(shell, marks=needs(shell)) for shell in ("bash", "zsh", "fish")]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "some", "none"),
    [
        ("keysweep ", {"scan", "staged", "history"}, {"action", "report.json"}),
        ("keysweep sc", {"scan"}, {"history"}),
        ("keysweep history --ra", {"--range"}, {"--format"}),
        ("keysweep scan --format ", {"json", "sarif"}, {"report.json"}),
        ("keysweep scan --min-severity=", {"critical"}, {"json"}),
        ("keysweep scan --output ", {"report.json"}, {"json"}),
        ("keysweep scan rep", {"report.json"}, set()),
        ("keysweep rules sh", {"show"}, {"list"}),
        ("keysweep explain gate-api-s", {"gate-api-secret"}, {"gate-api-key"}),
        ("keysweep scan --only gate-api-k", {"gate-api-key"}, {"gate-api-secret"}),
    ],
)
def test_offers(
    shell: str, line: str, some: set[str], none: set[str], complete: Callable[[str, str], set[str]]
) -> None:
    """Commands, options, values, files and rule ids are offered where they belong."""
    offered = {text.removeprefix("--min-severity=") for text in complete(shell, line)}
    assert some <= offered
    assert not none & offered


def test_every_command_is_in_every_script(capsys: pytest.CaptureFixture[str]) -> None:
    from scanner.cli import main

    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        said = capsys.readouterr().out
        assert all(name in said for name in COMMANDS)
        assert "--min-confidence" in said or "min-confidence" in said
    assert main(["completion", "tcsh"]) == 2
