"""Inline marks: comments on the secret's line that say a person has accepted it."""

import re

_OURS = re.compile(rb"keysweep:allow(?!\w)(?:[ \t]+(?P<what>[A-Za-z0-9][A-Za-z0-9\-]*))?")
_OTHERS = re.compile(
    rb"gitleaks:allow|betterleaks:allow|pragma:\s?(?:allowlist|whitelist) secret|trufflehog:ignore"
)
_WORDS = (b":allow", b"list secret", b":ignore")


def marks_on(data: bytes, start: int) -> tuple[str, ...]:
    """Return the marks on the line that holds offset ``start``: ``("*",)`` for a bare one.

    A mark followed by a rule id or a fingerprint counts for that alone.

    >>> marks_on(b"key = 1  # keysweep:allow", 0), marks_on(b"key = 1", 0)
    (('*',), ())
    """
    begin = data.rfind(b"\n", 0, start) + 1
    stop = data.find(b"\n", start)
    line = data[begin : stop if stop >= 0 else len(data)]
    if not any(word in line for word in _WORDS):  # lines of megabytes have many secrets at times
        return ()
    if not (_OURS.search(line) or _OTHERS.search(line)):
        return ()
    if _OTHERS.search(line):
        return ("*",)
    found = [hit["what"] for hit in _OURS.finditer(line)]
    return tuple("*" if not what or what.startswith(b"--") else what.decode() for what in found)
