"""Scan every blob, commit message, tag message and note that any ref, stash or reflog reaches.

A range gives only secrets that its commits introduce. REPO is a path, or an address (https://,
ssh://, git@host:) that is cloned into a temporary folder for the scan.
"""

import argparse
import sys

from scanner import wiring
from scanner.commands.scanning import add_options, run_scan
from scanner.config import Config
from scanner.errors import UsageError
from scanner.repository import Repository
from scanner.sources import Source

EXAMPLE = "keysweep history --range origin/main..HEAD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "repo", metavar="REPO", nargs="?", help="path or address of a repository (default: here)"
    )
    parser.add_argument("--range", metavar="A..B", help="only what these commits introduce")
    parser.add_argument("--since", metavar="DATE", help="only what commits since then introduce")
    parser.add_argument(
        "--branch", metavar="NAME", action="append", help="only this branch (repeatable)"
    )
    parser.add_argument(
        "--unreachable", action="store_true", help="objects that no ref reaches too"
    )
    parser.add_argument(
        "--submodules", action="store_true", help="the histories of cloned submodules too"
    )
    parser.add_argument(
        "--settings-from",
        metavar="COMMIT",
        help="take settings and ignore files as this commit has them, not from the work tree",
    )
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Scan and report."""
    if args.submodules and (args.range is not None or args.branch):
        raise UsageError("--submodules: a range or branch means nothing in another repository")
    if args.repo is None or ":" not in args.repo:
        return _scan(args, Repository.discover(args.repo))
    from scanner.repository.cloning import Clone, parse_address  # noqa: PLC0415  (only for addresses)

    address = parse_address(args.repo)
    if address is None:
        return _scan(args, Repository.discover(args.repo))
    if args.submodules:
        raise UsageError("--submodules: the submodules of an address are not cloned")
    if sys.stderr.isatty() and not (args.quiet or args.no_progress):
        print(f"keysweep: cloning {address.url}", file=sys.stderr)
    with Clone(address) as path:
        return _scan(args, Repository.discover(path), cloned=True)


def _scan(args: argparse.Namespace, repository: Repository, *, cloned: bool = False) -> int:
    def make(config: Config) -> Source:
        from scanner.sources.history import HistorySource  # noqa: PLC0415  (only the source that is used)

        def history(of: Repository) -> HistorySource:
            source = HistorySource(
                of,
                range=args.range,
                since=args.since,
                branches=tuple(args.branch or ()),
                unreachable=args.unreachable,
                cloned=cloned,
                max_blob_bytes=config.max_blob_size,
                store=None if cloned or args.submodules else wiring.history_store(config, of),
            )
            source.resolve()
            return source

        if args.submodules:
            from scanner.sources.history.submodules import SubmodulesSource  # noqa: PLC0415  (rare)

            return SubmodulesSource(repository, history)
        source = history(repository)
        if cloned:
            source.root = None  # the folder is gone when the report is read
        return source

    if args.settings_from is None:
        return run_scan(args, make, top=repository.top, command="history")
    from scanner.ci.trusted import settings_of  # noqa: PLC0415  (only where it is asked for)

    with settings_of(repository, args.settings_from) as top:
        return run_scan(args, make, top=top, command="history")
