"""What silences a finding: inline marks, the ignore file, a baseline, allow-lists of the settings.

A silenced finding is marked, never dropped: it is counted, and shown with ``--show-allowed``.
"""

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase

from scanner.config import Allow
from scanner.models import Draft


class Silence:
    """Decides for one run; built by wiring."""

    def __init__(
        self,
        ignored: frozenset[str] = frozenset(),
        baseline: frozenset[str] = frozenset(),
        allows: Iterable[Allow] = (),
        inline: bool = True,
    ) -> None:
        self._ignored = ignored
        self._baseline = baseline
        self._allows = tuple(allows)
        self._inline = inline

    def reason(self, draft: Draft, fingerprint: str) -> str | None:
        """Return what silences a draft, or None."""
        rule = draft.match.rule
        if self._inline and any(mark in ("*", rule.id, fingerprint) for mark in draft.marks):
            return "inline"
        if fingerprint in self._ignored:
            return "ignore-file"
        if fingerprint in self._baseline:
            return "baseline"
        for allow in self._allows:
            if _allows(allow, draft):
                return f"config:{allow.name}"
        return None


def _allows(allow: Allow, draft: Draft) -> bool:
    path = draft.origin.path or ""
    secret = draft.secret.decode("utf-8", "backslashreplace")
    checks = []
    if allow.paths:
        checks.append(any(re.search(text, path) for text in allow.paths))
    if allow.rules:
        checks.append(any(fnmatchcase(draft.match.rule.id, glob) for glob in allow.rules))
    if allow.regexes:
        checks.append(any(re.fullmatch(text, secret) for text in allow.regexes))
    if allow.stopwords:
        checks.append(any(word.lower() in secret.lower() for word in allow.stopwords))
    return bool(checks) and all(checks)
