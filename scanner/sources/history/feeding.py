"""Gives a git process its whole input from a thread, so that reading its output never deadlocks."""

import threading
from typing import IO

from scanner.errors import SourceError
from scanner.repository import Process

_READ_BYTES = 1 << 18
_WRITE_BYTES = 1 << 16


class Feeder(threading.Thread):
    """A thread that writes bytes to a process and closes its input.

    Attributes:
        failure: what stopped it, except that the process ended before it had read everything.
    """

    def __init__(self, process: Process, data: bytes | memoryview) -> None:
        """Prepare to write ``data``; ``start`` begins."""
        super().__init__(daemon=True)
        self._process = process
        self._data = data
        self.failure: OSError | None = None

    def run(self) -> None:
        """Write everything, then close the pipe."""
        pipe = self._process.stdin
        if pipe is None:  # never: Repository.start gives a pipe
            return
        try:
            for start in range(0, len(self._data), _WRITE_BYTES):
                pipe.write(self._data[start : start + _WRITE_BYTES])
            pipe.close()
        except BrokenPipeError:
            return  # it gave up; its output and exit code say why
        except OSError as error:
            self.failure = error

    def stop(self) -> None:
        """Wait for its end; the process must have ended or read everything.

        Raises:
            SourceError: writing failed.
        """
        self.join()
        if self.failure is not None:
            raise SourceError(f"git could not be fed: {self.failure.strerror}") from self.failure


def wide_output(process: Process) -> IO[bytes]:
    """Return the output of a process with a buffer for many objects, and widen its pipe.

    The file does not own the descriptor: the process must outlive it.
    """
    process.widen()
    return open(process.stdout.fileno(), "rb", buffering=_READ_BYTES, closefd=False)
