"""Lay out findings with ``rich``: up to three whole, more as a list; then steps once a group.

Worst first. Colours are badges with their own background, readable on light and dark terminals; all
other text has the terminal's own colour, bold or not. Commands stand on lines of their own and are
never wrapped, so that they can be copied.
"""

from collections.abc import Mapping, Sequence
from io import StringIO

from rich.console import Console
from rich.text import Text

from scanner.models import Finding, Occurrence, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import visible
from scanner.reporters.steps import is_command, pieces, sections
from scanner.reporters.words import (
    EXPOSURE,
    MOST_PUBLIC_FIRST,
    WORST_FIRST,
    closing,
    place,
    plural,
    ranges,
    reasons,
    title,
)

_FEW = 3
_LISTED_SKIPS = 20
_WITH_REASONS = 30
_BADGE = {
    "critical": "bold white on red",
    "high": "bold white on magenta",
    "medium": "bold black on yellow",
    "low": "bold black on cyan",
}
_SHORT_EXPOSURE = {
    "worktree": "not committed",
    "staged": "staged",
    "local": "not pushed",
    "pushed": "PUSHED",
    "unreachable": "on no branch",
}


class Page:
    """The text of one report, built from top to bottom."""

    def __init__(
        self, color: bool, width: int | None, names: Mapping[str, str], *, verbose: bool
    ) -> None:
        self.names = names
        self.verbose = verbose
        self.file = StringIO()
        self.console = Console(
            file=self.file,
            color_system="standard" if color else None,
            force_terminal=color,
            width=width,
            legacy_windows=False,
            highlight=False,
            emoji=False,
            markup=False,
        )

    def render(
        self,
        report: Report,
        findings: Sequence[Finding],
        skipped: Sequence[Skipped],
        tally: Tally,
    ) -> str:
        """Return the whole text, its last line what was covered."""
        ordered = sorted(findings, key=_urgency)
        for note in report.notes:
            self._print(f"keysweep: note: {visible(note)}")
        if len(ordered) > _FEW:
            self._many(ordered)
        else:
            for finding in ordered:
                self._whole(finding)
        self._all_steps(ordered)
        self._not_read(skipped)
        if tally.findings:
            self._false_alarm(has_fingerprints=len(ordered) <= _FEW or self.verbose)
        self._coverage(report, tally)
        return self.file.getvalue()

    def _whole(self, finding: Finding) -> None:
        """Write one finding with all its facts."""
        self._print()
        self._print(self._head(finding))
        self._print(Text(f"  {place(finding)}", "bold"))
        self._facts(finding)

    def _head(self, finding: Finding, columns: tuple[int, int] | None = None) -> Text:
        """Return badge, name and redacted value; with ``columns`` padded, and the exposure."""
        name, value = title(finding, self.names), self._value(finding)
        badge = f" {finding.severity.upper()} "
        line = Text.assemble((badge, _BADGE.get(finding.severity, "bold reverse")))
        if columns is None:
            line.append_text(Text.assemble("  ", (name, "bold"), f"  {value}"))
        else:
            line.append(" " * (len(" CRITICAL ") - len(badge) + 1))
            line.append(f"{name:<{columns[0]}}  ", "bold")
            line.append(f"{value:<{columns[1]}}  ")
            line.append(*_styled(finding.exposure, _SHORT_EXPOSURE))
        if finding.allowed_by is not None:
            line.append(f"  (allowed: {visible(finding.allowed_by)})")
        return line

    def _value(self, finding: Finding) -> str:
        return visible(finding.redacted if finding.secret is None else finding.secret)

    def _facts(self, finding: Finding) -> None:
        """Write the table of facts: each a name and a wrapped value."""
        self._fact("Exposure", Text(*_styled(finding.exposure, EXPOSURE)))
        if finding.evidence:
            self._fact("Evidence", Text(reasons(finding)))
        self._fact("Confidence", Text(finding.confidence))
        if finding.decoded:
            self._fact("Inside", Text(" > ".join(visible(layer) for layer in finding.decoded)))
        if finding.commit:
            self._fact("Commit", Text(_commit(finding)))
        others = finding.occurrences[1:]
        if others and self.verbose:
            self._fact("Also at", Text("; ".join(_occurrence(item) for item in others)))
        elif others:
            self._fact("Also at", Text(plural(len(others), "more place")))
        self._fact("Rule", Text(visible(finding.rule)))
        self._fact("Fingerprint", Text(finding.fingerprint))

    def _fact(self, name: str, value: Text) -> None:
        lines = value.wrap(self.console, max(20, self.console.width - 16))
        for number, line in enumerate(lines):
            line.rstrip()
            lead = f"  {name:<12}" if number == 0 else " " * 14
            self._print(Text.assemble(lead, line))

    def _many(self, findings: Sequence[Finding]) -> None:
        """Write the list of all findings, its columns as wide as what is in them."""
        self._print()
        self._print(Text(_by_severity(findings), "bold"))
        self._print()
        width = len(str(len(findings)))
        columns = (
            min(32, max(len(title(finding, self.names)) for finding in findings)),
            min(20, max(len(self._value(finding)) for finding in findings)),
        )
        for number, finding in enumerate(findings, 1):
            self._print(Text.assemble(f"{number:>{width}} ", self._head(finding, columns)))
            indent = " " * (width + 2)
            self._print(Text(indent + place(finding), "bold"))
            if len(findings) <= _WITH_REASONS or self.verbose:
                self._wrapped(reasons(finding), indent)
            if self.verbose:
                self._wrapped(f"{finding.rule} {finding.fingerprint}", indent)

    def _all_steps(self, findings: Sequence[Finding]) -> None:
        """Write the steps, once for each provider and exposure, and last those that several share."""
        told = sections(findings)
        for section in told:
            group = [findings[index] for index in section.members]
            numbers = [index + 1 for index in section.members] if len(findings) > _FEW else []
            self._print()
            if len(told) == 1:
                self._print(Text("What to do", "bold"))
            else:
                self._print(self._section_heading(group, numbers, is_shared=section.is_shared))
            self._steps(section.steps)

    def _section_heading(
        self, group: Sequence[Finding], numbers: Sequence[int], *, is_shared: bool
    ) -> Text:
        """Return whose steps these are, and for which findings of the list."""
        first = group[0]
        name = title(first, self.names)
        if first.system is not None and any(item.kind != first.kind for item in group):
            name = visible(self.names.get(first.system, first.system))
        heading = Text.assemble(("What to do: ", "bold"), (name, "bold"), ", ")
        if is_shared:
            heading = Text.assemble(("Then, once for all of these", "bold"), ": ")
        heading.append(*_styled(first.exposure, EXPOSURE))
        if numbers:
            word = "finding" if len(numbers) == 1 else "findings"
            heading.append(f" ({word} {ranges(numbers)})")
        return heading

    def _steps(self, steps: Sequence[str]) -> None:
        """Write numbered steps; commands on lines of their own."""
        for number, step in enumerate(steps, 1):
            lead = f"  {number:>2}. "
            prose = Text()
            for text, code in pieces(step):
                if code and is_command(text):
                    lead = self._prose(prose, lead)
                    self._print(Text(f"        {visible(text)}", "bold"))
                    prose = Text()
                else:
                    prose.append(visible(text), "bold" if code else "")
            self._prose(prose, lead)

    def _prose(self, prose: Text, lead: str) -> str:
        """Write wrapped text after ``lead``; return the lead of what follows in the same step."""
        indent = " " * len(lead)
        if prose.plain.strip():
            width = max(20, self.console.width - len(lead) - 1)
            for line in prose.wrap(self.console, width):
                line.rstrip()
                self._print(Text.assemble(lead, line))
                lead = indent
        return indent

    def _not_read(self, skipped: Sequence[Skipped]) -> None:
        """Write what could not be read, and why."""
        if not skipped:
            return
        self._print()
        self._print(
            Text.assemble((" NOT READ ", "bold white on red"), f"  {plural(len(skipped), 'item')}")
        )
        listed = skipped if self.verbose else skipped[:_LISTED_SKIPS]
        for item in listed:
            self._print(Text(f"  {place(item)}", "bold"))
            # The line above has named the object.
            detail = item.detail.removeprefix(f"object {item.blob or item.commit}: ")
            self._wrapped(f"{visible(item.reason)}: {visible(detail)}", "    ")
        if len(listed) < len(skipped):
            self._print(f"  and {len(skipped) - len(listed):,} more: --verbose lists them")

    def _false_alarm(self, *, has_fingerprints: bool) -> None:
        self._print()
        where = "" if has_fingerprints else " (--verbose shows it)"
        self._wrapped(
            "False alarm? Write keysweep:allow in a comment on its line, or put its fingerprint"
            f"{where} into .keysweepignore.",
            "",
        )

    def _coverage(self, report: Report, tally: Tally) -> None:
        """Write the last line: what was found, what was read, what was left out."""
        self._wrapped(f"keysweep: {closing(report, tally)}", "", "bold")

    def _wrapped(self, text: str, indent: str, style: str = "") -> None:
        """Write text wrapped to the width, each line indented."""
        width = max(20, self.console.width - len(indent) - 1)
        for line in Text(text).wrap(self.console, width):
            line.rstrip()
            self._print(Text.assemble(indent, line, style=style))

    def _print(self, text: "Text | str" = "") -> None:
        # soft_wrap: what is longer than the terminal, such as a path, stays one line to click.
        self.console.print(text, soft_wrap=True)


def _styled(exposure: str, words: Mapping[str, str]) -> tuple[str, str]:
    """Return the words for an exposure and their style: loud if it is out."""
    return words.get(exposure, exposure), "bold red" if exposure == "pushed" else ""


def _urgency(finding: Finding) -> tuple[object, ...]:
    """Order by severity, then by how public it is, then by place."""
    return (
        WORST_FIRST.index(finding.severity),
        MOST_PUBLIC_FIRST.index(finding.exposure),
        finding.path or "",
        finding.line or 0,
        finding.column or 0,
    )


def _by_severity(findings: Sequence[Finding]) -> str:
    """Return ``12 secrets: 3 critical, 9 high``."""
    counted = [
        f"{count:,} {severity}"
        for severity in WORST_FIRST
        if (count := sum(item.severity == severity for item in findings))
    ]
    return f"{plural(len(findings), 'secret')}: {', '.join(counted)}"


def _commit(finding: Finding) -> str:
    """Return the commit, its date, author and first line, as far as they are known."""
    parts = [(finding.commit or "")[:12], (finding.date or "")[:10], visible(finding.author or "")]
    line = "  ".join(part for part in parts if part)
    return line + (f'  "{visible(finding.summary)}"' if finding.summary else "")


def _occurrence(item: Occurrence) -> str:
    commit = f" in {item.commit[:12]}" if item.commit else ""
    return f"{item.line}:{item.column}{commit}"
