"""Documents are fresh and spelled right: generated pages, the picture, prose and advice."""

import html
import importlib.util
import random
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent


def test_generated_pages_are_fresh() -> None:
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=TOP, check=False)
    assert done.returncode == 0, "run: python docs/generate.py"


def test_prose_and_advice_are_spelled_right() -> None:
    pytest.importorskip("codespell_lib", reason="needs codespell from PyPI (extra dev)")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "codespell_lib"),
            *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "docs", "patterns"),
            *("scanner/commands", "scanner/remediation", "benchmarks/README.md"),
        ],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_the_picture_is_what_the_demonstration_prints() -> None:
    """Word for word, but for what every run draws anew: the ends of the keys, and the time."""
    spec = importlib.util.spec_from_file_location("picture", TOP / "docs" / "picture.py")
    assert spec
    assert spec.loader
    picture = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(picture)
    drawn = html.unescape((TOP / "docs" / "blocked-commit.svg").read_text(encoding="utf-8"))
    drawn = "".join(re.findall(r"<text [^>]*demo-r[^>]*>([^<]*)</text>", drawn))
    printed = picture.cut(picture.real_output()).plain
    assert words(drawn) == words(printed), "run: python docs/picture.py"


def words(text: str) -> list[str]:
    """Return the words, what every run draws anew as a mark; lines and widths do not count."""
    text = re.sub(r"\S{4}\*{4}\S{4}", "****", text.replace("\xa0", " "))
    text = re.sub(r"\d+ bytes|[\d.]+ m?s\b", "#", text)
    return re.findall(r"\S", text)


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
