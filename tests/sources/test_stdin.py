"""Behaviour of scanner.sources.stdin: one blob, under the name it is given."""

import io
import pickle

import pytest

from scanner.models import Blob, Draft, Match, Occurrence, Origin, Rule
from scanner.sources.stdin import StdinSource


@pytest.mark.parametrize(("path", "shown"), [(None, "-"), ("conf/.env", "conf/.env")])
def test_one_blob(path, shown):
    source = StdinSource(io.BytesIO(b"content"), path)
    (blob,) = source.blobs()
    assert (blob.data, blob.origin) == (b"content", Origin("stdin", shown))
    assert source.root is None
    assert (source.coverage.blobs, source.coverage.bytes) == (1, 7)
    assert source.repository_path(shown) == shown


def test_empty_input():
    (blob,) = StdinSource(io.BytesIO()).blobs()
    assert blob.data == b""


def test_limit():
    source = StdinSource(io.BytesIO(b"content"), max_blob_bytes=6)
    assert list(source.blobs()) == []
    assert source.coverage.left_out == {"max-blob-size": 1}
    assert len(list(StdinSource(io.BytesIO(b"content"), max_blob_bytes=7).blobs())) == 1


class Broken(io.RawIOBase):
    """A stream that fails, as a terminal that went away does."""

    def read(self, size=-1):
        raise OSError(5, "Input/output error")


def test_a_stream_that_fails():
    (skipped,) = StdinSource(Broken()).blobs()
    assert (skipped.path, skipped.reason) == ("-", "unreadable")


def test_split_and_pickle():
    (part,) = StdinSource(io.BytesIO(b"content")).split(4)
    (blob,) = pickle.loads(pickle.dumps(part)).blobs()
    assert isinstance(blob, Blob)
    assert blob.data == b"content"
    with pytest.raises(OSError, match="Input/output"):
        pickle.dumps(StdinSource(Broken()))


def test_attribution_changes_nothing():
    source = StdinSource(io.BytesIO(b"x"))
    rule = Rule("test-token", None, "token", "high", "For tests.")
    (blob,) = source.blobs()
    draft = Draft(Match(rule, 0, 1), b"x", blob.origin, (Occurrence(1, 1, 1, 2),))
    assert list(source.attribute([draft])) == [draft]
