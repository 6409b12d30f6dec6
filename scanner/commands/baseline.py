"""Accept findings: create a baseline of them, update it, or walk through them one by one.

`create` writes all that is found now into FILE (default: .keysweep-baseline), or with --from what
another tool's file accepts; `update` drops entries that stand for nothing any more, and follows renames;
`audit` asks about each finding that is not in it yet, and remembers every answer at once.
Name the file in the settings (`baseline: .keysweep-baseline`) or with --baseline.
A public baseline still lets people guess short passwords: see docs/triage.md.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterable

from scanner import wiring
from scanner.baseline.entries import Entry, read, render
from scanner.commands.collecting import Collected, Found, collect, home
from scanner.commands.scanning import add_options, config_of
from scanner.config import Config
from scanner.errors import UsageError
from scanner.models import CONFIDENCES, SEVERITIES, Skipped
from scanner.reporters.escape import visible
from scanner.reporters.words import place as place_of
from scanner.reporters.words import plural

EXAMPLE = "keysweep baseline create --reason 'test keys of 2026'"
DEFAULT = ".keysweep-baseline"
_NARROWING = ("only", "exclude", "min_confidence", "min_severity")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = ("create", "update", "audit")
    parser.add_argument("action", choices=actions, metavar="|".join(actions), help="what to do")
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help=f"the baseline (default: {DEFAULT})"
    )
    parser.add_argument(
        "--from",
        dest="sources",
        metavar="FILE",
        action="append",
        help="accept what .secrets.baseline, .gitleaksignore or a gitleaks report accepts",
    )
    parser.add_argument("--history", action="store_true", help="the whole history too")
    parser.add_argument("--reason", metavar="TEXT", default="", help="note for new entries")
    parser.add_argument("--force", action="store_true", help="create: write over a file")
    parser.add_argument("--accept-new", action="store_true", help="update: accept what is new")
    parser.add_argument("--all", action="store_true", help="audit: ask about decided ones again")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Create, update or audit a baseline."""
    top, is_repository = home()
    config = config_of(args, top if is_repository else None)
    path = args.file or args.output or config.baseline or os.path.join(top, DEFAULT)
    if os.path.islink(path):
        raise UsageError(f"{path}: a link; name the file itself")
    if args.action == "create":
        return _create(args, config, path)
    if args.action == "update":
        return _update(args, config, path)
    from scanner.commands.auditing import audit  # noqa: PLC0415  (only for this action)

    return audit(args, config, path)


def _create(args: argparse.Namespace, config: Config, path: str) -> int:
    if os.path.lexists(path) and not args.force:
        raise UsageError(f"{path} is there already: update it, or write over it with --force")
    if args.sources:
        from scanner.commands.taking import take_over  # noqa: PLC0415  (only with --from)

        return take_over(args, config, path)
    collected = collect(args, config, history=args.history)
    if collected.skipped:
        return unread(collected, "nothing was written")
    write(path, [entry_of(one, args.reason) for one in collected.found], history=args.history)
    print(f"{visible(path)}: {plural(len(collected.found), 'finding')} accepted")
    said_of_settings(config, path)
    return 0


def _update(args: argparse.Namespace, config: Config, path: str) -> int:
    narrowed = [name for name in _NARROWING if getattr(args, name)]
    if narrowed:
        option = narrowed[0].replace("_", "-")
        raise UsageError(f"--{option}: an update looks at everything, or it would drop the rest")
    entries, history = read(path)
    top, _ = home()
    baseline = wiring.baseline(path, top)
    wanted = config.min_confidence, config.min_severity
    config.update({"min_confidence": "low", "min_severity": "low"}, "update")
    collected = collect(args, config, baseline, history=history or args.history)
    if collected.skipped:
        return unread(collected, f"{path} stays as it is")
    stale = {entry.fingerprint for entry in baseline.stale()}
    kept: dict[str, Entry] = {}
    for entry in entries:
        if entry.fingerprint in stale:
            print(f"dropped  {visible(entry.line())}")
            continue
        moved = baseline.renamed.get(entry.fingerprint)
        if moved and entry.fingerprint not in baseline.met:
            print(f"renamed  {visible(f'{entry.path} -> {moved[1]}')}")
            entry = entry._replace(fingerprint=moved[0], path=moved[1])  # noqa: PLW2901
        kept[entry.fingerprint] = entry
    new = [
        one
        for one in collected.found
        if one.finding.fingerprint not in kept and _is_reported(one, *wanted)
    ]
    if args.accept_new:
        kept.update({one.finding.fingerprint: entry_of(one, args.reason) for one in new})
    write(path, kept.values(), history=history or args.history)
    print(f"{visible(path)}: {plural(len(kept), 'entry', 'entries')}, {len(stale)} dropped")
    if new and not args.accept_new:
        for one in new:
            print(f"new      {place_of(one.finding)}  {one.finding.rule}")
        print(
            f"{plural(len(new), 'finding')} not accepted: keysweep baseline audit asks about each"
        )
        return 1
    return 0


def _is_reported(one: Found, confidence: str, severity: str) -> bool:
    return CONFIDENCES.index(one.finding.confidence) >= CONFIDENCES.index(
        confidence
    ) and SEVERITIES.index(one.finding.severity) >= SEVERITIES.index(severity)


def entry_of(one: Found, reason: str = "", *, accepted: bool = True) -> Entry:
    """Return a new entry of today for a finding."""
    finding, today = one.finding, time.strftime("%Y-%m-%d")
    return Entry(finding.fingerprint, one.place, finding.rule, today, reason, accepted)


def write(path: str, entries: Iterable[Entry], *, history: bool) -> None:
    """Write a baseline in one step: whoever reads it meanwhile sees the old or the new one.

    Raises:
        UsageError: the folder cannot be written to.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=".keysweep-", dir=os.path.dirname(path) or ".")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(render(entries, history=history))
            mode = os.umask(0)
            os.umask(mode)
            os.chmod(name, 0o666 & ~mode)  # it is made to be committed
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def unread(collected: Collected, consequence: str) -> int:
    """Say what could not be read, and what follows; return the exit status."""
    for item in collected.skipped:
        print(f"NOT READ {_where(item)}: {visible(item.detail or item.reason)}")
    print(f"incomplete: {visible(consequence)}")
    return 2


def _where(item: Skipped) -> str:
    return place_of(item)


def said_of_settings(config: Config, path: str) -> None:
    """Say how a new baseline comes to count, unless the settings name it already."""
    if config.settings["baseline"].origin in ("default", "flag"):
        name = visible(os.path.relpath(path))
        print(f"It counts with --baseline {name}, or `baseline: {name}` in .keysweep.yaml")
