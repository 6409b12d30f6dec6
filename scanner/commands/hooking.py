"""The pre-commit hook itself: its text, and how it gets into a hooks folder and out again.

The hook is a POSIX shell script, because that is what git runs everywhere (on Windows with its own
``sh``). It first runs the hook that was there before, moved beside it, and then keysweep, so that
what a formatter adds to the index is seen too. It starts the Python that keysweep was installed
for, in a mode in which the repository's folder cannot put another ``scanner`` in its place.
"""

import json
import os
import stat
import sys
from contextlib import suppress

from scanner.errors import UsageError
from scanner.repository import Process, display_name, printable

HOOK = "pre-commit"
LEGACY = "pre-commit.legacy"
"""What the pre-commit framework renames an older hook to; it goes on running it."""
CHAINED = "pre-commit.keysweep-chained"
MARK = b"# keysweep-hook "

_SCRIPT = """\
#!/bin/sh
# keysweep-hook 1: refuses commits that hold secrets. Written by `keysweep install`;
# `keysweep install --uninstall` takes it out again.

chained=${{0%/*}}/{chained}
if [ -f "$chained" ] && [ -x "$chained" ]; then
    "$chained" "$@" || exit $?
fi

python={python}
if [ -x "$python" ]; then
    "$python" {flags} -c {code}
    status=$?
    # 126, 127: this Python does not run, or has lost keysweep.
    if [ $status -ne 126 ] && [ $status -ne 127 ]; then
        exit $status
    fi
fi
if command -v keysweep >/dev/null 2>&1; then
    exec keysweep staged
fi
cat >&2 <<'END'
keysweep: commit refused: this repository's hook runs keysweep, but keysweep has gone missing,
so nobody has looked for secrets in what you commit.
  Put it back:         install keysweep again, then run: keysweep install
  Take the hook out:   remove {chained_hint}
  Commit unchecked:    git commit --no-verify
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
sys.exit(main({arguments}))"""
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


def hook_text() -> bytes:
    """Return the script that runs this very keysweep before a commit."""
    python, *flags, _, code = launcher("staged")
    if sys.platform == "win32":
        python = python.replace("\\", "/")
    text = _SCRIPT.format(
        chained=CHAINED,
        chained_hint=f"{HOOK} from its folder (git rev-parse --git-path hooks)",
        python=_quoted(python),
        flags=" ".join(flags),
        code=_quoted(code),
    )
    return os.fsencode(text)


def put(folder: str) -> list[str]:
    """Write the hook into a hooks folder, keeping a hook that is there; return what was done.

    Nothing is changed when it is there already. Links are never written through.

    Raises:
        UsageError: the folder cannot be written, or two other hooks are in the way.
    """
    text = hook_text()
    try:
        os.makedirs(folder, exist_ok=True)
        return _put(folder, text)
    except OSError as error:
        raise UsageError(f"{shown(folder)}: {error.strerror}") from error


def _put(folder: str, text: bytes) -> list[str]:
    hook, chained = os.path.join(folder, HOOK), os.path.join(folder, CHAINED)
    place = ours(folder)
    if place is not None:
        said = [f"{shown(place)} is keysweep's hook already"]
        if _content(place) != text or not os.access(place, os.X_OK):
            _write(place, text)
            said = [f"{shown(place)}: renewed"]
        if os.path.basename(place) == LEGACY:
            said.append("The pre-commit framework has moved it there, and runs it.")
        return said
    if not os.path.lexists(hook):
        _write(hook, text)
        return [f"{shown(hook)}: written"]
    if os.path.lexists(chained):
        raise UsageError(
            f"{shown(hook)} is another hook, and {CHAINED} beside it is one that keysweep moved "
            "away before: remove the one that you do not need, then install again"
        )
    said = [f"{shown(hook)}: written", f"The hook that was there runs first, as {CHAINED}."]
    if os.path.islink(hook):
        said.append(f"It is a link to {shown(os.path.realpath(hook))}.")
    os.rename(hook, chained)
    try:
        _write(hook, text)
    except OSError:
        os.rename(chained, hook)
        raise
    return said


def remove(folder: str) -> list[str]:
    """Take the hook out of a hooks folder, and put the earlier one back; return what was done.

    Raises:
        UsageError: the folder cannot be written.
    """
    chained = os.path.join(folder, CHAINED)
    try:
        place = ours(folder)
        if place is None:
            return [f"There is no hook of keysweep in {shown(folder)}"]
        if os.path.lexists(chained):
            os.replace(chained, place)
            return [f"{shown(place)}: the hook that was there before is back"]
        os.unlink(place)
    except OSError as error:
        raise UsageError(f"{shown(folder)}: {error.strerror}") from error
    return [f"{shown(place)}: removed"]


def ours(folder: str) -> str | None:
    """Return the path of keysweep's hook in a hooks folder, or None; reads the disk."""
    hook, legacy = os.path.join(folder, HOOK), os.path.join(folder, LEGACY)
    for path in (hook, legacy) if os.path.lexists(hook) else (hook,):
        if MARK in _content(path)[:200]:
            return path
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
