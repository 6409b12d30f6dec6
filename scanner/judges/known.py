"""The known judge: values that their owners published as examples or test keys are no secrets.

The whole value must be the published one; a near miss is reported as any other.
"""

from collections.abc import Sequence

from scanner.judges.published import is_published
from scanner.models import Blob, Match

_SMALL = 64
"""Bytes on each side of a decoded piece in which the quotes of the whole are looked for."""


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
    if _is_encoded(blob, match.start, match.end):
        return True
    return bool(blob.layers) and _is_encoded(blob, *_literal(blob.data, match))


def _literal(data: bytes, match: Match) -> tuple[int, int]:
    """Return the span between the quotes around a match, the match's own if there are none."""
    quote = max(
        data.rfind(mark, max(0, match.start - _SMALL), match.start) for mark in (b'"', b"'")
    )
    end = data.find(data[quote : quote + 1], match.end, match.end + _SMALL) if quote >= 0 else -1
    return (quote + 1, end) if end >= 0 else (match.start, match.end)


def _is_encoded(blob: Blob, start: int, end: int) -> bool:
    """Tell whether the base64 that a span was decoded from is published."""
    if blob.layers[-1:] != ("base64",) or blob.parent is None or blob.locate is None:
        return False
    span = blob.locate(start, end)
    if span is None:
        return False
    start, end = span
    body = blob.parent.data[start : end + 2]
    return is_published(body[: end - start] + b"=" * body[end - start :].count(b"="))
