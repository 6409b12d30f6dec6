"""What is told about secrets that were pushed, followed to the letter."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scanner.reporters.steps import is_command, pieces
from tests.commands.conftest import make

Repos = Callable[..., Any]
SCANNER = Path(__file__).resolve().parents[2]


def commands(text: str) -> list[str]:
    """Return the commands of the report: they stand on lines of their own, indented by eight."""
    lines = [line[8:] for line in text.split("\n") if line[:8].isspace()]
    return [line for line in lines if is_command(line)]


def test_the_steps_take_all_secrets_out(
    keysweep: Any, repo: Any, git_repo: Repos, tmp_path: Path
) -> None:
    """Of two providers, in files, in a message and on another branch: the history is rewritten once."""
    gate, okx = make("{hex:64}"), make("{HEX:32}", 2)
    server = git_repo("server", "--bare")
    repo.git("remote", "add", "origin", str(server.path))
    repo.write("bot.py", f'gate_secret = "{gate}"\n')
    repo.git("add", ".")
    repo.commit("bot")
    repo.git("checkout", "--quiet", "-b", "other")
    repo.write("keep.py", "x = 1\n")
    repo.git("add", ".")
    repo.commit(f"okx\n\nokx_secret = {okx}")
    repo.git("push", "--quiet", "origin", "main", "other")
    told = keysweep("history").out
    assert told.count("What to do: ") == 2
    assert told.count("Then, once for all of these") == 1
    assert told.index("Delete the API key at OKX") < told.index("git clone --mirror")
    environment = {**os.environ, "PYTHONPATH": str(SCANNER)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    statuses = []
    for command in commands(told):
        if command.startswith("pip "):
            continue
        here = command.replace("URL", str(server.path))
        here = here.replace("keysweep ", f"{sys.executable} -m scanner ", 1)
        ran = subprocess.run(
            ["bash", "-c", here], cwd=tmp_path, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        statuses.append((command.split()[0], ran.returncode))
        assert gate not in ran.stdout + ran.stderr
    assert statuses == [("git", 0), ("keysweep", 1), ("keysweep", 0), ("git", 0), ("git", 0)]
    kept = server.git("log", "--all", "--patch", "--format=%B")
    assert gate not in kept
    assert okx not in kept
    assert kept.count("***REMOVED***") == 2
    assert "x = 1" in kept


def test_commands_of_the_report_are_the_steps(keysweep: Any, repo: Any) -> None:
    """No command is wrapped or lost on its way to the page."""
    repo.write(
        "a folder with a long name/and another one in it/bot.py",
        f'gate_secret = "{make("{hex:64}")}"\n',
    )
    repo.git("add", ".")
    steps = keysweep("staged", "--format", "json").findings[0]["remediation"]["steps"]
    listed = [part for step in steps for part, code in pieces(step) if code and is_command(part)]
    assert commands(keysweep("staged").out) == listed
