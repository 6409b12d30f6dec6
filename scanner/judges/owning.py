"""Whose a value is that others hand out in the same form: the system that is told around it, if it is told well.

A PEM key, a pair of Ed25519 keys and a key of hexadecimal digits are many systems'; so is what a telling name
binds and no system's rule fits.
"""

from scanner.context.around.binding import Binding
from scanner.context.layout.rows import Row
from scanner.context.names.calls import logs_in_to_server
from scanner.context.names.roles import is_elsewhere, kind_of
from scanner.context.values.signers import names_own_signer
from scanner.judges.addresses import SHARED, is_of_processor
from scanner.judges.fitting import ROLE_NAMED, Fitting
from scanner.judges.forms import form_of, has_shape, in_pair, is_hex_64
from scanner.judges.halves import public_beside
from scanner.judges.structure import STALE
from scanner.judges.telling import BLOCK, CALL, LINE, NAME, NEAR, Scene, Told, clip, owner_of
from scanner.lazy import lazy_compile
from scanner.models import Evidence, Match, Rule
from scanner.rules import Catalog

_OWN_FORMS = ("bip38", "xrp_numbers", "stellar", "seed_array")
"""Checks that only the keys of one chain pass: what stands around them renames nothing."""
_BITCOIN = (b"5", b"K", b"L")
"""First letters of private keys that have Bitcoin's version byte."""

_TRADING = ("exchange", "broker", "wallet")
"""Categories whose keys come in pairs of which one alone may be named."""

OF_ADDRESSES = ("generic-url-password", "generic-dsn-password", "generic-server-password")
"""Passwords of proxies, queues and databases, which an exchange has none of."""
_CALLS = ("generic-login-call", "generic-connect-call", "generic-computed-login-call")
_OF_SERVICES = ("api_key", "token")
"""Kinds of secrets that services hand out."""


def _is_anybodys(binding: Binding, before: bytes) -> bool:
    """Tell whether a pair of Ed25519 keys that nothing says is Coinbase's is any program's, or a wallet's.

    Coinbase's file has the id of the key before it, and its settings call the pair a secret of an API.
    """
    if not (binding.name or binding.label):
        return True  # a file of nothing else
    return kind_of(binding.name) == "private_key" and _KEY_ID.search(before) is None


_KEY_ID = lazy_compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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


def _kinds(match: Match) -> tuple[str, ...]:
    """Return the kinds that a form may be of: a pair of Ed25519 keys signs for an account on a chain, too."""
    is_pair = match.rule.check == "ed25519_pair"
    return (match.rule.kind, "private_key") if is_pair else (match.rule.kind,)


def is_for_server(match: Match, binding: Binding) -> bool:
    """Tell whether a password is handed to a call that logs in to a server of mail, messages or data."""
    return match.rule.id in _CALLS and logs_in_to_server(binding.callee)


def of_server(told: dict[str, Told]) -> dict[str, Told]:
    """Return what is told of a server: its host, and the call; what the file is about says nothing of it."""
    return {s: t for s, t in told.items() if t.points >= CALL or t.evidence.what == "host"}


def is_literal(match: Match) -> bool:
    """Tell whether the literal judge read a value whose system nothing has told yet."""
    ways = ("literal", "common") if match.rule.kind == "passphrase" else ("literal",)
    return match.rule.system is None and any(e.what in ways for e in match.evidence)


class Owners:
    """Chooses the owner of a value among the told systems; built once from the catalog."""

    def __init__(self, catalog: Catalog, fitting: Fitting) -> None:
        self._systems = catalog.systems
        self._private = next((r for r in catalog.rules if r.id == "generic-private-key"), None)
        self._fitting = fitting
        self._coins = [r for r in catalog.rules if (r.check or "").startswith("wif_")]

    def of(self, told: dict[str, Told], kind: str, name: str = "", least: int = LINE) -> str | None:
        """Return the one told best, with ``least`` points or more, whose keys are more than phrases; None if unsure.

        ``kind``: that of the secret; a service that is spoken of nearby must hand out such.
        ``name``: what binds it.
        """
        is_own = kind == "password" or names_own_signer(name)
        is_of_server = kind == "password" and is_elsewhere(name)
        told = {
            system: t
            for system, t in told.items()
            if self._fitting.has_keys(system)
            and not self._is_of_another(system, t, kind)
            and not (is_own and t.points <= BLOCK and self._systems[system].category in _TRADING)
            and not (is_of_server and t.points < NAME)
        }
        return owner_of(told, least) or self._abbreviated(told)

    def _is_of_another(self, system: str, told: Told, kind: str) -> bool:
        """Tell whether the name of another secret nearby is all that tells a service: ``TELEGRAM_TOKEN`` in its block.

        Traders keep the token of their bot beside the keys of an exchange that nothing names.
        """
        if system == SHARED and told.points < NAME and kind in _OF_SERVICES:
            return True  # a key of an API is no chain's for the chain's being spoken of around it
        if (
            told.points < NAME
            and self._systems[system].category == "wallet"
            and not self._fitting.has_kind(system, kind)
        ):
            return True
        if told.points > BLOCK or self._systems[system].category in _TRADING:
            return False
        if not self._fitting.has_kind(system, kind):
            return True
        return told.evidence.what == "name" and kind_of(told.evidence.detail.split()[0]) is not None

    def named(
        self,
        match: Match,
        value: bytes,
        binding: Binding,
        told: dict[str, Told],
        scene: Scene,
        row: Row | None = None,
        before: bytes = b"",
    ) -> Match:
        """Name the system of a value whose own form is nobody's (a PEM key), if one is told.

        A form that a system has of its own is renamed by a name or a call alone, or by a key before it in its row.
        """
        own = match.rule.system
        if match.rule.check == "wif":
            return self._of_coin(match, value, told)
        if own is not None and own not in told and row is not None and row.place == 1:
            second = self._second(value, told, row.others)
            if second is not None:
                here = told[str(second.system)].evidence
                return match._replace(rule=second, evidence=(*match.evidence, here))
        if own == SHARED and self._private and is_of_processor(binding.name):
            return match._replace(rule=self._private)
        if own in told and match.rule.prefix:
            return match  # Yandex's keys are passed to Amazon's client by its names
        is_pair = match.rule.check == "ed25519_pair" and own not in told
        least = LINE if own is None or is_pair else NAME
        # Nothing says it is Coinbase's: a common word such as Sui does, and what a column calls the exchange.
        told = {
            system: t._replace(weak=False)
            if t.weak
            and (is_pair or (own is None and t.evidence.what == "sibling"))
            and self._has_form(system, match, value)
            else t
            for system, t in told.items()
        }
        if own is not None:
            imported = {spot.system for spot in scene.imports}
            told = {
                system: t
                for system, t in told.items()
                if t.points >= least
                or (
                    (t.points >= (NEAR if is_pair else LINE) or system in imported)
                    and self._has_form(system, match, value)
                )
            }
            least = min((t.points for t in told.values()), default=least)
        owner = self.of(told, match.rule.kind, binding.name, least)
        if owner is None and own is None and match.rule.kind == "private_key":
            rule = self._fitting.alone(value, match.rule.kind, binding)
            return match if rule is None else match._replace(rule=rule)
        if is_pair and owner is None and self._private and _is_anybodys(binding, before):
            return match._replace(rule=self._private)
        if owner is None or owner == own:
            return match
        if own is not None and own.partition("_")[0] == owner.partition("_")[0]:
            return match  # of one house, whose other keys have other forms
        if match.score == STALE:  # a system's dead token still tells that its tokens get about
            match = match._replace(score=match.score + ROLE_NAMED)
        rules = [r for r in self._fitting.by_system.get(owner, ()) if r.kind in _kinds(match)]
        fitting = (r for r in rules if not r.pattern and has_shape(r, value))
        rule = next(fitting, match.rule._replace(system=owner))
        return match._replace(rule=rule, evidence=(*match.evidence, told[owner].evidence))

    def _of_coin(self, match: Match, value: bytes, told: dict[str, Told]) -> Match:
        """Name the coin whose version byte a key begins with; one that has Bitcoin's must be told."""
        for rule in self._coins:
            here = told.get(rule.system or "")
            if has_shape(rule, value) and (here or value[:1] not in _BITCOIN):
                found = (here.evidence,) if here else ()
                return match._replace(rule=rule, evidence=(*match.evidence, *found))
        return match

    def _has_form(self, system: str, match: Match, value: bytes) -> bool:
        """Tell whether a system hands out values of a match's kind in just this form."""
        return any(
            rule.kind in _kinds(match) and not rule.pattern and has_shape(rule, value)
            for rule in self._fitting.by_system.get(system, ())
        )

    def private_half(
        self, data: bytes, match: Match, binding: Binding, told: dict[str, Told]
    ) -> Match | None:
        """Return what looks like an address's key as an exchange's secret, if its "public" key stands beside it."""
        if match.rule.system not in (None, SHARED) or not is_hex_64(data[match.start : match.end]):
            return None
        public = public_beside(data, match.start, match.end, binding)
        if public is None:
            return None
        rule = self._second(data[match.start : match.end], told, (public,), BLOCK)
        if rule is None:
            return None
        here = told[str(rule.system)]
        named = Evidence("name", f"bound to {clip(binding.name)}")
        score = max(match.score, here.points + ROLE_NAMED + 1)
        evidence = (form_of(rule), here.evidence, named)
        return match._replace(rule=rule, score=score, evidence=evidence)

    def _second(
        self,
        value: bytes,
        told: dict[str, Told],
        others: tuple[bytes, ...],
        least: int = LINE,
    ) -> Rule | None:
        """Return the rule of a secret behind its key in a row of a told system: ``gate = [("key", "secret")]``."""
        for system in sorted(told, key=lambda system: -told[system].points):
            rules = self._fitting.by_system.get(system, ())
            if told[system].points >= least and in_pair(rules, value, others):
                secrets = (r for r in rules if r.kind == "api_secret" and not r.pattern)
                return next((rule for rule in secrets if has_shape(rule, value)), None)
        return None

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
