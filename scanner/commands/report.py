"""Write a JSON report in another format, without scanning again.

FILE is a report of format json or jsonl, - is standard input. The exit status is that of the scan:
2 if the report is incomplete or was cut, 1 if it has findings, else 0.
"""

import argparse
import sys

from scanner import wiring
from scanner.commands.scanning import add_output_options, config_of, write_report
from scanner.config import COLORS
from scanner.errors import UsageError

EXAMPLE = "keysweep report findings.json --format html --output findings.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments: those of a scan that have a meaning for a report."""
    add = parser.add_argument
    add("file", metavar="FILE", help="report of format json or jsonl, or - for standard input")
    add_output_options(add)
    add("--patterns", metavar="PATH", action="append", help="more pattern files, for their names")
    for flag, text in (
        ("--show-secrets", "keep the secrets that the report holds"),
        ("--show-allowed", "list silenced findings too, if the report does"),
        ("--exit-zero", "exit with 0 although there are findings"),
        ("--quiet", "say nothing when there is nothing to say"),
        ("--verbose", "say more"),
    ):
        add(flag, action="store_const", const=True, help=text)
    add("--color", choices=COLORS, help="colour the text (default: auto)")


def run(args: argparse.Namespace) -> int:
    """Read the report, write it in the other format."""
    from scanner.reporters.read import read_report  # noqa: PLC0415  (only for this command)

    name = args.file
    values = {key: value for key, value in vars(args).items() if key != "file"}
    # No folder's settings count: the report may be of any repository, and says what was in force.
    config = config_of(argparse.Namespace(**values, isolated=True, config=None), None)
    report = read_report(
        _read(name), "standard input" if name == "-" else name, show_secrets=config.show_secrets
    )
    patterns = wiring.Patterns(config.patterns, use_cache=not config.no_cache)
    return write_report(config, patterns, report)


def _read(name: str) -> str:
    """Return the text of a file or of standard input.

    Raises:
        UsageError: it cannot be read, or is no UTF-8.
    """
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        with open(name, encoding="utf-8-sig", newline="") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from error
    except ValueError as error:  # UTF-8, or a NUL in the name
        raise UsageError(f"{name}: not a JSON report of keysweep: it is not UTF-8") from error
