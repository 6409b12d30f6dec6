"""Errors a user can act on; ``cli.py`` prints them in one line and exits with 2."""

import errno
import os

_FULL = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


class ScannerError(Exception):
    """Base of all errors that keysweep raises on purpose; the message is one line, no secrets."""


class UsageError(ScannerError):
    """The command line asks for something that cannot be: a bad option, a missing path."""


class ConfigError(ScannerError):
    """A settings file is wrong; the message names file and key."""


class RuleError(ScannerError):
    """A pattern file is wrong; the message names file, rule and field."""

    def __init__(self, file: str, rule: str | None, message: str) -> None:
        self.file = file
        self.rule = rule
        self.message = message
        super().__init__(f"{file}: {f'rule {rule}: ' if rule else ''}{message}")

    def __reduce__(self) -> "tuple[type[RuleError], tuple[str, str | None, str]]":
        """Let the error come whole out of a worker process."""
        return RuleError, (self.file, self.rule, self.message)


class SourceError(ScannerError):
    """What should be scanned cannot be opened at all: no repository, a bad revision."""


def crash(error: BaseException) -> str:
    """Return one line about an error that nobody expected: its type and its place in our code.

    Never its message: that may quote what was being read, and so a secret. What a full disk says is no error of ours.
    """
    if isinstance(error, OSError) and error.errno and error.errno in _FULL:
        return f"error: cannot write: {os.strerror(error.errno)}"
    trace, place = error.__traceback__, "an unknown place"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename.replace("\\", "/")
        if "/scanner/" in name:
            place = f"scanner/{name.rpartition('/scanner/')[2]}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return f"internal error ({type(error).__name__} in {place}), please report it"
