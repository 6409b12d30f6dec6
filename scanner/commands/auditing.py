"""Walk a person through findings in the terminal, one key an answer.

Every answer is written at once, so quitting loses nothing: the next audit asks about the rest. A skipped
finding is asked about again. The editor is the person's own (VISUAL, EDITOR), never one that a
repository names.
"""

import argparse
import os
import sys
from collections.abc import Callable

from scanner import wiring
from scanner.baseline.entries import Entry, read
from scanner.commands.baseline import entry_of, unread, write
from scanner.commands.collecting import Found, collect, home
from scanner.config import Config
from scanner.errors import UsageError
from scanner.models import SEVERITIES, Finding
from scanner.reporters.escape import visible
from scanner.reporters.words import EXPOSURE, place, reasons, title

_KEYS = (
    "a accept  A accept with a reason  r reject: a real secret  s skip  o open in editor  q quit"
)
_QUIT = ("q", "\x03", "\x04", "\x1b", "")


def audit(args: argparse.Namespace, config: Config, path: str) -> int:
    """Ask about each finding that the baseline does not know; return 2 if not all was read."""
    entries: list[Entry] = []
    history = args.history
    if os.path.lexists(path):
        entries, covers_history = read(path)
        history = history or covers_history
    known = {entry.fingerprint: entry for entry in entries}
    baseline = None if args.all or not known else wiring.baseline(path, home()[0])
    collected = collect(args, config, baseline, history=history)
    asked = [one for one in collected.found if args.all or one.finding.fingerprint not in known]
    asked.sort(key=_urgency)
    names = wiring.LazyNames(wiring.Patterns(config.patterns, use_cache=not config.no_cache))
    if not asked:
        accepted = "every finding is in the baseline (--all asks about them again)"
        print(f"nothing to decide: {accepted if known else 'nothing was found'}")
    decided = 0
    for number, one in enumerate(asked, 1):
        print(f"\n[{number}/{len(asked)}] {_page(one.finding, names)}")
        said = _answer(one, known.get(one.finding.fingerprint), lambda: config.show_secrets)
        if said is None:
            break
        if said is not _SKIPPED:
            known[said.fingerprint] = said
            write(path, known.values(), history=history)
            decided += 1
    if asked:
        print(f"\n{visible(path)}: {decided} decided, {len(asked) - decided} left for next time")
    return unread(collected, "the audit did not see everything") if collected.skipped else 0


_SKIPPED = Entry("", None, "", "")


def _answer(one: Found, old: Entry | None, reveal: Callable[[], bool]) -> Entry | None:
    """Return the entry a person decides on, ``_SKIPPED``, or None to quit."""
    if old is not None:
        print(
            f"  now {'accepted' if old.accepted else 'rejected'} {old.date} {visible(old.reason)}"
        )
    if reveal() and one.finding.secret is not None:
        print(f"  secret: {visible(one.finding.secret)}")
    print(f"  {_KEYS}")
    while True:
        key = read_key("> ")
        print(visible(key) if key.strip() else "")
        if key in _QUIT:
            return None
        if key == "s":
            return _SKIPPED
        if key in ("a", "r"):
            return entry_of(one, accepted=key == "a")
        if key == "A":
            print("reason: ", end="", flush=True)
            return entry_of(one, sys.stdin.readline().strip())
        if key == "o":
            _open(one)
        elif key.strip():
            print(f"  {_KEYS}")


def _page(finding: Finding, names: wiring.LazyNames) -> str:
    """Return what a person needs to decide; the secret stays redacted."""
    return "\n".join(
        (
            f"{finding.severity.upper()}  {title(finding, names)}  {visible(finding.redacted)}",
            f"  {place(finding)}  ({EXPOSURE[finding.exposure]})",
            f"  evidence: {reasons(finding)}; confidence {finding.confidence}",
            f"  rule {finding.rule}, fingerprint {finding.fingerprint}",
            *((f"  inside {visible(' > '.join(finding.decoded))}",) if finding.decoded else ()),
        )
    )


def _urgency(one: Found) -> tuple[int, str, int]:
    finding = one.finding
    return -SEVERITIES.index(finding.severity), finding.path or "", finding.line or 0


def read_key(prompt: str) -> str:
    """Ask for a key, without waiting for Enter on a terminal; ``""`` at the end of input."""
    if not sys.stdin.isatty():
        print(prompt, end="", flush=True)
        return sys.stdin.read(1)
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415  (Windows alone has it)

        print(prompt, end="", flush=True)
        return str(msvcrt.getwch())  # type: ignore[attr-defined,unused-ignore]
    import termios  # noqa: PLC0415  (Windows has none)
    import tty  # noqa: PLC0415

    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    try:
        tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed ahead counts
        print(prompt, end="", flush=True)
        return os.read(handle, 1).decode("utf-8", "replace")
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _open(one: Found) -> None:
    """Open the file at the line in the person's editor and wait for it."""
    import shlex  # noqa: PLC0415  (only for this key)
    import subprocess  # noqa: PLC0415

    top, _ = home()
    file = os.path.join(top, *(one.place or "").split("/"))
    if one.place is None or not os.path.isfile(file) or os.path.islink(file):
        blob = f": git show {one.finding.blob}" if one.finding.blob else ""
        print(f"  not in the work tree{blob}")
        return
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    command = shlex.split(editor)
    if not command:
        raise UsageError("EDITOR is empty")
    name = os.path.basename(command[0])
    line = one.finding.line or 1
    where = ["--goto", f"{file}:{line}"] if name in ("code", "codium") else [f"+{line}", file]
    try:
        subprocess.run([*command, *where], check=False)
    except OSError as error:
        print(f"  {visible(editor)}: {error.strerror}")
