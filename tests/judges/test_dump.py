"""Behaviour of scanner.judges.dump: a note of bare values is read by the shapes of its lines."""

import base64
import random

import pytest

from scanner.judges.dump import LARGEST, DumpJudge
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill
from scanner.rules import BARE_VALUE, Catalog


@pytest.fixture(scope="module")
def judge(catalog: Catalog) -> DumpJudge:
    return DumpJudge(catalog)


def rules_of(judge: DumpJudge, text: str, seed: int = 1) -> list[str]:
    """Return the rules of the filled values, found as bare ones, after the judge."""
    filled, values = fill(text, random.Random(seed))
    matches = [Match(BARE_VALUE, start, end) for _, start, end, _ in values]
    judged = judge.judge(Blob(filled.encode(), Origin("file", "notes.txt")), matches)
    assert [(m.start, m.end) for m in judged] == [(m.start, m.end) for m in matches]
    for match in judged:
        assert (match.score > 0) == bool(match.evidence) == (match.rule is not BARE_VALUE)
    return [match.rule.id for match in judged]


TOLD = [
    ("{alnum:18}\n{alnum:36}\n", ["bybit-api-key", "bybit-api-secret"]),
    ("{alnum:18}\r\n{alnum:36}\r\n", ["bybit-api-key", "bybit-api-secret"]),
    ("  {alnum:18}\n\n  {alnum:36}", ["bybit-api-key", "bybit-api-secret"]),
    ("my keys\n{alnum:18}\n{alnum:36}\n", ["bybit-api-key", "bybit-api-secret"]),
    ("{uuid}\n{HEX:32}\n{alnum:9}\n", ["okx-api-key", "okx-api-secret", "okx-passphrase"]),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_told(judge: DumpJudge, text: str, expected: list[str]) -> None:
    assert rules_of(judge, text) == expected


UNTOLD = [
    "{base58:88}\n{base58:87}\n",  # signatures of Solana, though BingX has such lengths
    "{alnum:18}\n",  # a value without a partner
    "{hex:14}\n{hex:35}\n",  # no system has these two
    "one\ntwo\nthree\nfour\nfive\n{alnum:18}\n{alnum:36}\nsix words on a line\nx\ny\n",  # mostly text
    "a b\nc d\n{alnum:18}\n" + "more text here\n" * 9 + "{alnum:36}\n",
    "{alnum:18}\n{alnum:36}\n" * (LARGEST // 50),  # too large for a note
]


@pytest.mark.parametrize("text", UNTOLD)
def test_untold(judge: DumpJudge, text: str) -> None:
    assert set(rules_of(judge, text)) == {"bare-value"}


def test_what_is_rejected_stays_so(judge: DumpJudge) -> None:
    filled, values = fill("{alnum:18}\n{alnum:36}\n", random.Random(1))
    matches = [Match(BARE_VALUE, start, end, rejected="no") for _, start, end, _ in values]
    assert judge.judge(Blob(filled.encode(), Origin("file", "a")), matches) == matches


def test_nothing(judge: DumpJudge) -> None:
    assert judge.judge(Blob(b"", Origin("file", "a")), []) == []


def test_a_rejected_reading_of_a_value_hides_no_other(judge: DumpJudge, catalog: Catalog) -> None:
    """A secret in base64 that is no key pair of Coinbase's is Kraken's all the same."""
    filled, values = fill("{base64:56}\n{base64:88}\n", random.Random(1))
    bare = [Match(BARE_VALUE, start, end) for _, start, end, _ in values]
    pair = catalog.rule("coinbase-cdp-api-secret")
    assert pair is not None
    other = bare[1]._replace(rule=pair, rejected="its checksum does not hold")
    judged = judge.judge(Blob(filled.encode(), Origin("file", "notes.txt")), [*bare, other])
    assert [m.rule.id for m in judged] == ["kraken-api-key", "kraken-api-secret", pair.id]


@pytest.mark.parametrize(
    "row", ["0x{hex:40},{evm_key!}", "0x{evm_key!};0x{hex:40}", "{evm_key!}:10.2.0.1:80"]
)
def test_rows_of_addresses_and_digits_wait_for_the_path(judge: DumpJudge, row: str) -> None:
    text, values = fill("\n".join([row] * 3), random.Random(1))
    matches = [Match(BARE_VALUE, start, end) for _, start, end, marked in values if marked]
    judged = judge.judge(Blob(text.encode(), Origin("file", "notes.txt")), matches)
    assert [(m.rule.id, m.score) for m in judged] == [("evm-private-key-hex", 4)] * 3


@pytest.mark.parametrize(("remark", "points"), [("# wallets\n", 6), ("", 4)])
def test_files_of_hexadecimal_lines(judge: DumpJudge, remark: str, points: int) -> None:
    """A remark that says wallets makes lines of 64 digits keys; without one they wait for the path."""
    text, values = fill(remark + "{evm_key}\n" * 3, random.Random(1))
    matches = [Match(BARE_VALUE, start, end) for _, start, end, _ in values]
    judged = judge.judge(Blob(text.encode(), Origin("file", "notes.txt")), matches)
    assert {match.rule.id for match in judged} == {"evm-private-key-hex"}
    assert {match.score for match in judged} == {points}


def test_wrapped_base64_of_text_is_no_pair(judge: DumpJudge) -> None:
    """Ruby wraps base64 at 60 characters, the length of Korbit's keys: such lines are text, not keys."""
    text = '{"status": "built", "url": "https://pages.acme.example/teams/12/pages/site.json", "ok": true}'
    encoded = base64.b64encode(text.encode()).decode()
    lines = [encoded[:60], encoded[60:120]]
    matches = [Match(BARE_VALUE, 0, 60), Match(BARE_VALUE, 61, 121)]
    judged = judge.judge(Blob("\n".join(lines).encode(), Origin("file", "a.txt")), matches)
    assert judged == matches
    assert rules_of(judge, "{alnum:60}\n{alnum:60}\n") == [
        "korbit-client-id",
        "korbit-client-secret",
    ]
