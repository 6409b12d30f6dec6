"""Remembers verdicts: the versions of a file in a history hold the same values in the same surroundings.

A verdict of the context judge hangs on what stands before and after a value, within the reach of ``Block``,
on where its variable goes, on what the head of the file tells: its setting, and on what heads its column.
Where all were seen before, it is known.
"""

from collections.abc import Hashable, Sequence
from typing import Any, Protocol

from scanner.context.around import locked
from scanner.context.around.surroundings import in_armour
from scanner.context.layout import columns, lists
from scanner.context.layout.block import REACH_AFTER, REACH_BEFORE
from scanner.context.layout.inserts import cell_of
from scanner.judges import Judge
from scanner.judges.passing import beyond
from scanner.models import Blob, Match

HEAD = 6000
"""Bytes at the beginning of a file on which verdicts hang: imports, words for all of it, headings."""
_BEFORE, _AFTER = REACH_BEFORE + 100, REACH_AFTER + 100
_MOST = 200_000


class SettingJudge(Judge, Protocol):
    """A judge that can say what its verdicts hang on beyond the surroundings of a value."""

    def setting(self, data: bytes) -> Hashable:
        """Return what the head of a blob tells, given that head."""
        ...


class RecalledJudge:
    """Asks the judge inside only about values that it has not judged in these surroundings."""

    def __init__(self, judge: SettingJudge) -> None:
        self._judge = judge
        self._verdicts: dict[int, tuple[Any, ...]] = {}
        self._settings: dict[int, int] = {}

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches as the judge inside returns them."""
        data, known = blob.data, self._verdicts
        if len(known) > _MOST:
            known.clear()
        head = self._setting(data)
        keys = [_key(data, head, match) for match in matches]
        new = [i for i, key in enumerate(keys) if key not in known]
        judged = list(matches)
        for i, verdict in zip(new, self._judge.judge(blob, [matches[i] for i in new]), strict=True):
            judged[i] = verdict
            known[keys[i]] = verdict[:1] + verdict[3:]
        for i in set(range(len(keys))).difference(new):
            rule, *rest = known[keys[i]]
            judged[i] = Match(rule, matches[i].start, matches[i].end, *rest)
        return judged

    def _setting(self, data: bytes) -> int:
        """Return a hash of what the head of a blob tells; remembered by that head."""
        text = data[:HEAD]
        head = hash(text)
        known = self._settings.get(head)
        if known is None:
            if len(self._settings) > _MOST:
                self._settings.clear()
            known = self._settings[head] = hash(self._judge.setting(text))
        return known


def _key(data: bytes, head: int, match: Match) -> int:
    """Return a hash of all that a verdict hangs on; hashes are keyed anew in each process.

    What looks far above a value asks its own line first: a history asks this of every value in each version.
    """
    low = max(0, match.start - _BEFORE)
    return hash(
        (
            match.rule.id,
            match.rule.system,
            match.score,
            match.rejected,
            match.evidence,
            match.start - low,
            match.end - match.start,
            data[low : match.end + _AFTER],
            beyond(data, match.start, match.end + _AFTER),
            lists.name_of(data, match.start, match.end),
            head,
            in_armour(data, match.start),
            cell_of(data, match.start),
            columns.above(data, match.start),
            locked.is_listed(data, match.start, match.end),
        )
    )
