"""Print the completion of a shell: commands, options, their values, files, rule ids.

It is made of the options themselves, so print it anew after an update:

  bash   keysweep completion bash > ~/.local/share/bash-completion/completions/keysweep
  zsh    keysweep completion zsh > "${fpath[1]}/_keysweep"
  fish   keysweep completion fish > ~/.config/fish/completions/keysweep.fish
"""

import argparse
import importlib
from collections.abc import Mapping

from scanner.commands.completing import Command, Option, bash, fish, zsh

EXAMPLE = "keysweep completion bash"
_SHELLS = {"bash": bash, "fish": fish, "zsh": zsh}
_FILES = ("FILE", "PATH", "REPO", "ID|FILE", "FILE|REPO")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("shell", metavar="SHELL", choices=tuple(_SHELLS), help="bash, zsh or fish")


def run(args: argparse.Namespace) -> int:
    """Print the script."""
    print(_SHELLS[args.shell](commands_of(args.all_commands)), end="")
    return 0


def commands_of(table: Mapping[str, str]) -> tuple[Command, ...]:
    """Return what can be completed after each command of a table (name to what it does)."""
    return tuple(_command(name, about) for name, about in table.items())


def _command(name: str, about: str) -> Command:
    parser = argparse.ArgumentParser(add_help=True)
    importlib.import_module(f"scanner.commands.{name}").add_arguments(parser)
    options: list[Option] = []
    words: tuple[str, ...] = ()
    files = rules = False
    for action in parser._actions:  # there is no public list
        metavar = str(action.metavar or "")
        if action.option_strings:
            takes = "" if action.nargs == 0 else _takes(metavar)
            names = tuple(action.option_strings)
            repeats = type(action).__name__ == "_AppendAction"
            choices = tuple(map(str, action.choices or ()))
            options.append(Option(names, action.help or "", takes, choices, repeats))
            continue
        if action.choices and not words:
            words = tuple(map(str, action.choices))
        files = files or metavar in _FILES
        rules = rules or "ID" in metavar
    return Command(name, about, tuple(options), words, files, rules)


def _takes(metavar: str) -> str:
    return "files" if metavar in _FILES else "rules" if metavar == "ID" else "value"
