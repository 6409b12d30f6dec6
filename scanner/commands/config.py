"""Show the settings and where each comes from, or the schemas of the files.

`config show` prints the settings that a scan here would have, with the given flags: defaults, then the
user's file, the repository's file, the environment (KEYSWEEP_...), the flags; the later one wins.
`config schema settings` (or `patterns`) prints the JSON Schema that editors complete such files with.
"""

import argparse
import json
import os
import sys
from typing import Any

from scanner.commands.scanning import add_options, config_of, repository_top
from scanner.config import Config, user_file
from scanner.errors import UsageError
from scanner.repository import printable

EXAMPLE = "keysweep config show --format json"
SCHEMAS = ("settings", "patterns")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = ("show", "schema")
    parser.add_argument("action", choices=actions, metavar="|".join(actions), help="what to print")
    parser.add_argument("which", nargs="?", metavar="settings|patterns", help="which schema")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Print settings or a schema."""
    if args.action == "schema":
        return _schema(args.which or "settings")
    if args.which:
        raise UsageError(f"config show takes no {args.which!r} (see keysweep config --help)")
    shape = args.format or "text"  # here it says how to show, and is no setting of a scan
    if shape not in ("text", "json"):
        raise UsageError("config show: --format text or json")
    args.format = None
    top = repository_top(".")
    config = config_of(args, top)
    if shape == "json":
        rows = _rows(config)
        settings = {name: {"value": value, "origin": origin} for name, value, origin in rows}
        document = {"settings": settings, "notes": list(config.notes), "top": top}
        print(json.dumps(document, indent=2, default=list))
    else:
        print(_text(config), end="")
    return 0


def _text(config: Config) -> str:
    rows = [(name, _shown(value), origin) for name, value, origin in _rows(config)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [
        f"{name:<{widths[0]}}  {value:<{min(widths[1], 40)}}  {printable(origin)}"
        for name, value, origin in rows
    ]
    file = user_file()
    there = "" if os.path.isfile(file) else " (not there)"
    lines += ["", f"The user's settings: {printable(file)}{there}"]
    return "\n".join(lines + [printable(f"note: {note}") for note in config.notes]) + "\n"


def _rows(config: Config) -> list[tuple[str, Any, str]]:
    """Return name, value and origin of every setting, in the order of the documentation."""
    rows = []
    for key, (value, layer) in config.settings.items():
        name, origin = key.replace("_", "-"), layer
        if layer == "environment":
            origin = f"environment (KEYSWEEP_{key.upper()})"
        elif layer == "flag":
            origin = f"--{name}"
        shown = [entry._asdict() for entry in value] if key == "allow" else value
        rows.append((name, shown, origin))
    return rows


def _shown(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, tuple | list):
        entries = (entry["name"] if isinstance(entry, dict) else str(entry) for entry in value)
        return printable(", ".join(entries)) or "-"
    return printable(str(value).lower() if isinstance(value, bool) else str(value))


def _schema(which: str) -> int:
    if which not in SCHEMAS:
        raise UsageError(f"config schema: {which!r} is none of {', '.join(SCHEMAS)}")
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with open(os.path.join(package, "schemas", f"{which}.json"), encoding="utf-8") as file:
        sys.stdout.write(file.read())
    return 0
