"""Read a report of format ``json`` or ``jsonl`` back, so that it can be written in another format.

A report may have been cut, filtered or forged on its way. What is no report is refused; one that
lacks what it counts is incomplete, and never becomes an all-clear.
"""

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scanner.errors import UsageError
from scanner.lazy import lazy_compile
from scanner.models import (
    CONFIDENCES,
    EXPOSURES,
    KINDS,
    SEVERITIES,
    Coverage,
    Evidence,
    Finding,
    Occurrence,
    Report,
    Skipped,
)

_SCHEMA = 1
_SOURCES = (
    *("file", "staged", "blob", "commit-message", "tag-message", "note", "stdin"),
    "archive-member",
)
# What reporters show as it is; all other texts are escaped there.
_OBJECT_ID = lazy_compile("[0-9a-f]{40}|[0-9a-f]{64}")
_DATE = lazy_compile(r"[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,20}([+-][0-9:]{2,8}|Z)?")
_POSITION = ("line", "column", "end_line", "end_column")
_COUNTERS = ("files", "blobs", "commits", "messages", "bytes")


class _MalformedError(Exception):
    """What is wrong, and where: names of keys of the contract only, nothing that was read."""


def read_report(text: str, name: str, *, show_secrets: bool = False) -> Report:
    """Return the report in ``text``.

    Args:
        text: of a file of format ``json`` or ``jsonl``.   name: of the file, for the error message.
        show_secrets: keep the secrets of a report that was made with ``--show-secrets``.

    Raises:
        UsageError: it is no such report, or of another version.
    """
    try:
        return _report(*_parts(text), show_secrets=show_secrets)
    except _MalformedError as mistake:
        raise UsageError(f"{name}: not a JSON report of keysweep: {mistake}") from mistake


def _parts(text: str) -> tuple[str | None, list[Any], list[Any], Any]:
    """Return root, findings, skipped and summary; the summary is None where it was cut off."""
    whole = _parsed(text)
    if isinstance(whole, dict) and "type" not in whole:
        if whole.get("schema") != _SCHEMA:
            raise _MalformedError(f"schema: {_SCHEMA} is needed")
        root = _text_or_none(whole.get("root"), "root")
        return root, _list(whole, "findings"), _list(whole, "skipped"), _get(whole, "summary", "")
    found: dict[str, list[Any]] = {"finding": [], "skipped": [], "summary": []}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        value = _parsed(line)
        if value is None:
            raise _MalformedError(f"line {number} is no JSON; was the file cut?")
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in found:
            raise _MalformedError(f"line {number} is no finding, gap or summary")
        found[kind].append(value)
    if not any(found.values()):
        raise _MalformedError("it is empty")
    if len(found["summary"]) > 1:
        raise _MalformedError("it has more than one summary")
    return None, found["finding"], found["skipped"], next(iter(found["summary"]), None)


def _parsed(text: str) -> Any:
    """Return the JSON value in ``text``, None for what is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _report(
    root: str | None, findings: list[Any], skipped: list[Any], summary: Any, *, show_secrets: bool
) -> Report:
    """Return the report of these parts."""
    found = [
        _finding(value, f"findings[{number}]", show_secrets=show_secrets)
        for number, value in enumerate(findings)
    ]
    gaps = [_skipped(value, f"skipped[{number}]") for number, value in enumerate(skipped)]
    if summary is None:
        gaps.append(_gap("It ends before its summary: the scan was interrupted or the file cut."))
        summary = {}
    elif not isinstance(summary, dict) or not isinstance(summary.get("complete"), bool):
        raise _MalformedError("summary.complete: true or false is needed")
    coverage = Coverage()
    for key in _COUNTERS:
        setattr(coverage, key, _count(summary.get(key, 0), f"summary.{key}"))
    for reason, count in _mapping(summary.get("left_out", {}), "summary.left_out").items():
        coverage.leave_out(_text(reason, "summary.left_out"), _count(count, "summary.left_out"))
    allowed = sum(item.allowed_by is not None for item in found)
    gaps += _missing(summary, len(found) - allowed, gaps)
    spent = summary.get("seconds", 0)
    is_number = isinstance(spent, int | float) and not isinstance(spent, bool)
    if not is_number or not math.isfinite(spent) or spent < 0:
        raise _MalformedError("summary.seconds: a number is needed")
    return Report(
        root,
        [*found, *gaps],
        coverage,
        _text(summary.get("command", "scan"), "summary.command"),
        time.monotonic() - spent,
        _texts(summary.get("notes", []), "summary.notes"),
        max(0, _count(summary.get("allowed", 0), "summary.allowed") - allowed),
    )


def _missing(summary: Mapping[str, Any], listed: int, gaps: list[Skipped]) -> Iterator[Skipped]:
    """Yield a gap for each thing that the report says of itself and does not hold."""
    counted = _count(summary.get("findings", listed), "summary.findings")
    if counted != listed:
        yield _gap(f"The report counts {counted} findings and lists {listed}.")
    if summary.get("complete") is False and not gaps:
        yield _gap("The report says that something was not read, and does not say what.")


def _gap(detail: str) -> Skipped:
    return Skipped(None, None, None, "error", detail)


def _finding(value: Any, at: str, *, show_secrets: bool) -> Finding:
    """Return one finding; every key of the contract must be there."""
    fields: dict[str, Any] = {
        key: check(_get(value, key, at), f"{at}.{key}") for key, check in _CHECKS.items()
    }
    remediation = _get(value, "remediation", at)
    fields["revoke_url"] = _text_or_none(
        _get(remediation, "revoke_url", f"{at}.remediation"), f"{at}.remediation.revoke_url"
    )
    fields["steps"] = _texts(
        _get(remediation, "steps", f"{at}.remediation"), f"{at}.remediation.steps"
    )
    if show_secrets and "secret" in value:
        fields["secret"] = _text(value["secret"], f"{at}.secret")
    return Finding(**fields)


def _skipped(value: Any, at: str) -> Skipped:
    path = _text_or_none(_get(value, "path", at), f"{at}.path")
    commit, blob = (_object_id(_get(value, key, at), f"{at}.{key}") for key in ("commit", "blob"))
    reason, detail = (_text(_get(value, key, at), f"{at}.{key}") for key in ("reason", "detail"))
    return Skipped(path, commit, blob, reason, detail)


def _evidence(value: Any, at: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(*(_text(_get(item, key, at), at) for key in Evidence._fields))
        for item in _sequence(value, at)
    )


def _occurrences(value: Any, at: str) -> tuple[Occurrence, ...]:
    return tuple(_occurrence(item, at) for item in _sequence(value, at))


def _occurrence(value: Any, at: str) -> Occurrence:
    line, column, end_line, end_column = (_place(_get(value, key, at), at) for key in _POSITION)
    blob, commit = (_object_id(_get(value, key, at), at) for key in ("blob", "commit"))
    date = _date(_get(value, "date", at), at)
    return Occurrence(line, column, end_line, end_column, blob, commit, date)


def _get(value: Any, key: str, at: str) -> Any:
    if not isinstance(value, dict):
        raise _MalformedError(f"{at or 'the whole'}: an object is needed")
    if key not in value:
        raise _MalformedError(f"{at + '.' if at else ''}{key} is missing")
    return value[key]


def _list(value: Any, key: str) -> list[Any]:
    return _sequence(_get(value, key, ""), key)


def _sequence(value: Any, at: str) -> list[Any]:
    if not isinstance(value, list):
        raise _MalformedError(f"{at}: a list is needed")
    return value


def _mapping(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _MalformedError(f"{at}: an object is needed")
    return value


def _text(value: Any, at: str) -> str:
    """Return a text that every encoding can hold: JSON may have halves of characters."""
    if not isinstance(value, str):
        raise _MalformedError(f"{at}: a text is needed")
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _text_or_none(value: Any, at: str) -> str | None:
    return None if value is None else _text(value, at)


def _texts(value: Any, at: str) -> tuple[str, ...]:
    return tuple(_text(item, at) for item in _sequence(value, at))


def _count(value: Any, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 63:
        raise _MalformedError(f"{at}: a count is needed")
    return value


def _place(value: Any, at: str) -> int | None:
    if value is None:
        return None
    if _count(value, at) == 0:
        raise _MalformedError(f"{at}: lines and columns begin at 1")
    found: int = value
    return found


def _one_of(words: tuple[str, ...]) -> Callable[[Any, str], str]:
    """Return a check for one of these words."""

    def check(value: Any, at: str) -> str:
        if not isinstance(value, str) or value not in words:
            raise _MalformedError(f"{at}: one of {', '.join(words)} is needed")
        return value

    return check


def _object_id(value: Any, at: str) -> str | None:
    text = _text_or_none(value, at)
    if text is not None and not _OBJECT_ID.fullmatch(text):
        raise _MalformedError(f"{at}: an object id is needed")
    return text


def _date(value: Any, at: str) -> str | None:
    text = _text_or_none(value, at)
    if text is not None and not _DATE.fullmatch(text):
        raise _MalformedError(f"{at}: a date of ISO 8601 is needed")
    return text


def _fingerprint(value: Any, at: str) -> str:
    if not isinstance(value, str) or len(value) != 32 or value.strip("0123456789abcdef"):
        raise _MalformedError(f"{at}: 32 hex digits are needed")
    return value


_CHECKS: dict[str, Callable[[Any, str], Any]] = {
    **dict.fromkeys(("rule", "redacted"), _text),
    **dict.fromkeys(("system", "path", "author", "email", "summary", "allowed_by"), _text_or_none),
    **dict.fromkeys(("blob", "commit"), _object_id),
    "date": _date,
    **dict.fromkeys(_POSITION, _place),
    **dict.fromkeys(("paired_with", "decoded"), _texts),
    "source": _one_of(_SOURCES),
    "kind": _one_of(KINDS),
    "severity": _one_of(SEVERITIES),
    "confidence": _one_of(CONFIDENCES),
    "exposure": _one_of(EXPOSURES),
    "fingerprint": _fingerprint,
    "evidence": _evidence,
    "occurrences": _occurrences,
}
