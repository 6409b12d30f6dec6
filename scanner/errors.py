"""Errors a user can act on; ``cli.py`` prints them in one line and exits with 2."""


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
        super().__init__(f"{file}: {f'rule {rule}: ' if rule else ''}{message}")


class SourceError(ScannerError):
    """What should be scanned cannot be opened at all: no repository, a bad revision."""
