"""Write GitLab's secret detection report (schema 15), for its security dashboard.

GitLab calls ``raw_source_code_extract`` an unsanitized excerpt; here it is the redacted text.
"""

import time
from collections.abc import Mapping
from typing import Any, TextIO

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import shorten, visible
from scanner.reporters.fields import counted, dump, seconds
from scanner.reporters.words import EXPOSURE, closing, place, reasons, title

# Older servers refuse a newer revision (https://gitlab.com/gitlab-org/gitlab/-/issues/497405), newer
# ones take this one; tests also hold the report against the newest.
SCHEMA_VERSION = "15.0.2"
_NO_COMMIT = "0" * 40


class GitlabReporter:
    """One report of type ``secret_detection``.

    Attributes:
        version: of keysweep.   names: of systems by id.   show_allowed: list silenced findings too.
    """

    def __init__(
        self, version: str, *, names: Mapping[str, str] | None = None, show_allowed: bool = False
    ) -> None:
        self.version = version
        self.names: Mapping[str, str] = {} if names is None else names
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the report at its end; consumes ``report.items``."""
        tally = Tally()
        found, messages = [], []
        for item in counted(report, tally, show_allowed=self.show_allowed):
            if isinstance(item, Skipped):
                text = f"NOT READ: {place(item)}: {visible(f'{item.reason}: {item.detail}')}"
                messages.append({"level": "warn", "value": text})
            else:
                found.append(self._vulnerability(item))
        messages.append({"level": "info", "value": closing(report, tally)})
        tool = {
            "id": "keysweep",
            "name": "keysweep",
            "version": self.version,
            "vendor": {"name": "keysweep"},
        }
        messages += [{"level": "info", "value": visible(note)} for note in report.notes if note]
        end = time.time()
        value = {
            "version": SCHEMA_VERSION,
            "scan": {
                "analyzer": tool,
                "scanner": tool,
                "type": "secret_detection",
                "start_time": _utc(end - seconds(report)),
                "end_time": _utc(end),
                "status": "failure" if tally.skipped else "success",
                "messages": messages,
            },
            "vulnerabilities": found,
        }
        out.write(dump(value, indent=2) + "\n")
        return tally

    def _vulnerability(self, finding: Finding) -> dict[str, Any]:
        name = title(finding, self.names)
        steps = (f"{number}. {visible(step)}" for number, step in enumerate(finding.steps, 1))
        value: dict[str, Any] = {
            "id": finding.fingerprint,
            "category": "secret_detection",
            "name": shorten(name, 255),
            "description": _markdown(
                f"{name} {visible(finding.redacted)} at {place(finding)},"
                f" {EXPOSURE.get(finding.exposure, '')}. Evidence: {reasons(finding)}."
            ),
            "severity": finding.severity.capitalize(),
            "solution": shorten("\n".join(steps), 7000),
            "identifiers": [
                {"type": "keysweep_rule_id", "name": finding.rule, "value": finding.rule}
            ],
            "location": _location(finding),
            "raw_source_code_extract": visible(finding.redacted),
        }
        if finding.revoke_url and finding.revoke_url.startswith(("https://", "http://")):
            value["links"] = [{"name": "Revoke", "url": finding.revoke_url}]
        if finding.allowed_by is not None:
            description = f"allowed by {visible(finding.allowed_by)}"
            value["flags"] = [
                {
                    "type": "flagged-as-likely-false-positive",
                    "origin": "keysweep",
                    "description": description,
                }
            ]
        return value


def _location(finding: Finding) -> dict[str, Any]:
    """Return where; GitLab wants a commit always and takes zeros for none."""
    commit = {
        "sha": finding.commit or _NO_COMMIT,
        "author": visible(finding.author) if finding.author else None,
        "date": finding.date,
        "message": visible(finding.summary) if finding.summary else None,
    }
    location: dict[str, Any] = {
        "commit": {key: value for key, value in commit.items() if value is not None}
    }
    if finding.path is not None:
        location["file"] = visible(finding.path)
    if finding.line is not None:
        location["start_line"] = finding.line
        location["end_line"] = finding.end_line or finding.line
    return location


def _markdown(text: str) -> str:
    """Return text that GitLab, which shows descriptions as Markdown, shows as it is.

    Example:
        >>> print(_markdown("![x](http://a) <b> SOME_NAME"))
        \\!\\[x\\](http://a) \\<b\\> SOME_NAME
    """
    return "".join(f"\\{char}" if char in "\\`*[]<>!|~&#@" else char for char in text)


def _utc(moment: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment))
