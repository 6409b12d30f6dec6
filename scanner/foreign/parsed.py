"""What the parsed tree of an expression tells: its first group that may hold a value, and what every match holds."""

import re._constants as ops  # type: ignore[import-not-found,unused-ignore]
from collections.abc import Iterator
from typing import Any

_LEAST_LITERAL = 3
_MOST_LITERALS = 60


def firsts_in(tree: Any) -> set[int]:
    """Return the groups one of which is the first in any match of a sequence.

    A group of fixed words (``(key|token)``) names the value, it is not the value: not counted.
    """
    found: set[int] = set()
    for op, value in tree:
        if op is ops.SUBPATTERN and value[0] is not None and _holds_value(value[3]):
            return found | {value[0]}
        sides: list[set[int]] = []
        if op is ops.SUBPATTERN:
            sides = [firsts_in(value[3])]
        elif op is ops.BRANCH:
            sides = [firsts_in(side) for side in value[1]]
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] > 0:
            sides = [firsts_in(value[2])]
        found = found.union(*sides)
        if sides and all(sides):
            return found
    return found


def _holds_value(tree: Any) -> bool:
    """Tell whether a group may hold a secret: eight characters or more, most of them not fixed."""
    return bool(tree.getwidth()[1] >= 8 and _varies(tree))


def _varies(tree: Any) -> bool:
    """Tell whether a part repeats a class of characters, four times or more."""
    for op, value in tree:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            has_class = any(inner not in (ops.LITERAL, ops.AT) for inner, _ in value[2])
            if (value[1] >= 4 and has_class) or _varies(value[2]):
                return True
        elif (op is ops.SUBPATTERN and _varies(value[3])) or (
            op is ops.BRANCH and any(_varies(side) for side in value[1])
        ):
            return True
    return False


def literals(tree: list[Any]) -> tuple[str, ...]:
    """Return literals, one of which is in every match; none if there is no good one."""
    best: tuple[str, ...] = ()
    for found in _candidates(tree):
        good = len(found) <= _MOST_LITERALS and min(map(len, found)) >= _LEAST_LITERAL
        if good and (not best or _value(found) > _value(best)):
            best = found
    return tuple(sorted(set(best)))


def _value(literals: tuple[str, ...]) -> tuple[int, int]:
    return min(*map(len, literals), 8), -len(literals)


def _candidates(tree: list[Any]) -> Iterator[tuple[str, ...]]:
    """Yield sets of literals, one of each of which must be in a match of a sequence."""
    run = ""
    for piece in _flat(tree):
        if isinstance(piece, str):
            run += piece
            continue
        if run.strip():
            yield (run.strip(),)
        run = ""
        op, value = piece
        if op is ops.BRANCH:
            sides = [literals(list(side)) for side in value[1]]
            if all(sides):
                yield tuple(word for side in sides for word in side)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0] > 0:
            inner = literals(list(value[2]))
            if inner:
                yield inner
    if run.strip():
        yield (run.strip(),)


def _flat(tree: list[Any]) -> Iterator[Any]:
    """Yield the items of a sequence: letters as text, groups opened, the rest as it is."""
    for op, value in tree:
        if op is ops.LITERAL and 0x20 <= value < 0x7F:
            yield chr(value).lower()
        elif op is ops.SUBPATTERN:
            yield from _flat(list(value[3]))
        elif op is ops.IN and _one_letter(value):
            yield _one_letter(value)
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT) and value[0] == value[1] == 1:
            yield from _flat(list(value[2]))
        elif op is not ops.AT:
            yield op, value


def _one_letter(items: list[Any]) -> str:
    """Return the letter of a class that holds both its cases, else nothing."""
    letters = {chr(value).lower() for op, value in items if op is ops.LITERAL and value < 0x7F}
    alone = len(letters) == 1 and all(op is ops.LITERAL for op, _ in items)
    return letters.pop() if alone else ""
