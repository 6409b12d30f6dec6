"""What rows of a program's own tables are found by: ``contact_key``, ``gateway_key``, the ``key`` in a list of options.

Such a key is drawn as keys of services are, and opens nothing. The thing that it names tells, with the ids and the
days of change beside it, or the question that it answers: ``->where('gateway_key', '...')``.
"""

from scanner.context.names.roles import words
from scanner.lazy import lazy_compile

_ROW = "what a row of a record is found by"
_NEAR = 400
"""Bytes on both sides in which the other columns of a row are looked for."""
_THINGS = frozenset(("contact", "gateway", "company", "invitation", "invoice", "quote", "campaign"))
"""Things that programs keep in tables and find by keys; services give out no keys of these names."""
_DRAWN = lazy_compile(rb"[0-9a-z]{32}|[0-9A-Za-z]{32,64}")
_ASKED = lazy_compile(
    rb"(?i)\b(?:or)?where\(\s{0,4}[\"'][\w.]{1,60}[\"'],\s{0,4}(?:[\"']=[\"'],\s{0,4})?[\"']\Z"
)
_COLUMNS = lazy_compile(
    rb"\b((?:user|company|client|contact|vendor|tenant|owner|project|invoice|quote|credit)_id"
    rb"|[a-z]{2,20}_(?:at|date)|(?:is|require|custom|accepted|send|first|last)_[a-z_]{2,30}\d?)\b(?!\()"
)
"""What programs keep of a row besides: whose it is, when it was changed, what is switched on."""
_SECRET = lazy_compile(
    rb"(?i)(?:secret|passw|private)\w{0,20}\\{0,3}[\"']?\]?\s{0,3}(?:=>|[:=])\s{0,3}\\{0,3}[\"'][^\s\"'\\]{4}"
)
_NUMBERED = lazy_compile(rb"[\"']?\bid[\"']?\s?(?:=>|:)\s?\d{1,5}\s?,")
_OPTIONS = (b"provider", b"sort_order", b"is_offsite", b"fields", b"slug", b"visible", b"position")
"""Columns of what a program offers to choose from; lists of a service's own keys have none."""
_SENT = lazy_compile(rb"\b(?:sent|viewed|opened|signature|email)_(?:date|status|error|at)\b")


def why_row_key(data: bytes, start: int, end: int, name: str) -> str | None:
    """Return why a key only finds a row of the program's own tables; None if it may open something.

    >>> data = b"->where('gateway_key', '" + b"0f" * 16 + b"')"
    >>> why_row_key(data, 24, 56, "gateway_key")
    'what a row of a record is found by'
    """
    parts = words(name)
    if parts[-1:] != ("key",) or _DRAWN.fullmatch(data, start, end) is None:
        return None
    low, high = max(0, start - _NEAR), end + _NEAR
    if parts[-2:-1] and parts[-2] in _THINGS:
        if _ASKED.search(data, max(0, start - 100), start):
            return _ROW
        if _SECRET.search(data, low, high):
            return None
        column = "_".join(parts[-2:]).encode()
        is_compared = any(column + tail in data[low:high] for tail in (b"'] ==", b'"] =='))
        return _ROW if is_compared or len(set(_COLUMNS.findall(data, low, high))) > 1 else None
    if name.lower() != "key":
        return None
    line_low = max(data.rfind(b"\n", low, start) + 1, low)
    line_end = data.find(b"\n", end, high)
    line = data[line_low : line_end if line_end >= 0 else high]
    if _NUMBERED.search(line) and sum(option in line for option in _OPTIONS) > 1:
        return _ROW
    columns = set(_COLUMNS.findall(data, low, high))
    is_letter = len(set(_SENT.findall(data, low, high))) > 1
    return _ROW if is_letter and len(columns) > 3 and not _SECRET.search(data, low, high) else None
