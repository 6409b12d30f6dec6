"""Time `keysweep scan` on a folder of 2,000 source files (20 MB), in turn with kingfisher.

gitleaks and betterleaks are timed too if they are on the path.

The folder is made from a seed and the source of the running Python's standard library: mostly
source code, some prices in JSON, some lock files full of digests, some settings. No secrets.
"""

import argparse
import hashlib
import json
import random
import re
import subprocess
import sysconfig
import tempfile
from pathlib import Path

from measure import (
    CHECKOUT,
    Command,
    environment,
    go_peers,
    in_turn,
    keysweep,
    medians,
    program,
    ratio,
    record,
)

FILES = 2_000
TOTAL_BYTES = 20_000_000


def library() -> list[str]:
    """Return the lines of the standard library's source, in order of file names."""
    folder = Path(sysconfig.get_path("stdlib"))
    lines: list[str] = []
    for path in sorted(folder.glob("*.py")) + sorted(folder.glob("[a-s]*/*.py")):
        if "site-packages" not in path.parts and path.stat().st_size < 200_000:
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    return lines


def source(rng: random.Random, lines: list[str], size: int) -> str:
    """Return source code: a run of lines of the library."""
    start = rng.randrange(len(lines))
    text: list[str] = []
    length = 0
    while length < size:
        line = lines[(start + len(text)) % len(lines)]
        text.append(line)
        length += len(line)
    return "".join(text)


def prices(rng: random.Random, _: list[str], size: int) -> str:
    """Return JSON as market data comes: numbers, times, order ids."""
    rows = [
        {
            "symbol": rng.choice(["BTC-USDT", "ETH-USDT", "SOL-USDC"]),
            "price": round(rng.uniform(1, 90_000), 2),
            "time": 1_700_000_000_000 + rng.randrange(10**10),
            "orderId": rng.randrange(10**12),
        }
        for _ in range(size // 90)
    ]
    return json.dumps(rows, indent=1)


def lock(rng: random.Random, _: list[str], size: int) -> str:
    """Return a lock file: names, versions, digests."""
    return "".join(
        f"package-{rng.randrange(5000)}=={rng.randrange(9)}.{rng.randrange(30)} \\\n"
        f"    --hash=sha256:{hashlib.sha256(rng.randbytes(8)).hexdigest()}\n"
        for _ in range(size // 115)
    )


def settings(rng: random.Random, _: list[str], size: int) -> str:
    """Return YAML settings with placeholders where secrets would be."""
    return "".join(
        f"service_{i}:\n  host: host-{rng.randrange(99)}.example.com\n"
        f"  port: {rng.randrange(65536)}\n  api_key: ${{API_KEY}}\n  password: changeme\n"
        for i in range(size // 105)
    )


def make_folder(folder: Path, files: int, total_bytes: int) -> int:
    """Write the files and return how many bytes they have; the same ones each time."""
    rng = random.Random(20_000_000)
    lines = library()
    kinds = ((source, "py", 84), (prices, "json", 6), (lock, "txt", 4), (settings, "yaml", 6))
    weights = [weight for _, _, weight in kinds]
    sizes = [rng.lognormvariate(0, 1) for _ in range(files)]
    scale = total_bytes / sum(sizes)
    written = 0
    for number, share in enumerate(sizes):
        make, extension, _ = rng.choices(kinds, weights)[0]
        path = folder / f"part{number // 100}" / f"file{number}.{extension}"
        path.parent.mkdir(parents=True, exist_ok=True)
        written += path.write_bytes(make(rng, lines, int(share * scale)).encode())
    return written


def main() -> None:
    """Measure, print, record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="rounds (default: 7)")
    parser.add_argument("--files", type=int, default=FILES, help=f"files (default: {FILES})")
    parser.add_argument("--results", type=Path, default=CHECKOUT / "benchmarks" / "results")
    args = parser.parse_args()

    kingfisher = program("kingfisher", "kingfisher-bin")
    with tempfile.TemporaryDirectory(prefix="keysweep-benchmark-") as name:
        folder = Path(name)
        tree = folder / "tree"
        size = make_folder(tree, args.files, TOTAL_BYTES * args.files // FILES)
        env = environment(folder)
        scan = (kingfisher, "scan", ".", "--git-history", "none", "--no-validate")
        rules = ("--no-update-check", "--rule-cache-dir", str(folder / "kingfisher-cache"))
        commands = {
            "keysweep": Command(keysweep("scan", ".", "--no-progress"), tree, (0, 1)),
            "kingfisher": Command((*scan, *rules), tree, (0, 200)),
        }
        for peer, argv in go_peers("dir", ".").items():
            commands[peer] = Command(argv, tree)
        times = in_turn(commands, env, args.runs)
        read = summary(keysweep("scan", ".", "--format", "json"), tree, env)
        if read["files"] != args.files or read["bytes"] != size:
            raise SystemExit(f"keysweep read {read['files']} files with {read['bytes']} bytes")
        theirs = re.search(
            r"Bytes Scanned\.*: (.*)", output(commands["kingfisher"].argv, tree, env)
        )
    result = {
        "runs": args.runs,
        "files": args.files,
        "bytes": size,
        "kingfisher_read": theirs[1] if theirs else None,
        "keysweep_findings": read["findings"],
        "median_s": medians(times),
        "ratio": {
            peer: round(ratio(times, "keysweep", peer), 3) for peer in times if peer != "keysweep"
        },
    }
    for tool, taken in result["median_s"].items():
        print(f"{tool:<11} {taken:6.2f} s  ({size / taken / 1e6:.0f} MB/s)")
    for peer, value in result["ratio"].items():
        print(f"keysweep takes {value} of {peer} (at most 1)")
    print(
        f"false alarms of keysweep: {read['findings']}; kingfisher read {result['kingfisher_read']}"
    )
    record(args.results / "throughput.json", result)


def output(argv: tuple[str, ...], folder: Path, env: dict[str, str]) -> str:
    """Return what a command prints, whatever its exit status."""
    done = subprocess.run(argv, cwd=folder, env=env, capture_output=True, check=False)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def summary(argv: tuple[str, ...], folder: Path, env: dict[str, str]) -> dict[str, int]:
    """Return the summary of keysweep's JSON report."""
    done = subprocess.run(argv, cwd=folder, env=env, stdout=subprocess.PIPE, check=False)
    found: dict[str, int] = json.loads(done.stdout)["summary"]
    return found


if __name__ == "__main__":
    main()
