"""Write the summary of a CI job: Markdown for GitHub, a table of what was found and what to do.

Everything that comes from a repository is written in character references, which Markdown and HTML
show but never obey. GitHub drops a summary above 1 MiB whole, so the table ends before that.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO
from urllib.parse import quote

from scanner.models import Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import shorten, visible
from scanner.reporters.fields import collected
from scanner.reporters.steps import Section, is_command, sections
from scanner.reporters.words import EXPOSURE, WORST_FIRST, covered, left_out, outcome, place, title

_MOST_ROWS = 200
_MOST_STEPS = 25  # lists of steps: each is some 3 kB
_LONGEST = 300
_MOST_CHARACTERS = 200_000  # of one table or list: three of them and the steps stay below 1 MiB


class SummaryReporter:
    """A heading with the outcome, the findings, the steps, what was not read and what is silenced.

    Attributes:
        names: of systems by id.   about: Markdown-free sentences under the heading.
        address: of the repository on the server (``https://github.com/owner/name``), or None.
        help: shown under what was not read.
    """

    def __init__(
        self,
        *,
        names: Mapping[str, str] | None = None,
        about: Sequence[str] = (),
        address: str | None = None,
        help: str = "",  # noqa: A002  (the word for it)
    ) -> None:
        self.names: Mapping[str, str] = {} if names is None else names
        self.about = tuple(about)
        self.address = address
        self.help = help

    def write(self, report: Report, out: TextIO) -> Tally:
        """Write the summary; consumes ``report.items``."""
        tally = Tally()
        found, skipped = collected(report, tally, show_allowed=True)
        found.sort(key=lambda item: WORST_FIRST.index(item.severity))
        said = outcome(tally, covered(report.coverage, report.command))
        lines = [f"## keysweep: {plain(said)}", ""]
        lines += [f"{plain(text)}  " for text in (*self.about, *report.notes)]
        reported = [item for item in found if item.allowed_by is None]
        lines += self._table("Found", reported)
        lines += self._steps(reported)
        lines += self._unread(skipped)
        lines += self._table("Silenced", [item for item in found if item.allowed_by is not None])
        if report.coverage.left_out:
            lines += ["", f"Left out on purpose: {plain(left_out(report.coverage))}."]
        out.write("\n".join(lines) + "\n\n")
        return tally

    def _table(self, heading: str, findings: Sequence[Finding]) -> list[str]:
        if not findings:
            return []
        last = "Silenced by" if findings[0].allowed_by else "Exposure"
        lines = ["", f"### {heading}", ""]
        lines += [f"| Severity | What | Where | Commit | {last} | Fingerprint |"]
        lines += ["| --- | --- | --- | --- | --- | --- |"]
        rows = _fitting(self._row(finding) for finding in findings[:_MOST_ROWS])
        lines += rows
        more = len(findings) - len(rows)
        return lines + (["", f"And {more:,} more: they are in the SARIF file."] if more > 0 else [])

    def _row(self, finding: Finding) -> str:
        commit = (finding.commit or "")[:12]
        where = code(place(finding))
        if self.address and finding.commit and finding.path is not None:
            target = f"{self.address}/blob/{finding.commit}/{quote(finding.path)}"
            where = f'<a href="{target}#L{finding.line}">{where}</a>'
        cells = (
            finding.severity.upper() if finding.severity == "critical" else finding.severity,
            f"{plain(title(finding, self.names))} {code(finding.redacted)}",
            where,
            code(commit),
            plain(finding.allowed_by or EXPOSURE.get(finding.exposure, "")),
            code(finding.fingerprint),
        )
        return f"| {' | '.join(cells)} |"

    def _steps(self, findings: Sequence[Finding]) -> list[str]:
        told = sections(findings)
        own = [section for section in told if not section.is_shared]
        shared = [section for section in told if section.is_shared]
        lines = ["", "### What to do, in this order"] if told else []
        for section in own[:_MOST_STEPS]:
            first = findings[section.members[0]]
            opened = section is own[0]
            lines += self._list(plain(title(first, self.names)), first.revoke_url, section, opened)
        if len(own) > _MOST_STEPS:
            lines += ["", f"And {len(own) - _MOST_STEPS} more kinds: see `keysweep explain`."]
        for section in shared[:_MOST_STEPS]:
            lines += self._list("Then, once for all of these", None, section, not own)
        return lines

    def _list(self, head: str, url: str | None, section: Section, is_open: bool) -> list[str]:
        count = f" ({len(section.members)} findings)" if len(section.members) > 1 else ""
        head = f"<b>{head}</b>{count}"
        if url and url.startswith("https://"):
            head += f' <a href="{plain(url)}">revoke it here</a>'
        return [
            *("", f"<details{' open' if is_open else ''}><summary>{head}</summary>", ""),
            *(f"{n}. {_step(step)}" for n, step in enumerate(section.steps, 1)),
            *("", "</details>"),
        ]

    def _unread(self, skipped: Sequence[Skipped]) -> list[str]:
        if not skipped:
            return []
        lines = ["", "### NOT READ: this is no clean result", ""]
        rows = _fitting(
            f"- {code(place(item))}: {plain(item.reason)}: {plain(item.detail)}"
            for item in skipped[:_MOST_ROWS]
        )
        more = len(skipped) - len(rows)
        lines += [*rows, *([f"- and {more:,} more"] if more else [])]
        return lines + (["", plain(self.help)] if self.help else [])


def _fitting(rows: Iterable[str]) -> list[str]:
    """Return the first rows, as many as there is room for."""
    kept: list[str] = []
    room = _MOST_CHARACTERS
    for row in rows:
        room -= len(row)
        if room < 0:
            break
        kept.append(row)
    return kept


def plain(text: str) -> str:
    """Return text that Markdown shows as it is: all but letters, digits and spaces as references.

    Example:
        >>> plain("a|b"), plain("50 % off")
        ('a&#124;b', '50 &#37; off')
    """
    shown = shorten(visible(text), _LONGEST)
    return "".join(
        c if c.isalnum() or c == " " or not c.isascii() else f"&#{ord(c)};" for c in shown
    )


def code(text: str) -> str:
    """Return text in the type of programs, as ``plain`` writes it."""
    return f"<code>{plain(text)}</code>" if text else ""


def _step(step: str) -> str:
    parts = step.split("`")
    return "".join(
        (f"<code>{plain(part)}</code>" if is_command(part) or part else "")
        if index % 2
        else "".join(plain(piece) for piece in _pieces(part))
        for index, part in enumerate(parts)
    )


def _pieces(text: str) -> Sequence[str]:
    """Cut what is longer than ``plain`` shows: steps are ours, and shown whole."""
    return [text[start : start + _LONGEST] for start in range(0, len(text), _LONGEST)]
