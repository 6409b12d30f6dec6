"""Reads objects through one long-lived ``git cat-file --batch``; never fetches what is missing.

git does not check that a loose object is as long as its header says, so a damaged (or made-up) one
can shift all answers after it, forge them, or leave us waiting for bytes that never come. Therefore
every question is followed by one for the empty tree with a random word that git repeats: no content
can hold that word, so it marks where an answer truly ends.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scanner.errors import SourceError

if TYPE_CHECKING:
    from scanner.repository import Repository
    from scanner.repository.process import Process

EMPTY_TREE = {  # git knows them even where they are not stored
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_FORMAT = "--batch=%(objectname) %(objecttype) %(objectsize) %(rest)"
_AHEAD = 64  # questions asked before the first answer is read: they fit the smallest pipe (16 kB)
_READ_BYTES = 1 << 20
_NOT_FETCHED = b"could not fetch"


class MissingObject(SourceError):  # noqa: N818 (says what is the case)
    """The object is not in this repository (a shallow or partial clone, a lost file)."""


class CorruptObject(SourceError):  # noqa: N818 (says what is the case)
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
        self._is_busy = False
        self._early: list[str] = []
        self._buffer = bytearray()
        self._word = os.urandom(16).hex()
        mark = f"{EMPTY_TREE[repository.object_format]} {self._word}"
        self._mark = mark.encode() + b"\n"
        self._end = b"\n" + mark.replace(" ", " tree 0 ").encode() + b"\n\n"

    def ask_ahead(self, oids: Iterable[str]) -> None:
        """Have git read the first of these ids now; ``read_each`` of the same ids takes the answers.

        Raises:
            SourceError: git could not be started.
        """
        self._early = list(islice(oids, _AHEAD))
        if self._early:
            self._ask(self._early, 0)
        if self._process is not None:
            self._process.widen()

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
        if self._is_busy:  # another loop over this reader waits for its answers
            with ObjectReader(self._repository) as other:
                yield from other.read_each(oids, max_bytes)
            return
        self._is_busy = True
        source = iter(oids)
        # Asked or about to be asked again, oldest first.
        waiting = list(islice(source, len(self._early)))
        if waiting != self._early:
            self.close()  # its answers are for other ids
        asked = len(self._early)
        self._early = []
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
            self._is_busy = False
            if asked:
                self.close()  # left early: answers that nobody reads are in the pipe

    def _ask(self, waiting: list[str], asked: int) -> int:
        """Write the ids from ``asked`` on; return how many are asked now."""
        if asked > _AHEAD // 2 or asked == len(waiting):
            return asked
        if self._process is None:
            self._process = self._repository.start("cat-file", _FORMAT)
            self._buffer.clear()
        pipe = self._process.stdin
        if pipe is None:  # never: start() gives a pipe
            raise SourceError("git cat-file has no input")
        new = waiting[asked:]
        try:
            pipe.write(b"".join(f"{oid} {self._word}\n".encode() + self._mark for oid in new))
            pipe.flush()
        except BrokenPipeError:
            pass  # it gave up; reading its answer finds out why
        return len(waiting)

    def _answer(self, oid: str, max_bytes: int | None) -> Answer:
        """Read up to the mark; what lies before it is one answer, whatever its header says."""
        dropped = self._fill(max_bytes)
        if dropped is None:
            return Answer(oid, "", 0, None, self._failure(oid, False))
        end = self._buffer.find(self._end)
        line = self._buffer.find(b"\n", 0, end + 1)
        words = self._buffer[:line].decode("ascii", "replace").split()
        data = bytes(memoryview(self._buffer)[line + 1 : end])
        del self._buffer[: end + len(self._end)]
        if words[1:] == ["missing"]:
            return Answer(oid, "", 0, None, self._failure(oid, True))
        if words[:1] != [oid] or words[3:] != [self._word]:
            return Answer(oid, "", 0, None, CorruptObject(f"object {oid} is damaged"))
        size = int(words[2])
        if len(data) + dropped != size:
            return Answer(oid, "", 0, None, CorruptObject(f"object {oid} is damaged"))
        too_large = max_bytes is not None and size > max_bytes
        return Answer(oid, words[1], size, None if too_large else data)

    def _fill(self, max_bytes: int | None) -> int | None:
        """Read until the mark is in the buffer; None if git ended before.

        Returns:
            The bytes of content that were dropped, because there are more than ``max_bytes``.
        """
        process, buffer = self._process, self._buffer
        if process is None:  # never: _ask starts it
            raise SourceError("git cat-file is not running")
        dropped = searched = 0
        pipe = process.stdout.fileno()
        while buffer.find(self._end, searched) < 0:
            searched = max(0, len(buffer) - len(self._end))
            line = buffer.find(b"\n") + 1
            if max_bytes is not None and 0 < line < searched and searched - line > max_bytes:
                dropped += searched - line
                del buffer[line:searched]
                searched = line
            chunk = os.read(pipe, _READ_BYTES)
            if not chunk:
                return None
            buffer += chunk
        return dropped

    def _failure(self, oid: str, alive: bool) -> SourceError:
        """Tell missing from corrupt by what git complained about; end a git that gave up."""
        process = self._process
        if process is not None and not alive:
            process.wait()
        noise = b"" if process is None else process.errors()
        lines = [line for line in noise.splitlines() if oid.encode() in line]
        if not alive:
            self.close()
        if any(_NOT_FETCHED in line for line in lines):
            return MissingObject(f"object {oid} was not cloned")
        if lines or not alive:
            return CorruptObject(f"object {oid} is damaged")
        return MissingObject(f"object {oid} is not in the repository")

    def close(self) -> None:
        """End git and wait for it; reading again starts it anew."""
        self._early = []
        if self._process is not None:
            self._process.close()
            self._process = None

    def __enter__(self) -> "ObjectReader":
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()
