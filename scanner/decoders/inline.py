"""Everything that is decoded in place in a text: escapes, base64, hex and joined strings.

One decoder, because they share one pass over the bytes: on a source file with nothing inside, that
pass is most of what all decoders cost.
"""

from collections.abc import Iterator

from scanner.binary import is_binary
from scanner.decoders import base64, escapes, joined, zones
from scanner.decoders.spans import (
    MAX_LAYERS,
    Edit,
    Rewritten,
    bounded,
    decoded,
    is_notebook,
    rewritten,
    skipped,
)
from scanner.models import Blob, Origin, Skipped


class Inline:
    """Rewrites what is encoded inside a text; layers ``escapes``, ``percent``, ``html``, ``joined``
    and ``base64`` (hex too); a container in base64 is a layer of its own.
    """

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield a layer for each kind of encoding that is in the blob, bounded by its size."""
        data = blob.data
        if len(blob.layers) >= MAX_LAYERS or is_binary(data):
            return iter(())
        found = base64.runs(data)
        # Most files have nothing; each generator that is not begun is a microsecond saved.
        families = [family for family in escapes.FAMILIES if escapes.may_have(data, family)]
        has_joins = joined.may_have(data, found)
        if families or has_joins or found.encoded or base64.may_be_kubernetes(data):
            return _layers(blob, found, families, has_joins)
        return iter(())

    def is_local(self, data: bytes) -> bool:
        """Tell whether each piece of a text shows by itself what is to be decoded in it."""
        return not base64.may_be_kubernetes(data) and not joined.has_dots(data)

    def within(self, data: bytes) -> Iterator[Blob | None]:
        """Yield all layers inside a piece of a text; None for what cannot be judged by the piece."""
        waiting = [Blob(data, Origin("blob"))]
        while waiting:
            for layer in self.layers(waiting.pop()):
                if isinstance(layer, Skipped) or zones.is_container(layer.data):
                    yield None
                else:
                    yield layer
                    waiting.append(layer)


def _layers(
    blob: Blob, found: base64.Runs, families: list[escapes.Family], has_joins: bool
) -> Iterator[Blob | Skipped]:
    containers: list[list[Edit]] = []
    yield from bounded(blob, _rewritings(blob, found, families, has_joins, containers))
    if len(containers) > base64.MAX_CONTAINERS:
        limit = base64.MAX_CONTAINERS
        detail = f"more than {limit} encoded archives in one file: the rest was not opened"
        yield skipped(blob, "limit", detail)


def _rewritings(
    blob: Blob,
    found: base64.Runs,
    families: list[escapes.Family],
    has_joins: bool,
    containers: list[list[Edit]],
) -> Iterator[Rewritten]:
    data = blob.data
    outside = zones.outside(found.zones, len(data))
    for family in families:
        if family is not escapes.BACKSLASH or not is_notebook(blob):
            yield from rewritten(blob, family.name, escapes.edits(blob, family, outside))
    if has_joins:
        yield from rewritten(blob, "joined", joined.edits(blob, found, outside))
    if found.encoded:
        yield from rewritten(blob, "base64", _texts(blob, found, containers))
        for edits in containers[: base64.MAX_CONTAINERS]:
            yield decoded(blob, "base64", edits)
    if base64.may_be_kubernetes(data):
        yield from rewritten(blob, "base64", base64.kubernetes(blob))


def _texts(blob: Blob, found: base64.Runs, containers: list[list[Edit]]) -> Iterator[Edit]:
    """Yield the edits that give text, and put what is a container aside."""
    for edits in base64.findings(blob, found):
        whole = b"".join(text for _, _, text in edits) if len(edits) > 1 else edits[0][2]
        if zones.is_container(whole):
            if len(containers) <= base64.MAX_CONTAINERS:
                containers.append(edits)
        else:
            yield from edits
