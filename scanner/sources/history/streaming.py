"""Reads many objects in the time git needs: one process, its pipes kept full, no question between.

An object that git cannot read ends its process in the middle of the answer. The answers come in the
order of the questions, so the one at fault is known: it is skipped, and a new process goes on.
"""

from collections.abc import Iterator

from scanner.models import Skipped
from scanner.repository import Repository
from scanner.sources.history.feeding import Feeder, wide_output

_MOST_STARTS = 500  # each costs some milliseconds: a pack that is all damage must end too
_NOT_FETCHED = (b"promisor", b"could not fetch", b"lazy fetching")


def read_objects(
    repository: Repository, ids: bytes, width: int
) -> Iterator[tuple[bytes, bytes, bytes] | Skipped]:
    """Yield ``(id, type, content)`` of each object, in order; what cannot be read as ``Skipped``.

    Args:
        repository: where to read; nothing is ever fetched.
        ids: full ids in hexadecimal, each followed by a newline; best in pack order.
        width: characters of an id.
    """
    line = width + 1
    position, total = 0, len(ids) // line
    for _ in range(_MOST_STARTS):
        for item in _read_run(repository, memoryview(ids)[position * line :], width):
            position += 1
            yield item
        if position == total:
            return
    detail = f"more than {_MOST_STARTS} objects are damaged; {total - position} were not read"
    yield Skipped(None, None, None, "corrupt", detail)


def _read_run(
    repository: Repository, ids: memoryview, width: int
) -> Iterator[tuple[bytes, bytes, bytes] | Skipped]:
    """Yield the answers of one process, the object at which it gave up included."""
    if not ids:
        return
    done = noise = 0
    with repository.start("cat-file", "--batch", "--buffer") as process:
        feeder = Feeder(process, ids)
        feeder.start()
        try:
            out = wide_output(process)
            readline, read = out.readline, out.read
            while header := readline():
                words = header.split()
                if len(words) != 3:
                    told = process.errors(noise)
                    noise += len(told)
                    yield _unreadable(words[0].decode(), told, is_known=False)
                else:
                    size = int(words[2])
                    content = read(size)
                    if len(content) != size or read(1) != b"\n":
                        break
                    yield words[0], words[1], content
                done += 1
            start = done * (width + 1)
            if start < len(ids):
                process.wait()
                oid = bytes(ids[start : start + width]).decode()
                yield _unreadable(oid, process.errors(noise), is_known=True)
        finally:
            process.kill()
            feeder.stop()


def _unreadable(oid: str, told: bytes, *, is_known: bool) -> Skipped:
    """Tell an object that is not here from one that is damaged, by what git complained about."""
    is_absent = not is_known and not told.strip()
    if is_absent or any(word in told for word in _NOT_FETCHED):
        return Skipped(None, None, oid, "missing", f"object {oid} is not in the repository")
    return Skipped(None, None, oid, "corrupt", f"object {oid} is damaged")
