"""Text or not: the one answer of the detector, the engine and the decoders."""

PROBE_BYTES = 8000
"""How far git looks for a NUL, and so do we."""


def is_binary(data: bytes) -> bool:
    r"""Tell by content whether bytes are no text: a NUL near the start, as git decides.

    What is text but for a few of them is told by its decoder (``decoders.text``), which gives a layer
    without any.

    >>> is_binary(b"key=1\n"), is_binary(b"\x7fELF\x02\x01\x01\0")
    (False, True)
    """
    return data.find(b"\0", 0, PROBE_BYTES) >= 0
