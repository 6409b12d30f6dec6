"""Several processes scan the parts of one source; used by the pipeline alone.

There are more parts than processes. Each process has a stretch of parts that follow each other: what
follows often repeats what came before, and each remembers only what it has seen itself. Whoever is done
with its own takes the last part of the longest stretch left, so that all end at the same time.
Results come in the order of the parts, whichever worker is faster. When a worker dies the others still
report, and then the scan fails: half a scan must not look whole.
"""

import gc
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from scanner import lazy
from scanner.detector import Detector, run
from scanner.errors import ScannerError, crash
from scanner.models import Coverage, Draft, Skipped
from scanner.sources import Source

TICK_S = 0.2
"""Seconds between two reports of a worker's counters."""


def in_processes(
    parts: Sequence[Source], jobs: int, make_detector: Callable[[], Detector], coverage: Coverage
) -> Iterator[Draft | Skipped]:
    """Scan the parts in at most ``jobs`` processes and add their counters to ``coverage`` as they go.

    Raises:
        ScannerError: a worker raised it, or died; raised when all others have reported.
    """
    crew = _Crew(parts, coverage)
    try:
        crew.start(min(jobs, len(parts)), make_detector)
        for part in range(len(parts)):
            while part not in crew.done and crew.is_working:
                yield from crew.taken_from(part)
                crew.receive()
            yield from crew.taken_from(part)
        if crew.errors:
            raise crew.errors[min(crew.errors)]
    finally:
        crew.stop()


class _Done(NamedTuple):
    """A worker's last message about a part, with what its counters have come to since the message before."""

    coverage: Coverage


class _Crew:
    """The workers of one scan and what they have sent so far.

    Attributes:
        done: the parts that are read, or whose worker has failed.
        errors: by the number of the part in which they came.
    """

    def __init__(self, parts: Sequence[Source], coverage: Coverage) -> None:
        self.done: set[int] = set()
        self.errors: dict[int, ScannerError] = {}
        self._parts = parts
        self._coverage = coverage
        self._stretches: list[deque[int]] = []
        self._workers: list[_Worker] = []
        self._items: list[deque[Draft | Skipped]] = [deque() for _ in parts]

    def start(self, count: int, make_detector: Callable[[], Detector]) -> None:
        """Start the processes, each with the next part; where they are forked, with one detector made here."""
        is_forked = "fork" in multiprocessing.get_all_start_methods()
        make = partial(_same, make_detector()) if is_forked else make_detector
        numbers, edges = range(len(self._parts)), range(count + 1)
        self._stretches = [
            deque(numbers[len(numbers) * low // count : len(numbers) * high // count])
            for low, high in pairwise(edges)
        ]
        for own in self._stretches:
            inherited = [worker.pipe for worker in self._workers] if is_forked else []
            worker = _Worker(self._parts, make, is_forked, own, inherited)
            self._workers.append(worker)
            self._give(worker)

    @property
    def is_working(self) -> bool:
        """Whether any worker has a part."""
        return any(worker.part is not None for worker in self._workers)

    def taken_from(self, part: int) -> Iterator[Draft | Skipped]:
        """Yield what has come of a part."""
        items = self._items[part]
        while items:
            yield items.popleft()

    def receive(self) -> None:
        """Read a message of every worker that has sent one; wait for the first."""
        busy = {worker.pipe: worker for worker in self._workers if worker.part is not None}
        for pipe in wait(list(busy)):
            self._read(busy[pipe])

    def stop(self) -> None:
        """End the processes that still run."""
        for worker in self._workers:
            worker.stop()

    def _read(self, worker: "_Worker") -> None:
        part = worker.part
        assert part is not None
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):  # OSError: in the middle of a message
            message = ScannerError("a worker process died before its part was read")
        if isinstance(message, Coverage):
            self._coverage.add(message)
        elif isinstance(message, ScannerError):
            self.errors[part] = message
            self.done.add(part)
            worker.part = None
        elif isinstance(message, _Done):
            self._coverage.add(message.coverage)
            self.done.add(part)
            self._give(worker)
        else:
            self._items[part].append(message)

    def _give(self, worker: "_Worker") -> None:
        """Give a worker its next part, or one of another's, or nothing more to do."""
        longest = max(self._stretches, key=len)
        worker.part = worker.own.popleft() if worker.own else longest.pop() if longest else None
        try:
            worker.pipe.send(worker.part)
        except OSError:
            pass  # it died; reading from it will say so


class _Worker:
    """One process.

    Attributes:
        pipe: to it and from it.   part: the number of the part that it reads, None for none.
        own: the numbers of the parts that wait for it, unless another comes first.
    """

    def __init__(
        self,
        parts: Sequence[Source],
        make_detector: Callable[[], Detector],
        is_forked: bool,
        own: deque[int],
        inherited: Sequence[Connection],
    ) -> None:
        """Start it; ``inherited``: the ends of earlier workers' pipes that a forked process has too."""
        context: Any = multiprocessing.get_context("fork" if is_forked else "spawn")
        self.part: int | None = None
        self.own = own
        self.pipe, theirs = context.Pipe()
        ours = [*inherited, self.pipe] if is_forked else []
        self._process = context.Process(
            target=_work, args=(parts, make_detector, theirs, ours), daemon=True
        )
        self._process.start()
        theirs.close()

    def stop(self) -> None:
        """End the process; one that has a part is in the middle of it."""
        if self._process.is_alive() and self.part is not None:
            self._process.terminate()
        self.pipe.close()
        self._process.join()


def _same(detector: Detector) -> Detector:
    return detector


def _work(
    parts: Sequence[Source],
    make_detector: Callable[[], Detector],
    pipe: Connection,
    ours: Sequence[Connection],
) -> None:
    """Be a worker; ``ours``: the parent's ends of the pipes, held open only by the parent from here on.

    Otherwise a worker whose parent was killed would wait for its next part for ever.
    """
    last = time.monotonic()

    gc.freeze()  # what the parent made is never looked through, and its pages are not copied for that
    try:
        for end in ours:
            end.close()
        detector = make_detector()
        while (number := pipe.recv()) is not None:
            part = parts[number]

            def tick(part: Source = part) -> None:
                nonlocal last
                if time.monotonic() - last > TICK_S:
                    last = time.monotonic()
                    pipe.send(_taken(part))

            for item in run(part, detector, tick):
                pipe.send(item)
            pipe.send(_Done(_taken(part)))
        lazy.keep()
    except (KeyboardInterrupt, EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent is interrupted too and ends us, or has ended
    except ScannerError as error:
        _say(pipe, error)
    except Exception as error:  # noqa: BLE001  (the parent must know whatever it was, and decides)
        _say(pipe, ScannerError(crash(error)))


def _say(pipe: Connection, error: ScannerError) -> None:
    try:
        pipe.send(error)
    except OSError:
        pass  # nobody is left to hear it


def _taken(part: Source) -> Coverage:
    """Return the counters since the last time, and start again from nothing."""
    taken = Coverage()
    taken.add(part.coverage)
    for name in ("files", "blobs", "commits", "messages", "bytes"):
        setattr(part.coverage, name, 0)
    part.coverage.left_out = {}
    return taken
