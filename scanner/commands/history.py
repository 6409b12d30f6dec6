"""Scan every blob, commit message, tag message and note that any ref, stash or reflog reaches.

A range gives only secrets that its commits introduce.
"""

import argparse

from scanner import wiring
from scanner.commands.scanning import add_options, run_scan
from scanner.config import Config
from scanner.repository import Repository
from scanner.sources import Source

EXAMPLE = "keysweep history --range origin/main..HEAD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "repo", metavar="REPO", nargs="?", help="path of a repository (default: here)"
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
        "--settings-from",
        metavar="COMMIT",
        help="take settings and ignore files as this commit has them, not from the work tree",
    )
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Scan and report."""
    repository = Repository.discover(args.repo)

    def make(config: Config) -> Source:
        from scanner.sources.history import HistorySource  # noqa: PLC0415  (only the source that is used)

        return HistorySource(
            repository,
            range=args.range,
            since=args.since,
            branches=tuple(args.branch or ()),
            unreachable=args.unreachable,
            max_blob_bytes=config.max_blob_size,
            store=wiring.history_store(config, repository),
        )

    if args.settings_from is None:
        return run_scan(args, make, top=repository.top, command="history")
    from scanner.ci.trusted import settings_of  # noqa: PLC0415  (only where it is asked for)

    with settings_of(repository, args.settings_from) as top:
        return run_scan(args, make, top=top, command="history")
