"""The files that take the secrets: ``.env``, ``.gitignore``, ``.env.example``; and how files are written.

Nothing is written through a link, ``.env`` is readable by its owner alone, and a name that has another
value keeps it.
"""

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Iterator

from scanner.errors import SourceError, UsageError
from scanner.lazy import lazy_compile
from scanner.repository import Repository

_LINE = lazy_compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$", re.MULTILINE)
_BARE = lazy_compile(r"[A-Za-z0-9_./+=:@%,-]+")
_NAME = lazy_compile(r"[A-Z_][A-Z0-9_]*")


class EnvFile:
    """A file of variables; ``name_for`` takes names, ``save`` writes what is new.

    Attributes:
        path: where it is.   new: names and values that are not in the file yet.
    """

    def __init__(self, path: str) -> None:
        """Read it, if it is there.

        Raises:
            UsageError: it is a link, no file, or cannot be read.
        """
        self.path = path
        self.new: dict[str, str] = {}
        self._text = read_text(path) or ""
        self._known: dict[str, str] = {
            found[1]: _unquoted(found[2]) for found in _LINE.finditer(self._text)
        }

    def __repr__(self) -> str:
        return f"EnvFile({self.path!r}, {len(self._known)} names)"

    def name_for(self, value: str, wished: str) -> str:
        """Return the name that has the value already, else the wished one, numbered if it is taken.

        Raises:
            UsageError: the value cannot stand in such a file.
        """
        for name, known in self._known.items():
            if known == value and _NAME.fullmatch(name):
                return name
        _quoted(value)
        name, number = wished, 2
        while name in self._known:
            name, number = f"{wished}_{number}", number + 1
        self._known[name] = self.new[name] = value
        return name

    def save(self) -> None:
        """Append what is new; the file is its owner's alone afterwards."""
        text = self._text
        if text and not text.endswith("\n"):
            text += "\n"
        text += "".join(f"{name}={_quoted(value)}\n" for name, value in self.new.items())
        write_text(self.path, text, mode=0o600)


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return value.partition(" #")[0].rstrip()


def _quoted(value: str) -> str:
    """Return a value as shells, docker and the dotenv libraries read it alike."""
    if _BARE.fullmatch(value):
        return value
    if value.isprintable() and "'" not in value:
        return f"'{value}'"
    raise UsageError(
        "a value with line breaks or quotes has no form that all readers of .env share"
    )


def check_env_file(path: str, repository: Repository | None) -> None:
    """Refuse a file that must not take secrets.

    Raises:
        UsageError: it, or a folder on the way from the top of the repository, is a link; or git tracks it.
    """
    if repository is None or repository.top is None:
        return
    below = os.path.relpath(os.path.abspath(path), repository.top)
    if below.startswith(os.pardir):
        return
    at = repository.top
    for part in below.split(os.sep):
        at = os.path.join(at, part)
        if os.path.islink(at):
            raise UsageError(f"{at} is a link, so it gets no secrets")
    # Whole paths: git takes others from the folder that it runs in, which may lie below the top.
    if repository.run("ls-files", "-z", "--", os.path.join(repository.top, below)):
        raise UsageError(
            f"git tracks {below}, so it gets no secrets; first: git rm --cached -- {below}"
        )


def is_ignored(path: str, repository: Repository) -> bool:
    """Tell whether git ignores a file of the work tree (or it lies outside)."""
    assert repository.top is not None
    below = os.path.relpath(os.path.abspath(path), repository.top)
    if below.startswith(os.pardir):
        return True
    asked = os.fsencode(os.path.join(repository.top, below) + "\0")
    words = ("check-ignore", "-z", "--stdin", "--no-index")
    return bool(repository.run(*words, stdin=asked, ok=(0, 1), literal=False))


def read_text(path: str) -> str | None:
    """Return a file's text, None if there is none.

    Raises:
        UsageError: it is a link or no file, cannot be read, or is not UTF-8.
    """
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise UsageError(f"{path} is a link or no file")
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
            return file.read().decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8") from error


def write_text(path: str, text: str, mode: int | None = None) -> None:
    """Put a text in a file's place at once, with the mode of before, or the one given.

    Raises:
        SourceError: it cannot be written; then the file is as it was.
    """
    with _replacing(path, mode) as handle, open(handle, "wb", closefd=False) as file:
        file.write(text.encode("utf-8"))


@contextlib.contextmanager
def _replacing(path: str, mode: int | None) -> Iterator[int]:
    folder = os.path.dirname(os.path.abspath(path))
    try:
        if mode is None:
            mode = stat.S_IMODE(os.lstat(path).st_mode) if os.path.lexists(path) else 0o644
        handle, made = tempfile.mkstemp(prefix=".keysweep-", dir=folder)  # mode 0600
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
    try:
        yield handle
        if hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
        os.close(handle)
        os.replace(made, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(made)
        raise SourceError(f"{path}: {error.strerror}") from error
