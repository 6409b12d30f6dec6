"""What people have accepted with other tools, so that nobody has to look at it twice.

Read are detect-secrets' ``.secrets.baseline``, gitleaks' ``.gitleaksignore``, and gitleaks' JSON report,
which it takes as a baseline. None of them knows our fingerprints: an entry is taken over when a scan
finds the secret that it stands for, and told when none does.
"""

import json
import re
from typing import Any, NamedTuple, Protocol

from scanner.errors import ConfigError
from scanner.lazy import lazy_compile
from scanner.models import Draft

_PARTS = lazy_compile(rb"[\s\"'`:/@?&=,;()\[\]{}]+")
_GITLEAKS = lazy_compile(
    r"(?:(?P<commit>[0-9a-f]{40}|[0-9a-f]{64}):)?(?P<path>.+):[^:]*:(?P<line>\d+)"
)
_PEM = lazy_compile(rb"-----(BEGIN [A-Z0-9 ]+)-----")


class Verdict(NamedTuple):
    """What the other file says of a secret: its entry (for people), and whether it is accepted."""

    entry: str
    accepted: bool


class Foreign(Protocol):
    """Another tool's file.

    Attributes:
        entries: all its entries, as people know them, in the order of the file.
        has_commits: whether some are about commits, so that the history must be scanned.
    """

    entries: tuple[str, ...]
    has_commits: bool

    def verdict(self, draft: Draft, place: str) -> Verdict | None:
        """Return what the file says of a draft at a path below the top level, None for nothing."""
        ...


class DetectSecrets:
    """A ``.secrets.baseline``: SHA-1 of each secret, by file."""

    has_commits = False

    def __init__(self, results: dict[str, Any]) -> None:
        found: dict[tuple[str, str], Verdict] = {}
        self._lines: dict[tuple[str, str], int] = {}
        for name, secrets in results.items():
            path = _normal(name)
            for secret in secrets:
                digest, line = str(secret["hashed_secret"]), secret.get("line_number")
                entry = f"{path}:{line}: {secret.get('type')}"
                found[path, digest] = Verdict(entry, secret.get("is_secret") is not True)
                self._lines[path, digest] = line if isinstance(line, int) else 0
        self._found = found
        self.entries = tuple(verdict.entry for verdict in found.values())

    def verdict(self, draft: Draft, place: str) -> Verdict | None:
        """Return what the file says of a secret, or of a part of it, at this path."""
        if not any(path == place for path, _ in self._found):
            return None
        import hashlib  # noqa: PLC0415  (only for a file that has entries)

        def of(data: bytes) -> Verdict | None:
            digest = hashlib.sha1(data, usedforsecurity=False).hexdigest()
            return self._found.get((place, digest))

        header = _PEM.match(draft.secret)
        if (
            header
        ):  # it hashes no more than the first line, the same for all keys: the line must agree
            digest = hashlib.sha1(header[1], usedforsecurity=False).hexdigest()
            lines = [place.line for place in draft.occurrences]
            return of(header[1]) if self._lines.get((place, digest)) in lines else None
        parts = (part for part in _PARTS.split(draft.secret) if len(part) > 3)
        return next((said for data in (draft.secret, *parts) if (said := of(data))), None)


class Gitleaks:
    """A ``.gitleaksignore``, or a report: places by path and line, some of one commit."""

    def __init__(self, places: dict[tuple[str | None, str, int], str]) -> None:
        self._places = places
        self.entries = tuple(places.values())
        self.has_commits = any(commit for commit, _, _ in places)

    def verdict(self, draft: Draft, place: str) -> Verdict | None:
        """Return what the file says of a place where the secret is; rules have other names here."""
        for spot in draft.occurrences:
            if spot.line is not None:
                for commit in (spot.commit, draft.origin.commit, None):
                    entry = self._places.get((commit, place, spot.line))
                    if entry is not None:
                        return Verdict(entry, accepted=True)
        return None


def read_foreign(path: str) -> Foreign:
    """Read another tool's file; its form tells which.

    Raises:
        ConfigError: it cannot be read, or is none that is known.
    """
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text"
        raise ConfigError(f"{path}: cannot be read: {why}") from error
    if text.lstrip()[:1] not in ("{", "["):
        return _ignore_file(text, path)
    try:
        document = json.loads(text)
        if isinstance(document, dict):
            return DetectSecrets(document["results"])
        return Gitleaks({_reported(entry): _shown(_reported(entry)) for entry in document})
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ConfigError(
            f"{path}: neither a baseline of detect-secrets nor a report of gitleaks"
        ) from error


def _ignore_file(text: str, path: str) -> Gitleaks:
    places: dict[tuple[str | None, str, int], str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        hit = _GITLEAKS.fullmatch(re.sub(r"\s+#.*", "", entry))
        if hit is None:
            raise ConfigError(f"{path}, line {number}: not [COMMIT:]FILE:RULE:LINE")
        places[hit["commit"], _normal(hit["path"]), int(hit["line"])] = entry
    return Gitleaks(places)


def _reported(entry: Any) -> tuple[str | None, str, int]:
    return str(entry.get("Commit") or "") or None, _normal(entry["File"]), int(entry["StartLine"])


def _shown(place: tuple[str | None, str, int]) -> str:
    commit, path, line = place
    return f"{commit}:{path}:{line}" if commit else f"{path}:{line}"


def _normal(path: str) -> str:
    return path.replace("\\", "/").removeprefix("./")
