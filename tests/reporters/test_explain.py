"""The page of a rule."""

from collections.abc import Callable
from types import ModuleType

import pytest

from scanner.reporters.explain import explain, power


def test_page(sample: ModuleType, golden: Callable[[str, str], None]) -> None:
    """What it is, what a finder can do, how it is known, the steps, the page, the references."""
    rule = sample.RULES["acme-api-secret"]
    text = explain(rule, sample.SYSTEMS["acme"])
    golden("explain.text", text)
    for heading in ("What it is", "What a finder can do", "How keysweep knows it", "What to do"):
        assert f"\n{heading}" in text
    assert "\n        git clone --mirror URL fresh.git\n" in text


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("bip39-mnemonic", "everything the wallet owns"),
        ("acme-api-key", "public half"),
        ("acme-passphrase", "Nothing alone"),
        ("chat-webhook", "in your name"),
        ("generic-password", "Log in as you"),
    ],
)
def test_power(sample: ModuleType, rule: str, word: str) -> None:
    """One sentence for each kind, and a page for every rule, with a system or without."""
    found = sample.RULES[rule]
    system = sample.SYSTEMS.get(found.system or "")
    assert word in power(found, system)
    assert explain(found, system)
    assert explain(found, None)
