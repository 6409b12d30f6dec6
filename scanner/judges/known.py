"""The known judge: values that their owners published as examples or test keys are no secrets.

The whole value must be the published one; a near miss is reported as any other.
"""

from collections.abc import Sequence

from scanner.judges.published import is_published
from scanner.models import Blob, Match


class KnownJudge:
    """Rejects documentation examples, test vectors and the well-known development accounts."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, published values and pieces of them rejected."""
        known = [
            (match.start, match.end)
            for match in matches
            if match.rejected is None and _is_known(blob, match)
        ]
        return [
            match._replace(rejected="published as an example or a test key")
            if match.rejected is None
            and any(start <= match.start and match.end <= end for start, end in known)
            else match
            for match in matches
        ]


def _is_known(blob: Blob, match: Match) -> bool:
    """Tell whether a value, or the base64 that it was decoded from, is published."""
    if is_published(blob.data[match.start : match.end]):
        return True
    if blob.layers[-1:] != ("base64",) or blob.parent is None or blob.locate is None:
        return False
    span = blob.locate(match.start, match.end)
    if span is None:
        return False
    start, end = span
    body = blob.parent.data[start : end + 2]
    return is_published(body[: end - start] + b"=" * body[end - start :].count(b"="))
