"""Tell which entries of a baseline stand for nothing any more, after a scan that would have met them."""

import os
import sys
from collections.abc import Sequence

from scanner.baseline import Baseline
from scanner.config import Config
from scanner.reporters.escape import visible
from scanner.reporters.words import plural

_NARROWING = ("only", "exclude", "exclude_paths", "min_confidence", "min_severity", "max_blob_size")


def say_stale(baseline: Baseline, config: Config, top: str | None, paths: Sequence[str]) -> None:
    """List stale entries on standard error, as a note that changes no exit status.

    Said only of files that were scanned, and only if neither flags nor variables narrowed what is
    reported. A baseline that covers the history too needs ``baseline update`` to tell.
    """
    chosen = {config.settings[name].origin for name in _NARROWING}
    if config.quiet or baseline.history or top is None or chosen & {"flag", "environment"}:
        return
    scanned = [os.path.realpath(path) for path in paths or ["."]]
    stale = [
        entry
        for entry in baseline.stale()
        if entry.path is not None and _is_below(os.path.join(top, entry.path), scanned)
    ]
    if stale:
        count = plural(len(stale), "baseline entry stands", "baseline entries stand")
        said = f"{count} for nothing any more (keysweep baseline update drops them):"
        lines = [f"  {visible(entry.line())}" for entry in stale]
        print("\n".join((f"keysweep: note: {said}", *lines)), file=sys.stderr)


def _is_below(file: str, folders: Sequence[str]) -> bool:
    place = os.path.join(os.path.realpath(os.path.dirname(file)), os.path.basename(file))
    return any(
        place == folder or place.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders
    )
