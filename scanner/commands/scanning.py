"""What the scanning commands share: their options, and the way from a source to an exit status."""

import argparse
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from scanner import wiring
from scanner.config import COLORS, FORMATS, Config, load, size_of
from scanner.errors import ScannerError, UsageError, crash
from scanner.models import CONFIDENCES, SEVERITIES, Finding, Report, Skipped
from scanner.redaction import is_fingerprint
from scanner.repository import printable
from scanner.sources import Source

SHARED = ("what is reported", "the report", "settings", "reading")
"""Titles of the groups of options that every scanning command has, in its help."""


def add_options(parser: argparse.ArgumentParser, *, writes_report: bool = True) -> None:
    """Add the options that every scanning command has.

    Args:
        parser: of the command.
        writes_report: False leaves out those that say how findings are written.
    """
    add = parser.add_argument_group(SHARED[0]).add_argument
    add("--only", metavar="ID", action="append", help="only rules with this id (globs, repeatable)")
    add(
        "--exclude",
        metavar="ID",
        action="append",
        help="not rules with this id (globs, repeatable)",
    )
    add(
        "--min-confidence",
        metavar="LEVEL",
        choices=CONFIDENCES,
        help=f"least to report: {', '.join(CONFIDENCES)} (default: medium)",
    )
    add(
        "--min-severity",
        metavar="LEVEL",
        choices=SEVERITIES,
        help=f"least to report: {', '.join(SEVERITIES)} (default: low)",
    )
    add("--baseline", metavar="FILE", help="file of accepted findings")
    if writes_report:
        _add_report_options(parser)
    add = parser.add_argument_group(SHARED[2]).add_argument
    add("--config", metavar="FILE", help="settings file to use instead of the repository's")
    add("--patterns", metavar="PATH", action="append", help="more pattern files (repeatable)")
    add(
        "--isolated",
        action="store_true",
        help="take no settings or ignore files from the repository",
    )
    add = parser.add_argument_group(SHARED[3]).add_argument
    add("--include-ignored", action="store_const", const=True, help="scan what git ignores too")
    add(
        "--max-blob-size", metavar="SIZE", help="leave larger files out (default: none; 10MB, 500k)"
    )
    add("--jobs", metavar="N", type=int, help="processes (default: the cores)")
    add("--no-cache", action="store_const", const=True, help="do not read or write the cache")
    add("--no-progress", action="store_const", const=True, help="no progress bar")


def _add_report_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group(SHARED[1]).add_argument
    add_output_options(add)
    add("--show-secrets", action="store_const", const=True, help="do not redact")
    add("--show-allowed", action="store_const", const=True, help="list silenced findings too")
    add(
        "--exit-zero",
        action="store_const",
        const=True,
        help="exit with 0 although there are findings",
    )
    add(
        "--quiet", action="store_const", const=True, help="say nothing when there is nothing to say"
    )
    add(
        "--verbose",
        action="store_const",
        const=True,
        help="say more: every place, fingerprint and piece of evidence",
    )
    add(
        "--color",
        metavar="WHEN",
        choices=COLORS,
        help=f"colour the text: {', '.join(COLORS)} (default: auto)",
    )


def add_output_options(add: Callable[..., argparse.Action]) -> None:
    """Add in which format a report is written and where; ``add`` is that of a parser or a group."""
    add(
        "--format",
        metavar="FORMAT",
        choices=FORMATS,
        help=f"{', '.join(FORMATS)} (default: text)",
    )
    add("--output", metavar="FILE", help="write there instead of standard output (mode 0600)")


def config_of(args: argparse.Namespace, top: str | None) -> Config:
    """Return the settings for these arguments; ``top``: the folder whose settings count, or None.

    Raises:
        ConfigError: a settings file is wrong.   UsageError: an option's value is wrong.
    """
    flags: dict[str, Any] = {key: value for key, value in vars(args).items() if value is not None}
    for key in ("patterns", "only", "exclude"):
        if key in flags:
            flags[key] = tuple(flags[key])
    if "max_blob_size" in flags:
        flags["max_blob_size"] = size_of(flags["max_blob_size"], "--max-blob-size")
    if flags.get("jobs", 0) < 0:
        raise UsageError("--jobs: a number from 1 is needed")
    return load(None if args.isolated else top, args.config, flags)


def run_scan(
    args: argparse.Namespace,
    make_source: Callable[[Config], Source],
    *,
    top: str | None,
    command: str,
    jobs: int | None = None,
    write: Callable[[Config, wiring.Patterns, Report], int] | None = None,
) -> int:
    """Scan a source and write the report; return the exit status.

    Args:
        args: parsed options of ``add_options``.
        make_source: builds the source from the settings.
        top: top level of the repository whose settings and ignore files count, or None.
        command: its name for the report.
        jobs: processes to use, None for what the settings say.
        write: writes the report in its own way and returns the exit status; None: as settings say.
    """
    started = time.monotonic()
    config = config_of(args, top)
    source = make_source(config)
    patterns = wiring.Patterns(config.patterns, use_cache=not config.no_cache)
    baseline = baseline_of(config, top or source.root, getattr(args, "repo", None))
    silencer = silencer_of(config, None if args.isolated else top, baseline)
    pipeline = wiring.pipeline(
        source, config, patterns, silencer, jobs or config.jobs or os.cpu_count() or 1
    )
    items = _guarded(pipeline.items())
    if jobs != 1 and not config.no_progress and sys.stderr.isatty():
        from scanner.commands.progress import Progress  # noqa: PLC0415  (a thread, for people only)

        items = Progress(source).watch(items)
    say_notes(config)
    report = Report(source.root, items, source.coverage, command, started, config.notes)
    if write is not None:
        return write(config, patterns, report)
    status = write_report(config, patterns, report)
    if baseline is not None and command == "scan" and status != 2:
        from scanner.commands.stale import say_stale  # noqa: PLC0415  (only with a baseline)

        say_stale(baseline, config, top or source.root, getattr(args, "paths", ()))
    return status


def write_report(config: Config, patterns: wiring.Patterns, report: Report) -> int:
    """Write a report where the settings say; return the exit status that it asks for."""
    if config.output:
        tally = _write_file(config, patterns, report)
    else:
        reporter = wiring.reporter_for(report.command, config, patterns, sys.stdout)
        tally = reporter.write(report, sys.stdout)
    if tally.skipped:
        return 2
    return 1 if tally.findings and not config.exit_zero else 0


def say_notes(config: Config) -> None:
    """Say on standard error what a repository's settings change, unless the text says it itself.

    That rules are switched off is said even when all else is quiet.
    """
    for note in config.warnings if config.quiet else config.notes:
        if config.quiet or config.format != "text" or config.output:
            print(f"keysweep: note: {printable(note)}", file=sys.stderr)


def _guarded(items: Iterator[Finding | Skipped]) -> Iterator[Finding | Skipped]:
    """An error in the middle ends the scan, but what was found so far is still reported."""
    try:
        yield from items
    except ScannerError as error:
        yield Skipped(None, None, None, "error", str(error))
    except Exception as error:  # noqa: BLE001  (said without its message, which may quote content)
        yield Skipped(None, None, None, "error", crash(error))


def _write_file(config: Config, patterns: wiring.Patterns, report: Report) -> Any:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(config.output, flags, 0o600)
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
        if hasattr(os, "fchmod") and is_file:
            os.fchmod(handle, 0o600)  # a report of before may have been open to others
    except OSError as error:
        raise UsageError(f"--output {config.output}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            return wiring.reporter_for(report.command, config, patterns, file).write(report, file)
    except KeyboardInterrupt:
        if is_file:
            os.unlink(config.output)  # the half of a report would read as all of it
        raise


def baseline_of(config: Config, top: str | None, repository: str | None) -> Any:
    """Return the baseline that the settings name, or None.

    Raises:
        ConfigError: it cannot be read or is no baseline.
    """
    if not config.baseline:
        return None
    named = repository if repository and os.path.isdir(repository) else None
    return wiring.baseline(config.baseline, top, named)


def silencer_of(config: Config, top: str | None, baseline: Any = None) -> Any:
    """Return what silences findings; ``top``: folder whose ignore file counts, or None."""
    from scanner.silence import IGNORE_FILE, Silence  # noqa: PLC0415  (kept off the help path)

    ignored = read_ignore_file(os.path.join(top, IGNORE_FILE)) if top else frozenset()
    return Silence(ignored, baseline, config.allow, inline=True)


def read_ignore_file(path: str) -> frozenset[str]:
    """Return the fingerprints of an ignore file, none if there is no such file.

    Raises:
        UsageError: a line is no fingerprint, or the file cannot be read.
    """
    if not os.path.isfile(path) or os.path.islink(path):
        return frozenset()
    found = set()
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().split("\n")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        text = line.partition("#")[0].strip()
        if text and not is_fingerprint(text):
            raise UsageError(f"{path}, line {number}: not a fingerprint of 32 hex digits")
        found.add(text)
    return frozenset(found - {""})


def repository_top(folder: str) -> str | None:
    """Return the nearest folder at or above ``folder`` that holds ``.git``, without asking git."""
    folder = os.path.abspath(folder)
    while True:
        if os.path.lexists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
