"""What the benchmarks share: commands timed in turn, and a line of results.

Times on a shared machine mean little, ratios measured in turn mean more: each round runs every
command once, in another order, and a ratio is the median of the rounds' own ratios.
"""

import importlib.metadata
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

CHECKOUT = Path(__file__).resolve().parent.parent


class Command(NamedTuple):
    """A command to time.

    Attributes:
        argv, folder: what to run, and where.
        ok: the exit statuses of a run that did its work.
        is_long: its output is gigabytes, and is thrown away; else it is shown if the command fails.
    """

    argv: Sequence[str]
    folder: Path
    ok: tuple[int, ...] = (0,)
    is_long: bool = False


def keysweep(*args: str) -> tuple[str, ...]:
    """Return the command of the keysweep in this environment, as people and hooks start it."""
    script = shutil.which("keysweep", path=os.path.dirname(sys.executable))
    if script:
        return (script, *args)
    sys.path.insert(0, str(CHECKOUT))
    from scanner.commands.hooking import launcher

    return launcher(*args)


def program(name: str, package: str) -> str:
    """Return the path of a peer from the extra ``bench``, or end with an explanation."""
    found = shutil.which(name, path=os.path.dirname(sys.executable)) or shutil.which(name)
    if found is None:
        sys.exit(f"{name} is missing: pip install -e '.[bench]' ({package})")
    if name == "kingfisher":
        # pip installs a Python script that starts the real program: do not time the script.
        from importlib.util import find_spec

        spec = find_spec("kingfisher")
        if spec and spec.origin:
            binary = Path(spec.origin).parent / "bin" / "kingfisher"
            return str(binary) if binary.exists() else found
    return found


def go_peers(*args: str) -> dict[str, tuple[str, ...]]:
    """Return the commands of the peers written in Go that are on the path; they have no package.

    ``go install github.com/zricethezav/gitleaks/v8@v8.30.0`` brings the one; the other is built from
    its checkout, https://github.com/betterleaks/betterleaks.
    """
    found = {name: shutil.which(name) for name in ("gitleaks", "betterleaks")}
    return {
        name: (tool, *args, "--no-banner", "--exit-code", "0")
        for name, tool in found.items()
        if tool
    }


def read_all(command: Command, env: Mapping[str, str]) -> bool:
    """Tell whether a peer written in Go ends without saying that it read only a part.

    gitleaks ends with status 0 where git could not read an object (8.30).
    """
    done = subprocess.run(
        command.argv, cwd=command.folder, env=env, capture_output=True, text=True, check=False
    )
    return done.returncode == 0 and not re.search("partial scan|fatal:|ERR", done.stderr)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment without the user's settings for git and keysweep.

    Python keeps its bytecode, as pip leaves it to those who install: without it every start of a
    changed checkout would compile the source again.
    """
    left_out = ("GIT_", "KEYSWEEP_", "PYTHONDONTWRITEBYTECODE")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(left_out)}
    return kept | {
        # kingfisher makes a commit of what is staged, and scans nothing if it cannot.
        **{f"GIT_{who}_NAME": "A" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "a@example.com" for who in ("AUTHOR", "COMMITTER")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "KEYSWEEP_CACHE_DIR": str(folder / "keysweep-cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        **more,
    }


def seconds(command: Command, env: Mapping[str, str]) -> float:
    """Run a command once and return how long it took; end if it failed."""
    start = time.perf_counter()
    done = subprocess.run(
        command.argv,
        cwd=command.folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if command.is_long else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    taken = time.perf_counter() - start
    if done.returncode not in command.ok:
        shown = (done.stdout or b"").decode("utf-8", "replace")[-2000:]
        sys.exit(f"{command.argv[0]} ended with {done.returncode}:\n{shown}")
    return taken


def in_turn(
    commands: Mapping[str, Command], env: Mapping[str, str], runs: int, warm: int = 2
) -> dict[str, list[float]]:
    """Run each command once a round, in a new order each time; ``warm`` rounds before that."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    names = list(commands)
    shuffle = random.Random(1).shuffle
    for round_number in range(-warm, runs):
        shuffle(names)
        for name in names:
            taken = seconds(commands[name], env)
            if round_number >= 0:
                times[name].append(taken)
    return times


def ratio(times: Mapping[str, Sequence[float]], ours: str, theirs: str) -> float:
    """Return the median over the rounds of our time divided by theirs."""
    return statistics.median(a / b for a, b in zip(times[ours], times[theirs], strict=True))


def medians(times: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the median of each command, in seconds."""
    return {name: round(statistics.median(taken), 4) for name, taken in times.items()}


def facts() -> dict[str, Any]:
    """Return what a reader of the numbers must know: date, commit, machine, versions."""
    git = ("git", "-C", str(CHECKOUT))
    head = subprocess.run(
        [*git, "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=False
    )
    versions = {"python": platform.python_version()}
    for name in ("keysweep", "hyperscan", "kingfisher-bin", "detect-secrets"):
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "date": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": head.stdout.strip(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": versions,
    }


def record(path: Path, result: Mapping[str, Any]) -> None:
    """Add a result to a JSON list that has one result a line."""
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(json.dumps(one) for one in [*results, {**facts(), **result}])
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
