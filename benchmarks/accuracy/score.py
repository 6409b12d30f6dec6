"""Compare a JSON report of `keysweep scan` with the labels of the accuracy corpus.

A planted value is found when an occurrence of a finding at its path covers its first line. In an
archive there are no lines: there each finding finds one value, of its own kind first. A finding
that covers no planted value is a false alarm. Values marked `optional` (account numbers, chat
ids, memos) count neither way. `--strict` also asks for the column, where the label has one, so
that one finding on a line with three values finds one of them only.

    python benchmarks/accuracy/score.py --labels /tmp/corpus --findings report.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass
class Score:
    """What the comparison gave."""

    found: list[Row] = field(default_factory=list)
    missed: list[Row] = field(default_factory=list)
    true: list[Row] = field(default_factory=list)
    false: list[Row] = field(default_factory=list)
    provider_right: list[tuple[Row, bool]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of planted values that were found."""
        return _share(len(self.found), len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        """Return the share of findings that cover a planted value."""
        return _share(len(self.true), len(self.true) + len(self.false))

    @property
    def f1(self) -> float:
        """Return the harmonic mean of recall and precision."""
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0

    @property
    def provider(self) -> float:
        """Return how often the provider was named right where the file tells it."""
        return _share(sum(right for _, right in self.provider_right), len(self.provider_right))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def read_lines(path: Path) -> list[Row]:
    """Return the objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def relative(path: str, root: str | None, tree: Path) -> str:
    """Return a finding's path below the corpus tree, whatever its own root was."""
    name = path.replace("\\", "/")
    for prefix in (str(tree.resolve()), str(tree), root or ""):
        if prefix and name.startswith(prefix.rstrip("/") + "/"):
            return name[len(prefix.rstrip("/")) + 1 :]
    return name


def covers(place: Row, label: Row, *, strict: bool) -> bool:
    """Tell whether an occurrence (or finding) covers the first line of a label at the same path."""
    first, last = place.get("line"), place.get("end_line") or place.get("line")
    if first is None or last is None or not first <= label["line"] <= last:
        return False
    column, end = place.get("column"), place.get("end_column")
    if not strict or label["column"] is None or column is None or first != last or end is None:
        return True
    return bool(column - 4 <= label["column"] < end)


def _in_archive(finding: Row, labels: list[Row], hits: dict[int, list[Row]]) -> list[Row]:
    """Return the value that a finding at an archive stands for, if one is left."""
    left = [label for label in labels if label["line"] is None and label["number"] not in hits]
    left.sort(
        key=lambda label: (
            label["optional"],
            label["kind"] != finding.get("kind"),
            not names_provider(finding, label),
        )
    )
    return left[:1]


def names_provider(finding: Row, label: Row) -> bool:
    """Tell whether the finding's system is the label's, its brand, or its product."""
    system = finding.get("system")
    accepted = {label["system"], label["system"].partition("_")[0], *label["accept"]}
    return system in accepted


def compare(labels: list[Row], report: Row, tree: Path, *, strict: bool = False) -> Score:
    """Return the score of a report."""
    at_path: dict[str, list[Row]] = defaultdict(list)
    for number, label in enumerate(labels):
        label["number"] = number
        at_path[label["path"]].append(label)
    hits: dict[int, list[Row]] = defaultdict(list)
    score = Score()
    for finding in report["findings"]:
        path = relative(finding["path"] or "", report.get("root"), tree)
        finding["path"] = path
        places = finding.get("occurrences") or [finding]
        covered = [
            label
            for label in at_path.get(path, [])
            if label["line"] and any(covers(place, label, strict=strict) for place in places)
        ] or _in_archive(finding, at_path.get(path, []), hits)
        (score.true if covered else score.false).append(finding)
        for label in covered:
            hits[label["number"]].append(finding)
    for label in labels:
        if label["optional"]:
            continue
        own = hits.get(label["number"], [])
        (score.found if own else score.missed).append(label)
        if own and label["provider_told"] and label["system"]:
            score.provider_right.append((label, any(names_provider(f, label) for f in own)))
    return score


def table(score: Score, key: str) -> str:
    """Return recall and provider of every value of a label's member `key`, the worst first."""
    found, missed = (Counter(row[key] for row in rows) for rows in (score.found, score.missed))
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for label, is_right in score.provider_right:
        asked[label[key]] += 1
        right[label[key]] += is_right
    lines = [f"{key:<28}{'values':>7}{'found':>7}{'recall':>8}{'provider':>10}"]
    for name in sorted(
        {*found, *missed}, key=lambda n: (_share(found[n], found[n] + missed[n]), n)
    ):
        total = found[name] + missed[name]
        provider = f"{_share(right[name], asked[name]):9.1%}" if asked[name] else "        -"
        lines.append(f"{name:<28}{total:>7}{found[name]:>7}{found[name] / total:>8.1%} {provider}")
    return "\n".join(lines)


def summary(score: Score, lookalikes: list[Row]) -> str:
    """Return the whole report as text."""
    stands = {(row["path"], row["line"]): row["category"] for row in lookalikes}
    categories = Counter(stands.get((f["path"], f.get("line")), "other text") for f in score.false)
    found, false = len(score.found), len(score.false)
    planted, findings = found + len(score.missed), len(score.true) + false
    parts = [
        f"recall     {score.recall:6.1%}  ({found} of {planted} planted values)",
        f"precision  {score.precision:6.1%}  ({false} false of {findings} findings; "
        f"{len(lookalikes)} look-alikes)",
        f"F1         {score.f1:6.1%}",
        f"provider   {score.provider:6.1%}  (of {len(score.provider_right)} found, file tells it)",
        "",
        *(table(score, key) + "\n" for key in ("difficulty", "kind", "context", "system")),
    ]
    if categories:
        parts.append("false alarms by what stands there")
        parts += [f"  {count:>5}  {name}" for name, count in categories.most_common()]
    return "\n".join(parts)


def write_errors(score: Score, path: Path, lookalikes: list[Row]) -> None:
    """Write misses, false alarms and wrong providers as JSON lines."""
    stands = {(row["path"], row["line"]): row["category"] for row in lookalikes}
    rows: list[Row] = [{"error": "missed", **label} for label in score.missed]
    for finding in score.false:
        keep = ("path", "line", "rule", "system", "kind", "confidence", "redacted", "decoded")
        row = {"error": "false", **{name: finding.get(name) for name in keep}}
        rows.append({**row, "category": stands.get((finding["path"], finding.get("line")))})
    rows += [{"error": "provider", **label} for label, right in score.provider_right if not right]
    path.write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that `run.py` shares."""
    parser.add_argument("--errors", type=Path, help="write misses and false alarms as JSON lines")
    parser.add_argument("--strict", action="store_true", help="ask for the column too")
    for name in ("recall", "precision", "provider"):
        parser.add_argument(
            f"--min-{name}", type=float, default=0.0, help="0 to 1; below it exit 1"
        )


def finish(report: Row, folder: Path, options: argparse.Namespace) -> int:
    """Print the score of a report against the labels in `folder` and return the exit status."""
    lookalikes = read_lines(folder / "lookalikes.jsonl")
    labels = read_lines(folder / "labels.jsonl")
    score = compare(labels, report, folder / "tree", strict=options.strict)
    if options.errors:
        write_errors(score, options.errors, lookalikes)
    print(summary(score, lookalikes))
    is_low = (
        score.recall < options.min_recall
        or score.precision < options.min_precision
        or score.provider < options.min_provider
    )
    return 1 if is_low else 0


def main() -> int:
    """Read the report and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--labels", type=Path, required=True, help="the folder that generate.py wrote"
    )
    parser.add_argument("--findings", required=True, help="keysweep's JSON, - for standard input")
    add_options(parser)
    options = parser.parse_args()
    is_stdin = options.findings == "-"
    text = sys.stdin.read() if is_stdin else Path(options.findings).read_text(encoding="utf-8")
    return finish(json.loads(text), options.labels, options)


if __name__ == "__main__":
    raise SystemExit(main())
