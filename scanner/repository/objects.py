"""Reads objects through one long-lived ``git cat-file --batch``; never fetches what is missing."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import SourceError

if TYPE_CHECKING:
    from scanner.repository import Repository
    from scanner.repository.process import Process

_AHEAD = 100  # ids written before the first answer is read: they fit the smallest pipe (16 kB)
_DAMAGE = (b"corrupt", b"inflate", b"unable to", b"mismatch", b"bad object", b"invalid", b"garbage")
_NOT_FETCHED = (b"promisor", b"could not fetch")


class MissingObject(SourceError):
    """The object is not in this repository (a shallow or partial clone, a lost file)."""


class CorruptObject(SourceError):
    """The object is there but cannot be read."""


class Answer(NamedTuple):
    """What git said about one object.

    Attributes:
        oid: its full id.   type: ``blob``, ``commit``, ``tree``, ``tag``; empty if unreadable.
        size: bytes, 0 if unreadable.
        data: its content; None if it is larger than the limit or unreadable.
        error: why it is unreadable, else None.
    """

    oid: str
    type: str
    size: int
    data: bytes | None
    error: SourceError | None = None

    def __repr__(self) -> str:
        return f"Answer({self.oid!r}, {self.type!r}, {self.size} bytes, {self.error!r})"


class ObjectReader:
    """Reads objects by id; a context manager that leaves no process behind.

    git is started by the first read, and again after an object that makes it give up.
    """

    def __init__(self, repository: "Repository") -> None:
        """Prepare to read from ``repository``; starts nothing yet."""
        self._repository = repository
        self._process: Process | None = None
        self._noise = 0  # bytes of standard error already judged

    def read(self, oid: str) -> tuple[str, bytes]:
        """Return type and content of one object.

        Raises:
            MissingObject: it is not in the repository.
            CorruptObject: it cannot be read.
        """
        for answer in self.read_each((oid,)):
            if answer.error is not None:
                raise answer.error
            return answer.type, answer.data or b""
        raise SourceError(f"object {oid}: git gave no answer")

    def read_each(self, oids: Iterable[str], max_bytes: int | None = None) -> Iterator[Answer]:
        """Yield one answer for each id, in order; unreadable objects do not end it.

        Args:
            oids: full ids. Best in pack order.
            max_bytes: larger objects are answered with their size, without their content.
        """
        waiting: list[str] = []  # asked or about to be asked again, oldest first
        source = iter(oids)
        asked = 0
        more = True
        try:
            while True:
                while more and len(waiting) < _AHEAD:
                    oid = next(source, None)
                    if oid is None:
                        more = False
                    else:
                        waiting.append(oid)
                if not waiting:
                    return
                asked = self._ask(waiting, asked)
                answer = self._answer(waiting[0], max_bytes)
                # A git that gave up forgot what it was asked: ask the new one again.
                asked = asked - 1 if self._process is not None else 0
                del waiting[0]
                yield answer
        finally:
            if asked:
                self.close()  # left early: answers that nobody reads are in the pipe

    def _ask(self, waiting: list[str], asked: int) -> int:
        """Write the ids from ``asked`` on; return how many are asked now."""
        if asked > _AHEAD // 2 or asked == len(waiting):
            return asked
        if self._process is None:
            self._process = self._repository.start("cat-file", "--batch")
            self._noise = 0
        pipe = self._process.stdin
        if pipe is None:  # never: start() gives a pipe
            raise SourceError("git cat-file has no input")
        try:
            pipe.write(b"".join(oid.encode() + b"\n" for oid in waiting[asked:]))
            pipe.flush()
        except BrokenPipeError:
            pass  # it gave up; reading its answer finds out why
        return len(waiting)

    def _answer(self, oid: str, max_bytes: int | None) -> Answer:
        process = self._process
        if process is None:  # never: _ask starts it
            raise SourceError("git cat-file is not running")
        words = process.stdout.readline().split()
        if len(words) != 3:
            return Answer(oid, "", 0, None, self._failure(oid, bool(words)))
        size = int(words[2])
        if max_bytes is not None and size > max_bytes:
            complete, data = _drain(process, size + 1), None
        else:
            data = process.stdout.read(size)
            complete = len(data) == size and process.stdout.read(1) == b"\n"
        if not complete:
            return Answer(oid, "", 0, None, self._failure(oid, False))
        return Answer(oid, words[1].decode(), size, data)

    def _failure(self, oid: str, alive: bool) -> SourceError:
        """Tell missing from corrupt by what git complained about since the last failure."""
        process = self._process
        if process is not None and not alive:
            process.wait()
        noise = b"" if process is None else process.errors(self._noise)
        self._noise += len(noise)
        if not alive:
            self.close()
        if any(word in noise for word in _NOT_FETCHED):
            return MissingObject(f"object {oid} was not cloned")
        if any(word in noise for word in _DAMAGE) or not alive:
            return CorruptObject(f"object {oid} is damaged")
        return MissingObject(f"object {oid} is not in the repository")

    def close(self) -> None:
        """End git and wait for it; reading again starts it anew."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def __enter__(self) -> "ObjectReader":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()


def _drain(process: "Process", size: int) -> bool:
    """Read and drop ``size`` bytes; return whether all came."""
    while size:
        chunk = process.stdout.read(min(size, 1 << 20))
        if not chunk:
            return False
        size -= len(chunk)
    return True
