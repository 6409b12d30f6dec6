"""Behaviour of scanner.engine.compiled: what is kept behaves as if it were compiled anew, or is compiled anew."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.engine import compiled
from scanner.engine.compiled import KeptExpressions
from tests.test_expressions_pace import expressions

TEXTS: list[tuple[str | bytes, int]] = [
    (r"(?P<key>\w+)=(?P<value>[^;]*)", 0),
    (rb"(?P<key>\w+)=(?P<value>[^;]*)", 0),
    (r"(?i)straße|(a)(?P<b>b)?", 0),
    (rb"a+", re.IGNORECASE),
    (r"a+", re.IGNORECASE),
    (r"a+", re.MULTILINE),
    (rb"(?x) a # b", 0),
    (r"[\u4e00-\u9fff]{2,}(?<!x)", re.DOTALL),
    *((rf"one of many {number}", 0) for number in range(10)),
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the cache, not there yet."""
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def kept(texts: list[tuple[str | bytes, int]]) -> None:
    first = KeptExpressions()
    for text, flags in texts:
        first.compile(text, flags)
    first.keep()


def files(place: Path) -> list[Path]:
    return sorted(place.glob("*" + compiled.ENDING)) if place.exists() else []


def test_what_is_kept_is_equal_and_not_compiled_again(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(TEXTS)
    expected = [re.compile(text, flags) for text, flags in TEXTS]
    again = KeptExpressions()
    monkeypatch.setattr(compiled.re, "compile", None)  # type: ignore[attr-defined]
    found = [again.compile(text, flags) for text, flags in TEXTS]
    assert found == expected
    for one, other in zip(found, expected, strict=True):
        assert one.groupindex == other.groupindex
        assert (one.groups, one.flags, one.pattern) == (other.groups, other.flags, other.pattern)
    match = found[0].match("user=ada; x")
    assert match is not None
    assert match.groupdict() == {"key": "user", "value": "ada"}
    assert match.lastgroup == "value"


def test_all_expressions_of_the_package_are_kept_as_they_are(place: Path) -> None:
    texts = {(isinstance(o._text, str), o._text, o._flags) for _, o in expressions()}
    ordered = sorted(texts, key=repr)
    kept([(text, flags) for _, text, flags in ordered])
    again = KeptExpressions()
    for _, text, flags in ordered:
        assert again.compile(text, flags) == re.compile(text, flags)
    assert not again._new


def test_others_are_kept_beside_them(place: Path) -> None:
    kept(TEXTS)
    others: list[tuple[str | bytes, int]] = [(f"other {number}", 0) for number in range(10)]
    kept(others)
    again = KeptExpressions()
    for text, flags in (*TEXTS, *others):
        again.compile(text, flags)
    assert not again._new
    assert len(files(place)) == 1


def test_a_few_are_not_worth_a_file(place: Path) -> None:
    kept(TEXTS[:3])
    assert files(place) == []


def test_what_earlier_versions_used_is_dropped(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(TEXTS)
    monkeypatch.setattr(compiled, "_MOST", 10)
    kept([(f"new {number}", 0) for number in range(8)])
    again = KeptExpressions()
    again.compile("new 1", 0)
    assert not again._new
    again.compile(*TEXTS[0])
    assert again._new


@pytest.mark.parametrize("harm", ["short", "changed", "writable"])
def test_a_file_that_is_not_as_written_is_not_believed(place: Path, harm: str) -> None:
    kept(TEXTS)
    (file,) = files(place)
    content = file.read_bytes()
    if harm == "short":
        file.write_bytes(content[:-1])
    elif harm == "changed":
        file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        if os.name == "nt":
            pytest.skip("file modes mean little on Windows")
        file.chmod(0o666)
    again = KeptExpressions()
    assert again.compile(*TEXTS[0]) == re.compile(*TEXTS[0])
    assert again._new


def test_a_broken_expression_is_told(place: Path) -> None:
    with pytest.raises(re.error):
        KeptExpressions().compile("(", 0)


def test_an_unknown_python_compiles_as_ever(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    kept(TEXTS)
    assert files(place) == []
    assert KeptExpressions().compile(*TEXTS[0]) == re.compile(*TEXTS[0])


def test_another_compiler_is_not_believed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is derived here and is not what ``re.compile`` makes is never written."""
    right = compiled._make
    monkeypatch.setattr(
        compiled, "_make", lambda text, flags: right("wrong" if text == "a+" else text, flags)
    )
    kept(TEXTS)
    again = KeptExpressions()
    for text, flags in TEXTS:
        assert again.compile(text, flags) == re.compile(text, flags)
    assert {text for _, text, _ in again._new} == {"a+"}


@pytest.mark.parametrize(("option", "count"), [([], 1), (["--no-cache"], 0)])
def test_a_scan_keeps_its_expressions(tmp_path: Path, option: list[str], count: int) -> None:
    """Unless it was told not to; the next one finds the same with them."""
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "a.env").write_text("DB_PASSWORD=k8dq" + "Zx2!m\n")
    place = tmp_path / "cache"
    command = [sys.executable, "-m", "scanner", "scan", "tree", "--format", "csv", *option]
    environment = {**os.environ, "KEYSWEEP_CACHE_DIR": str(place)}
    found = [
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
        for _ in range(2)
    ]
    assert len(files(place)) == count
    assert [one.returncode for one in found] == [1, 1]
    rows = [one.stdout.splitlines()[:-1] for one in found]  # the last line has the seconds
    assert len(rows[0]) > 1
    assert rows[0] == rows[1]
