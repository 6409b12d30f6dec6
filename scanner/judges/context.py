"""The context judge: whose value is this, which part of the credential, and how sure are we.

Every match that its own structure does not prove is looked at with its surroundings: ``telling`` says
which systems are told around it, ``fitting`` which of their rules fits and what that is worth. What fits
none may be a generic secret: a telling name, and a value as random as a generated one.
"""

from collections.abc import Hashable, Sequence
from functools import partial

from scanner.context.around import handles, surroundings
from scanner.context.around.binding import Binding, bind, one_of_keys
from scanner.context.around.parameters import of_argument
from scanner.context.around.pieces import is_piece
from scanner.context.layout import columns
from scanner.context.layout.block import Block, around
from scanner.context.layout.rows import beside, in_list, is_of_vector
from scanner.context.names import roles
from scanner.context.names.owners import names_somebody
from scanner.context.values import lookalikes
from scanner.context.values.encoded import is_encoded_text
from scanner.context.values.randomness import is_random
from scanner.judges.addresses import HEX_64, is_marked
from scanner.judges.branded import Brands
from scanner.judges.disowning import OF_OTHERS
from scanner.judges.fitting import BESIDE, CHOSEN, ROLE_NAMED, Fit, Fitting, Role
from scanner.judges.forms import (
    body_of,
    has_shape,
    is_long_mixed,
)
from scanner.judges.generated import is_generated
from scanner.judges.generic import RANDOM, GenericJudge
from scanner.judges.halves import half_of_pair, is_public_half
from scanner.judges.linking import is_of_path, is_telling, linked_below, put_into_address
from scanner.judges.naming import role_of
from scanner.judges.owning import (
    OF_ADDRESSES,
    Owners,
    is_for_server,
    is_literal,
    is_shared,
    of_server,
)
from scanner.judges.passing import decoded_into, passed_below
from scanner.judges.place import (
    is_id_of_record,
    is_key_of_record,
    used_below,
    why_no_choice,
    why_not,
)
from scanner.judges.prefixed import claimant, claims
from scanner.judges.repeating import REASON as REPEATED
from scanner.judges.repeating import Rows
from scanner.judges.telling import BLOCK, LINE, Scene, Teller, Told, clip
from scanner.lazy import lazy_compile
from scanner.models import Blob, Match, Rule
from scanner.rules import BARE_VALUE, BOUND_VALUE, Catalog
from scanner.shapes import is_mixed

_USER = lazy_compile(rb"(?:://|(?<![\w:/.-]))([^\s:/@\"'`=]{1,64}):\Z")
_OF_ROWS = ("pair", "argument", "label", "")
_GOES_ON = lazy_compile(rb"[ \t]+[A-Za-z(][^\s:=]*[ \t]+[A-Za-z(]")


class ContextJudge:
    """Names the system and the role of values, and scores them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._teller: Teller | None = None
        self._in_addresses: list[Rule] | None = None
        self._fitting = Fitting(catalog.rules)
        self._owners = Owners(catalog, self._fitting)
        self._brands = Brands(catalog, self._fitting.by_system)
        self._generic = GenericJudge(catalog, self._fitting, self._owners)

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches with system, role, score and evidence, or a reason against each."""
        scene: Scene | None = None
        judged: list[Match] = []
        claimed = claims(matches)
        rows = Rows(blob.data, matches)
        for match in matches:
            value = blob.data[match.start : match.end]
            claiming = claimed.get((match.start, match.end))
            if claiming and match.rejected is None and match.rule.told_by == "structure":
                scene = scene or self._tell().scene(blob.data)
                judged.append(self._claimed(blob.data, match, claiming, scene))
                continue
            if match.rejected is None and match.rule.pattern and is_shared(match.rule):
                scene = scene or self._tell().scene(blob.data)
                judged.append(self._owned(blob.data, match, scene))
                continue
            if match.rejected is None and match.score >= RANDOM * 2 and is_literal(match):
                scene = scene or self._tell().scene(blob.data)
                judged.append(self._owned(blob.data, match, scene))
                continue
            noted = bool(match.evidence) and match.evidence[0].what == "alone"
            if match.rejected or match.rule.told_by == "structure" or (match.score and not noted):
                judged.append(match)
                continue
            if noted:  # by its lines alone; words above them may say more
                scene = scene or self._tell().scene(blob.data)
                bare = match._replace(rule=BARE_VALUE, score=0, evidence=())
                other = self._assess(blob.data, bare, value, scene)
                better = other.rejected is None and other.score > match.score
                judged.append(other if better else match)
                continue
            if rows.is_known(match):
                judged.append(match._replace(rejected=REPEATED))
                continue
            reason = self._no_secret(blob.data, match, value)
            if reason:
                judged.append(match._replace(rejected=reason))
                continue
            scene = scene or self._tell().scene(blob.data)
            judged.append(self._assess(blob.data, match, value, scene))
            rows.note(match, judged[-1])
        return judged

    def setting(self, data: bytes) -> Hashable:
        """Return what verdicts hang on of a blob as a whole: what its first lines tell, and what heads its columns."""
        return self._tell().setting(data), columns.heading(data)

    def _tell(self) -> Teller:
        if self._teller is None:
            self._teller = Teller(self._catalog.systems.values())
        return self._teller

    def _addresses(self) -> list[Rule]:
        """Return the rules of keys that stand in the path of an address."""
        if self._in_addresses is None:
            self._in_addresses = list(filter(is_of_path, self._catalog.rules))
        return self._in_addresses

    def _tells(self, name: str) -> bool:
        """Tell whether a parameter's name is that of a key: of any, or of one of a system we know."""
        return roles.kind_of(name) is not None or self._fitting.is_listed(name)

    def _owned(self, data: bytes, match: Match, scene: Scene) -> Match:
        """Name the system of a value whose form alone does not tell it, if one is told."""
        binding = bind(data, match.start, match.end)
        block = around(data, match.start, match.end)
        value = data[match.start : match.end]
        told = self._tell().told(data, match, binding, block, scene)
        if match.rule.id in OF_ADDRESSES:
            told = self._tell().without_exchanges(told)
            told = _without_user(told, data, match.start)
        is_for_other = is_for_server(match, binding)
        told = of_server(told) if is_for_other else told
        private = self._owners.private_half(data, match, binding, told)
        if private is not None:
            return private
        if match.rule.system is None and is_marked(data, match.start, binding.name, value):
            start = match.end - HEX_64
            rule = self._generic.of_address(data[start : match.end])
            return match._replace(rule=rule, start=start) if rule else match
        row = beside(data, match.start, match.end)
        before = data[max(0, match.start - 160) : match.start]
        named = self._owners.named(match, value, binding, told, scene, row, before)
        return self._disowned(data, named, binding, block, is_marked=is_for_other)

    def _claimed(self, data: bytes, match: Match, claiming: list[str], scene: Scene) -> Match:
        """Return a match whose prefix others hand out too, rejected if what is nearest to it tells one of them."""
        binding = bind(data, match.start, match.end)
        block = around(data, match.start, match.end)
        told = self._tell().told(data, match, binding, block, scene)
        other = claimant(told, match.rule.system, claiming)
        return (
            match if other is None else match._replace(rejected=f"has the prefix of {other}, too")
        )

    def _disowned(
        self, data: bytes, match: Match, binding: Binding, block: Block, *, is_marked: bool = False
    ) -> Match:
        """Return a match that has no system marked if its name or its section is somebody's: a path names neither."""
        if match.rejected is not None or match.rule.system is not None:
            return match
        if not is_marked and not self._tell().is_of_others(data, match.start, binding, block):
            return match
        return match._replace(evidence=(*match.evidence, OF_OTHERS))

    def _no_secret(self, data: bytes, match: Match, value: bytes) -> str | None:
        """Return why a value cannot be a secret whatever its surroundings say, None if it can."""
        reason = None
        if match.rule.check is None:
            body = body_of(value, match.rule)
            reason = lookalikes.of_itself(body)
            if reason is None and is_encoded_text(value):
                reason = "encoded: what it decodes to is looked at"
            if reason is None and not is_random(body, is_formed=True):
                may_be_chosen = match.rule is BOUND_VALUE and len(value) <= 48
                reason = None if may_be_chosen else "not random enough for a key"
        return reason or surroundings.of_surroundings(data, match.start, match.end)

    def _assess(self, data: bytes, match: Match, value: bytes, scene: Scene) -> Match:
        binding = bind(data, match.start, match.end)
        given = binding.name
        if binding.how in _OF_ROWS and is_of_vector(data, match.start, match.end):
            return match._replace(rejected="a row of a test")
        if is_piece(data, match.start, given):
            return match._replace(rejected="a piece of a quoted value")
        if binding.how == "assignment" and roles.kind_of(given) is None:
            match, place, binding = self._followed(data, match, binding, scene)
            if place is match and binding.name == given:
                into = put_into_address(data, match, given, self._addresses())
                if into is not None:
                    return into
        else:
            place = match
        decoded = decoded_into(data, match.start) if binding.how == "argument" else ""
        if decoded:
            is_of_exchange = partial(self._tell().is_of_exchange, scene)
            place = passed_below(data, match, decoded, is_of_exchange) or match
            binding = bind(data, place.start, place.end)
        if roles.words(binding.name)[-2:] == ("secret", "id") and is_long_mixed(value):
            binding = binding._replace(name=binding.name[:-2].rstrip("_- "))
        written, binding = binding.name, one_of_keys(data, binding, match.start)
        half = half_of_pair(data, match.start, match.end, binding)
        if half:
            binding = binding._replace(name=half)
        name = binding.name
        reason = handles.why_handle(data, match.start, match.end, name)
        if reason is not None:
            return match._replace(rejected=reason)
        if roles.is_of_other(name) and not (is_mixed(value) or self._fitting.lists_key(name)):
            return match._replace(rejected=f"the key of something else: {clip(name)}")
        is_public = bool(name) and roles.is_public(name)
        if is_public and not self._fitting.is_listed(name):
            return match._replace(rejected=f"its name says it is public: {clip(name)}")
        block = around(data, place.start, place.end)
        if binding.how == "above" and _GOES_ON.match(data, match.end, match.end + 80):
            binding = binding._replace(label="")  # a list of commits: the line has words of its own
        if binding.how == "argument" and binding.callee:
            given = of_argument(data, match.start, binding.callee, binding.place)
            binding = binding._replace(name=given, how="assignment") if given else binding
        role = role_of(binding, block.openers)
        row = beside(data, match.start, match.end) if role.kind is None else None
        if (
            role.kind is None
            and row is None
            and match.rule is BOUND_VALUE
            and not self._fitting.has_chance(value, binding)
        ):
            return match._replace(rejected="nothing tells whose it is")
        reason = why_not(data, match, binding, block, role)
        if reason is not None:
            return match._replace(rejected=reason)
        told = self._tell().told(data, place, binding, block, scene, in_row=row is not None)
        if role.kind is None and row is None and not match.rule.pattern:
            role = self._brands.role(value, binding, block, told) or role
        private = self._owners.private_half(data, match, binding, told)
        if private is not None:
            return private
        is_handed = place is not match and names_somebody(given)
        if is_handed:
            told = {system: t for system, t in told.items() if t.points >= LINE}
        if role.kind == "private_key":
            told = self._tell().without_chains(told)
        if half and is_public_half(written) and self._fitting.lists(written, _sure(told)):
            binding, role = (
                binding._replace(name=written),
                Role(),
            )  # as the exchange itself calls it
        if is_public and not self._fitting.lists(name, _sure(told)):
            return match._replace(rejected=f"its name says it is public: {clip(name)}")
        best = self._fitting.best(value, match, binding, told, role, row)
        if best and BESIDE in best.evidence and in_list(data, match.start, match.end):
            best = None  # one of many alike, which are no pairs
        if best and role.kind is None and is_id_of_record(data, match, binding, block):
            return match._replace(rejected="an id in a record of orders or the like")
        if is_key_of_record(data, match, binding, best):
            return match._replace(rejected="what a row of a record is found by")
        if best and half and not self._is_half(value, best, told, written):
            best = None  # the id of an application, or a key that all may see
        if best is None and name != written:  # no system's key: then it is what the plural says
            return match._replace(rejected=f"its name says it is public: {clip(written)}")
        if best is None:
            role = self._handed_role(data, match, name) or role
            generic = self._generic.judge(data, match, value, role, binding, told)
            return self._disowned(data, generic, binding, block, is_marked=is_handed)
        evidence = (*best.evidence, role.evidence) if role.evidence else best.evidence
        if not is_generated(value, best.rule, name):
            return match._replace(rule=best.rule, rejected="not random enough for a key")
        if best.rule.kind in CHOSEN and why_no_choice(data, match, name):
            return match._replace(rule=best.rule, rejected="words or a variable")
        return match._replace(rule=best.rule, score=best.score, evidence=evidence)

    def _followed(
        self, data: bytes, match: Match, binding: Binding, scene: Scene
    ) -> tuple[Match, Match, Binding]:
        """Return a match, where its value goes on to from a name that tells nothing, and what binds it there."""
        place = used_below(data, match, binding.name, self._tells)
        if place is match:
            is_of_exchange = partial(self._tell().is_of_exchange, scene)
            place = passed_below(data, match, binding.name, is_of_exchange) or match
        if place is not match:
            return match, place, bind(data, place.start, place.end)
        linked = linked_below(data, match, binding.name, self._tells)
        if linked is None:
            return match, match, binding
        if is_telling(linked[1]):
            match = match._replace(rule=BOUND_VALUE)
        return match, linked[0], Binding(linked[1], "assignment")

    def _is_half(self, value: bytes, best: Fit, told: dict[str, Told], name: str) -> bool:
        """Tell whether a value is the key beside a secret: one called public is so in an exchange's form alone."""
        if best.rule.kind != "api_key":
            return False
        system = self._catalog.systems[str(best.rule.system)]
        return not is_public_half(name) or (
            system.category in ("exchange", "broker", "payments")
            and has_shape(best.rule, value)
            and system.id in _sure(told)
        )

    def _handed_role(self, data: bytes, match: Match, name: str) -> Role | None:
        """Return the role of what is called ``key`` alone where a fuller name hands it on below, None if none does.

        ``key = "..."``, then ``params={"apikey": key}``: anything has a key, and only services have an ``apikey``.
        """
        name = name.rpartition(" ")[2]
        if name.lower() != "key":
            return None
        place = used_below(data, match, name, _says_more)
        if place is match:
            return None
        return role_of(bind(data, place.start, place.end), ())


def _says_more(name: str) -> bool:
    """Tell whether a name says of its value that it is a service's key, as ``key`` alone does not."""
    role = role_of(Binding(name, "assignment"), ())
    return role.kind in ("api_key", "token") and role.points >= ROLE_NAMED


def _sure(told: dict[str, Told]) -> list[str]:
    """Return the systems told in the value's block or nearer."""
    return [system for system, t in told.items() if t.points >= BLOCK]


def _without_user(told: dict[str, Told], data: bytes, at: int) -> dict[str, Told]:
    """Return what is told of an address without what its user is called: ``grafana`` in ``mysql://grafana:...@db``."""
    user = _USER.search(data, max(0, at - 100), at)
    if user is None:
        return told
    name = user[1].decode("latin-1").lower()
    return {s: t for s, t in told.items() if t.evidence.detail.partition(" ")[0].lower() != name}
