"""Which literals of a file are replaced, by what, and what is left for a person to do."""

import difflib
import re
from collections.abc import Sequence
from typing import NamedTuple

from scanner.fix import Editor

_HINTS = {
    "go": 'os.Getenv("{}")',
    "rb": 'ENV.fetch("{}")',
    "php": "getenv('{}')",
    "java": 'System.getenv("{}")',
    "kt": 'System.getenv("{}")',
    "scala": 'sys.env("{}")',
    "rs": 'std::env::var("{}")',
    "cs": 'Environment.GetEnvironmentVariable("{}")',
    "swift": 'ProcessInfo.processInfo.environment["{}"]',
    "dart": "Platform.environment['{}']",
    "lua": 'os.getenv("{}")',
    "pl": "$ENV{{{}}}",
    "ps1": "$env:{}",
    "ipynb": 'os.environ["{}"]',
    "py": 'os.environ["{}"]',
    "js": "process.env.{}",
    "ts": "process.env.{}",
    "sh": '"${{{}:?}}"',
}


class Literal(NamedTuple):
    """A secret in a text.

    Attributes:
        value: the secret.   start, end: characters of the text.   name: its variable.
        redacted: what may be shown of it.
    """

    value: str
    start: int
    end: int
    name: str
    redacted: str

    def __repr__(self) -> str:
        return f"Literal({self.name!r}, {self.redacted!r})"


class FilePlan(NamedTuple):
    """What is done to one file.

    Attributes:
        before, after: its text; equal if nothing is done.
        moved: the literals that are replaced.   left: literals, and why a person must do it.
    """

    path: str
    before: str
    after: str
    moved: tuple[Literal, ...]
    left: tuple[tuple[Literal, str], ...]

    def __repr__(self) -> str:
        return f"FilePlan({self.path!r}, {len(self.moved)} moved, {len(self.left)} left)"


def plan_file(path: str, text: str, literals: Sequence[Literal], editor: Editor | None) -> FilePlan:
    """Return what can be done to a file; the result can be parsed if there is a parser for it."""
    if editor is None:
        why = "no editor for this kind of file"
        return FilePlan(path, text, text, (), tuple((item, why) for item in literals))
    after = text
    moved: list[Literal] = []
    left: list[tuple[Literal, str]] = []
    for item in sorted(literals, key=lambda item: item.start, reverse=True):
        changed = editor.replace(after, item.start, item.end, item.name)
        if changed is None:
            left.append((item, "it does not stand in a plain string of the code"))
        else:
            after = changed
            moved.append(item)
    finished = editor.finish(after) if moved else text
    complaint = "the import it needs has no place" if finished is None else None
    if finished is not None and moved:
        complaint = editor.complaint(text, finished, path)
    if complaint or finished is None:
        return FilePlan(path, text, text, (), tuple((item, str(complaint)) for item in literals))
    return FilePlan(path, text, finished, tuple(moved[::-1]), tuple(left[::-1]))


def diff(plan: FilePlan, known: Sequence[Literal]) -> str:
    """Return a file's changes as a unified diff in which the secrets are redacted."""
    texts: list[list[str]] = []
    for text in (plan.before, plan.after):
        shown = text
        for item in sorted(known, key=lambda item: len(item.value), reverse=True):
            shown = shown.replace(item.value, item.redacted)
        texts.append(shown.splitlines(keepends=True))
    lines = difflib.unified_diff(texts[0], texts[1], f"a/{plan.path}", f"b/{plan.path}", n=0)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def hint(path: str, name: str) -> str:
    """Return the code that reads a variable in the language of a file, as far as it is known.

    Example:
        >>> hint("main.go", "KEY"), hint("values.txt", "KEY")
        ('os.Getenv("KEY")', 'read KEY from the environment')
    """
    ending = path.rpartition(".")[2].lower()
    ending = {"jsx": "js", "mjs": "js", "cjs": "js", "tsx": "ts", "bash": "sh"}.get(ending, ending)
    if ".github/workflows/" in path:
        return f"${{{{ secrets.{name} }}}}"
    return _HINTS[ending].format(name) if ending in _HINTS else f"read {name} from the environment"


def variable(rule: str, system: str | None, line: str, start: int) -> str:
    """Return a name for a secret: of its rule, or, if nobody's, of what it is bound to.

    Example:
        >>> variable("gate-api-secret", "gate", 's = "x"', 5)
        'GATE_API_SECRET'
        >>> variable("generic-password", None, 'dbPassword: "x"', 13)
        'DB_PASSWORD'
    """
    if system is None:
        bound = re.search(
            r"([A-Za-z_][A-Za-z0-9_-]{2,40})[\"'\]]*\s*(?::|=>?|:=)\s*[\"'`]?$", line[:start]
        )
        if bound:
            words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", bound[1])
            return re.sub(r"[^A-Z0-9]+", "_", words.upper()).strip("_")
    return re.sub(r"[^A-Z0-9]+", "_", rule.upper()).strip("_")
