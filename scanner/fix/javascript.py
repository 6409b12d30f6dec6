"""JavaScript and TypeScript: ``process.env.NAME``; checked by node, where there is one.

There is no parser for it here, so the file is read token by token, as far as strings, templates,
comments and regular expressions go; where a literal is not surely a string of the code, it is left.
"""

import re
import shutil
import subprocess
from typing import NamedTuple

from scanner.lazy import lazy_compile

_BEFORE_REGEX = lazy_compile(
    r"(?:^|[(,=:\[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else))\s*$"
)
_REGEX = lazy_compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
_STRING = lazy_compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
_TIMEOUT_S = 20


class _Token(NamedTuple):
    """A string, a stretch of a template's text, or a comment or regular expression (``other``)."""

    kind: str
    start: int
    end: int


class JavaScriptEditor:
    """See ``Editor``.

    Attributes:
        typed: TypeScript, where what may be undefined must be said not to be.
        markup: JSX, where attributes have strings of their own.
    """

    def __init__(self, *, typed: bool = False, markup: bool = False) -> None:
        self.typed = typed
        self.markup = markup

    def replace(self, text: str, start: int, end: int, name: str) -> str | None:
        """Replace a string, a part of one, or a part of a template."""
        tokens = [token for token in _tokens(text) if token.start <= start and end <= token.end]
        if len(tokens) != 1 or tokens[0].kind == "other" or "\\" in text[start:end]:
            return None
        kind, first, last = tokens[0]
        read = f"process.env.{name}{'!' if self.typed else ''}"
        if kind == "template":
            return f"{text[:start]}${{{read}}}{text[end:]}"
        before, quote = text[:first].rstrip(), text[first]
        is_key = text[last:].lstrip().startswith(":") and before.endswith(("{", ","))
        is_attribute = self.markup and bool(re.search(r"[\w-]=$", text[:first]))
        is_module = bool(re.search(r"\b(?:from|import|require\s*\()$", before))
        if is_key or is_attribute or is_module:
            return None
        head, tail = text[first + 1 : start], text[end : last - 1]
        parts = [f"{quote}{head}{quote}"] if head else []
        parts += [read, *([f"{quote}{tail}{quote}"] if tail else [])]
        code = read if len(parts) == 1 else f"({' + '.join(parts)})"
        space = " " if text[:first][-1:].isalnum() else ""  # return'...'
        return text[:first] + space + code + text[last:]

    def finish(self, text: str) -> str | None:
        """Add nothing: ``process`` is always there."""
        return text

    def complaint(self, before: str, after: str, path: str) -> str | None:
        """Ask node, if it is there and took the file as it was."""
        node = None if self.typed or self.markup else shutil.which("node")
        if node is None or not _parses(node, before, path):
            return None
        return None if _parses(node, after, path) else "node could not parse the result"


def _parses(node: str, text: str, path: str) -> bool:
    # From standard input: nothing is written, and no package.json of the repository is read.
    kinds = ["--input-type=module"] if path.endswith(".mjs") else []
    tries = [kinds] if path.endswith((".mjs", ".cjs")) else [[], ["--input-type=module"]]
    for options in tries:
        done = subprocess.run(
            [node, *options, "--check", "-"],
            input=text.encode(),
            capture_output=True,
            check=False,
            timeout=_TIMEOUT_S,
        )
        if done.returncode == 0:
            return True
    return False


def _tokens(text: str) -> list[_Token]:
    """Return strings, template texts, comments and regular expressions, in their order."""
    tokens: list[_Token] = []
    nested: list[int] = []  # open braces of each template expression we are in
    at = 0
    while at < len(text):
        char = text[at]
        if char == "`" or (char == "}" and nested and nested[-1] == 0):
            if char == "}":
                nested.pop()
            at = _template(text, at + 1, tokens, nested)
            continue
        token = _token_at(text, at)
        if token is not None:
            tokens.append(token)
            at = token.end
            continue
        if nested and char in "{}":
            nested[-1] += 1 if char == "{" else -1
        at += 1
    return tokens


def _template(text: str, start: int, tokens: list[_Token], nested: list[int]) -> int:
    """Take the text of a template up to its end or its next expression; return where to go on."""
    at = start
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if text[at] == "`" or text.startswith("${", at):
            tokens.append(_Token("template", start, at))
            if text[at] == "`":
                return at + 1
            nested.append(0)
            return at + 2
        at += 1
    tokens.append(_Token("other", start, len(text)))
    return len(text)


def _token_at(text: str, at: int) -> _Token | None:
    char = text[at]
    if text.startswith("//", at) or (at == 0 and text.startswith("#!")):
        end = text.find("\n", at)
        return _Token("other", at, len(text) if end < 0 else end)
    if text.startswith("/*", at):
        end = text.find("*/", at + 2)
        return _Token("other", at, len(text) if end < 0 else end + 2)
    if char in "'\"":
        found = _STRING.match(text, at)
        return _Token("string", at, found.end()) if found else None
    if char == "/" and _BEFORE_REGEX.search(text[max(0, at - 40) : at]):
        found = _REGEX.match(text, at)
        return _Token("other", at, found.end()) if found else None
    return None
