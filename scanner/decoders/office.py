"""Office documents (docx, xlsx, pptx, odt, ods): the text of the XML in the archive.

A word processor cuts a pasted key into runs with markup between, wherever it pleases; taking the
tags out puts it together again, one paragraph or cell a line.
"""

from collections.abc import Iterator

from scanner.decoders.spans import Edit, bounded, rewritten
from scanner.lazy import lazy_compile
from scanner.models import Blob, Skipped

_MEMBERS = (
    "zip:word/",
    "zip:xl/sharedStrings",
    "zip:xl/worksheets/",
    "zip:ppt/",
    "zip:content.xml",
)
_TAG = lazy_compile(rb"<([^<>]{0,8192})>")
_BREAKS = (
    b"/w:p", b"w:br", b"w:tab", b"/a:p", b"a:br", b"/si", b"/c", b"/row", b"/text:p", b"text:tab",
    b"text:line-break", b"/table:table-cell",
)  # fmt: skip


class Office:
    """Reads the text of office documents; layer ``office``."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield the text of a document's member, if this is one."""
        if not blob.layers or not blob.layers[-1].startswith(_MEMBERS):
            return
        if blob.data[:64].lstrip()[:1] == b"<":
            yield from bounded(blob, rewritten(blob, "office", _edits(blob.data)))


def _edits(data: bytes) -> Iterator[Edit]:
    for match in _TAG.finditer(data):
        name = match[1].split(None, 1)[0].rstrip(b"/") if match[1].strip() else b""
        yield match.start(), match.end(), b"\n" if name in _BREAKS else b""
