"""The words that people read, the same in every format: kinds, exposure, sizes, coverage.

No output ever says "clean": it says what was read, and "incomplete" when something was not.
"""

from collections.abc import Mapping, Sequence

from scanner.models import SEVERITIES, Coverage, Finding, Report, Skipped
from scanner.reporters import Tally
from scanner.reporters.escape import visible
from scanner.reporters.fields import seconds

EXPOSURE = {
    "worktree": "in a file here",
    "staged": "not committed yet (staged)",
    "local": "committed here, not pushed",
    "pushed": "PUSHED: treat it as public",
    "unreachable": "in this repository, but on no branch",
}
WORST_FIRST = SEVERITIES[::-1]
MOST_PUBLIC_FIRST = ("pushed", "local", "unreachable", "staged", "worktree")
KIND = {
    "api_key": "API key",
    "api_secret": "API secret",
    "passphrase": "API passphrase",
    "private_key": "private key",
    "mnemonic": "seed phrase",
    "token": "token",
    "password": "password",
    "webhook": "webhook address",
    "connection_string": "connection string",
}
SOURCE = {
    "commit-message": "message of commit",
    "tag-message": "tag message at",
    "note": "note on commit",
    "stdin": "standard input",
}


def title(finding: Finding, names: Mapping[str, str]) -> str:
    """Return what leaked, in words: ``Binance API secret``; names map system ids to names."""
    kind = KIND.get(finding.kind, finding.kind)
    if finding.system is None:
        return kind[0].upper() + kind[1:]
    name = visible(names.get(finding.system, finding.system))
    # "Solana private key", not "Solana key pair private key" or "BIP-39 mnemonic seed phrase".
    return name if finding.kind == "mnemonic" else f"{name} {kind}"


def place(finding: Finding | Skipped) -> str:
    """Return where it is: ``path:line:column``, or which message; safe to print."""
    source = getattr(finding, "source", "file")
    if finding.path is None:
        where = SOURCE.get(source, source)
        commit = f" {finding.commit[:12]}" if finding.commit else ""
        if isinstance(finding, Skipped):
            found_id = finding.blob or finding.commit
            where, commit = ("object", f" {found_id[:12]}") if found_id else ("the rest", "")
        return where + commit + _position(finding, ", line ")
    return visible(finding.path) + _position(finding, ":")


def _position(item: Finding | Skipped, before: str) -> str:
    """Return ``:line:column``, as far as they are known."""
    if isinstance(item, Skipped) or item.line is None:
        return ""
    if before != ":":
        return f"{before}{item.line}"
    return f":{item.line}" + ("" if item.column is None else f":{item.column}")


def reasons(finding: Finding) -> str:
    """Return the evidence in one line, safe to print."""
    return "; ".join(visible(item.detail) or item.what for item in finding.evidence)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count and its noun.

    Example:
        >>> plural(1, "file"), plural(1200, "file")
        ('1 file', '1,200 files')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers for people; the first twelve pieces of them.

    Example:
        >>> ranges([1, 2, 3, 7]), ranges([4, 5])
        ('1-3, 7', '4, 5')
    """
    pieces: list[list[int]] = []
    for number in numbers:
        if pieces and number == pieces[-1][-1] + 1:
            pieces[-1].append(number)
        else:
            pieces.append([number])
    shown = [
        f"{piece[0]}-{piece[-1]}" if len(piece) > 2 else ", ".join(map(str, piece))
        for piece in pieces[:12]
    ]
    return ", ".join([*shown, "..."] if len(pieces) > 12 else shown)


def size(count: int) -> str:
    """Return a number of bytes for people, in powers of 1000.

    Example:
        >>> size(999), size(12_400), size(3_450_000)
        ('999 bytes', '12 kB', '3.5 MB')
    """
    if count < 1000:
        return plural(count, "byte")
    value = float(count)
    for unit in ("kB", "MB", "GB", "TB"):
        value /= 1000
        if value < 999.5 or unit == "TB":
            break
    return f"{value:.1f} {unit}" if value < 9.95 and unit != "kB" else f"{value:.0f} {unit}"


def covered(coverage: Coverage, command: str) -> str:
    """Return what was read, ``3 staged files (12 kB)``, or ``""`` if nothing was."""
    parts = []
    if coverage.files:
        parts.append(plural(coverage.files, "staged file" if command == "staged" else "file"))
    if coverage.blobs and command not in ("scan", "staged"):
        parts.append(plural(coverage.blobs, "blob"))
    if coverage.messages:
        parts.append(plural(coverage.messages, "message"))
    if coverage.commits:
        parts.append(plural(coverage.commits, "commit"))
    if not parts and coverage.blobs:
        parts.append(plural(coverage.blobs, "blob"))
    if not parts:
        return size(coverage.bytes) if coverage.bytes else ""
    return f"{', '.join(parts)} ({size(coverage.bytes)})"


def left_out(coverage: Coverage) -> str:
    """Return what was left out on purpose, ``2 ignored by git, 1 link``, or ``""``."""
    return ", ".join(
        f"{count:,} {visible(reason)}" for reason, count in sorted(coverage.left_out.items())
    )


def outcome(tally: Tally, read: str) -> str:
    """Return ``2 secrets found in 3 files (12 kB)``, "incomplete" if something was not read.

    Args:
        tally: what was found.   read: what was read, as ``covered`` puts it.
    """
    if not (read or tally.findings or tally.skipped or tally.allowed):
        return "nothing to scan"
    found = plural(tally.findings, "secret") + " found" if tally.findings else "nothing found"
    parts = [f"{found} in {read or 'nothing that could be read'}"]
    if tally.allowed:
        parts.append(f"{tally.allowed:,} allowed")
    if tally.skipped:
        parts.append(f"{plural(tally.skipped, 'item')} NOT READ")
    return ("incomplete: " if tally.skipped else "") + "; ".join(parts)


def closing(report: Report, tally: Tally) -> str:
    """Return the last line of a report: what was found, read and left out, and how long it took."""
    line = f"{outcome(tally, covered(report.coverage, report.command))}; {seconds(report):.2f} s"
    omitted = left_out(report.coverage)
    return f"{line}; left out: {omitted}" if omitted else line
