"""The following judge: the secret that stands right behind an id whose own form tells its system.

``Session("AKIA...", "...")``, a row of a table, ``id:secret`` and two lines of a chat name no secret; but the
id proves whose they are, and the next value that has the form of its secret is the secret.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from scanner.context.names import roles
from scanner.context.values import lookalikes
from scanner.context.values.randomness import is_random
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match, Rule, Shape
from scanner.rules import Catalog
from scanner.shapes import fits, is_mixed

BEHIND = 7
"""Points of a secret behind its id; the id as its partner adds more."""
_REACH = 160
_MOST_LINES = 2
"""Ends of lines between an id and its secret, at most: the next message of a chat."""
_RUN = lazy_compile(
    rb"(?<![A-Za-z0-9+/_\-=.%])[A-Za-z0-9+/_\-]{16,400}={0,2}(?![A-Za-z0-9+/_\-=%])"
)
_JOIN = lazy_compile(rb"""["'`]?(?:[ \t]?[,:;|/][ \t]?|[ \t]{1,8}|[ \t]?,\s{1,40})["'`]?""")
_NAME = lazy_compile(rb"([A-Za-z][\w.\-]{0,60})[\"'\])]{0,3}\s{0,40}[:=]\s{0,40}[\"'`]?\Z")
_ENDS = lazy_compile(rb"\n[ \t\r]*\n|\)[ \t]*[;\n]|\}")
"""What ends a paragraph, a call or an object: behind it another matter begins."""
_VAGUE = ("hex_lower", "hex_upper", "hex", "uuid", "digits", "user_chosen")
"""Alphabets of digests and ids too, and any at all: such a value must be joined to the id."""


class FollowingJudge:
    """Adds the secrets that only the id before them tells; runs after those that judge values."""

    def __init__(self, catalog: Catalog) -> None:
        rules = {rule.id: rule for rule in catalog.rules}
        self._secrets: dict[str, tuple[Rule, ...]] = {}
        for rule in catalog.rules:
            if rule.kind == "api_key" and rule.pattern and rule.told_by == "structure":
                named = (rules[name] for name in rule.pairs_with if name in rules)
                secrets = tuple(r for r in named if r.kind == "api_secret" and r.shapes)
                if secrets:
                    self._secrets[rule.id] = secrets

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, and the secrets behind ids that have none beside them yet."""
        taken = sorted(
            (match.start, match.end)
            for match in matches
            if match.rejected is None and match.rule.system is not None
        )
        judged = list(matches)
        for key in matches:
            if key.rejected is None and key.rule.id in self._secrets:
                judged += self._behind(blob.data, key, taken)
        return judged

    def _behind(self, data: bytes, key: Match, taken: Sequence[tuple[int, int]]) -> Iterator[Match]:
        end = min(len(data), key.end + _REACH)
        found = _RUN.search(data, key.end, end + 80)
        if found is None or found.start() > end:
            return
        start, stop = found.span()
        gap = data[key.end : start]
        if gap.count(b"\n") > _MOST_LINES or _ENDS.search(gap):
            return
        name = _NAME.search(gap)
        if name is not None and roles.is_public(name[1].decode()):
            return
        value, is_joined = found.group(), _JOIN.fullmatch(gap) is not None
        rule = next((r for r in self._secrets[key.rule.id] if _is_of(r, value, is_joined)), None)
        if rule is None or lookalikes.of_itself(value) or not is_random(value, is_formed=True):
            return
        place = bisect_left(taken, (start, start))
        if any(low < stop and start < high for low, high in taken[max(0, place - 2) : place + 2]):
            return
        system = str(key.rule.system).replace("_", " ")
        yield Match(
            rule, start, stop, BEHIND, (Evidence("pair", f"stands behind an id of {system}"),)
        )


def _is_of(rule: Rule, value: bytes, is_joined: bool) -> bool:
    """Tell whether a value has the form of a rule's secret, closely enough for where it stands."""
    return any(fits(value, shape) and _tells(shape, value, is_joined) for shape in rule.shapes)


def _tells(shape: Shape, value: bytes, is_joined: bool) -> bool:
    if shape.charset in _VAGUE:
        return is_joined and shape.charset not in ("digits", "user_chosen")
    return is_mixed(value)
