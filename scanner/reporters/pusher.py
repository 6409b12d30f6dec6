"""Write for who pushes to a server: git shows each line behind ``remote:``, so one says it all."""

from collections.abc import Mapping
from typing import TextIO

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import emit, visible
from scanner.reporters.fields import counted
from scanner.reporters.words import closing, covered, place, title


class PusherReporter:
    """One line for each finding, for each mark that the push brings, and for what was not read.

    Attributes:
        names: of systems by id.   is_refusing: whether findings refuse the push.
        quiet: say nothing when there is nothing to say.
    """

    def __init__(
        self,
        *,
        names: Mapping[str, str] | None = None,
        is_refusing: bool = True,
        quiet: bool = False,
    ) -> None:
        self.names: Mapping[str, str] = {} if names is None else names
        self.is_refusing = is_refusing
        self.quiet = quiet

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the lines; consumes ``report.items``."""
        tally = Tally()
        lines = [self._line(item) for item in counted(report, tally, show_allowed=True)]
        lines = [f"note: {visible(note)}" for note in report.notes] + [
            text for text in lines if text
        ]
        read = covered(report.coverage, report.command)
        if tally.findings or tally.skipped or read or lines:
            lines.append(closing(report, tally))
        if tally.skipped or (tally.findings and self.is_refusing):
            lines[-1] = f"push refused: {lines[-1]}"
        if tally.findings:
            lines.append("revoke each key first; then take it out of the commits, and push again")
        if tally.findings or tally.skipped or tally.allowed or not self.quiet:
            emit(out, "".join(f"keysweep: {line}\n" for line in lines or ["nothing to scan"]))
        return tally

    def _line(self, item: Finding | Skipped) -> str:
        """Return the line of an item, ``""`` for what the server's own settings allow."""
        if isinstance(item, Skipped):
            return f"NOT READ: {place(item)}: {visible(item.detail or item.reason)}"
        if item.allowed_by not in (None, "inline"):
            return ""
        is_in_file = item.path is not None and item.commit
        where = place(item) + (f" in {item.commit[:12]}" if is_in_file and item.commit else "")
        state = item.severity if item.allowed_by is None else "allowed by a mark in the push"
        return f"{where}: {state}: {title(item, self.names)} {visible(item.redacted)}".rstrip()
