"""One git process: two pipes, and a standard error that can never block it or mix with its output.

Not ``subprocess``: importing that costs more than both git processes of a small commit together. It
is used only where the operating system has no ``posix_spawn``.
"""

import os
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import IO, Any

from scanner.errors import SourceError
from scanner.repository.paths import printable

_PIPE_BYTES = 1 << 20
"""The most that an unprivileged process may ask for on Linux."""


class GitMissing(SourceError):  # noqa: N818 (says what is the case)
    """There is no git program on the PATH."""


def scratch_file(content: bytes = b"") -> int:
    """Return a file descriptor of an anonymous file that holds ``content``, read from its start."""
    if hasattr(os, "memfd_create"):
        fd = os.memfd_create("keysweep")
    else:
        import tempfile  # noqa: PLC0415 (not on Linux; slow to import)

        with tempfile.TemporaryFile() as file:
            fd = os.dup(file.fileno())
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


class Process:
    """A running program with the part of ``subprocess.Popen`` that we use.

    Use it as a context manager: leaving it closes the pipes, ends the program if it still runs, and
    waits for it, so no process is left behind.

    Attributes:
        stdin: pipe to the program, None if its input was given whole.   stdout: pipe from it.
        pid, returncode: as in ``subprocess.Popen`` (negative: ended by a signal).
    """

    def __init__(
        self,
        argv: Sequence[str | bytes],
        env: Mapping[str, str],
        given: bytes | None = None,
        *,
        is_leader: bool = False,
    ) -> None:
        """Start ``argv``; ``given`` is its whole standard input, None for a pipe.

        As a leader it has a process group of its own, so that its helpers can be ended with it.

        Raises:
            GitMissing: the program was not found.
            SourceError: it could not be started.
        """
        self.returncode: int | None = None
        self.stdin: IO[bytes] | None = None
        self._popen: Any = None
        self._errors = scratch_file()
        theirs = None if given is None else scratch_file(given)
        try:
            self._launch(argv, env, theirs, is_leader)
        except FileNotFoundError as error:
            os.close(self._errors)
            raise GitMissing("git was not found; keysweep needs it to read a repository") from error
        except OSError as error:
            os.close(self._errors)
            raise SourceError(f"git could not be started: {error.strerror}") from error
        finally:
            if theirs is not None:
                os.close(theirs)

    def _launch(
        self,
        argv: Sequence[str | bytes],
        env: Mapping[str, str],
        theirs: int | None,
        is_leader: bool,
    ) -> None:
        if sys.platform == "win32":
            import subprocess  # noqa: PLC0415 (slow to import, needed on Windows only)

            source = subprocess.PIPE if theirs is None else theirs
            self._popen = subprocess.Popen(
                [os.fsdecode(part) for part in argv],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                env=dict(env),
            )
            self.pid, self.stdin = self._popen.pid, self._popen.stdin
            self.stdout: IO[bytes] = self._popen.stdout
            return
        ours: int | None = None
        if theirs is None:
            child_in, ours = os.pipe()
        else:
            child_in = os.dup(theirs)
        out, child_out = os.pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, child_in, 0),
            (os.POSIX_SPAWN_DUP2, child_out, 1),
            (os.POSIX_SPAWN_DUP2, self._errors, 2),
        ]
        try:
            group: dict[str, Any] = {"setpgroup": 0} if is_leader else {}
            self.pid = os.posix_spawnp(
                argv[0], list(argv), env, file_actions=actions, setsigdef=[signal.SIGPIPE], **group
            )
        except OSError:
            os.close(out)
            if ours is not None:
                os.close(ours)
            raise
        finally:
            os.close(child_in)
            os.close(child_out)
        self.stdout = os.fdopen(out, "rb")
        self.stdin = None if ours is None else os.fdopen(ours, "wb")

    def widen(self) -> None:
        """Let it write 1 MiB before it has to wait for a reader, where the system allows that."""
        try:
            import fcntl  # noqa: PLC0415  (not on Windows; a clean commit needs it not)

            fcntl.fcntl(self.stdout.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        except (ImportError, AttributeError, OSError):
            # Not Linux, or the user's pipes are at their limit (pipe-user-pages-soft): slower, not wrong.
            return

    def errors(self, start: int = 0) -> bytes:
        """Return what it wrote to standard error so far, from byte ``start`` (at most 1 MB)."""
        size = os.fstat(self._errors).st_size
        if hasattr(os, "pread"):
            return os.pread(self._errors, max(0, min(size - start, 1 << 20)), start)
        os.lseek(self._errors, start, os.SEEK_SET)
        return os.read(self._errors, 1 << 20)

    def complaint(self) -> str:
        """Return the last line that explains why it failed, control characters escaped."""
        lines = [line for line in self.errors().splitlines() if line.strip()]
        telling = [line for line in lines if line.startswith((b"fatal:", b"error:"))]
        line = (telling or lines or [b""])[-1]
        return printable(line.decode("utf-8", "backslashreplace"))[:500]

    def poll(self) -> int | None:
        """Return the exit code if it has ended, else None."""
        return self._reap(os.WNOHANG if hasattr(os, "WNOHANG") else 0)

    def wait(self) -> int:
        """Wait until it has ended and return its exit code; its output must have been read."""
        while self.returncode is None:
            self._reap(0)
        return self.returncode

    def _reap(self, options: int) -> int | None:
        if self.returncode is None:
            if self._popen is not None:
                self.returncode = self._popen.poll() if options else self._popen.wait()
            else:
                pid, status = os.waitpid(self.pid, options)
                if pid:
                    self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def kill(self) -> None:
        """End it at once, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, getattr(signal, "SIGKILL", signal.SIGTERM))

    def finish(self, ok: tuple[int, ...] = (0,)) -> None:
        """Close its input, wait for its end, and check how it ended; its output must be read.

        Raises:
            SourceError: its exit code is not in ``ok``.
        """
        self._close_input()
        if self.wait() not in ok:
            raise SourceError(self.complaint() or f"git ended with {self.returncode}")

    def _close_input(self) -> None:
        if self.stdin is None:
            return
        try:
            self.stdin.close()
        except BrokenPipeError:
            return  # it ended before it read everything; its exit code tells more

    def close(self) -> None:
        """Close the pipes, end the program if it still runs, and wait for it; may be repeated."""
        if self._errors < 0:
            return
        self.kill()
        self._close_input()
        self.stdout.close()
        self.wait()
        os.close(self._errors)
        self._errors = -1

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()
