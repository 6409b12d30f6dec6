"""What detectors and modules remember of texts, and how to make them forget it."""

import functools
import gc
import importlib
import pkgutil
import sys
from typing import Any

import scanner
from scanner.detector import Detector
from scanner.models import Blob, Draft, Origin

FIRST = b"\n".join((b"import ccxt", b'zzz_secret = "kQ9xW2Lq8vR1tZ5pW7yB3nM4"', b"# nothing" * 300))
"""A text for which all parts of a detector are built; nothing of it stands in any other."""
KEPT = ("_compiled", "_patience")
"""Attributes with what is made of rules, not of texts."""


def found(detector: Detector, data: bytes) -> list[tuple[Any, ...]]:
    """Return all that a detector tells of a text."""
    told: list[tuple[Any, ...]] = []
    for item in detector.drafts(Blob(data, Origin("blob"))):
        if isinstance(item, Draft):
            match, places = item.match, sorted(item.occurrences, key=str)
            told.append(
                (match.rule.id, match.rule.system, match.score, match.evidence, item.secret, places)
                + (item.layers, item.partners, item.marks, item.lines)
            )
        else:
            told.append(tuple(item))
    return sorted(told, key=str)


class Memories:
    """All that can change in the scanner while it scans; ``forget`` gives the state of when this was made.

    A new detector for each text would cost ten times as much. Whatever a part has as its attribute and every
    module has as its variable is put back, so that what is remembered in a new place is forgotten, too.
    """

    def __init__(self, *detectors: Detector) -> None:
        """Note the state of all modules, and of all objects of theirs; builds what is built when needed."""
        for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
            if "__main__" not in module.name:
                importlib.import_module(module.name)
        for detector in detectors:
            assert found(detector, FIRST)
        objects = [
            one for one in gc.get_objects() if _is_ours(type(one)) and hasattr(one, "__dict__")
        ]
        self._attributes = [(vars(one), vars(one).copy()) for one in objects]
        modules = [
            vars(module) for name, module in sys.modules.items() if name.startswith("scanner.")
        ]
        self._held = [
            (held, held.copy())
            for names in (*(names for names, _ in self._attributes), *modules)
            for name, value in names.items()
            for held in (value, *(value.values() if isinstance(value, dict) else ()))
            if isinstance(held, dict | set) and name not in KEPT and not name.startswith("__")
        ]
        self._caches = [
            cache
            for cache in gc.get_objects()
            if isinstance(cache, functools._lru_cache_wrapper)
            and (cache.__module__ or "").startswith("scanner.")
            and (cache.cache_parameters()["maxsize"] or 0) > 1
        ]

    def forget(self) -> None:
        """Put everything back."""
        for names, before in self._attributes:
            names.update(before)
        for held, was in self._held:
            if len(held) != len(was):
                held.clear()
                held.update(was)
        for cache in self._caches:
            cache.cache_clear()


def _is_ours(kind: type) -> bool:
    return str(kind.__module__).startswith("scanner.")
