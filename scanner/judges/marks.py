"""Inline marks: comments on the secret's line that say a person has accepted it.

``keysweep:allow`` alone accepts all on its line, and so does one with a note behind it
(``keysweep:allow because it is a test key``). A rule id, a glob of rule ids or a fingerprint behind
it narrows it. A word that was meant as one and is none (a slip of the pen, a rule that is gone)
accepts nothing: it would silence more than its writer meant.
"""

from collections import Counter
from collections.abc import Collection

from scanner.lazy import lazy_compile
from scanner.models import KINDS

_OURS = lazy_compile(
    rb"keysweep:allow(?!\w|-\w)"
    rb"(?:[ \t]*[:=(\[]?[ \t]*(?P<what>[A-Za-z0-9](?:[A-Za-z0-9\-?]|\*(?!/)){0,99}))?"
)
_OTHERS = lazy_compile(
    rb"gitleaks:allow|betterleaks:allow|pragma: ?(?:allowlist|whitelist)[ -]secret|trufflehog:ignore"
)
# detect-secrets accepts the line below a comment that stands alone.
_NEXT_LINE = lazy_compile(
    rb"[ \t]*(?:#|//|/\*|'|--|<!--)[ \t#]*pragma: ?allowlist[ -]nextline[ -]secret"
)
_HEX = lazy_compile(r"[0-9a-f]{12,}")
_LIKE_AN_ID = frozenset(("id", "rule", *(kind.rpartition("_")[2] for kind in KINDS)))
"""Last parts that make a word with hyphens look like a rule id: rules are called after their kinds."""
_WORDS = (b":allow", b"list secret", b"list-secret", b":ignore")


_MOST_MARKS = 20
"""Different marks of one line that count. Each is compared with the ids of all rules; what has more is an attack."""


class _Last:
    """The line looked at last and its marks: lines of megabytes have many secrets and many marks at times."""

    data: bytes | None = None
    known: Collection[str] = ()
    begin, end = 0, -1
    marks: tuple[str, ...] = ()


def marks_on(data: bytes, start: int, known: Collection[str] = ()) -> tuple[str, ...]:
    """Return the marks for the line that holds offset ``start``: ``("*",)`` for a bare one.

    A mark that names a rule of ``known``, a glob that fits one, or a fingerprint counts for that
    alone; so does a word that only looks like one, which therefore accepts nothing. Any other word
    is a note.

    >>> line = b"key = 1  # keysweep:allow test key"
    >>> marks_on(line, 0), marks_on(b"key = 1", 0)
    (('*',), ())
    """
    is_last = _Last.data is data and _Last.known is known and _Last.begin <= start <= _Last.end
    if not is_last:
        begin, stop = data.rfind(b"\n", 0, start) + 1, data.find(b"\n", start)
        _Last.data, _Last.known, _Last.begin = data, known, begin
        _Last.end = stop if stop >= 0 else len(data)
        _Last.marks = _marks_between(data, begin, _Last.end, known)
    return _Last.marks


def _marks_between(data: bytes, begin: int, end: int, known: Collection[str]) -> tuple[str, ...]:
    if begin and _NEXT_LINE.match(data, data.rfind(b"\n", 0, begin - 1) + 1, begin):
        return ("*",)
    line = data[begin:end]
    if not any(word in line for word in _WORDS):
        return ()
    if _OTHERS.search(line):
        return ("*",)
    found = (
        (hit["what"] or b"").decode().lower().removesuffix("--") for hit in _OURS.finditer(line)
    )
    words = tuple(dict.fromkeys(found))[:_MOST_MARKS]
    return tuple(dict.fromkeys(w if w and narrows(w, known) else "*" for w in words))


def narrows(word: str, known: Collection[str]) -> bool:
    """Tell whether a word behind a mark names what the mark is for, or was meant to.

    Args:
        word: in lower case.   known: the ids of all rules.

    >>> narrows("acme-*", ["acme-api-key"]), narrows("acme-api-kye", ["acme-api-key"])
    (True, True)
    >>> narrows("because", ["acme-api-key"]), narrows("false-positive", ["acme-api-key"])
    (False, False)
    """
    if word in known or "*" in word or "?" in word.rstrip("?") or _HEX.fullmatch(word):
        return True
    if "-" not in word:
        return False
    first, last = word.split("-", 1)[0], word.rpartition("-")[2]
    if last in _LIKE_AN_ID or any(first == rule.split("-", 1)[0] for rule in known):
        return True
    import difflib  # noqa: PLC0415  (only for a mark with a word that is no id)

    return bool(difflib.get_close_matches(word, known, 1, 0.8))


def common(lines: "list[tuple[str, ...]]") -> tuple[str, ...]:
    """Return the marks that hold on every one of a secret's lines; a bare mark holds for any.

    >>> common([("*",), ("acme-api-key",)]), common([("*",), ()])
    (('acme-api-key',), ())
    """
    bare, held, both = 0, Counter[str](), Counter[str]()
    lines = list(
        {id(marks): marks for marks in lines}.values()
    )  # of one line for all that is on it
    for marks in lines:
        own = tuple(dict.fromkeys(marks))
        held.update(own)
        if "*" in own:
            bare += 1
            both.update(own)
    return tuple(mark for mark in held if held[mark] + bare - both[mark] == len(lines))
