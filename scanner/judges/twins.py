"""Two values of one form side by side, where an exchange's keys and secrets look alike: which of them is the secret.

``BINANCE_1`` and ``BINANCE_2``, ``Bitfinex.K`` and ``Bitfinex.S``: their names tell whose they are and not what, so
each alone is taken for the key, which is no danger by itself. The one that messages are signed with is the secret;
if the names tell nothing at all, it is the later one.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from scanner.judges.forms import form_of, has_shape
from scanner.lazy import lazy_compile
from scanner.models import Match, Rule

_REACH = 200
_FAR = 1500
"""Bytes around two values in which a secret of theirs that is told already makes them keys."""
_LIST = 300
_SAME = 8
"""First characters that two random values never share: what is counted up does."""
_BOUND = "bound to "
_SIGNED = lazy_compile(
    rb"(?i)hmac[\w.:]{0,24}\s?\(\s{0,8}(?:[\w.]{1,24}\s?,\s{0,8})?(?:[\w.]{1,40}\()?[$@&]?(\w{1,60})"
)
"""A call that signs, up to the first name handed to it, or the second."""


def with_secrets(data: bytes, matches: Sequence[Match], rules: Mapping[str, Rule]) -> list[Match]:
    """Return the matches, one of two of a key's form as its secret.

    ``rules``: by their ids.
    """
    judged = list(matches)
    alive = sorted(
        (i for i, m in enumerate(matches) if m.rejected is None), key=lambda i: matches[i].start
    )
    keys = [i for i in alive if matches[i].rule.kind == "api_key"]
    told: dict[str | None, list[int]] = {}
    for i in alive if len(keys) > 1 else ():
        if matches[i].rule.kind == "api_secret":
            told.setdefault(matches[i].rule.system, []).append(matches[i].start)
    signing: frozenset[str] | None = None
    for place in range(len(keys) - 1):
        one, other = matches[keys[place]], matches[keys[place + 1]]
        near = (*keys[max(0, place - 1) : place], *keys[place + 2 : place + 3])
        if (
            not _are_twins(data, one, other)
            or any(_is_third(one, other, matches[i]) for i in near)
            or _is_near(told.get(one.rule.system, []), one.start)
        ):
            continue
        signing = _signing(data) if signing is None else signing
        which = _secret_one(one, other, signing)
        secret = which and _secret_of(which, data[which.start : which.end], rules)
        if which is not None and secret:
            evidence = (form_of(secret), *(e for e in which.evidence if e.what != "format"))
            at = keys[place] if which is one else keys[place + 1]
            judged[at] = which._replace(rule=secret, evidence=evidence)
    return judged


def _are_twins(data: bytes, one: Match, other: Match) -> bool:
    if one.rule.id != other.rule.id or not one.end < other.start <= one.end + _REACH:
        return False
    if b"\n\n" in data[one.end : other.start]:
        return False
    return data[one.start : one.start + _SAME] != data[other.start : other.start + _SAME]


def _signing(data: bytes) -> frozenset[str]:
    """Return the names of what messages are signed with."""
    return frozenset(found[1].decode("latin-1") for found in _SIGNED.finditer(data))


def _secret_one(one: Match, other: Match, signing: frozenset[str]) -> Match | None:
    """Return the one that messages are signed with, else the later one if no name says that they are keys."""
    names = [_name(match) for match in (one, other)]
    if not any(names):
        return other
    by_name = [match for match, name in zip((one, other), names, strict=True) if name in signing]
    return by_name[0] if len(by_name) == 1 else None


def _name(match: Match) -> str | None:
    """Return the name that says that a value is a key."""
    bound = (e.detail for e in match.evidence if e.what == "name" and e.detail.startswith(_BOUND))
    return next((detail.removeprefix(_BOUND) for detail in bound), None)


def _is_third(one: Match, other: Match, third: Match) -> bool:
    """Tell whether two values are two of a list."""
    gap = max(one.start - third.end, third.start - other.end)
    return third.rule.id == one.rule.id and gap < _LIST


def _is_near(starts: Sequence[int], start: int) -> bool:
    """Tell whether one of ascending offsets is close to another."""
    place = bisect_left(starts, start - _FAR)
    return place < len(starts) and starts[place] < start + _FAR


def _secret_of(match: Match, value: bytes, rules: Mapping[str, Rule]) -> Rule | None:
    """Return the rule of a key's secret, if a secret of that system has a value's form."""
    pairs = (rules[name] for name in match.rule.pairs_with if name in rules)
    return next(
        (r for r in pairs if r.kind == "api_secret" and not r.pattern and has_shape(r, value)), None
    )
