"""Scan the accuracy corpus with keysweep, kingfisher and detect-secrets, and print one table.

gitleaks and betterleaks are asked too if they are on the path.

Every tool runs with its own defaults, without trying keys and without network; a finding counts once a
line. Read it as what it is: the corpus holds what keysweep is made for, exchange and wallet keys, in
places where they lie, and none of the cloud tokens that the others were made for.

    pip install -e '.[bench]'
    python benchmarks/accuracy/peers.py --seed 7
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[1]))

import generate
import measure
import score


def keysweep(tree: Path, cache: Path) -> Iterator[score.Row]:
    """Yield keysweep's findings, as the JSON has them."""
    del cache
    command = measure.keysweep("scan", str(tree), "--format", "json", "--no-progress")
    yield from json.loads(output(command, (1, 2)))["findings"]


def kingfisher(tree: Path, cache: Path) -> Iterator[score.Row]:
    """Yield the places that kingfisher reports."""
    program = measure.program("kingfisher", "kingfisher-bin")
    scan = (
        program,
        "scan",
        str(tree),
        "--git-history",
        "none",
        "--no-validate",
        "--format",
        "json",
    )
    text = output((*scan, "--no-update-check", "--rule-cache-dir", str(cache)), (0, 200))
    report, _ = json.JSONDecoder().raw_decode(text)  # figures follow, as an object of their own
    for found in report["findings"]:
        yield {"path": found["finding"]["path"], "line": found["finding"]["line"]}


def detect_secrets(tree: Path, cache: Path) -> Iterator[score.Row]:
    """Yield the places that detect-secrets reports."""
    del cache
    program = measure.program("detect-secrets", "detect-secrets")
    command = (program, "-C", str(tree), "scan", "--all-files", "--no-verify")
    for path, found in json.loads(output(command, (0,)))["results"].items():
        yield from ({"path": path, "line": one["line_number"]} for one in found)


def written_in_go(name: str) -> Callable[[Path, Path], Iterator[score.Row]]:
    """Return what yields the places that gitleaks or betterleaks reports."""

    def scan(tree: Path, cache: Path) -> Iterator[score.Row]:
        del cache
        command = measure.go_peers("dir", str(tree))[name]
        for found in json.loads(output((*command, "-f", "json", "-r", "-"), (0,))):
            yield {"path": found["File"], "line": found["StartLine"]}

    return scan


TOOLS: dict[str, Callable[[Path, Path], Iterator[score.Row]]] = {
    "keysweep": keysweep,
    "kingfisher": kingfisher,
    "detect-secrets": detect_secrets,
    **{name: written_in_go(name) for name in measure.go_peers()},
}


def output(command: tuple[str, ...], expected: tuple[int, ...]) -> str:
    """Run a tool and return what it prints; end with its message if it did not do its work."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in expected:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def once_a_line(found: Iterator[score.Row]) -> list[score.Row]:
    """Return the findings, of those without occurrences only the first of each line."""
    kept: dict[object, score.Row] = {}
    for number, finding in enumerate(found):
        key = number if "occurrences" in finding else (finding["path"], finding["line"])
        kept.setdefault(key, finding)
    return list(kept.values())


def main() -> int:
    """Print a line for each tool, and record them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, default=Path(__file__).parents[1] / "results")
    options = parser.parse_args()
    tools: dict[str, score.Row] = {}
    with tempfile.TemporaryDirectory(prefix="keysweep-peers-") as temporary:
        folder = Path(temporary)
        generate.write(options.seed, folder / "corpus")
        tree = (folder / "corpus" / "tree").resolve()
        labels = score.read_lines(folder / "corpus" / "labels.jsonl")
        planted = sum(not label["optional"] for label in labels)
        print(f"seed {options.seed}, {planted} planted values")
        for name, scan in TOOLS.items():
            report = {"root": str(tree), "findings": once_a_line(scan(tree, folder / "cache"))}
            got = score.compare(labels, report, tree)
            false = len(got.false)
            tools[name] = {"found": len(got.found), "true": len(got.true), "false": false}
            print(f"{name:<15}{len(got.found):>6} found, recall {got.recall:.1%}; ", end="")
            print(f"{false} false findings, precision {got.precision:.1%}")
    result = {"seed": options.seed, "planted": planted, "tools": tools}
    measure.record(options.results / "peers.json", result)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
