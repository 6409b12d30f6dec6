"""How sure: which rule of the told systems fits a value best, and what that is worth.

Points for the place that tells the system, for the shape, for the role and for what the rule knows of
the value's name are added; docs/confidence.md has the table and says why each weighs what it does.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scanner.context.around.binding import Binding
from scanner.context.around.onchain import is_address
from scanner.context.layout.rows import Row
from scanner.context.names import roles
from scanner.context.names.languages import kind_in_name
from scanner.context.names.owners import is_of_another
from scanner.context.values.captions import is_caption
from scanner.context.values.encoded import is_piece_of_text
from scanner.context.values.randomness import is_random
from scanner.judges.addresses import is_of_address, is_of_processor, is_other_hex
from scanner.judges.forms import (
    PARTS,
    form_of,
    has_exact_length,
    has_one_length,
    has_shape,
    in_pair,
    is_all_kinds,
    strength,
)
from scanner.judges.prefixed import Prefixes
from scanner.judges.telling import BLOCK, LINE, NAME, NEAR, OPENER, Told, named_in
from scanner.models import Evidence, Match, Rule, Shape
from scanner.shapes import fits, is_mixed

ROLE_NAMED, ROLE_SHORT, ROLE_PROSE = 3, 2, 2
OTHER_NAME = 2
ALONE = 6
"""Points of a pair that its forms alone tell."""
BESIDE = Evidence("pair", "a value of fitting form stands beside it")
"""All that tells such a pair."""
CLIENT_IDS = (("client", "id"), ("app", "id"), ("application", "id"))
_IDS = (("key", "id"), *CLIENT_IDS)
"""Ends of names that are no secret's, unless a rule lists them as those of a part of its own."""
CHOSEN = ("passphrase", "password")
"""Kinds whose values people think up: any text can be one, so only a name tells them."""

_KIN = {
    "api_key": ("api_key", "token", "private_key"),
    "api_secret": ("api_secret", "private_key", "token"),
    "private_key": ("private_key", "api_secret"),
    "passphrase": ("passphrase", "password"),
    "password": ("passphrase", "password", "api_secret"),
    "token": ("token", "api_key", "api_secret"),
    "mnemonic": ("mnemonic", "private_key"),
    "webhook": ("webhook", "token"),
    "connection_string": ("connection_string",),
}
_BY_INDEX = (*PARTS, "passphrase")


class Role(NamedTuple):
    """The kind that the binding promises (None for none), its points, and the evidence for it."""

    kind: str | None = None
    points: int = 0
    evidence: Evidence | None = None


class Fit(NamedTuple):
    """The rule that fits best, its score and the evidence for it."""

    rule: Rule
    score: int
    evidence: tuple[Evidence, ...]


class Fitting:
    """Chooses among the rules of the systems; built once from the catalog's rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.by_system: dict[str, list[Rule]] = {}
        self._names: set[tuple[str, ...]] = set()
        self._unnamed_shapes: dict[int, set[Shape]] = {}
        for rule in rules:
            if rule.system is not None:
                self.by_system.setdefault(rule.system, []).append(rule)
                self._names.update(roles.words(name) for name in rule.names)
                if rule.told_by != "context" and rule.kind not in CHOSEN:
                    self._index(rule.shapes)

        self.prefixes = Prefixes(rules)
        owned = [rule for rules in self.by_system.values() for rule in rules]
        self._exact = [r for r in owned if not r.pattern and any(map(has_one_length, r.shapes))]
        self._shaped = [rule for rule in owned if rule.told_by == "shape"]

    def _index(self, shapes: Iterable[Shape]) -> None:
        for shape in shapes:
            for length in range(shape.minimum, shape.maximum + 1):
                self._unnamed_shapes.setdefault(length, set()).add(shape)

    def has_keys(self, system: str) -> bool:
        """Tell whether a system has more than phrases: a key is none of those."""
        return any(rule.kind != "mnemonic" for rule in self.by_system.get(system, ()))

    def has_kind(self, system: str, kind: str) -> bool:
        """Tell whether any rule of a system is of a kind."""
        return any(rule.kind == kind for rule in self.by_system.get(system, ()))

    def is_listed(self, name: str) -> bool:
        """Tell whether any rule lists a name, or the end of it, as its own."""
        parts = roles.words(name)
        return any(parts[at:] in self._names for at in range(len(parts)))

    def lists_key(self, name: str) -> bool:
        """Tell whether any rule lists a key's name, or the end of it with a word before ``key``."""
        parts = roles.words(name)
        return any(parts[at:] in self._names for at in range(len(parts)) if parts[at] != "key")

    def has_chance(self, value: bytes, binding: Binding) -> bool:
        """Tell whether a value that no name of a secret binds may fit a rule all the same."""
        if binding.how in ("argument", "listed"):
            return True
        if self.is_listed(binding.name):
            return True
        return any(fits(value, shape) for shape in self._unnamed_shapes.get(len(value), ()))

    def best(
        self,
        value: bytes,
        match: Match,
        binding: Binding,
        told: dict[str, Told],
        role: Role,
        row: Row | None = None,
    ) -> Fit | None:
        """Return the rule, score and evidence of the system that fits best, None for none.

        ``row``: where a value without a name stands among others.
        """
        best: Fit | None = None
        is_others = is_of_another(binding.name) and all(t.points < NAME for t in told.values())
        listed = [match.rule.system] if match.rule.pattern else self._named(value, binding, told)
        for system in listed:
            here = told.get(system or "")
            if here is None:
                continue
            if is_others and here.weak and here.points == BLOCK:
                continue  # an address of Alchemy's beside ``ONEINCH_KEY``
            rules = self.by_system.get(system or "", ())
            if (
                here.weak and here.points < NEAR
            ):  # a shape that all have needs more than a word of them
                rules = [
                    rule for rule in rules if rule.told_by != "context" or knows(rule, binding)
                ]
            place = binding
            if row is not None and in_pair(rules, value, row.others):
                place = binding._replace(how="listed", place=row.place, name="")
            by_common_word = here.weak and here.points == NAME and place.name and not role.kind
            if by_common_word and not any(knows(rule, binding) for rule in rules):
                continue  # "oracle_base" is no key of Base: such a word needs a key's name
            for rule in rules:
                if (match.rule.pattern or rule.pattern) and rule is not match.rule:
                    continue
                points = self._points(rule, value, place, here.points, role)
                if points is not None and (best is None or here.points + points > best.score):
                    evidence = [here.evidence]
                    if has_shape(rule, value):
                        evidence.insert(0, form_of(rule))
                    best = Fit(rule, here.points + points, tuple(evidence))
        if best is None and row is not None and not match.rule.pattern:
            return self._in_telling_pair(value, row)
        return best

    def _in_telling_pair(self, value: bytes, row: Row) -> Fit | None:
        """Return the rule of a value whose form and that of its neighbour nothing else has, told or not.

        Letters of both cases and digits, each in just the right number: 18 and 36 are a key of Bybit.
        """
        if not is_all_kinds(value) or is_piece_of_text(value):
            return None  # a piece is one of wrapped base64, among other lines of it
        if all(map(is_address, (value, *row.others))):
            return None  # of mints and pools there are whole lists
        kind, others = _BY_INDEX[min(row.place, 1)], [one for one in row.others if is_mixed(one)]
        fitting = [
            rule
            for rule in self._exact
            if rule.kind == kind
            and has_exact_length(rule, value)
            and in_pair(self.by_system[str(rule.system)], value, others)
        ]
        if not fitting:
            return None
        rule = min(fitting, key=lambda rule: (len(rule.shapes), rule.id))
        return Fit(rule, ALONE, (form_of(rule), BESIDE))

    def _named(self, value: bytes, binding: Binding, told: dict[str, Told]) -> dict[str, Told]:
        """Return the systems that the name tells, and those told nearby that have such a value by that name.

        The keys of other stores are passed to Amazon's client, too, as ``aws_secret_access_key``.
        """
        named = named_in(told)
        return named | {
            system: here
            for system, here in told.items()
            if system not in named
            and here.points >= BLOCK
            and (not here.weak or here.points >= OPENER or here.evidence.what == "host")
            and any(
                knows(rule, binding) and has_shape(rule, value)
                for rule in self.by_system.get(system, ())
                if not rule.pattern
            )
        }

    def _points(
        self, rule: Rule, value: bytes, binding: Binding, told: int, role: Role
    ) -> int | None:
        """Return the points of shape and role; None if the value cannot be this."""
        points = self._fit(rule, value, role.kind, binding, told)
        if points is None:
            return None
        points += role.points
        if (role.points == 0 and knows(rule, binding)) or (
            role.kind is None and binding.how in ("argument", "listed") and told >= LINE
        ):
            return points + ROLE_NAMED
        if role.kind is None and binding.how == "listed" and told >= NEAR:
            return points + ROLE_PROSE  # "key / secret": the order tells which is which
        if role.kind is None and (binding.name or strength(rule, value) == 1):
            return points - OTHER_NAME  # the name speaks of something else, or nothing speaks
        return points

    def _fit(
        self, rule: Rule, value: bytes, kind: str | None, binding: Binding, told: int
    ) -> int | None:
        """Return the points for how a value suits a rule; None if it cannot be this."""
        if not rule.shapes and not rule.pattern:
            return None
        known = knows(rule, binding)
        if not known and told < NAME and is_other_hex(rule, value, kind):
            return None
        end = roles.words(binding.name)[-2:]
        if not known and end in _IDS and (rule.kind != "api_key" or end != _IDS[0]):
            return None  # an id names a key or a client, and opens nothing
        related = known or (kind is not None and rule.kind in _KIN[kind])
        if has_shape(rule, value):
            if rule.kind in CHOSEN and not related and not _is_third(binding, told):
                return None
            points = strength(rule, value)
            if kind is None and not known:
                return self._unnamed(rule, points, binding, told)
            better = 3 if known else 2 if rule.kind == kind else 1
            return points + better if related else points - 1
        # A form that public values have too says nothing at another length: its name must tell all.
        least = NAME if rule.told_by == "context" else OPENER
        loose = rule.kind == kind and told >= least and len(value) >= 12
        if loose and all(shape.charset == "digits" for shape in rule.shapes):
            loose = False
        if loose and self.prefixes.owner(value) not in (None, rule.system):
            loose = False  # ``github_token: npm_...``: the value says itself whose it is
        if loose and rule.kind not in CHOSEN and not rule.pattern and is_random(value):
            return None if is_caption(value) else -1
        return None

    def _unnamed(self, rule: Rule, points: int, binding: Binding, told: int) -> int | None:
        """Return the points of a value that no name speaks for: its place in a list may."""
        in_order = binding.how in ("argument", "listed")
        least = LINE if binding.how == "argument" else NEAR
        if rule.told_by == "context" and not (in_order and told >= least):
            return None  # a shape that public values have too: a name must speak
        if _is_first_of_pair(rule, points, binding):
            return None
        if not in_order and all(shape.charset == "user_chosen" for shape in rule.shapes):
            return None  # no shape at all
        expected = _BY_INDEX[binding.place] if 0 <= binding.place < 3 else None
        if binding.how == "listed" and rule.kind != expected:
            return None
        return points + (1 if rule.kind == expected else 0)

    def alone(self, value: bytes, kind: str | None, binding: Binding) -> Rule | None:
        """Return the rule that a name and a shape tell without a system: ``told_by: shape``.

        Words for a private key are such a name in any language.
        """
        if is_of_processor(binding.name):
            return None
        is_private = kind == "private_key" and (
            not (binding.name or binding.callee) or kind_in_name(binding.name) == "private_key"
        )
        for rule in self._shaped:
            if (
                rule.kind == kind
                and (is_private or knows(rule, binding) or is_of_address(rule, binding, value))
                and has_shape(rule, value)
            ):
                return rule
        return None

    def lists(self, name: str, systems: Iterable[str]) -> bool:
        """Tell whether a rule of the systems lists a name as its own."""
        rules = (rule for system in systems for rule in self.by_system.get(system, ()))
        return any(_same(name, listed) for rule in rules for listed in rule.names)


def _is_third(binding: Binding, told: int) -> bool:
    return binding.how in ("argument", "listed") and binding.place == 2 and told >= NEAR


def _is_first_of_pair(rule: Rule, points: int, binding: Binding) -> bool:
    """Tell whether a value stands first in a call and has a form that a secret shares with the id before it."""
    is_common = rule.told_by == "context" and points == 1
    return (
        is_common and rule.kind == "api_secret" and binding.how == "argument" and not binding.place
    )


def knows(rule: Rule, binding: Binding) -> bool:
    """Tell whether the value is bound to a name that the rule lists as its own."""
    return bool(binding.name) and any(_same(binding.name, name) for name in rule.names)


def _same(name: str, listed: str) -> bool:
    mine, theirs = roles.words(name), roles.words(listed)
    return mine == theirs or (len(theirs) > 1 and mine[-len(theirs) :] == theirs)
