"""Values that only their place proves: a hash, unless the address beside it derives from it.

That takes milliseconds a value, and there are lists of hashes beside addresses, so it is not done for all of
a list that holds no key at its beginning.
"""

from collections import Counter

from scanner.checksums import PLACED
from scanner.judges import UNTRIED
from scanner.lazy import lazy_compile
from scanner.models import Match

_MOST_ALIKE = 400
"""Values tried in vain behind the same text, one after the other, until they are a list of hashes."""
_MOST = 4000
"""Values tried in vain in one blob, whatever stands before them: some ten seconds."""
_COSTLY = ("evm_pair",)
_UNPROVED = "its place does not prove it a key"
_LOOKED_AT = 40
_OF_HASHES = lazy_compile(
    rb"(?i)(?:hash|\btxn?|\btx_?id|topics?|root|digest|signature|\bdata|\binput|slot|selector|\bproof|block)"
    rb"[\"'`]?[ ]?[:=][ ]?[\"'`\[]{0,2}(?:0x)?\Z"
)
"""Names of what has as many digits and is no key, whatever address stands beside it."""
_NUMBERS = lazy_compile(rb"[0-9A-Fa-f]{6,64}|[0-9]+")


class Trials:
    """The trials of one blob."""

    def __init__(self) -> None:
        self._vain: Counter[bytes] = Counter()
        self._all = 0

    def reason(self, data: bytes, match: Match) -> str | None:
        """Return why a value is not proved by its place; None for one that is, or needs no such proof."""
        place = PLACED.get(match.rule.check or "")
        if place is None:
            return None
        if match.rule.check not in _COSTLY:
            holds = place(data, match.start, match.end)
            return None if holds else _UNPROVED
        if self._all >= _MOST:
            return UNTRIED
        if _OF_HASHES.search(data, max(0, match.start - 40), match.start):
            return _UNPROVED
        before = _NUMBERS.sub(b"#", data[max(0, match.start - _LOOKED_AT) : match.start])
        before = before[
            before.rfind(b"#", 0, -3) + 1 :
        ]  # the name alone, if what is before it differs
        if self._vain[before] >= _MOST_ALIKE:
            return "one of a list of hashes"
        if place(data, match.start, match.end):
            self._vain[before] = 0
            return None
        self._vain[before] += 1
        self._all += 1
        return _UNPROVED
