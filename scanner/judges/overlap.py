"""The overlap judge: of matches that cover the same bytes, the most telling stays."""

from bisect import bisect_left, insort
from collections.abc import Sequence

from scanner.models import Blob, Match

_ORDER = {"structure": 3, "pair": 2, "shape": 1, "context": 0}


class OverlapJudge:
    """Leaves one match for each place; runs last."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, those covered by a better one rejected."""
        judged = list(matches)
        alive = [i for i, match in enumerate(matches) if match.rejected is None]
        alive.sort(key=lambda i: _rank(matches[i]), reverse=True)
        taken: list[tuple[int, int, int]] = []  # disjoint spans in order, with their match
        for i in alive:
            mine = matches[i]
            at = bisect_left(taken, (mine.start, mine.end, -1))
            for start, end, j in taken[max(0, at - 1) : at + 1]:
                if mine.start < end and start < mine.end:
                    judged[i] = mine._replace(rejected=f"covered by {matches[j].rule.id}")
                    break
            else:
                insort(taken, (mine.start, mine.end, i))
        return judged


def _rank(match: Match) -> tuple[tuple[int, ...], str]:
    """Order by proof first: a value whose own form tells it is not what its surroundings say.

    Of forms that hold, one with a literal of its own, and of a system of its own, says more. The id decides
    what is left, never the order in which an engine came upon the matches.
    """
    rule = match.rule
    proved = rule.told_by == "structure" and (rule.system is not None or rule.check is not None)
    own = rule.system is not None and rule.id.startswith(rule.system.partition("_")[0])
    says = (
        1 if proved else 0,
        1 if proved and own and rule.keywords else 0,
        match.score,
        1 if own else 0,
        _ORDER[rule.told_by],
        match.end - match.start,
        max(map(len, rule.keywords), default=0),
    )
    return says, rule.id
