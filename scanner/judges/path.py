"""The path judge: what a path tells of a draft, once it is known.

A blob is scanned once though it may lie at many paths, so nothing before this judge looks at the path;
``scan`` and ``history`` therefore agree.
"""

import re
from collections.abc import Iterator, Sequence

from scanner.context.around.digits import DIGITS
from scanner.context.names import roles
from scanner.context.names.spotter import Spotter
from scanner.judges.folders import lowered, placed, translated
from scanner.lazy import lazy_compile
from scanner.models import Draft, Evidence, Rule
from scanner.redaction import is_fingerprint
from scanner.rules import Catalog
from scanner.shapes import fits

PATH, MEDIUM = 3, 6
"""Points of a path that tells the system, and of medium confidence."""
_KIN = ("api_key", "api_secret", "token", "private_key")
OWNERS = ("exchange", "broker", "data", "payment", "messaging")
"""Categories whose name in a path says whose an otherwise unknown secret is."""


_TRADING = ("exchange", "broker")
IGNORE_FILE = ".keysweepignore"
_NOTES = (".txt", ".md", ".log", ".html")
_SHARED = ("evm_private_key",)
"""Systems whose keys others use too: a path that names one of those says more."""
_ANY_PRIVATE_KEY = "generic-private-key"
_COINS = frozenset(
    (
        *("aleo", "algorand", "aptos", "bitcoin", "btc", "cardano", "casper", "cosmos", "dogecoin"),
        *("elrond", "eos", "filecoin", "hedera", "kadena", "kaspa", "litecoin", "monero"),
        *("multiversx", "near", "nervos", "nostr", "polkadot", "radix", "ripple", "solana"),
        *(
            "starknet",
            "starkware",
            "stellar",
            "substrate",
            "sui",
            "tezos",
            "ton",
            "waves",
            "xrpl",
            "zilliqa",
        ),
    )
)
"""Folders of chains whose private keys, 64 hexadecimal digits too, are not of Ethereum's kind."""
_KEY_FILE = lazy_compile(
    r"(?i)(?:^|[/_.\-])(?:privates?|privs?|pks?|wallets?|(?P<accounts>acc(?:oun)?ts?|accs?)|secret|evm"
    r"|(?:private|priv|pri?v|pv|pvt|evm|eth|wallet|node)?[_\-]?keys?)(?:\.(?:txt|csv|tsv|list|lst|key|hex|dat))?$"
    r"|(?:^|[/_.\-])(?:priv(?:ate|s)?|wallets?|(?:private|priv|secret|evm|eth|wallet)[_\-]?keys?)\.json$"
)
_FILE_OF_IDS = lazy_compile(
    r"(?i)(?:^|[/_.\-])(?:ids|uuids|order_?ids|hashes|digests|signatures|sigs|txs|tx_?ids|txhashes"
    r"|orders|trades|fills|deposits|withdraw(?:al)?s|transfers|transactions|payouts)(?:\.\w{1,6})?$"
)
_PUBLIC_FILE = lazy_compile(
    r"(?i)pub(?:lic)?[_\-]?key|hash|(?:^|[/_.\-])(?:tx|txs|ids?|digests?)(?:[/_.\-]|$)"
)
"""Names of files for lists of keys, and words in a path that say what else such lines are."""


class PathJudge:
    """Names the system of a generic draft by its path, where the path tells one."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._spotter: Spotter | None = None

    def judge(self, draft: Draft) -> Draft:
        """Return the draft, renamed and raised if its path tells whose it is, lowered in a test folder."""
        return lowered(self._listed(self._named(translated(placed(draft)))))

    def _listed(self, draft: Draft) -> Draft:
        """Return a draft of a file of hexadecimal lines raised if its name says keys, else rejected."""
        match, path = draft.match, draft.origin.path or ""
        of_digits = any(evidence.what == DIGITS for evidence in match.evidence)
        if not of_digits or match.score >= MEDIUM:
            return draft
        if not _is_of_keys(draft, path) or _PUBLIC_FILE.search(path):
            return draft.replaced(match=match._replace(rejected="nothing tells what the lines are"))
        told = Evidence("path", "the name of the file says that it holds keys")
        match = match._replace(score=MEDIUM, evidence=(*match.evidence, told))
        return draft.replaced(match=match)

    def _named(self, draft: Draft) -> Draft:
        rule, path = draft.match.rule, draft.origin.path
        if _is_of_ids(draft):
            return draft.replaced(
                match=draft.match._replace(rejected="the name of its file says ids")
            )
        if path is not None and path.rpartition("/")[2] == IGNORE_FILE:
            return _without_fingerprints(draft)
        if any(evidence.what == "weak" for evidence in draft.match.evidence):
            return draft
        is_any = rule.id == _ANY_PRIVATE_KEY and rule.system is None
        coin = _coin(draft) if is_any else None
        if coin:
            return self._of_coin(draft, coin, ())
        alone = any(evidence.what == "alone" for evidence in draft.match.evidence)
        shared = rule.system in _SHARED and not _names_system(draft)
        if path is None or path == "-" or (rule.system is not None and not alone and not shared):
            return draft
        if self._spotter is None:
            self._spotter = Spotter(self._catalog.systems.values())
        systems = list(self._told(self._spotter, path))
        if path.endswith(_NOTES):  # a chat that was kept: people send keys of anything
            systems = [s for s in systems if self._catalog.systems[s].category != "messaging"]
        if shared:  # "hyperliquid/hardhat.config.js"
            systems = [system for system in systems if system != rule.system]
            coin = _coin(draft)
            if coin and not any(self._rule(s, rule.kind, draft.secret) for s in systems):
                return self._of_coin(draft, coin, systems)
        if not systems or (rule.system in systems and not alone):
            return draft
        fitting = [r for s in systems if (r := self._rule(s, rule.kind, draft.secret)) is not None]
        is_owned = any(evidence.what == "others" for evidence in draft.match.evidence)
        if fitting and not ((shared or is_owned) and fitting[0].kind != rule.kind):
            better, points = fitting[0], PATH
        elif is_owned:
            return draft  # its own name says more than the path, if its form says nothing
        elif not shared and (alone or self._may_hand_out(systems[0], rule.kind)):
            better, points = rule._replace(system=systems[0]), PATH if alone else 0
        else:
            return draft
        if alone and better.system == rule.system:
            better = rule
        match = draft.match._replace(
            rule=better,
            score=draft.match.score + points,
            evidence=(*draft.match.evidence, Evidence("path", f"the path tells {better.system}")),
        )
        return draft.replaced(match=match)

    def _may_hand_out(self, system: str, kind: str) -> bool:
        """Tell whether a system may hand out secrets of a kind, though in a form that none of its rules describes.

        In a folder called after an exchange lie the passwords of servers, too; several have keys in PEM.
        """
        category = self._catalog.systems[system].category
        rules = (r for r in self._catalog.rules if r.system == system and r.kind == kind)
        is_known = kind == "private_key" or (category not in _TRADING and kind != "password")
        return category in OWNERS and (is_known or any(rules))

    def _of_coin(self, draft: Draft, coin: str, systems: Sequence[str]) -> Draft:
        """Return a draft of a key that has Ethereum's form and lies in the folder of another chain."""
        rule = next((r for r in self._catalog.rules if r.id == _ANY_PRIVATE_KEY), None)
        if rule is None:
            return draft
        known = self._catalog.systems
        chain = next(
            (s for s in (coin, *systems) if s in known and known[s].category == "wallet"), None
        )
        match = draft.match._replace(
            rule=rule._replace(system=chain, severity=draft.match.rule.severity),
            evidence=(*draft.match.evidence, Evidence("path", f"the path tells {coin}")),
        )
        return draft.replaced(match=match)

    def _told(self, spotter: Spotter, path: str) -> Iterator[str]:
        """Yield the systems that a path names; a common word counts as a whole part (``gate/``)."""
        for part in re.split(r"[/.]", path[-200:]):
            for spot in spotter.in_name(part):
                if not spot.weak or spot.word == part.lower():
                    yield spot.system

    def _rule(self, system: str, kind: str, secret: bytes) -> Rule | None:
        rules = [rule for rule in self._catalog.rules if rule.system == system]
        shaped = [rule for rule in rules if any(fits(secret, shape) for shape in rule.shapes)]
        exact = [rule for rule in shaped if rule.kind == kind]
        if exact:
            return exact[0]
        if kind not in _KIN:
            return None
        # What its name calls a secret is no key that anybody may know.
        kin = _KIN[1:] if kind in ("api_secret", "private_key") else _KIN
        return next((r for r in shaped if r.kind in kin), None)


def _is_of_keys(draft: Draft, path: str) -> bool:
    """Tell whether the name of a file says keys: none of a storage, and no accounts of a chain whose have 64 digits."""
    named = _KEY_FILE.search(path)
    if named is None or roles.is_of_other(path.rpartition("/")[2].partition(".")[0]):
        return False
    return named["accounts"] is None or _coin(draft) is None


def _is_of_ids(draft: Draft) -> bool:
    """Tell whether a value that its line alone tells stands in a file that is called one of ids or hashes."""
    alone = any(evidence.what == "alone" for evidence in draft.match.evidence)
    return alone and _FILE_OF_IDS.search(draft.origin.path or "") is not None


def _without_fingerprints(draft: Draft) -> Draft:
    """Return a draft of the ignore file, rejected if it is one of the fingerprints there."""
    if not is_fingerprint(draft.secret.decode("latin-1")):
        return draft
    return draft.replaced(match=draft.match._replace(rejected="a fingerprint that keysweep wrote"))


def _coin(draft: Draft) -> str | None:
    """Return the chain of the folder that a draft lies in, if its text tells no other."""
    spoken = sum(evidence.what in ("name", "words") for evidence in draft.match.evidence)
    path = (draft.origin.path or "").lower()
    folders = [folder.removeprefix("coin-") for folder in path.split("/")[:-1]]
    is_told = spoken > 1 or draft.match.rule.told_by == "structure"
    return None if is_told else next((f for f in reversed(folders) if f in _COINS), None)


def _names_system(draft: Draft) -> bool:
    """Tell whether something plainer than the form has named the draft's system."""
    told = ("host", "header", "sibling", "import")
    return any(
        evidence.what in told
        or (evidence.what == "name" and evidence.detail.lower().startswith(_PLAIN))
        for evidence in draft.match.evidence
    )


_PLAIN = ("ethereum in the name", "evm in the name")
"""How evidence begins where a value's own name says Ethereum: ``ETHEREUM_PRIVATE_KEY`` in the folder ``dydx``."""
