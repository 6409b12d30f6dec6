"""Turn findings, skips and counts into the objects of the JSON contract, and count them.

``json`` and ``jsonl`` write these objects; the order of the keys is the contract's order.
"""

import time
from collections.abc import Iterator
from typing import Any

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally


def counted(report: Report, tally: Tally, *, show_allowed: bool) -> Iterator[Finding | Skipped]:
    """Yield what is to be written, counting everything in ``tally``.

    Allowed findings are counted but yielded only with ``show_allowed``.
    """
    tally.allowed += report.unlisted
    for item in report.items:
        if isinstance(item, Skipped):
            tally.skipped += 1
        elif item.allowed_by is None:
            tally.findings += 1
        else:
            tally.allowed += 1
            if not show_allowed:
                continue
        yield item


def collected(
    report: Report, tally: Tally, *, show_allowed: bool
) -> tuple[list[Finding], list[Skipped]]:
    """Return what is to be written as ``counted`` yields it: the findings, and what was not read."""
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for item in counted(report, tally, show_allowed=show_allowed):
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            findings.append(item)
    return findings, skipped


def finding_fields(finding: Finding) -> dict[str, Any]:
    """Return the contract's object of one finding; ``secret`` is there only if it is revealed."""
    fields: dict[str, Any] = finding._asdict()
    remediation = {"revoke_url": fields.pop("revoke_url"), "steps": list(fields.pop("steps"))}
    secret = fields.pop("secret")
    allowed_by, occurrences = fields.pop("allowed_by"), fields.pop("occurrences")
    if secret is not None:
        fields["secret"] = secret
    fields["evidence"] = [item._asdict() for item in finding.evidence]
    fields["paired_with"] = list(finding.paired_with)
    fields["decoded"] = list(finding.decoded)
    fields["remediation"] = remediation
    fields["allowed_by"] = allowed_by
    fields["occurrences"] = [item._asdict() for item in occurrences]
    return fields


def summary_fields(report: Report, tally: Tally) -> dict[str, Any]:
    """Return the contract's summary, and ``notes`` if there are some.

    It is right only once ``report.items`` is exhausted.
    """
    coverage = report.coverage
    fields = {
        "complete": tally.skipped == 0,
        "findings": tally.findings,
        "allowed": tally.allowed,
        "files": coverage.files,
        "blobs": coverage.blobs,
        "commits": coverage.commits,
        "messages": coverage.messages,
        "bytes": coverage.bytes,
        "left_out": dict(sorted(coverage.left_out.items())),
        "seconds": seconds(report),
        "command": report.command,
        "notes": list(report.notes),
    }
    return fields | {"notes": list(report.notes)} if report.notes else fields


def seconds(report: Report) -> float:
    """Return the seconds since the scan began, to the millisecond."""
    return round(time.monotonic() - report.started, 3)


def dump(value: Any, indent: int | None = None) -> str:
    """Return ``value`` as JSON that is pure printable ASCII (and line ends, with ``indent``)."""
    # The clean run of the hook loads this package but writes no JSON.
    import json  # noqa: PLC0415

    # JSON leaves DEL as it is; inside strings, the only place it can be, the escape is equal.
    return json.dumps(value, indent=indent, ensure_ascii=True).replace("\x7f", "\\u007f")
