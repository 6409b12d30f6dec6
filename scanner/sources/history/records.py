"""Reads commit and tag objects: who, when, what it says."""

from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from scanner.models import CommitInfo
from scanner.repository import display_path


class CommitRecord(NamedTuple):
    """What a commit says of itself.

    Attributes:
        info: author, author date, first line of the message.
        committed: committer date in seconds since 1970; 0 if it cannot be read.
    """

    info: CommitInfo
    committed: int


def message_of(content: bytes) -> bytes:
    r"""Return the message of a commit or tag object.

    >>> message_of(b"tree 1\n\nfix: it\n")
    b'fix: it\n'
    """
    if content[:1] == b"\n":
        return content[1:]
    return content.partition(b"\n\n")[2]


def merged_tags(content: bytes) -> bytes:
    """Return the messages of the tags whose merge a commit records (``mergetag``), or nothing."""
    head = content.partition(b"\n\n")[0]
    if b"\nmergetag " not in head:
        return b""
    texts = []
    for part in head.split(b"\nmergetag ")[1:]:
        lines = part.split(b"\n")
        folded = [line[1:] for line in lines[1 : _folded(lines)]]
        texts.append(message_of(b"\n".join(folded)))
    return b"\n".join(texts)


def _folded(lines: list[bytes]) -> int:
    """Return the number of the first line after a header's continuation lines."""
    for number, line in enumerate(lines[1:], 1):
        if line[:1] != b" ":
            return number
    return len(lines)


def parse_commit(content: bytes) -> CommitRecord:
    """Read a commit object; what is malformed comes out empty, never as an error."""
    head, _, message = content.partition(b"\n\n")
    fields: dict[bytes, bytes] = {}
    for line in head.split(b"\n"):
        name, _, value = line.partition(b" ")
        fields.setdefault(name, value)
    encoding = fields.get(b"encoding", b"utf-8").decode("ascii", "replace")
    name, email, when, offset = _person(fields.get(b"author", b""))
    info = CommitInfo(
        author=_text(name, encoding),
        email=_text(email, encoding),
        date=iso_date(when, offset),
        summary=_text(message.lstrip(b"\n").partition(b"\n")[0], encoding),
    )
    return CommitRecord(info, _person(fields.get(b"committer", b""))[2])


def target_of(content: bytes) -> tuple[str, str]:
    """Return id and type of the object that a tag object names."""
    fields = dict(line.partition(b" ")[::2] for line in content.partition(b"\n\n")[0].split(b"\n"))
    return fields.get(b"object", b"").decode("ascii", "replace"), fields.get(b"type", b"").decode(
        "ascii", "replace"
    )


def iso_date(seconds: int, offset_minutes: int) -> str:
    """Return a moment as ISO 8601 with the offset it was recorded with.

    >>> iso_date(0, 120)
    '1970-01-01T02:00:00+02:00'
    """
    limited = max(-1439, min(1439, offset_minutes))
    zone = timezone(timedelta(minutes=limited))
    try:
        return datetime.fromtimestamp(seconds, zone).isoformat()
    except (OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(0, zone).isoformat()  # a date that no calendar has


def _person(line: bytes) -> tuple[bytes, bytes, int, int]:
    """Split ``Name <email> seconds +hhmm``; return name, email, seconds and minutes of offset."""
    who, _, when = line.rpartition(b">")
    name, _, email = who.partition(b"<")
    words = when.split()
    try:
        seconds = int(words[0])
        hours = int(words[1])
    except (IndexError, ValueError):
        return name.strip(), email, 0, 0
    minutes = abs(hours) // 100 * 60 + abs(hours) % 100
    return name.strip(), email, seconds, -minutes if hours < 0 else minutes


def _text(raw: bytes, encoding: str) -> str:
    """Decode what a person wrote: UTF-8, else the encoding the commit names, else escaped."""
    if encoding.lower().replace("_", "-") not in ("utf-8", "utf8"):
        try:
            return raw.decode(encoding)
        except (LookupError, UnicodeError):
            return display_path(raw)
    return display_path(raw)
