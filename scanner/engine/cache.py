"""The compiled databases, kept per user so that a commit does not wait for a compiler.

One file per key in a folder that only its owner can enter. A key is made of the versions and of each
pattern file's name, size, times and inode, so any change of a file gives another key. Anything odd
(foreign owner, short file, wrong checksum) means: compile again. Never a pickle.
"""

import os
import stat
import sys
import zlib

from scanner import __version__
from scanner.data import path_of
from scanner.digests import blake2b

MAGIC = b"keysweep-db-3\n"
KEEP = 12
"""Files of each kind kept; older ones are removed when a new one is written."""
# Not following links, and not waiting for the other end of a pipe; both absent on Windows.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_FLAGS |= getattr(os, "O_BINARY", 0)


def folder() -> str:
    """Return the cache folder: ``KEYSWEEP_CACHE_DIR``, else the platform's place; not created."""
    chosen = os.environ.get("KEYSWEEP_CACHE_DIR")
    if chosen:
        return chosen
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "keysweep")


def key_of(files: list[str], engine_version: str) -> str:
    """Return the key of a set of pattern files as they lie on disk now (hex)."""
    digest = blake2b(digest_size=16)
    digest.update(
        f"{__version__}|{engine_version}|{sys.version_info[:2]}|{sys.platform}|{_machine()}".encode()
    )
    for path in (*files, *_made_by()):
        facts = os.stat(path)
        digest.update(
            f"|{path}|{facts.st_size}|{facts.st_mtime_ns}|{facts.st_ctime_ns}|{facts.st_ino}".encode()
        )
    return digest.hexdigest()


def _made_by() -> tuple[str, ...]:
    """The code and data that the databases are made with; an editable checkout changes them."""
    here = os.path.dirname(os.path.abspath(__file__))
    top = os.path.dirname(here)
    return (
        os.path.join(here, "expressions.py"),
        os.path.join(here, "vector.py"),
        os.path.join(here, "catalog_cache.py"),
        os.path.join(top, "models.py"),
        os.path.join(top, "checksums", "promise.py"),
        path_of("phrase-parts.txt"),
    )


def _machine() -> str:
    return (
        os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_IDENTIFIER", "")
    )


class CacheFile:
    """Sections of bytes read from one cache file; later sections only when asked for."""

    def __init__(self, handle: int, sizes: list[tuple[int, int]]) -> None:
        self._handle = handle
        self._sizes = sizes

    def section(self, number: int) -> bytes | None:
        """Return a section's bytes, or None if they are not what was written."""
        start = sum(size for size, _ in self._sizes[:number]) + _header_size(len(self._sizes))
        size, check = self._sizes[number]
        content = (
            os.pread(self._handle, size, start)
            if hasattr(os, "pread")
            else _pread(self._handle, size, start)
        )
        return content if len(content) == size and zlib.crc32(content) == check else None

    def __len__(self) -> int:
        return len(self._sizes)

    def close(self) -> None:
        """Close the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _pread(handle: int, size: int, start: int) -> bytes:
    os.lseek(handle, start, os.SEEK_SET)
    return os.read(handle, size)


def _header_size(count: int) -> int:
    return len(MAGIC) + 4 + 12 * count


def open_cached(key: str, ending: str = ".db") -> CacheFile | None:
    """Return the cache file of a key, or None if there is none that can be trusted."""
    path = os.path.join(folder(), key + ending)
    try:
        handle = os.open(path, _FLAGS)
    except OSError:
        return None  # no cache yet, or one we may not read: both mean compile
    if not _is_ours(handle):
        os.close(handle)
        return None
    head = os.read(handle, len(MAGIC) + 4)
    count = (
        int.from_bytes(head[-4:], "big")
        if head.startswith(MAGIC) and len(head) == len(MAGIC) + 4
        else 0
    )
    table = os.read(handle, 12 * count) if 0 < count < 16 else b""
    sizes = [
        (int.from_bytes(table[at : at + 8], "big"), int.from_bytes(table[at + 8 : at + 12], "big"))
        for at in range(0, len(table) - 11, 12)
    ]
    whole = _header_size(count) + sum(size for size, _ in sizes)
    if not sizes or len(sizes) != count or os.fstat(handle).st_size != whole:
        os.close(handle)
        return None
    return CacheFile(handle, sizes)


def _is_ours(handle: int) -> bool:
    """A file of another user, or one that others can write, could hold anything."""
    file = os.fstat(handle)
    if not stat.S_ISREG(file.st_mode):
        return False
    if not hasattr(os, "getuid"):
        return True
    place = os.stat(folder())
    return all(f.st_uid == os.getuid() and not f.st_mode & 0o022 for f in (file, place))


def store(key: str, sections: list[bytes], ending: str = ".db") -> bool:
    """Write the sections of a key atomically; False if the cache cannot be written (that is no error)."""
    place = folder()
    path = os.path.join(place, key + ending)
    temporary = f"{path}.{os.getpid()}.tmp"
    header = MAGIC + len(sections).to_bytes(4, "big")
    for content in sections:
        header += len(content).to_bytes(8, "big") + zlib.crc32(content).to_bytes(4, "big")
    try:
        os.makedirs(place, mode=0o700, exist_ok=True)
        handle = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
        )
    except OSError:
        return False  # a read-only home is common in CI: the next run compiles again
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(header + b"".join(sections))
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)  # a full disk, say
        return False
    _prune(place, ending)
    return True


def _prune(place: str, ending: str) -> None:
    with os.scandir(place) as entries:
        files = [entry for entry in entries if entry.name.endswith(ending)]
    files.sort(key=_age)
    for entry in files[KEEP:]:
        try:
            os.unlink(entry.path)
        except OSError:
            pass  # another run was faster, or it is no file of ours


def _age(entry: "os.DirEntry[str]") -> float:
    try:
        return -entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return 0.0  # gone meanwhile
