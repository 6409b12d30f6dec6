"""Names and messages are shown beside a finding, and may hold secrets themselves: those are hidden.

Nothing here knows rules. What reads as words stays, what looks generated goes; a commit id may go too.
"""

import re

from scanner.context.values.lookalikes import of_itself
from scanner.lazy import lazy_compile
from scanner.redaction import MASK

_LONG = lazy_compile(r"[A-Za-z0-9+/=_\-]{20,}")
_PIECE = lazy_compile(r"[A-Za-z0-9+/=\-]{12,}")


def hidden(text: str) -> str:
    """Return a text of one line without the parts of it that may be secrets.

    >>> hidden("bound to GATE_API_SECRET"), hidden("bound to k9Xw2Lq8vR1tZ5bN7c")
    ('bound to GATE_API_SECRET', 'bound to ****')
    """
    return _PIECE.sub(_mask, _LONG.sub(_mask, text))


def _mask(found: re.Match[str]) -> str:
    part = found.group()
    is_name = not any(map(str.isdigit, part)) or of_itself(part.encode()) is not None
    return part if is_name else MASK
