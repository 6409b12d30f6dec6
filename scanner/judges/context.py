"""The context judge: whose value is this, which part of the credential, and how sure are we.

Every match that its own structure does not prove is looked at with its surroundings: ``telling`` says
which systems are told around it, ``fitting`` which of their rules fits and what that is worth. What fits
none may be a generic secret: a telling name, and a value as random as a generated one.
"""

import re
from collections.abc import Hashable, Sequence

from scanner.context import lookalikes, roles
from scanner.context.binding import Binding, bind
from scanner.context.block import Block, around
from scanner.context.encoded import is_encoded_text
from scanner.context.passwords import WEAK, of_literal, reads_as_word
from scanner.context.prose import kind_in_prose
from scanner.context.randomness import is_random
from scanner.judges.fitting import (
    CHOSEN,
    ROLE_NAMED,
    ROLE_PROSE,
    ROLE_SHORT,
    Fitting,
    Role,
    body_of,
    form_of,
    has_shape,
    strength,
)
from scanner.judges.structure import STALE
from scanner.judges.telling import BLOCK, LINE, NAME, Scene, Teller, Told, clip, owner_of
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import BARE_VALUE, BOUND_VALUE, Catalog
from scanner.shapes import fits, is_mixed

RANDOM = 3
_PROSE = lazy_compile(
    r"^[^\W\d_](?:[\w ]{2,40}|[\w .\-()/'’]{1,40} [\w .\-()/'’]{0,30})[ ]?[:：=]$"
    r"|^(?=.{0,40}[^\x00-\x7f])[\w \-()/'’]{2,40}[:：=]$"
)
_SIGNS = lazy_compile(r"(?i)signer|hmac|^sign")
_SIGNED = lazy_compile(r"(?i)\bsign(?:ed|s|ing)? (?:with|by|using)\b")
_CAPTION = lazy_compile(
    r"[^\x00-\x7f]\s?[:：]\s?[\"'`“「]?$|(?:парол[ьея]|密码|密碼|パスワード|비밀번호|암호)(?:\s?[=是は]|는|은)?\s?$"
    r"|(?i:\b(?:password|passphrase|passwort|contraseña|senha) (?:is|lautet|ist|es|é))[: ]*[\"'`]?$"
)
"""Words that are a caption, as names are: ``密码：``, ``the password is``."""
_GOES_ON = lazy_compile(rb"[ \t]+[A-Za-z(][^\s:=]*[ \t]+[A-Za-z(]")
_SIGNATURE = lazy_compile(
    r"(?i)[-_ ]sign\b[^:=]{0,16}[:=]?\W{0,4}$|\bsignature\b[^:=]{0,16}[:=]?\W{0,4}$"
)
_COMMIT = lazy_compile(rb"[\[(](?:[0-9a-f]{7,12}|[0-9a-f]{40})[\])]")
"""How lists of changes name the commit behind each, in brackets."""
_QUERIES = lazy_compile(
    r"(?:get|fetch|cancel|query|delete|find|describe|update|check)(?:_[a-z]+|[A-Z][a-z]+)+$"
)
_MAKES = lazy_compile(r"(?i)(?:client|exchange|api|session|instance|connection|service|adapter)$")
"""Calls that ask for a thing by its id, and what they would ask for if they took keys."""
_HANDLES = lazy_compile(r"(?:[Oo]rders?|[Ee]quals?(?:To)?|toBe|AreSame)$")
"""Calls whose arguments are the ids of orders, or what a test expects."""
_ACCOUNT = lazy_compile(rb'"(?:codeHash|storageHash)"')
"""Members of an account in a dump of a chain's state; its ``key`` is the hash of the address."""
_SK = lazy_compile(rb"(?i)\bsk[\"']?\s{0,3}[:=]")
_OWN_FORMS = ("wif", "bip38", "xrp_numbers", "stellar", "seed_array")
"""Checks that only the keys of one chain pass: what stands around them renames nothing."""


def _is_shared(rule: Rule) -> bool:
    """Tell whether a form is that of many systems' keys: PEM, Ed25519 pairs, hexadecimal keys."""
    return rule.told_by == "structure" and (
        rule.system is None
        or (
            not rule.keywords
            and rule.kind in ("private_key", "api_secret")
            and rule.check not in _OWN_FORMS
        )
    )


def _is_literal(match: Match) -> bool:
    """Tell whether the literal judge read a value whose system nothing has told yet."""
    return match.rule.system is None and any(e.what == "literal" for e in match.evidence)


class ContextJudge:
    """Names the system and the role of values, and scores them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._teller: Teller | None = None
        self._fitting = Fitting(catalog.rules)
        self._generic: dict[str, Rule] = {}
        for rule in catalog.rules:
            if rule.system is None and rule.shapes:
                self._generic.setdefault(rule.kind, rule)

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches with system, role, score and evidence, or a reason against each."""
        scene: Scene | None = None
        judged: list[Match] = []
        for match in matches:
            value = blob.data[match.start : match.end]
            if match.rejected is None and match.rule.pattern and _is_shared(match.rule):
                scene = scene or self._tell().scene(blob.data)
                judged.append(self._owned(blob.data, match, scene))
                continue
            if match.rejected is None and match.score >= RANDOM * 2 and _is_literal(match):
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
            reason = self._no_secret(blob.data, match, value)
            if reason:
                judged.append(match._replace(rejected=reason))
                continue
            scene = scene or self._tell().scene(blob.data)
            judged.append(self._assess(blob.data, match, value, scene))
        return judged

    def setting(self, data: bytes) -> Hashable:
        """Return what verdicts hang on of a blob as a whole: what its first lines tell."""
        return self._tell().setting(data)

    def _tell(self) -> Teller:
        if self._teller is None:
            self._teller = Teller(self._catalog.systems.values())
        return self._teller

    def _owned(self, data: bytes, match: Match, scene: Scene) -> Match:
        """Name the system of a value whose own form is nobody's (a PEM key), if one is told.

        A form that a system has of its own is renamed by a name or a call alone.
        """
        binding = bind(data, match.start, match.end)
        block = around(data, match.start, match.end)
        told = self._tell().told(data, match, binding, block, scene)
        own = match.rule.system
        if own in told and match.rule.prefix:
            return match  # Yandex's keys are passed to Amazon's client by its names
        is_pair = match.rule.check == "ed25519_pair" and own not in told
        least = LINE if own is None or is_pair else NAME
        value = data[match.start : match.end]
        if own is not None:
            told = {
                system: t
                for system, t in told.items()
                if t.points >= least or (t.points >= LINE and self._has_form(system, match, value))
            }
            least = min((t.points for t in told.values()), default=least)
        told = {system: t for system, t in told.items() if self._fitting.has_keys(system)}
        owner = owner_of(told, least) or self._abbreviated(told)
        if owner is None or owner == own:
            return match
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
                and self._catalog.systems[system].category != "wallet"
            ),
            None,
        )

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
        return reason or lookalikes.of_surroundings(data, match.start, match.end)

    def _assess(self, data: bytes, match: Match, value: bytes, scene: Scene) -> Match:
        binding = bind(data, match.start, match.end)
        place = match
        if binding.how == "assignment" and roles.kind_of(binding.name) is None:
            place = _used_below(data, match, binding.name)
            binding = binding if place is match else bind(data, place.start, place.end)
        name = binding.name
        if lookalikes.is_pgp_key_id(name, value):
            return match._replace(rejected="the id of a public key")
        is_public = bool(name) and roles.is_public(name)
        if is_public and not self._fitting.is_listed(name):
            return match._replace(rejected=f"its name says it is public: {clip(name)}")
        block = around(data, place.start, place.end)
        if binding.how == "above" and _GOES_ON.match(data, match.end, match.end + 80):
            binding = binding._replace(label="")  # a list of commits: the line has words of its own
        role = _role(binding, block.openers)
        if (
            role.kind is None
            and match.rule is BOUND_VALUE
            and not self._fitting.has_chance(value, binding)
        ):
            return match._replace(rejected="nothing tells whose it is")
        if roles.words(name)[-2:] == ("session", "token") and lookalikes.is_uuid(value):
            return match._replace(rejected="the id of a session")
        reason = _of_place(data, match, binding, block, role)
        if reason is not None:
            return match._replace(rejected=reason)
        told = self._tell().told(data, place, binding, block, scene)
        if is_public and not self._fitting.lists(name, _sure(told)):
            return match._replace(rejected=f"its name says it is public: {clip(name)}")
        best = self._fitting.best(value, match, binding, told, role)
        if best is None:
            return self._as_generic(data, match, value, role, binding, told)
        evidence = (*best.evidence, role.evidence) if role.evidence else best.evidence
        if not self._is_random_enough(value, best.rule, name):
            return match._replace(rule=best.rule, rejected="not random enough for a key")
        return match._replace(rule=best.rule, score=best.score, evidence=evidence)

    def _is_random_enough(self, value: bytes, rule: Rule, name: str) -> bool:
        if rule.kind in CHOSEN:
            return not lookalikes.is_name_like(value) and value.lower() != name.lower().encode()
        if rule.check is not None:
            return True
        return is_random(body_of(value, rule), is_formed=has_shape(rule, value))

    def _as_generic(
        self,
        data: bytes,
        match: Match,
        value: bytes,
        role: Role,
        binding: Binding,
        told: dict[str, Told],
    ) -> Match:
        """Judge a value that no rule of a told system fits."""
        alone = self._fitting.alone(value, role.kind, binding)
        if alone is not None and role.evidence is not None and is_random(value):
            score = ROLE_NAMED + strength(alone, value) + ROLE_NAMED
            return match._replace(rule=alone, score=score, evidence=(form_of(alone), role.evidence))
        if role.kind is None or role.evidence is None or match.rule.pattern:
            return match._replace(rejected="nothing tells whose it is")
        if match.rule is BARE_VALUE and binding.how != "column":
            return match._replace(rejected="a piece of the value that the name binds")
        if lookalikes.is_evm_address(data, match.start, match.end):
            return match._replace(rejected="an address")
        if value.isdigit() or roles.words(binding.name)[-1:] == ("id",):
            return match._replace(rejected="an id of nobody knows what")
        rules = [self._generic[k] for k in (role.kind, "api_secret") if k in self._generic]
        rule = next((r for r in rules if any(fits(value, shape) for shape in r.shapes)), None)
        if rule is None:
            return match._replace(rejected="no generic rule for it")
        wordy = lookalikes.is_name_like(value) or (len(value) < 24 and reads_as_word(value))
        if wordy or value.lower() == binding.name.lower().encode():
            return match._replace(rejected="reads as words")
        if rule.kind in CHOSEN:
            before = data[match.start - 1 : match.start]
            how = "quoted" if before in (b'"', b"'", b"`") else "bare"
            how = "setting" if how == "bare" and role.evidence.what == "words" else how
            worth, why = of_literal(value, rule.kind, how, binding.name)
            if worth in (None, WEAK):
                return match._replace(rejected=why)
        short = len(value) < 16 and rule.kind not in CHOSEN
        if not is_random(value) or (short and not is_mixed(value)):
            return match._replace(rejected="not random enough for a key")
        evidence = [role.evidence, Evidence("entropy", "as random as a generated key")]
        owner = owner_of(told) or self._abbreviated(told)
        if owner is not None:
            rule = rule._replace(system=owner)
            evidence.append(told[owner].evidence)
        return match._replace(rule=rule, score=role.points + RANDOM, evidence=tuple(evidence))


def _of_place(data: bytes, match: Match, binding: Binding, block: Block, role: Role) -> str | None:
    """Return why the place of a value says that it is an id, an address or a hash; None if not."""
    if not binding.name and _COMMIT.fullmatch(data, match.start - 1, match.end + 1):
        return "a commit"
    if role.kind is None:
        if not binding.name and _SIGNATURE.search(binding.label):
            return "a signature"
        last = re.split(r"[.:>]", binding.callee)[-1]
        asks = "." in binding.callee and _QUERIES.match(last) and not _MAKES.search(last)
        is_id = last and (asks or _HANDLES.search(last))
        return "an id or what a test expects" if is_id else None
    if (
        binding.how == "column"
        and role.kind == "password"
        and _HASH.fullmatch(data[match.start : match.end])
    ):
        return "a password hash"
    if binding.name.lower() == "key" and _ACCOUNT.search(data, block.start, block.end):
        return "the hash of an account's address"
    if binding.name.lower() == "pk" and _SK.search(data, block.start, block.end):
        return "the public half beside the secret one"
    return None


_HASH = lazy_compile(rb"(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})")
"""What a table of users has for passwords: MD5, SHA-1, SHA-256 and SHA-512."""
_HANDED = lazy_compile(rb"(?<![\w.])[\"']?([A-Za-z_]\w{1,40})[\"']?[ ]{0,2}(?:=|:|=>)[ ]{0,2}\$?\Z")
_HANDED_END = lazy_compile(rb"[ \t]{0,4}[,)}\n\r;]")
_MOST_USES = 12


def _used_below(data: bytes, match: Match, name: str) -> Match:
    """Return the match at the place below where its variable is handed on by a telling name.

    ``k = "..."``, then ``Client(api_key=k)``: there it is judged. The match itself if there is none.
    """
    if not name.isidentifier() or len(name) > 16:
        return match
    word, at, stop = name.encode(), match.end, match.end + 3000
    for _ in range(_MOST_USES):
        at = data.find(word, at + 1, stop)
        if at < 0:
            break
        if _HANDED_END.match(data, at + len(word)) is None:
            continue
        found = _HANDED.search(data, max(0, at - 60), at)
        if found is not None and roles.kind_of(found[1].decode()):
            return match._replace(start=at, end=at + len(word))
    return match


def _sure(told: dict[str, Told]) -> list[str]:
    """Return the systems told in the value's block or nearer."""
    return [system for system, t in told.items() if t.points >= BLOCK]


def _role(binding: Binding, openers: tuple[str, ...]) -> Role:
    """Return what the binding says that the value is."""
    name = binding.name
    kind = roles.kind_of(name) if name else None
    if kind:
        parts = roles.words(name)
        is_short = parts[-1] in ("key", "pass", "seed", "auth", "pk") and len(parts) == 1
        points = ROLE_SHORT if is_short else ROLE_NAMED
        return Role(kind, points, Evidence("name", f"bound to {clip(name)}"))
    if binding.callee:
        last = re.split(r"[.:>]", binding.callee)[-1]
        kind = roles.kind_of(last)
        if kind and binding.place == 0:
            return Role(kind, ROLE_NAMED, Evidence("name", f"argument of {clip(binding.callee)}"))
        if _SIGNS.search(last) or (binding.place == 0 and binding.callee.lower() == "hmac.new"):
            return Role(
                "api_secret", ROLE_PROSE, Evidence("name", f"signs: {clip(binding.callee)}")
            )
    return _role_in_words(binding) or _role_around(binding, openers) or Role()


def _role_in_words(binding: Binding) -> Role | None:
    """Return the role that prose before the value or a comment behind it gives."""
    label = binding.label
    if label and (not binding.name or _PROSE.search(label)):
        kind = kind_in_prose(label)
        if kind:
            where = "the line above" if binding.how == "above" else "the words before it"
            words = f"{where} name a {kind.replace('_', ' ')}"
            points = ROLE_NAMED if _CAPTION.search(label) else ROLE_PROSE
            return Role(kind, points, Evidence("words", words))
        if _SIGNED.search(label):
            return Role("api_secret", ROLE_PROSE, Evidence("words", "something is signed with it"))
    if binding.remark and not binding.name:
        kind = kind_in_prose(binding.remark)
        if kind:
            words = f"the remark behind it names a {kind.replace('_', ' ')}"
            return Role(kind, ROLE_PROSE, Evidence("words", words))
    return None


def _role_around(binding: Binding, openers: tuple[str, ...]) -> Role | None:
    """Return the role of a member such as ``apiKey: { v4: "..." }``: the outer name gives it."""
    if not (binding.how == "assignment" and openers and len(binding.name) <= 4):
        return None
    outer = roles.words(openers[0])[-2:]
    kind = roles.kind_of("_".join(outer))
    if kind is None:
        return None
    return Role(kind, ROLE_PROSE, Evidence("name", f"bound within {clip(' '.join(outer))}"))
