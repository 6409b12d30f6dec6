"""Archives and compressed files: what is inside, never written to disk, and bounded.

Words: a *budget* is what one outermost blob may expand to, in bytes and members; every archive
found inside it draws on the same one, so a bomb in a bomb costs no more than a bomb. It travels on
the layers, for the decoder keeps no state between blobs. Members of a file have no
``locate``: their lines are their own.

A member that cannot be read whole is scanned as far as it goes, and named as skipped.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from scanner.decoders.containers import container_of
from scanner.decoders.spans import MAX_LAYERS, skipped
from scanner.decoders.streams import Inflate, Unpack
from scanner.decoders.tar import TarError, TarLimitError, members
from scanner.models import COMPRESSED, UNSUPPORTED, Blob, Skipped

_CHUNK_BYTES = 1024 * 1024
_RATIO_FREE_BYTES = 32 * 1024 * 1024
_XZ_MEMORY_BYTES = 128 * 1024 * 1024
_ZIP_ENTRY = b"PK\x01\x02"
_ENCRYPTED_FLAG = 1
_UTF8_FLAG = 0x800
_ARCHIVES = ("zip:", "tar:", *COMPRESSED)


class Limits:
    """How far archives are opened.

    Attributes:
        depth: archives within archives (a compressed tar counts twice).
        members, expanded_bytes: of all archives within one blob.   ratio: expanded to packed,
            for what expands to over 32 MiB.
    """

    __slots__ = ("depth", "expanded_bytes", "members", "ratio")

    def __init__(
        self,
        depth: int = 6,
        members: int = 10_000,
        expanded_bytes: int = 256 * 1024 * 1024,
        ratio: int = 250,
    ) -> None:
        self.depth = depth
        self.members = members
        self.expanded_bytes = expanded_bytes
        self.ratio = ratio


class _Budget:
    """What is left for one outermost blob; ``told`` once its end was reported."""

    __slots__ = ("left_bytes", "left_members", "told")

    def __init__(self, limits: Limits) -> None:
        self.left_bytes = limits.expanded_bytes
        self.left_members = limits.members
        self.told = False


class Member(Blob):
    """A blob out of an archive, with what is left of the budget.

    One out of an archive that stands in a text (base64) is pointed at the archive's place there.
    """

    __slots__ = ("budget",)

    def __init__(self, data: bytes, parent: Blob, name: str, budget: _Budget) -> None:
        super().__init__(data, parent.origin, (*parent.layers, name), parent)
        self.budget = budget
        if parent.locate is not None:
            size = len(parent.data)
            self.locate = lambda _start, _end: (0, size)


class Archives:
    """Opens gzip, bzip2, xz, lzma, zip (jar, whl, office, behind a program) and tar.

    Layers ``gzip``, ``zip:name``, ... What Python cannot open is counted.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def layers(self, blob: Blob) -> Iterator[Blob | Skipped]:
        """Yield each member, in the archive's order.

        Encrypted ones come as ``Skipped('encrypted')``, archives in a form that cannot be opened as
        ``Skipped('unsupported-archive')``.
        """
        container = container_of(blob.data)
        if container is None:
            return
        open_it = _OPENERS.get(container)
        if open_it is None:
            yield skipped(blob, UNSUPPORTED, f"{container}: {_WHY['unreadable']}")
            return
        depth = sum(1 for name in blob.layers if name.startswith(_ARCHIVES))
        if depth >= self._limits.depth or len(blob.layers) >= MAX_LAYERS:
            yield skipped(blob, "limit", f"archive inside {depth} others: not opened")
            return
        yield from open_it(_Reader(blob, _budget(blob, self._limits), self._limits))


def _budget(blob: Blob, limits: Limits) -> _Budget:
    outer: Blob | None = blob
    while outer is not None:
        if isinstance(outer, Member):
            return outer.budget
        outer = outer.parent
    return _Budget(limits)


class _Reader:
    """One archive being read: makes members, counts bytes, says what was left."""

    def __init__(self, blob: Blob, budget: _Budget, limits: Limits) -> None:
        self.blob = blob
        self.budget = budget
        self._limits = limits
        # An archive that was decoded from text may be a cut-off example: no reason to fail a scan.
        self.is_guess = bool(blob.layers) and not blob.layers[-1].startswith(_ARCHIVES)

    def read(self, pull: Callable[[int], bytes], packed: int) -> tuple[bytes, str | None]:
        """Read until ``pull`` gives nothing; returns the bytes and why they are not all."""
        parts: list[bytes] = []
        size = 0
        reason: str | None = None
        while True:
            room = min(_CHUNK_BYTES, self.budget.left_bytes)
            try:
                chunk = pull(max(1, room))
            except _errors() as error:
                reason = _reason(error)
                break
            if not chunk:
                break
            size += len(chunk)
            if room == 0 or (size > _RATIO_FREE_BYTES and size > packed * self._limits.ratio):
                reason = "limit"
                break
            self.budget.left_bytes -= len(chunk)
            parts.append(chunk)
        return b"".join(parts), reason

    def member(self, name: str, data: bytes, reason: str | None) -> Iterator[Blob | Skipped]:
        if data:
            yield Member(data, self.blob, name, self.budget)
        if reason == "limit":
            yield from self.limit(f"{name}: expands past what is read of one file")
        elif reason is not None and not (self.is_guess and reason == "corrupt"):
            yield skipped(self.blob, reason, f"{name}: {_WHY[reason]}")

    def limit(self, detail: str) -> Iterator[Skipped]:
        if not self.budget.told:
            self.budget.told = True
            yield skipped(self.blob, "limit", detail)

    def has_member(self) -> bool:
        self.budget.left_members -= 1
        return self.budget.left_members >= 0


_WHY = {
    "corrupt": "the compressed data is damaged; what could be read was scanned",
    "unreadable": "packed in a way that this Python cannot unpack",
    "encrypted": "encrypted",
}


def _errors() -> tuple[type[Exception], ...]:
    """Return what the standard library raises for hostile archives."""
    import zlib  # noqa: PLC0415  (the hook must not load it for nothing)

    # LZMAError, BadZipFile and struct.error derive from Exception alone.
    return (zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, *_extra())


def _extra() -> tuple[type[Exception], ...]:
    from struct import error as struct_error  # noqa: PLC0415
    from zipfile import BadZipFile  # noqa: PLC0415

    try:
        from lzma import LZMAError  # noqa: PLC0415
    except ImportError:  # a Python built without xz
        return struct_error, BadZipFile
    return struct_error, BadZipFile, LZMAError


def _reason(error: Exception) -> str:
    return "unreadable" if isinstance(error, NotImplementedError) else "corrupt"


def _gzip(reader: _Reader) -> Iterator[Blob | Skipped]:
    import zlib  # noqa: PLC0415

    yield from _stream(reader, "gzip", lambda: Inflate(zlib.decompressobj(31)))


def _bzip2(reader: _Reader) -> Iterator[Blob | Skipped]:
    try:
        from bz2 import BZ2Decompressor  # noqa: PLC0415
    except ImportError:  # a Python built without bzip2
        yield skipped(reader.blob, "unreadable", f"bzip2: {_WHY['unreadable']}")
        return
    yield from _stream(reader, "bzip2", BZ2Decompressor)


def _xz(reader: _Reader) -> Iterator[Blob | Skipped]:
    try:
        from lzma import LZMADecompressor  # noqa: PLC0415
    except ImportError:  # a Python built without xz
        yield skipped(reader.blob, "unreadable", f"xz: {_WHY['unreadable']}")
        return
    yield from _stream(reader, "xz", lambda: LZMADecompressor(memlimit=_XZ_MEMORY_BYTES))


def _lzma(reader: _Reader) -> Iterator[Blob | Skipped]:
    try:
        from lzma import FORMAT_ALONE, LZMADecompressor  # noqa: PLC0415
    except ImportError:  # a Python built without xz
        yield skipped(reader.blob, "unreadable", f"lzma: {_WHY['unreadable']}")
        return
    make = partial(LZMADecompressor, FORMAT_ALONE, _XZ_MEMORY_BYTES)
    yield from _stream(reader, "lzma", make)


def _stream(reader: _Reader, name: str, make: Callable[[], Any]) -> Iterator[Blob | Skipped]:
    data, reason = reader.read(Unpack(reader.blob.data, make).pull, len(reader.blob.data))
    yield from reader.member(name, data, reason)


def _zip(reader: _Reader) -> Iterator[Blob | Skipped]:
    from io import BytesIO  # noqa: PLC0415
    from zipfile import ZipFile  # noqa: PLC0415

    blob = reader.blob
    # Each entry becomes an object of half a kilobyte: counted before they are made.
    if blob.data.count(_ZIP_ENTRY) > 10 * max(1, reader.budget.left_members):
        yield from reader.limit("zip: more members than are read of one file")
        return
    try:
        archive = ZipFile(BytesIO(blob.data))
        infos = archive.infolist()
    except _errors():
        if not reader.is_guess:
            yield skipped(blob, "corrupt", "zip: its list of members is damaged")
        return
    encrypted = 0
    with archive:
        for info in infos:
            if info.is_dir() or info.file_size == 0 == info.compress_size:
                continue
            if not reader.has_member():
                yield from reader.limit("zip: more members than are read of one file")
                break
            if info.flag_bits & _ENCRYPTED_FLAG:
                encrypted += 1
                continue
            name = "zip:" + _zip_name(info.orig_filename, bool(info.flag_bits & _UTF8_FLAG))
            yield from _zip_member(reader, archive, info, name)
    if encrypted:
        yield skipped(blob, "encrypted", f"zip: {encrypted} encrypted members")


def _zip_member(reader: _Reader, archive: Any, info: Any, name: str) -> Iterator[Blob | Skipped]:
    try:
        stream = archive.open(info)
    except _errors() as error:
        yield from reader.member(name, b"", _reason(error))
        return
    with stream:
        data, reason = reader.read(stream.read, max(1, info.compress_size))
    yield from reader.member(name, data, reason)


def _zip_name(name: str, is_utf8: bool) -> str:
    # Without the flag zipfile reads names as code page 437, while most writers mean UTF-8.
    return printable(name.encode() if is_utf8 else name.encode("cp437", "replace"))


def printable(name: bytes) -> str:
    r"""Return a member's name with control characters and what is not UTF-8 as ``\xNN``.

    >>> printable(b"a\xff\n\xc3\xa9")
    'a\\xff\\x0aé'
    """
    text = name[:4096].decode("utf-8", "backslashreplace")
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def _tar(reader: _Reader) -> Iterator[Blob | Skipped]:
    data = reader.blob.data
    try:
        for name, start, end in members(data):
            if not reader.has_member():
                yield from reader.limit("tar: more members than are read of one file")
                return
            # Stored as it is, so no expansion: draws on the members alone.
            reason = "corrupt" if end > len(data) else None
            yield from reader.member("tar:" + printable(name), data[start:end], reason)
    except TarLimitError:
        yield from reader.limit("tar: a member's name is longer than is read")
    except TarError:
        if not reader.is_guess:
            yield skipped(reader.blob, "corrupt", f"tar: {_WHY['corrupt']}")


_OPENERS = {"zip": _zip, "gzip": _gzip, "bzip2": _bzip2, "xz": _xz, "lzma": _lzma, "tar": _tar}
"""By the names of ``container_of``; what it tells besides cannot be opened."""
