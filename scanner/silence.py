"""What silences a finding: inline marks, the ignore file, a baseline, allow-lists of the settings.

A silenced finding is marked, never dropped: it is counted, and shown with ``--show-allowed``.
"""

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from typing import Any, Protocol

from scanner.config import Allow
from scanner.errors import ConfigError
from scanner.models import Draft
from scanner.patience import Patience
from scanner.rules import compile_words

IGNORE_FILE = ".keysweepignore"


def set_path(draft: Draft, place: str) -> str:
    """Return the path that settings mean: below the top level, whatever folder of it is scanned.

    What lies in a submodule has a ``place`` below its own top level, which is the shorter one; the
    settings are those of the repository around it.
    """
    return max(place, draft.origin.path or "", key=len)


class Accepted(Protocol):
    """Findings that people have accepted: a baseline."""

    def accepts(
        self, draft: Draft, mark: str, place: str, is_free: Callable[[bytes, str], bool]
    ) -> bool:
        """Tell whether a draft with this fingerprint and path is among them."""
        ...


class Silence:
    """Decides for one run; built by wiring.

    ``ignored`` are the fingerprints of the ignore file, ``inline`` tells whether marks count.
    """

    def __init__(
        self,
        ignored: frozenset[str] = frozenset(),
        baseline: Accepted | None = None,
        allows: Iterable[Allow] = (),
        inline: bool = True,
    ) -> None:
        self._ignored = ignored
        self._baseline = baseline
        self._allows = tuple(allows)
        self._inline = inline
        self._expressions: dict[str, tuple[Any, Patience]] = {}

    def reason(
        self,
        draft: Draft,
        fingerprint: str,
        place: str = "",
        is_free: Callable[[bytes, str], bool] | None = None,
    ) -> str | None:
        """Return what silences a draft, or None.

        Args:
            draft: the finding in the making.   fingerprint: its own.
            place: its path below the repository's top level.
            is_free: tells whether a text at a path holds no secret.

        Raises:
            ConfigError: an expression of an allow-list takes too long.
        """
        # First, so that the baseline knows which of its entries still stand for something.
        accepted = self._baseline is not None and self._baseline.accepts(
            draft, fingerprint, place, is_free or _never
        )
        rule = draft.match.rule.id
        if self._inline and any(m == fingerprint or fnmatchcase(rule, m) for m in draft.marks):
            return "inline"
        if fingerprint in self._ignored:
            return f"config:{IGNORE_FILE}"
        if accepted:
            return "baseline"
        for allow in self._allows:
            if self._is_allowed_by(allow, draft, set_path(draft, place)):
                return f"config:{allow.name}"
        return None

    def _is_allowed_by(self, allow: Allow, draft: Draft, path: str) -> bool:
        secret = draft.secret.decode("utf-8", "backslashreplace")
        checks = []
        if allow.paths:
            checks.append(self._any(allow, allow.paths, path))
        if allow.rules:
            checks.append(any(fnmatchcase(draft.match.rule.id, glob) for glob in allow.rules))
        if allow.regexes:
            checks.append(self._any(allow, allow.regexes, secret, whole=True))
        if allow.lines:
            lines = [line.decode("utf-8", "backslashreplace") for line in draft.lines]
            found = [self._any(allow, allow.lines, line) for line in lines]
            checks.append(bool(found) and all(found))
        if allow.commits:
            commits = {spot.commit for spot in draft.occurrences} | {draft.origin.commit}
            checks.append(commits <= set(allow.commits))
        if allow.stopwords:
            checks.append(any(word.lower() in secret.lower() for word in allow.stopwords))
        return bool(checks) and all(checks)

    def _any(self, allow: Allow, texts: Iterable[str], word: str, *, whole: bool = False) -> bool:
        """Tell whether one of the expressions is found in a word, or is all of it."""
        for text in texts:
            if text not in self._expressions:
                self._expressions[text] = compile_words(text), Patience()
            compiled, patience = self._expressions[text]
            search = compiled.fullmatch if whole else compiled.search
            try:
                if patience.run(len(word), lambda left, s=search: s(word, timeout=left)):  # type: ignore[misc]
                    return True
            except TimeoutError as error:
                detail = f"the expression {text!r} takes too long"
                raise ConfigError(f"allow {allow.name!r}: {detail}") from error
        return False


def _never(*_: object) -> bool:
    """Hold no text for free of secrets."""
    return False
