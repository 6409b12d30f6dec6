"""The known judge: values that their owners published as examples or test keys are no secrets.

The whole value must be the published one; a near miss is reported as any other.
"""

from collections.abc import Sequence

from scanner.judges.published import is_published
from scanner.models import Blob, Match


class KnownJudge:
    """Rejects documentation examples, test vectors and the well-known development accounts."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, published values rejected."""
        return [
            match._replace(rejected="published as an example or a test key")
            if match.rejected is None and is_published(blob.data[match.start : match.end])
            else match
            for match in matches
        ]
