"""Pace: no expression of the package goes over one text again and again, whatever a hostile file holds.

Each is searched for in texts of one or a few pieces repeated, with an end that makes the match fail: there an
expression that can read the same bytes in many ways tries them all.
"""

import importlib
import pkgutil
import random
import re
import signal
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

import scanner
from scanner import lazy

LIMIT_S = 2.0
"""Seconds of the processor for some hundred texts of 60 to 600 characters; they take 10 to 50 milliseconds."""
PIECES = (
    *("a", "Ab", "A", "a0", "aB3", "7", "_", "a_", "a.", "a-", "a ", "A b ", "a, ", "'a', ", '"a": '),
    *('"a",', "(", "()", "f(", "[", "{", "<a>", "<a b='c'>", "a=", "a: ", "\n", "\na", "\n  a", "- a:\n"),
    *("\t", "  ", '"', "'", "`", "\\", "\\n", "/", "a/", "//", "#", "*", "**", "|", "| a ", "|-", "--", "-a "),
    *("$", "${a}", "%20", "==", "a=b&", "a:b@", "@", "a@b.c ", "é", "密", " : ", "password ", "password="),
    *("secret_", "token:", "0x", "f0", "0, ", "'0', ", "a\r\n", "&amp;", "+", '"a" + ', "1.", "2024-01-02 "),
)  # fmt: skip
ENDS = ("", "!", "\0", "0123456789", "\n", " ", '"', "=", "é")


def expressions() -> Iterator[tuple[str, Any]]:
    """Yield the expressions of all modules with their names."""
    for module in pkgutil.walk_packages(scanner.__path__, "scanner."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in _inside(value):
                yield f"{module.name}.{name}", one


def _inside(value: object) -> Iterator[Any]:
    if isinstance(value, lazy._Lazy):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _inside(one)
    elif isinstance(value, dict):
        yield from _inside(tuple(value.values()))


def texts() -> list[str]:
    made = random.Random(7)
    units = [*PIECES, *("".join(made.choices(PIECES, k=2)) for _ in range(60))]
    return [
        (unit * size)[:size] + end
        for unit in units
        for size in (60, 600)
        for end in (ENDS if size == 60 else made.sample(ENDS, 2))
    ]


@pytest.mark.no_cover  # much of the same
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers here")
def test_no_expression_reads_a_text_again_and_again() -> None:
    class TooLongError(Exception):
        pass

    def end(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    known = {id(one): (name, one) for name, one in expressions()}
    assert len(known) > 400
    before = signal.signal(signal.SIGVTALRM, end)
    slow = []
    try:
        for name, one in known.values():
            compiled = re.compile(one._text, one._flags)
            made = [t.encode() if isinstance(one._text, bytes) else t for t in texts()]
            signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_S * len(made) / 100)
            try:
                for text in made:
                    compiled.fullmatch(text)
                    compiled.match(text)
                    compiled.search(text[:200])
            except TooLongError:
                slow.append(name)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert slow == []
