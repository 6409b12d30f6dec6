"""What the tests of decoders share: all layers of a text, and where in it a value lies."""

import time

import pytest

from scanner.decoders.archive import Archives
from scanner.decoders.inline import Inline
from scanner.decoders.notebook import Notebook
from scanner.decoders.office import Office
from scanner.decoders.text import Encodings
from scanner.models import Blob, Origin, Skipped

DECODERS = (Encodings(), Archives(), Notebook(), Office(), Inline())


def _walk(blob):
    for decoder in DECODERS:
        for layer in decoder.layers(blob):
            yield layer
            if not isinstance(layer, Skipped):
                yield from _walk(layer)


@pytest.fixture(scope="session")
def walk():
    """Return a function that gives all layers of bytes, on every level."""
    return lambda data: list(_walk(Blob(data, Origin("file", "a"))))


@pytest.fixture(scope="session")
def places(walk):
    """Return a function: the layers that hold a value, and the outer bytes each stands for."""

    def find(data, value):
        found = []
        for layer in walk(data):
            if isinstance(layer, Skipped) or value not in layer.data:
                continue
            start = layer.data.index(value)
            end, blob = start + len(value), layer
            while blob.parent is not None and blob.locate is not None:
                start, end = blob.locate(start, end)
                blob = blob.parent
            found.append((layer.layers, blob.data[start:end]))
        return found

    return find


@pytest.fixture(scope="session")
def slowdown():
    """Return a function: how many times longer four times the input takes (best of up to eight).

    Where memory comes from changes with the size, so that one step may cost more than its share: then
    the next step counts. What is not linear is slow in every one.
    """

    def seconds(data):
        begun = time.process_time()
        for decoder in DECODERS:
            for _layer in decoder.layers(Blob(data, Origin("file", "a"))):
                pass
        return time.process_time() - begun

    def step(unit, size, head):
        inputs = [head + unit * (length // len(unit)) for length in (size, 4 * size)]
        best = [60.0, 60.0]
        for _ in range(8):  # again only if the machine was busy, or the time is not linear
            best = [min(least, seconds(data)) for least, data in zip(best, inputs, strict=True)]
            if best[1] < 8 * max(best[0], 0.002):
                break
        return best[1] / max(best[0], 0.002)

    def measure(unit, size=120_000, head=b""):
        first = step(unit, size, head)
        return first if first < 8 else min(first, step(unit, 4 * size, head))

    return measure
