"""The command line: which command, its errors, its exit status. No logic of its own.

Exit status: 0 all read and nothing found, 1 findings, 2 an error or something unread, 130 interrupted.
Only the parser of the command that runs is built; the others cost nothing.
"""

import argparse
import atexit
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from scanner import __version__, lazy
from scanner.errors import ScannerError, UsageError, crash

COMMANDS = {
    "scan": "scan files and folders as they lie, or standard input",
    "staged": "scan what is staged: the gate before a commit",
    "history": "scan every object of a repository's history",
    "push": "scan the commits that the remote does not have yet: the gate before a push",
    "receive": "scan what is pushed to a server, and refuse secrets (pre-receive hook)",
    "install": "write git hooks into a repository",
    "explain": "say what a secret can do, and every step to put it right",
    "fix": "move secrets into .env, or out of the history",
    "baseline": "accept findings in a file: create, update, audit",
    "report": "write a JSON report in another format",
    "config": "show the settings and where each comes from",
    "rules": "list, show, test and import patterns",
    "completion": "print the completion of a shell: bash, zsh or fish",
    "demo": "plant invented keys in a temporary repository and show the refused commit",
}

_MANY = 8
_OBJECTS = 50_000
"""New objects after which the garbage collector looks at them: thousands come with every import, and stay."""
_USUAL_COLUMNS = 80
HIDDEN = ("action",)  # run by action.yml, not by people
_OPERAND = "\0"
"""Stands before what follows ``--`` while it is parsed: no option and no argument of a program begins so."""


class Help(argparse.RawDescriptionHelpFormatter):
    """Help whose first line stays one line: the options, if many, are listed below it only."""

    def __init__(self, prog: str, **how: Any) -> None:
        """Take the width from the terminal, without the import that argparse does for each option."""
        how.setdefault("width", _columns() - 2)
        super().__init__(prog, **how)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Add the usage line."""
        named = [action for action in actions if not action.option_strings]
        if len(actions) - len(named) > _MANY:
            option = argparse.Action([], "option", nargs="*", metavar="OPTION")
            actions, groups = [option, *named], ()
        super().add_usage(usage, actions, groups, prefix)


def _columns() -> int:
    """Return the width of the terminal in characters, as ``shutil.get_terminal_size`` finds it."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL_COLUMNS  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):  # closed, replaced, or no terminal
        return _USUAL_COLUMNS


class Parser(argparse.ArgumentParser):
    """A parser whose errors are UsageErrors, so that they are printed in one place."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the whole usage."""
        raise UsageError(f"{message.replace(_OPERAND, '')} (see {self.prog} --help)")

    def parse_all(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return the parsed arguments; what follows ``--`` is never an option, however it looks.

        ``parse_intermixed_args`` parses twice, and has forgotten ``--`` the second time.

        Raises:
            UsageError: they are wrong, or an option is a file's name as well.
        """
        end = arguments.index("--") if "--" in arguments else len(arguments)
        if any(action.nargs == "*" for action in self._actions):
            _refuse_doubtful(arguments, end)
        operands = [_OPERAND + text for text in arguments[end + 1 :]]
        return self.parse_intermixed_args([*arguments[:end], *arguments[end : end + 1], *operands])

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        return super()._get_value(action, arg_string.removeprefix(_OPERAND))


def _refuse_doubtful(arguments: Sequence[str], end: int) -> None:
    """Refuse what may be an option or a file; ``end``: where ``--`` is, or the length.

    Hooks and shells put the names of files behind options, and ``--exit-zero`` is the name of a file as
    well as any other. Whoever writes ``--`` has said which is which, unless that is a file's name too.
    """
    doubtful = [text for text in arguments[:end] if text[:1] == "-" and text != "-"]
    if end < len(arguments):
        doubtful = ["--"] if arguments.count("--") == 1 else []
    for text in doubtful:
        if os.path.lexists(text):
            raise UsageError(
                f"{text!r} is the name of a file here as well as an option: write ./{text} for the file, "
                "or put -- between the options and the files"
            )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status; prints errors, never raises ScannerError."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except ScannerError as error:
        print(f"keysweep: error: {_one_line(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("keysweep: interrupted; what was not read is not known to be clean", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader has gone; give Python a place to flush to, or it complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception as error:  # noqa: BLE001  (a traceback may quote what was read, and so a secret)
        print(f"keysweep: {crash(error)}", file=sys.stderr)
        return 2
    return status


def program() -> NoReturn:
    """Be the program: run one command and end.

    At once: to take the interpreter down object by object costs 10 ms, and everything is written by now.
    """
    gc.set_threshold(_OBJECTS, 20, 20)
    if sys.stdout is None or sys.stderr is None:  # closed: what is found could not be told
        os._exit(2)
    status = main()
    lazy.keep()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # nobody reads it any more
            status = status or 2
    os._exit(status)


def _dispatch(arguments: list[str]) -> int:
    if arguments[:1] == ["help"] and len(arguments) > 1:
        arguments = [arguments[1], "--help"]
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_overview(), end="")
        return 0
    if arguments[0] in ("-V", "--version", "version"):
        print(f"keysweep {__version__}")
        return 0
    name = arguments[0]
    if name not in COMMANDS and name not in HIDDEN:
        from scanner.rules import nearest  # noqa: PLC0415  (only for an error message)

        raise UsageError(f"no command {name!r}{nearest(name, COMMANDS)} (see keysweep --help)")
    parser = parser_of(name)
    parser.set_defaults(all_commands=COMMANDS)  # for completion
    args = parser.parse_all(arguments[1:])
    status: int = importlib.import_module(f"scanner.commands.{name}").run(args)
    return status


def parser_of(name: str) -> Parser:
    """Return the parser of a command, with all that its help says."""
    module = importlib.import_module(f"scanner.commands.{name}")
    parser = Parser(
        prog=f"keysweep {name}",
        description=module.__doc__,
        epilog=f"Example: {module.EXAMPLE}",
        formatter_class=Help,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    shown = [_shown(action) for action in parser._actions if not action.option_strings]
    parser.usage = " ".join(("%(prog)s [OPTION ...]", *shown))
    return parser


def _shown(positional: argparse.Action) -> str:
    name = str(positional.metavar or "|".join(map(str, positional.choices or ())))
    return {"*": f"[{name} ...]", "?": f"[{name}]"}.get(str(positional.nargs), name)


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [
        "keysweep finds leaked exchange API keys, wallet keys and other secrets,",
        "and says what to do about them, in the order that saves the money.",
        "",
        "usage: keysweep COMMAND [OPTION ...]",
        "",
        *(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()),
        "",
        "  keysweep COMMAND --help   all options and an example",
        "  keysweep --version",
        "",
        "exit status: 0 all was read and nothing found, 1 findings, 2 an error or something unread",
        "",
        "Example: keysweep scan .",
    ]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    if "://" in text:  # what was typed is quoted at times, and may hold an address with a password
        import re  # noqa: PLC0415  (only for an error message)

        text = re.sub(r"(?<=://)[^/\s]*@", "****@", text)
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text.replace("\n", " "))
