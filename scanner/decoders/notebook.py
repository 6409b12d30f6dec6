"""Jupyter notebooks: the sources and the text outputs as their author sees them, without images.

In a notebook each line of code is a JSON string, its quotes escaped, so rules for code do not see
code. The layer is the notebook's bytes with the JSON between the lines taken out, so each position
maps back. Reading is tolerant: a broken or merge-conflicted notebook gives what can be read.
"""

import re
from collections.abc import Iterator
from functools import cache

from scanner.decoders.escapes import string_edits
from scanner.decoders.spans import MAX_LAYERS, Edit, SpanMap, bounded, decoded
from scanner.models import Blob, Skipped

_TOKEN = rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]'
_WANTED = frozenset({b"source", b"text", b"traceback", b"evalue", b"input"})
_MAX_DEPTH = 200


@cache
def _compiled() -> re.Pattern[bytes]:
    """Compile on first need: a start without a use does not pay for it."""
    return re.compile(_TOKEN, re.DOTALL)


class Notebook:
    """Reads ``.ipynb`` files, told by content; layer ``ipynb``."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield one layer: sources and text outputs, unescaped, a line break between cells."""
        data = blob.data
        if data[:64].lstrip()[:1] != b"{" or len(blob.layers) >= MAX_LAYERS:
            return
        if b'"nbformat"' not in data or not (b'"cells"' in data or b'"worksheets"' in data):
            return
        if isinstance(blob.locate, SpanMap):  # rewritten: the outer text gave its layer already
            return
        yield from bounded(blob, [decoded(blob, "ipynb", _pieces(data))])


def _pieces(data: bytes) -> Iterator[Edit]:
    """Yield what is kept and what is taken out, so that they cover the data."""
    done = 0
    is_first = True
    for start, end, is_glued in _strings(data):
        yield done, start, b"" if is_glued or is_first else b"\n"
        is_first = False
        done = start
        for edit in string_edits(data, start, end):
            if edit[0] > done:
                yield done, edit[0], data[done : edit[0]]
            yield edit
            done = edit[1]
        if end > done:
            yield done, end, data[done:end]
            done = end


def _strings(data: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield the inner spans of wanted strings, and whether each goes on where the last ended."""
    keys: list[bytes] = []
    key, has_key = b"", False
    glued: int | None = None
    for match in _compiled().finditer(data):
        start, end = match.span()
        mark = data[start : start + 1]
        if mark == b'"':
            if has_key or (keys and keys[-1] == b"["):
                if _is_wanted(key if has_key else b"", keys):
                    yield start + 1, end - 1, glued == len(keys)
                    glued = len(keys) if not has_key else None
            else:
                key = data[start + 1 : end - 1]
        elif mark == b":":
            has_key = True
        elif mark in b"{[":
            if len(keys) < _MAX_DEPTH:
                keys.append(key if has_key else b"")
                keys.append(mark)
            has_key = False
        elif mark in b"}]":
            del keys[-2:]
            has_key = False
            glued = None
        else:
            has_key = False


def _is_wanted(key: bytes, keys: list[bytes]) -> bool:
    """Tell a source, a stream or a text output from metadata and images."""
    if not key and len(keys) >= 2:
        key = keys[-2]
    return key in _WANTED or key.startswith(b"text/")
