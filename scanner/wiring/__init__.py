"""Options to concrete parts: the tables of members, and the one place that imports inside functions.

Everything heavy is built when it is first needed, so that a commit with nothing to say costs nothing;
so the rooms are loaded when a command asks for what they build.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scanner.wiring.detection import detector_maker as detector_maker
    from scanner.wiring.editing import editor as editor
    from scanner.wiring.keeping import baseline as baseline
    from scanner.wiring.keeping import history_store as history_store
    from scanner.wiring.patterns import LazyEngine as LazyEngine
    from scanner.wiring.patterns import Patterns as Patterns
    from scanner.wiring.reporting import LazyNames as LazyNames
    from scanner.wiring.reporting import reporter as reporter
    from scanner.wiring.reporting import reporter_for as reporter_for
    from scanner.wiring.reporting import summary_reporter as summary_reporter
    from scanner.wiring.reporting import use_color as use_color
    from scanner.wiring.running import pipeline as pipeline

ROOMS = {
    "LazyEngine": "patterns",
    "LazyNames": "reporting",
    "Patterns": "patterns",
    "baseline": "keeping",
    "detector_maker": "detection",
    "editor": "editing",
    "history_store": "keeping",
    "pipeline": "running",
    "reporter": "reporting",
    "reporter_for": "reporting",
    "summary_reporter": "reporting",
    "use_color": "reporting",
}
"""Names that commands use, each with the room that it is in."""

if not TYPE_CHECKING:  # or every name would be one that type checkers believe in

    def __getattr__(name):
        """Load the room of a name when it is asked for."""
        if name in ROOMS:
            return getattr(import_module(f"{__name__}.{ROOMS[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
