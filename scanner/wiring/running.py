"""The pipeline of one run, from its source to finished findings."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scanner import rules
from scanner.errors import UsageError
from scanner.wiring.detection import LazyJudge, detector_maker
from scanner.wiring.patterns import Patterns

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.models import Draft
    from scanner.pipeline import Pipeline
    from scanner.sources import Source


def _require_rule(glob: str, rule_ids: frozenset[str]) -> None:
    """Raise UsageError for a glob that fits no rule."""
    from fnmatch import fnmatchcase

    if any(fnmatchcase(rule_id, glob) for rule_id in rule_ids):
        return
    all_of = f"{glob}-*"
    is_system = any(fnmatchcase(rule_id, all_of) for rule_id in rule_ids)
    hint = f" (did you mean {all_of!r}?)" if is_system else rules.nearest(glob, rule_ids)
    raise UsageError(f"only: no rule {glob!r}{hint} (see keysweep rules list)")


def pipeline(
    source: "Source", config: "Config", patterns: Patterns, silencer: Any, jobs: int
) -> "Pipeline":
    """Build the pipeline of one run.

    Raises:
        UsageError: ``only`` names no rule; such a scan would find nothing, and look like an all-clear.
    """
    from scanner.pipeline import Limits, Pipeline

    for glob in config.only:
        _require_rule(glob, patterns.rule_ids)

    def path_judge() -> Any:
        from scanner.judges.path import PathJudge

        return PathJudge(patterns.catalog)

    def advise() -> Any:
        from scanner.remediation import RemediationAdviser

        return RemediationAdviser(patterns.catalog.systems)

    if hasattr(source, "name_rules"):  # it can make again what an earlier scan found
        source.name_rules(patterns.rule_of)
    return Pipeline(
        source,
        detector_maker(patterns, getattr(source, "repeats", False), config.min_confidence != "low"),
        LazyJudge(path_judge),
        silencer,
        LazyAdviser(advise),
        Limits(
            config.min_confidence,
            config.min_severity,
            tuple(config.only),
            tuple(config.exclude),
            tuple(config.exclude_paths),
            config.show_secrets,
        ),
        jobs,
    )


class LazyAdviser:
    """An adviser that is built for the first finding."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._adviser: Any = None

    def advise(self, draft: "Draft") -> Any:
        """Advise as the built adviser does."""
        if self._adviser is None:
            self._adviser = self._build()
        return self._adviser.advise(draft)
