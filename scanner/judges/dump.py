"""The dump judge: a small file that holds little but bare values, as keys are noted down.

Nothing binds such values, so their shapes in order (key, secret, passphrase on lines of their own) are
all there is. A pair of shapes that only one system has is told; a common pair keeps a low score, which the
path may raise.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from scanner.checksums import CHECKS
from scanner.context.around import digits
from scanner.context.around.onchain import is_address
from scanner.context.around.surroundings import of_surroundings
from scanner.context.layout import rows
from scanner.context.values.encoded import is_line_of_text
from scanner.context.values.randomness import is_random
from scanner.judges.completing import may_be_chosen
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import BARE_VALUE, BOUND_VALUE, Catalog
from scanner.shapes import fits

LARGEST = 2000
"""Bytes of the largest file that is looked at as a dump."""
ALONE, TOLD, RARE, WHOLE = 1, 2, 2, 1
"""Points for a value alone on its line, for its partner's shape next to it, for a shape that is rare,
and for two shapes that differ with nothing else in the file."""
_TAIL = ("other_ccxt", "other_perp_dex")
"""Collections of rarely used systems: the last to think of."""
_UNTOLD = 3
"""Points of two random values of no system's shapes: too few, unless the path tells more."""
_LONG_ROW = 54
"""Bytes of a key and a secret, with what parts them, that are no two ids side by side: of songs, of users."""
_LINE = lazy_compile(rb"^[ \t]*([!-~]{6,200})[ \t\r]*$", re.MULTILINE)


class _Reading(NamedTuple):
    """One way to read neighbouring lines: the rules in order, and how telling their shapes are."""

    rules: tuple[Rule | None, ...]
    points: int


class DumpJudge:
    """Reads bare lines as the parts of one credential; runs before the context judge."""

    def __init__(self, catalog: Catalog) -> None:
        self._parts: list[tuple[Rule, Rule, Rule | None]] = []
        by_id = {rule.id: rule for rule in catalog.rules}
        self._secrets = {
            rule.id: tuple(by_id[n] for n in rule.pairs_with if by_id[n].shapes)
            for rule in catalog.rules
            if rule.pattern
        }
        self._hexadecimal = by_id.get("evm-private-key-hex")
        generic = {rule.kind: rule for rule in catalog.rules if rule.system is None and rule.shapes}
        self._nobody = tuple(generic[k] for k in ("api_key", "api_secret") if k in generic)
        for key in catalog.rules:
            if key.kind != "api_key" or not key.shapes:
                continue
            partners = [by_id[name] for name in key.pairs_with]
            secrets = [rule for rule in partners if rule.kind == "api_secret" and rule.shapes]
            third = next((rule for rule in partners if rule.kind == "passphrase"), None)
            self._parts += ((key, secret, third) for secret in secrets)

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches; bare values of a dump named by the shapes of their neighbours."""
        judged = self._of_rows(blob.data, self._of_digits(blob.data, list(matches)))
        if len(blob.data) > LARGEST:
            return judged
        lines = [found.span(1) for found in _LINE.finditer(blob.data)]
        if len(lines) < 2 or len(lines) * 2 < blob.data.strip().count(b"\n") + 1:
            return judged
        places = {
            (match.start, match.end): i
            for i, match in enumerate(matches)
            if match.rule in (BARE_VALUE, BOUND_VALUE) and not match.rejected and not match.score
        }
        formed = {
            (match.start, match.end): match.rule
            for match in matches
            if match.rejected is None and match.rule.pattern and match.rule.pairs_with
        }
        is_whole = len(lines) <= 3 and len(lines) == len(blob.data.split())
        for at in range(len(lines) - 1):
            reading = self._read(blob.data, lines[at : at + 3], formed)
            if reading is None or _are_signatures(blob.data, lines[at : at + 2]):
                continue
            if all(is_address(blob.data[slice(*span)]) for span in lines[at : at + 2]):
                continue  # a list of wallets or mints
            if all(is_line_of_text(blob.data[slice(*span)]) for span in lines[at : at + 2]):
                continue
            points = reading.points
            if is_whole and _differ(lines):
                points += WHOLE
            for span, rule in zip(lines[at:], reading.rules, strict=False):
                i = places.get(span)
                if i is None or rule is None or judged[i].score:
                    continue
                if is_whole or of_surroundings(blob.data, *span) is None:
                    evidence = Evidence(
                        "alone", "stands alone on its line, a partner of fitting form beside it"
                    )
                    judged[i] = judged[i]._replace(rule=rule, score=points, evidence=(evidence,))
        return judged

    def _of_digits(self, data: bytes, matches: list[Match]) -> list[Match]:
        """Note the keys of a file whose lines are all 64 hexadecimal digits: its path or a remark may tell."""
        rule = self._hexadecimal
        if rule is None or not digits.is_list(data):
            return matches
        points = 2 * _UNTOLD if digits.says_keys(data) else _UNTOLD + ALONE
        note = Evidence(digits.DIGITS, "alone on its line, in a file of nothing but such lines")
        return [
            match._replace(
                rule=rule, score=points, evidence=(Evidence("alone", "a line of its own"), note)
            )
            if match.rule in (BARE_VALUE, BOUND_VALUE)
            and not match.rejected
            and CHECKS["secp256k1"](data[match.start : match.end])
            and is_random(data[match.start : match.end].removeprefix(b"0x"))
            else match
            for match in matches
        ]

    def _of_rows(self, data: bytes, matches: list[Match]) -> list[Match]:
        """Name what stands in rows of nothing but keys and secrets by their shapes; their path may say more."""
        table = rows.accounts(data)
        places = {(m.start, m.end): i for i, m in enumerate(matches) if not m.rejected}
        note = Evidence("alone", "a row of its own, a partner of fitting form beside it")
        for row in table:
            if _are_signatures(data, row[:2]):
                continue
            reading = self._by_shapes([data[start:end] for start, end in row], in_row=True)
            for span, rule in zip(row, reading.rules if reading else (), strict=False):
                i = places.get(span)
                if rule is None or reading is None:
                    continue
                is_long = row[1][1] - row[0][0] > _LONG_ROW
                named = Match(rule, *span, reading.points if is_long else _UNTOLD, (note,))
                if i is None:  # a passphrase
                    matches.append(named)
                elif matches[i].rule in (BARE_VALUE, BOUND_VALUE) and not matches[i].score:
                    matches[i] = named
        return sorted(matches, key=lambda match: match.start) if table else matches

    def _read(
        self, data: bytes, spans: Sequence[tuple[int, int]], formed: dict[tuple[int, int], Rule]
    ) -> _Reading | None:
        values = [data[start:end] for start, end in spans]
        if spans[0] in formed:  # the key's own form tells its system
            key = formed[spans[0]]
            fitting = next((r for r in self._secrets.get(key.id, ()) if _fits(r, values[1])), None)
            return _Reading((None, fitting), ALONE + TOLD + TOLD + RARE) if fitting else None
        return self._by_shapes(values) or self._of_nobody(values)

    def _of_nobody(self, values: list[bytes]) -> _Reading | None:
        """Read two values as random as keys, of no system's shapes."""
        is_pair = all(len(value) >= 16 and is_random(value) for value in values[:2])
        return _Reading(self._nobody, _UNTOLD) if is_pair else None

    def _by_shapes(self, values: list[bytes], in_row: bool = False) -> _Reading | None:
        """Read values as the parts of one credential; ``in_row``: the third may be any that somebody chose."""
        best: _Reading | None = None
        for key, secret, third in self._parts:
            if not (_fits(key, values[0]) and _fits(secret, values[1])):
                continue
            points = ALONE + TOLD + _rarity(values[0]) + _rarity(values[1])
            rules: tuple[Rule, ...] = (key, secret)
            if third is not None and len(values) > 2 and in_row:
                if may_be_chosen(values[2]):
                    rules = key, secret, third
            elif third is not None and len(values) > 2 and _fits(third, values[2]):
                rules, points = (key, secret, third), points + 1
            if key.system in _TAIL:
                points -= 1
            if best is None or (points, len(rules)) > (best.points, len(best.rules)):
                best = _Reading(rules, points)
        return best


def _fits(rule: Rule, value: bytes) -> bool:
    """Tell whether a value has a shape of the rule; what a person may choose is no shape."""
    is_chosen = rule.kind == "passphrase"
    shapes = (s for s in rule.shapes if is_chosen or s.charset != "user_chosen")
    return any(fits(value, shape) for shape in shapes) and is_random(value)


_SIGNATURE = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{86,88}")


def _are_signatures(data: bytes, lines: Sequence[tuple[int, int]]) -> bool:
    """Tell whether lines are 64 bytes in base58 each: signatures of Solana's transactions."""
    return all(_SIGNATURE.fullmatch(data, *span) for span in lines)


def _differ(spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether two values differ in length: lists of ids and digests have one form."""
    return len({end - start for start, end in spans[:2]}) == 2


def _rarity(value: bytes) -> int:
    """Digests and ids are hexadecimal, and common; a mixed alphabet of the right length is rare."""
    return 0 if value in (value.lower(), value.upper()) else RARE
