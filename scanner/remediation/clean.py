"""Take the secret out of where it lay, with commands that are right for that place.

Paths come from repositories that strangers wrote: they are quoted for the shell, and characters
that cannot be seen are written as escapes. Commands hold no backtick, so that backticks can mark
them.
"""

from typing import NamedTuple

from scanner.models import Rule

_TOP = "In the top folder of the repository, run:"
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+,:@%")
_KEY_FILES = (".pem", ".key", ".p8", ".p12", ".pfx", ".jks", ".keystore", ".der", ".ppk")
_MESSAGES = ("commit-message", "tag-message", "note")


class Place(NamedTuple):
    """Where a secret was found; the fields are those of a finding.

    ``is_binary``: the secret is no text, so its file is no place for anything else.
    """

    exposure: str
    path: str | None
    commit: str | None
    source: str
    is_binary: bool = False


def cleaning(rule: Rule, place: Place) -> tuple[str, ...]:
    """Return the steps that take the secret out of ``place``; never empty."""
    if place.source == "stdin" or (place.path in (None, "-") and not place.commit):
        return ("Take the value out of the place where this text came from.",)
    if place.source in _MESSAGES:
        return _message(place)
    steps = {
        "worktree": _worktree,
        "staged": _staged,
        "local": _local,
        "pushed": _pushed,
        "unreachable": _unreachable,
    }[place.exposure]
    return steps(rule, place)


def _worktree(rule: Rule, place: Place) -> tuple[str, ...]:
    if _is_env(place.path):
        line = _ignored(place)
        first: tuple[str, ...] = (
            f"Keep this file out of git: add `{line}` to .gitignore before you commit.",
        )
    else:
        first = (_move(rule, place, "before you commit"), *_ignore(rule, place))
    return (
        *first,
        "Was the file committed before? Then the history has it, too: `keysweep history`",
    )


def _staged(rule: Rule, place: Place) -> tuple[str, ...]:
    path = quoted(place.path or "")
    if _is_env(place.path) or _is_key_file(rule, place):
        return (
            f"Take the file out of the commit, it stays on your disk. {_TOP} `git rm --cached --"
            f" {path}`",
            f"Add `{_ignored(place)}` to .gitignore, then commit again.",
        )
    return (
        f"Take it out of the commit. {_TOP} `git restore --staged -- {path}` or, before the very"
        f" first commit: `git rm --cached -- {path}`",
        _move(rule, place, ""),
        *_ignore(rule, place),
        f"Commit again: `git add -- {path}` then `git commit`",
    )


def _local(rule: Rule, place: Place) -> tuple[str, ...]:
    path = quoted(place.path or "")
    commit = (place.commit or "")[:12]
    whole = _is_env(place.path) or _is_key_file(rule, place)
    put = f"git rm --cached -- {path}" if whole else f"git add -- {path}"
    first = (
        (f"Do not push. Add `{_ignored(place)}` to .gitignore.",)
        if whole
        else (f"Do not push. {_move(rule, place, '')}", *_ignore(rule, place))
    )
    if place.commit is None:
        return (*first, "See which commits have it, and what to do about each: `keysweep history`")
    return (
        *first,
        f"See which branch has the commit: `git branch --all --contains {commit}` Is it another one, go there"
        " first: `git switch BRANCH` Is it none, a stash or git's log of old commits has it: skip the next two"
        " steps, the one behind them takes it out.",
        f"If it is in your last commit only, put it right there. {_TOP} `{put}` then"
        " `git commit --amend --no-edit`",
        f"If it is in an older commit: `git rebase -i {commit}^` or, if that is the first commit:"
        " `git rebase -i --root` On its line write `edit` for `pick`, and save. Where git stops,"
        f" take the value out again and run: `{put}` then `git commit --amend --no-edit` then"
        " `git rebase --continue`",
        *_forget(),
        "Make sure that nothing is left: `keysweep history`",
    )


def _pushed(rule: Rule, place: Place) -> tuple[str, ...]:
    if _is_key_file(rule, place):
        return (_LAST, *_rewrite(*_without(place.path or "")))
    return (f"{_LAST} {_move(rule, place, '')}", *_rewrite(*_REPLACED))


def _message(place: Place) -> tuple[str, ...]:
    """Return the steps for a commit message, a tag message or a note."""
    commit = (place.commit or "COMMIT")[:12]
    if place.exposure == "pushed" and place.source != "note":
        return (_LAST, *_rewrite(*_REPLACED))
    if place.source == "note":
        push = (
            " then `git push --force origin 'refs/notes/*'`" if place.exposure == "pushed" else ""
        )
        return (f"Take the value out of the note: `git notes edit {commit}`{push}", *_forget())
    if place.source == "tag-message":
        return (
            f"Find the tag: `git tag --points-at {commit}` Make it again without the value:"
            f" `git tag -a -f TAG {commit}`",
            *_forget(),
        )
    return (
        "Do not push. If it is your last commit, write its message anew: `git commit --amend`",
        f"If it is an older commit: `git rebase -i {commit}^` or, if that is the first commit:"
        " `git rebase -i --root` On its line write `reword` for `pick`, and save.",
        *_forget(),
        "Make sure that nothing is left: `keysweep history`",
    )


def _unreachable(rule: Rule, place: Place) -> tuple[str, ...]:
    del rule, place
    return (*_forget(), "Make sure that nothing is left: `keysweep history --unreachable`")


_LAST = "Go on only when the steps above are done: what was pushed stays public."
_REPLACED = (
    "Outside the repository, make a fresh copy (URL is its address) and see what keysweep finds in all of its files"
    " and messages: `git clone --mirror URL fresh.git` then `keysweep fix --history --settings-from HEAD fresh.git`",
    "If that list holds no false alarm, write the history anew without it all; keysweep then scans the result:"
    " `keysweep fix --history --settings-from HEAD --rewrite rewritten.git fresh.git`",
    "Look at it, then push it to the same URL: `git -C rewritten.git push --force --all URL` then"
    " `git -C rewritten.git push --force --tags URL` Delete fresh.git and the folders of secrets beside it.",
)
"""Files and messages in one go: all secrets of a report need it once."""


def _without(path: str) -> tuple[str, ...]:
    return (
        "Make a fresh clone (URL is its address) and rewrite it: `git clone URL rewritten` then `cd rewritten`"
        f" then `git filter-repo --invert-paths --path {quoted(path)}`",
        "Look at the result, then push it back to the same URL: `git remote add origin URL` then"
        " `git push --force --all origin` then `git push --force --tags origin`",
    )


def _rewrite(*steps: str) -> tuple[str, ...]:
    """Return the steps that rewrite a pushed history, and what comes before and after."""
    return (
        "Ask everyone who works on the repository to push their work and to stop.",
        "Get the tool that rewrites the history: `pip install git-filter-repo`",
        *steps,
        "Tell everyone to delete their clones and to clone anew. An old clone that is pushed brings"
        " the secret back.",
        "Forks, pull requests, caches, CI logs and images keep copies. Ask the host's support to"
        " remove those it can.",
    )


def _forget() -> tuple[str, ...]:
    """Return the step that drops old copies; it drops the stash too, so it says so.

    The newest stash is a ref, which outlives its log.
    """
    return (
        "Drop git's old copies. This empties your stash too, so first apply what you need of it:"
        " `git stash list` then `git stash clear` then"
        " `git reflog expire --expire=now --expire-unreachable=now --all`"
        " then `git gc --prune=now`",
    )


def _move(rule: Rule, place: Place, when: str) -> str:
    """Return the step that moves the value to where it may lie."""
    when = f" {when}" if when else ""
    if place.source == "archive-member":
        return f"Make the archive again without this file{when}."
    if _is_key_file(rule, place):
        return f"Move the file out of the repository{when}, to a folder that only you can read."
    if rule.kind == "mnemonic":
        return (
            f"Delete the words from the file{when}. Keep a seed on paper or in a hardware wallet,"
            " never in a repository."
        )
    moved = f"Move the value to .env{when}, and let the program read it from the environment."
    if place.exposure not in ("worktree", "staged"):
        return moved  # the file may be gone, or another by now
    return f"{moved[:-1]}; this does both, and asks first: `keysweep fix -- {quoted(place.path or '')}`"


def _ignore(rule: Rule, place: Place) -> tuple[str, ...]:
    if rule.kind == "mnemonic" or place.source == "archive-member" or _is_key_file(rule, place):
        return ()
    return ("Keep .env out of git: add a line `.env` to .gitignore.",)


def _is_env(path: str | None) -> bool:
    """Tell whether the file is one where secrets belong, as long as git does not see it."""
    name = (path or "").rpartition("/")[2]
    if name.endswith((".example", ".sample", ".template", ".dist")):
        return False
    return name == ".env" or name.startswith(".env.") or name.endswith(".env")


def _is_key_file(rule: Rule, place: Place) -> bool:
    """Tell whether the whole file is the secret."""
    if place.is_binary and place.path:
        return True
    if rule.kind not in ("private_key", "mnemonic") or not place.path:
        return False
    name = place.path.rpartition("/")[2].lower()
    return name.endswith(_KEY_FILES) or name.startswith(("id_rsa", "id_ed25519", "id_ecdsa"))


def _ignored(place: Place) -> str:
    """Return the line for .gitignore: the path from the top, special characters escaped."""
    path = place.path or ""
    if not path.isprintable() or "`" in path:
        return ".env"
    return "/" + "".join(f"\\{char}" if char in "*?[\\ " else char for char in path)


def quoted(path: str) -> str:
    """Return ``path`` as one word for bash, zsh and git's own escapes, all of it visible.

    A path without anything special is itself. Others are in single quotes; where characters cannot
    be seen, or where the path holds ``\\xNN`` for bytes that are not UTF-8, in ``$'...'``.

    Example:
        >>> quoted("a b.py"), quoted("a\\nb"), quoted("-rf")
        ("'a b.py'", "$'a\\\\nb'", './-rf')
    """
    if path.startswith(("-", ":")):
        path = f"./{path}"
    if path and _SAFE.issuperset(path):
        return path
    if path.isprintable() and not any(char in "'`\\" for char in path):
        return f"'{path}'"
    return "$'" + "".join(_ansi_c(path)) + "'"


def _ansi_c(path: str) -> "list[str]":
    """Return the pieces of a path inside ``$'...'``; ``\\xNN`` stays the byte it stands for."""
    pieces = []
    for index, char in enumerate(path):
        if char == "\\":
            byte = path[index + 1 : index + 4]
            is_byte = byte[:1] == "x" and len(byte) == 3 and byte[1] in "89abcdefABCDEF"
            pieces.append("\\" if is_byte else "\\\\")
        elif char in "'`" or not char.isprintable():
            pieces.extend(_byte_escapes(char))
        else:
            pieces.append(char)
    return pieces


def _byte_escapes(char: str) -> "list[str]":
    if char in "\n\r\t":
        return [{"\n": "\\n", "\r": "\\r", "\t": "\\t"}[char]]
    # Octal, three digits each: unlike \xNN it cannot run into a hex digit that follows.
    return [f"\\{byte:03o}" for byte in char.encode("utf-8", "surrogatepass")]
