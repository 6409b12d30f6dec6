"""Text with NULs: UTF-16 and UTF-32, told by a byte order mark or by where the NULs are, and stray ones.

Patterns are bytes over ASCII and UTF-8, so such a file is rewritten whole. Windows editors,
PowerShell and registry exports write UTF-16; a dump of an environment has a NUL behind each setting,
and a file that was cut off or padded has some at its end.
"""

from collections.abc import Iterator

from scanner.binary import PROBE_BYTES, is_binary
from scanner.decoders.spans import MAX_LAYERS
from scanner.decoders.zones import is_text
from scanner.lazy import lazy_compile
from scanner.models import Blob, Skipped

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_PROBE_BYTES = 2048
_CHUNK_CHARACTERS = 16 * 1024
_CONTROL = lazy_compile(rb"[\x01-\x08\x0e-\x1f]")
_SETTING = lazy_compile(rb"[A-Za-z_][\w.-]{0,99}=")
_NO_TEXT = (
    *(b"PK", b"MZ", b"\x7fELF", b"%PDF-", b"GIF8"),
    *(b"SQLite format 3", b"!<arch>", b"PACK", b"DIRC"),
)


class Encodings:
    """Rewrites UTF-16 and UTF-32 as UTF-8, and NULs in a text as ends of lines.

    Layers ``utf-16``, ``utf-32`` and ``nul``.
    """

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield the whole text in UTF-8 without NULs, if the blob is one with them or in a wider encoding."""
        data = blob.data
        if len(blob.layers) >= MAX_LAYERS or not (data.startswith(_WIDE) or is_binary(data)):
            return
        encoding, mark = _encoding(data)
        if encoding is None:
            if is_binary(data) and _has_strays(data):
                lines = data.replace(b"\0", b"\n")
                yield Blob(lines, blob.origin, (*blob.layers, "nul"), blob, _same)
            return
        # A broken unit becomes U+FFFD: nothing is lost but that unit, and the map holds.
        text = data[mark:].decode(encoding, "replace")
        name = encoding[:6]
        locate = _WideMap(text, mark, encoding, len(data))
        yield Blob(text.encode(), blob.origin, (*blob.layers, name), blob, locate)


def _encoding(data: bytes) -> tuple[str | None, int]:
    """Tell encoding and length of its mark; None for what is in none of these."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            is_wide = _reads_as_text(data[len(mark) :], encoding)
            return (encoding, len(mark)) if is_wide else (None, 0)
    probe = data[: min(_PROBE_BYTES, len(data) // 4 * 4)]
    zeros = [probe[phase::4].count(0) for phase in range(4)]
    units = len(probe) // 4
    guess: str | None = None
    if units == 0:
        return None, 0
    # Characters beyond the first plane or the first 256 are the exception in a file of settings.
    if zeros[3] == units and zeros[2] * 2 >= units and zeros[0] * 10 <= units:
        guess = "utf-32-le"
    elif zeros[0] == units and zeros[1] * 2 >= units and zeros[3] * 10 <= units:
        guess = "utf-32-be"
    else:
        even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
        # A third of the units in ASCII is enough: names, marks and blanks, in any language.
        if odd * 3 >= units * 2 and even * 25 <= units:
            guess = "utf-16-le"
        elif even * 3 >= units * 2 and odd * 25 <= units:
            guess = "utf-16-be"
    return (guess, 0) if guess and _reads_as_text(data, guess) else (None, 0)


def _reads_as_text(data: bytes, encoding: str) -> bool:
    """Tell whether the beginning reads as text: nine of ten characters are printable."""
    text = data[:_PROBE_BYTES].decode(encoding, "ignore")
    good = sum(1 for character in text if character.isprintable() or character in "\t\r\n\ufeff")
    return bool(text) and good * 10 >= len(text) * 9


def _has_strays(data: bytes) -> bool:
    r"""Tell whether this is text with NULs in it: a few of them, or one behind each setting.

    >>> _has_strays(b"API_KEY=abc\nAPI_SECRET=def\n\0"), _has_strays(b"A=1\0B=2\0"), _has_strays(b"a\0b\0c")
    (True, True, False)
    """
    head = data[:PROBE_BYTES]
    if head.startswith(_NO_TEXT) or head[257:262] == b"ustar" or _CONTROL.search(head[:8]):
        return False
    if not is_text(head.replace(b"\0", b"")):  # nearly all that has NULs ends here
        return False
    if is_text(head):
        return is_text(data)
    entries = [entry for entry in head.split(b"\0") if entry]
    named = sum(_SETTING.match(entry) is not None for entry in entries)
    return named * 2 >= len(entries) and is_text(data.replace(b"\0", b"\n"))


def _same(start: int, end: int) -> tuple[int, int]:
    """Map a span of a text to the same span: a byte stands for each byte."""
    return start, end


class _WideMap:
    """Maps UTF-8 offsets to the wider encoding; counted in chunks, and only when asked."""

    __slots__ = ("_encoding", "_limit", "_mark", "_starts", "_text")

    def __init__(self, text: str, mark: int, encoding: str, limit: int) -> None:
        self._text = text
        self._mark = mark
        self._encoding = encoding
        self._limit = limit
        self._starts: list[tuple[int, int]] = []

    def __call__(self, start: int, end: int) -> tuple[int, int] | None:
        first = self._offset(start, False)
        last = self._offset(end, True) if end > start else first
        return min(first, self._limit), min(last, self._limit)

    def _offset(self, position: int, is_end: bool) -> int:
        if not self._starts:
            self._starts = list(self._checkpoints())
        index = 0
        while index + 1 < len(self._starts) and self._starts[index + 1][0] <= position:
            index += 1
        narrow, wide = self._starts[index]
        chunk = self._text[index * _CHUNK_CHARACTERS : (index + 1) * _CHUNK_CHARACTERS]
        head = chunk.encode()[: position - narrow]
        whole = head.decode("utf-8", "ignore")
        wide += len(whole.encode(self._encoding))
        if is_end and len(whole.encode()) < len(head):
            # Inside a character: its end counts.
            wide += len(chunk[len(whole)].encode(self._encoding))
        return wide

    def _checkpoints(self) -> Iterator[tuple[int, int]]:
        narrow, wide = 0, self._mark
        for start in range(0, max(1, len(self._text)), _CHUNK_CHARACTERS):
            yield narrow, wide
            chunk = self._text[start : start + _CHUNK_CHARACTERS]
            narrow += len(chunk.encode())
            wide += len(chunk.encode(self._encoding))
