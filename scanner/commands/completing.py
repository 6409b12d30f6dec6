"""The completion scripts of three shells, from one description of the commands."""

from collections.abc import Iterable
from typing import NamedTuple

_RULES = "keysweep rules list 2>/dev/null"


class Option(NamedTuple):
    """An option.

    Attributes:
        names: ``-h``, ``--help``.   about: what it does.
        takes: ``files``, ``rules``, ``value``, or empty for none.
        choices: the values it takes, if they are known.   repeats: may be given again.
    """

    names: tuple[str, ...]
    about: str
    takes: str
    choices: tuple[str, ...] = ()
    repeats: bool = False


class Command(NamedTuple):
    """A command.

    Attributes:
        words: what its first argument is one of, if that is known.
        files, rules: whether its arguments are files, ids of rules.
    """

    name: str
    about: str
    options: tuple[Option, ...]
    words: tuple[str, ...] = ()
    files: bool = False
    rules: bool = False


def bash(commands: Iterable[Command]) -> str:
    """Return the script for bash 3.2 and later."""
    commands = tuple(commands)
    cases = []
    for command in commands:
        for option in command.options:
            if option.takes:
                pattern = "|".join(f"{command.name}:{name}" for name in option.names)
                cases.append(f"        {pattern}) {_bash_values(option)} ;;")
    for command in commands:
        names = " ".join(name for option in command.options for name in option.names)
        words = " ".join(command.words)
        kinds = f"{'files ' if command.files else ''}{'rules' if command.rules else ''}".strip()
        cases.append(
            f"        {command.name}:*) options='{names}' first='{words}' kinds='{kinds}' ;;"
        )
    listed = " ".join(command.name for command in commands)
    body = "\n".join(cases)
    return f"""\
# bash completion of keysweep; made by `keysweep completion bash`
_keysweep() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}}
    local options='' first='' kinds='' words=''
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W '{listed} --help --version' -- "$cur"))
        return
    fi
    [ "$cur" = '=' ] && cur=''
    [ "$prev" = '=' ] && prev=${{COMP_WORDS[COMP_CWORD-2]}}
    case "${{COMP_WORDS[1]}}:$prev" in
{body}
    esac
    case "$cur" in
        -*) words=$options ;;
        *) [ "$COMP_CWORD" -eq 2 ] && [ -n "$first" ] && words=$first ;;
    esac
    case "$kinds:$cur" in
        *rules*:-*) ;;
        *rules*) words="$words $({_RULES} | cut -d ' ' -f 1)" ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    case "$kinds:$cur" in
        *:-*) ;;
        *files*) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- "$cur")) ;;
    esac
}}
complete -F _keysweep keysweep
"""


def _bash_values(option: Option) -> str:
    if option.choices:
        return f"COMPREPLY=($(compgen -W '{' '.join(option.choices)}' -- \"$cur\")); return"
    if option.takes == "files":
        return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return'
    if option.takes == "rules":
        return "kinds=rules"
    return "return"


def zsh(commands: Iterable[Command]) -> str:
    """Return the script for zsh: a file ``_keysweep`` of its ``fpath``, or to be sourced."""
    commands = tuple(commands)
    names = "\n".join(f"    {_quoted(f'{c.name}:{c.about}')}" for c in commands)
    cases = []
    for command in commands:
        lines = [_zsh_option(option) for option in command.options]
        if command.words:
            lines.append(_quoted(f"1:what:({' '.join(command.words)})"))
        if command.rules:
            lines.append(_quoted("*:rule:_keysweep_rules" + ("_or_files" if command.files else "")))
        elif command.files:
            lines.append(_quoted("*:file:_files"))
        joined = " \\\n        ".join(lines)
        cases.append(f"    {command.name}) _arguments {joined} ;;")
    body = "\n".join(cases)
    return f"""\
#compdef keysweep
# zsh completion of keysweep; made by `keysweep completion zsh`
_keysweep_rules() {{
  local -a ids
  ids=(${{(f)"$({_RULES} | cut -d ' ' -f 1)"}})
  compadd -a ids
}}
_keysweep_rules_or_files() {{
  _keysweep_rules
  _files
}}
_keysweep() {{
  local -a commands
  commands=(
{names}
  )
  if (( CURRENT == 2 )); then
    _describe -t commands command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
{body}
  esac
}}
if [ "$funcstack[1]" = _keysweep ]; then
  _keysweep "$@"
else
  compdef _keysweep keysweep
fi
"""


def _zsh_option(option: Option) -> str:
    about = _escaped(option.about, "[]:")
    value = ""
    if option.choices:
        value = f":value:({' '.join(option.choices)})"
    elif option.takes:
        value = {"files": ":file:_files", "rules": ":rule:_keysweep_rules"}.get(
            option.takes, ":value: "
        )
    star = "*" if option.repeats else ""
    equals = "=" if option.takes else ""
    together = " ".join(option.names)
    excludes = "" if option.repeats or len(option.names) < 2 else f"({together})"
    parts = []
    for name in option.names:
        sign = equals if name.startswith("--") else ""
        parts.append(_quoted(f"{excludes}{star}{name}{sign}[{about}]{value}"))
    return " ".join(parts)


def fish(commands: Iterable[Command]) -> str:
    """Return the script for fish."""
    lines = [
        "# fish completion of keysweep; made by `keysweep completion fish`",
        "function __keysweep_no_command",
        "    test (count (commandline -opc)) -eq 1",
        "end",
        "function __keysweep_command",
        "    set -l words (commandline -opc)",
        '    test (count $words) -gt 1; and test "$words[2]" = $argv[1]',
        "end",
        "function __keysweep_second",
        "    __keysweep_command $argv[1]; and test (count (commandline -opc)) -eq 2",
        "end",
        "function __keysweep_rules",
        f"    {_RULES} | string replace -r ' .*' ''",
        "end",
        "complete -c keysweep -f",
        "complete -c keysweep -n __keysweep_no_command -s h -l help -d 'show the help'",
        "complete -c keysweep -n __keysweep_no_command -l version -d 'show the version'",
    ]
    for command in commands:
        about = _quoted(command.about, backslash=True)
        lines.append(f"complete -c keysweep -n __keysweep_no_command -a {command.name} -d {about}")
        here = f"complete -c keysweep -n '__keysweep_command {command.name}'"
        if command.words:
            words = _quoted(" ".join(command.words), backslash=True)
            lines.append(f"complete -c keysweep -n '__keysweep_second {command.name}' -a {words}")
        if command.files:
            lines.append(f"{here} -F")
        if command.rules:
            lines.append(f"{here} -a '(__keysweep_rules)'")
        lines += [f"{here} {_fish_option(option)}" for option in command.options]
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    words = [
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    ]
    if option.choices:
        words.append(f"-x -a {_quoted(' '.join(option.choices), backslash=True)}")
    elif option.takes == "files":
        words.append("-r -F")
    elif option.takes == "rules":
        words.append("-x -a '(__keysweep_rules)'")
    elif option.takes:
        words.append("-x")
    return " ".join([*words, f"-d {_quoted(option.about, backslash=True)}"])


def _quoted(text: str, *, backslash: bool = False) -> str:
    """Return text in single quotes, for zsh or (where a backslash escapes inside them) for fish."""
    if backslash:
        return "'" + _escaped(text, "'") + "'"
    return "'" + text.replace("'", "'\\''") + "'"


def _escaped(text: str, special: str) -> str:
    return "".join(f"\\{char}" if char in special or char == "\\" else char for char in text)
