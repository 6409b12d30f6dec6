"""What a scan of a history found is made again by the next one: the same report, without a search."""

import hashlib
import json
import random
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner import redaction
from scanner.detector import Detector
from scanner.engine import cache
from scanner.placeholders import fill
from scanner.sources.history import state, told
from tests.commands.conftest import Ran, make

CONFIG = """\
BINANCE_API_KEY = "{alnum:64}"
BINANCE_API_SECRET = "{alnum:64}"
db_password = "Sumatra77pass"
SMTP_PASSWORD = "x9!kk2vQ"
"""
LAYERED = "GATE_API_SECRET={hex:64}\nGATE_API_KEY={hex:32}\n"


@pytest.fixture
def repo(git_repo: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return a repository with secrets in several versions, in a decoded text and in a message."""
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(tmp_path / "cache"))
    repo = git_repo()
    for number in range(4):
        repo.write("conf.py", "# a comment\n" * number + make(CONFIG))
        repo.write(f"other{number}.py", make(CONFIG, number + 2))
        repo.git("add", "--all")
        repo.commit(f"change {number}")
    repo.write("run.json", json.dumps({"file": b64encode(make(LAYERED, 9).encode()).decode()}))
    repo.git("add", "--all")
    repo.commit("say " + make("BYBIT_API_SECRET={alnum:36}", 3))
    return repo


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the id of each object that a detector looks at."""
    seen: list[str] = []
    drafts = Detector.drafts

    def watched(self: Detector, blob: Any) -> Any:
        seen.append(blob.origin.blob or blob.origin.commit or blob.origin.path or "")
        return drafts(self, blob)

    monkeypatch.setattr(Detector, "drafts", watched)
    return seen


@pytest.fixture
def costly(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each run of scrypt, which costs 50 ms."""
    runs: list[int] = []
    scrypt = hashlib.scrypt

    def counted(*args: Any, **options: Any) -> bytes:
        runs.append(1)
        return scrypt(*args, **options)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    return runs


def report(keysweep: Callable[..., Ran], repo: Any, *options: str) -> Any:
    """Return a report as a new process would give it."""
    redaction._made.clear()
    ran = keysweep("history", repo.path, "--format", "json", "--jobs", "1", *options)
    value = ran.json
    del value["summary"]["seconds"]
    return value


def test_the_second_report_is_the_first_without_a_search(
    keysweep: Callable[..., Ran], repo: Any, searched: list[str], costly: list[int]
) -> None:
    first = report(keysweep, repo)
    places = {(f["path"], f["source"]) for f in first["findings"]}
    assert {("conf.py", "blob"), ("run.json", "blob"), (None, "commit-message")} <= places
    assert any(f["paired_with"] for f in first["findings"])
    assert len(costly) == 10  # two passwords at each of five paths
    searched.clear()
    costly.clear()
    assert report(keysweep, repo) == first
    assert searched == [repo.head]
    assert not costly


def test_a_report_with_new_commits_searches_what_is_new(
    keysweep: Callable[..., Ran], repo: Any, searched: list[str], costly: list[int]
) -> None:
    report(keysweep, repo)
    repo.write("conf.py", "import os\n" + make(CONFIG))
    repo.write("moved/copy.py", make(CONFIG, 3))
    repo.git("rm", "--quiet", "other1.py")
    repo.git("add", "--all")
    repo.commit("more")
    searched.clear()
    costly.clear()
    grown = report(keysweep, repo)
    old = repo.git("rev-parse", "HEAD~2:conf.py")
    assert repo.git("rev-parse", "HEAD:conf.py") in searched
    assert old not in searched
    # The passwords at a new path alone: a fingerprint holds for one path.
    moved = [one for one in grown["findings"] if one["path"] == "moved/copy.py"]
    assert len(costly) == sum(one["kind"] == "password" for one in moved) > 0
    assert grown == report(keysweep, repo, "--no-cache")


def test_the_state_holds_no_secret_and_no_fingerprint(
    keysweep: Callable[..., Ran], repo: Any, tmp_path: Path
) -> None:
    found = report(keysweep, repo, "--show-secrets")["findings"]
    (file,) = (tmp_path / "cache").glob("*.history")
    opened = cache.open_cached(file.stem, ".history")
    assert opened is not None
    head = (opened.section(0) or b"").decode()
    opened.close()
    assert json.loads(head)["found"]
    assert any(finding["decoded"] for finding in found)
    for finding in found:
        assert finding["secret"] not in head
        assert finding["fingerprint"] not in head


@pytest.mark.parametrize("damage", ["rule", "span"])
def test_records_that_do_not_fit_are_said_and_dropped(
    keysweep: Callable[..., Ran], repo: Any, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    first = report(keysweep, repo)
    load = state.load

    def damaged(store: Any) -> Any:
        kept = load(store)
        for records in kept.found.values() if kept else ():
            if damage == "rule":
                records[0][0][0] = "no-such-rule"
            else:
                records[0][1][1] = 1 << 40
        return kept

    monkeypatch.setattr("scanner.sources.history.last.load", damaged)
    repo.write("new.py", "x = 1\n")
    repo.git("add", "--all")
    repo.commit("new")
    ran = keysweep("history", repo.path, "--format", "json", "--jobs", "1")
    assert ran.status == 2
    assert "what an earlier scan left does not fit" in ran.out
    monkeypatch.undo()
    assert len(report(keysweep, repo, "--no-cache")["findings"]) == len(first["findings"])


@pytest.mark.no_cover  # much of the same
@pytest.mark.parametrize("seed", range(3))
def test_rescans_of_a_growing_history_say_what_a_scan_of_everything_says(
    keysweep: Callable[..., Ran], repo: Any, examples: list[str], seed: int
) -> None:
    generator = random.Random(seed)
    for number in range(3):
        for _ in range(4):
            text = "\n".join(generator.sample(examples, 6))
            name = f"f{generator.randrange(5)}.txt"
            repo.write(name, "filler\n" * generator.randrange(200) + text)
            repo.git("add", "--all")
            repo.commit(f"change {number}")
        whole = report(keysweep, repo, "--no-cache")
        assert report(keysweep, repo) == whole
        assert report(keysweep, repo) == whole


@pytest.fixture(scope="module")
def examples() -> list[str]:
    """Return the examples of all patterns, filled."""
    from scanner import rules

    generator = random.Random(4)
    return [
        fill(one if isinstance(one, str) else one["text"], generator)[0]
        for rule in rules.load(rules.pattern_files()).rules
        for one in rule.examples
    ]


def test_two_seals_of_one_blob_tell_nothing_of_each_other() -> None:
    """Under one stream the difference of two texts would show, and one known text would open the other."""
    key = bytes(range(32))
    one, other = (b64decode(told.seal(key, text)) for text in (b"a" * 40, b"b" * 40))
    assert one[:16] != other[:16]
    assert {a ^ b for a, b in zip(one[16:], other[16:], strict=True)} != {ord("a") ^ ord("b")}
    assert told.seal(key, b"a" * 40) != told.seal(key, b"a" * 40)


def test_a_secret_in_a_subject_is_masked_beside_other_findings(
    repo: Any, keysweep: Callable[..., Ran]
) -> None:
    """Now and in the next scan: the message was searched, and so its subject need not be again."""
    repo.write("more.py", make(CONFIG, 11))
    repo.git("add", "--all")
    repo.commit('set db_password = "x9!kk2vQ"')
    repo.write("last.py", make(CONFIG, 12))
    repo.git("add", "--all")
    repo.commit("a quiet message")
    for _ in range(2):
        said = report(keysweep, repo)
        subjects = {f["path"]: f["summary"] for f in said["findings"] if f["path"]}
        assert subjects["more.py"] == 'set db_password = "****"'
        assert subjects["last.py"] == "a quiet message"
