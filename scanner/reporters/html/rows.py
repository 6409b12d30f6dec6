"""Make the data of the page: rows of numbers into one pool of texts, so that it stays small.

Twenty thousand findings share most of their steps, names and evidence: as rows they take a tenth of
what they take as the JSON of the contract.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from scanner.models import CONFIDENCES, EXPOSURES, SEVERITIES, Finding
from scanner.reporters.escape import visible
from scanner.reporters.steps import Section, sections
from scanner.reporters.words import MOST_PUBLIC_FIRST, place, reasons, title

COLUMNS = (
    *("severity", "exposure", "confidence", "title", "provider", "rule", "path", "place"),
    *("commit", "author", "email", "date", "summary", "fingerprint", "redacted", "evidence"),
    *("decoded", "url", "allowed", "steps", "others", "more"),
)
_LISTED_OTHERS = 20
_LISTED_TITLES = 8
_SHARED = "Then, once for all of these"
_NO_PROVIDER = "Service not known"


class Pool:
    """Texts by number, each only once; number 0 is no text. What cannot be seen is escaped."""

    def __init__(self) -> None:
        self.texts: list[str | None] = [None]
        self._numbers: dict[str | None, int] = {None: 0}

    def number(self, text: str | None) -> int:
        """Return the number of a text."""
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(visible(text or ""))
        return self._numbers[text]


def urgency(finding: Finding) -> tuple[object, ...]:
    """Order by severity, how public it is, seed phrases first (seconds count), place; silenced last."""
    return (
        finding.allowed_by is not None,
        -SEVERITIES.index(finding.severity),
        MOST_PUBLIC_FIRST.index(finding.exposure),
        finding.kind != "mnemonic",
        finding.path or "",
        finding.line or 0,
        finding.column or 0,
    )


def page_data(findings: Sequence[Finding], names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the script reads; ``findings`` are in the order of ``urgency``."""
    pool = Pool()
    told = sections(findings)
    return {
        "columns": COLUMNS,
        "severities": SEVERITIES,
        "exposures": EXPOSURES,
        "confidences": CONFIDENCES,
        "findings": [_row(finding, pool, names) for finding in findings],
        "groups": [_group(section, findings, pool, names) for section in told],
        "texts": pool.texts,
    }


def _row(finding: Finding, pool: Pool, names: Mapping[str, str]) -> list[object]:
    """Return one finding in the order of ``COLUMNS``."""
    number = pool.number
    others = finding.occurrences[1:]
    return [
        SEVERITIES.index(finding.severity),
        EXPOSURES.index(finding.exposure),
        CONFIDENCES.index(finding.confidence),
        number(title(finding, names)),
        number(_provider(finding, names)),
        number(finding.rule),
        number(finding.path),
        number(place(finding)),
        number(finding.commit),
        number(finding.author),
        number(finding.email),
        number(finding.date),
        number(finding.summary),
        number(finding.fingerprint),
        number(finding.redacted),
        number(reasons(finding)),
        number(" > ".join(finding.decoded) or None),
        number(finding.revoke_url),
        number(finding.allowed_by),
        [number(step) for step in finding.steps],
        [
            number(f"line {item.line}" + (f", commit {item.commit[:12]}" if item.commit else ""))
            for item in others[:_LISTED_OTHERS]
        ],
        max(0, len(others) - _LISTED_OTHERS),
    ]


def _group(
    section: Section, findings: Sequence[Finding], pool: Pool, names: Mapping[str, str]
) -> dict[str, object]:
    """Return what to do about findings whose steps are the same but for their commands."""
    members = [findings[index] for index in section.members]
    titles = sorted({title(finding, names) for finding in members})
    heading = titles[0] if len(titles) == 1 else _provider(members[0], names)
    kinds = sorted({title(finding._replace(system=None), names) for finding in members})
    if section.is_shared:
        heading, kinds = _SHARED, titles[:_LISTED_TITLES]
    return {
        "title": pool.number(heading),
        "kinds": pool.number(", ".join(kinds) if len(titles) > 1 else None),
        "url": pool.number(None if section.is_shared else members[0].revoke_url),
        "steps": [pool.number(step) for step in section.steps],
        "members": list(section.members),
    }


def _provider(finding: Finding, names: Mapping[str, str]) -> str:
    return names.get(finding.system, finding.system) if finding.system else _NO_PROVIDER
