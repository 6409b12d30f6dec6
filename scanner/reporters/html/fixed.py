"""Write the parts of the page that need no script: headline, gaps, coverage, a plain table.

Every text from outside goes through ``_safe``: first escapes for what cannot be seen, then entities.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from scanner.models import SEVERITIES, Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import visible
from scanner.reporters.fields import seconds
from scanner.reporters.words import (
    EXPOSURE,
    closing,
    covered,
    left_out,
    place,
    plural,
    size,
    title,
)

LISTED = 500
"""Rows of the plain table and of what was not read; more are counted, and the JSON has them all."""

_VERB = {"scan": "scan of files", "staged": "scan of what is staged", "history": "scan of history"}


def page_title(tally: Tally) -> str:
    """Return the title of the page, for the tab and the bookmarks."""
    found = plural(tally.findings, "secret") if tally.findings else "nothing found"
    return f"keysweep: {'incomplete: ' if tally.skipped else ''}{found}"


def scanned(report: Report) -> str:
    """Return what kind of scan it was, and of which folder."""
    name = (report.root or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    what = _VERB.get(report.command, report.command)
    return f"{_safe(what)}{f' in <b dir=auto>{_safe(name)}</b>' if name else ''}"


def alarm(tally: Tally) -> str:
    """Return the bar that stands above all else when something was not read."""
    if not tally.skipped:
        return ""
    many = "They" if tally.skipped > 1 else "It"
    return (
        '<div class="alarm" role="alert"><strong>Incomplete.</strong> '
        f"{plural(tally.skipped, 'item')} could not be read. {many} may hold secrets that are not"
        ' on this page. <a href="#not-read">What was not read, and why</a></div>'
    )


def verdict(report: Report, tally: Tally, findings: Sequence[Finding]) -> str:
    """Return the headline: how many, how public, and where to begin."""
    still = [finding for finding in findings if finding.allowed_by is None]
    read = covered(report.coverage, report.command)
    if not still:
        return _nothing(read, tally)
    public = sum(finding.exposure == "pushed" for finding in still)
    head = f"{plural(len(still), 'secret')} found"
    if public:
        are = "it is" if len(still) == 1 else f"{public:,} {'is' if public == 1 else 'are'}"
        head += f", {are} <em>public</em>"
    return (
        f'<section class="verdict bad" aria-labelledby="head"><h1 id="head">{head}</h1>'
        f'<p class="lead">{_lead(still, public)}</p>{_cards(still)}</section>'
    )


def _lead(findings: Sequence[Finding], public: int) -> str:
    """Return two or three calm sentences for whoever has to decide what happens now."""
    parts = []
    if any(finding.kind == "mnemonic" for finding in findings):
        parts.append("A seed phrase cannot be revoked: move its funds first.")
    if public:
        parts.append(
            "What was pushed counts as stolen, even if it was deleted since. Deleting the key at"
            " its provider is what stops the harm; tidying the repository comes after."
        )
    elif any(finding.exposure in ("local", "unreachable") for finding in findings):
        parts.append(
            "As far as this copy knows, nothing of it was pushed. Do not push before it is put"
            " right."
        )
    else:
        parts.append("It has not been committed yet as far as this scan saw. Do not commit it.")
    parts.append("Work through the lists below from the top; each step says where to go.")
    return " ".join(parts)


def _nothing(read: str, tally: Tally) -> str:
    """Return the headline of a scan without findings; it never says more than was seen."""
    if tally.skipped:
        head = "Nothing found in what could be read"
        lead = "That is no all-clear: see below what was not read."
    elif not read:
        head, lead = "Nothing to scan", "There was nothing in the part that was asked for."
    else:
        head = "Nothing new found" if tally.allowed else "Nothing found"
        lead = (
            f"In {_safe(read)}. Everything that should be read was read. keysweep is a net and no"
            " proof: what is encrypted or made up at run time cannot be seen."
        )
    if tally.allowed:
        lead += f" {plural(tally.allowed, 'silenced finding')} not counted."
    return (
        '<section class="verdict" aria-labelledby="head">'
        f'<h1 id="head">{head}</h1><p class="lead">{lead}</p></section>'
    )


def _cards(findings: Sequence[Finding]) -> str:
    """Return the few figures that a reader asks for first."""
    by_severity = Counter(finding.severity for finding in findings)
    people = {finding.email or finding.author for finding in findings} - {None}
    dates = sorted((finding.date or "")[:10] for finding in findings if finding.date)
    providers = {finding.system for finding in findings if finding.system}
    cards = [
        (f"{by_severity[name]:,}", name, f"sev-{name}")
        for name in reversed(SEVERITIES)
        if by_severity[name]
    ]
    if providers:
        count = len(providers)
        cards.append((f"{count:,}", "provider" if count == 1 else "providers", ""))
    if people:
        cards.append((f"{len(people):,}", "person" if len(people) == 1 else "people", ""))
    if dates:
        cards.append((_safe(dates[0]), "first committed", "date"))
    return (
        '<ul class="cards">'
        + "".join(
            f'<li class="card {kind}"><b>{value}</b><span>{name}</span></li>'
            for value, name, kind in cards
        )
        + "</ul>"
    )


def notes(report: Report) -> str:
    """Return what a reader must know of the settings in force."""
    if not report.notes:
        return ""
    listed = "".join(f"<li dir=auto>{_safe(note)}</li>" for note in report.notes)
    return f'<aside class="notes" aria-label="Notes"><h2>Good to know</h2><ul>{listed}</ul></aside>'


def plain(findings: Sequence[Finding], names: Mapping[str, str]) -> str:
    """Return the table that the script replaces, for readers where no script runs."""
    if not findings:
        return ""
    rows = [
        (
            finding.severity,
            f"{_safe(title(finding, names))} <code>{_safe(finding.redacted)}</code>",
            _safe(place(finding)),
            EXPOSURE[finding.exposure],
            _safe((finding.date or "")[:10]),
        )
        for finding in findings[:LISTED]
    ]
    table = _table("plain-head", ("Severity", "What", "Where", "Exposure", "Date"), rows)
    return (
        '<section id="plain" class="panel"><h2 id="plain-head">Findings</h2><p>The script of this'
        " page does not run here, so this is the plain list. <code>keysweep explain"
        f" FINGERPRINT</code> prints the steps.</p>{table}{_rest(len(findings))}</section>"
    )


def not_read(skipped: Sequence[Skipped]) -> str:
    """Return the table of what could not be read, and why."""
    if not skipped:
        return ""
    rows = [
        (_safe(place(item)), _safe(item.reason), _safe(item.detail)) for item in skipped[:LISTED]
    ]
    return (
        '<section id="not-read" class="panel warn" aria-labelledby="not-read-head">'
        f'<h2 id="not-read-head">Not read: {plural(len(skipped), "item")}</h2>'
        "<p>Give access, fetch what is missing, or look at these by hand, then scan again.</p>"
        f"{_table('not-read-head', ('Where', 'Reason', 'Detail'), rows)}"
        f"{_rest(len(skipped))}</section>"
    )


def _table(label: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of cells that are safe already, named by the element with the id ``label``."""
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    body = "".join(
        f"<tr>{''.join(f'<td dir=auto>{cell}</td>' for cell in row)}</tr>" for row in rows
    )
    return (
        f'<div class="scroll"><table aria-labelledby="{label}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _rest(count: int) -> str:
    return f"<p>And {count - LISTED:,} more, in the JSON report.</p>" if count > LISTED else ""


def coverage(report: Report, tally: Tally) -> str:
    """Return what was read, what was left out on purpose, and how it ended."""
    read = report.coverage
    facts = [
        ("Result", closing(report, tally)),
        ("Read", size(read.bytes)),
        ("Files", f"{read.files:,}" if read.files else ""),
        ("Blobs", f"{read.blobs:,}" if read.blobs else ""),
        ("Commits", f"{read.commits:,}" if read.commits else ""),
        ("Messages", f"{read.messages:,}" if read.messages else ""),
        ("Silenced", f"{tally.allowed:,}" if tally.allowed else ""),
        ("Left out on purpose", left_out(read)),
        ("Not read", plural(tally.skipped, "item") if tally.skipped else "nothing"),
        ("Folder", report.root or ""),
        ("Time", f"{seconds(report):.2f} s"),
    ]
    listed = "".join(
        f"<div><dt>{name}</dt><dd dir=auto>{_safe(value)}</dd></div>"
        for name, value in facts
        if value
    )
    return (
        '<section class="panel" aria-labelledby="coverage-head"><h2 id="coverage-head">What was'
        f' scanned</h2><dl class="facts">{listed}</dl></section>'
    )


def footer(version: str) -> str:
    """Return who made the page and when, and what it holds."""
    now = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    return (
        f"keysweep {_safe(version)}, page made {now} UTC. It holds no secret, only a few characters"
        " of each, but it says where they lie: share it with care."
    )


def _safe(text: str) -> str:
    return escape(visible(text))
