"""Jupyter notebooks: the sources and the text outputs as their author sees them, without images.

In a notebook each line of code is a JSON string, its quotes escaped, so rules for code do not see
code. The layer is the notebook's bytes with the JSON between the lines taken out, so each position
maps back. Reading is tolerant: a broken or merge-conflicted notebook gives what can be read.
"""

from collections.abc import Iterator

from scanner.decoders.escapes import string_edits
from scanner.decoders.spans import MAX_LAYERS, Edit, bounded, decoded, is_notebook
from scanner.lazy import lazy_compile
from scanner.models import Blob, Skipped

# A picture with its key is one token: its characters are only looked at for the closing quote. A
# string that is never closed ends with the data, or each quote in it would be tried to that end. A
# comma after a string or a bracket tells nothing.
_TOKEN = lazy_compile(
    rb'"(?:image/[\w.+-]{1,64}|png|jpeg)"\s{0,8}+:\s{0,8}+"[^"]*+(?<!\\)"'
    rb'|"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[{}\[\]:]|,(?<!["}\]],)'
)
_WANTED = frozenset({b"source", b"text", b"traceback", b"evalue", b"input"})
_MAX_DEPTH = 100
_QUOTE, _COLON, _COMMA, _LIST = b'":,['
_OPENING = b"{["


class Notebook:
    """Reads ``.ipynb`` files, told by content; layer ``ipynb``."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield one layer: sources and text outputs, unescaped, a line break between cells."""
        if len(blob.layers) < MAX_LAYERS and is_notebook(blob):
            yield from bounded(blob, [decoded(blob, "ipynb", _pieces(blob.data))])


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
    lists: list[bytes | None] = []  # the key of each list that is open, None for an object
    key, has_key = b"", False
    glued: int | None = None
    for match in _TOKEN.finditer(data):
        start, end = match.span()
        mark = data[start]
        if mark == _QUOTE:
            name = key if has_key else lists[-1] if lists else None
            if name is None:
                key = data[start + 1 : end - 1]
            else:
                if name in _WANTED or _is_wanted(name, data, start, end):
                    yield start + 1, end - 1, glued == len(lists)
                    glued = len(lists) if not has_key else None
                has_key = False
        elif mark == _COLON:
            has_key = True
        elif mark == _COMMA:
            has_key = False
        else:
            if mark in _OPENING:
                if len(lists) < _MAX_DEPTH:
                    lists.append((key if has_key else b"") if mark == _LIST else None)
            else:
                del lists[-1:]
                glued = None
            has_key = False


def _is_wanted(key: bytes, data: bytes, start: int, end: int) -> bool:
    """Tell a text output from metadata and images; with escapes, metadata too.

    Escapes of a notebook are undone here and nowhere else.
    """
    if key.startswith(b"text/"):
        return True
    return not key.startswith(b"image/") and data.find(b"\\", start, end) >= 0
