"""Scan what is staged: the content of the index, never the work tree.

Reports secrets on lines that the staged change adds or alters. A FILE without a staged change is read
whole from the index, as `pre-commit run --all-files` needs.
"""

import argparse

from scanner.commands.scanning import add_options, run_scan
from scanner.repository import Repository
from scanner.sources.staged import StagedSource

EXAMPLE = "keysweep staged"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="only these files (default: all staged)"
    )
    parser.add_argument("--whole-files", action="store_true", help="report all of each staged file")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Scan and report."""
    repository = Repository.discover()
    return run_scan(
        args,
        lambda config: StagedSource(
            repository,
            args.files,
            whole_files=args.whole_files,
            max_blob_bytes=config.max_blob_size,
        ),
        top=repository.top,
        command="staged",
        jobs=1,
    )
