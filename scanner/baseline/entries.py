"""The baseline's file: one line an entry, sorted by fingerprint, so that merges rarely conflict.

    FINGERPRINT accepted|rejected DATE RULE PATH # REASON

A path is one word: blanks and what does not print stand as ``%`` and two hex digits.
"""

import os
from collections.abc import Iterable
from typing import NamedTuple

from scanner.errors import ConfigError
from scanner.lazy import lazy_compile
from scanner.redaction import is_fingerprint

HEADER = "# keysweep baseline 1"
_VERDICTS = ("accepted", "rejected")
_NO_PATH = "(message)"
_ESCAPED = lazy_compile(rb"%([0-9a-f]{2})")


class Entry(NamedTuple):
    """A person's word on one secret at one path.

    Attributes:
        fingerprint: of the secret and the path.
        path: below the repository's top level, None for a message.
        rule: the rule that found it, for people.   date: when it was written, ISO 8601.
        reason: a note for people.   accepted: False if a person has said it is a real secret.
    """

    fingerprint: str
    path: str | None
    rule: str
    date: str
    reason: str = ""
    accepted: bool = True

    def line(self) -> str:
        """Return the entry as it stands in the file.

        >>> Entry("0" * 32, "my key.py", "acme-api-key", "2026-01-31", "a test").line()
        '00000000000000000000000000000000 accepted 2026-01-31 acme-api-key my%20key.py # a test'
        """
        path = _NO_PATH if self.path is None else escaped(self.path)
        verdict = _VERDICTS[not self.accepted]
        note = " ".join("".join(c if c.isprintable() else " " for c in self.reason).split())
        words = (self.fingerprint, verdict, self.date, self.rule, path)
        return " ".join(words) + (f" # {note}" if note else "")


def read(path: str) -> tuple[list[Entry], bool]:
    """Return the entries of a baseline file, and whether it covers the history too.

    Raises:
        ConfigError: the file cannot be read, or a line is no entry; the message names the line.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text"
        hint = "; `keysweep baseline create` writes one" if not os.path.lexists(path) else ""
        raise ConfigError(f"baseline {path}: cannot be read: {why}{hint}") from error
    first = text.partition("\n")[0]
    if text.strip() and not first.startswith(HEADER):
        raise ConfigError(
            f"baseline {path}: its first line is not {HEADER!r} (a file of another tool is taken"
            " over with `keysweep baseline create --from FILE`)"
        )
    lines = enumerate(text.split("\n"), 1)
    entries = [_entry(line, f"baseline {path}, line {number}") for number, line in lines if line]
    return [entry for entry in entries if entry is not None], first.endswith("files and history")


def render(entries: Iterable[Entry], *, history: bool = False) -> str:
    """Return the text of a baseline file: a header, then one sorted line an entry.

    >>> render([]).splitlines()[0]
    '# keysweep baseline 1 of files'
    """
    lines = sorted({entry.line() for entry in entries})
    what = "files and history" if history else "files"
    head = f"{HEADER} of {what}", "# Accepted findings, sorted. See `keysweep baseline --help`."
    return "\n".join((*head, *lines)) + "\n"


def _entry(line: str, where: str) -> Entry | None:
    """Return the entry of a line, None for a comment or an empty line."""
    text = line.strip()
    if not text or text.startswith("#"):
        return None
    if text.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        raise ConfigError(f"{where}: a merge conflict; keep the entries of both sides")
    facts, _, reason = text.partition(" # ")
    words = facts.split()
    if len(words) != 5 or not is_fingerprint(words[0]) or words[1] not in _VERDICTS:
        raise ConfigError(f"{where}: not FINGERPRINT accepted|rejected DATE RULE PATH")
    mark, verdict, date, rule, path = words
    place = None if path == _NO_PATH else unescaped(path)
    return Entry(mark, place, rule, date, reason.strip(), verdict == _VERDICTS[0])


def escaped(path: str) -> str:
    """Return a path as one word: blanks, ``%``, ``#`` and what does not print as ``%`` and hex.

    >>> escaped("my keys/100%.py")
    'my%20keys/100%25.py'
    """
    return "".join(
        c
        if c.isprintable() and c not in " #%" and (at or c != "(")
        else "".join(f"%{byte:02x}" for byte in c.encode("utf-8", "surrogatepass"))
        for at, c in enumerate(path)
    )


def unescaped(word: str) -> str:
    """Return the path of a word that ``escaped`` made."""
    raw = _ESCAPED.sub(lambda hit: bytes.fromhex(hit[1].decode()), word.encode())
    return raw.decode("utf-8", "backslashreplace")
