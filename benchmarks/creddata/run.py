"""Scan a built copy of Samsung's CredData with this checkout and score the lines by its labels.

python benchmarks/creddata/run.py DATA META [--results FILE]

DATA and META are the folders ``data`` and ``meta`` of a built benchmark (https://github.com/Samsung/CredData);
neither is part of this repository. Each file is a sample of its own: no ignore file and no history counts.

A label is a range of lines, true (T), false (F) or neither (X). A finding that meets a true range finds it, one
that meets a false range alone is false, one that meets none is "unlabelled". F1 leaves the unlabelled out, F1+
counts each as false. The numbers are given for all repositories and for two halves (by the second lowest bit of
the number that CredData names a repository by): rules tuned on one half must hold on the other.
"""

import argparse
import collections
import csv
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import measure

RANK = {"T": 2, "F": 1, "X": 0}
Lines = tuple[int, int]


class Label(NamedTuple):
    """What is known of a range of lines."""

    truth: str
    categories: frozenset[str]


def read_labels(data: Path, meta: Path, ignored: Iterable[str]) -> dict[str, dict[Lines, Label]]:
    """Return the labels of the files that are there; where rows disagree, a true one wins."""
    labels: dict[str, dict[Lines, Label]] = collections.defaultdict(dict)
    for table in sorted(meta.glob("*.csv")):
        if not (data / table.stem).is_dir():
            continue
        with table.open(newline="") as rows:
            for row in csv.DictReader(rows):
                path = row["FilePath"].removeprefix("data/")
                if path not in labels and not (data / path).exists():
                    continue
                truth = "X" if row["Category"] in ignored else row["GroundTruth"]
                lines = int(row["LineStart"]), int(row["LineEnd"])
                one = Label(truth, frozenset(row["Category"].split(":")))
                old = labels[path].get(lines)
                if old is None or RANK[truth] > RANK[old.truth]:
                    labels[path][lines] = one
                elif old.truth == truth:
                    labels[path][lines] = Label(truth, old.categories | one.categories)
    return labels


def scan(data: Path, confidence: str) -> set[tuple[str, int, int]]:
    """Return path, first and last line of every occurrence that this checkout reports."""
    options = ("--isolated", "--include-ignored", "--no-progress", "--format", "json")
    done = subprocess.run(
        [sys.executable, "-m", "scanner", "scan", data, *options, "--min-confidence", confidence],
        cwd=measure.CHECKOUT,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode not in (0, 1) or not done.stdout:
        sys.exit(f"the scan ended with {done.returncode}")
    findings = json.loads(done.stdout)["findings"]
    return {
        (finding["path"], place["line"], place["end_line"])
        for finding in findings
        for place in finding["occurrences"]
    }


def count(
    labels: dict[str, dict[Lines, Label]], found: set[tuple[str, int, int]], in_half: Any
) -> dict[str, Any]:
    """Return the numbers of the repositories that a half holds."""
    hit: set[tuple[str, Lines]] = set()
    false: set[tuple[str, Lines]] = set()
    unlabelled: set[tuple[str, int]] = set()
    for path, start, end in found:
        if not in_half(path):
            continue
        ranges = labels.get(path, {})
        met = [lines for lines in ranges if lines[0] <= end and start <= lines[1]]
        true = {(path, lines) for lines in met if ranges[lines].truth == "T"}
        hit |= true
        if not met:
            unlabelled.add((path, start))
        elif not true:
            false |= {(path, lines) for lines in met if ranges[lines].truth == "F"}
    wanted = {
        (path, lines): label.categories
        for path, ranges in labels.items()
        if in_half(path)
        for lines, label in ranges.items()
        if label.truth == "T"
    }
    by_category: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for place, categories in wanted.items():
        for category in categories:
            by_category[category][0] += 1
            by_category[category][1] += place in hit
    largest = sorted(by_category.items(), key=lambda item: -item[1][0])[:15]
    missed = len(wanted) - len(hit)
    return {
        "true": len(wanted),
        "found": len(hit),
        "false": len(false),
        "unlabelled": len(unlabelled),
        "precision": share(len(hit), len(hit) + len(false)),
        "recall": share(len(hit), len(wanted)),
        "f1": share(2 * len(hit), 2 * len(hit) + len(false) + missed),
        "f1_plus": share(2 * len(hit), 2 * len(hit) + len(false) + len(unlabelled) + missed),
        "recall_by_category": {name: share(got, of) for name, (of, got) in largest},
    }


def share(part: int, whole: int) -> float:
    """Return part / whole to three digits, 0 for nothing of nothing."""
    return round(part / whole, 3) if whole else 0.0


def main() -> None:
    """Scan, score and print; add a line to the results if asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("meta", type=Path)
    parser.add_argument("--min-confidence", default="medium", choices=["low", "medium", "high"])
    parser.add_argument("--ignore-category", nargs="*", default=["UUID"], metavar="NAME")
    parser.add_argument("--results", type=Path, help="a JSON list to add the numbers to")
    options = parser.parse_args()
    data = options.data.resolve()
    labels = read_labels(data, options.meta, options.ignore_category)
    found = scan(data, options.min_confidence)

    def half(bit: int) -> Any:
        return lambda path: int(path.split("/")[0], 16) >> 1 & 1 == bit

    parts = {"all": lambda _path: True, "half 1": half(0), "half 2": half(1)}
    numbers = {name: count(labels, found, in_half) for name, in_half in parts.items()}
    for name, values in numbers.items():
        print(name, *(f"{key} {values[key]}" for key in list(values)[:8]), sep="  ")
    for category, recall in numbers["all"]["recall_by_category"].items():
        print(f"  {category:24} recall {recall}")
    if options.results:
        files = {"files": len(labels), "min_confidence": options.min_confidence}
        measure.record(options.results, files | numbers)


if __name__ == "__main__":
    main()
