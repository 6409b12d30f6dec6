"""Behaviour of scanner.judges.twins: of two values of one form, one is the secret."""

import random

import pytest

from scanner import wiring
from scanner.detector import Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill

KEY, SECRET = "binance-api-key", "binance-api-secret"
SIGNED = "requests.get('https://api.binance.com/api/v3', hmac.new({}.encode(), q.encode(), sha256).hexdigest())\n"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def told(detector: Detector, text: str) -> list[str]:
    """Return the rules of what is told in a text with placeholders, in order of place."""
    data = fill(text, random.Random(5))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [m.rule.id for m in matches if m.rejected is None]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("BINANCE_1={alnum:64}\nBINANCE_2={alnum:64!}\n", [KEY, SECRET]),
        ('<add key="Binance.K" value="{alnum:64}"/>\n<add key="Binance.S" value="{alnum:64!}"/>\n', [KEY, SECRET]),
        ("BITFINEX_A={alnum:43}\nBITFINEX_B={alnum:43!}\n", ["bitfinex-api-key", "bitfinex-api-secret"]),
        ("clave, clave2 = '{alnum:64}', '{alnum:64!}'\n" + SIGNED.format("clave2"), [KEY, SECRET]),
        ("clave, clave2 = '{alnum:64}', '{alnum:64!}'\n" + SIGNED.format("clave"), [SECRET, KEY]),
        ("clave, clave2 = '{alnum:64}', '{alnum:64!}'\n" + SIGNED.format("other"), [KEY, KEY]),
        ("BINANCE_1={alnum:64}\nBINANCE_2={alnum:64!}\nBINANCE_3={alnum:64}\n", [KEY, KEY, KEY]),  # a list
        ("BINANCE_1={alnum:64}\n\nBINANCE_2={alnum:64!}\n", [KEY, KEY]),  # of two accounts, perhaps
        ("BINANCE_API_KEY_1={alnum:64}\nBINANCE_API_KEY_2={alnum:64!}\n", [KEY, KEY]),
        (
            "BINANCE_1={alnum:64}\nBINANCE_2={alnum:64!}\nBINANCE_SECRET={alnum:64}\n",
            [KEY, KEY, SECRET],
        ),
        ("KRAKEN_1={base64:56}\nKRAKEN_2={base64:56!}\n", ["kraken-api-key", "kraken-api-key"]),  # no secret's form
    ],
)  # fmt: skip
def test_one_of_two_is_the_secret(detector: Detector, text: str, rules: list[str]) -> None:
    assert told(detector, text) == rules


def test_what_is_counted_up_is_no_pair(detector: Detector) -> None:
    first = fill("{alnum:63}", random.Random(5))[0]
    assert told(detector, f"BINANCE_1={first}7\nBINANCE_2={first}8\n") == [KEY, KEY]
