"""Behaviour of scanner.judges.known: what its owner has published is no secret, to the letter."""

import base64
import random

import pytest

from scanner.judges.known import KnownJudge
from scanner.judges.published import is_published
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill
from scanner.rules import BOUND_VALUE

JUNK = b"test test test test test test test test test test test junk"
ABOUT = b"abandon " * 11 + b"about"
# The first account of Hardhat and Anvil, and the key of the AWS documentation, in pieces.
HARDHAT = b"ac0974bec39a17e36ba4a6b4d238ff94" + b"4bacb478cbed5efcae784d7bf4f2ff80"
AWS = b"AKIA" + b"IOSFODNN7" + b"EXAMPLE"
PUBLISHED = [JUNK, ABOUT, HARDHAT, HARDHAT.upper(), b"0x" + HARDHAT, AWS]
PUBLISHED += [JUNK.upper(), JUNK.replace(b" ", b"\n"), JUNK.replace(b" ", b'", "')]


def judge(value: bytes, rejected: str | None = None) -> str | None:
    data = b"key = " + value
    match = Match(BOUND_VALUE, 6, len(data), 9, rejected=rejected)
    (judged,) = KnownJudge().judge(Blob(data, Origin("file", "a")), [match])
    assert judged._replace(rejected=None) == match._replace(rejected=None)
    return judged.rejected


@pytest.mark.parametrize("value", PUBLISHED)
def test_published(value: bytes) -> None:
    assert judge(value) == "published as an example or a test key"


def test_a_piece_of_a_published_value_is_published() -> None:
    """What another rule reads out of a published value is no secret either; what is beside it may be."""
    data = b"key = " + AWS + b" " + b"k8dq" * 5
    spans = ((6, 6 + len(AWS)), (10, 6 + len(AWS)), (7 + len(AWS), len(data)))
    matches = [Match(BOUND_VALUE, start, end, 9) for start, end in spans]
    judged = KnownJudge().judge(Blob(data, Origin("file", "a")), matches)
    assert [match.rejected is None for match in judged] == [False, False, True]


def test_a_piece_of_a_decoded_published_value_is_published() -> None:
    """What is decoded may be read in part only; the base64 of all of it is what was published."""
    text = b"Ab12345" + b"678)(*&^%$#@"
    outer = b'("kucoin", "' + base64.b64encode(text) + b'")'
    inner = b'("kucoin", "' + text + b'")'

    def locate(start: int, end: int) -> tuple[int, int]:
        return (12, 12 + 26) if (start, end) == (12, 12 + len(text)) else (12, 12 + 13)

    blob = Blob(
        inner, Origin("file", "a"), ("base64",), Blob(outer, Origin("file", "a")), locate=locate
    )
    (judged,) = KnownJudge().judge(blob, [Match(BOUND_VALUE, 12, 22, 9)])
    assert judged.rejected == "published as an example or a test key"


NEAR = [
    HARDHAT[:-1] + b"1",
    HARDHAT + b"0",
    HARDHAT[:-2],
    AWS[:-1] + b"F",
    AWS.lower(),
    JUNK.replace(b"junk", b"jung"),
    JUNK + b" test",
    b"",
    b"\xff\x00",
]


@pytest.mark.parametrize("value", NEAR)
def test_a_near_miss_is_a_finding(value: bytes) -> None:
    assert judge(value) is None


@pytest.mark.parametrize("placeholder", ["{hex:64}", "{alnum:64}", "{bip39:12}", "{aws:akia}"])
def test_new_values(placeholder: str) -> None:
    for seed in range(20):
        assert not is_published(fill(placeholder, random.Random(seed))[0].encode())


def test_what_is_rejected_keeps_its_reason() -> None:
    assert judge(AWS, rejected="first") == "first"
