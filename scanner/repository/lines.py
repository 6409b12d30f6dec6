"""Which lines of a new version are not in the old one: a patience diff, in nearly linear time.

Lines that occur once on both sides are anchors; the longest run of anchors in the same order splits
both sides into gaps, which are treated alike. Where no line is unique, the first occurrence on one
side goes with the first on the other, and so on. The result depends on nothing but the two
contents: no attribute, setting or driver of a repository can hide a line.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

_EFFORT = 40  # lines looked at for each line there is, before the rest counts as new


def added_lines(old: bytes, new: bytes) -> set[int]:
    r"""Return the numbers (from 1) of the lines of ``new`` that are added or altered.

    A moved line counts as added, as in ``git diff``. Lines end with ``\n``; a missing end of the
    last line makes no difference.

    >>> sorted(added_lines(b"a\nb\nc\n", b"a\nB\nc\nd\n"))
    [2, 4]
    """
    before, after = old.split(b"\n"), new.split(b"\n")
    kept = bytearray(len(after))
    budget = _EFFORT * (len(before) + len(after))
    gaps = [(0, len(before), 0, len(after))]
    while gaps and budget > 0:
        low, high, start, end = gaps.pop()
        while low < high and start < end and before[low] == after[start]:
            kept[start] = 1
            low, start = low + 1, start + 1
        while low < high and start < end and before[high - 1] == after[end - 1]:
            high, end = high - 1, end - 1
            kept[end] = 1
        if low == high or start == end:
            continue
        budget -= high - low + end - start
        anchors = _anchors(before, after, (low, high, start, end))
        for (a, b), (a_next, b_next) in pairwise([*anchors, (high, end)]):
            gaps.append((a, a_next, b, b_next))
        if anchors:
            gaps.append((low, anchors[0][0], start, anchors[0][1]))
    return {number for number, known in enumerate(kept, 1) if not known}


def _anchors(
    before: Sequence[bytes], after: Sequence[bytes], gap: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Return pairs of equal lines, rising on both sides; empty only if no line is on both."""
    low, high, start, end = gap
    places: dict[bytes, list[int]] = {}
    for index in range(low, high):
        places.setdefault(before[index], []).append(index)
    seen: dict[bytes, list[int]] = {}
    for index in range(start, end):
        if after[index] in places:
            seen.setdefault(after[index], []).append(index)
    unique = [(s[0], t) for t, s in seen.items() if len(s) == 1 == len(places[t])]
    if unique:
        pairs = [(places[text][0], index) for index, text in unique]
    else:
        pairs = [
            (a, b)
            for text, found in seen.items()
            for a, b in zip(places[text], found, strict=False)
        ]
    pairs.sort(key=lambda pair: pair[1])
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence in which the first numbers rise."""
    tails: list[int] = []  # the smallest last number of a run of each length
    ends: list[int] = []  # the pair it belongs to
    previous: list[int] = []
    for index, (number, _) in enumerate(pairs):
        length = bisect_left(tails, number)
        if length == len(tails):
            tails.append(number)
            ends.append(index)
        else:
            tails[length] = number
            ends[length] = index
        previous.append(ends[length - 1] if length else -1)
    run: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return run[::-1]
