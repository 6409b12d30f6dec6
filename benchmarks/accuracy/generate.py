"""Write the labelled accuracy corpus: invented secrets, and values that only look like secrets.

The same seed gives the same bytes, on every machine. `DIR/tree` holds the files to be scanned,
`DIR/labels.jsonl` one object per planted value, `DIR/lookalikes.jsonl` one per look-alike.

    python benchmarks/accuracy/generate.py --seed 1 --out /tmp/corpus
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from corpus import lookalikes, plan
from corpus.document import Tree


def write(seed: int, out: Path) -> Tree:
    """Write the corpus of `seed` below `out` (its `tree` folder is replaced) and return it."""
    tree = plan.build(seed)
    lookalikes.build(tree, seed)
    if (out / "tree").exists():
        shutil.rmtree(out / "tree")
    for path, data in sorted(tree.files.items()):
        target = out / "tree" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    _lines(out / "labels.jsonl", tree.labels)
    _lines(out / "lookalikes.jsonl", tree.lookalikes)
    return tree


def _lines(path: Path, rows: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Write the corpus and print how much is in it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    tree = write(options.seed, options.out)
    counts = Counter(label["difficulty"] for label in tree.labels)
    print(
        f"{len(tree.files)} files, {len(tree.labels)} planted values",
        dict(sorted(counts.items())),
    )
    print(f"{len(tree.lookalikes)} look-alikes, seed {options.seed}, in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
