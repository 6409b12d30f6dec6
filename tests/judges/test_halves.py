"""Behaviour of scanner.judges.halves: an exchange's public key is a key of its API beside the private one."""

import random

import pytest

from scanner import wiring
from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill

GATE = ["gate-api-key", "gate-api-secret"]
BITGET = ["bitget-api-key", "bitget-api-secret"]
BINANCE = ["binance-api-key", "binance-api-secret"]
BITFINEX = ["bitfinex-api-key", "bitfinex-api-secret"]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return wiring.detector_maker(wiring.Patterns())()


def told(detector: Detector, text: str) -> list[str]:
    """Return the rules of what is reported in a text with placeholders, in order of place."""
    data = fill(text, random.Random(5))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [m.rule.id for m in matches if m.rejected is None and m.score >= MEDIUM]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("[gateio]\npub = {hex:32}\npriv = {hex:64}\n", GATE),
        ('{{"exchange": "binance", "publicKey": "{alnum:64}", "secretKey": "{alnum:64!}"}}\n', BINANCE),
        ("WHITEBIT_PUBLIC={hex:32}\nWHITEBIT_SECRET={hex:32!}\n", ["whitebit-api-key", "whitebit-api-secret"]),
        ("bybit_priv: str = '{alnum:36}'\nbybit_pub: str = '{alnum:18}'\n", ["bybit-api-secret", "bybit-api-key"]),
        ("exchange;public;private\nphemex;{uuid};{base64url:86}\n", ["phemex-api-key", "generic-private-key"]),
        ("- name: bitget\n  pub: bg_{hex:32}\n  priv: {hex:64}\n", BITGET),
        ('class Bitget:\n    public: str = "bg_{hex:32}"\n    private: str = "{hex:64}"\n', BITGET),
        ('[bitfinex]\nid = "{alnum:43}"\nsec = "{alnum:43!}"\n', BITFINEX),
        ("arb -pub={alnum:43} -prv={alnum:43!} -venue bitfinex\n", BITFINEX),
        ('{{"Gate": {{"User": "{hex:32}", "Pwd": "{hex:64}"}}}}\n', ["gate-api-key", "generic-password"]),
        ("bithumb:\n  connect: {hex:32}\n  private: {hex:32!}\n", ["bithumb-connect-key", "bithumb-secret-key-old"]),
    ],
)  # fmt: skip
def test_the_key_beside_its_secret(detector: Detector, text: str, rules: list[str]) -> None:
    assert told(detector, text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("[gateio]\npub = {hex:32}\n", []),  # no private half
        ("[gateio]\npub = {hex:40}\npriv = {evm_key}\n", ["evm-private-key-named"]),  # not its form
        ("pub = {hex:32}\npriv = {evm_key}\n", ["evm-private-key-named"]),  # of nobody
        ("# kraken\nvapid = {{'publicKey': '{alnum:87}', 'privateKey': '{alnum:43}'}}\n", ["generic-private-key"]),
        ('{{"Gate": {{"User": "{hex:40}", "Pwd": "{hex:64}"}}}}\n', ["generic-password"]),
        ("# gate\nexport DB_USER={hex:32}\nexport DB_PWD={alnum:20}\n", ["generic-password"]),
        ('[kucoin]\nid = "{hex:24}"\nside = "{uuid}"\n', []),
    ],
)  # fmt: skip
def test_what_anybody_may_see(detector: Detector, text: str, rules: list[str]) -> None:
    assert told(detector, text) == rules
