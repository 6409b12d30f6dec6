"""Write a table for spreadsheets; no cell of it can act as a formula."""

import csv
from typing import TextIO

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import visible
from scanner.reporters.fields import counted
from scanner.reporters.words import closing, reasons

_FIELDS = (
    *("rule", "system", "kind", "severity", "confidence"),
    *("path", "line", "column", "end_line", "end_column", "source", "exposure"),
    *("blob", "commit", "author", "email", "date", "summary"),
    *("fingerprint", "redacted", "revoke_url", "allowed_by"),
)
COLUMNS = ("type", *_FIELDS, "evidence", "steps", "detail")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
            "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip


class CsvReporter:
    """One row for each note, finding and thing not read, under a row of names.

    The last row says in ``detail`` what was read.
    """

    def __init__(self, *, show_allowed: bool = False) -> None:
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the rows as they come; consumes ``report.items``."""
        tally = Tally()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(COLUMNS)
        for note in report.notes:
            table.writerow([cell({"type": "note", "detail": note}.get(name)) for name in COLUMNS])
        for item in counted(report, tally, show_allowed=self.show_allowed):
            row = _skipped(item) if isinstance(item, Skipped) else _finding(item)
            table.writerow([cell(row.get(column)) for column in COLUMNS])
        last = {"type": "summary", "detail": closing(report, tally)}
        table.writerow([cell(last.get(column)) for column in COLUMNS])
        return tally


def _finding(finding: Finding) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(finding, name) for name in _FIELDS}
    return {"type": "finding", **row, "evidence": reasons(finding), "steps": " ".join(
        f"{number}. {step}" for number, step in enumerate(finding.steps, 1)
    )}  # fmt: skip


def _skipped(item: Skipped) -> dict[str, object]:
    return {
        "type": "skipped",
        "path": item.path,
        "commit": item.commit,
        "blob": item.blob,
        "detail": f"{item.reason}: {item.detail}",
    }


def cell(value: object) -> str:
    """Return a value as the text of a cell; a leading quote defuses what looks like a formula.

    Example:
        >>> cell("=1+1"), cell(" @x"), cell(None), cell(12)
        ("'=1+1", "' @x", '', '12')
    """
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
