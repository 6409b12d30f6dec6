"""The structure judge: matches whose own form decides, proved by checksum or entropy.

A checksum that holds is proof; one that fails rejects. Without a checksum the prefix or inner form speaks,
and the entropy must be that of a generated value.
"""

import json
import time
from binascii import a2b_base64
from collections.abc import Sequence

from scanner.checksums import CHECKS, PLACED
from scanner.checksums.chains import base64_decode
from scanner.context.around import surroundings
from scanner.context.around.connections import is_of_host
from scanner.context.values import lookalikes
from scanner.context.values.passwords import OWN, PHRASE, WEAK, of_literal
from scanner.context.values.randomness import entropy, has_sequence
from scanner.judges.placed import Trials
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match

PROVED, FORMED, STALE, PUBLIC, COMMON, WORDS = 12, 10, 5, 5, 6, 4
"""Points of a checksum that holds, of a form that is telling by itself, of a dead token, of an address
that is meant to be in apps, and of a password made of words."""
_USER_ALONE = lazy_compile(rb"https?://[^/:@]{1,64}@")
GRACE_S = 30 * 86_400
_URL_SAFE = bytes.maketrans(b"-_", b"+/")


class StructureJudge:
    """Judges pattern rules that need no surroundings; first of all judges."""

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, those with their own structure scored or rejected."""
        judged: list[Match] = []
        trials = Trials()
        for match in matches:
            reason = trials.reason(blob.data, match)
            judged.append(
                match._replace(rejected=reason) if reason else self._judge(blob.data, match)
            )
        return judged

    def _judge(self, data: bytes, match: Match) -> Match:
        rule = match.rule
        if rule.pattern is None and rule.check is None:
            return match
        value = data[match.start : match.end]
        if rule.check is not None and rule.check not in PLACED:
            check = CHECKS.get(rule.check)
            if check is None:
                return match._replace(rejected=f"unknown checksum {rule.check}")
            if not check(value):
                return match._replace(rejected=f"the {rule.check} checksum does not hold")
            if rule.check == "sui_base64" and _is_address(data, match):
                return match._replace(rejected="an address or an id in base58")
        if rule.told_by != "structure":
            return match
        if rule.entropy and entropy(value) < rule.entropy:
            return match._replace(rejected="not random enough")
        if rule.check is None and rule.kind not in ("webhook", "connection_string"):
            bare = value.removeprefix(rule.prefix.encode())
            reason = lookalikes.of_value(bare) if len(bare) < 200 else None
            if reason == "a placeholder" or (len(bare) < 200 and has_sequence(bare, 8)):
                return match._replace(rejected=reason or "a placeholder")
            if surroundings.in_base64(data, match.start, match.end):
                return match._replace(rejected="a piece of base64 data")
        found = [Evidence("format", f"has the form of {rule.id.replace('-', ' ')}")]
        if rule.check is not None:
            found.append(Evidence("checksum", f"the {rule.check} checksum holds"))
        score = PROVED if rule.check else FORMED
        if rule.kind == "connection_string" and _USER_ALONE.match(value):
            score = PUBLIC
        if rule.check == "jwt" and _has_expired(value):
            found.append(Evidence("expired", "its own date has passed long ago"))
            score = STALE
        worth = _worth_as_password(value, rule.check) if rule.kind == "password" else None
        if worth in (PHRASE, OWN) and is_of_host(data, match.end):
            found.append(Evidence("common", "words beside a host"))
            score = COMMON
        elif worth in (WEAK, OWN, PHRASE):
            found.append(Evidence("weak", "a word of examples"))
            score = WORDS
        return match._replace(score=score, evidence=(*match.evidence, *found))


def _is_address(data: bytes, match: Match) -> bool:
    """Tell whether what may be a key of Sui is 32 bytes in base58, which a list of mints has by chance.

    One key in sixty has no other letters either: it counts among keys that have, or where Sui is spoken of.
    """
    if _BASE58.fullmatch(data, match.start, match.end) is None:
        return False
    near = data[max(0, match.start - _NEAR) : match.end + _NEAR]
    others = [value for value in _ELEMENT.findall(near) if not _BASE58.fullmatch(value)]
    is_among = bool(others) and all(CHECKS["sui_base64"](value) for value in others)
    return not is_among and _OF_SUI.search(near) is None


_NEAR = 400
_BASE58 = lazy_compile(rb"[1-9A-HJ-NP-Za-km-z]{43,44}")
_ELEMENT = lazy_compile(rb"[\"']([A-Za-z0-9+/]{32,44}={0,2})[\"']")
_OF_SUI = lazy_compile(rb"(?i)(?<![a-z])sui(?![a-z])|keystore")


def _worth_as_password(value: bytes, check: str | None) -> str | None:
    """Return what a password, or that of a user and password in base64, is worth as a literal."""
    if check == "basic":
        value = (base64_decode(value) or b"").partition(b":")[2]
    return of_literal(value, "password", "quoted", "")[0]


def _has_expired(token: bytes) -> bool:
    """Tell whether a JSON web token says that it ended a month ago or longer (RFC 7519, exp)."""
    body = token.split(b".")[1]
    try:
        claims = json.loads(a2b_base64(body.translate(_URL_SAFE) + b"=" * (-len(body) % 4)))
    except ValueError:
        return False
    end = claims.get("exp") if isinstance(claims, dict) else None
    return isinstance(end, int | float) and end < time.time() - GRACE_S
