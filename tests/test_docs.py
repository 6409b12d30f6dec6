"""The generated pages are what would be generated now."""

import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def test_the_table_of_systems_is_fresh() -> None:
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=TOP, check=False)
    assert done.returncode == 0, "run: python docs/generate.py"


def test_every_system_says_where_its_facts_are_from() -> None:
    page = (TOP / "docs" / "systems.md").read_text(encoding="utf-8")
    assert "Sources: none" not in page
