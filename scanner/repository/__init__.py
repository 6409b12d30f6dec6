"""Every word we speak to git: plumbing only, NUL-separated, bytes, and safe in hostile hands.

A repository can name programs to run in its settings (textconv, fsmonitor, hooks, pagers, gpg, ssh,
remote helpers). Every call here switches these off: settings given by ``-c``, and an environment in
which no transport is allowed, so that git cannot fetch what is missing either. Replace refs and
grafts, which show another history than the one that is pushed, are ignored. ``diff`` commands must
still be given ``--no-ext-diff --no-textconv``; there is no setting for it.
"""

import os

from scanner.errors import SourceError
from scanner.repository.objects import CorruptObject, MissingObject, ObjectReader
from scanner.repository.paths import display_name, display_path, printable
from scanner.repository.process import GitMissing, Process

__all__ = [
    "CorruptObject",
    "GitMissing",
    "MissingObject",
    "NoRepository",
    "ObjectReader",
    "Process",
    "Repository",
    "display_name",
    "display_path",
    "printable",
]

# What `git rev-parse --local-env-vars` prints (a test compares): they belong to the repository of
# the process that set them, not to one the user names.
LOCAL_VARIABLES = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_CONFIG_COUNT",
    "GIT_OBJECT_DIRECTORY",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_PREFIX",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_COMMON_DIR",
)
# These change what commands print or how they read paths, or clash with --literal-pathspecs.
_CONFUSING = (
    "GIT_DIFF_OPTS",
    "GIT_EXTERNAL_DIFF",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
)
_SAFE_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "",  # overrides protocol.*.allow: no transport, so no helper, no ssh
    "GIT_GRAFT_FILE": os.devnull + "/none",  # /dev/null itself makes git print a hint
    "GIT_NO_LAZY_FETCH": "1",  # git 2.45 and later; before, the empty protocol list must do
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SAFE_OPTIONS = (
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=" + os.devnull),
    *("-c", "core.pager=cat"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),
    "--no-pager",
    "--no-replace-objects",
    "--no-optional-locks",
)
_MARK = "--keysweep"  # rev-parse echoes an option it does not know: a separator between paths
_FACTS = (
    *("--is-bare-repository", "--show-object-format", _MARK),
    *("--absolute-git-dir", _MARK, "--git-common-dir", _MARK, "--show-cdup", _MARK),
    *("--revs-only", "HEAD"),  # prints nothing while there is no commit
)


class NoRepository(SourceError):  # noqa: N818 (says what is the case)
    """The folder is not inside a git repository."""


class Repository:
    """A repository, found once; every command runs with its settings made harmless. Picklable.

    Attributes:
        top: absolute path of the work tree, None if there is none.
        git_dir, common_dir: absolute paths; they differ in a linked work tree.
        bare: whether it has no work tree.
        object_format: ``sha1`` or ``sha256``.
        head: full id of the commit HEAD names, None while there is no commit.
    """

    __slots__ = (
        "_command",
        "_env",
        "bare",
        "common_dir",
        "git_dir",
        "head",
        "object_format",
        "top",
    )

    _command: tuple[str, ...]
    _env: dict[str, str]
    top: str | None
    git_dir: str
    common_dir: str
    bare: bool
    object_format: str
    head: str | None

    @classmethod
    def discover(cls, path: str | None = None, *, is_store: bool = False) -> "Repository":
        """Find the repository that holds ``path``, or that git tells a hook about.

        Args:
            path: a folder inside a work tree or a bare repository; whatever the environment says
                about another repository is dropped. None: the current folder, keeping what git
                hands a hook (GIT_INDEX_FILE, GIT_DIR, quarantine).
            is_store: ``path`` is the git directory of a submodule, whose work tree may be gone.

        Raises:
            NoRepository: there is none.
            GitMissing: there is no git.
            SourceError: git refuses it, for example because another user owns it.
        """
        self = cls()
        dropped = (*_CONFUSING, *(LOCAL_VARIABLES if path is not None else ()))
        self._env = {k: v for k, v in os.environ.items() if k not in dropped} | _SAFE_ENVIRONMENT
        if is_store:
            self._env["GIT_WORK_TREE"] = os.path.abspath(path or ".")
        # Never --git-dir: it skips git's check that the repository belongs to the user.
        self._command = ("git", *(("-C", path) if path is not None else ()), *_SAFE_OPTIONS)
        where = printable(display_name(path if path is not None else os.getcwd()))
        with self._process(("rev-parse", *_FACTS), b"") as process:
            answer = process.stdout.read()
            if process.wait():
                raise _refusal(where, process)
        self._settle(os.path.realpath(path or "."), answer, where)
        return self

    def _settle(self, folder: str, answer: bytes, where: str) -> None:
        """Read what rev-parse printed; ``--show-cdup`` prints no line without work tree."""
        parts = answer.split(_MARK.encode() + b"\n")
        if len(parts) != 5:
            raise SourceError(f"{where}: the path of its git directory cannot be used")
        facts, git_dir, common_dir, up, head = parts
        bare, object_format = facts.split()
        self.bare = bare == b"true"
        self.object_format = object_format.decode()
        self.git_dir = os.fsdecode(git_dir[:-1])
        self.common_dir = os.path.normpath(os.path.join(folder, os.fsdecode(common_dir[:-1])))
        self.head = head.decode().strip() or None
        self.top = os.path.normpath(os.path.join(folder, os.fsdecode(up[:-1]))) if up else None

    def run(
        self,
        *args: str | bytes,
        stdin: bytes | None = None,
        ok: tuple[int, ...] = (0,),
        literal: bool = True,
    ) -> bytes:
        """Run one git command to its end and return what it printed.

        Args:
            args: a plumbing command and its arguments.
            stdin: its standard input, None for an empty one.
            ok: exit codes that are no error.
            literal: take paths as they are; ``check-ignore`` does not know that mode.

        Raises:
            SourceError: another exit code; the message is git's last line, never content.
        """
        with self._process(args, stdin or b"", literal) as process:
            answer = process.stdout.read()
            process.finish(ok)
        return answer

    def start(self, *args: str | bytes) -> Process:
        """Start a git command with pipes to its input and from its output.

        Standard error goes to an anonymous file: ``Process.finish`` reports it.

        Raises:
            SourceError: it cannot be started.
        """
        return self._process(args, None)

    def _process(
        self, args: tuple[str | bytes, ...], stdin: bytes | None, literal: bool = True
    ) -> Process:
        paths = ("--literal-pathspecs",) if literal else ()
        return Process((*self._command, *paths, *args), self._env, stdin)


def _refusal(where: str, process: Process) -> SourceError:
    """Return the error for a repository that git does not open."""
    text = process.errors()
    if b"dubious ownership" in text:
        return SourceError(
            f"{where}: git refuses this repository because another user owns it; if you trust it: "
            f"git config --global --add safe.directory {where}"
        )
    if b"not a git repository" in text:  # also a .git file that names one which is gone
        return NoRepository(f"{where}: not inside a git repository")
    return SourceError(f"{where}: {process.complaint()}")
