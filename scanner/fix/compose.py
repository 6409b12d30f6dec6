"""YAML that its reader expands, such as compose files: ``${NAME:?}``; checked by a YAML parser.

Other YAML has no way to read the environment: there a person must say how the program gets the value.
"""

from collections.abc import Callable
from typing import Any

from scanner.lazy import lazy_compile

_NAME = lazy_compile(r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$")
_EXPANDED = lazy_compile(r"(?<!\$)\$\{[A-Za-z_][A-Za-z0-9_]*(?:[:?}-])")


class ComposeEditor:
    """See ``Editor``.

    Attributes:
        path: of the file, which tells whether its reader expands variables.
        parse: a YAML parser; raises ValueError.
    """

    def __init__(self, path: str, parse: Callable[[str], Any]) -> None:
        self.path = path
        self._parse = parse

    def replace(self, text: str, start: int, end: int, name: str) -> str | None:
        """Replace a value or a part of one, if that changes nothing else in the document."""
        if not (_NAME.search(self.path) or _EXPANDED.search(text)):
            return None
        read = f"${{{name}:?}}"
        changed = text[:start] + read + text[end:]
        try:
            old, new = self._parse(text), self._parse(changed)
        except ValueError:
            return None
        # Exactly one string differs, in exactly this: neither quotes nor comments got in between.
        return changed if _replaced(old, text[start:end], read) == new != old else None

    def finish(self, text: str) -> str | None:
        """Add nothing."""
        return text

    def complaint(self, before: str, after: str, path: str) -> str | None:
        """Parse it."""
        del before, path
        try:
            self._parse(after)
        except ValueError:
            return "the result is not YAML"
        return None


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _replaced(entry, old, new) for key, entry in value.items()}
    if isinstance(value, list):
        return [_replaced(entry, old, new) for entry in value]
    return value.replace(old, new) if isinstance(value, str) else value
