"""Behaviour of scanner.pipeline: what is reported, in which order, and what an accident does to it."""

import os
import pickle
import random
import select
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from scanner import wiring
from scanner.config import Config
from scanner.detector import HIGH, LOW, MEDIUM
from scanner.errors import RuleError, ScannerError
from scanner.models import Blob, Coverage, Draft, Finding, Match, Origin, Skipped
from scanner.pipeline import Limits, Pipeline, confidence_of
from scanner.placeholders import fill
from scanner.silence import Silence
from scanner.sources.files import FilesSource

TEXTS = {
    "gate.env": "GATE_API_KEY={hex:32}\nGATE_API_SECRET={hex:64}\n",
    "token.txt": "token: {github:ghp}\n",
    "generic.py": "client_secret = '{alnum:40}'\n",
    "clean.py": "a = 1\n",
}


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[wiring.Patterns]:
    with pytest.MonkeyPatch.context() as patch:
        cache = tmp_path_factory.getbasetemp() / "home" / ".cache" / "keysweep"
        patch.setenv("KEYSWEEP_CACHE_DIR", str(cache))
        yield wiring.Patterns()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(fill(text, random.Random(name))[0])
    return folder


def pipeline(source: Any, patterns: wiring.Patterns, jobs: int = 1, **settings: Any) -> Pipeline:
    config = Config()
    config.update(settings, "flag")
    return wiring.pipeline(source, config, patterns, Silence(allows=config.allow), jobs)


def findings(source: Any, patterns: wiring.Patterns, **settings: Any) -> list[Finding]:
    items = list(pipeline(source, patterns, **settings).items())
    assert all(isinstance(item, Finding) for item in items), items
    return [item for item in items if isinstance(item, Finding)]


ALL = {"gate-api-key", "gate-api-secret", "github-personal-token", "generic-api-secret"}
LIMITS = [
    ({}, ALL),
    ({"min_severity": "medium"}, ALL - {"gate-api-key"}),
    ({"min_severity": "critical"}, {"gate-api-secret", "github-personal-token"}),
    ({"min_confidence": "high"}, ALL - {"generic-api-secret"}),
    ({"min_confidence": "low"}, ALL),
    ({"only": ("gate-*",)}, {"gate-api-key", "gate-api-secret"}),
    ({"only": ("gate-api-key", "github-*")}, {"gate-api-key", "github-personal-token"}),
    ({"exclude": ("gate-*",)}, ALL - {"gate-api-key", "gate-api-secret"}),
    ({"only": ("gate-*",), "exclude": ("*-key",)}, {"gate-api-secret"}),
    ({"exclude": ("*",)}, set()),
]


@pytest.mark.parametrize(("settings", "rules"), LIMITS)
def test_limits(
    tree: Path, patterns: wiring.Patterns, settings: dict[str, Any], rules: set[str]
) -> None:
    assert {f.rule for f in findings(FilesSource([str(tree)]), patterns, **settings)} == rules


def test_paths_left_out_are_counted(tree: Path, patterns: wiring.Patterns) -> None:
    source = FilesSource([str(tree)])
    found = findings(source, patterns, exclude_paths=("*.env", "token*"))
    assert {f.path for f in found} == {"generic.py"}
    assert source.coverage.left_out["excluded-path"] > 0


def test_allowed_findings_are_marked_not_dropped(tree: Path, patterns: wiring.Patterns) -> None:
    from scanner.config import Allow

    found = findings(FilesSource([str(tree)]), patterns, allow=(Allow("mine", paths=("gate",)),))
    assert {f.path: f.allowed_by for f in found} == {
        "gate.env": "config:mine",
        "token.txt": None,
        "generic.py": None,
    }


def test_the_secret_stays_unless_asked_for(tree: Path, patterns: wiring.Patterns) -> None:
    secrets = [
        value for name, text in TEXTS.items() for value, *_ in fill(text, random.Random(name))[1]
    ]
    hidden = findings(FilesSource([str(tree)]), patterns)
    assert {f.secret for f in hidden} == {None}
    for value in secrets:
        assert value not in "".join(map(repr, map(tuple, hidden)))
    shown = findings(FilesSource([str(tree)]), patterns, show_secrets=True)
    assert {f.secret for f in shown} == set(secrets)
    assert [f._replace(secret=None) for f in shown] == hidden


def test_partners_by_fingerprint(tree: Path, patterns: wiring.Patterns) -> None:
    key, secret = (f for f in findings(FilesSource([str(tree)]), patterns) if f.path == "gate.env")
    assert (key.paired_with, secret.paired_with) == ((secret.fingerprint,), (key.fingerprint,))


@pytest.mark.parametrize("jobs", [2, 3, 16])
def test_any_number_of_jobs_gives_the_same(
    tree: Path, patterns: wiring.Patterns, jobs: int
) -> None:
    for number in range(8):
        (tree / f"more{number}.env").write_text(
            fill(TEXTS["gate.env"], random.Random(number))[0] * (number + 1)
        )
    one, many = FilesSource([str(tree)]), FilesSource([str(tree)])
    alone = list(pipeline(one, patterns).items())
    assert list(pipeline(many, patterns, jobs=jobs).items()) == alone
    for name in Coverage.__slots__:
        assert getattr(one.coverage, name) == getattr(many.coverage, name)


@pytest.mark.parametrize(
    ("score", "word"), [(LOW, "low"), (MEDIUM, "medium"), (HIGH, "high"), (0, "low"), (99, "high")]
)
def test_confidence(score: int, word: str) -> None:
    assert confidence_of(score) == word


# Accidents: a source that does as it is told


class Told:
    """A source of texts; an exception among them is raised, a function is called."""

    def __init__(self, *steps: str | BaseException | Skipped | Callable[[], object]) -> None:
        self.root = None
        self.coverage = Coverage()
        self.steps = steps

    def blobs(self) -> Iterator[Blob | Skipped]:
        for number, step in enumerate(self.steps):
            if isinstance(step, str):
                self.coverage.blobs += 1
                yield Blob(step.encode(), Origin("file", f"{number}.txt"))
            elif isinstance(step, Skipped):
                yield step
            elif isinstance(step, BaseException):
                raise step
            else:
                step()

    def split(self, parts: int) -> "Sequence[Told]":
        return [Told(step) for step in self.steps]

    def attribute(self, drafts: Iterable[Draft]) -> Iterator[Draft | Skipped]:
        yield from drafts


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_parent() -> None:
    os.kill(os.getppid(), signal.SIGKILL)


GATE = fill(TEXTS["gate.env"], random.Random(1))[0]
UNREAD = Skipped("x", None, None, "unreadable", "why")


def kinds(items: Iterator[Finding | Skipped]) -> list[str]:
    return ["finding" if isinstance(item, Finding) else item.reason for item in items]


def test_what_is_not_read_is_in_the_stream(patterns: wiring.Patterns) -> None:
    source = Told(UNREAD, GATE, UNREAD)
    assert kinds(pipeline(source, patterns).items()) == [
        "unreadable", "finding", "finding", "unreadable",
    ]  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_comes_after_what_was_found(patterns: wiring.Patterns, jobs: int) -> None:
    items = pipeline(Told(GATE, ScannerError("broken")), patterns, jobs=jobs).items()
    assert [type(next(items)), type(next(items))] == [Finding, Finding]
    with pytest.raises(ScannerError, match="broken"):
        next(items)


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_a_worker_that_dies_is_an_error(patterns: wiring.Patterns) -> None:
    items = pipeline(Told(GATE, die, GATE), patterns, jobs=3).items()
    # What the others find is not lost, whoever was first.
    assert [type(next(items)) for _ in range(4)] == [Finding] * 4
    with pytest.raises(ScannerError, match="a worker process died before its part was read"):
        next(items)


@pytest.mark.skipif(os.name == "nt", reason="no fork there")
def test_workers_end_when_their_parent_is_killed(patterns: wiring.Patterns) -> None:
    alive, held = os.pipe()  # every process holds its end, as long as it lives
    child = os.fork()
    if not child:
        try:
            list(pipeline(Told(kill_parent, *[GATE] * 11), patterns, jobs=3).items())
        finally:
            die()
    os.close(held)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    ended, _, _ = select.select([alive], [], [], 30)
    os.close(alive)
    assert ended, "a worker waits for ever"


def test_each_worker_begins_with_parts_that_follow_each_other(
    patterns: wiring.Patterns, tmp_path: Path
) -> None:
    def step(number: int) -> Callable[[], None]:
        def note() -> None:
            (tmp_path / str(number)).write_text(str(os.getpid()))
            time.sleep(0.05)

        return note

    assert not list(pipeline(Told(*map(step, range(12))), patterns, jobs=3).items())
    who = [(tmp_path / str(number)).read_text() for number in range(12)]
    assert who[0] == who[1] != who[4] == who[5] != who[8] == who[9]


def test_who_is_done_helps_the_others(patterns: wiring.Patterns, tmp_path: Path) -> None:
    def wait() -> None:
        """Wait for the last part of the own stretch: another has to read it."""
        end = time.monotonic() + 60
        while not (tmp_path / "read").exists() and time.monotonic() < end:
            time.sleep(0.01)
        assert (tmp_path / "read").exists()

    steps = (wait, GATE, (tmp_path / "read").touch, GATE, GATE, GATE)
    assert kinds(pipeline(Told(*steps), patterns, jobs=2).items()) == ["finding"] * 8


def test_an_error_crosses_processes_whole(patterns: wiring.Patterns) -> None:
    error = RuleError("a.yaml", "acme-key", "pattern: no")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    with pytest.raises(RuleError) as caught:
        list(pipeline(Told(error, GATE), patterns, jobs=2).items())
    assert (caught.value.rule, str(caught.value)) == ("acme-key", str(error))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crash_on_one_blob_is_told_without_its_content(
    patterns: wiring.Patterns, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scanner.judges.known import KnownJudge

    def judge(self: KnownJudge, blob: Blob, matches: Sequence[Match]) -> list[Match]:
        if b"BAD" in blob.data:
            raise ValueError(blob.data)
        return list(matches)

    monkeypatch.setattr(KnownJudge, "judge", judge)
    found = list(pipeline(Told(GATE, GATE + "BAD", GATE), patterns, jobs=jobs).items())
    assert kinds(iter(found)) == ["finding", "finding", "error", "finding", "finding"]
    crash = found[2]
    assert isinstance(crash, Skipped)
    assert crash.path == ("1.txt" if jobs == 1 else "0.txt")
    assert crash.detail.startswith("internal error (ValueError in scanner/")
    assert "GATE" not in crash.detail


def test_jobs_end_when_nobody_listens(patterns: wiring.Patterns) -> None:
    items = pipeline(Told(GATE, GATE, GATE), patterns, jobs=3).items()
    next(items)
    items.close()  # type: ignore[attr-defined]
    import multiprocessing

    assert multiprocessing.active_children() == []


def test_limits_default_to_the_contract() -> None:
    limits = Limits()
    assert (limits.min_confidence, limits.min_severity, limits.reveal) == ("medium", "low", False)
