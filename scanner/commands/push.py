"""Scan what a push brings: the commits that the remote does not have yet (a pre-push hook).

Git's lines on standard input say which refs are pushed. Where there are none (the pre-commit
framework eats them) it is all local branches and tags. REMOTE is a name or an address, as git gives
them to the hook; without one, what any remote has counts as pushed.
"""

import argparse
import os
import sys

from scanner.commands.scanning import add_options, run_scan
from scanner.config import Config
from scanner.errors import SourceError
from scanner.repository import Repository, printable
from scanner.sources import Source

EXAMPLE = "keysweep push origin"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("remote", metavar="REMOTE", nargs="?", help="where the push goes")
    parser.add_argument("url", metavar="URL", nargs="?", help="its address (git tells a hook)")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Scan and report."""
    from scanner.sources.history.pushing import (  # noqa: PLC0415  (kept off the help path)
        all_tips,
        parse_push,
        push_source,
        push_tips,
    )

    repository = Repository.discover()
    lines = _lines()
    if lines.strip():
        tips = push_tips(repository, parse_push(lines), args.remote)
    else:
        remote = args.remote or os.environ.get("PRE_COMMIT_REMOTE_NAME")
        start, end = (_commit(repository, f"PRE_COMMIT_{side}_REF") for side in ("FROM", "TO"))
        tips = all_tips(repository, remote, end)
        if end and not remote:  # `pre-commit run --from-ref A --to-ref B`: no push, a range
            tips = tips._replace(new=end, known=())
        tips = tips._replace(known=(*tips.known, *start))

    def make(config: Config) -> Source:
        return push_source(repository, tips, config.max_blob_size)

    return run_scan(args, make, top=repository.top, command="push")


def _lines() -> bytes:
    """Return what git tells, nothing where a person runs the command."""
    return b"" if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer.read()


def _commit(repository: Repository, variable: str) -> tuple[str, ...]:
    """Return the commit that a variable of pre-commit names, none if it is not set."""
    name = os.environ.get(variable)
    if not name:
        return ()
    try:
        answer = repository.run(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
    except SourceError as error:
        raise SourceError(f"{variable}: there is no commit {printable(name)!r} here") from error
    return (answer.decode().strip(),)
