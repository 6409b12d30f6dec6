"""The pairing judge: a key, its secret and its passphrase that stand together raise each other.

Partners are matches of rules that name each other in ``pairs_with``, at most ``REACH`` bytes apart.
"""

from bisect import bisect_left
from collections.abc import Sequence

from scanner.judges.disowning import Disowner
from scanner.judges.twins import with_secrets
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match
from scanner.rules import Catalog
from scanner.shapes import fits

REACH = 1500
NEXT = 120
PAIR = 2
"""Points that a partner gives."""
MEDIUM, WEAK = 6, 4
BETTER = 4
"""Points by which another match must be told better to be a partner alone: a name of a secret gives more."""

_LINE = 600
_BY_ROW = (" on its line", " in its row")
_ROW = lazy_compile(
    rb"[\"'`][\w.\-/: ]{2,60}[\"'`][ ]?,[ \t]?(?:[\"'`][^\"'`\n]{0,140}[\"'`][ ]?,[ \t]?){0,3}[@bf]?[\"'`]\Z"
)
_OPENS = lazy_compile(
    rb"(?i)key|secret|auth|cred|accounts?|login|client|connect|exchange|\bapi\b|wallet|session|user"
)
"""Words of what opens an account, with a value alone too: ``client = connect("okx", key, "...")``."""


class PairingJudge:
    """Ties the parts of one credential together; runs after the context judge."""

    def __init__(self, catalog: Catalog) -> None:
        self._rules = {rule.id: rule for rule in catalog.rules}
        self._disowner = Disowner(catalog)

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, those with a partner nearby scored and tied to it."""
        matches = self._adopt(blob, with_secrets(blob.data, matches, self._rules))
        alive = [i for i, m in enumerate(matches) if m.rejected is None and m.rule.pairs_with]
        partners: dict[int, list[int]] = {}
        for place, i in enumerate(alive):
            for j in alive[place + 1 :]:
                if matches[j].start - matches[i].end > REACH:
                    break
                if _are_partners(matches[i], matches[j], blob.data):
                    self._tie(partners, matches, i, j)
        judged = list(matches)
        for i, held in partners.items():
            others = [j for j in held if not _is_taken(partners[j], matches, i)]
            if not others:
                continue
            names = sorted({matches[j].rule.kind.replace("_", " ") for j in others})
            judged[i] = matches[i]._replace(
                score=matches[i].score + PAIR,
                evidence=(
                    *matches[i].evidence,
                    Evidence("pair", f"beside its {' and '.join(names)}"),
                ),
                partners=tuple((matches[j].start, matches[j].end) for j in others),
            )
        for i in alive:
            if judged[i].score >= MEDIUM and _is_alone_in_row(judged[i], blob.data):
                judged[i] = judged[i]._replace(score=WEAK)
        return judged

    def _adopt(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Name generic secrets that stand beside a key whose own form tells its system.

        The download of an AWS key names no system: its key id does.
        """
        judged = list(matches)
        generic = sorted(
            (match.start, i)
            for i, match in enumerate(matches)
            if not match.rejected
            and not match.rule.system
            and not any(evidence.what == "weak" for evidence in match.evidence)
        )
        for key in matches if generic else ():
            if key.rejected or key.rule.told_by != "structure":
                continue
            wanted = [self._rules[name] for name in key.rule.pairs_with if name in self._rules]
            low = bisect_left(generic, (key.end - REACH, 0))
            high = bisect_left(generic, (key.end + REACH + 1, 0))
            for start, i in generic[low:high]:
                if judged[i].rule.system:
                    continue
                value = blob.data[start : judged[i].end]
                for rule in wanted:
                    if any(fits(value, shape) for shape in rule.shapes) and not self._is_of_others(
                        blob.data, judged[i], key
                    ):
                        judged[i] = judged[i]._replace(rule=rule)
        return judged

    def _is_of_others(self, data: bytes, match: Match, key: Match) -> bool:
        """Tell whether the secret beside a key says itself that it is not of the key's system: ``MYSQL_PASSWORD``."""
        return self._disowner.is_of_others(data, match.start, match.end, str(key.rule.system))

    def _tie(
        self, partners: dict[int, list[int]], matches: Sequence[Match], i: int, j: int
    ) -> None:
        """Tie two matches; each keeps only the nearest partner of a rule."""
        for one, other in ((i, j), (j, i)):
            held = partners.setdefault(one, [])
            same = next((k for k in held if matches[k].rule.id == matches[other].rule.id), None)
            if same is None:
                held.append(other)
            elif _gap(matches[one], matches[other]) < _gap(matches[one], matches[same]):
                held[held.index(same)] = other


def _is_alone_in_row(match: Match, data: bytes) -> bool:
    """Tell whether a value stands behind an exchange's name in a row of texts, and no partner with it.

    The ids of orders have the forms of keys: ``replay("okx", "9506...", "2D63...")``.
    """
    told = [evidence for evidence in match.evidence if evidence.what not in ("format", "pair")]
    if not told or not all(evidence.detail.endswith(_BY_ROW) for evidence in told):
        return False
    line = data.rfind(b"\n", max(0, match.start - _LINE), match.start) + 1 or max(
        0, match.start - _LINE
    )
    if not _ROW.search(data, line, match.start) or _OPENS.search(data, line, match.start):
        return False
    return not any(
        data.find(b"\n", min(end, match.end), max(start, match.start)) < 0
        for start, end in match.partners
    )


def _is_taken(held: Sequence[int], matches: Sequence[Match], i: int) -> bool:
    """Tell whether a partner of ``i``, which holds ``held``, has a nearer one that is told far better.

    The id of an account beside its key has the key's form, and none of its secret.
    """
    rule, score = matches[i].rule.id, matches[i].score
    return any(
        k != i and matches[k].rule.id == rule and matches[k].score >= score + BETTER for k in held
    )


def _gap(one: Match, other: Match) -> int:
    return max(one.start, other.start) - min(one.end, other.end)


def _are_partners(one: Match, other: Match, data: bytes) -> bool:
    if one.rule.id == other.rule.id or one.end > other.start:
        return False
    if one.rule.system is None and (
        other.start - one.end > NEXT
        or any(e.what == "words" for m in (one, other) for e in m.evidence)
    ):
        return False  # nobody knows whose they are: only names side by side belong together
    tied = other.rule.id in one.rule.pairs_with or one.rule.id in other.rule.pairs_with
    return tied and data[one.start : one.end] != data[other.start : other.end]
