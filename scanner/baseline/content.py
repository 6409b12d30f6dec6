"""What stands at a path where a finding is: in its commit, in the index, or in the work tree."""

import os
import stat

from scanner.errors import SourceError
from scanner.models import Origin
from scanner.repository import Repository

_LARGEST = 64 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class StandingContent:
    """Reads a path of the repository that is scanned; git is started when it is first asked."""

    def __init__(self, top: str | None, named: str | None = None) -> None:
        """Prepare.

        Args:
            top: folder that paths start at in the work tree, None if there is none.
            named: the repository a command was given, None for the one git or the current folder
                tells.
        """
        self._top = top
        self._named = named
        self._repository: Repository | None = None

    def content(self, path: str, origin: Origin) -> bytes | None:
        """Return the bytes at ``path`` beside ``origin``, None if no file is there.

        Raises:
            SourceError: it cannot be told.
        """
        if "\\" in path or "\n" in path:
            raise SourceError("a path that is not plain text cannot be looked up")
        if origin.commit is not None:
            return self._object(f"{origin.commit}:{path}")
        if origin.source == "staged":
            return self._object(f":{path}")
        return self._file(path)

    def _object(self, name: str) -> bytes | None:
        if self._repository is None:
            self._repository = Repository.discover(self._named)
        answer = self._repository.run(
            "cat-file", "--batch", stdin=name.encode() + b"\n", literal=False
        )
        head, _, data = answer.partition(b"\n")
        if head.endswith(b" missing"):
            return None
        kind = head.split()[1:2]
        if kind == [b"blob"]:
            return data[:-1]
        if kind in ([b"tree"], [b"commit"]):  # a folder or a submodule has taken its place
            return None
        raise SourceError("git gives no answer about this path")

    def _file(self, path: str) -> bytes | None:
        if self._top is None:
            raise SourceError("no folder that paths start at")
        try:
            handle = os.open(os.path.join(self._top, *path.split("/")), _FLAGS)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise SourceError(f"{path}: {error.strerror}") from error
        try:
            facts = os.fstat(handle)
            if stat.S_ISDIR(facts.st_mode):
                return None
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LARGEST:
                raise SourceError(f"{path}: not a file that can be read here")
            with os.fdopen(os.dup(handle), "rb") as file:
                return file.read()
        finally:
            os.close(handle)
