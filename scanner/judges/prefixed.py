"""Prefixes that several services hand out: whose such a value is, its own name, section or line says.

``sk_live_`` begins the keys of Stripe, and those of Clerk as well. A rule that its surroundings must tell
(``told_by: context``) may have the prefix of one whose form is proof; where they tell it better, it is right.
"""

from collections.abc import Iterable

from scanner.judges.telling import LINE, Told
from scanner.models import Match


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
