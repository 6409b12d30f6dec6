"""Write for people: what leaked, where, how bad, and what to do, in 80 columns.

A clean run of the hook must feel like nothing, so ``rich`` (in ``page``) is imported only when
there is something to show.
"""

from collections.abc import Mapping, Sequence
from typing import TextIO

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import emit, visible
from scanner.reporters.fields import collected, seconds
from scanner.reporters.words import covered, left_out, place, title


class TextReporter:
    """The format for people.

    Attributes:
        color: use ANSI colours.   width: columns, None for those of the terminal, else 80.
        verbose: show every place, every fingerprint and all evidence.
        quiet: one line a finding, and nothing if there is none.
        names: of systems by id; an id without a name shows as it is.
        show_allowed: show silenced findings too.
    """

    def __init__(
        self,
        color: bool = False,
        width: int | None = None,
        verbose: bool = False,
        quiet: bool = False,
        *,
        names: Mapping[str, str] | None = None,
        show_allowed: bool = False,
    ) -> None:
        self.color = color
        self.width = width
        self.verbose = verbose
        self.quiet = quiet
        self.names: Mapping[str, str] = {} if names is None else names
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the report at its end; consumes ``report.items``."""
        tally = Tally()
        findings, skipped = collected(report, tally, show_allowed=self.show_allowed)
        if not findings and not skipped:
            if not self.quiet:
                emit(out, _nothing_found(report, tally, verbose=self.verbose))
        elif self.quiet:
            emit(out, _lines(findings, skipped, self.names))
        else:
            # Here, and only here: rich takes longer to import than a whole clean run may last.
            from scanner.reporters.text.page import Page  # noqa: PLC0415

            page = Page(self.color, self.width, self.names, verbose=self.verbose)
            emit(out, page.render(report, findings, skipped, tally))
        return tally


def _nothing_found(report: Report, tally: Tally, *, verbose: bool) -> str:
    """Return the line of a run that found nothing and read everything, after the notes."""
    read = covered(report.coverage, report.command)
    line = f"keysweep: nothing found in {read}" if read else "keysweep: nothing to scan"
    if tally.allowed:
        line = f"keysweep: nothing new found in {read}; {tally.allowed:,} allowed"
    if omitted := left_out(report.coverage):
        line += f"; left out: {omitted}"
    if read and (verbose or report.command == "history"):
        line += f"; {seconds(report):.2f} s"
    return "".join(f"keysweep: note: {visible(note)}\n" for note in report.notes) + line + "\n"


def _lines(
    findings: Sequence[Finding], skipped: Sequence[Skipped], names: Mapping[str, str]
) -> str:
    """Return one line for each item, as compilers write them."""
    lines = [
        f"{place(item)}: {item.severity}: {title(item, names)} {visible(item.redacted)}"
        for item in findings
    ]
    lines += [f"{place(item)}: NOT READ: {visible(item.detail or item.reason)}" for item in skipped]
    return "\n".join(lines) + "\n"
