"""Settings and rules of hostile repositories end with an error in bounded time, never hang and never hide."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scanner import patience
from scanner.config import Allow
from scanner.documents import DocumentError, load_yaml
from scanner.engine.expressions import Expression
from scanner.engine.plain import PlainPrefilter
from scanner.errors import ConfigError, RuleError
from scanner.models import Draft, Match, Occurrence, Origin, Rule
from scanner.patience import Patience, unfolded
from scanner.placeholders import fill
from scanner.rules import compile_text, compile_words
from scanner.silence import Silence

ROOT = Path(__file__).resolve().parents[1]
RULE = Rule("a-b", None, "token", "high", "A word.")
BOMB = "([a-z0-9]|[a-z])+[!?]"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a repository with a secret in a file."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "repo")], check=True)
    text = fill("BINANCE_API_SECRET={alnum_lower:64}\n", random.Random(1))[0]
    (tmp_path / "repo" / "a.env").write_text(text)
    return tmp_path / "repo"


def scanned(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Return what a scan of a folder said; it has a minute."""
    cache = str(folder.parent / "cache")
    return subprocess.run(
        [sys.executable, "-m", "scanner", "scan", ".", "--format", "json", "--jobs", "1"],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "KEYSWEEP_CACHE_DIR": cache,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_an_allow_list_that_never_ends(folder: Path) -> None:
    (folder / ".keysweep.yaml").write_text(f"allow:\n- name: slow\n  regexes: ['{BOMB}']\n")
    done = scanned(folder)
    assert done.returncode == 2
    assert "takes too long" in done.stdout
    assert "slow" in done.stdout


RULES = """
system: null
rules:
- id: my-bomb
  kind: token
  severity: low
  about: A bomb.
  pattern: '{pattern}'
  {trigger}
  examples: []
  non_examples: []
"""


@pytest.mark.parametrize(
    ("pattern", "trigger"),
    [
        (f"(?P<secret>SECRET={BOMB})", "keywords: [secret]"),
        ("(?P<secret>SECRET=.+)", f"trigger: '{BOMB}'"),
    ],
)
def test_a_rule_that_never_ends(folder: Path, pattern: str, trigger: str) -> None:
    """The plain engine runs triggers, too; Hyperscan needs no bound for them."""
    (folder / ".keysweep.yaml").write_text("patterns: [p.yml]\n")
    (folder / "p.yml").write_text(RULES.format(pattern=pattern, trigger=trigger))
    done = scanned(folder, KEYSWEEP_ENGINE="plain")
    assert done.returncode == 2
    assert "takes too long" in done.stdout


@pytest.mark.parametrize(
    "text",
    [
        "&a " + "[" * 90_000,
        "{a: " * 90_000,
        "x: [&a [1,1,1,1,1,1,1,1,1]" + "".join(f",&a [{'*a,' * 8}*a]" for _ in range(12)) + "]",
        "a: 2001-99-99",
        "format: &a [" + "*a," * 3 + "1]",
    ],
    ids=["deep", "deep-mapping", "aliases", "no-date", "self"],
)
def test_settings_that_are_no_settings(folder: Path, text: str) -> None:
    (folder / ".keysweep.yaml").write_text(text)
    done = scanned(folder)
    assert done.returncode == 2
    assert "keysweep.yaml" in done.stderr
    assert "internal" not in done.stderr


def test_a_file_name_that_is_none(folder: Path) -> None:
    (folder / ".keysweep.yaml").write_text('baseline: "a\\0b"\n')
    done = scanned(folder)
    assert done.returncode == 2
    assert "is no file name" in done.stderr


@pytest.mark.parametrize("text", ["((((a{99}){99}){99}){99}){99}", "(" * 5000 + ")" * 5000])
def test_what_would_be_compiled_for_ever_is_refused(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(RuleError):
        compile_text(RULE, "pattern", text)
    with pytest.raises(ValueError, match=r"."):
        compile_words(text)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("text", "size"),
    [("", 0), ("a{3,}", 3), ("a{x}", 4), ("[]a{9}]{2}", 2), ("[^]x]{4}", 4), ("(a|b{3})c\\)", 7)],
)
def test_unfolded(text: str, size: int) -> None:
    assert unfolded(text) == size


def busy(seconds: float) -> None:
    """Use so much of the processor."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_the_time_of_many_searches_adds_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE_S", 0.05)
    bounded = Patience()
    assert bounded.run(1, lambda left: left > 0)
    bounded.run(1, lambda _: busy(0.06))
    with pytest.raises(TimeoutError):
        bounded.run(1, lambda _: True)
    assert bounded.run(1_000_000, lambda _: True)  # there is more to read


def test_what_takes_too_long_is_an_error_and_not_a_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE_S", 0.05)
    silence = Silence(allows=(Allow("x", regexes=(BOMB,)),))
    secret = b"a" * 64
    draft = Draft(Match(RULE, 0, 64), secret, Origin("file", "a"), (Occurrence(1, 1, 1, 65),))
    with pytest.raises(ConfigError, match="takes too long"):
        silence.reason(draft, "f" * 32)


def test_documents_that_mean_something() -> None:
    assert load_yaml("a: &x [1, 2]\nb: *x\n") == {"a": [1, 2], "b": [1, 2]}
    with pytest.raises(DocumentError, match=r"in line \d"):
        load_yaml("a: [\n")
    with pytest.raises(DocumentError, match="not text"):
        load_yaml(b"\xff\xfe\xff")


@pytest.mark.parametrize(("name", "word"), [("Acme", "ab" * 4000), ("Acme " + "ab" * 4000, "acme")])
def test_a_name_that_takes_for_ever(folder: Path, name: str, word: str) -> None:
    """Each piece of a name is looked up among the others, which grows with its square."""
    (folder / ".keysweep.yaml").write_text("patterns: [p.yml]\n")
    (folder / "p.yml").write_text(
        f"system: acme\nname: {name}\ncategory: exchange\nreferences: [https://a.example]\n"
        f"tells: {{words: [{word}]}}\nrules:\n- id: acme-key\n  kind: token\n  severity: low\n"
        "  about: A key.\n  value: {charset: hex, length: 40}\n  examples: []\n"
        "  non_examples: []\n"
    )
    done = scanned(folder)
    assert done.returncode == 2
    assert "no name has more than" in done.stdout + done.stderr


def test_a_report_that_is_too_deep(tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 100_000)
    done = subprocess.run(
        [sys.executable, "-m", "scanner", "explain", "a" * 32, "--report", "deep.json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "not a JSON report" in done.stderr


def test_our_own_expressions_have_all_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that is busy makes no scan fail."""
    monkeypatch.setattr(patience, "PATIENCE_S", -1)
    expressions = [Expression("ab+", False, "0")]
    assert PlainPrefilter(expressions, lambda _: True).candidates(b"abb").ends == {0: [3]}
    with pytest.raises(RuleError, match="takes too long"):
        PlainPrefilter(expressions, lambda _: False).candidates(b"abb")
