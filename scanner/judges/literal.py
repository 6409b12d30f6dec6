"""The literal judge: what stands beside a telling name, as people write passwords and tokens.

The context judge looks for keys; this one takes whole literals, so that a short or weak password is
reported for what it is: medium where it was chosen, low where it is a word of examples.
"""

from collections.abc import Sequence

from scanner.context.around import handles, signing, surroundings
from scanner.context.around.connections import is_at_host, names_host
from scanner.context.names.languages import kind_in_name
from scanner.context.values.captions import in_quotes, is_said
from scanner.context.values.customary import is_account, is_customary
from scanner.context.values.encoded import is_encoded_text
from scanner.context.values.ids import is_evm_address, is_word_on_chain
from scanner.context.values.marks import has_digit, is_drawn
from scanner.context.values.passwords import (
    CHOSEN,
    COMMON,
    OWN,
    PHRASE,
    STRONG,
    WEAK,
    of_literal,
)
from scanner.context.values.phrases import has_long_number
from scanner.context.values.signers import (
    is_signing_text,
    names_token,
)
from scanner.context.values.styles import is_property
from scanner.judges.logins import behind_login
from scanner.judges.opening import opens, signs
from scanner.judges.owning import OF_ADDRESSES
from scanner.judges.written import FORMS
from scanner.lazy import lazy_compile
from scanner.models import Blob, Evidence, Match, Rule
from scanner.rules import LITERAL_VALUE, Catalog
from scanner.shapes import is_mixed

POINTS = {STRONG: 6, CHOSEN: 6, COMMON: 6, PHRASE: 4, OWN: 4, WEAK: 4}
"""Points of a literal's worth (docs/confidence.md: 4 is low, 6 medium)."""

CONNECTION = "connection"
"""What the evidence is that a host stands beside a password, in documentation too."""
_TOLD = {COMMON: "common", PHRASE: "weak", OWN: "weak", WEAK: "weak"}
"""What the evidence of a literal is, where not ``literal``: the path judge lowers a common one in tests."""


class LiteralJudge:
    """Scores the literals that the engine read beside telling names."""

    def __init__(self, catalog: Catalog) -> None:
        self._rules: dict[str, Rule] = {
            rule.id.removeprefix("generic-").replace("-", "_"): rule
            for rule in catalog.rules
            if rule.system is None and rule.shapes
        }

    def judge(self, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        """Return the matches, the literals among them with rule, score and evidence."""
        judged = [
            match if match.rejected is not None else self._judge(blob.data, match)
            for match in matches
        ]
        return _alike(blob.data, judged)

    def _judge(self, data: bytes, match: Match) -> Match:
        if match.rule is LITERAL_VALUE:
            return self._judged(data, match)
        return _as_form(data, match) if match.rule.id in FORMS else match

    def _judged(self, data: bytes, match: Match) -> Match:
        told, name = match.evidence[0], match.evidence[0].detail
        kind, how = told.what.split(":")
        match, kind = behind_login(data, match, kind, name)
        value = data[match.start : match.end]
        worth, why = of_literal(value, kind, how, name)
        if worth is None:
            return match._replace(rejected=why, evidence=())
        is_plain = how == "setting" and worth in (COMMON, WEAK) and not has_digit(value)
        is_plain = is_plain and (
            worth == WEAK or value[-2:-1].isalnum()
        )  # no message has two marks
        if is_plain and kind_in_name(name) is not None:
            return match._replace(
                rejected="words", evidence=()
            )  # a message: English has its own words
        if is_evm_address(data, match.start, match.end):
            return match._replace(rejected="an address", evidence=())
        if how != "quoted" and _is_in_sentence(data, match.start, match.end):
            return match._replace(rejected="words", evidence=())
        if is_property(data, match.start, match.end):
            return match._replace(rejected="a property of a style sheet", evidence=())
        if value.isdigit() and (
            kind == "token"
            or (how != "quoted" and _is_of_enumeration(data, match.start, match.end))
        ):
            return match._replace(rejected="a number", evidence=())
        if kind == "token" and is_word_on_chain(data, match.start, match.end):
            return match._replace(rejected="a hash or a number of a chain", evidence=())
        reason = handles.why_handle(data, match.start, match.end, name)
        if reason is not None:
            return match._replace(rejected=reason, evidence=())
        if how != "bytes" and is_encoded_text(value):
            return match._replace(rejected="encoded: what it decodes to is looked at", evidence=())
        if kind not in ("password", "passphrase") and how != "bytes":
            reason = surroundings.of_surroundings(data, match.start, match.end)
            if reason is not None:
                return match._replace(rejected=reason, evidence=())
        rule = self._rules.get(kind)
        if rule is None:
            return match._replace(rejected="no generic rule for it", evidence=())
        if worth == PHRASE and kind not in ("password", "passphrase"):
            if signs(data, match, how, name):
                worth, why = COMMON, "words that sign"
            elif how != "quoted" or kind != "api_secret" or why != "reads as words":
                return match._replace(rejected="reads as words", evidence=())
        elif worth in (PHRASE, OWN) and opens(data, match, worth, name):
            worth, why = COMMON, "words beside an account or a host"
        evidence: tuple[Evidence, ...] = (
            Evidence("name", f"bound to {name[:60]}"),
            Evidence(_TOLD.get(worth, "literal"), why),
        )
        if worth == COMMON and names_host(data, match.start, match.end):
            evidence += (Evidence(CONNECTION, "a host stands beside it"),)
        return match._replace(rule=rule, score=POINTS[worth], evidence=evidence)


def _is_of_enumeration(data: bytes, start: int, end: int) -> bool:
    """Tell whether a number stands in a list of names in capitals, as templates of mails are numbered.

    >>> _is_of_enumeration(b"  RESET_PASSWORD = 17,", 19, 21), _is_of_enumeration(b"PASSWORD=17", 9, 11)
    (True, False)
    """
    return (
        data[end : end + 1] == b","
        and _NUMBERED.search(data, max(0, start - 80), start) is not None
    )


_NUMBERED = lazy_compile(rb"(?:^|\n|\{)[ \t]{0,16}[A-Z][A-Z0-9_]{1,50}[ ]=[ ]\Z")


def _alike(data: bytes, matches: list[Match]) -> list[Match]:
    """Return the matches, accounts with a number raised where the same name binds another chosen password.

    Where ``Admin_123`` is a password, so is ``User1_123``.
    """
    if not any(_is_weak_account(data, match) for match in matches):
        return matches
    names = {
        match.evidence[0]
        for match in matches
        if match.rule.kind == "password" and match.score >= POINTS[COMMON]
        if match.rejected is None and match.evidence
    }
    told = Evidence(_TOLD[COMMON], "an account and a number, beside others")
    return [
        match._replace(score=POINTS[COMMON], evidence=(match.evidence[0], told))
        if _is_weak_account(data, match) and match.evidence[0] in names
        else match
        for match in matches
    ]


def _is_weak_account(data: bytes, match: Match) -> bool:
    return (
        match.score == POINTS[WEAK]
        and match.rejected is None
        and match.rule.kind == "password"
        and is_account(data[match.start : match.end])
    )


def _is_in_sentence(data: bytes, start: int, end: int) -> bool:
    """Tell whether a bare value stands between words of a quoted text, as in ``"... e password corretti per"``."""
    follows_word = data[start - 1 : start] == b" " and data[start - 2 : start - 1].isalpha()
    if not follows_word or not in_quotes(data, start):
        return False
    ends_it = data[end : end + 1] in (b'"', b"'") and data[start:end].isalpha()
    return ends_it or is_said(data, start, end)


def _as_form(data: bytes, match: Match) -> Match:
    """Judge a password that a form of its own gives: in an address, in a header, on a command line."""
    written = data[match.start : match.end]
    password = FORMS[match.rule.id](written)
    if password is None:
        return match._replace(rejected="not user and password")
    how = "bare" if match.rule.id in _IN_PROSE else "quoted"
    if match.rule.id in _OF_SERVERS and _is_code(data, match.start, written):
        return match._replace(rejected="a variable")
    kind = "token" if match.rule.kind == "token" else "password"
    worth, why = of_literal(password, kind, how, "")
    if how == "bare" and worth is None:
        is_marked = _MARKED.search(password) or (why == "a reference" and is_drawn(password))
        if is_marked and has_digit(password):
            worth, why = CHOSEN, "words with a digit and a mark in them"
        elif is_customary(password):
            worth, why = COMMON, "words and a number"
    is_drawn_up = has_digit(password) and is_mixed(password)
    if why == "a reference" and match.rule.id in OF_ADDRESSES and is_drawn_up:
        worth, why = CHOSEN, "no word"  # nothing refers to anything there
    if match.rule.id in _OF_KEYS:
        if worth in (None, WEAK, OWN, PHRASE) and is_signing_text(password):
            is_token = signing.calls_for_tokens(data, match.start) or names_token(password)
            worth, why = COMMON if is_token else PHRASE, "words that sign"
    elif worth == PHRASE or (
        worth == OWN and (has_long_number(password) or is_at_host(data, match.start, match.end))
    ):
        worth = COMMON
    if worth is None:
        return match._replace(rejected=why)
    evidence = Evidence("format", f"has the form of {match.rule.id.replace('-', ' ')}")
    return match._replace(
        score=POINTS[worth],
        evidence=(evidence, Evidence(_TOLD.get(worth, "literal"), why)),
    )


def _is_code(data: bytes, start: int, written: bytes) -> bool:
    """Tell whether what stands behind ``psk = `` is a variable or a tuple: settings have no blanks there."""
    is_argument = data[start - 1 : start] == b"=" and _ARGUMENT.fullmatch(written) is not None
    is_apart = data[start - 1 : start] == b" " and _VARIABLE.fullmatch(written) is not None
    return is_argument or is_apart


_IN_PROSE = ("generic-note-password", "generic-login-note", "generic-foreign-note")
"""Forms in sentences, where a word with a digit is a name: none but a common password is read there."""
_MARKED = lazy_compile(rb"[A-Za-z0-9][!#$][A-Za-z0-9]|[a-z][0-9][a-z][^\s]{0,40}[!#$]\Z")
"""A mark between letters or digits, or behind a word with a digit in it: no name has either."""
_OF_SERVERS = ("generic-server-password",)
_VARIABLE = lazy_compile(rb"[A-Za-z][A-Za-z_]*(?:_[A-Za-z]+)+|(?:\w+\.)+\w+|\(.*")
_ARGUMENT = lazy_compile(rb"\(\w+,|[A-Za-z_][A-Za-z_.]*[,)]{1,2}")
_OF_KEYS = (
    "generic-signing-key",
    "generic-hmac-argument",
    "generic-fix-password",
    "generic-key-argument",
)
"""Forms that name no account: words alone are an example there."""
