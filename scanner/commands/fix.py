"""Move secrets out of the code into .env, with code in their place that reads them from there.

Shows what it would change and asks. Python, JavaScript, TypeScript, shell and compose files are
changed; for others the lines to write are printed. With --history it writes the files that
`git filter-repo` takes secrets out of the history with, and with --rewrite runs it on a new clone.

A key that was committed or pushed must still be revoked: moving it does not make it secret again.
"""

import argparse
import sys

from scanner.commands.scanning import add_options
from scanner.errors import UsageError

EXAMPLE = "keysweep fix --dry-run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help="files and folders (default: .)")
    add("--staged", action="store_true", help="only what is staged (the work tree is changed)")
    add("--env", metavar="FILE", default=".env", help="file that takes the secrets (default: .env)")
    add("--dry-run", action="store_true", help="show what would be changed, and change nothing")
    add("--yes", action="store_true", help="do not ask")
    add("--history", action="store_true", help="write the files for git filter-repo")
    add("--rewrite", metavar="FOLDER", help="with --history: rewrite a new clone there")
    add(
        "--settings-from",
        metavar="COMMIT",
        help="with --history: take settings and ignore files as this commit has them",
    )
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Fix the work tree, or prepare or do the rewriting of the history."""
    if args.history or args.rewrite:
        if args.staged or args.dry_run or len(args.paths) > 1:
            raise UsageError("--history takes one REPO, and neither --staged nor --dry-run")
        from scanner.commands.rewriting import rewrite  # noqa: PLC0415  (only where it is asked for)

        return rewrite(args)
    if args.settings_from is not None:
        raise UsageError("--settings-from goes with --history")
    from scanner.commands.moving import Moving  # noqa: PLC0415  (only where it is asked for)

    moving = Moving(args)
    moving.look()
    moving.show()
    if not moving.is_anything or args.dry_run:
        return moving.status(done=False)
    if not args.yes:
        if not sys.stdin.isatty():
            raise UsageError("nobody is there to ask: use --yes or --dry-run")
        answer = input("Change these files? [y/N] ")
        if answer.strip().lower() not in ("y", "yes"):
            print("Nothing was changed.")
            return moving.status(done=False)
    moving.apply()
    return moving.status(done=True)
