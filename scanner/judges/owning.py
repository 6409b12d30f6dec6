"""Whose a value is that others hand out in the same form: the system that is told around it, if it is told well.

A PEM key, a pair of Ed25519 keys and a key of hexadecimal digits are many systems'; so is what a telling name
binds and no system's rule fits.
"""

from scanner.context.around.binding import Binding
from scanner.judges.addresses import SHARED
from scanner.judges.fitting import ROLE_NAMED, Fitting
from scanner.judges.forms import has_shape
from scanner.judges.structure import STALE
from scanner.judges.telling import LINE, NAME, Scene, Told, owner_of
from scanner.models import Match, Rule
from scanner.rules import Catalog

_OWN_FORMS = ("wif", "bip38", "xrp_numbers", "stellar", "seed_array")
"""Checks that only the keys of one chain pass: what stands around them renames nothing."""


_OF_SERVICES = ("api_key", "token")
"""Kinds of secrets that services hand out."""


def is_shared(rule: Rule) -> bool:
    """Tell whether a form is that of many systems' keys: PEM, Ed25519 pairs, hexadecimal keys."""
    return rule.told_by == "structure" and (
        rule.system is None
        or (
            not rule.keywords
            and rule.kind in ("private_key", "api_secret")
            and rule.check not in _OWN_FORMS
        )
    )


def is_literal(match: Match) -> bool:
    """Tell whether the literal judge read a value whose system nothing has told yet."""
    return match.rule.system is None and any(e.what == "literal" for e in match.evidence)


class Owners:
    """Chooses the owner of a value among the told systems; built once from the catalog."""

    def __init__(self, catalog: Catalog, fitting: Fitting) -> None:
        self._systems = catalog.systems
        self._private = next((r for r in catalog.rules if r.id == "generic-private-key"), None)
        self._fitting = fitting

    def of(self, told: dict[str, Told], least: int = LINE, kind: str = "") -> str | None:
        """Return the one told best, with ``least`` points or more, whose keys are more than phrases; None if unsure.

        A key of an API is no chain's for the chain's being spoken of around it (``kind``).
        """
        told = {
            system: t
            for system, t in told.items()
            if self._fitting.has_keys(system)
            and (system != SHARED or t.points >= NAME or kind not in _OF_SERVICES)
        }
        return owner_of(told, least) or self._abbreviated(told)

    def named(
        self, match: Match, value: bytes, binding: Binding, told: dict[str, Told], scene: Scene
    ) -> Match:
        """Name the system of a value whose own form is nobody's (a PEM key), if one is told.

        A form that a system has of its own is renamed by a name or a call alone.
        """
        own = match.rule.system
        if own in told and match.rule.prefix:
            return match  # Yandex's keys are passed to Amazon's client by its names
        is_pair = match.rule.check == "ed25519_pair" and own not in told
        least = LINE if own is None or is_pair else NAME
        if own is not None:
            imported = {spot.system for spot in scene.imports}
            told = {
                system: t
                for system, t in told.items()
                if t.points >= least
                or (
                    (t.points >= LINE or system in imported)
                    and self._has_form(system, match, value)
                )
            }
            least = min((t.points for t in told.values()), default=least)
        owner = self.of(told, least, match.rule.kind)
        if owner is None and own is None and match.rule.kind == "private_key":
            rule = self._fitting.alone(value, match.rule.kind, binding)
            return match if rule is None else match._replace(rule=rule)
        if is_pair and owner is None and self._private and not (binding.name or binding.label):
            return match._replace(rule=self._private)  # a file of nothing else: any program's
        if owner is None or owner == own:
            return match
        if own is not None and own.partition("_")[0] == owner.partition("_")[0]:
            return match  # of one house, whose other keys have other forms
        if match.score == STALE:  # a system's dead token still tells that its tokens get about
            match = match._replace(score=match.score + ROLE_NAMED)
        rules = [r for r in self._fitting.by_system.get(owner, ()) if r.kind == match.rule.kind]
        fitting = (r for r in rules if not r.pattern and has_shape(r, value))
        rule = next(fitting, match.rule._replace(system=owner))
        return match._replace(rule=rule, evidence=(*match.evidence, told[owner].evidence))

    def _has_form(self, system: str, match: Match, value: bytes) -> bool:
        """Tell whether a system hands out values of a match's kind in just this form."""
        return any(
            rule.kind == match.rule.kind and not rule.pattern and has_shape(rule, value)
            for rule in self._fitting.by_system.get(system, ())
        )

    def _abbreviated(self, told: dict[str, Told]) -> str | None:
        """Return the exchange whose short name is in the value's own name (``CDP_API_SECRET``)."""
        return next(
            (
                system
                for system, t in told.items()
                if t.points == NAME
                and t.evidence.what == "name"
                and self._systems[system].category != "wallet"
            ),
            None,
        )
