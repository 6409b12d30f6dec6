"""The file of replacements for ``git filter-repo --replace-text`` and ``--replace-message``.

One line each. It is cut at the last ``==>``, so that is always written; ``literal:`` is written too,
so that a secret which begins with ``regex:`` is none. A secret with line breaks is an expression. See
https://github.com/newren/git-filter-repo/blob/main/Documentation/git-filter-repo.txt
"""

import os
import re
from collections.abc import Iterable

from scanner.errors import SourceError

REPLACEMENT = b"***REMOVED***"


def lines_for(secrets: Iterable[bytes]) -> bytes:
    """Return the content of the file; the longest first, since one secret may hold another."""
    ordered = sorted(set(secrets), key=lambda secret: (-len(secret), secret))
    return b"".join(_line(secret) + b"==>" + REPLACEMENT + b"\n" for secret in ordered)


def _line(secret: bytes) -> bytes:
    if b"\n" not in secret and b"\r" not in secret:
        return b"literal:" + secret
    escaped = re.escape(secret).replace(b"\\\n", b"\\n").replace(b"\\\r", b"\\r")
    return b"regex:" + escaped.replace(b"\r", b"\\r").replace(b"\n", b"\\n")


def write_private(folder: str, name: str, content: bytes) -> str:
    """Write a new file that only its owner can read, and return its path.

    Raises:
        SourceError: it cannot be written.
    """
    path = os.path.join(folder, name)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    return path
