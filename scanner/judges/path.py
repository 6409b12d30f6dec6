"""The path judge: what a path tells of a draft, once it is known.

A blob is scanned once though it may lie at many paths, so nothing before this judge looks at the path;
``scan`` and ``history`` therefore agree.
"""

from scanner.context.spotter import Spotter
from scanner.models import Draft, Evidence, Rule
from scanner.rules import Catalog
from scanner.shapes import fits

PATH = 3
"""Points of a path that tells the system."""


class PathJudge:
    """Names the system of a generic draft by its path, where the path tells one."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._spotter: Spotter | None = None

    def judge(self, draft: Draft) -> Draft:
        """Return the draft, renamed and raised if its path tells whose it is."""
        rule, path = draft.match.rule, draft.origin.path
        if path is None or path == "-" or rule.system is not None or not rule.shapes:
            return draft
        if self._spotter is None:
            self._spotter = Spotter(self._catalog.systems.values())
        for spot in self._spotter.in_name(path[-200:]):
            if spot.weak:
                continue
            better = self._rule(spot.system, rule.kind, draft.secret)
            if better is not None:
                evidence = Evidence("path", f"{spot.word} in the path")
                match = draft.match._replace(
                    rule=better,
                    score=draft.match.score + PATH,
                    evidence=(*draft.match.evidence, evidence),
                )
                return draft.replaced(match=match)
        return draft

    def _rule(self, system: str, kind: str, secret: bytes) -> Rule | None:
        rules = [rule for rule in self._catalog.rules if rule.system == system]
        shaped = [rule for rule in rules if any(fits(secret, shape) for shape in rule.shapes)]
        for rule in shaped:
            if rule.kind == kind:
                return rule
        return shaped[0] if shaped and kind in ("api_key", "api_secret", "token") else None
