"""How long an expression that other people wrote may take: a hostile one must not hang a scan.

Expressions come with settings, rules and files of other scanners, and so from repositories. Each may
take some time, and more of it the more it is given to read; then it is an error, never a "no".
"""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_S = 5.0
"""Seconds of CPU that an expression may take in all, whatever it reads; of one search also of the clock."""
_PER_BYTE_S = 2e-6
"""Seconds more for each byte; expressions that mean well read some fifty times as fast."""
MOST_UNFOLDED = 1_000_000
"""Pieces of an expression with its repeats written out; the compiler writes some of them out."""
_T = TypeVar("_T")


class Patience:
    """What is left of the time of one expression."""

    def __init__(self) -> None:
        self._left = PATIENCE_S

    def run(self, size: int, search: Callable[[float], _T]) -> _T:
        """Return what a search gives.

        Args:
            size: bytes or characters that it reads.
            search: takes the seconds that it may last.

        Raises:
            TimeoutError: it took longer, now or with what it took before.
        """
        self._left += size * _PER_BYTE_S
        started = time.thread_time()  # that the machine is busy is no fault of the expression
        try:
            if self._left <= 0:
                raise TimeoutError
            return search(self._left)
        finally:
            self._left -= time.thread_time() - started


def unfolded(text: str) -> int:
    r"""Return about how many pieces an expression has with its counted repeats written out.

    >>> unfolded(r"ab{3}"), unfolded(r"(a[b{9}]{2,5}){10}"), unfolded(r"\({1000}")
    (4, 60, 1000)
    """
    sizes, last = [0], 0
    at = 0
    while at < len(text):
        letter = text[at]
        step, size = 1, 1
        if letter == "(":
            sizes.append(0)
            last, at = 0, at + 1
            continue
        if letter == ")" and len(sizes) > 1:
            size = sizes.pop()
        elif letter == "\\":
            step = 2
        elif letter == "[":
            close = at + 2 if text[at + 1 : at + 2] != "^" else at + 3
            while close < len(text) and text[close] != "]":
                close += 2 if text[close] == "\\" else 1
            step = close + 1 - at
        elif letter == "{":
            stop = text.find("}", at)
            counts = text[at + 1 : stop].split(",") if stop > 0 else []
            numbers = [int(count) for count in counts if count.isdecimal() and len(count) < 10]
            if numbers:
                size, step = last * (max(numbers) - 1), stop + 1 - at
        sizes[-1] += size
        last, at = size, at + step
    return sum(sizes)
