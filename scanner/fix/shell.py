"""Shell: ``"${NAME:?}"``, which fails where the variable is not set; checked by ``bash -n``."""

import shutil
import subprocess

_TIMEOUT_S = 20


class ShellEditor:
    """See ``Editor``."""

    def replace(self, text: str, start: int, end: int, name: str) -> str | None:
        """Replace a word or a part of one; leave comments and what lies below a here-document."""
        state = _quotes_at(text, start)
        if state is None or "\n" in text[start:end]:
            return None
        kind, opened = state
        read = f"${{{name}:?}}"
        if kind == '"':
            return text[:start] + read + text[end:]
        if kind == "":
            return f'{text[:start]}"{read}"{text[end:]}'
        closed = text.find("'", end)
        if closed < 0:
            return None
        head, tail = text[opened + 1 : start], text[end:closed]
        pieces = (f"'{head}'" if head else "", f'"{read}"', f"'{tail}'" if tail else "")
        return text[:opened] + "".join(pieces) + text[closed + 1 :]

    def finish(self, text: str) -> str | None:
        """Add nothing: variables are always there."""
        return text

    def complaint(self, before: str, after: str, path: str) -> str | None:
        """Ask bash, if it is there and took the file as it was."""
        del path
        bash = shutil.which("bash")
        if bash is None or not _parses(bash, before):
            return None
        return None if _parses(bash, after) else "bash could not parse the result"


def _parses(bash: str, text: str) -> bool:
    done = subprocess.run(
        [bash, "--norc", "-n"],
        input=text.encode(),
        capture_output=True,
        check=False,
        timeout=_TIMEOUT_S,
    )
    return done.returncode == 0


def _quotes_at(text: str, place: int) -> tuple[str, int] | None:
    """Return in which quotes a place stands (``""``, ``'``, ``"``), and where they were opened.

    None in a comment, and after anything that is not followed here (``<<``, ``$'``, backticks).
    """
    kind, opened, at = "", -1, 0
    while at < place:
        char = text[at]
        if kind == "'":
            kind = "" if char == "'" else kind
        elif char == "\\":
            at += 1
        elif kind == '"':
            if char == "`" or text.startswith("$(", at):
                return None
            kind = "" if char == '"' else kind
        elif char in "'\"":
            if text[at - 1 : at] == "$":
                return None
            kind, opened = char, at
        elif char == "`" or text.startswith("<<", at):
            return None
        elif char == "#" and (at == 0 or text[at - 1] in " \t\n;&|("):
            stop = text.find("\n", at)
            if stop < 0 or stop >= place:
                return None
            at = stop
        at += 1
    return (kind, opened) if at == place else None
