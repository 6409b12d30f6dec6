"""Bytes in examples: DER by hand, and bytes that are no text in a text.

An example is a text; the bytes of a binary file stand in it as Python writes those of file names (PEP 383).
"""


def encode(text: str) -> bytes:
    """Return the bytes of a filled example."""
    return text.encode("utf-8", "surrogateescape")


def as_text(data: bytes) -> str:
    """Return what stands for bytes in an example: those over 127 each a surrogate, whatever they would be together."""
    return data.decode("ascii", "surrogateescape")


def der(tag: int, *parts: bytes) -> bytes:
    """Return one value of DER (X.690) with the tag and the joined parts as its content."""
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        return bytes([tag, size]) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + body


def integer(number: int) -> bytes:
    """Return a non-negative INTEGER of DER."""
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))
