"""Behaviour of scanner.judges.owning: whose a value is whose form is that of many, and of nobody."""

import random

import pytest

from scanner.detector import MEDIUM, Detector
from scanner.models import Blob, Origin
from scanner.placeholders import fill
from scanner.wiring import Patterns, detector_maker


@pytest.fixture(scope="module")
def detector() -> Detector:
    return detector_maker(Patterns(use_cache=False))()


ROWS = [
    # text, rule and system of what is found
    ("{ed25519:pair}\n", "generic-private-key", None),
    ("secret = '{ed25519:pair}'\n", "coinbase-cdp-api-secret", "coinbase_cdp"),
    ("# coinbase\n{ed25519:pair}\n", "coinbase-cdp-api-secret", "coinbase_cdp"),
    ("chain = ETHEREUM\nget('https://api.acme.dev/v1?key={alnum:32}')\n", "generic-api-key", None),
    ("chain = ETHEREUM\napi_key = 'ckey_{hex:27}'\n", "generic-api-key", None),
    ("ETHEREUM_API_KEY = '{alnum:32}'\n", "generic-api-key", "evm_private_key"),
    ("subkeys\nconst privKeyHex = '{hex:96}'\n", "generic-private-key", None),
    ("substrate\nconst privKeyHex = '{hex:96}'\n", "generic-private-key", "substrate"),
]


@pytest.mark.parametrize(("text", "rule", "system"), ROWS)
def test_owners(detector: Detector, text: str, rule: str, system: str | None) -> None:
    """A chain spoken of nearby has no keys of an API, and a pair of keys alone in a file is any program's."""
    blob = Blob(fill(text, random.Random(3))[0].encode(), Origin("file", "a"))
    found = [m for m in detector.matches(blob) if m.rejected is None and m.score >= MEDIUM]
    assert [(match.rule.id, match.rule.system) for match in found] == [(rule, system)]
