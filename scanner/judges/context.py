"""The context judge: whose value is this, which part of the credential, and how sure are we.

Every match that its own structure does not prove is looked at with its surroundings. Points for where a
system is told, for the fit of the shape, for the role that the name gives and for the partner beside it are
added; docs/confidence.md has the table and says why each weighs what it does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from scanner.checksums import CHECKS
from scanner.context import lookalikes, roles
from scanner.context.binding import Binding, bind
from scanner.context.block import Block, around
from scanner.context.passwords import WEAK, of_literal, reads_as_word
from scanner.context.randomness import is_random
from scanner.context.spotter import Spot, SpotMap, Spotter
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import BARE_VALUE, BOUND_VALUE, Catalog
from scanner.shapes import fits, is_mixed

NAME, CALL, LINE, OPENER, BLOCK, NEAR, IMPORT, FILE = 6, 6, 5, 5, 4, 3, 3, 1
ROLE_NAMED, ROLE_SHORT, ROLE_PROSE = 3, 2, 2
RANDOM = 3
OTHER_NAME = 2
HEAD, TOP = 6000, 2000
"""Bytes at the beginning of a file in which imports, and words for all of it, are looked for."""

_KIN = {
    "api_key": ("api_key", "token", "private_key"),
    "api_secret": ("api_secret", "private_key", "token"),
    "private_key": ("private_key", "api_secret"),
    "passphrase": ("passphrase", "password"),
    "password": ("passphrase", "password", "api_secret"),
    "token": ("token", "api_key", "api_secret"),
    "mnemonic": ("mnemonic",),
    "webhook": ("webhook", "token"),
    "connection_string": ("connection_string",),
}
_BY_INDEX = ("api_key", "api_secret", "passphrase")
_CHOSEN = ("passphrase", "password")
_SIBLING = re.compile(
    r"""(?i)\b(?:name|exchange|exchange_?id|id|provider|platform|broker|connector|venue|service|market|site|type)\\{0,2}["']?"""
    r"""\s{0,3}[:=]>?\s{0,3}\\{0,2}["']?([A-Za-z][\w .\-]{0,40})"""
)
_CELL = re.compile(
    r"""(?:^|[,;|\t(])\s{0,3}["']?([A-Za-z][A-Za-z0-9_. ]{1,30})["']?(?=\s{0,3}[,;|\t])"""
)
_PROSE = re.compile(r"^[^\W\d_][\w ]{2,40}[:：=]$")
_SIGNS = re.compile(r"(?i)signer|hmac|^sign")
_LAST_CALL = re.compile(r"([\w.:>]+)\s*\(?\s*$")


class Scene(NamedTuple):
    """What a whole blob tells, worked out once: where systems are told, and which are imported."""

    spots: SpotMap
    imports: tuple[Spot, ...]


class Told(NamedTuple):
    """A system told around one value: the best place it was told at."""

    points: int
    evidence: Evidence
    weak: bool = False


def _owner(told: dict[str, Told], least: int = LINE) -> str | None:
    """Return the system told best, by more than a common word; None if that is not sure.

    Below ``least`` points it must be the only one told nearby.
    """
    sure = {system: t.points for system, t in told.items() if t.points >= NEAR and not t.weak}
    best = max(sure, key=lambda system: sure[system]) if sure else None
    return best if best and (sure[best] >= least or len(sure) == 1) else None


def _is_shared(rule: Rule) -> bool:
    """Tell whether a form is that of many systems' keys: PEM, Ed25519 pairs, hexadecimal keys."""
    return rule.told_by == "structure" and (
        rule.system is None or (not rule.keywords and rule.kind in ("private_key", "api_secret"))
    )


def _is_literal(match: Match) -> bool:
    """Tell whether the literal judge read a value whose system nothing has told yet."""
    return match.rule.system is None and any(e.what == "literal" for e in match.evidence)


class ContextJudge:
    """Names the system and the role of values, and scores them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._spotter: Spotter | None = None
        self._by_system: dict[str, list[Rule]] = {}
        self._generic: dict[str, Rule] = {}
        self._everywhere = {
            system.id for system in catalog.systems.values() if system.category in ("code", "cloud")
        }
        for rule in catalog.rules:
            if rule.system is None and rule.shapes:
                self._generic.setdefault(rule.kind, rule)
            elif rule.system is not None:
                self._by_system.setdefault(rule.system, []).append(rule)

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches with system, role, score and evidence, or a reason against each."""
        if self._spotter is None:
            self._spotter = Spotter(self._catalog.systems.values())
        scene: Scene | None = None
        judged: list[Match] = []
        for match in matches:
            value = blob.data[match.start : match.end]
            if match.rejected is None and match.rule.pattern and _is_shared(match.rule):
                scene = scene or self._scene(blob.data)
                judged.append(self._owned(blob.data, match, scene))
                continue
            if match.rejected is None and match.score >= RANDOM * 2 and _is_literal(match):
                scene = scene or self._scene(blob.data)
                judged.append(self._owned(blob.data, match, scene))
                continue
            if match.rejected or match.score or match.rule.told_by == "structure":
                judged.append(match)
                continue
            reason = self._no_secret(blob.data, match, value)
            if reason:
                judged.append(match._replace(rejected=reason))
                continue
            scene = scene or self._scene(blob.data)
            judged.append(self._assess(blob.data, match, value, scene))
        return judged

    def _owned(self, data: bytes, match: Match, scene: Scene) -> Match:
        """Name the system of a value whose own form is nobody's (a PEM key), if one is told."""
        binding = bind(data, match.start)
        told = self._told(data, match, binding, around(data, match.start, match.end), scene)
        owner = _owner(told, LINE if match.rule.system is None else NAME)
        if owner is None or owner == match.rule.system:
            return match
        own = [r for r in self._by_system.get(owner, ()) if r.kind == match.rule.kind]
        value = data[match.start : match.end]
        fitting = (r for r in own if not r.pattern and self._has_shape(r, value))
        rule = next(fitting, match.rule._replace(system=owner))
        return match._replace(rule=rule, evidence=(*match.evidence, told[owner].evidence))

    def _no_secret(self, data: bytes, match: Match, value: bytes) -> str | None:
        """Return why a value cannot be a secret whatever its surroundings say, None if it can."""
        reason = None
        if match.rule.check is None:
            reason = lookalikes.of_itself(value)
            if reason is None and not is_random(value):
                may_be_chosen = match.rule is BOUND_VALUE and len(value) <= 48
                reason = None if may_be_chosen else "not random enough for a key"
        return reason or lookalikes.of_surroundings(data, match.start, match.end)

    def _scene(self, data: bytes) -> Scene:
        assert self._spotter is not None
        text = data[:HEAD].decode("latin-1")
        return Scene(SpotMap(self._spotter, data), tuple(self._spotter.imports(text)))

    def _assess(self, data: bytes, match: Match, value: bytes, scene: Scene) -> Match:
        binding = bind(data, match.start)
        name = binding.name
        if name and roles.is_public(name) and not self._is_known_name(name):
            return match._replace(rejected=f"its name says it is public: {clip(name)}")
        kind, role_points, role = self._role(binding)
        block = around(data, match.start, match.end)
        told = self._told(data, match, binding, block, scene)
        best = self._best(value, match, kind, binding, told, role_points)
        if best is None:
            return self._as_generic(data, match, value, kind, role_points, role, binding, told)
        rule, score, evidence = best
        if role:
            evidence = (*evidence, role)
        if not self._is_random_enough(value, rule, name):
            return match._replace(rule=rule, rejected="not random enough for a key")
        return match._replace(rule=rule, score=score, evidence=evidence)

    def _is_known_name(self, name: str) -> bool:
        assert self._spotter is not None
        spots = self._spotter.in_name(name)
        return any(
            _same(name, listed)
            for spot in spots
            for rule in self._by_system.get(spot.system, ())
            for listed in rule.names
        )

    def _role(self, binding: Binding) -> tuple[str | None, int, Evidence | None]:
        """Return the kind that the binding promises, its points, and the evidence for it."""
        name = binding.name
        kind = roles.kind_of(name) if name else None
        if kind:
            last = roles.words(name)[-1]
            points = (
                ROLE_SHORT
                if last in ("key", "pass", "seed", "auth", "pk") and len(roles.words(name)) == 1
                else ROLE_NAMED
            )
            return kind, points, Evidence("name", f"bound to {clip(name)}")
        if binding.callee:
            kind = roles.kind_of(binding.callee.split(".")[-1])
            if kind and binding.place == 0:
                return kind, ROLE_NAMED, Evidence("name", f"argument of {clip(binding.callee)}")
        if binding.callee and _SIGNS.search(binding.callee.rpartition(".")[2]):
            return "api_secret", ROLE_PROSE, Evidence("name", f"signs: {clip(binding.callee)}")
        if binding.label and (not name or _PROSE.search(binding.label)):
            kind = roles.kind_in_prose(binding.label)
            if kind:
                where = "the line above" if binding.how == "above" else "the words before it"
                return (
                    kind,
                    ROLE_PROSE,
                    Evidence("words", f"{where} name a {kind.replace('_', ' ')}"),
                )
        return None, 0, None

    def _told(
        self, data: bytes, match: Match, binding: Binding, block: Block, scene: Scene
    ) -> dict[str, Told]:
        """Return the systems told around a value, each with its best place."""
        assert self._spotter is not None
        spotter = self._spotter
        told: dict[str, Told] = {}

        def note(spots: Iterable[Spot], points: int, where: str) -> None:
            for spot in spots:
                if spot.system not in told or told[spot.system].points < points:
                    evidence = Evidence(spot.what, f"{clip(spot.word)} {where}")
                    vague = spot.weak or (points < LINE and spot.system in self._everywhere)
                    told[spot.system] = Told(points, evidence, vague)

        note(spotter.in_name(binding.name), NAME, "in the name it is bound to")
        if binding.callee:
            note(spotter.of_call(binding.callee), CALL, "is what it is passed to")
        at, after = match.start, match.end
        line_start = max(data.rfind(b"\n", max(0, at - 300), at) + 1, at - 300)
        line_end = data.find(b"\n", after, after + 300)
        between = scene.spots.between
        note(between(line_start, at), LINE, "on its line")
        note(between(after, line_end if line_end >= 0 else after + 300), LINE, "on its line")
        if binding.how == "above":
            note(spotter.in_text(binding.label), LINE, "on the line above")
        for depth, opener in enumerate(block.openers):
            note(spotter.in_name(opener), OPENER - min(depth, 2), "around it")
            note(spotter.of_call(_last_call(opener)), OPENER - min(depth, 2), "around it")
        note(self._siblings(data, match, block), OPENER, "beside it")
        note(between(block.start, at), BLOCK, "in the same block")
        note(between(after, block.end), BLOCK, "in the same block")
        note(spotter.in_name(block.heading), BLOCK, "in the heading above")
        note(between(at - 1500, at), NEAR, "close by")
        note(between(after, after + 500), NEAR, "close by")
        note(scene.imports, IMPORT, "is imported")
        note(between(0, TOP), FILE, "at the top of this file")
        return told

    def _siblings(self, data: bytes, match: Match, block: Block) -> Iterator[Spot]:
        """Yield the systems that a member such as ``"name": "gate"`` or a cell of the row names."""
        assert self._spotter is not None
        text = data[block.start : match.start] + b"\n" + data[match.end : block.end]
        for found in _SIBLING.finditer(text.decode("latin-1")):
            if roles.kind_of(found[1]):
                continue  # the name of another secret, not of a system
            for spot in self._spotter.in_name(found[1]):
                yield spot._replace(what="sibling", word=f"{spot.word}")
        line = data[max(data.rfind(b"\n", 0, match.start) + 1, match.start - 200) : match.start]
        for cell in _CELL.findall(line.decode("latin-1")):
            for spot in self._spotter.in_name(cell):
                yield spot._replace(what="sibling")

    def _best(
        self,
        value: bytes,
        match: Match,
        kind: str | None,
        binding: Binding,
        told: dict[str, Told],
        role_points: int,
    ) -> tuple[Rule, int, tuple[Evidence, ...]] | None:
        """Return the rule, score and evidence of the system that fits best, None for none."""
        best: tuple[Rule, int, tuple[Evidence, ...]] | None = None
        listed = [match.rule.system] if match.rule.pattern else told
        for system in listed:
            here = told.get(system or "")
            if here is None:
                continue
            for rule in self._by_system.get(system or "", ()):
                if (match.rule.pattern or rule.pattern) and rule is not match.rule:
                    continue
                points = self._fit(rule, value, kind, binding, here.points)
                if points is None:
                    continue
                score = here.points + points + role_points
                if (role_points == 0 and self._knows(rule, binding)) or (
                    kind is None and binding.how == "argument" and here.points >= LINE
                ):
                    score += ROLE_NAMED
                elif kind is None and (binding.name or strength(rule, value) == 1):
                    score -= OTHER_NAME  # the name speaks of something else, or nothing speaks
                if best is None or score > best[1]:
                    evidence = [here.evidence]
                    if self._has_shape(rule, value):
                        evidence.insert(0, Evidence("format", self._format(rule)))
                    best = (rule, score, tuple(evidence))
        return best

    def _fit(
        self, rule: Rule, value: bytes, kind: str | None, binding: Binding, told: int
    ) -> int | None:
        """Return the points for how a value suits a rule; None if it cannot be this."""
        known = self._knows(rule, binding)
        related = known or (kind is not None and rule.kind in _KIN[kind])
        shaped = self._has_shape(rule, value)
        if not rule.shapes and not rule.pattern:
            return None
        if shaped:
            third = binding.how == "argument" and binding.place == 2 and told >= NEAR
            if rule.kind in _CHOSEN and not related and not third:
                return None
            points = strength(rule, value)
            if kind is None and not known:
                if rule.told_by == "context" and not (binding.how == "argument" and told >= LINE):
                    return None  # a shape that public values have too: a name must speak
                expected = _BY_INDEX[binding.place] if 0 <= binding.place < 3 else None
                return points + (1 if rule.kind == expected else 0)
            return (
                points + (3 if known else 2 if rule.kind == kind else 1) if related else points - 1
            )
        loose = rule.kind == kind and told >= OPENER and len(value) >= 12
        if loose and rule.kind not in _CHOSEN and not rule.pattern and is_random(value):
            return -1
        return None

    def _knows(self, rule: Rule, binding: Binding) -> bool:
        """Tell whether the value is bound to a name that the rule lists as its own."""
        return bool(binding.name) and any(_same(binding.name, name) for name in rule.names)

    def _has_shape(self, rule: Rule, value: bytes) -> bool:
        if rule.pattern:
            return True
        if not any(fits(value, shape) for shape in rule.shapes):
            return False
        return rule.check is None or CHECKS[rule.check](value)

    def _format(self, rule: Rule) -> str:
        return f"has the form of {rule.id.replace('-', ' ')}"

    def _is_random_enough(self, value: bytes, rule: Rule, name: str) -> bool:
        if rule.kind in _CHOSEN:
            return not lookalikes.is_name_like(value) and value.lower() != name.lower().encode()
        return rule.check is not None or is_random(value)

    def _as_generic(
        self,
        data: bytes,
        match: Match,
        value: bytes,
        kind: str | None,
        points: int,
        role: Evidence | None,
        binding: Binding,
        told: dict[str, Told],
    ) -> Match:
        """Judge a value that no rule of a told system fits."""
        alone = self._alone(value, kind, binding)
        if alone is not None and role is not None and is_random(value):
            form = Evidence("format", self._format(alone))
            score = ROLE_NAMED + strength(alone, value) + ROLE_NAMED
            return match._replace(rule=alone, score=score, evidence=(form, role))
        if kind is None or role is None or match.rule.pattern:
            return match._replace(rejected="nothing tells whose it is")
        if match.rule is BARE_VALUE and binding.how != "column":
            return match._replace(rejected="a piece of the value that the name binds")
        if value.isdigit() or roles.words(binding.name)[-1:] == ("id",):
            return match._replace(rejected="an id of nobody knows what")
        rules = [self._generic[k] for k in (kind, "api_secret") if k in self._generic]
        rule = next((r for r in rules if any(fits(value, shape) for shape in r.shapes)), None)
        if rule is None:
            return match._replace(rejected="no generic rule for it")
        wordy = lookalikes.is_name_like(value) or (len(value) < 24 and reads_as_word(value))
        if wordy or value.lower() == binding.name.lower().encode():
            return match._replace(rejected="reads as words")
        if rule.kind in _CHOSEN:
            before = data[match.start - 1 : match.start]
            how = "quoted" if before in (b'"', b"'", b"`") else "bare"
            worth, why = of_literal(value, rule.kind, how, binding.name)
            if worth in (None, WEAK):
                return match._replace(rejected=why)
        short = len(value) < 16 and rule.kind not in _CHOSEN
        if not is_random(value) or (short and not is_mixed(value)):
            return match._replace(rejected="not random enough for a key")
        evidence = [role, Evidence("entropy", "as random as a generated key")]
        owner = _owner(told)
        if owner is not None:
            rule = rule._replace(system=owner)
            evidence.append(told[owner].evidence)
        return match._replace(rule=rule, score=points + RANDOM, evidence=tuple(evidence))

    def _alone(self, value: bytes, kind: str | None, binding: Binding) -> Rule | None:
        """Return the rule that a name and a shape tell without a system: ``told_by: shape``."""
        for rules in self._by_system.values():
            for rule in rules:
                if (
                    rule.told_by == "shape"
                    and rule.kind == kind
                    and self._knows(rule, binding)
                    and self._has_shape(rule, value)
                ):
                    return rule
        return None


def strength(rule: Rule, value: bytes) -> int:
    """Return the points of a shape: how rarely public values have it.

    Digests and ids share the shapes of hexadecimal and UUID keys; a mixed alphabet of exactly the
    right length hardly occurs otherwise.
    """
    if rule.prefix and value.startswith(rule.prefix.encode()):
        return 3
    if value in (value.lower(), value.upper()) and len(value) <= 64:
        return 1
    return 3 if len(value) >= 18 else 1


def _last_call(opener: str) -> str:
    found = _LAST_CALL.search(opener)
    return found[1] if found else ""


def clip(text: str, size: int = 60) -> str:
    """Return a name short enough for a line of evidence."""
    return text if len(text) <= size else text[: size - 1] + "…"


def _same(name: str, listed: str) -> bool:
    mine, theirs = roles.words(name), roles.words(listed)
    return mine == theirs or (len(theirs) > 1 and mine[-len(theirs) :] == theirs)
