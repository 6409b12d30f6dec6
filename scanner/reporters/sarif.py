"""Write SARIF 2.1.0, for GitHub code scanning and other viewers.

The limits are GitHub's: 25,000 results in a run (it shows 5,000), 10 MB after gzip, 20 tags a rule, a
place for every result, about a thousand characters in a text. What does not fit is left out worst
last, and a notification says so. GitHub tells results apart by ``partialFingerprints`` and sorts them
by the rule's ``security-severity``. The secret is never written, not even with ``--show-secrets``:
these files are uploaded.
https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
"""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, TextIO
from urllib.parse import quote

from scanner.models import Finding, Report, Rule, Skipped, System
from scanner.reporters import Tally
from scanner.reporters.escape import shorten, visible
from scanner.reporters.explain import steps_for
from scanner.reporters.fields import collected, dump
from scanner.reporters.words import EXPOSURE, WORST_FIRST, closing, place, reasons, title

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MAX_RESULTS = 25_000
_SHOWN_RESULTS = 5_000
_MAX_GZIP = 10_000_000
_MAX_NOTICES = 1_000
_MAX_TEXT = 1000
_MAX_RELATED = 50
_LEVEL = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}


class SarifReporter:
    """One run with one result for each finding.

    Attributes:
        version: of keysweep.   rules: by id, for the help texts.   systems: by id.
        show_allowed: write silenced findings too, as suppressed results.
    """

    def __init__(
        self,
        version: str,
        rules: Mapping[str, Rule],
        systems: Mapping[str, System],
        *,
        show_allowed: bool = False,
    ) -> None:
        self.version = version
        self.rules = rules
        self.systems = systems
        self.show_allowed = show_allowed

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the whole log at the end; consumes ``report.items``."""
        tally = Tally()
        findings, skipped = collected(report, tally, show_allowed=self.show_allowed)
        notices = [_not_read(item) for item in skipped]
        if len(notices) > _MAX_NOTICES:
            left = len(notices) - _MAX_NOTICES
            notices[_MAX_NOTICES:] = [_notice("limit", "error", f"NOT READ: {left:,} more items.")]
        notices.append(_notice("coverage", "note", closing(report, tally)))
        if len(findings) > _SHOWN_RESULTS:
            text = f"{len(findings):,} results: GitHub shows the worst {_SHOWN_RESULTS:,} of them."
            notices.append(_notice("limit", "warning", text))
        out.write(self._fitted(findings, notices, report, is_complete=tally.skipped == 0))
        return tally

    def _fitted(
        self,
        findings: Sequence[Finding],
        notices: Sequence[dict[str, Any]],
        report: Report,
        *,
        is_complete: bool,
    ) -> str:
        """Return the log with as many of the results, the worst first, as may be uploaded."""
        count, with_steps = min(len(findings), _MAX_RESULTS), True
        by_severity = sorted(findings, key=lambda finding: WORST_FIRST.index(finding.severity))
        while True:
            told = list(notices)
            if count < len(findings):
                text = f"{len(findings) - count:,} results left out: SARIF viewers take no more."
                told.append(_notice("limit", "error", text))
            if not with_steps:
                text = "The steps of each result are left out, the log would be too large."
                told.append(_notice("limit", "note", text))
            kept = findings if count == len(findings) else by_severity[:count]
            run = self._run(kept, told, report)
            invocation = run["invocations"][0]
            invocation["executionSuccessful"] = is_complete
            if report.notes:
                invocation["toolConfigurationNotifications"] = [
                    _notice("settings", "warning", visible(note)) for note in report.notes
                ]
            if not with_steps:
                for result in run["results"]:
                    del result["properties"]["steps"]
            log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
            text = dump(log, indent=2) + "\n"
            if len(text) <= _MAX_GZIP or len(zlib.compress(text.encode())) <= _MAX_GZIP:
                return text
            if with_steps:
                with_steps = False
            elif count > 1:
                count //= 2
            else:
                return text

    def _run(
        self, findings: Sequence[Finding], notices: list[dict[str, Any]], report: Report
    ) -> dict[str, Any]:
        used = {finding.rule: finding for finding in findings}
        index = {rule: position for position, rule in enumerate(used)}
        names = {key: system.name for key, system in self.systems.items()}
        run: dict[str, Any] = {
            "tool": {
                "driver": {
                    "name": "keysweep",
                    "version": self.version,
                    "semanticVersion": self.version,
                    "rules": [self._rule(finding, names) for finding in used.values()],
                }
            },
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notices}],
            "results": [_result(finding, index[finding.rule], names) for finding in findings],
        }
        if report.root:
            root = "file://" + quote("/" + report.root.replace("\\", "/").strip("/")) + "/"
            run["originalUriBaseIds"] = {"ROOT": {"uri": root}}
        return run

    def _rule(self, finding: Finding, names: Mapping[str, str]) -> dict[str, Any]:
        """Return the descriptor of a rule, with help for whoever finds it in the viewer."""
        rule = self.rules.get(finding.rule)
        about = rule.about if rule else ""
        name = title(finding, names)
        system = self.systems.get(finding.system or "")
        severity = rule.severity if rule else finding.severity
        steps = steps_for(rule, system) if rule else finding.steps
        listed = _no_links("\n".join(f"{n}. {visible(step)}" for n, step in enumerate(steps, 1)))
        tags = ["security", "secret", f"kind:{finding.kind}"]
        if finding.system:
            tags.append(f"system:{finding.system}")
        descriptor: dict[str, Any] = {
            "id": finding.rule,
            "name": shorten(finding.rule, 255),
            "shortDescription": {"text": shorten(f"{name} in the repository", _MAX_TEXT)},
            "fullDescription": {"text": shorten(visible(about) or f"{name} leaked.", _MAX_TEXT)},
            "help": {
                "text": f"{visible(about)}\n\nWhat to do:\n{listed}\n",
                "markdown": f"{visible(about)}\n\n**What to do**\n\n{listed}\n",
            },
            "defaultConfiguration": {"level": _LEVEL[severity]},
            "properties": {
                "tags": tags,
                "precision": "high",
                "security-severity": _SECURITY_SEVERITY[severity],
            },
        }
        if system and system.references and system.references[0].startswith("https://"):
            descriptor["helpUri"] = quote(system.references[0], safe=":/?#[]@!$&'()*+,;=%~-._")
        return descriptor


def _result(finding: Finding, index: int, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the result of one finding."""
    revoke = f" Delete it at {visible(finding.revoke_url)}" if finding.revoke_url else ""
    message = (
        f"{title(finding, names)} {finding.redacted} ({finding.severity}),"
        f" {EXPOSURE.get(finding.exposure, finding.exposure)}."
        f" Evidence: {reasons(finding)}.{revoke}"
    )
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": _text(message)},
        "locations": [_location(finding, _region(finding))],
        "partialFingerprints": {
            # The name that GitHub reads; its value survives moved lines as the contract promises.
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
            "keysweep/v1": finding.fingerprint,
        },
        "properties": {
            "severity": finding.severity,
            "confidence": finding.confidence,
            "exposure": finding.exposure,
            "redacted": finding.redacted,
            "commit": finding.commit,
            "occurrences": len(finding.occurrences),
            "steps": [visible(step) for step in finding.steps],
        },
    }
    others = [item for item in finding.occurrences[1:] if item.line is not None]
    if others:
        result["relatedLocations"] = [
            {"id": n, **_location(finding, _region(item))}
            for n, item in enumerate(others[:_MAX_RELATED], 1)
        ]
    if finding.allowed_by is not None:
        inside = finding.allowed_by == "inline"
        result["suppressions"] = [
            {
                "kind": "inSource" if inside else "external",
                "justification": visible(finding.allowed_by),
            }
        ]
    return result


def _location(finding: Finding, region: dict[str, int]) -> dict[str, Any]:
    """Return a physical location; messages get a made-up path, as viewers insist on one."""
    if finding.path is None:
        artifact = {"uri": quote(f"{finding.source}/{finding.commit or 'unknown'}")}
    elif finding.path.startswith("/"):
        artifact = {"uri": "file://" + _uri(finding.path)}
    else:
        artifact = {"uri": _uri(finding.path), "uriBaseId": "ROOT"}
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if region:
        physical["region"] = region
    where: dict[str, Any] = {"physicalLocation": physical}
    if finding.path is None:
        where["message"] = {"text": _text(place(finding))}
    return where


def _region(where: Any) -> dict[str, int]:
    """Return the region of a finding or an occurrence, as far as it is known."""
    values = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }
    return {key: value for key, value in values.items() if value is not None and where.line}


def _uri(path: str) -> str:
    """Return the URI of a finding's path; ``\\xNN`` becomes the byte that it stands for."""
    first, *pieces = path.split("\\x")
    encoded = [quote(first)]
    for piece in pieces:
        is_byte = len(piece) > 1 and piece[0] in "89abcdef" and piece[1] in "0123456789abcdef"
        encoded.append("%" + piece[:2].upper() if is_byte else quote("\\x" + piece[:2]))
        encoded.append(quote(piece[2:]))
    return "".join(encoded)


def _not_read(item: Skipped) -> dict[str, Any]:
    """Return the notification of something that could not be read."""
    return _notice(
        item.reason, "error", f"NOT READ: {place(item)}: {item.reason}: {visible(item.detail)}"
    )


def _notice(descriptor: str, level: str, text: str) -> dict[str, Any]:
    return {
        "descriptor": {"id": descriptor},
        "level": level,
        "message": {"text": _text(text)},
    }


def _text(text: str) -> str:
    """Return a message that is not too long, and in which no name makes a link.

    Viewers turn ``[words](address)`` into a link, and a file may be named so.
    """
    return shorten(_no_links(text), _MAX_TEXT)


def _no_links(text: str) -> str:
    return text.replace("](", "] (")
