"""The tar format, read from bytes: ustar, GNU and pax names, ordinary members only.

``tarfile`` would do, but it keeps all members, its reading of pax headers took quadratic time in
releases that are still in use (CVE-2024-6232), and what is needed here is a page.
"""

from collections.abc import Iterator

from scanner.errors import ScannerError

_BLOCK = 512
_MAX_NAME_BYTES = 64 * 1024
_FILES = b"\x0007S"
_LONG_NAME, _PAX, _PAX_GLOBAL, _LONG_LINK = b"L", b"x", b"g", b"K"


class TarError(ScannerError):
    """The archive is damaged from here on."""


class TarLimitError(ScannerError):
    """A header is larger than any honest one."""


def is_tar(data: bytes) -> bool:
    """Tell whether the first block is a header: its checksum holds."""
    return len(data) >= _BLOCK and _is_sound(data[:_BLOCK])


def members(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end in ``data`` of each file; an end past the data means cut off.

    Raises:
        TarError: a header is damaged, so what follows cannot be found.
        TarLimitError: a name of over 64 KiB.
    """
    position = 0
    long_name: bytes | None = None
    while position + _BLOCK <= len(data):
        header = data[position : position + _BLOCK]
        if not any(header):
            return
        if not _is_sound(header):
            raise TarError("tar header is damaged")
        kind = header[156:157]
        size = _number(header[124:136])
        start = position + _BLOCK
        position = start + -(-size // _BLOCK) * _BLOCK
        if kind in (_LONG_NAME, _PAX, _PAX_GLOBAL, _LONG_LINK):
            if kind in (_LONG_NAME, _PAX) and size > _MAX_NAME_BYTES:
                raise TarLimitError("tar header is too large")
            content = data[start : start + size]
            if kind == _LONG_NAME:
                long_name = content.split(b"\0", 1)[0]
            elif kind == _PAX:
                long_name = _pax_path(content) or long_name
            continue
        name = long_name if long_name is not None else _name(header)
        long_name = None
        if kind in _FILES and size and not name.endswith(b"/"):
            yield name, start, start + size


def _is_sound(header: bytes) -> bool:
    field = header[148:156].strip(b" \0")
    if not field or field.strip(b"01234567"):
        return False
    return int(field, 8) == sum(header) - sum(header[148:156]) + 8 * 0x20


def _number(field: bytes) -> int:
    """Read a size: octal digits, or base 256 for the very large.

    Raises:
        TarError: it is neither.
    """
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0")
    if digits.strip(b"01234567"):
        raise TarError("tar header is damaged")
    return int(digits or b"0", 8)


def _name(header: bytes) -> bytes:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0]
    # GNU keeps times where ustar keeps the prefix.
    return prefix + b"/" + name if prefix and header[257:263] == b"ustar\0" else name


def _pax_path(content: bytes) -> bytes | None:
    """Return the path from pax records, each ``length key=value`` and a line feed."""
    position = 0
    while position < len(content):
        length, _, _ = content[position : position + 20].partition(b" ")
        if not length.isdigit() or int(length) <= len(length):
            return None
        record = content[position + len(length) + 1 : position + int(length) - 1]
        key, _, value = record.partition(b"=")
        if key == b"path":
            return value
        position += int(length)
    return None
