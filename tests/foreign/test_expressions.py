"""Behaviour of scanner.foreign.expressions: what Go and Rust mean, said for Python."""

import re

import pytest
import regex

from scanner.foreign.expressions import LostError, patterns_of, plain_of

PLAIN = [
    ("abc", "abc"),
    (r"a(?i)b|c", "a(?i:b)|(?i:c)"),
    (r"(a(?i)b|c)d", "(?:a(?i:b|c))d".replace("b|c", "b)|(?i:c")),
    (r"(?i:a)b", "(?i:a)b"),
    (r"(?-i)a", "(?-i:a)"),
    (r"a\z", r"a\Z"),
    (r"\Qa.b\Ec", r"a\.bc"),
    (r"\Qa.b", r"a\.b"),
    (r"[[:alpha:]_]", "[a-zA-Z_]"),
    (r"[]a]", r"[\]a]"),
    (r"[^]a]", r"[^\]a]"),
    (r"[a[b]", r"[a\[b]"),
    (r"[a&&b]", r"[a\&\&b]"),
    (r"\pL\p{Nd}[\p{Lu}]", "[a-zA-Z][0-9][A-Z]"),
    (r"\PL", "[^a-zA-Z]"),
    (r"\x{41}\x42", r"\x41\x42"),
    (r"\x{e9}", "é"),
    ("(?x) a b # c\n [ ] \\ d", r"ab[ ]\ d"),
    ("(?x)( (?-x) a ) b", "(?:(?: a ))b".replace("(?: a )", " a ")),
    ("a(?# a note)b", "ab"),
    (r"(?P<x>a)(?<y>b)(c)(?:d)", "(?:a)(?:b)(?:c)(?:d)"),
    (r"a(?=b)(?!c)(?<=a)(?<!d)(?>e)", r"a(?=b)(?!c)(?<=a)(?<!d)(?>e)"),
]


@pytest.mark.parametrize(("text", "plain"), PLAIN)
def test_syntax(text: str, plain: str) -> None:
    assert plain_of(text) == plain
    re.compile(plain)


@pytest.mark.parametrize(
    "text",
    [
        *("(", "a)", "[a", "a\\", r"(a)\1", "(?U)a", "(?Pa)", r"\p{Greek}", r"[\PL]", "(?&x)"),
    ],
)
def test_what_has_no_counterpart(text: str) -> None:
    with pytest.raises(LostError):
        plain_of(text)


SECRETS = [
    ("acme_[a-z]{8}", 0, b"x acme_abcdefgh", b"acme_abcdefgh"),
    ("acme=([a-z]{8})", 0, b"acme=abcdefgh", b"abcdefgh"),
    ("(acme)=([a-z]{8})", 2, b"acme=abcdefgh", b"abcdefgh"),
    ("(acme)=(?P<token>[a-z]{8})", "TOKEN", b"acme=abcdefgh", b"abcdefgh"),
    ("acme=([a-z]{8})|other-([0-9]{8})", 0, b"other-12345678", b"12345678"),
    ("acme=([a-z]{8})|other-[0-9]{8}", 0, b"other-12345678", b"other-12345678"),
    ("(?:acme=([a-z]{8})|other-([0-9]{8}))end", 0, b"other-12345678end", b"12345678"),
    ("(acme|other)-[a-z]{8}", 0, b"acme-abcdefgh", b"acme-abcdefgh"),
    ("(acme|other)?_(key|token)=([a-z]{8})", 0, b"_key=abcdefgh", b"abcdefgh"),
    ("--BEGIN (RSA|EC )?KEY--", 0, b"--BEGIN KEY--", b"--BEGIN KEY--"),
    ("(password|api[_-]?key)=([a-z]{8})", 0, b"api_key=abcdefgh", b"abcdefgh"),
    ("(?i)acme(x)?=(?:([a-z]{8}))", 0, b"ACME=ABCDEFGH", b"ABCDEFGH"),
]


@pytest.mark.parametrize(("text", "group", "data", "secret"), SECRETS)
def test_the_secret(text: str, group: int | str, data: bytes, secret: bytes) -> None:
    hit = regex.search(patterns_of(text, group).pattern.encode(), data, regex.V0)
    assert hit is not None
    assert hit["secret"] == secret


KEYWORDS = [
    ("acme_[a-z]{8}", ("acme_",)),
    ("(?i)ACME_[a-z]{8}", ("acme_",)),
    ("[Aa][Cc]me[0-9]+", ("acme",)),
    ("(?:acme|other)[0-9]{8}", ("acme", "other")),
    ("(?:acme|ot)[0-9]{8}_tail", ("_tail",)),
    ("(?:acme)?tok[0-9]{8}", ("tok",)),
    ("(?:acme)+x[0-9]{8}", ("acme",)),
    ("(?:acme)?[0-9]{8}", ()),
    ("a(b(cm)e){1}", ("abcme",)),
    ("[0-9]{3}-[0-9]{4}", ()),
    (r"\bacme\b", ("acme",)),
]


@pytest.mark.parametrize(("text", "keywords"), KEYWORDS)
def test_a_literal_of_every_match(text: str, keywords: tuple[str, ...]) -> None:
    found = patterns_of(text)
    assert found.keywords == keywords
    assert (found.trigger is None) == bool(keywords)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[a-z]{4}", "fixed text"),
        ("[a-z]+[0-9]+", "fixed text"),
        ("a*", "nothing at all"),
        ("*", "cannot be read"),
        ("[z-a]acme", "cannot be read"),
    ],
)
def test_what_cannot_be_searched(text: str, why: str) -> None:
    with pytest.raises(LostError, match=why):
        patterns_of(text)


def test_a_group_that_is_not_there() -> None:
    with pytest.raises(LostError, match="a group that is not there"):
        patterns_of("acme(x)", 2)


def test_width() -> None:
    assert patterns_of("acme_[a-z]{8}").width == 512
    assert patterns_of("acme_[a-z]{800}").width == 869
    assert patterns_of("acme_.*end").width == 1 << 14
