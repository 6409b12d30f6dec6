"""Find seed phrases in bytes: runs of list words, a sliding window over them, a checksum for each.

A *token* is a run of letters; a *gap* is what stands between two of them. Numbering (``1.``,
``word_1=``), tags, quotes, commas, ``+`` and line breaks are gaps. A window is *aligned* when other
gaps, or none, stand at its ends: the twelve words of a quoted string, not twelve out of a sentence.
That, the checksum, and at least nine different words keep prose and word lists silent.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from scanner.checksums import mnemonics, words
from scanner.lazy import lazy_compile

LEAST_DIFFERENT = 9
_LETTERS = r"[^\W\d_\u0300-\u036f]"
_WORD = lazy_compile(rf"(?:{_LETTERS}[\u0300-\u036f\u3099\u309a]*)+")
_MARKUP = lazy_compile(
    r"</?[A-Za-z][^<>]{0,100}>|&[a-z]{2,5};"
    r"|\\(?:u3000|[nrt])"
    r"|\b(?i:word|wort|palabra|parola|palavra|mot)(?=[ _#\-]{0,2}\d{1,2}[^\w])"
    r"|(?<![A-Za-z_])[A-Za-z_][A-Za-z_\-]{0,30}\d{1,2}[\"'\]]{0,2}\s{0,3}(?:=>|[:=])"
)
_NUMBER = lazy_compile(r"(?<!\d)(\d{1,2})[^\d\w]{0,12}\Z")
_LONGEST_GAP = 200
_LONGEST_CLASS = 14
_MOST_SPARE = 8
"""Words of a list that may stand before or after a phrase in a sentence."""
_NEAR = 1500
"""Bytes either side of a hit that a phrase of 25 words may reach."""
_SPREAD = 320


class _Token(NamedTuple):
    start: int
    end: int
    key: str
    lists: int


def find_mnemonics(data: bytes, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the seed phrases within a window of bytes, in order of place.

    Returns:
        (start, end, system) of each: half-open span in ``data`` from the first word to the last,
        and the system whose checksum holds: ``bip39_mnemonic``, ``electrum_seed``, ``monero``,
        ``algorand``, ``ton``, ``substrate``. Spans do not overlap; the longest of several is given.
    """
    text = data[start:end].decode("utf-8", "surrogateescape")
    found: list[tuple[int, int, str]] = []
    for first, last, system in sorted(_search(text)):
        low = start + len(text[:first].encode("utf-8", "surrogateescape"))
        found.append((low, low + len(text[first:last].encode("utf-8", "surrogateescape")), system))
    return found


def keys(secret: bytes) -> list[str]:
    """Return the keys of all words in a phrase; none if it is not UTF-8 text."""
    try:
        text = _blank(secret.decode())
    except UnicodeDecodeError:
        return []
    found = list(_WORD.finditer(text))
    one_by_one = [words.key(token[0]) for token in found]
    numbers = [_number(text[a.end() : b.start()]) for a, b in pairwise(found)]
    order = _order([None, *numbers])
    return [one_by_one[place] for place in order] if order else one_by_one


def lists_with(phrase: list[str]) -> list[str]:
    """Return the names of the lists that have every one of these keys."""
    table, order = words.members(_scripts("".join(phrase)))
    common = ~0
    for one in phrase:
        common &= table.get(one, 0)
    return [name for bit, name in enumerate(order) if common >> bit & 1]


def _scripts(text: str) -> tuple[str, ...]:
    return ("english", "latin") if text.isascii() else ("english", "latin", "other")


def _blank(text: str) -> str:
    """Return the text, as long as before, with tags, escapes and numbered names made blank."""
    return _MARKUP.sub(
        lambda m: ("\n" if m[0][:2] in ("\\n", "\\r") else " ") + " " * (len(m[0]) - 1), text
    )


def _search(text: str) -> Iterator[tuple[int, int, str]]:
    clean = _blank(text)
    table, order = words.members(_scripts(clean))
    run: list[_Token] = []
    last = 0
    for match in _WORD.finditer(clean):
        one = words.key(match[0])
        lists = table.get(one, 0)
        if not lists or (run and match.start() - last > _LONGEST_GAP):
            if len(run) >= 12:
                yield from _of_run(clean, run, order)
            run = []
        if lists:
            run.append(_Token(match.start(), match.end(), one, lists))
        last = match.end()
    if len(run) >= 12:
        yield from _of_run(clean, run, order)


def _of_run(text: str, run: list[_Token], order: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases of a run: those whose words are numbered first, whatever their columns."""
    numbered = list(_in_numbers(text, run, order))
    yield from numbered
    for start, end, system in _in_run(text, run, order):
        if all(end <= a or b <= start for a, b, _ in numbered):
            yield start, end, system


def _in_numbers(
    text: str, run: list[_Token], order: tuple[str, ...]
) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases whose words are numbered from 1 on, in rows or in columns."""
    before = [max(0, run[0].start - 12), *(token.end for token in run)]
    numbers = [_number(text[a : token.start]) for a, token in zip(before, run, strict=False)]
    for first in [at for at, number in enumerate(numbers) if number == 1]:
        for count in mnemonics.LENGTHS:
            places = _order(numbers[first : first + count])
            if places is None or len(places) != count:
                continue
            window = [run[first + place] for place in places]
            system = _proved(text, window, order)
            if system:
                yield run[first].start, run[first + count - 1].end, system
                break


def _proved(text: str, window: list[_Token], order: tuple[str, ...]) -> str | None:
    """Return the system whose checksum holds for words in their order, by any list that has them all."""
    common = ~0
    for token in window:
        common &= token.lists
    keys_of = [token.key for token in window]
    for bit, name in enumerate(order):
        if common >> bit & 1 and _is_varied(keys_of, name, text, window[0].start):
            system = mnemonics.standard_of(name, keys_of)
            if system:
                return system
    return None


def _number(gap: str) -> int | None:
    """Return the number that stands before a word, given what parts it from the word before it."""
    found = _NUMBER.search(gap)
    return int(found[1]) if found else None


def _order(numbers: list[int | None]) -> list[int] | None:
    """Return the places of numbers in their order, if they are all from 1 on; one may be unknown.

    >>> _order([1, 3, 2]), _order([None, 2, 3]), _order([1, 2, 4]), _order([None, None])
    ([0, 2, 1], [0, 1, 2], None, None)
    """
    left = set(range(1, len(numbers) + 1)) - set(numbers)
    if numbers.count(None) > 1 or len(left) != numbers.count(None) or len(numbers) < 2:
        return None
    whole = [next(iter(left)) if number is None else number for number in numbers]
    return sorted(range(len(whole)), key=lambda place: whole[place])


def _in_run(text: str, run: list[_Token], order: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases in tokens that each are in some list, longest first."""
    valid: list[tuple[int, int, int, str]] = []
    begun: dict[int, int] = {}
    before = 0
    for place in range(len(run) + 1):
        lists = run[place].lists if place < len(run) else 0
        changed = lists ^ before
        while changed:
            bit = changed.bit_length() - 1
            changed ^= 1 << bit
            if lists >> bit & 1:
                begun[bit] = place
            elif place - begun[bit] >= 12:
                first = begun[bit]
                valid += _in_list(text, run[first:place], order[bit], first)
        before = lists
    taken: list[tuple[int, int]] = []
    for first, count, _, system in sorted(valid, key=lambda v: (v[2], -v[1], v[0])):
        if all(first >= b or first + count <= a for a, b in taken):
            taken.append((first, first + count))
            head, tail = run[first].start, run[first + count - 1].end
            path = re.match(r"/{1,2}[A-Za-z0-9][^\s\"'`]{0,64}", text[tail : tail + 70])
            if path and system == "bip39_mnemonic":
                yield head, tail + path.end(), "substrate"
            else:
                yield head, tail, system


def _in_list(
    text: str, run: list[_Token], name: str, shift: int
) -> list[tuple[int, int, int, str]]:
    """Return (first token, number of tokens, rank, system) of the windows whose checksum holds."""
    size = len(run)
    gaps = [_gap_class(text[a.end : b.start]) for a, b in pairwise(run)]
    changes = [0, *accumulate(int(a != b) for a, b in pairwise(gaps))]
    edges = _edges(text, run, gaps[0]) if "chinese" in name else (None, None)
    breaks = [0, *(i for i in range(1, size - 1) if gaps[i - 1] != gaps[i])]
    found: list[tuple[int, int, int, str]] = []
    for count in mnemonics.counts(name):
        short = size - count <= _MOST_SPARE
        for first in range(size - count + 1) if short else breaks:
            last = first + count - 2
            if last >= len(gaps) or changes[last] - changes[first] > count // 2:
                continue
            before = gaps[first - 1] if first else edges[0]
            after = gaps[last + 1] if last + 1 < len(gaps) else edges[1]
            if after == gaps[last] and not short:
                continue  # most windows of a long list end here
            rank = _rank(gaps[first : last + 1], before, after, size - count)
            if rank is None or (rank > 0 and not name.startswith("bip39")):
                continue
            window = [token.key for token in run[first : first + count]]
            if _is_varied(window, name, text, run[first].start):
                system = mnemonics.standard_of(name, window)
                if system:
                    found.append((shift + first, count, rank, system))
    whole = [v for v in found if v[2] == 0]
    for entry in [v for v in found if v[2] == 1]:
        parts = [v for v in whole if entry[0] <= v[0] and v[0] + v[1] <= entry[0] + entry[1]]
        if sum(v[1] for v in parts) != entry[1]:
            found[found.index(entry)] = (entry[0], entry[1], 0, entry[3])
    return found


def _edges(text: str, run: list[_Token], gap: str) -> tuple[str | None, str | None]:
    """Return the gaps around a run of single characters, None where it really ends.

    Such characters stand in a row in many a table, so a run only ends at a bracket (quoted ones),
    or where no other letter follows after the same gap.
    """
    before, after = text[max(0, run[0].start - 24) : run[0].start], text[run[-1].end :][:24]
    if re.search("[\"'`()]", gap):
        opened = re.search(r"[\[({]\s{0,20}[\"'`]\Z", before) and "(" not in gap
        closed = re.match(r"[\"'`],?\s{0,20}[\])}]", after)
        return None if opened else gap, None if closed else gap
    left = re.search(r"[^\W\d_]([\W\d_]{1,20})\Z", before)
    right = re.match(r"([\W\d_]{1,20})[^\W\d_]", after)
    return _gap_class(left[1]) if left else None, _gap_class(right[1]) if right else None


def _rank(inner: list[str], before: str | None, after: str | None, spare: int) -> int | None:
    """Return how a window is set off: 0 aligned, even; 1 aligned; 2 one end in prose; or None."""
    kinds = set(inner)
    if any(len(kind) > _LONGEST_CLASS for kind in kinds):
        return None
    starts = before is None or before not in kinds
    stops = after is None or after not in kinds
    if starts and stops and len(kinds) <= 1 + len(inner) // 3:
        return 0 if len(kinds) == 1 else 1
    return 2 if (starts or stops) and len(kinds) == 1 and spare <= _MOST_SPARE else None


def _is_varied(window: list[str], name: str, text: str, place: int) -> bool:
    """Tell whether words are not a list in order, not repeated, and long enough for their list."""
    if len(set(window)) < LEAST_DIFFERENT:
        return False
    if name == "electrum_old" and not re.search(
        r"(?i)electrum|seed", text[max(0, place - 300) : place]
    ):
        return False
    if name == "short:english" and max(map(len, window)) > 4:
        return False
    index = words.indexes(name)
    places = [index[one] for one in window]
    rising = sum(1 for a, b in pairwise(places) if a < b)
    if max(places) - min(places) < len(index) // 8:
        return False  # a stretch of the list itself: random words spread over all of it
    return 1 < rising < len(window) - 2


@cache
def _gap_class(gap: str) -> str:
    """Return what makes gaps alike: digits and the amount of blanks do not count.

    >>> _gap_class("  12. ") == _gap_class(" 3. ")
    True
    """
    gap = re.sub(r"\d+", "#", gap)
    gap = re.sub(r"\s*\n\s*", "\n", gap)
    return re.sub(r"[^\S\n]+", " ", gap)
