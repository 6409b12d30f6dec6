"""Texts cut into chunks, and what two texts have in common at both ends."""

from itertools import pairwise

MARGIN = 640
"""Bytes either side of a chunk on which its matches may hang; new ones are searched along with them."""
_LEAST = MARGIN // 2
"""Bytes of a chunk at least, but for the last: two on either side are the margin of one."""
_MARKS = (b"\n\n", b"\n", b"\\n", b"},", b";", b". ", b",", b" ")
"""Where texts are cut: paragraphs, lines, and what makes lines in texts of a single one."""
_LARGEST = 1200
"""Bytes between marks on average, above which a text is cut at the next one."""
_SLICES = 16
"""Slices of a text of which all but one must be cut often enough: one part of it may have all of a mark."""
_SAMPLE = 2048
"""Bytes of a slice that are looked at."""
_STEP = 1 << 16


class Chunks:
    """A span of a text cut at marks: the hashes of the chunks with the text around them, and their places.

    Attributes:
        data: the text.   mark: where it is cut.   low, high: the span.
        starts: offsets in the text of the chunks, and one past the end.
        keys: hashes of the chunks with ``MARGIN`` bytes or more around each; they hold in this process
            alone.
    """

    def __init__(self, data: bytes, low: int, high: int, mark: bytes | None = None) -> None:
        """Cut ``data[low:high]``; ``mark``: where, None for what suits it, empty for nowhere."""
        if mark is None:
            mark = next((one for one in _MARKS if _cuts(data, low, high, one)), _MARKS[1])
        self.data, self.low, self.high, self.mark = data, low, high, mark
        self.starts = [low]
        at = low
        while mark and (at := data.find(mark, at + _LEAST, high)) >= 0:
            at += len(mark)
            self.starts.append(at)
        if self.starts[-1] < high or high == low:
            self.starts.append(high)
        before, after = data[max(0, low - MARGIN) : low], data[high : high + MARGIN]
        own = [hash(data[start:stop]) for start, stop in pairwise(self.starts)]
        row = [0, hash(before), *own, hash(after), 0]
        self.keys = list(map(hash, zip(row, row[1:], row[2:], row[3:], row[4:], strict=False)))


def _cuts(data: bytes, low: int, high: int, mark: bytes) -> bool:
    """Tell whether a mark cuts most of ``data[low:high]`` into chunks that are not too large.

    Of a large span only the beginnings of its slices are looked at.
    """
    slice_size = (high - low) // _SLICES
    if slice_size < _LARGEST:
        return data.count(mark, low, high) * _LARGEST > high - low
    size = min(slice_size, _SAMPLE)
    counts = [
        data.count(mark, start, start + size)
        for start in range(low, low + slice_size * _SLICES, slice_size)
    ]
    if sum(counts) * _LARGEST <= size * _SLICES:
        return False
    # Lines are everywhere in what has lines.
    return mark in _MARKS[:2] or sum(1 for one in counts if one * _LARGEST <= size) < 2


def changed(before: bytes, data: bytes, mark: bytes) -> tuple[int, int]:
    r"""Return the span of a text outside which what is found in it is what was found in the text before.

    It begins and ends with a chunk, and has ``MARGIN`` bytes beside what differs.

    >>> old, new = b"a\n" * 999 + b"b\n" + b"c\n" * 999, b"a\n" * 999 + b"x\nb\n" + b"c\n" * 999
    >>> low, high = changed(old, new, b"\n")
    >>> 1998 - 2 * MARGIN < low < 1998 < high < 1998 + 2 * MARGIN
    True
    """
    size = min(len(before), len(data))
    same = _common_start(before, data, size)
    back = _common_end(before, data, size - same)
    low = data.rfind(mark, 0, max(0, same - MARGIN - 1))
    high = data.find(mark, len(data) - back + MARGIN)
    return (
        low + len(mark) if low >= 0 else 0,
        high + len(mark) if high >= 0 else len(data),
    )


def _common_start(one: bytes, other: bytes, size: int) -> int:
    """Return how many of the first ``size`` bytes are alike."""
    at = 0
    while at + _STEP <= size and one[at : at + _STEP] == other[at : at + _STEP]:
        at += _STEP
    low, high = at, min(at + _STEP, size)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(one: bytes, other: bytes, size: int) -> int:
    """Return how many of the last ``size`` bytes are alike."""
    first, second = len(one), len(other)
    at = 0
    while at + _STEP <= size and (
        one[first - at - _STEP : first - at] == other[second - at - _STEP : second - at]
    ):
        at += _STEP
    low, high = at, min(at + _STEP, size)
    while low < high:
        middle = (low + high + 1) // 2
        if one[first - middle : first - low] == other[second - middle : second - low]:
            low = middle
        else:
            high = middle - 1
    return low
