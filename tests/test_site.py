"""The site is built from docs/ without a warning, with the pages that no file holds, and asks no other server."""

import importlib.util
import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from scanner.cli import COMMANDS
from scanner.remediation.stop import stopping
from scanner.rules import Catalog, load, pattern_files

ROOT = Path(__file__).resolve().parents[1]

needs_mkdocs = pytest.mark.skipif(
    importlib.util.find_spec("material") is None or importlib.util.find_spec("mkdocs") is None,
    reason="needs mkdocs-material from PyPI (extra dev)",
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(pattern_files())


@pytest.fixture(scope="module")
def website() -> Any:
    """Return the module of the hooks."""
    spec = importlib.util.spec_from_file_location("website", ROOT / "docs" / "website.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "WARNING" not in done.stdout
    return folder


def text_of(page: Path) -> str:
    """Return what a page says, without tags, in one line."""
    article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", "", article)).split())


@needs_mkdocs
def test_pages(site: Path, catalog: Catalog) -> None:
    """The home page, one for each file of docs/, each command and each system that has rules."""
    written = {path.relative_to(ROOT / "docs").with_suffix("") for path in ROOT.glob("docs/*.md")}
    made = {Path("commands", name) for name in COMMANDS}
    leaked = {Path("leaked", rule.system) for rule in catalog.rules if rule.system}
    for page in (Path(), *written, *made, *leaked):
        assert (site / page / "index.html").is_file(), page
    assert "refuse a commit" in text_of(site / "index.html")
    assert not list(site.rglob("*.py"))


@needs_mkdocs
def test_leaked_pages_have_all_steps_in_order(site: Path, catalog: Catalog) -> None:
    """For every exchange and wallet: the same sentences as `keysweep explain`."""
    for system in catalog.systems.values():
        rules = [rule for rule in catalog.rules if rule.system == system.id]
        if system.category not in ("exchange", "wallet") or not rules:
            continue
        said = text_of(site / "leaked" / system.id / "index.html")
        assert all(rule.id in said for rule in rules)
        for rule in rules:
            at = 0
            for number, step in enumerate(stopping(rule, system, rule.severity, is_paired=True), 1):
                plain = " ".join(step.replace("`", "").split())
                at = said.find(plain, at if number > 1 else 0)
                if at < 0 and number > 1:  # "as above"
                    at = said.find(plain)
                assert at >= 0, f"{system.id}: {plain}"


@needs_mkdocs
def test_no_link_is_broken(site: Path) -> None:
    """mkdocs looks at links between Markdown files; this looks at all that was built."""
    missing = set()
    for page in site.rglob("*.html"):
        here = "/" + page.relative_to(site).as_posix()
        for target in re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8")):
            path = unquote(urldefrag(urljoin(here, unescape(target))).url)
            if "://" in path or path.startswith(("mailto:", "data:", "/404")):
                continue
            file = site / path.lstrip("/")
            if not file.is_file() and not (file / "index.html").is_file():
                missing.add((here, target))
    assert not missing


@needs_mkdocs
def test_pages_ask_no_other_server(site: Path) -> None:
    """No font, script, style sheet or picture comes from elsewhere: only links lead away."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|img|iframe|source)[^>]*https?://[^>]*>", text), page
        assert not re.findall(r"<link[^>]*(?:stylesheet|preconnect|icon)[^>]*//[^>]*>", text), page


@needs_mkdocs
def test_marks_for_tests_are_not_shown(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert "<!-- run" not in page.read_text(encoding="utf-8")


def test_every_page_is_in_the_menu(website: Any) -> None:
    config = website.on_config(type("Config", (), {})())
    listed = {name for part in config.nav for names in part.values() for name in names}
    assert {path.relative_to(ROOT / "docs").as_posix() for path in ROOT.glob("docs/**/*.md")} <= (
        listed
    )


@pytest.mark.parametrize(
    ("target", "folder", "uri", "expected"),
    [
        ("docs/hooks.md", "", "index.md", "hooks.md"),
        ("LICENSE", "", "index.md", "{}/blob/main/LICENSE"),
        ("../SECURITY.md", "docs", "ci.md", "{}/blob/main/SECURITY.md"),
        ("../fix.md", "docs/leaked", "leaked/gate.md", "../fix.md"),
        ("generate.py", "docs", "systems.md", "{}/blob/main/docs/generate.py"),
    ],
)
def test_links_out_of_docs(website: Any, target: str, folder: str, uri: str, expected: str) -> None:
    assert website.link(target, folder, uri) == expected.format(website.SOURCE)


def test_signs_of_markdown_in_advice(website: Any) -> None:
    """A sentence of a pattern file stays the sentence that it is."""
    text = website.markdown("Use a_b* <script> of `c_d` at https://e.example/f_g. [x](y)")
    assert text == (r"Use a\_b\* &lt;script&gt; of `c_d` at https://e.example/f_g. \[x\](y)")
