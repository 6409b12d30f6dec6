"""Collect the findings of a repository, for the commands that write a baseline of them."""

import argparse
import os
from collections.abc import Callable
from typing import Any, NamedTuple

from scanner import wiring
from scanner.commands.scanning import repository_top, silencer_of
from scanner.config import Config
from scanner.errors import UsageError
from scanner.models import Draft, Finding, Skipped
from scanner.sources import Source


class Found(NamedTuple):
    """A finding, and its path below the repository's top level (None of a message)."""

    finding: Finding
    place: str | None


class Collected(NamedTuple):
    """What one run over files (and history) gave; each fingerprint once, files first."""

    found: tuple[Found, ...]
    skipped: tuple[Skipped, ...]


def home() -> tuple[str, bool]:
    """Return the folder that is scanned, and whether it is a repository's top level."""
    top = repository_top(".")
    return top or os.getcwd(), top is not None


def collect(
    args: argparse.Namespace,
    config: Config,
    baseline: Any = None,
    *,
    history: bool,
    watch: Callable[[Draft, str, str], None] | None = None,
) -> Collected:
    """Scan the work tree, and the history if asked; silenced findings are left out.

    Args:
        args: for ``isolated``.   config: the settings.   baseline: silences too, None for nothing.
        history: scan the history as well.
        watch: called for each unsilenced draft with its fingerprint and path.

    Raises:
        UsageError: there is no history.
    """
    top, is_repository = home()
    if history and not is_repository:
        raise UsageError("no history here: this folder is in no repository")
    patterns = wiring.Patterns(config.patterns, use_cache=not config.no_cache)
    silencer: Any = silencer_of(
        config, top if is_repository and not args.isolated else None, baseline
    )
    if watch is not None:
        silencer = _Watched(silencer, watch)
    found: dict[str, Found] = {}
    skipped: list[Skipped] = []
    for source in _sources(config, top, history=history):
        place_of = getattr(source, "repository_path", str)
        jobs = config.jobs or os.cpu_count() or 1
        for item in wiring.pipeline(source, config, patterns, silencer, jobs).items():
            if isinstance(item, Skipped):
                skipped.append(item)
            elif item.allowed_by is None:
                place = None if item.path is None else place_of(item.path)
                found.setdefault(item.fingerprint, Found(item, place))
    return Collected(tuple(found.values()), tuple(skipped))


def _sources(config: Config, top: str, *, history: bool) -> list[Source]:
    from scanner.sources.files import FilesSource  # noqa: PLC0415  (only the sources that are used)

    sources: list[Source] = [
        FilesSource([top], config.include_ignored, config.max_blob_size, root=top)
    ]
    if history:
        from scanner.repository import Repository  # noqa: PLC0415
        from scanner.sources.history import HistorySource  # noqa: PLC0415

        limit = config.max_blob_size
        sources.append(HistorySource(Repository.discover(), max_blob_bytes=limit))
    return sources


class _Watched:
    """A silencer that shows each draft that is not silenced to a function."""

    def __init__(self, silencer: Any, watch: Callable[[Draft, str, str], None]) -> None:
        self._silencer = silencer
        self._watch = watch

    def reason(self, draft: Draft, fingerprint: str, place: str, is_free: Any) -> str | None:
        """Return what silences a draft."""
        reason: str | None = self._silencer.reason(draft, fingerprint, place, is_free)
        if reason is None:
            self._watch(draft, fingerprint, place)
        return reason
