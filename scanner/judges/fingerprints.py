"""The fingerprints judge: what keysweep itself writes about secrets is none.

Fingerprints have the form of many services' keys, and a baseline names a rule, and so a system, beside
each. Only a whole fingerprint in its place on such a line is meant: anything else there is judged as
anywhere.
"""

from collections.abc import Sequence

from scanner.lazy import lazy_compile
from scanner.models import Blob, Match

_BASELINE_LINE = lazy_compile(
    rb"(?P<mark>[0-9a-f]{32}) (?:accepted|rejected) \d{4}-\d\d-\d\d [a-z0-9-]+ \S"
)
_FIELDS = {32: (b'"fingerprint": "',), 40: (b'"hashed_secret": "',)}
"""What stands before a fingerprint in reports, and before a hash in a baseline of detect-secrets."""


class FingerprintJudge:
    """Rejects the fingerprints in baselines and in reports, and hashes of detect-secrets."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, fingerprints rejected."""
        return [
            match._replace(rejected="a fingerprint that keysweep wrote")
            if match.rejected is None and _is_fingerprint(blob.data, match.start, match.end)
            else match
            for match in matches
        ]


def _is_fingerprint(data: bytes, start: int, end: int) -> bool:
    if data[end : end + 1] == b'"':
        return data[max(0, start - 20) : start].endswith(_FIELDS.get(end - start, ()))
    if end - start != 32:
        return False
    if start == 0 or data[start - 1 : start] == b"\n":
        return _BASELINE_LINE.match(data, start) is not None
    return False
