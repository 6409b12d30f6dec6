"""Write GitHub workflow commands: each finding becomes an annotation on its line.

GitHub shows ten errors and ten warnings a step, so the worst come first.
"""

from collections.abc import Mapping
from typing import TextIO

from scanner.models import Finding, Report
from scanner.reporters import Tally
from scanner.reporters.escape import visible
from scanner.reporters.fields import collected
from scanner.reporters.words import EXPOSURE, WORST_FIRST, closing, place, reasons, title

_COMMAND = {"critical": "error", "high": "error", "medium": "warning", "low": "notice"}
_SHOWN = 10


class GithubReporter:
    """Annotations for a step's log, and a last line that says what was read.

    Attributes:
        names: of systems by id.   show_allowed: annotate silenced findings too, as notices.
    """

    def __init__(
        self, *, names: Mapping[str, str] | None = None, show_allowed: bool = False
    ) -> None:
        self.names: Mapping[str, str] = {} if names is None else names
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the annotations, worst first; consumes ``report.items``."""
        tally = Tally()
        findings, skipped = collected(report, tally, show_allowed=self.show_allowed)
        for item in skipped:
            text = f"{place(item)}: {item.reason}: {item.detail}"
            out.write(_command("error", {"title": "keysweep: NOT READ"}, text))
        out.writelines(
            _command("notice", {"title": "keysweep: settings"}, note) for note in report.notes
        )
        findings.sort(key=lambda item: WORST_FIRST.index(item.severity))
        out.writelines(self._annotation(finding) for finding in findings)
        if len(findings) + len(skipped) > _SHOWN:
            out.write(f"keysweep: GitHub shows {_SHOWN} errors and warnings each, this log all\n")
        out.write(f"keysweep: {closing(report, tally)}\n")
        return tally

    def _annotation(self, finding: Finding) -> str:
        name = title(finding, self.names)
        where: dict[str, object] = {}
        if finding.path is not None:
            where = {
                "file": finding.path,
                "line": finding.line,
                "endLine": finding.end_line,
                "col": finding.column,
                "endColumn": finding.end_column,
            }
        where["title"] = f"{name} ({finding.severity})"
        steps = "\n".join(
            f"{number}. {visible(step)}" for number, step in enumerate(finding.steps, 1)
        )
        lines = [
            f"{name} {visible(finding.redacted)}: {EXPOSURE.get(finding.exposure, '')}",
            *([] if finding.path is not None else [place(finding)]),
            f"Evidence: {reasons(finding)}",
            f"Rule {visible(finding.rule)}, fingerprint {finding.fingerprint}",
            steps,
        ]
        kind = "notice" if finding.allowed_by else _COMMAND[finding.severity]
        return _command(kind, where, "\n".join(lines))


def _command(kind: str, properties: Mapping[str, object], message: str) -> str:
    """Return one workflow command; line ends in ``message`` stay line ends of the annotation."""
    listed = ",".join(
        f"{key}={_data(visible(str(value))).replace(':', '%3A').replace(',', '%2C')}"
        for key, value in properties.items()
        if value is not None
    )
    text = "\n".join(visible(line) for line in message.split("\n"))
    return f"::{kind} {listed}::{_data(text)}\n"


def _data(text: str) -> str:
    """Escape what ends a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
