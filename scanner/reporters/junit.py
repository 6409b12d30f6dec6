"""Write JUnit XML: each finding is a failed test, each thing not read a test in error."""

from collections.abc import Mapping
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import visible
from scanner.reporters.fields import counted, seconds
from scanner.reporters.words import EXPOSURE, closing, place, reasons, title


class JunitReporter:
    """One test suite; a run without findings has one test that passed.

    ``visible`` also replaces every character that XML does not allow.

    Attributes:
        names: of systems by id.   show_allowed: list silenced findings too, as skipped tests.
    """

    def __init__(
        self, *, names: Mapping[str, str] | None = None, show_allowed: bool = False
    ) -> None:
        self.names: Mapping[str, str] = {} if names is None else names
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the suite at the end, as its counts come first; consumes ``report.items``."""
        tally = Tally()
        cases = [
            self._case(item) for item in counted(report, tally, show_allowed=self.show_allowed)
        ]
        read = closing(report, tally)
        if not cases:
            cases = [f'  <testcase classname="keysweep" name={_attribute(read)}/>\n']
        said = "\n".join((read, *(f"note: {note}" for note in report.notes)))
        shown = tally.allowed if self.show_allowed else 0
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
            f'<testsuite name="keysweep" tests="{len(cases)}" failures="{tally.findings}"'
            f' errors="{tally.skipped}" skipped="{shown}" time="{seconds(report)}">\n'
            f"{''.join(cases)}"
            f"  <system-out>{_text(said)}</system-out>\n</testsuite>\n</testsuites>\n"
        )
        return tally

    def _case(self, item: Finding | Skipped) -> str:
        """Return the test case of a finding or of something not read."""
        if isinstance(item, Skipped):
            return (
                f'  <testcase classname="keysweep" name={_attribute(place(item))}>\n'
                f"    <error type={_attribute(item.reason)}"
                f" message={_attribute(f'NOT READ: {item.detail}')}/>\n  </testcase>\n"
            )
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(item.steps, 1))
        message = f"{title(item, self.names)} {item.redacted}: {EXPOSURE.get(item.exposure, '')}"
        body = f"Evidence: {reasons(item)}\nFingerprint: {item.fingerprint}\n{steps}"
        outcome_tag = (
            f"<failure type={_attribute(item.severity)} message={_attribute(message)}>"
            f"{_text(body)}</failure>"
            if item.allowed_by is None
            else f"<skipped message={_attribute(f'allowed by {item.allowed_by}')}/>"
        )
        return (
            f"  <testcase classname={_attribute(item.rule)} name={_attribute(place(item))}>\n"
            f"    {outcome_tag}\n  </testcase>\n"
        )


def _attribute(text: str) -> str:
    return _ascii(quoteattr(visible(text)))


def _text(text: str) -> str:
    return _ascii(escape("\n".join(visible(line) for line in text.split("\n"))))


def _ascii(xml: str) -> str:
    """Return XML that is the same in every encoding."""
    return xml.encode("ascii", "xmlcharrefreplace").decode("ascii")
