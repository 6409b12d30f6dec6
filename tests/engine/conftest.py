"""Patterns for the engine's tests; the compiled databases are kept for the session."""

import pytest

from scanner import rules, wiring
from scanner.rules import Catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return our systems and rules, with their examples."""
    return rules.load(rules.pattern_files())


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, wiring.Patterns]:
    """Return the patterns for both engines, by name."""
    pytest.importorskip("hyperscan", reason="needs hyperscan from PyPI")
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
        patch.setenv("KEYSWEEP_CACHE_DIR", str(cache))
        made = {}
        for name in ("hyperscan", "plain"):
            patch.setenv("KEYSWEEP_ENGINE", name)
            made[name] = wiring.Patterns()
            assert made[name].engine_name == name
            made[name].engine()  # compiles, or reads the cache, while the folder is chosen
    return made
