"""Write SARIF 2.1.0, for GitHub code scanning and other viewers.

The limits are GitHub's: 25,000 results in a run, 20 tags a rule, a place for every result; it tells
results apart by ``partialFingerprints`` and sorts them by the rule's ``security-severity``. The
secret is never written, not even with ``--show-secrets``: these files are uploaded.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TextIO
from urllib.parse import quote

from scanner.models import Finding, Report, Rule, Skipped, System
from scanner.reporters import Tally
from scanner.reporters.escape import shorten, visible
from scanner.reporters.explain import steps_for
from scanner.reporters.fields import counted, dump
from scanner.reporters.words import EXPOSURE, closing, place, reasons, title

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MAX_RESULTS = 25_000
_MAX_TEXT = 1024
_MAX_RELATED = 50
_LEVEL = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SECURITY_SEVERITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
_RANK = {"critical": 0, "high": 1, "medium": 2, "low": 3}


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
        findings: list[Finding] = []
        notices: list[dict[str, Any]] = []
        for item in counted(report, tally, show_allowed=self.show_allowed):
            if isinstance(item, Skipped):
                notices.append(_not_read(item))
            else:
                findings.append(item)
        if len(findings) > _MAX_RESULTS:
            text = f"{len(findings) - _MAX_RESULTS} results left out: SARIF viewers take 25,000."
            notices.append(_notice("limit", "error", text))
            findings.sort(key=lambda finding: _RANK[finding.severity])
            del findings[_MAX_RESULTS:]
        notices.append(_notice("coverage", "note", closing(report, tally)))
        run = self._run(findings, notices, report)
        invocation = run["invocations"][0]
        invocation["executionSuccessful"] = tally.skipped == 0
        if report.notes:
            invocation["toolConfigurationNotifications"] = [
                _notice("settings", "warning", visible(note)) for note in report.notes
            ]
        out.write(dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n")
        return tally

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
        listed = "\n".join(f"{n}. {visible(step)}" for n, step in enumerate(steps, 1))
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
        "message": {"text": shorten(message, _MAX_TEXT)},
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
        where["message"] = {"text": place(finding)}
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
        "message": {"text": shorten(text, _MAX_TEXT)},
    }
