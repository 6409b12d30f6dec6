"""The generated pages are what would be generated now."""

import random
import re
import string
import subprocess
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=TOP, check=False)
    assert done.returncode == 0, "run: python docs/generate.py"


def test_every_system_says_where_its_facts_are_from() -> None:
    page = (TOP / "docs" / "systems.md").read_text(encoding="utf-8")
    assert "Sources: none" not in page


def test_an_exchange_is_added_as_the_page_says(tmp_path: Path) -> None:
    """The block of CONTRIBUTING is a pattern file that proves itself and finds its keys."""
    page = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = re.search(r"```yaml\n(system: acme\n.*?)```", page, re.DOTALL)
    assert block is not None
    file = tmp_path / "acme.yaml"
    file.write_text(block[1], encoding="utf-8")
    proved = keysweep("rules", "test", str(file))
    assert proved.returncode == 0, proved.stdout
    assert proved.stdout.endswith("2 rules, 6 examples, 0 failed\n")
    secret = "".join(random.SystemRandom().choices(string.ascii_letters + string.digits, k=72))
    (tmp_path / "bot.env").write_text(f"ACME_API_SECRET={secret}\n", encoding="utf-8")
    found = keysweep("scan", str(tmp_path / "bot.env"), "--patterns", str(file), "--quiet")
    assert found.returncode == 1
    assert "Acme Exchange" in found.stdout


def keysweep(*args: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "scanner", *args],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
