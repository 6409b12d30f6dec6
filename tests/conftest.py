"""Fixtures for all tests: real git repositories that know nothing of the user who runs them, and both engines."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scanner import wiring


class GitRepo:
    """A git repository in a temporary folder, driven by the real git.

    Attributes:
        path: its top folder (of a bare repository: the repository itself).
    """

    def __init__(self, path: Path) -> None:
        """Wrap an existing repository."""
        self.path = path
        self._clock = 1_700_000_000

    def git(self, *args: str | bytes, check: bool = True, stdin: bytes | None = None) -> str:
        """Run git here and return what it printed, without the last line end."""
        done = subprocess.run(
            ["git", *args],
            cwd=self.path,
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"git {args!r}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")

    def write(self, name: str | bytes, content: bytes | str) -> Path:
        """Write a file of the work tree, with its folders, and return its path."""
        path = self.path / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            path.unlink()
        path.write_bytes(
            content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
        )
        return path

    def commit(self, message: str = "change", *options: str) -> str:
        """Commit what is staged, a minute after the last commit, and return the commit's id."""
        self._clock += 60
        date = f"{self._clock} +0000"
        os.environ["GIT_AUTHOR_DATE"] = os.environ["GIT_COMMITTER_DATE"] = date
        self.git("commit", "--quiet", "--allow-empty", "--message", message, *options)
        return self.head

    @property
    def head(self) -> str:
        """Return the id of the commit that HEAD names."""
        return self.git("rev-parse", "HEAD")

    def files(self) -> dict[str, bytes]:
        """Return every file below the git directory with its content, to see what a scan leaves."""
        top = Path(self.git("rev-parse", "--absolute-git-dir"))
        return {str(p): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}


def uncovered() -> dict[str, str]:
    """Return the environment for a process whose coverage is not measured: that takes twice as long."""
    return {name: value for name, value in os.environ.items() if "COV" not in name}


@pytest.fixture(scope="session", autouse=True)
def _heeded_signals() -> Iterator[None]:
    """Undo what ``nohup`` and a shell's ``&`` do: children would ignore the signals, too."""
    names = ("SIGINT", "SIGHUP")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    ignored = [number for number in numbers if signal.getsignal(number) is signal.SIG_IGN]
    for number in ignored:
        handler = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, handler)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture(autouse=True)
def _hermetic_git(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep the user's git settings, and what a hook was handed, out of every test."""
    for name in list(os.environ):
        if name.startswith(("GIT_", "GITHEAD_")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    settings = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CEILING_DIRECTORIES": str(tmp_path_factory.getbasetemp()),
        "GIT_AUTHOR_NAME": "A U Thor",
        "GIT_AUTHOR_EMAIL": "author@example.com",
        "GIT_COMMITTER_NAME": "C O Mitter",
        "GIT_COMMITTER_EMAIL": "committer@example.com",
        "GIT_AUTHOR_DATE": "1700000000 +0000",
        "GIT_COMMITTER_DATE": "1700000000 +0000",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def git_repo(tmp_path: Path) -> Callable[..., GitRepo]:
    """Return a factory of repositories: ``repo = git_repo()``, ``git_repo("other", "--bare")``."""

    def make(name: str = "repo", *options: str) -> GitRepo:
        path = tmp_path / name
        subprocess.run(
            ["git", "init", "--quiet", "--initial-branch=main", *options, str(path)], check=True
        )
        return GitRepo(path)

    return make


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, wiring.Patterns]:
    """Return the patterns for both engines, by name; the compiled databases are kept for the session."""
    pytest.importorskip("hyperscan", reason="needs hyperscan from PyPI")
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
        patch.setenv("KEYSWEEP_CACHE_DIR", str(cache))
        made = {}
        for name in ("hyperscan", "plain"):
            patch.setenv("KEYSWEEP_ENGINE", name)
            made[name] = wiring.Patterns()
            assert made[name].engine_name == name
            made[name].engine()  # compiles, or reads the cache, while the folder is chosen
    return made


CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of this checkout, as a fresh clone of what is (or would be) committed.

    Tests that build, install or clone it do so there, and leave the checkout as it is.
    """
    copy = tmp_path_factory.mktemp("snapshot") / "keysweep"
    if (CHECKOUT / ".git").exists():
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=CHECKOUT,
            check=True,
            capture_output=True,
        )
        for name in names.stdout.decode().split("\0"):
            if name and (CHECKOUT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(CHECKOUT / name, copy / name)
    else:  # an unpacked sdist
        shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    return copy


def _spoil(repo: GitRepo, canary: Path) -> None:
    """Make every setting that can name a program name one that touches the canary."""
    script = canary.parent / "evil"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >> "{canary}"\ncat\n')
    script.chmod(0o755)
    hooks = canary.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in (
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
        "post-checkout",
    ):
        (hooks / hook).write_bytes(script.read_bytes())
        (hooks / hook).chmod(0o755)
        (repo.path / ".git/hooks").mkdir(exist_ok=True)
        (repo.path / ".git/hooks" / hook).write_bytes(script.read_bytes())
        (repo.path / ".git/hooks" / hook).chmod(0o755)
    for name in (
        *("core.fsmonitor", "core.pager", "core.sshCommand", "core.gitProxy", "core.askPass"),
        *("core.editor", "core.alternateRefsCommand", "credential.helper", "gpg.program"),
        *("diff.external", "diff.evil.textconv", "diff.evil.command", "filter.evil.clean"),
        *("filter.evil.smudge", "filter.evil.process", "pager.diff-index", "pager.ls-files"),
        *("pager.rev-parse", "pager.cat-file", "alias.diff-index", "alias.ls-files"),
        *("merge.evil.driver", "uploadpack.packObjectsHook", "sequence.editor"),
    ):
        repo.git("config", name, ("!" if name.startswith("alias.") else "") + str(script))
    repo.git("config", "core.hooksPath", str(hooks))
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "diff.relative", "true")
    repo.git("config", "filter.evil.required", "true")
    repo.git("config", "protocol.allow", "always")
    repo.git("config", "protocol.ext.allow", "always")
    attributes = "* diff=evil filter=evil merge=evil\n"
    (repo.path / ".git/info").mkdir(exist_ok=True)
    (repo.path / ".git/info/attributes").write_text(attributes)


@pytest.fixture
def hostile(tmp_path: Path) -> Callable[[GitRepo], Path]:
    """Return a function that makes a repository hostile, and the canary that must not appear."""
    canary = tmp_path / "canary"

    def spoil(repo: GitRepo) -> Path:
        _spoil(repo, canary)
        return canary

    return spoil
