"""The Decoder seam: what lies inside a blob (notebook, base64, archive, UTF-16, ...).

A decoder yields layers: blobs with ``parent``, ``layers`` (the parent's plus its own name) and
``locate`` (a map of byte spans back to the parent). It is bounded in depth, count and bytes; what
goes past a limit is yielded as ``Skipped``. The blob itself is always scanned too.
"""

from collections.abc import Iterator
from typing import Protocol

from scanner.models import Blob, Skipped


class Decoder(Protocol):
    """Something that finds layers inside a blob."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield the layers directly inside ``blob`` (the pipeline recurses)."""
        ...
