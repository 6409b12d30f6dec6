"""The leading judge: the short key that stands right before its secret.

Eight or ten characters say nothing by themselves, so nothing looks for them without a name. But what stands
first in a row, in a call or on the line above, and has the very form of the key of a secret, is that key.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from scanner.context.around.binding import bind
from scanner.context.layout.rows import GAP
from scanner.context.names.roles import kind_of
from scanner.context.values.lookalikes import is_name_like, of_itself
from scanner.context.values.words import reads_as_word
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import Catalog
from scanner.shapes import SHORTEST_BARE, fits, is_mixed

LEADS, SURE = 7, 6
"""Points of a key before its secret, and those that the secret has at least."""
_REACH = 120
_NEIGHBOURS = 6
"""Matches before a key that may cover it, all readings of one value among them."""
_FEWEST_DIGITS, _FEWEST_LETTERS = 2, 2
"""In a value of one case: words with a year behind them have more letters, dates more digits."""
_BEFORE = lazy_compile(rb"(?<![\w+/=.\-@#])([A-Za-z0-9]{8,15})" + GAP + rb"""["'`]?\Z""")
_NOTED = lazy_compile(
    rb"(?i)(?:^|[\s\-*])(?:key|clave|llave|chave|api|\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87)[ ]?[:=]?[ ]{1,3}"
    rb"([A-Za-z0-9]{8,15})[ \t,;/]{0,4}\r?\n?[ \t>*\-]{0,6}"
    rb"(?:api[ _-]?)?[a-z\x80-\xff]{3,16}(?:[ ][a-z\x80-\xff]{3,16})?[ ]?[:=]?[ ]{1,3}\Z"
)
"""A key behind a word for one, and the words for its secret: ``key aB3xE9fQ2m`` above ``secreto ...``."""


class LeadingJudge:
    """Adds the short keys that only their secrets tell; runs after those that judge values."""

    def __init__(self, catalog: Catalog) -> None:
        rules = {rule.id: rule for rule in catalog.rules}
        self._keys: dict[str, tuple[Rule, ...]] = {}
        for rule in catalog.rules:
            if rule.kind == "api_secret" and rule.system is not None:
                partners = (rules[name] for name in rule.pairs_with if name in rules)
                keys = tuple(r for r in partners if r.kind == "api_key" and _is_short(r))
                if keys:
                    self._keys[rule.id] = keys

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, and the short keys right before secrets that have none there yet."""
        alive = [match for match in matches if match.rejected is None]
        secrets = [m for m in alive if m.rule.id in self._keys and m.score >= SURE]
        if not secrets:
            return list(matches)
        taken = sorted((match.start, match.end) for match in alive)
        added: list[Match] = []
        for secret in secrets:
            for key in self._before(blob.data, secret, taken):
                insort(taken, (key.start, key.end))
                added.append(key)
        return sorted([*matches, *added], key=lambda match: match.start)

    def _before(
        self, data: bytes, secret: Match, taken: Sequence[tuple[int, int]]
    ) -> Iterator[Match]:
        window = max(0, secret.start - _REACH), secret.start
        found = _BEFORE.search(data, *window) or _NOTED.search(data, *window)
        if found is None or not _is_random(found[1]):
            return
        start, end = found.span(1)
        rule = next((r for r in self._keys[secret.rule.id] if _has_form(r, found[1])), None)
        place = bisect_left(taken, (end, end))
        near = taken[max(0, place - _NEIGHBOURS) : place]
        if rule is None or any(high > start for _, high in near):
            return
        name = bind(data, start, end).name
        if name and kind_of(name) != "api_key":
            return
        system = str(rule.system).replace("_", " ")
        yield Match(rule, start, end, LEADS, (Evidence("pair", f"leads a secret of {system}"),))


def _is_short(rule: Rule) -> bool:
    return any(shape.maximum < SHORTEST_BARE for shape in rule.shapes)


def _has_form(rule: Rule, value: bytes) -> bool:
    return any(shape.maximum < SHORTEST_BARE and fits(value, shape) for shape in rule.shapes)


def _is_random(value: bytes) -> bool:
    """Tell whether a short value may have been drawn: no word, no date, no trading pair.

    >>> _is_random(b"aB3dE9xQ"), _is_random(b"Trader01"), _is_random(b"20240101")
    (True, False, False)
    """
    if is_name_like(value) or reads_as_word(value) or of_itself(value):
        return False
    if is_mixed(value):
        return True
    digits = sum(48 <= byte <= 57 for byte in value)
    return digits >= _FEWEST_DIGITS and len(value) - digits >= _FEWEST_LETTERS
