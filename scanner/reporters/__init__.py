"""The Reporter seam: findings to text for people or programs.

A reporter receives finished findings, in which the secret is None unless the user asked to see it,
and escapes control characters in everything that comes from a repository.
"""

from typing import Protocol, TextIO

from scanner.models import Report


class Reporter(Protocol):
    """One output format."""

    def write(self, report: Report, out: TextIO) -> "Tally":
        """Write the whole report; consumes ``report.items``."""
        ...


class Tally:
    """What a reporter saw while it wrote: enough for the exit status."""

    __slots__ = ("allowed", "findings", "skipped")

    def __init__(self) -> None:
        self.findings = self.allowed = self.skipped = 0
