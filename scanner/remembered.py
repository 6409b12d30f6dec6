"""Caches bounded in bytes, not only in entries: a hostile text is full of long values that never return."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

LONGEST = 256
"""Characters or bytes of the arguments above which nothing is remembered."""
_F = TypeVar("_F", bound=Callable[..., Any])


def remembered(entries: int) -> Callable[[_F], _F]:
    """Remember what a function of texts gives for the last short ones; long ones are asked each time."""

    def decorate(function: _F) -> _F:
        known = lru_cache(entries)(function)

        @wraps(function)
        def ask(*texts: Any) -> Any:
            size = len(texts[0]) if len(texts) == 1 else sum(map(len, texts))
            return known(*texts) if size <= LONGEST else function(*texts)

        return cast("_F", ask)

    return decorate
