"""Write git hooks into a repository that refuse commits and pushes which hold secrets.

Hooks that are there are kept and run first. REPO is a path (default: here). With --global the
hooks go into git's template folder: every repository that you create or clone later has them.
"""

import argparse
import os
from typing import NamedTuple

from scanner.commands.hooking import put, remove, shown
from scanner.errors import SourceError, UsageError
from scanner.repository import Process, Repository

EXAMPLE = "keysweep install && keysweep install --global"


class Place(NamedTuple):
    """A hooks folder, and what its owner should know about it."""

    folder: str
    notes: tuple[str, ...] = ()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "repo", metavar="REPO", nargs="?", help="path of a repository (default: here)"
    )
    parser.add_argument(
        "--global", dest="template", action="store_true", help="for all new repositories and clones"
    )
    parser.add_argument("--uninstall", action="store_true", help="take the hooks out again")


def run(args: argparse.Namespace) -> int:
    """Install or uninstall, and say what was done."""
    if args.template:
        if args.repo is not None:
            raise UsageError("--global is for no single repository: leave REPO out")
        said = _forget_template() if args.uninstall else _use_template()
    else:
        place = hooks_folder(Repository.discover(args.repo))
        if args.uninstall:
            said = remove(place.folder)
        else:
            said = [*put(place.folder), *place.notes]
            said.append("Each commit and push is scanned now (--no-verify leaves the scan out).")
    print("\n".join(said))
    return 0


def hooks_folder(repository: Repository) -> Place:
    """Return the folder that git takes the repository's hooks from.

    Raises:
        UsageError: the repository itself leads to a folder outside of it.
    """
    scope, value = _hooks_path(repository)
    inside = [repository.git_dir, repository.common_dir]
    if repository.top and _is_own(repository.top, repository.git_dir):
        inside.append(repository.top)
    if scope is None:
        folder = os.path.join(repository.common_dir, "hooks")
        _refuse_outside(folder, inside, f"{shown(folder)} is a link to")
        return Place(folder, _notes(repository, folder))
    if not value:
        raise UsageError(
            f"core.hooksPath is empty in the {scope} git settings: give it a folder or unset it"
        )
    folder = os.path.join(repository.top or repository.git_dir, value)
    if scope in ("global", "system") and os.path.isabs(value):
        note = (
            f"core.hooksPath in your {scope} git settings: the hooks run in all your repositories."
        )
        return Place(folder, (note,))
    _refuse_outside(folder, inside, f"core.hooksPath in the {scope} git settings leads to")
    return Place(folder, _notes(repository, folder))


def _is_own(top: str, git_dir: str) -> bool:
    """Tell whether a work tree says itself that it is the repository's: its settings may name any folder."""
    entry = os.path.join(top, ".git")
    try:
        with open(entry, "rb") as file:
            target = os.fsdecode(file.read(4096).removeprefix(b"gitdir: ").rstrip(b"\r\n"))
    except OSError:  # a folder, or nothing
        target = entry
    return os.path.realpath(os.path.join(top, target)) == os.path.realpath(git_dir)


def _hooks_path(repository: Repository) -> tuple[str | None, str]:
    """Return the scope and the value of core.hooksPath; git takes the last one."""
    answer = repository.run(
        "config", "--null", "--show-scope", "--type=path", "--get-all", "core.hooksPath", ok=(0, 1)
    )
    parts = [os.fsdecode(part) for part in answer.split(b"\0")]
    # "command" is what we set ourselves, to keep hooks from running.
    found = [pair for pair in zip(parts[::2], parts[1::2], strict=False) if pair[0] != "command"]
    return found[-1] if found else (None, "")


def _refuse_outside(folder: str, inside: list[str], what: str) -> None:
    real = os.path.realpath(folder)
    for top in map(os.path.realpath, inside):
        if real == top or real.startswith(os.path.join(top, "")):
            return
    raise UsageError(
        f"{what} {shown(real)}, outside this repository: keysweep writes nothing where a "
        "repository sends it. If the folder is yours, say so in your own settings "
        "(git config --global core.hooksPath FOLDER), or remove the repository's"
    )


def _notes(repository: Repository, folder: str) -> tuple[str, ...]:
    real, top = os.path.realpath(folder), repository.top
    if os.path.basename(real) == "_" and os.path.basename(os.path.dirname(real)) == ".husky":
        return (
            "husky writes this folder anew: add the line `keysweep staged` to .husky/pre-commit,",
            'and the line `keysweep push -- "$@"` to .husky/pre-push.',
        )
    if repository.bare:
        return ("The repository is bare: it commits in its linked work trees only.",)
    git_folders = tuple(
        os.path.join(os.path.realpath(p), "") for p in (repository.git_dir, repository.common_dir)
    )
    if top and not real.startswith(git_folders):
        return ("The hooks lie in the work tree; elsewhere they run the keysweep on the PATH.",)
    return ()


def _use_template() -> list[str]:
    hooks_path = _own_setting("core.hooksPath")
    if hooks_path:
        raise UsageError(
            f"core.hooksPath in your git settings is {shown(hooks_path)}, so git takes no hooks "
            "from a template: run keysweep install in any repository, it puts the hooks there"
        )
    folder = _own_setting("init.templateDir")
    said = []
    if not folder:
        folder = _our_template()
        said = put(os.path.join(folder, "hooks"))
        _git("config", "--global", "init.templateDir", folder)
        said.append(f"init.templateDir in your git settings is now {shown(folder)}")
    else:
        said = put(os.path.join(folder, "hooks"))
    said.append("New repositories and clones have the hooks; `git init` in an old one adds them.")
    return said


def _forget_template() -> list[str]:
    folder = _own_setting("init.templateDir")
    if not folder:
        return ["Your git settings name no template folder (init.templateDir): nothing to take out"]
    said = remove(os.path.join(folder, "hooks"))
    if folder == _our_template():
        _git("config", "--global", "--unset", "init.templateDir")
        said.append("init.templateDir: taken out of your git settings")
    said.append("Repositories that have the hooks keep them: keysweep install --uninstall in each.")
    return said


def _our_template() -> str:
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(base, "keysweep", "git-template")


def _own_setting(name: str) -> str:
    """Return a path from the user's or the machine's git settings, never a repository's."""
    for scope in ("--global", "--system"):
        value = os.fsdecode(
            _git("config", scope, "--null", "--type=path", "--get", name, ok=(0, 1))
        )
        if value:
            return value.split("\0")[0]
    return ""


def _git(*args: str, ok: tuple[int, ...] = (0,)) -> bytes:
    with Process(("git", *args), os.environ, b"") as process:
        answer = process.stdout.read()
        try:
            process.finish(ok)
        except SourceError as error:
            raise UsageError(f"your git settings: {error}") from error
    return answer
