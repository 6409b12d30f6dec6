"""Pointers of Git LFS: the content is not in git, so it is not read, and that is counted.

See https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md, The Pointer.
"""

from collections.abc import Iterator

from scanner.decoders.spans import skipped
from scanner.models import ELSEWHERE, Blob, Skipped

MARKS = (b"version https://git-lfs.github.com/spec/", b"version https://hawser.github.com/spec/")
_LARGEST = 1024


class Pointers:
    """Tells the pointers of Git LFS; gives no layers."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield ``Skipped('lfs-object')`` for a pointer."""
        data = blob.data
        if len(data) < _LARGEST and data.startswith(MARKS) and b"\noid sha256:" in data:
            yield skipped(blob, ELSEWHERE, "its content is in Git LFS")
