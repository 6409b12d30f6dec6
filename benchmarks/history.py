"""Time a scan of a whole history, in turn with what git needs to read it, and with kingfisher.

gitleaks and betterleaks are timed too if they are on the path and read all of it; they search what
`git log -p` shows, not the objects.

Repositories are named by path, best bare mirrors; nothing is fetched. Memory is the sum of the
proportional set sizes of all processes, sampled while the scan runs (Linux).

python benchmarks/history.py ~/mirrors/flask.git ~/mirrors/freqtrade.git --runs 3
python benchmarks/history.py ~/mirrors/freqtrade.git --growth
"""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

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
    read_all,
    record,
    seconds,
)

SAMPLE_S = 0.1
NEW_COMMITS = 100


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found += map(int, children.split())
    return found


def memory(pid: int) -> tuple[int, int]:
    """Return the proportional set size of a process, and what of it is not mapped from files; bytes.

    Both are 0 if it is gone. What is mapped are packs and programs, which the system can drop.
    """
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0, 0
    kib = {name: int(rest.split()[0]) for name, _, rest in (x.partition(":") for x in lines[1:])}
    return kib["Pss"] * 1024, (kib["Pss"] - kib["Pss_File"]) * 1024


def peaks(argv: tuple[str, ...], folder: Path, env: dict[str, str]) -> tuple[int, int]:
    """Run a command and return the peaks of ``memory`` of all its processes together."""
    whole = own = 0
    process = subprocess.Popen(
        argv, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ended = threading.Event()

    def sample() -> None:
        nonlocal whole, own
        while not ended.wait(SAMPLE_S):
            used = [memory(pid) for pid in family(process.pid)]
            whole = max(whole, sum(one for one, _ in used))
            own = max(own, sum(one for _, one in used))

    thread = threading.Thread(target=sample)
    thread.start()
    process.wait()
    ended.set()
    thread.join()
    return whole, own


def objects(repo: Path) -> dict[str, int]:
    """Return what git counts in a repository."""
    out = subprocess.run(
        ["git", "-C", str(repo), "count-objects", "-v"], capture_output=True, text=True, check=True
    ).stdout
    counted = dict(line.split(": ") for line in out.splitlines())
    return {"objects": int(counted["in-pack"]), "pack_kib": int(counted["size-pack"])}


def add_commits(repo: Path, count: int) -> None:
    """Add commits to the branch of HEAD, each with one small file."""
    branch = subprocess.run(
        ["git", "-C", str(repo), "symbolic-ref", "HEAD"], capture_output=True, text=True, check=True
    ).stdout.strip()
    stream = []
    for number in range(count):
        now, text = int(time.time()), f"{time.time_ns()} {number}\n"
        stream.append(
            f"commit {branch}\ncommitter A <a@example.com> {now} +0000\ndata 4\nmore\n"
            + (f"from {branch}^0\n" if number == 0 else "")
            + f"M 644 inline new/{now}-{number}.txt\ndata {len(text)}\n{text}\n"
        )
    subprocess.run(
        ["git", "-C", str(repo), "fast-import", "--quiet"],
        input="".join(stream).encode(),
        check=True,
    )


def first_part(repo: Path, parts: int, target: Path) -> None:
    """Make a bare repository of the first of so many equal parts of a history."""
    git = ("git", "-C", str(repo))
    listing = [*git, "rev-list", "--first-parent", "--reverse", "HEAD"]
    commits = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split()
    last = commits[len(commits) // parts - 1]
    subprocess.run(["git", "init", "--quiet", "--bare", str(target)], check=True)
    pack = subprocess.run(
        [*git, "pack-objects", "--quiet", "--revs", "--missing=allow-any", "--stdout"],
        input=f"{last}\n".encode(),
        capture_output=True,
        check=True,
    ).stdout
    index = ["git", "-C", str(target), "index-pack", "--stdin"]
    subprocess.run(index, input=pack, stdout=subprocess.DEVNULL, check=True)
    subprocess.run(["git", "-C", str(target), "update-ref", "HEAD", last], check=True)


def growth(repo: Path) -> dict[str, Any]:
    """Return the peaks of memory with a quarter, a half and all of the history of HEAD.

    ``own_mib`` leaves out what is mapped from files: each git maps the whole pack, which grows.
    """
    found = {}
    with tempfile.TemporaryDirectory(prefix="keysweep-benchmark-") as name:
        for parts in (4, 2, 1):
            part = Path(name) / f"part{parts}.git"
            first_part(repo, parts, part)
            scan = keysweep("history", str(part), "--no-progress", "--no-cache", "--format", "json")
            packed = objects(part)
            whole, own = peaks(scan, Path(name), environment(Path(name)))
            found[f"1/{parts}"] = {**packed, "peak_mib": whole >> 20, "own_mib": own >> 20}
            print(f"  1/{parts}: {found[f'1/{parts}']}")
    return {"repository": named(repo), "growth": found}


def named(repo: Path) -> str:
    """Return the name of a repository, which may be kept in a folder ``repo``."""
    return repo.parent.name if repo.name == "repo" else repo.name


def a_commit(folder: Path) -> Path:
    """Return a new repository in which a small file is staged."""
    repo = folder / "staged"
    subprocess.run(["git", "init", "--quiet", str(repo)], check=True)
    (repo / "a.py").write_text("print('hello')\n")
    subprocess.run(["git", "-C", str(repo), "add", "a.py"], check=True)
    return repo


def measure(repo: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Return the figures of one repository."""
    with tempfile.TemporaryDirectory(prefix="keysweep-benchmark-") as name:
        folder = Path(name)
        env = environment(folder)
        copy = folder / "copy.git"  # new commits are added to it
        shutil.copytree(repo, copy, symlinks=True)
        scan = keysweep(
            "history", str(copy), "--no-progress", "--format", "json", "--output", os.devnull
        )
        anew = (
            "sh",
            "-c",
            f'rm -f "{env["KEYSWEEP_CACHE_DIR"]}"/*.history; exec "$@"',
            "sh",
            *scan,
        )
        ends = (0, 1, 2)
        commands = {
            "keysweep": Command(anew, folder, ends),
            "git": Command(
                ("git", "-C", str(repo), "cat-file", "--batch-all-objects", "--batch", "--unordered",
                 "--buffer"),
                folder,
                is_long=True,
            ),
        }  # fmt: skip
        if args.kingfisher:
            rules = ("--no-update-check", "--rule-cache-dir", str(folder / "kingfisher-cache"))
            tool = program("kingfisher", "kingfisher-bin")
            commands["kingfisher"] = Command(
                (tool, "scan", str(repo), "--no-validate", *rules), folder, (0, 200, 205)
            )
        for peer, argv in go_peers("git", str(repo)).items():
            command = Command(argv, folder)
            if read_all(command, env):
                commands[peer] = command
            else:
                print(f"{peer} gave up on {named(repo)}: not timed")
        if args.cores:
            commands["one core"] = Command(("taskset", "-c", "0", *anew), folder, ends)
        times = in_turn(commands, env, args.runs, args.warm)
        seconds(Command(scan, folder, ends), env)
        commit = Command(keysweep("staged", "--format", "json"), a_commit(folder))
        both = {"nothing new": Command(scan, folder, ends), "staged": commit}
        short = in_turn(both, env, args.runs)
        new = []
        for _ in range(args.runs):
            add_commits(copy, NEW_COMMITS)
            new.append(seconds(Command(scan, folder, ends), env))
        peak, own = peaks(anew, folder, env)
    full = statistics.median(times["keysweep"])
    return {
        "repository": named(repo),
        **objects(repo),
        "median_s": medians({**times, **short, f"{NEW_COMMITS} new commits": new}),
        "ratio": {
            other: round(ratio(times, "keysweep", other), 3)
            for other in times
            if other != "keysweep"
        },
        "of_full": {
            "nothing new": round(statistics.median(short["nothing new"]) / full, 3),
            f"{NEW_COMMITS} new commits": round(statistics.median(new) / full, 3),
        },
        "nothing_new_of_staged": round(ratio(short, "nothing new", "staged"), 2),
        "peak_mib": peak >> 20,
        "own_mib": own >> 20,
    }


def main() -> None:
    """Measure, print, record."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("repos", metavar="REPO", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3, help="rounds (default: 3)")
    parser.add_argument("--warm", type=int, default=1, help="rounds before (default: 1)")
    parser.add_argument("--no-kingfisher", dest="kingfisher", action="store_false")
    parser.add_argument("--cores", action="store_true", help="on one core too")
    parser.add_argument("--growth", action="store_true", help="measure memory alone, on parts too")
    parser.add_argument("--results", type=Path, default=CHECKOUT / "benchmarks" / "results")
    args = parser.parse_args()
    for repo in args.repos:
        started = time.monotonic()
        if args.growth:
            record(args.results / "history.json", growth(repo.resolve()))
            continue
        result = {"runs": args.runs, **measure(repo.resolve(), args)}
        print(f"{result['repository']}: {result['median_s']} (peak {result['peak_mib']} MiB)")
        for other, value in result["ratio"].items():
            print(f"  keysweep takes {value} of {other}")
        for what, value in result["of_full"].items():
            print(f"  a scan with {what} takes {value} of a full one")
        print(f"  with nothing new it takes {result['nothing_new_of_staged']} of keysweep staged")
        print(f"  measured in {time.monotonic() - started:.0f} s")
        record(args.results / "history.json", result)


if __name__ == "__main__":
    main()
