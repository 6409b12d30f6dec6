"""Behaviour of scanner.judges.structure: a checksum proves or rejects, a form needs randomness."""

import base64
import random
from typing import Any

import pytest

from scanner.judges.structure import COMMON, FORMED, PROVED, PUBLIC, WORDS, StructureJudge
from scanner.models import Blob, Match, Origin, Rule, Shape
from scanner.placeholders import fill
from scanner.rules import BOUND_VALUE, Catalog

RULE = Rule("acme-token", "acme", "token", "high", "", pattern="x")


def judge(rule: Rule, value: bytes, before: bytes = b'"', after: bytes = b'"') -> Match:
    data = before + value + after
    match = Match(rule, len(before), len(before) + len(value))
    (judged,) = StructureJudge().judge(Blob(data, Origin("file", "a")), [match])
    assert (judged.start, judged.end, judged.rule) == match[1:3] + (rule,)
    return judged


def made(placeholder: str) -> bytes:
    return fill(placeholder, random.Random(1))[0].encode()


def test_a_checksum_proves(catalog: Catalog) -> None:
    rule = catalog.rule("github-personal-token")
    assert rule is not None
    value = made("{github:ghp}")
    judged = judge(rule, value)
    assert (judged.score, judged.rejected) == (PROVED, None)
    assert [item.what for item in judged.evidence] == ["format", "checksum"]
    spoilt = value[:-1] + (b"0" if value[-1:] != b"0" else b"1")
    assert judge(rule, spoilt).rejected == "the github checksum does not hold"


def test_an_unknown_checksum_proves_nothing() -> None:
    judged = judge(RULE._replace(check="md6"), made("{alnum:40}"))
    assert judged.rejected == "unknown checksum md6"


# fields of the rule, the value, and why it is rejected, None if it is not
FORMS: list[tuple[dict[str, Any], bytes, str | None]] = [
    ({"prefix": "acme_"}, b"acme_" + made("{alnum:32}"), None),
    ({"prefix": "acme_"}, b"acme_" + b"x" * 32, "a placeholder"),
    ({"prefix": "acme_"}, b"acme_your_token_here", "a placeholder"),
    ({"prefix": "acme_"}, b"acme_Zq12345678kLp0vTn3", "a placeholder"),
    ({"entropy": 4.0}, made("{alnum:40}"), None),
    ({"entropy": 4.0}, made("{digits:40}"), "not random enough"),
    ({"kind": "webhook"}, b"https://hooks.acme.example/your-token-here", None),
    ({"kind": "connection_string"}, b"postgres://user:12345678@host/db", None),
]


@pytest.mark.parametrize(("fields", "value", "rejected"), FORMS)
def test_forms(fields: dict[str, Any], value: bytes, rejected: str | None) -> None:
    judged = judge(RULE._replace(**fields), value)
    assert judged.rejected == rejected
    assert judged.score == (0 if rejected else FORMED)


@pytest.mark.parametrize(
    "rule",
    [
        BOUND_VALUE,
        RULE._replace(pattern=None, shapes=(Shape("alnum", 40, 40),), told_by="pair"),
        RULE._replace(told_by="context"),
    ],
)
def test_what_is_told_otherwise_is_left(rule: Rule) -> None:
    judged = judge(rule, made("{alnum:40}"))
    assert (judged.score, judged.rejected, judged.evidence) == (0, None, ())


def test_a_context_rule_must_pass_its_checksum_all_the_same() -> None:
    rule = RULE._replace(told_by="context", check="uuid4")
    assert judge(rule, made("{uuid}")).rejected is None
    assert judge(rule, b"0" * 36).rejected == "the uuid4 checksum does not hold"


USERS = [
    ("docker-registry-login", "deploy:k8dq" + "Zx2!m", PROVED),
    ("docker-registry-login", "username:password", WORDS),
    ("docker-registry-login", "customUser:customPass", WORDS),
]


@pytest.mark.parametrize(("name", "user", "score"), USERS)
def test_words_of_examples_are_low(catalog: Catalog, name: str, user: str, score: int) -> None:
    """A user and password in base64 are worth what the password is."""
    rule = catalog.rule(name)
    assert rule is not None
    assert judge(rule, base64.b64encode(user.encode())).score == score


def test_words_are_believed_in_the_address_of_a_host(catalog: Catalog) -> None:
    """Several words open the host behind them; nobody's host, and the words of examples, open nothing."""
    rule = catalog.rule("mongodb-connection-string")
    assert rule is not None
    for value, host, score in (
        (b"copperRaven", b"c0.x2kfq.mongodb.net/shop", COMMON),
        (b"Pass@8841", b"10.0.0.4/shop", COMMON),
        (b"copperRaven", b"localhost/shop", WORDS),
        (b"password", b"c0.x2kfq.mongodb.net/shop", WORDS),
    ):
        judged = judge(rule, value, b"mongodb://app:", b"@" + host)
        told = "common" if score == COMMON else "weak"
        assert (judged.score, judged.evidence[-1].what) == (score, told)


def test_an_address_with_a_user_alone_is_public(catalog: Catalog) -> None:
    """The address to which a web page sends its errors lies in every page; with a password it is a secret."""
    rule = catalog.rule("sentry-dsn")
    assert rule is not None
    key, host = made("{hex:32}").decode(), "o123456.ingest.sentry.io/1234567"
    assert judge(rule, f"https://{key}@{host}".encode()).score == PUBLIC
    assert judge(rule, f"https://{key}:{key[::-1]}@{host}".encode()).score == FORMED


def test_as_many_out_as_in() -> None:
    blob = Blob(b"x" * 100, Origin("file", "a"))
    matches = [Match(RULE, 0, 40), Match(BOUND_VALUE, 50, 60)]
    judged = StructureJudge().judge(blob, matches)
    assert [(match.start, match.rule.id) for match in judged] == [
        (0, "acme-token"),
        (50, "bound-value"),
    ]


@pytest.mark.parametrize(
    ("text", "is_key"),
    [
        ('["{v}", "8aNY{base58:40}", "B8Wp{base58:40}"]', False),
        ('Equal(t, "{v}", base58.Encode(id))', False),
        ('["{v}", "{sui_base64!}"]', True),  # one key in sixty has no other letters either
        ('{{"sui": ["{v}"]}}', True),
    ],
)
def test_a_mint_is_no_key_of_sui(catalog: Catalog, text: str, is_key: bool) -> None:
    """A list of addresses in base58 has, by chance, some that base64 would read as a flag and a key."""
    rule = catalog.rule("sui-keystore-file")
    assert rule is not None
    value = "AB" + made("{base58:42}").decode()
    data = fill(text.replace("{v}", value), random.Random(2))[0].encode()
    start = data.index(value.encode())
    match = Match(rule, start, start + len(value))
    judged = StructureJudge().judge(Blob(data, Origin("file", "a")), [match])[0]
    assert (judged.rejected is None) == is_key
