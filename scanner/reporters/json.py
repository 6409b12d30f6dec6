"""Write one JSON object: the format for programs, as the contract lays it down."""

from collections.abc import Iterable
from typing import Any, TextIO

from scanner.models import Finding, Report
from scanner.reporters import Tally
from scanner.reporters.fields import collected, dump, finding_fields, summary_fields

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
        findings, skipped = collected(report, tally, show_allowed=self.show_allowed)
        head = {
            "schema": SCHEMA,
            "tool": {"name": "keysweep", "version": self.version},
            "root": report.root,
        }
        tail = {
            "skipped": [item._asdict() for item in skipped],
            "summary": summary_fields(report, tally),
        }
        out.write(dump(head, indent=2).removesuffix("\n}") + ',\n  "findings": [')
        out.writelines(_listed(findings))
        out.write("]," + dump(tail, indent=2).removeprefix("{") + "\n")
        return tally


def _listed(findings: Iterable[Finding]) -> Iterable[str]:
    """Yield the findings as members of a list, one by one: all at once take several times the memory."""
    between, end = "\n", ""
    for finding in findings:
        fields: dict[str, Any] = finding_fields(finding)
        yield between + _indented(dump(fields, indent=2))
        between, end = ",\n", "\n  "
    yield end


def _indented(text: str) -> str:
    return "    " + text.replace("\n", "\n    ")  # no string of JSON holds the end of a line
