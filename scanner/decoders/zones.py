r"""Zones of base64 that hold no text: images, fonts, certificates. Nothing is decoded inside them.

A notebook is mostly pictures, and each of their lines ends in an escaped ``\n`` before what looks
like a value. A zone is told once, at its first line, and left out of all that seeks encodings.
"""

from binascii import a2b_base64

from scanner.decoders.spans import Spans
from scanner.lazy import lazy_compile

LEAST_LINE = 48
"""Characters that the lines of a zone have at least, the last one apart."""
_LEAST_BYTES = 160
_PROBE_BYTES = 1024
_LABEL_BYTES = 256
PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\r\n"
_CONTAINERS = (b"\x1f\x8b\x08", b"PK\x03\x04", b"BZh", b"\xfd7zXZ")
_PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n"
_OTHER = bytes(set(range(256)) - set(_PLAIN.rstrip(b"= \t\r\n")))

# Possessive throughout: what has been read is never read again.
_SLASH = rb"(?:\\/|\\u002[bBfF]|%2[bBfF])"
_LINE = (
    rb"(?:[A-Za-z0-9+/]{48,}+|(?=(?:[A-Za-z0-9+/]|%b){48})[A-Za-z0-9+/]++)(?:%b[A-Za-z0-9+/]*+)*+"
    % (_SLASH, _SLASH)
)
_BREAK = (
    rb"(?:(?:\\r)?\\n[ \t]{0,64}|\\?\r?\n[ \t]{0,64}"
    rb"|&\#(?:1[03]|x[aAdD]);[ \t]{0,64}|(?:%0[dD])?%0[aA])"
)
_LAST = rb"[A-Za-z0-9+/]++(?=[\s\"'`\\<&=,;)]|\Z)"
_ZONE = lazy_compile(rb"%b(?:%b%b)*+(?:%b%b)?+={0,2}" % (_LINE, _BREAK, _LINE, _BREAK, _LAST))
# Six quads of printable text, or an archive below a path.
_TEXT = lazy_compile(
    rb"(?:[CDI-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][A-Za-z0-9+/]){6}"
    rb"|/(?:H4sIA|UEsDB|QlpoO)"
)
_LABEL = lazy_compile(rb"-----|Lines:")
_MAGIC = tuple(
    # PNG, JPEG, GIF, RIFF, WOFF, TrueType, OpenType, Ogg, MP3, PDF, WebAssembly, ELF, class files
    b"iVBORw0KGgo /9j/ R0lGOD UklGR d09GM d09GR AAEAAA T1RUTw T2dnU SUQz JVBERi AGFzbQ f0VMRg yv66v"
    .split()
)  # fmt: skip


def match(data: bytes, start: int, run: int) -> tuple[int, bool]:
    """Return where the lines of base64 that begin at ``start`` end, and whether they are a zone.

    ``start`` itself, and False, where there is no such line. ``run`` is where letters and digits
    alone begin: what stands before may be a path.
    """
    found = _ZONE.match(data, start)
    if found is None:
        return start, False
    end = found.end()
    return end, end - start >= _LEAST_BYTES and _is_noise(data, start, run, end)


def outside(zones: Spans, size: int) -> Spans:
    """Return the half-open spans of ``size`` bytes that are in no zone; ascending.

    >>> outside([(2, 5), (5, 7)], 10)
    [(0, 2), (7, 10)]
    """
    if not zones:
        return [(0, size)]
    bounds = [0, *(bound for zone in zones for bound in zone), size]
    return [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]


def _is_noise(data: bytes, start: int, run: int, end: int) -> bool:
    """Tell what decodes to neither text nor a container, and is no key in lines."""
    # Lists of keys are lines too; they rarely have both the length and these.
    if data.find(b"+", start, end) < 0 and data.find(b"/", start, end) < 0:
        return False
    # Pictures name the program that made them.
    if data.startswith(_MAGIC, start):
        return True
    if _TEXT.search(data, start, min(end, start + _PROBE_BYTES)) is not None:
        return False
    if _TEXT.search(data, max(start, end - _PROBE_BYTES), end) is not None:
        return False
    for begin in {start, run}:
        head = data[begin : begin + LEAST_LINE].translate(None, _OTHER)
        head = a2b_base64(head[: len(head) // 4 * 4])
        if is_text(head) or is_container(head):
            return False
    # A private key is to be unescaped (in DER it begins with M); without escapes nothing is lost.
    is_key = data.startswith(b"M", start) or _LABEL.search(
        data, max(0, start - _LABEL_BYTES), start
    )
    return not is_key or not data[start:end].translate(None, _PLAIN)


def is_container(data: bytes) -> bool:
    """Tell whether decoded bytes are an archive or UTF-16, to be a layer of their own."""
    if data.startswith(_CONTAINERS) or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    probe = data[:64]
    return len(probe) >= 8 and probe[1::2].count(0) == len(probe) // 2 and 0 not in probe[::2]


def is_text(data: bytes) -> bool:
    """Tell whether nearly all of the bytes are printable text, in UTF-8.

    >>> is_text(b"user:secret"), is_text(bytes(range(128, 140))), is_text("naïve".encode())
    (True, False, True)
    """
    odd = data.translate(None, PRINTABLE)
    if len(odd) * 20 <= len(data):
        return bool(data)
    if odd.isascii():
        return False
    text = data.decode("utf-8", "ignore")
    # The cut at the end may fall inside a character.
    if len(text.encode()) + 3 < len(data):
        return False
    control = sum(map(odd.count, (bytes((code,)) for code in range(32))))
    return control * 20 <= len(data)
