"""Scan files and folders as they lie; `-` is standard input.

What git ignores and does not track is left out and counted, unless it is named or with
--include-ignored.
"""

import argparse
import os
import sys

from scanner.commands.scanning import add_options, repository_top, run_scan
from scanner.config import Config
from scanner.errors import UsageError
from scanner.sources import Source

EXAMPLE = "keysweep scan . --format json --output findings.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", help="file, folder or - (default: .)")
    parser.add_argument("--stdin-path", metavar="NAME", help="name of what comes on standard input")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Scan and report."""
    paths = args.paths or ["."]
    if "-" in paths:
        if len(paths) > 1:
            raise UsageError("- (standard input) cannot be mixed with paths")
        return run_scan(args, lambda _: _stdin(args), top=None, command="scan", jobs=1)
    first = paths[0] if os.path.isdir(paths[0]) else os.path.dirname(paths[0]) or "."

    def make(config: Config) -> Source:
        from scanner.sources.files import FilesSource  # noqa: PLC0415  (only the source that is used)

        return FilesSource(paths, config.include_ignored, config.max_blob_size)

    return run_scan(args, make, top=repository_top(first), command="scan", jobs=None)


def _stdin(args: argparse.Namespace) -> Source:
    from scanner.sources.stdin import StdinSource  # noqa: PLC0415  (only the source that is used)

    return StdinSource(sys.stdin.buffer, args.stdin_path)
