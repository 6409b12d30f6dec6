"""Generate the accuracy corpus, scan it with this checkout and print the score.

python benchmarks/accuracy/run.py --seed 1
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate
import score

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run the three steps."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the corpus here and leave it")
    score.add_options(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="keysweep-accuracy-") as temporary:
        folder = options.keep or Path(temporary)
        generate.write(options.seed, folder)
        command = [sys.executable, "-m", "scanner", "scan", str(folder.resolve() / "tree")]
        start = time.monotonic()
        done = subprocess.run(
            [*command, "--format", "json", "--no-progress"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode not in (0, 1, 2) or not done.stdout:
            print(f"the scan ended with {done.returncode}", file=sys.stderr)
            return 2
        report = json.loads(done.stdout)
        for skipped in report.get("skipped", []):
            print(f"unread: {skipped.get('path')}: {skipped.get('reason')}", file=sys.stderr)
        print(f"seed {options.seed}, scanned in {time.monotonic() - start:.1f} s\n")
        return score.finish(report, folder, options)


if __name__ == "__main__":
    raise SystemExit(main())
