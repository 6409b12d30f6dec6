"""Write one JSON object: the format for programs, as the contract lays it down."""

from typing import TextIO

from scanner.models import Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.fields import counted, dump, finding_fields, summary_fields

SCHEMA = 1


class JsonReporter:
    """The whole report as one object; nothing is written before the scan has ended.

    Attributes:
        version: of keysweep, for ``tool``.   show_allowed: list silenced findings too.
    """

    def __init__(self, version: str, *, show_allowed: bool = False) -> None:
        self.version = version
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the report; consumes ``report.items``."""
        tally = Tally()
        findings, skipped = [], []
        for item in counted(report, tally, show_allowed=self.show_allowed):
            if isinstance(item, Skipped):
                skipped.append(item._asdict())
            else:
                findings.append(finding_fields(item))
        value = {
            "schema": SCHEMA,
            "tool": {"name": "keysweep", "version": self.version},
            "root": report.root,
            "findings": findings,
            "skipped": skipped,
            "summary": summary_fields(report, tally),
        }
        out.write(dump(value, indent=2) + "\n")
        return tally
