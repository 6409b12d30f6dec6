"""Behaviour of scanner.judges.leading: the short key that stands right before its secret."""

import random
from collections.abc import Callable

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill

Find = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def found() -> Find:
    """Return what finds the rules of what is reported in a text with placeholders."""
    detector: Detector = wiring.detector_maker(wiring.Patterns())()

    def find(template: str) -> list[str]:
        data = fill(template, random.Random(7))[0].encode()
        matches = detector.matches(Blob(data, Origin("file", "a.txt")))
        return [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]

    return find


DERIBIT = ["deribit-client-id", "deribit-client-secret"]
BITSO = ["bitso-api-key", "bitso-api-secret"]
LUNO = ["luno-api-key-id", "luno-api-key-secret"]
DIGIFINEX = ["other-ccxt-api-key", "other-ccxt-api-secret"]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ('client := NewDeribitClient("{alnum:8}", "{base64url:43}")\n', DERIBIT),
        ("client = BitsoClient('{alnum:10}', '{hex:32}')\n", BITSO),
        ('c = DigifinexClient("{hex:14}", "{hex:46}")\n', DIGIFINEX),
        ('client := NewLunoClient("{alnum_lower:13}", "{base64url:43}")\n', LUNO),
        ("export const A = {{\n  deribit: ['{alnum:8}', '{base64url:43}'],\n}};\n", DERIBIT),
        ("BITSO\nkey {alnum:10}\nsecreto {hex:32}\n", BITSO),
        ("exchange,label,key,secret\nbitso,main,{alnum:10},{hex:32}\n", BITSO),
        ("exchange;key;secret\ndigifinex;{hex:14};{hex:46}\n", DIGIFINEX),
        (
            "exchange,label,key,secret\n"
            "deribit,a,{alnum:8},{base64url:43}\nderibit,b,{alnum:8},{base64url:43}\n",
            DERIBIT * 2,
        ),
    ],
)
def test_the_short_key_before_a_secret(text: str, rules: list[str], found: Find) -> None:
    assert found(text) == rules


@pytest.mark.parametrize(
    "text",
    [
        'NewDeribitClient("Trader01", "{base64url:43}")\n',  # a word
        'NewDeribitClient("20240101", "{base64url:43}")\n',  # a date
        'NewDeribitClient("{alnum:9}", "{base64url:43}")\n',  # no key of Deribit
        "DERIBIT\nlabel {alnum:8}\nsecret {base64url:43}\n",  # another word
        "exchange,label,secret\nderibit,{alnum:8},{base64url:43}\n",  # another column
        'x = "{alnum:8}"\n\nderibit_secret = "{base64url:43}"\n',
    ],
)
def test_what_has_not_its_form_or_its_place_is_no_key(text: str, found: Find) -> None:
    assert [rule for rule in found(text) if rule != "deribit-client-secret"] == []
