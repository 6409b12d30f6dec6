"""Our patterns, for the judges that know them."""

import pytest

from scanner import rules
from scanner.rules import Catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return our systems and rules."""
    return rules.load(rules.pattern_files())
