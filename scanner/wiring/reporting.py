"""The reporters: the table of formats, and what all of them are given."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scanner import __version__
from scanner.wiring.patterns import Patterns

if TYPE_CHECKING:
    from scanner.config import Config
    from scanner.reporters import Reporter


def reporter_for(command: str, config: "Config", patterns: Patterns, out: Any) -> "Reporter":
    """Return the reporter of a command; ``receive`` has a text of its own, for who pushes."""
    if command == "receive" and config.format == "text" and not config.verbose:
        from scanner.reporters.pusher import PusherReporter

        names = LazyNames(patterns)
        return PusherReporter(names=names, is_refusing=not config.exit_zero, quiet=config.quiet)
    return reporter(config, patterns, out)


def reporter(config: "Config", patterns: Patterns, out: Any) -> "Reporter":
    """Return the reporter of the format, one of ``config.FORMATS``."""
    names = LazyNames(patterns)
    if config.format == "text":
        from scanner.reporters.text import TextReporter

        return TextReporter(
            color=use_color(config.color, out),
            width=None,
            verbose=config.verbose,
            quiet=config.quiet,
            show_allowed=config.show_allowed,
            names=names,
        )
    allowed = {"show_allowed": config.show_allowed}
    if config.format == "json":
        from scanner.reporters.json import JsonReporter

        return JsonReporter(__version__, **allowed)
    if config.format == "jsonl":
        from scanner.reporters.jsonl import JsonlReporter

        return JsonlReporter(**allowed)
    if config.format == "sarif":
        from scanner.reporters.sarif import SarifReporter

        catalog = patterns.catalog
        return SarifReporter(
            __version__, {rule.id: rule for rule in catalog.rules}, catalog.systems, **allowed
        )
    if config.format == "github":
        from scanner.reporters.github import GithubReporter

        return GithubReporter(names=names, **allowed)
    if config.format == "csv":
        from scanner.reporters.csv import CsvReporter

        return CsvReporter(**allowed)
    if config.format == "junit":
        from scanner.reporters.junit import JunitReporter

        return JunitReporter(names=names, **allowed)
    if config.format == "gitlab":
        from scanner.reporters.gitlab import GitlabReporter

        return GitlabReporter(__version__, names=names, **allowed)
    from scanner.reporters.html import HtmlReporter

    return HtmlReporter(__version__, names=names, **allowed)


def summary_reporter(
    patterns: Patterns, about: Sequence[str], address: str | None, unread: str
) -> "Reporter":
    """Return the reporter of a CI job's summary."""
    from scanner.reporters.summary import SummaryReporter

    return SummaryReporter(names=LazyNames(patterns), about=about, address=address, help=unread)


def use_color(choice: str, out: Any) -> bool:
    """Tell whether to colour: asked for, or a terminal without NO_COLOR."""
    if choice != "auto":
        return choice == "always"
    return (
        bool(out.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


class LazyNames(dict[str, str]):
    """Names of systems by id, read from the catalog when first asked for."""

    def __init__(self, patterns: Patterns) -> None:
        super().__init__()
        self._patterns = patterns

    def __missing__(self, system: str) -> str:
        self.update({s.id: s.name for s in self._patterns.catalog.systems.values()})
        return super().get(system, system)

    def get(self, system: str, default: Any = None) -> Any:
        """Return a system's name, the default for an unknown one."""
        name = self[system] if system else default
        return default if name == system and system not in self else name
