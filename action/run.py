"""What action.yml runs: ``run.py install`` and ``run.py scan``.

Needs no more than the Python 3.8 or later that every runner has. It looks for one that keysweep
supports, makes an environment with the pinned dependencies in the job's own temporary folder, and
starts keysweep there, from this very checkout. Nothing is kept for the next job.
"""

from __future__ import annotations

import glob
import os
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 15)
HERE = os.path.dirname(os.path.abspath(__file__))
_VERSION = "import sys, ensurepip, venv; print(sys.version_info[0], sys.version_info[1])"
# No value of these can lead Python or pip to other code than the pinned.
_DROPPED = (
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_TARGET",
    "PIP_USER",
)


def main(argv: list[str]) -> int:
    """Do one step; return its exit status."""
    temporary = os.environ.get("RUNNER_TEMP")
    if argv not in (["install"], ["scan"]) or not temporary:
        return failed("run.py install | scan, with RUNNER_TEMP set as GitHub does")
    folder = os.path.join(temporary, "keysweep-environment")
    return install(folder) if argv == ["install"] else scan(folder)


def install(folder: str) -> int:
    """Make the environment in ``folder``, anew."""
    python = find_python()
    if python is None:
        return failed(
            "no Python from 3.11 with venv was found: put actions/setup-python before this step"
        )
    environment = {k: v for k, v in os.environ.items() if k not in _DROPPED}
    pip = ("-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install")
    safe = ("--quiet", "--no-cache-dir", "--require-hashes", "--only-binary=:all:", "--no-deps")
    commands = (
        [python, "-I", "-m", "venv", "--clear", folder],
        [python_of(folder), *pip, *safe, "-r", os.path.join(HERE, "requirements.txt")],
    )
    for command in commands:
        if subprocess.run(command, env=environment, check=False).returncode:
            return failed("the pinned dependencies could not be installed (see above)")
    where = [
        python_of(folder),
        "-I",
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
    ]
    site = subprocess.run(where, stdout=subprocess.PIPE, check=True, text=True).stdout.strip()
    with open(os.path.join(site, "keysweep.pth"), "w", encoding="utf-8") as file:
        file.write(os.path.dirname(HERE) + "\n")
    return 0


def scan(folder: str) -> int:
    """Run ``keysweep action`` with the environment of ``install``; -I: nothing of the workspace is imported."""
    python = python_of(folder)
    if not os.path.exists(python):
        return failed("the step before this one did not end well")
    cache = os.path.join(
        folder, "cache"
    )  # of this job: what was compiled is shared by its processes
    command = [python, "-I", "-X", "utf8", "-m", "scanner", "action"]
    return subprocess.run(
        command, env={**os.environ, "KEYSWEEP_CACHE_DIR": cache}, check=False
    ).returncode


def find_python() -> str | None:
    """Return the path of a Python that keysweep supports: this one, one of the PATH, of the tool cache."""
    candidates = [sys.executable]
    candidates += [f"python3.{minor}" for minor in range(NEWEST[1] - 1, OLDEST[1] - 1, -1)]
    tools = os.environ.get("RUNNER_TOOL_CACHE")
    if tools:
        for tail in (("bin", "python3"), ("python.exe",)):
            pattern = os.path.join(glob.escape(tools), "Python", "3.1*", "*", *tail)
            candidates += sorted(glob.glob(pattern), reverse=True)  # noqa: PTH207
    return next((python for python in candidates if is_supported(python)), None)


def is_supported(python: str) -> bool:
    """Whether it starts, has a version that keysweep supports, and can make environments."""
    try:
        done = subprocess.run(
            [python, "-I", "-c", _VERSION],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    words = done.stdout.split()
    return len(words) == 2 and OLDEST <= (int(words[0]), int(words[1])) <= NEWEST


def python_of(folder: str) -> str:
    """Return the path of an environment's Python."""
    return os.path.join(
        folder, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python"))
    )


def failed(text: str) -> int:
    """Say why nothing was scanned, as an annotation; return 2."""
    print(f"::error title=keysweep::{text}")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
