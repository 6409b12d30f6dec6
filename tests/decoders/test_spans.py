"""The map of rewritten layers: what is kept maps exactly, what is decoded to what it came from."""

from hypothesis import given
from hypothesis import strategies as st

from scanner.decoders.spans import (
    AFTER_BYTES,
    BEFORE_BYTES,
    HEAD_BYTES,
    SpanMap,
    bounded,
    rewritten,
)
from scanner.models import Blob, Origin, Skipped


@st.composite
def _edited(draw):
    data = draw(st.binary(min_size=1, max_size=200))
    cuts = sorted(draw(st.sets(st.integers(0, len(data)), max_size=8)))
    edits = [
        (start, end, draw(st.binary(max_size=4)))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    return data, edits


def _applied(data, edits):
    """Return the rewritten bytes, and for each the span it came from."""
    out, spans, done = b"", [], 0
    for start, end, text in edits:
        spans += [(at, at + 1) for at in range(done, start)] + [(start, end)] * len(text)
        out += data[done:start] + text
        done = end
    spans += [(at, at + 1) for at in range(done, len(data))]
    return out + data[done:], spans


@given(_edited())
def test_every_byte_comes_from_its_span(case):
    data, edits = case
    expected, spans = _applied(data, edits)
    layers = list(rewritten(Blob(data, Origin("file")), "x", edits))
    if not edits:
        assert not layers
        return
    (layer,) = layers
    assert layer.data == expected
    for at, (low, high) in enumerate(spans):
        start, end = layer.locate(at, at + 1)
        assert low <= start <= end <= high
        if high - low == 1:
            assert (start, end) == (low, high)


@given(_edited(), st.data())
def test_spans_cover_what_they_were_made_of(case, data):
    outer, edits = case
    layers = list(rewritten(Blob(outer, Origin("file")), "x", edits))
    if not layers or not layers[0].data:
        return
    first = data.draw(st.integers(0, len(layers[0].data) - 1))
    last = data.draw(st.integers(first + 1, len(layers[0].data)))
    _, spans = _applied(outer, edits)
    start, end = layers[0].locate(first, last)
    assert spans[first][0] <= start <= spans[first][1]
    assert spans[last - 1][0] <= end <= spans[last - 1][1]
    assert start <= end


def test_of_a_large_blob_only_the_lines_about_an_edit_are_kept():
    line = b"x" * 99 + b"\n"
    data = line * 2000 + b"key=%41\n" + line * 2000 + b"key=%42\n" + line * 2000
    edits = [(at, at + 3, b"!") for at in (data.index(b"%41"), data.index(b"%42"))]
    (layer,) = rewritten(Blob(data, Origin("file")), "x", edits)
    assert len(layer.data) < 4 * BEFORE_BYTES
    for at, byte in enumerate(layer.data):
        start, end = layer.locate(at, at + 1)
        if byte not in b"!\n":
            assert data[start:end] == bytes([byte])
    assert [data[slice(*layer.locate(at, at + 5))] for at in _all(layer.data, b"key=!")] == [
        b"key=%41",
        b"key=%42",
    ]
    assert layer.data.startswith(b"x" * 99 + b"\n")


def test_the_first_lines_are_kept_and_mapped():
    data = b"import ccxt\n" + b"x" * 5000 + b"\n" + b"y = 1\n" * 2000 + b"key=%41\n" + b"z" * 9000
    at = data.index(b"%41")
    (layer,) = rewritten(Blob(data, Origin("file")), "x", [(at, at + 3, b"A")])
    assert layer.data.startswith(b"import ccxt\n")
    assert layer.locate(0, 11) == (0, 11)
    assert len(layer.data) < HEAD_BYTES + BEFORE_BYTES + AFTER_BYTES + 8
    start = layer.data.index(b"key=A")
    assert layer.locate(start, start + 5) == (at - 4, at + 3)
    # Nothing that is said to be new, so to be decoded again, but the edit.
    assert not layer.locate.touches(0, start)
    assert layer.locate.touches(start + 4, start + 5)


def _all(data, what):
    at = data.find(what)
    while at >= 0:
        yield at
        at = data.find(what, at + 1)


def test_many_edits_are_split_and_lose_nothing(monkeypatch):
    monkeypatch.setattr("scanner.decoders.spans.MAX_EDITS", 1000)
    data = b"".join(b"a%%41b%%%05d " % number for number in range(10_000))
    edits = [(at, at + 3, b"A") for at in _all(data, b"%41")]
    layers = list(rewritten(Blob(data, Origin("file")), "x", edits))
    assert len(layers) > 5
    seen = {
        layer.locate(at, at + 10)
        for layer in layers
        for at in _all(layer.data, b"aAb%")
        if layer.data[at : at + 10].endswith(b" ")
    }
    assert len(seen) == 10_000


def test_edits_next_to_each_other_are_one():
    spans = SpanMap()
    for number in range(100):
        spans.add(number, 3 * number, 3 * number + 3, 1)
    assert len(spans) == 1
    assert spans(7, 9) == (21, 27)


def test_the_allowance_ends_and_says_so_once():
    blob = Blob(b"secret" * 10, Origin("file", "a"))
    edits = [(0, 6, b"y")]
    first = list(bounded(blob, rewritten(blob, "x", edits)))
    layers = []
    for _ in range(10_000):
        layers += bounded(first[0], rewritten(first[0], "x", edits))
    skips = [layer for layer in layers if isinstance(layer, Skipped)]
    assert [skip.reason for skip in skips] == ["limit"]
    assert len(layers) < 10_000
