"""What sort of archive or compressed file bytes are, told without opening them; imports nothing that is heavy."""

from scanner.binary import is_binary

_ZIP_MARK, _ZIP_ENTRY, _ZIP_END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_ZIP_END_BYTES = 22
_ZIP_TAIL_BYTES = _ZIP_END_BYTES + 0xFFFF
UNOPENED = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"\x04\x22\x4d\x18": "lz4",
    b"LZIP\x01": "lzip",
    b"\x1f\x9d\x90": "compress",
    b"MSCF\0\0\0\0": "cab",
    b"xar!\0": "xar",
    b"\xed\xab\xee\xdb": "rpm",
    b"!<arch>\ndebian-binary": "deb",
}
"""First bytes of what Python's standard library cannot unpack, and its name."""
_UNOPENED = tuple(UNOPENED)


def container_of(data: bytes) -> str | None:
    r"""Return ``zip``, ``gzip``, ``bzip2``, ``xz``, ``lzma`` or ``tar``, a name of ``UNOPENED``, or None.

    >>> container_of(b"PK\x03\x04"), container_of(b"7z\xbc\xaf\x27\x1c\0\4"), container_of(b"PKG = 1")
    ('zip', '7z', None)
    """
    if data.startswith(_ZIP_MARK):
        return "zip"
    if data.startswith(b"\x1f\x8b\x08") and data[3:4] < b"\x20":
        return "gzip"
    if data.startswith(b"BZh") and data[4:10] == b"1AY&SY":
        return "bzip2"
    if data.startswith(b"\xfd7zXZ\x00"):
        return "xz"
    if data.startswith(b"]\0\0"):
        return "lzma" if _is_lzma(data) else None
    if data[257:262] == b"ustar":
        return "tar" if _is_tar(data) else None
    if data.startswith(_UNOPENED):
        return next(name for mark, name in UNOPENED.items() if data.startswith(mark))
    # Behind a program that unpacks itself: the list of a zip is at the end.
    is_program = data.startswith(b"#!") or is_binary(data)
    return "zip" if is_program and _ends_zip(data) else None


def _is_tar(data: bytes) -> bool:
    from scanner.decoders.tar import is_tar  # noqa: PLC0415  (only for what says so)

    return is_tar(data)


def _is_lzma(data: bytes) -> bool:
    """Tell the header of .lzma, which has no magic: a size that is none, or less than 256 GiB."""
    size = data[5:13]
    return (
        len(size) == 8 and (size == b"\xff" * 8 or size[5:] == b"\0\0\0") and data[13:14] == b"\0"
    )


def _ends_zip(data: bytes) -> bool:
    """Tell whether bytes end with the list of a zip archive."""
    at = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_TAIL_BYTES))
    if at < 0 or at + _ZIP_END_BYTES > len(data):
        return False
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    offset = int.from_bytes(data[at + 16 : at + 20], "little")
    return offset + size <= at and data.startswith(_ZIP_ENTRY, at - size)
