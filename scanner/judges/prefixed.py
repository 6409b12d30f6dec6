"""Prefixes that several services hand out: whose such a value is, its own name, section or line says.

``sk_live_`` begins the keys of Stripe, and those of Clerk as well. A rule that its surroundings must tell
(``told_by: context``) may have the prefix of one whose form is proof; where they tell it better, it is right.
A prefix that one service alone has, such as ``npm_``, says more than the name of the field that it stands in.
"""

from collections.abc import Iterable

from scanner.judges.telling import LINE, Told
from scanner.models import Match, Rule

_LEAST = 4
"""Bytes of the shortest prefix that says by itself whose a value is: ``npm_``."""
_SAID = frozenset(("api-", "key-", "pat-", "sdk-", "mob-", "ops_", "test_", "temporary-"))
"""Prefixes that are words, which others put before their keys, too."""


def claims(matches: Iterable[Match]) -> dict[tuple[int, int], list[str]]:
    """Return the systems whose rules claim a place by its prefix, if something around it tells them."""
    found: dict[tuple[int, int], list[str]] = {}
    for match in matches:
        rule = match.rule
        if rule.told_by == "context" and rule.pattern and rule.prefix and match.rejected is None:
            found.setdefault((match.start, match.end), []).append(str(rule.system))
    return found


def claimant(told: dict[str, Told], system: str | None, claiming: list[str]) -> str | None:
    """Return the claiming system that is told on the value's line or nearer, and better than ``system``; else None."""
    own = told[system].points if system in told else 0
    best = max(claiming, key=lambda one: told[one].points if one in told else 0)
    is_better = best in told and told[best].points >= LINE and told[best].points > own
    return best if is_better else None


class Prefixes:
    """Knows the prefixes that one service alone has; built once from the rules."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        owners: dict[bytes, set[str | None]] = {}
        for rule in rules:
            if (
                rule.prefix[-1:] in ("_", "-")
                and len(rule.prefix) >= _LEAST
                and rule.prefix not in _SAID
            ):
                owners.setdefault(rule.prefix.encode(), set()).add(rule.system)
        self._owners = {prefix: next(iter(of)) for prefix, of in owners.items() if len(of) == 1}
        self._all = tuple(self._owners)

    def owner(self, value: bytes) -> str | None:
        """Return the service whose prefix a value begins with, the longest if several do; None for nobody's."""
        if not value.startswith(self._all):
            return None
        return self._owners[max(filter(value.startswith, self._all), key=len)]
