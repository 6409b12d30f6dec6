"""Several processes scan the parts of one source; used by the pipeline alone.

Results come in the order of the parts, whichever worker is faster. When a worker dies the others still
report, and then the scan fails: half a scan must not look whole.
"""

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from scanner.detector import Detector, run
from scanner.errors import ScannerError, crash
from scanner.models import Coverage, Draft, Skipped
from scanner.sources import Source

TICK_S = 0.2
"""Seconds between two reports of a worker's counters."""


def in_processes(
    parts: Sequence[Source], make_detector: Callable[[], Detector], coverage: Coverage
) -> Iterator[Draft | Skipped]:
    """Scan each part in a process of its own and add their counters to ``coverage`` as they go.

    Raises:
        ScannerError: a worker raised it, or died; raised when all others have reported.
    """
    workers = [_Worker(part, make_detector, coverage) for part in parts]
    try:
        for worker in workers:
            while not worker.done or worker.items:
                while worker.items:
                    yield worker.items.popleft()
                if not worker.done:
                    _receive(workers)
        for worker in workers:
            if worker.error is not None:
                raise worker.error
    finally:
        for worker in workers:
            worker.stop()


def _receive(workers: "list[_Worker]") -> None:
    """Read what any worker has sent; a full pipe would make the others wait."""
    running = {worker.pipe: worker for worker in workers if not worker.done}
    for pipe in wait(list(running)):
        running[pipe].read()


class _Worker:
    """One process and what it has sent so far."""

    def __init__(
        self, part: Source, make_detector: Callable[[], Detector], coverage: Coverage
    ) -> None:
        fork = "fork" in multiprocessing.get_all_start_methods()
        context: Any = multiprocessing.get_context("fork" if fork else "spawn")
        self.pipe, theirs = context.Pipe(duplex=False)
        self.process = context.Process(
            target=_work, args=(part, make_detector, theirs), daemon=True
        )
        self.process.start()
        theirs.close()
        self.items: deque[Draft | Skipped] = deque()
        self.done = False
        self.error: ScannerError | None = None
        self._coverage = coverage

    def read(self) -> None:
        """Take one message."""
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):  # OSError: in the middle of a message
            message = ScannerError("a worker process died before its part was read")
        if isinstance(message, ScannerError):
            self.error = message
            self.done = True
        elif message is None:
            self.done = True
        elif isinstance(message, Coverage):
            self._coverage.add(message)
        else:
            self.items.append(message)

    def stop(self) -> None:
        """End the process if it still runs."""
        if self.process.is_alive() and not self.done:
            self.process.terminate()
        self.process.join()
        self.pipe.close()


def _work(part: Source, make_detector: Callable[[], Detector], pipe: Connection) -> None:
    last = time.monotonic()

    def tick() -> None:
        nonlocal last
        if time.monotonic() - last > TICK_S:
            last = time.monotonic()
            pipe.send(_taken(part))

    try:
        for item in run(part, make_detector(), tick):
            pipe.send(item)
        pipe.send(_taken(part))
        pipe.send(None)
    except KeyboardInterrupt:
        pass  # the parent is interrupted too and ends us
    except ScannerError as error:
        pipe.send(error)
    except Exception as error:  # noqa: BLE001  (the parent must know whatever it was, and decides)
        pipe.send(ScannerError(crash(error)))


def _taken(part: Source) -> Coverage:
    """Return the counters since the last time, and start again from nothing."""
    taken = Coverage()
    taken.add(part.coverage)
    for name in ("files", "blobs", "commits", "messages", "bytes"):
        setattr(part.coverage, name, 0)
    part.coverage.left_out = {}
    return taken
