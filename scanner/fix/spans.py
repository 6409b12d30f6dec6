"""From a finding back to the bytes it was found in: only here, and proved by the fingerprint."""

from scanner.models import Finding, Occurrence
from scanner.redaction import fingerprint


def secret_at(text: str, place: Occurrence, finding: Finding, path: str) -> str | None:
    """Return the secret that a finding means, None if it does not stand there as it is.

    Args:
        text: the whole file or message.   place: where in it.
        finding: whose fingerprint must match.   path: as fingerprints use it.
    """
    found = cut(text, place)
    if found is None:
        return None
    secret = found.encode("utf-8", "surrogateescape")
    return found if fingerprint(secret, path) == finding.fingerprint else None


def cut(text: str, place: Occurrence) -> str | None:
    r"""Return what stands at a place, None if the text has no such place.

    >>> cut("a\nbcd\n", Occurrence(2, 2, 2, 4))
    'cd'
    """
    span = span_of(text, place)
    return None if span is None else text[span[0] : span[1]] or None


def span_of(text: str, place: Occurrence) -> tuple[int, int] | None:
    """Return the half-open span of a place in characters, None if the text has no such place."""
    if not (place.line and place.column and place.end_line and place.end_column):
        return None
    lines = text.split("\n")
    if place.end_line > len(lines):
        return None
    starts = [0]
    for line in lines[: place.end_line]:
        starts.append(starts[-1] + len(line) + 1)
    return (
        starts[place.line - 1] + place.column - 1,
        starts[place.end_line - 1] + place.end_column - 1,
    )


def places_of(value: str, text: str) -> list[int]:
    """Return where a value stands in a text, from the left, without overlaps."""
    found = []
    at = text.find(value)
    while at >= 0:
        found.append(at)
        at = text.find(value, at + len(value))
    return found
