"""Write one JSON object a line, each as soon as it is known, the summary last."""

from typing import TextIO

from scanner.models import Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.fields import counted, dump, finding_fields, summary_fields


class JsonlReporter:
    """Findings and skips in the order they come, told apart by ``type``."""

    def __init__(self, *, show_allowed: bool = False) -> None:
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the report line by line; consumes ``report.items``."""
        tally = Tally()
        for item in counted(report, tally, show_allowed=self.show_allowed):
            if isinstance(item, Skipped):
                line = {"type": "skipped", **item._asdict()}
            else:
                line = {"type": "finding", **finding_fields(item)}
            out.write(dump(line) + "\n")
            out.flush()
        out.write(dump({"type": "summary", **summary_fields(report, tally)}) + "\n")
        return tally
