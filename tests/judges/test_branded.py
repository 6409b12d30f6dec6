"""Behaviour of scanner.judges.branded: values that their service's name alone binds."""

import random

import pytest

from scanner.detector import HIGH, MEDIUM, Detector
from scanner.models import Blob, Match, Origin
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker

FOUND = {
    'CMC = "{uuid}"': "coinmarketcap-api-key",
    'const CMC="{uuid}";': "coinmarketcap-api-key",
    'INFURA = "{hex:32}"': "infura-api-key",
    "const HELIUS = '{uuid}';": "helius-api-key",
    'ETHERSCAN = "{alnum_upper:34}"': "etherscan-api-key",
    'enum Keys { static let lunarCrush = "{alnum_lower:40}" }': "lunarcrush-api-key",
    '{{"whale_alert": "{alnum:32}"}}': "whale-alert-api-key",
    "BITPANDA_API = '{hex:128}'": "bitpanda-api-key",
}
NONE = [
    'INFURA = "0x{hex:40}"',
    'ETHERSCAN = "https://etherscan.io/address/0x{hex:40}"',
    '{{"checksums": {{"infura": "{hex:32}"}}}}',
    '{{"ids": {{"helius": "{uuid}"}}}}',
    '{{"infura": {{"id": "{hex:32}"}}}}',
    'HELIUS = "{hex:64}"',
    'KRAKEN = "{hex:32}"',
    'ALCHEMY = "transform_gold_into_lead_quickly"',
]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns())()


def found(detector: Detector, template: str) -> list[Match]:
    """Return what is reported in a text with placeholders."""
    data = fill(template, random.Random(4))[0].encode()
    matches = detector.matches(Blob(data, Origin("file", "a.txt")))
    return [m for m in matches if m.rejected is None and m.score >= MEDIUM]


@pytest.mark.parametrize("text", FOUND)
def test_the_name_of_a_service_and_the_form_of_its_key(text: str, detector: Detector) -> None:
    """Together they tell a key that nothing calls one."""
    assert [m.rule.id for m in found(detector, text)] == [FOUND[text]]


@pytest.mark.parametrize("text", NONE)
def test_other_values_of_a_service(text: str, detector: Detector) -> None:
    """Its contracts, pages, ids and digests have its name, too; an exchange's name alone tells nothing."""
    assert found(detector, text) == []


def test_a_use_makes_it_sure(detector: Detector) -> None:
    """Where the value is sent as a key, there is no doubt."""
    text = 'const CMC = "{uuid}";\nfetch(u, {headers: {"X-CMC_PRO_API_KEY": CMC}})\n'
    sure = [(m.rule.id, m.score >= HIGH) for m in found(detector, text)]
    assert sure == [("coinmarketcap-api-key", True)]
    assert [m.score >= HIGH for m in found(detector, 'CMC = "{uuid}"')] == [False]
