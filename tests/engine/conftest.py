"""The catalog for the engine's tests."""

import pytest

from scanner import rules
from scanner.rules import Catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return our systems and rules, with their examples."""
    return rules.load(rules.pattern_files())
