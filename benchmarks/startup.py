"""Time `keysweep staged` on a commit of one small file, in turn with two other hooks.

Each hook has a repository of its own. Before anything is timed, each must find an invented key in
the same place, so that no error path is timed. Then the key is taken out: the clean commit is what
people wait for all day.
"""

import argparse
import secrets
import string
import subprocess
import tempfile
from pathlib import Path

from measure import (
    CHECKOUT,
    Command,
    environment,
    in_turn,
    keysweep,
    medians,
    program,
    ratio,
    record,
    seconds,
)

CLEAN = '''\
"""Compare the prices of two exchanges."""

import os

LIMIT = float(os.environ.get("LIMIT", "50"))


def spread(bid: float, ask: float) -> float:
    """Return what is left of a trade."""
    return bid - ask if bid > ask else 0.0
'''


def invented_key() -> str:
    """Return lines with an AWS key that all three know."""
    key = "AKIA" + "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(16))
    alphabet = string.ascii_letters + string.digits + "/+"
    secret = "".join(secrets.choice(alphabet) for _ in range(40))
    return f'AWS_ACCESS_KEY_ID = "{key}"\nAWS_SECRET_ACCESS_KEY = "{secret}"\n'


def stage(folder: Path, text: str) -> None:
    """Stage one small file, in a repository that is made if it is not there."""
    git = ("git", "-C", str(folder))
    if not folder.exists():
        subprocess.run(["git", "init", "--quiet", "--template=", str(folder)], check=True)
        who = ("-c", "user.name=A", "-c", "user.email=a@example.com")
        (folder / "README").write_text("A repository with one commit.\n")
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, *who, "commit", "--quiet", "--message", "first"], check=True)
    (folder / "prices.py").write_text(text)
    subprocess.run([*git, "add", "."], check=True)


def main() -> None:
    """Measure, print, record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25, help="rounds (default: 25)")
    parser.add_argument("--cold-runs", type=int, default=3, help="runs without cache (default: 3)")
    parser.add_argument("--results", type=Path, default=CHECKOUT / "benchmarks" / "results")
    args = parser.parse_args()

    kingfisher = program("kingfisher", "kingfisher-bin")
    detect_secrets = program("detect-secrets-hook", "detect-secrets")
    with tempfile.TemporaryDirectory(prefix="keysweep-benchmark-") as name:
        folder = Path(name)
        rules = str(folder / "kingfisher-cache")
        argvs = {
            "keysweep": keysweep("staged"),
            "kingfisher": (
                *(kingfisher, "scan", ".", "--staged", "--no-validate"),
                *("--no-update-check", "--rule-cache-dir", rules),
            ),
            "detect-secrets": (detect_secrets, "prices.py"),
        }
        finds = {"keysweep": 1, "kingfisher": 200, "detect-secrets": 1}
        env = environment(folder)
        for tool, argv in argvs.items():
            stage(folder / tool, CLEAN + invented_key())
            seconds(Command(argv, folder / tool, (finds[tool],)), env)
            stage(folder / tool, CLEAN)
        commands = {tool: Command(argv, folder / tool) for tool, argv in argvs.items()}
        times = in_turn(commands, env, args.runs)
        cold = [
            seconds(commands["keysweep"], env | {"KEYSWEEP_CACHE_DIR": str(folder / f"cold-{i}")})
            for i in range(args.cold_runs)
        ]
    result = {
        "runs": args.runs,
        "median_s": medians(times),
        "fastest_s": {tool: round(min(taken), 4) for tool, taken in times.items()},
        "ratio": {
            tool: round(ratio(times, "keysweep", tool), 3) for tool in times if tool != "keysweep"
        },
        "first_run_ever_s": round(min(cold), 3) if cold else None,
    }
    for tool, taken in result["median_s"].items():  # type: ignore[attr-defined]
        print(f"{tool:<15} {taken * 1000:7.1f} ms (fastest {min(times[tool]) * 1000:.1f})")
    print(f"keysweep takes {result['ratio']['kingfisher']} of kingfisher (at most 0.2), ", end="")
    print(f"{result['ratio']['detect-secrets']} of detect-secrets (at most 0.6)")
    print(f"first run ever, rules compiled: {result['first_run_ever_s']} s (at most 2)")
    record(args.results / "startup.json", result)


if __name__ == "__main__":
    main()
