"""Values that are text once decoded: the decoders look at what is inside, with the same name before it."""

from binascii import a2b_base64

from scanner.checksums.chains import base64_decode
from scanner.context.values.captions import is_example
from scanner.context.values.lookalikes import is_name_like
from scanner.context.values.words import reads_as_word
from scanner.lazy import lazy_compile
from scanner.remembered import remembered

LEAST = 16
"""Characters of the shortest base64 that the decoders open wherever it stands."""
_BASE64 = lazy_compile(rb"[A-Za-z0-9+/]{16,4096}={0,2}")
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\t\r\n"


@remembered(4096)
def is_encoded_text(value: bytes) -> bool:
    """Tell whether a value is base64 of ASCII text; one random value in 100,000 is.

    A name and a password with a colon between, as in a Basic header, are left as they are; the
    tokens of bots, which begin with a number, are not.

    >>> is_encoded_text(b"QVBJIGtleSBvZiB0aGUgYm90"), is_encoded_text(b"k9Xw2Lq8vR1tZ5bN7cM3yH4j")
    (True, False)
    """
    if not _BASE64.fullmatch(value):
        return False
    body = value.rstrip(b"=")
    if len(body) < LEAST or len(body) % 4 == 1:
        return False
    text = a2b_base64(body + b"=" * (-len(body) % 4))
    if text.translate(None, _PRINTABLE):
        return False
    head = text.partition(b":")[0]
    return (
        len(head) == len(text)
        or head.isdigit()
        or b"\n" in text
        or text.lstrip()[:1] in (b"{", b"[", b"-")
    )


SURE = 40
"""Characters of base64 that no random value leaves printable: 30 bytes, of which two in five are."""


def is_line_of_text(value: bytes, least: int = SURE) -> bool:
    """Tell whether a value of ``least`` characters is base64 of printable text alone, as lines of wrapped base64 are.

    >>> is_line_of_text(b"eyJ1cmwiOiJodHRwczovL2FwaS5naXRodWIuY29t"), is_line_of_text(b"QVBJIGtleQ==")
    (True, False)
    """
    if len(value) < least or len(value) % 4 or not _BASE64.fullmatch(value):
        return False
    return not a2b_base64(value).translate(None, _PRINTABLE)


def is_piece_of_text(value: bytes) -> bool:
    """Tell whether a value is a piece of base64 of printable text, wherever its groups of four begin.

    >>> is_piece_of_text(b"neyJ1cmwiOiJodHRwczovL2FwaS5naXRodWIuY29tL2"), is_piece_of_text(b"QVBJIGtleQ==")
    (True, False)
    """
    starts = range(4) if len(value) >= SURE else ()
    return any(is_line_of_text(value[at : len(value) - (len(value) - at) % 4]) for at in starts)


def says_words(value: bytes) -> bool:
    """Tell whether base64 with its end is that of words, as tests write what an exchange wants in it.

    >>> says_words(b"ZHVtbXlzZWNyZXQ="), says_words(b"k7Qx9ZpL2vT8aQ==")
    (True, False)
    """
    text = base64_decode(value) if value.endswith(b"=") else None
    if not text or not text.isascii() or not text.decode().isprintable():
        return False
    return is_example(text) or reads_as_word(text) or is_name_like(text)
