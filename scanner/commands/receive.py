"""Scan what somebody pushes to this server, and refuse it if it holds secrets (a pre-receive hook).

Git's lines on standard input say which refs are pushed. The pusher sees one line a finding. Settings
and ignored fingerprints are the server's (in the repository's own folder, or --config), never those
of the push; marks that the push brings are listed.
"""

import argparse
import sys

from scanner.commands.scanning import add_options, run_scan
from scanner.config import Config
from scanner.errors import UsageError
from scanner.repository import Repository
from scanner.sources import Source

EXAMPLE = "keysweep receive --min-confidence high"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Scan and report; any status but 0 refuses the push."""
    from scanner.sources.history.pushing import (  # noqa: PLC0415  (kept off the help path)
        parse_receive,
        push_source,
        receive_tips,
    )

    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("receive is a pre-receive hook: git gives it lines on standard input")
    repository = Repository.discover()
    tips = receive_tips(repository, parse_receive(sys.stdin.buffer.read()))
    args.show_allowed = True  # marks in what is pushed are the pusher's word: the server is told

    def make(config: Config) -> Source:
        return push_source(repository, tips, config.max_blob_size)

    return run_scan(args, make, top=repository.git_dir, command="receive")
