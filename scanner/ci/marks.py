"""The inline marks that a change brings: lines it adds that silence what stands on them."""

from collections.abc import Iterator
from typing import NamedTuple

from scanner.judges.marks import marks_on
from scanner.repository import ObjectReader, Repository, display_path
from scanner.repository.lines import added_lines

_WORDS = (b":allow", b"pragma:", b"trufflehog:ignore")  # one is in every mark
_MAX_BYTES = 10 << 20
_DIFF = ("diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff")


class Mark(NamedTuple):
    """A line (from 1) of a file with a mark."""

    path: str
    line: int


def new_marks(repository: Repository, base: str, new: str) -> Iterator[Mark]:
    """Yield the marks on lines that ``new`` adds to, or alters in, what it branched from.

    Larger files than 10 MB are left out: the marks in them still silence, and are still counted.
    """
    fork = repository.run("merge-base", base, new, ok=(0, 1)).decode().split()
    answer = repository.run(*_DIFF, "--no-textconv", (fork or [base])[0], new)
    parts = answer.split(b"\0")
    with ObjectReader(repository) as reader:
        for head, path in zip(parts[::2], parts[1::2], strict=False):
            modes_and_ids = head.lstrip(b":").split()
            if modes_and_ids[1] not in (b"100644", b"100755"):
                continue
            before, after = (_content(reader, oid.decode()) for oid in modes_and_ids[2:4])
            if any(word in after for word in _WORDS):
                yield from _in_file(display_path(path), before, after)


def _content(reader: ObjectReader, oid: str) -> bytes:
    if not oid.strip("0"):
        return b""
    (answer,) = reader.read_each([oid], _MAX_BYTES)
    return answer.data or b""


def _in_file(path: str, before: bytes, after: bytes) -> Iterator[Mark]:
    lines = after.split(b"\n")
    for number in sorted(added_lines(before, after)):
        line, following = lines[number - 1], b"".join(lines[number : number + 1])
        if marks_on(line, 0) or (
            # A mark may be meant for the line below it.
            not marks_on(following, 0) and marks_on(line + b"\n" + following, len(line) + 1)
        ):
            yield Mark(path, number)
