"""Generic secrets: what no rule of a told system fits, with a telling name and as random as generated keys are."""

from scanner.context.around.binding import Binding
from scanner.context.names import roles
from scanner.context.values import lookalikes
from scanner.context.values.captions import in_quotes, is_caption, is_example, is_said
from scanner.context.values.encoded import says_words
from scanner.context.values.ids import is_evm_address, is_ulid
from scanner.context.values.notations import is_constant, why_notation
from scanner.context.values.passwords import OWN, PHRASE, WEAK, of_literal
from scanner.context.values.randomness import is_random
from scanner.context.values.words import names_coin, reads_as_word
from scanner.judges.addresses import SHARED, is_marked
from scanner.judges.fitting import CHOSEN, CLIENT_IDS, ROLE_NAMED, Fitting, Role
from scanner.judges.forms import form_of, has_shape, is_hex_64, strength
from scanner.judges.owning import Owners
from scanner.judges.place import has_secret_beside
from scanner.judges.telling import BLOCK, LINE, Told
from scanner.models import Evidence, Match, Rule
from scanner.rules import BARE_VALUE, Catalog
from scanner.shapes import fits, is_mixed

RANDOM = 3
"""Points of a value that is as random as a generated one."""


class GenericJudge:
    """Judges values by their name and their randomness alone; built once from the catalog."""

    def __init__(self, catalog: Catalog, fitting: Fitting, owners: Owners) -> None:
        self._fitting = fitting
        self._owners = owners
        self._systems = catalog.systems
        self._rules: dict[str, Rule] = {}
        self._of_addresses = [
            r for r in catalog.rules if r.system == SHARED and r.told_by == "shape"
        ]
        for rule in catalog.rules:
            if rule.system is None and rule.shapes:
                self._rules.setdefault(rule.kind, rule)

    def of_address(self, value: bytes) -> Rule | None:
        """Return the rule of an address's private key, if a value can be one."""
        return next((rule for rule in self._of_addresses if has_shape(rule, value)), None)

    def judge(
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
        if role.kind != "private_key" and is_marked(data, match.start, binding.name, value):
            alone = self.of_address(value) or alone
        if alone is not None and role.evidence is not None and is_random(value):
            score = ROLE_NAMED + strength(alone, value) + ROLE_NAMED
            return match._replace(rule=alone, score=score, evidence=(form_of(alone), role.evidence))
        if role.kind is None or role.evidence is None or match.rule.pattern:
            return match._replace(rejected="nothing tells whose it is")
        reason = _why_none(data, match, value, binding)
        if reason is not None:
            return match._replace(rejected=reason)
        rules = [self._rules[k] for k in (role.kind, "api_secret") if k in self._rules]
        rule = next((r for r in rules if any(fits(value, shape) for shape in r.shapes)), None)
        if rule is None:
            return match._replace(rejected="no generic rule for it")
        reason = _why_chosen(data, match, value, binding, rule.kind, role.evidence.what)
        if reason is not None:
            return match._replace(rejected=reason)
        evidence = [role.evidence, Evidence("entropy", "as random as a generated key")]
        if role.kind == "password" and is_hex_64(value):  # its hash: an exchange close by has none
            told = {system: t for system, t in told.items() if t.points >= LINE}
        begun = self._fitting.prefixes.owner(value)
        if begun is not None:  # ``github_token: npm_...``
            here = Evidence("format", f"begins as what {begun} hands out")
            return match._replace(
                rule=rule._replace(system=begun),
                score=role.points + RANDOM,
                evidence=(*evidence, here),
            )
        owner = self._owners.of(told, rule.kind, binding.name)
        if owner == SHARED and told[owner].points < LINE:
            owner = None  # what is of another form is not that chain's for its being spoken of
        if owner is not None and told[owner].points <= BLOCK:
            owner = None if self._has_other_form(owner, rule.kind, value) else owner
        if owner is not None:
            rule = rule._replace(system=owner)
            evidence.append(told[owner].evidence)
        return match._replace(rule=rule, score=role.points + RANDOM, evidence=tuple(evidence))

    def _has_other_form(self, system: str, kind: str, value: bytes) -> bool:
        """Tell whether a service of messages hands out such secrets in forms that a value has none of.

        The address of a webhook stands beside the keys of anything.
        """
        if self._systems[system].category != "messaging":
            return False
        rules = [r for r in self._fitting.by_system.get(system, ()) if r.kind == kind and r.shapes]
        return bool(rules) and not any(has_shape(rule, value) for rule in rules)


def _least_of_pat(value: bytes) -> int:
    """Return how long a personal access token must be that nothing but ``pat`` names, which is short for pattern.

    >>> _least_of_pat(b"0f" * 20), _least_of_pat(b"k7qx" * 10)
    (40, 32)
    """
    return 40 if value.lower().strip(b"0123456789abcdef") == b"" else 32


def _why_none(data: bytes, match: Match, value: bytes, binding: Binding) -> str | None:
    """Return why a value is no secret although a name tells its kind; None if it may be one."""
    if match.rule is BARE_VALUE and binding.how != "column":
        return "a piece of the value that the name binds"
    if is_evm_address(data, match.start, match.end):
        return "an address"
    last = roles.words(binding.name)[-1:]
    if last == ("pat",) and (len(value) < _least_of_pat(value) or not is_random(value)):
        return "a pattern, or too short for a personal access token"
    if roles.words(binding.name)[-2:] in CLIENT_IDS:
        return "the id of a client, which its pages show"
    if roles.words(binding.name) == ("key",) and is_ulid(value):
        return "an id of nobody knows what"
    is_id = last == ("id",)
    if value.isdigit() or (is_id and not has_secret_beside(data, match, binding.name)):
        return "an id of nobody knows what"
    return None


def _why_chosen(
    data: bytes, match: Match, value: bytes, binding: Binding, kind: str, told_by: str
) -> str | None:
    """Return why a value was not generated, nor chosen well enough for its kind; None if it was.

    ``told_by``: what the evidence for the kind is, a name or words.
    """
    is_quoted = in_quotes(data, match.start)
    wordy = lookalikes.is_name_like(value) or (len(value) < 24 and reads_as_word(value))
    wordy = wordy or is_caption(value) or is_example(value)
    wordy = wordy or (not is_quoted and names_coin(value))
    if told_by == "name" or is_quoted:
        wordy = wordy or is_said(data, match.start, match.end)
    if wordy or value.lower() == binding.name.lower().encode():
        return "reads as words"
    reason = why_notation(value)
    if reason is not None:
        return reason
    if says_words(value):
        return "reads as words, once it is decoded"
    if kind in CHOSEN:
        before = data[match.start - 1 : match.start]
        how = "quoted" if before in (b'"', b"'", b"`") else "bare"
        how = "setting" if how == "bare" and told_by == "words" else how
        worth, why = of_literal(value, kind, how, binding.name)
        if worth in (None, WEAK, OWN, PHRASE):
            return why
    if kind not in CHOSEN and is_constant(value):
        return "reads as words"
    is_short = len(value) < 16 and kind not in CHOSEN
    if not is_random(value) or (is_short and not is_mixed(value)):
        return "not random enough for a key"
    return None
