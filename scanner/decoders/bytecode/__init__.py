"""Compiled Python: ``__pycache__/config.cpython-312.pyc`` keeps what ``config.py`` said.

The file is never run, nor read by Python's own ``marshal``, which is not made for hostile bytes. What its code binds
to names, hands to calls and writes into tables is laid out as lines of Python, so that rules for code see code.
"""

from collections.abc import Iterator

from scanner.decoders.bytecode.blocks import write_code
from scanner.decoders.bytecode.layout import layout_of
from scanner.decoders.bytecode.lines import Lines
from scanner.decoders.bytecode.marshalled import DamagedError, Reader
from scanner.decoders.spans import MAX_LAYERS, skipped
from scanner.models import Blob, Skipped


class Bytecode:
    """Reads the compiled files of CPython 3.6 to 3.14, told by their magic number; layer ``pyc``."""

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield one layer, lines of Python; ``Skipped`` for what is damaged, or too much."""
        layout = layout_of(blob.data)
        if layout is None or len(blob.layers) >= MAX_LAYERS:
            return
        try:
            code = Reader(blob.data, layout).code()
        except DamagedError:
            yield skipped(blob, "corrupt", "a compiled file of Python that is damaged")
            return
        lines = Lines(limit=4 * len(blob.data) + 4096)
        write_code(code, layout, lines)
        if lines.is_cut:
            yield skipped(blob, "limit", "a compiled file of Python that says the same too often")
        text = lines.text()
        if text:
            yield Blob(text, blob.origin, (*blob.layers, "pyc"), blob, lines.locate)
