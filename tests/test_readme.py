"""Every command in the documents is run, and every file that they name exists.

A comment before each block of shell lines says how: ``run`` (in a repository with a leaked key in
its last commit and another one staged), ``run: exit 1``, ``run: in the checkout``,
``run: in a fresh clone``, ``run by: FILE``, ``not run: REASON``.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scanner.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("**/*.md")),
    ROOT / "benchmarks" / "README.md",
]
_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>[^>]*) -->\n)?```(?:sh|bash|console|shell)\n(?P<text>.*?)^```",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """Shell lines of a document, and the comment before them."""

    document: Path
    mark: str | None
    text: str


def blocks() -> list[Block]:
    return [
        Block(path, found["mark"], found["text"].strip())
        for path in DOCUMENTS
        for found in _BLOCK.finditer(path.read_text(encoding="utf-8"))
    ]


BLOCKS = blocks()


def chosen(test: Callable[[str], bool]) -> Any:
    """Parametrize with the blocks whose mark passes a test."""
    cases = [block for block in BLOCKS if block.mark and test(block.mark)]
    ids = [f"{block.document.relative_to(ROOT)}:{block.text[:50]}" for block in cases]
    return pytest.mark.parametrize("block", cases, ids=ids)


def run(text: str, folder: Path, path: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    return subprocess.run(
        ["sh", "-e", "-c", text],
        cwd=folder,
        env=env | ({"PATH": f"{path}{os.pathsep}{os.environ['PATH']}"} if path else {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return a folder with this ``keysweep`` and this ``python``."""
    folder = tmp_path / "bin"
    folder.mkdir()
    # KEYSWEEP_TESTED: a copy of the checkout, for commands that are run in one.
    path = f'PYTHONPATH="${{KEYSWEEP_TESTED:-{ROOT}}}"'
    for name, command in {"keysweep": "-m scanner", "python": ""}.items():
        script = folder / name
        script.write_text(f'#!/bin/sh\n{path} exec "{sys.executable}" -P {command} "$@"\n')
        script.chmod(0o755)
    (tmp_path / "gitconfig").touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return str(folder)


@pytest.fixture
def repo(git_repo: Callable[..., Any]) -> Any:
    """Return a repository: a pushed commit, one with a key on top, another key staged."""
    made = git_repo("your-repository")
    made.git("commit", "--allow-empty", "--message", "first")
    made.git("update-ref", "refs/remotes/origin/main", "HEAD")
    made.write("bot.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    made.git("add", ".")
    made.commit("add the bot")
    made.write("new.py", f'gate_secret = "{secrets.token_hex(32)}"\n')
    made.git("add", ".")
    return made


def test_every_block_says_how_it_is_run() -> None:
    unmarked = [f"{block.document.name}: {block.text}" for block in BLOCKS if not block.mark]
    assert not unmarked
    known = r"run(: exit \d| *: in the checkout|: in a fresh clone| by: \S+)?|not run: .+"
    assert [block.mark for block in BLOCKS if not re.fullmatch(known, block.mark or "")] == []


@chosen(lambda mark: re.fullmatch(r"run(: exit \d)?", mark) is not None)
def test_in_a_repository(block: Block, repo: Any, programs: str) -> None:
    expected = int((block.mark or "").partition("exit ")[2] or 0)
    done = run(block.text, repo.path, programs)
    assert done.returncode == expected, done.stdout
    assert "error:" not in done.stdout


@chosen(lambda mark: mark == "run: in the checkout")
def test_in_the_checkout(
    block: Block, snapshot: Path, tmp_path: Path, programs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEYSWEEP_TESTED", str(tmp_path / "keysweep"))
    shutil.copytree(snapshot, tmp_path / "keysweep", ignore=shutil.ignore_patterns(".git"))
    done = run(block.text, tmp_path / "keysweep", programs)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the command is for POSIX shells")
@chosen(lambda mark: mark == "run: in a fresh clone")
def test_in_a_fresh_clone(block: Block, snapshot: Path, tmp_path: Path) -> None:
    shutil.copytree(snapshot, tmp_path / "keysweep", ignore=shutil.ignore_patterns(".git"))
    done = run(block.text, tmp_path / "keysweep")
    assert done.returncode == 0, done.stdout
    assert "The commit was refused" in done.stdout
    assert f"{tmp_path / 'keysweep' / '.venv' / 'bin' / 'keysweep'} install" in done.stdout


@chosen(lambda mark: mark.startswith("run by: "))
def test_run_elsewhere(block: Block) -> None:
    name = (block.mark or "").removeprefix("run by: ")
    text = (ROOT / name).read_text(encoding="utf-8")
    if name == ".ci/run":
        assert block.text in text
    for word in block.text.split()[1:]:
        assert word in text


def test_first_screen_has_exactly_two_commands() -> None:
    readme = ROOT / "README.md"
    first_screen = readme.read_text(encoding="utf-8").partition("\n## ")[0]
    found = list(_BLOCK.finditer(first_screen))
    assert len(found) == 2
    assert all("\n" not in block["text"].strip() for block in found)
    assert "docs/blocked-commit.svg" in first_screen


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_named_commands_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/`-])`(?:\S*/)?keysweep ([a-z]+)", text))
    assert named <= set(COMMANDS)


def test_picture_is_redacted_and_opens_no_connection() -> None:
    picture = (ROOT / "docs" / "blocked-commit.svg").read_text(encoding="utf-8")
    assert not re.search(r"url\((?!#)|href|<script|@font-face", picture)
    assert not re.search(r"[0-9a-f]{32}|[0-9A-Za-z]{40}", picture)
    for part in ("Gate.io", "Binance", "CRITICAL", "refused"):
        assert part in picture
