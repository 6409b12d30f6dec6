"""The dump judge: a small file that holds little but bare values, as keys are noted down.

Nothing binds such values, so their shapes in order (key, secret, passphrase on lines of their own) are
all there is. A pair of shapes that only one system has is told; a common pair keeps a low score, which the
path may raise.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from scanner.context.lookalikes import of_surroundings
from scanner.context.randomness import is_random
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import BARE_VALUE, Catalog
from scanner.shapes import fits

LARGEST = 2000
"""Bytes of the largest file that is looked at as a dump."""
ALONE, TOLD, RARE = 1, 2, 2
"""Points for a value alone on its line, for its partner's shape next to it, for a shape that is rare."""
_TAIL = ("other_ccxt", "other_perp_dex")
"""Collections of rarely used systems: the last to think of."""
_LINE = re.compile(rb"^[ \t]*([!-~]{6,200})[ \t\r]*$", re.MULTILINE)


class _Reading(NamedTuple):
    """One way to read neighbouring lines: the rules in order, and how telling their shapes are."""

    rules: tuple[Rule, ...]
    points: int


class DumpJudge:
    """Reads bare lines as the parts of one credential; runs before the context judge."""

    def __init__(self, catalog: Catalog) -> None:
        self._parts: list[tuple[Rule, Rule, Rule | None]] = []
        by_id = {rule.id: rule for rule in catalog.rules}
        for key in catalog.rules:
            if key.kind != "api_key" or not key.shapes:
                continue
            partners = [by_id[name] for name in key.pairs_with]
            secrets = [rule for rule in partners if rule.kind == "api_secret" and rule.shapes]
            third = next((rule for rule in partners if rule.kind == "passphrase"), None)
            self._parts += ((key, secret, third) for secret in secrets)

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches; bare values of a dump named by the shapes of their neighbours."""
        judged = list(matches)
        if len(blob.data) > LARGEST:
            return judged
        lines = [found.span(1) for found in _LINE.finditer(blob.data)]
        if len(lines) < 2 or len(lines) * 2 < blob.data.strip().count(b"\n") + 1:
            return judged
        places = {(match.start, match.end): i for i, match in enumerate(matches)}
        for at in range(len(lines) - 1):
            reading = self._read(blob.data, lines[at : at + 3])
            for span, rule in zip(lines[at:], reading.rules if reading else (), strict=False):
                i = places.get(span)
                if i is None or judged[i].rule is not BARE_VALUE or judged[i].rejected:
                    continue
                if of_surroundings(blob.data, *span) is None:
                    evidence = Evidence(
                        "alone", "stands alone on its line, a partner of fitting form beside it"
                    )
                    judged[i] = judged[i]._replace(
                        rule=rule, score=reading.points if reading else 0, evidence=(evidence,)
                    )
        return judged

    def _read(self, data: bytes, spans: Sequence[tuple[int, int]]) -> _Reading | None:
        values = [data[start:end] for start, end in spans]
        best: _Reading | None = None
        for key, secret, third in self._parts:
            if not (_fits(key, values[0]) and _fits(secret, values[1])):
                continue
            points = ALONE + TOLD + _rarity(values[0]) + _rarity(values[1])
            rules: tuple[Rule, ...] = (key, secret)
            if third is not None and len(values) > 2 and _fits(third, values[2]):
                rules, points = (key, secret, third), points + 1
            if key.system in _TAIL:
                points -= 1
            if best is None or points > best.points:
                best = _Reading(rules, points)
        return best


def _fits(rule: Rule, value: bytes) -> bool:
    return any(fits(value, shape) for shape in rule.shapes) and is_random(value)


def _rarity(value: bytes) -> int:
    """Digests and ids are hexadecimal, and common; a mixed alphabet of the right length is rare."""
    return 0 if value in (value.lower(), value.upper()) else RARE
