"""Regular expressions compiled when they are first used: a run pays only for those that it needs.

There are some seven hundred of them in this package, 0.15 milliseconds each; a clean commit uses a few.
"""

import re
from typing import Any, AnyStr, Protocol, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


class Compiler(Protocol):
    """Compiles expressions as ``re.compile`` does, and may keep them for the next run."""

    def compile(self, text: str | bytes, flags: int = 0) -> re.Pattern[Any]:
        """Return the compiled expression; raises ``re.error`` for a broken one."""
        ...

    def keep(self) -> None:
        """Write down what was compiled."""
        ...


class _Chosen:
    """The compiler that this process was given; None: Python's own."""

    compiler: Compiler | None = None


def use(compiler: Compiler) -> None:
    """Have all expressions that are not compiled yet compiled by another compiler."""
    _Chosen.compiler = compiler


def has_compiler() -> bool:
    """Tell whether this process was given a compiler."""
    return _Chosen.compiler is not None


def keep() -> None:
    """Have the compiler keep what it has compiled; at the end of a process, so that the next one has it."""
    if _Chosen.compiler is not None:
        _Chosen.compiler.keep()


def compile_now(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the compiled expression, from the cache if this process has one.

    Raises:
        re.error: it is no regular expression.
    """
    compiler = _Chosen.compiler
    return re.compile(text, flags) if compiler is None else compiler.compile(text, flags)


def lazy_compile(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what behaves as ``re.compile(text, flags)`` does; a broken text is told on first use.

    >>> lazy_compile(r"a+").findall("caat")
    ['aa']
    """
    return cast("re.Pattern[AnyStr]", _Lazy(text, flags))


class _Lazy:
    """Has empty slots for the methods of an expression, until one of them is asked for."""

    __slots__ = ("_flags", "_text", *_METHODS)

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # only for a slot that is empty
        compiled: re.Pattern[Any] = compile_now(self._text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
