"""Pointers of Git LFS are told from all that only looks like one."""

import hashlib

import pytest

from scanner.decoders.pointer import Pointers
from scanner.models import Blob, Origin

OID = hashlib.sha256(b"content").hexdigest()
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{OID}\nsize 7\n".encode()


def told(data):
    return [found.reason for found in Pointers().layers(Blob(data, Origin("file", "a")))]


def test_pointers():
    assert told(POINTER) == ["lfs-object"]
    assert told(POINTER.replace(b"git-lfs", b"hawser")) == ["lfs-object"]


@pytest.mark.parametrize(
    "data", [b"", b"# " + POINTER, POINTER + b"text\n" * 300, b"version https://a\noid sha256:"]
)
def test_what_is_none(data):
    assert told(data) == []
