"""Behaviour of scanner.baseline.entries: the file that people commit and merge."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.baseline.entries import Entry, escaped, read, render, unescaped
from scanner.errors import ConfigError

MARKS = [f"{digit}" * 32 for digit in "0123456789abcdef"]


def entry(number: int = 0, **changes: Any) -> Entry:
    return Entry(MARKS[number], "src/bot.py", "acme-api-key", "2026-01-31")._replace(**changes)


def written(folder: Path, text: str) -> str:
    path = folder / "baseline"
    path.write_text(text, encoding="utf-8")
    return str(path)


PATHS = ["a", "my keys/#1 100%.py", "(message)", "(x)", "é/\\xff.env", "a\tb\nc", "-", "%28"]


@pytest.mark.parametrize("history", [True, False])
def test_what_is_written_is_read(tmp_path: Path, history: bool) -> None:
    entries = [entry(n, path=path) for n, path in enumerate(PATHS)]
    entries += [entry(12, path=None), entry(13, accepted=False, reason="a # real one")]
    path = written(tmp_path, render(entries, history=history))
    assert read(path) == (entries, history)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_path_is_one_word(path: str) -> None:
    word = escaped(path)
    assert unescaped(word) == path
    assert word.isprintable()
    assert not set(word) & set(" #")


def test_one_sorted_line_an_entry(tmp_path: Path) -> None:
    entries = [entry(n) for n in (5, 1, 3, 1)]
    lines = render(entries).splitlines()
    assert [line[:1] for line in lines] == ["#", "#", "1", "3", "5"]


def test_a_reason_stays_on_its_line() -> None:
    assert entry(reason="two\nlines\x1b[0m").line().endswith("# two lines [0m")


def test_two_branches_merge(git_repo: Callable[..., Any]) -> None:
    """Entries that both sides add rarely touch: git merges them without a question."""
    repo = git_repo()
    base = [entry(n) for n in (0, 4, 8, 12)]
    repo.write("baseline", render(base))
    repo.git("add", ".")
    repo.commit()
    repo.git("checkout", "--quiet", "-b", "other")
    repo.write("baseline", render([*base, entry(6)]))
    repo.git("add", ".")
    repo.commit()
    repo.git("checkout", "--quiet", "main")
    repo.write("baseline", render([*base[1:], entry(10)]))
    repo.git("add", ".")
    repo.commit()
    repo.git("merge", "--quiet", "--no-edit", "other")
    merged = [one.fingerprint for one in read(str(repo.path / "baseline"))[0]]
    assert merged == [MARKS[n] for n in (4, 6, 8, 10, 12)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "its first line is not '# keysweep baseline 1'"),
        ("# keysweep baseline 1 of files\n<<<<<<< HEAD\n", "line 2: a merge conflict"),
        ("# keysweep baseline 1 of files\nnonsense\n", "line 2: not FINGERPRINT accepted"),
        (f"# keysweep baseline 1\n{MARKS[0]} maybe 2026-01-01 a b\n", "line 2: not FINGERPRINT"),
        (f"# keysweep baseline 1\n{'x' * 32} accepted 2026-01-01 a b\n", "line 2: not"),
    ],
)
def test_what_is_no_baseline(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(said)):
        read(written(tmp_path, text))


def test_no_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"No such file.*keysweep baseline create"):
        read(str(tmp_path / "none"))
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not text"):
        read(str(tmp_path / "binary"))


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert read(written(tmp_path, "")) == ([], False)
