"""The hooks themselves: their text, and how they get into a hooks folder and out again.

A hook is a POSIX shell script, because that is what git runs everywhere (on Windows with its own
``sh``). It first runs the hook that was there before, moved beside it, and then keysweep, so that
what a formatter adds to the index is seen too. It starts the Python that keysweep was installed
for, in a mode in which the repository's folder cannot put another ``scanner`` in its place.
"""

import json
import os
import stat
import sys
from contextlib import suppress
from typing import NamedTuple

from scanner.errors import UsageError
from scanner.repository import Process, display_name, printable


class Hook(NamedTuple):
    """One of git's hooks that we write.

    Attributes:
        name: its file.   arguments: the command it runs.
        verb, noun: what it refuses, in words.   calm: what that means, said after a refusal.
        given: shell lines that take what git gives, for the earlier hook and for keysweep.
        feed: what goes before a program that is to have it.
    """

    name: str
    arguments: tuple[str, ...]
    verb: str
    noun: str
    calm: str
    given: str = ""
    feed: str = ""

    @property
    def legacy(self) -> str:
        """What the pre-commit framework renames an older hook to; it goes on running it."""
        return f"{self.name}.legacy"

    @property
    def chained(self) -> str:
        """What we rename an older hook to."""
        return f"{self.name}.keysweep-chained"


# The earlier hook may read standard input to its end (Git LFS does), so it is kept for both. Without
# a line nothing is pushed, and there is nothing to scan.
_KEEP_INPUT = """
refs=$(cat)
refs() { [ -z "$refs" ] || printf '%s\\n' "$refs" 2>/dev/null; }
"""
HOOKS = (
    Hook("pre-commit", ("staged", "--"), "commit", "commits", "your changes are as they were"),
    Hook("pre-push", ("push", "--"), "push", "pushes", "nothing was sent", _KEEP_INPUT, "refs | "),
)
MARK = b"# keysweep-hook "

_SCRIPT = """\
#!/bin/sh
# keysweep-hook 1: refuses {noun} that hold secrets. Written by `keysweep install`;
# `keysweep install --uninstall` takes it out again.
{given}
refused() {{
    [ "$1" -eq 0 ] || echo 'keysweep: {verb} refused; {calm}.' >&2
    exit "$1"
}}

chained=${{0%/*}}/{chained}
if [ -f "$chained" ] && [ -x "$chained" ]; then
    {feed}"$chained" "$@" || exit $?
fi
{unless}
python={python}
if [ -x "$python" ]; then
    {feed}"$python" {flags} -c {code} "$@"
    status=$?
    # 126, 127: this Python does not run, or has lost keysweep.
    if [ $status -ne 126 ] && [ $status -ne 127 ]; then
        refused $status
    fi
fi
if command -v keysweep >/dev/null 2>&1; then
    {feed}keysweep {command} "$@"
    refused $?
fi
cat >&2 <<'END'
keysweep: {verb} refused: this repository's hook runs keysweep, but keysweep has gone missing,
so nobody has looked for secrets in what you {verb}.
  Put it back:         install keysweep again, then run: keysweep install
  Take the hook out:   remove {name} from its folder (git rev-parse --git-path hooks)
  {unchecked}
END
exit 1
"""
_CODE = """\
import sys
{path}try:
    from scanner.cli import main
except ImportError as error:
    print(f"keysweep: {{sys.executable}}: {{error}}", file=sys.stderr)
    sys.exit(127)
sys.exit(main({arguments} + sys.argv[1:]))"""
_MODES = (("-I",), ("-P", "-E"))
"""Without PYTHONPATH and the current folder; the second lets the user's own site folder in."""
_PROBE = "import regex, rich, yaml, scanner; print(scanner.__file__)"


def launcher(*arguments: str) -> tuple[str, ...]:
    """Return a command that runs this very keysweep from any folder; starts Python to try it."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    given = json.dumps(arguments)
    for mode in _MODES:
        with Process((sys.executable, *mode, "-c", _PROBE), os.environ, b"") as process:
            answer = os.fsdecode(process.stdout.read().rstrip(b"\r\n"))
            process.wait()
        if os.path.dirname(answer) == package:
            return (sys.executable, *mode, "-c", _CODE.format(path="", arguments=given))
    # A bare checkout, run as `python -m scanner`.
    path = f"sys.path.insert(0, {json.dumps(os.path.dirname(package))})\n"
    return (sys.executable, "-P", "-c", _CODE.format(path=path, arguments=given))


def hook_text(hook: Hook) -> bytes:
    """Return the script that runs this very keysweep in a hook."""
    python, *flags, _, code = launcher(*hook.arguments)
    if sys.platform == "win32":
        python = python.replace("\\", "/")
    text = _SCRIPT.format(
        **{
            name: getattr(hook, name)
            for name in ("name", "chained", "verb", "noun", "calm", "given")
        },
        feed=hook.feed,
        unless='[ -n "$refs" ] || exit 0\n' if hook.feed else "",
        python=_quoted(python),
        flags=" ".join(flags),
        code=_quoted(code),
        command=" ".join(hook.arguments),
        unchecked=f"{hook.verb.capitalize() + ' unchecked:':<21}git {hook.verb} --no-verify",
    )
    return os.fsencode(text)


def put(folder: str) -> list[str]:
    """Write the hooks into a hooks folder, keeping those that are there; return what was done.

    Nothing is changed when they are there already. Links are never written through.

    Raises:
        UsageError: the folder cannot be written, or two other hooks are in the way.
    """
    texts = [(hook, hook_text(hook)) for hook in HOOKS]
    try:
        os.makedirs(folder, exist_ok=True)
        for hook in HOOKS:
            _check(folder, hook)
        return [line for hook, text in texts for line in _put(folder, hook, text)]
    except OSError as error:
        raise UsageError(f"{shown(folder)}: {error.strerror}") from error


def _check(folder: str, hook: Hook) -> None:
    """Refuse before anything is changed where both names of a hook are taken by others."""
    path, chained = os.path.join(folder, hook.name), os.path.join(folder, hook.chained)
    if ours(folder, hook) is None and os.path.lexists(path) and os.path.lexists(chained):
        raise UsageError(
            f"{shown(path)} is another hook, and {hook.chained} beside it is one that keysweep "
            "moved away before: remove the one that you do not need, then install again"
        )


def _put(folder: str, hook: Hook, text: bytes) -> list[str]:
    path, chained = os.path.join(folder, hook.name), os.path.join(folder, hook.chained)
    place = ours(folder, hook)
    if place is not None:
        said = [f"{shown(place)} is keysweep's hook already"]
        if _content(place) != text or not os.access(place, os.X_OK):
            _write(place, text)
            said = [f"{shown(place)}: renewed"]
        if os.path.basename(place) == hook.legacy:
            said.append("The pre-commit framework has moved it there, and runs it.")
        return said
    if not os.path.lexists(path):
        _write(path, text)
        return [f"{shown(path)}: written"]
    said = [f"{shown(path)}: written", f"The hook that was there runs first, as {hook.chained}."]
    if os.path.islink(path):
        said.append(f"It is a link to {shown(os.path.realpath(path))}.")
    os.rename(path, chained)
    try:
        _write(path, text)
    except OSError:
        os.rename(chained, path)
        raise
    return said


def remove(folder: str) -> list[str]:
    """Take the hooks out of a hooks folder, and put the earlier ones back; return what was done.

    Raises:
        UsageError: the folder cannot be written.
    """
    try:
        said = [line for hook in HOOKS for line in _remove(folder, hook)]
    except OSError as error:
        raise UsageError(f"{shown(folder)}: {error.strerror}") from error
    return said or [f"There is no hook of keysweep in {shown(folder)}"]


def _remove(folder: str, hook: Hook) -> list[str]:
    chained = os.path.join(folder, hook.chained)
    place = ours(folder, hook)
    if place is None:
        return []
    if os.path.lexists(chained):
        os.replace(chained, place)
        return [f"{shown(place)}: the hook that was there before is back"]
    os.unlink(place)
    return [f"{shown(place)}: removed"]


def ours(folder: str, hook: Hook) -> str | None:
    """Return the path of keysweep's hook in a hooks folder, or None; reads the disk."""
    path, legacy = os.path.join(folder, hook.name), os.path.join(folder, hook.legacy)
    for place in (path, legacy) if os.path.lexists(path) else (path,):
        if MARK in _content(place)[:200]:
            return place
    return None


def shown(path: str) -> str:
    """Return a path as text that may go to a terminal."""
    return printable(display_name(path))


def _content(path: str) -> bytes:
    """Return the bytes of a regular file that is no link, else nothing."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return b""
        with open(path, "rb") as file:
            return file.read(1 << 16)
    except FileNotFoundError:
        return b""


def _write(path: str, text: bytes) -> None:
    """Write an executable file in one step, so that git never sees half a hook."""
    temporary = f"{path}.{os.getpid()}.new"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o777)  # less the umask
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
