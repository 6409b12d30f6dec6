"""The completing judge: the passphrase beside a key and its secret, and all of a chosen value.

People think passphrases up, so nothing in the value tells one: "moon2024" may be anything. But what stands
third after a key and its secret, or beside both by a name that says so, is their passphrase.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from scanner.context.layout.rows import GAP
from scanner.context.names.languages import CHOSEN
from scanner.context.names.roles import kind_of
from scanner.context.values.captions import in_quotes, is_caption
from scanner.context.values.customary import JOINING
from scanner.context.values.ids import is_uuid
from scanner.context.values.lookalikes import is_name_like, of_value
from scanner.judges.disowning import Disowner
from scanner.judges.fitting import CHOSEN as CHOSEN_KINDS
from scanner.judges.passing import third_of
from scanner.judges.whole import whole
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import Catalog
from scanner.shapes import is_mixed

THIRD, NAMED = 5, 7
"""Points of a value that stands third, and of one with a name; its partners add theirs."""
_WAITING = 4
"""Points of a secret whose shape alone is told, and is a common one, fall short of these."""
_REACH = 300
_NEIGHBOURS = 4
"""Matches before a secret and behind it among which its key is, the secret's own other readings included."""
_THIRD = lazy_compile(
    GAP
    + rb"""(?:(["'`])(?P<quoted>[^\s"'`]{6,48})\1|(?P<bare>[^\s"'`,;|<>()\[\]{}]{6,48})(?=[\s,;|<)"'\]]|\Z))"""
)
_JOINED = lazy_compile(GAP + rb"""["'`]?\Z""")
_NAME = lazy_compile(
    rb"""(?i)(?:pass(?:phrase|word|wd|wort)?(?:_[a-z0-9]{2,12})?|phrase|(?P<rare>memo|uid|extra)"""
    rb"""|pwd|pw|pp|pf|phr|(?<![a-z])p"""
    + f"|{CHOSEN}(?:ь|я|ем)?(?: api| апи)?|фраза|sifre|mat_?khau|(?:kata_?)?sandi|contrasena".encode()
    + "|пасс(?:ворд|фраза)?".encode()
    + b"|senha|parola|haslo|fras[ae]|fraza|kennwort|mot[ _]?de[ _]?passe"
    + rb""")(?:["'`\])]{0,3}[ \t]{0,12}"""
    rb"""(?::[ \t]?[&?]?[A-Za-z][\w.\[\]?|]{1,30}[ \t]?=|:=|=>|[:=]|"""
    + "：|＝".encode()
    + rb"""|,?\s{1,20}["']?value["']?[ ]?[:=])"""
    rb"""[ \t]{0,4}(?:Some\()?|(?P<blank>[ ]))"""
    rb"""(?:(["'`])(?P<quoted>[^\s"'`]{5,48})\3|(?P<bare>[^\s"'`,;|<>()\[\]{}]{5,48})(?=[\s,;|<)}\]"'`]|\Z))"""
)
_RARE = (b"memo", b"extra")
"""Names of notes to payments and of anything; Bitmart's memo is besides ``uid`` in ccxt (``requiredCredentials``)."""
_WORDS = rb"""[^\s"'`,;|<>()\[\]{}#:=$]{2,24}(?:[ ][^\s"'`,;|<>()\[\]{}#:=$]{1,24}){1,5}"""
_BARE_WORDS = _WORDS.replace(b"=$", rb"=$&/\\.\-")
"""Those without the signs of a command, which stands behind a variable that is set for it alone."""
_PHRASE = lazy_compile(
    rb"""(?i)pass(?:phrase|word|wd)?["'`\])]{0,3}[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}"""
    rb"""(?:(["'`])(?P<quoted>"""
    + _WORDS
    + rb""")\1|(?P<bare>"""
    + _BARE_WORDS
    + rb""")(?=[ \t\r]*(?:\n|\Z)))"""
)
"""A passphrase of several words, in quotes or to the end of its line."""
_OF_NOTES = JOINING | frozenset(
    b"as same above below see needed none no if please change me here is it your in on at to".split()
)
"""Words of a remark about a passphrase."""
_TYPES = frozenset(
    (
        b"string",
        b"bytes",
        b"number",
        b"boolean",
        b"object",
        b"varchar",
        b"symbol",
        b"binary",
        b"unknown",
    )
)
_CLOSES = lazy_compile(rb"[)\]}]")
_QUOTE = lazy_compile(rb"[\"'`]")
_DIGIT = lazy_compile(rb"[0-9!@#$%^&*?+~]")
_OTHER = lazy_compile(
    rb"(?i)[0-9.:/\-]+|0x[0-9a-f]+|[0-9a-f]{20,}|[A-Z0-9]{2,10}[\-/_](?:USD[TC]?|BTC|ETH|EUR|SWAP)\S*|\S+\.\S+:\d+\S*"
)
"""Numbers, dates, addresses, ids, trading pairs and proxies."""


class CompletingJudge:
    """Adds the passphrases that only their place tells; runs after those that judge values."""

    def __init__(self, catalog: Catalog) -> None:
        self._disowner = Disowner(catalog)
        self._rules: dict[str, Rule] = {
            rule.system: rule
            for rule in catalog.rules
            if rule.system is not None and rule.kind == "passphrase" and rule.pairs_with
        }

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, chosen values whole, and the passphrases beside keys and their secrets."""
        data = blob.data
        judged = [
            whole(data, match) if match.rule.kind in CHOSEN_KINDS else match for match in matches
        ]
        alive = [m for m in judged if m.rejected is None and m.rule.system in self._rules]
        alive.sort(key=lambda match: match.start)
        for place, secret in enumerate(alive):
            if secret.rule.kind != "api_secret" or _waits(secret):
                continue
            near = alive[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]
            key = min(
                (
                    m
                    for m in near
                    if m.rule.kind == "api_key" and m.rule.system == secret.rule.system
                ),
                key=lambda key: abs(key.start - secret.start),
                default=None,
            )
            if key is not None:
                judged += self._beside(data, key, secret, near)
        return sorted(judged, key=lambda match: match.start)  # those who tie them go by their order

    def _beside(
        self, data: bytes, key: Match, secret: Match, near: Sequence[Match]
    ) -> Iterator[Match]:
        """Yield the passphrase of a key and a secret that stand together and have none yet."""
        first, last = (key, secret) if key.start < secret.start else (secret, key)
        if last.start - first.end > _REACH or b"\n\n" in data[first.end : last.start]:
            return
        in_row = _JOINED.fullmatch(data, first.end, last.start) is not None
        found = _THIRD.match(data, last.end) if in_row else None
        points = THIRD
        if found is None or not _may_stand_third(data, first, found):
            low = max((m.end for m in near if m.end <= first.start), default=0)
            high = min((m.start for m in near if m.start >= last.end), default=len(data))
            is_quoted = data[first.end : first.end + 1] in (b'"', b"'", b"`")
            system = str(key.rule.system)
            others = partial(self._disowner.is_of_others, data, system=system)
            rare = _RARE if system != "bitmart" else (*_RARE, b"uid")
            found = _named(data, first.start, last.end, low, high, is_quoted, others, rare)
            points = NAMED
        span = third_of(data, key, secret) if found is None else None
        if span is not None and not may_be_chosen(data[slice(*span)], is_named=True):
            span = None
        if found is not None:
            span = _span(found)
        if span is None:
            return
        start, end = span
        if any(m.start < end and start < m.end and not _is_lone(m) for m in near):
            return
        system = str(key.rule.system)
        evidence = Evidence("pair", f"stands with a key and a secret of {system.replace('_', ' ')}")
        yield Match(self._rules[system], start, end, points, (evidence,))


def _is_lone(match: Match) -> bool:
    """Tell whether a passphrase is told by its row alone: who the key and the secret are of says more."""
    return match.score < THIRD and match.rule.kind == "passphrase"


def _waits(secret: Match) -> bool:
    """Tell whether only the path can tell whose a secret is: its row gave it its passphrase already."""
    return secret.score < _WAITING and any(told.what == "alone" for told in secret.evidence)


def _named(
    data: bytes,
    start: int,
    end: int,
    low: int,
    high: int,
    is_quoted: bool,
    is_of_others: Callable[[int, int], bool],
    rare: Collection[bytes],
) -> "re.Match[bytes] | None":
    """Return the match of a passphrase with a name in the paragraph of ``data[start:end]``, between two bounds.

    ``is_quoted``: so are its partners; then a word without quotes is code, and so is the name of a type anywhere.
    ``rare``: names of other things that a passphrase has at times.
    """
    low, high = max(low, start - _REACH), min(high, end + _REACH)
    above, below = data.rfind(b"\n\n", low, start), data.find(b"\n\n", end, high)
    low, high = max(low, above), _end_of(data, below, high) if below >= 0 else high
    remarks = set()
    for found in _PHRASE.finditer(data, low, high):
        is_own = b"\n" in data[end : found.start()] or b"\n" in data[found.end() : start]
        if not found["quoted"] and not is_own:
            continue  # a command follows
        remarks.add(_span(found)[0])
        if found["quoted"] or not is_quoted:
            words = (found["quoted"] or found["bare"]).lower()
            is_phrase = of_value(words) is None and _OF_NOTES.isdisjoint(words.split())
            if is_phrase and not is_of_others(*_span(found)):
                return found
    named = [
        found
        for found in _NAME.finditer(data, low, high)
        if _span(found)[0] not in remarks  # else the first word of one
        and (not found["rare"] or found["rare"].lower() in rare)
        and _is_passphrase(data, (start, end), found, is_quoted)
        and not is_of_others(*_span(found))  # ``MYSQL_PASSWORD`` is none of an exchange
    ]
    return min(named, key=lambda found: _apart(data, (start, end), _span(found)), default=None)


_LONG = lazy_compile(rb"[A-Za-z\x80-\xff]{4}")


def _end_of(data: bytes, blank: int, high: int) -> int:
    """Return where a paragraph ends that a blank line ends, or the line below it that a passphrase's name begins.

    >>> _end_of(b"secret: x\\n\\npass: moon2024\\nuid: 7", 9, 40), _end_of(b"secret: x\\n\\nuid: 7", 9, 40)
    (25, 9)
    """
    following = blank + 2
    if _NAME.match(data, following, high) is None or not _LONG.match(data, following):
        return blank
    end = data.find(b"\n", following, high)
    return end if end >= 0 else high


def _is_passphrase(
    data: bytes, pair: tuple[int, int], found: "re.Match[bytes]", is_quoted: bool
) -> bool:
    """Tell whether what a name binds may be the passphrase of a pair."""
    start, end = pair
    bare = found["bare"] or b""
    if bare and _QUOTE.match(data, found.end()):
        between = data[end : found.start()]
        if not between or _QUOTE.search(between) or not in_quotes(data, start):
            return False  # the quote ends another text than that of its partners
    if bare.lower() in _TYPES or (bare and is_quoted and _DIGIT.search(bare) is None):
        return False
    if found["rare"] and (not may_be_chosen(found["quoted"] or bare) or (bare and is_quoted)):
        return False  # numbers of users and of payments have these names, too
    return may_be_chosen(found["quoted"] or bare, is_named=not found["blank"])


def _apart(data: bytes, pair: tuple[int, int], span: tuple[int, int]) -> tuple[bool, int]:
    """Return how far a passphrase is from a pair: what closes a bracket between them is another account's end."""
    between = data[pair[1] : span[0]] if span[0] >= pair[1] else data[span[1] : pair[0]]
    return _CLOSES.search(between) is not None, len(between)


def _span(found: "re.Match[bytes]") -> tuple[int, int]:
    return found.span("quoted" if found["quoted"] else "bare")


def may_be_chosen(value: bytes, *, is_named: bool = False) -> bool:
    """Tell whether somebody may have chosen a value as a passphrase.

    >>> may_be_chosen(b"moon2024"), may_be_chosen(b"BTC-USDT")
    (True, False)
    """
    if _OTHER.fullmatch(value) and not (is_named and value.isdigit()):
        return False
    if is_uuid(value) or value[:1] in b"$<{%" or b"://" in value:
        return False
    if not is_named and (_DIGIT.search(value) is None or value.isdigit()):
        return value.isalpha() and is_mixed(value) and not is_name_like(value)
    return of_value(value) is None or value.isdigit()


_CALLED = lazy_compile(rb"[\w>\]]\(\s{0,40}[bruf]?[\"'`]\Z")
_TUPLED = lazy_compile(rb"[(\[{]\s{0,40}(?:[\"'][\w .@\-]{1,24}[\"'],\s{0,20})?[\"'`]\Z")
_ASSIGNED = lazy_compile(
    rb"(?i)pass(?:phrase|word|wd)?[\w\"'\])]{0,12}\s{0,4}:?=\s{0,4}[(\[]?[\"'`]\Z"
)
"""A call, a row in brackets and the last of several names, up to the key's first character."""
_SWITCHES = frozenset(
    (
        *("sandbox", "testnet", "mainnet", "futures", "margin", "linear", "inverse", "trading"),
        *("account", "unified", "isolated", "crossed", "hedged", "production", "development"),
        *("options", "default", "perpetual", "websocket", "classic", "simulated", "staging"),
        *("portfolio", "disabled", "enabled", "private", "public", "master", "paper"),
    )
)
"""Words that a client is passed third where it takes no passphrase, or takes that by its name."""
_LONGEST_NUMBER = 9
"""Digits of a longest number that is no time."""


def _may_stand_third(data: bytes, first: Match, found: "re.Match[bytes]") -> bool:
    """Tell whether what stands behind a key and its secret is their passphrase, by itself or by where all three stand.

    A number in quotes is one in a call, and in a row in brackets: rows of text have amounts and times there.
    """
    value = found["quoted"] or found["bare"]
    if may_be_chosen(value):
        return True
    before = max(0, first.start - 90), first.start
    if not found["quoted"] or not (value.isdigit() or value.isalpha()) or kind_of(value.decode()):
        return False
    if not may_be_chosen(value, is_named=True) or (
        value.isdigit() and len(value) > _LONGEST_NUMBER
    ):
        return False
    if _ASSIGNED.search(data, *before) is not None:
        return True
    if value.isdigit():
        return bool(_CALLED.search(data, *before) or _TUPLED.search(data, *before))
    is_word = value.islower() and value.decode() not in _SWITCHES and not is_caption(value)
    return is_word and _CALLED.search(data, *before) is not None
