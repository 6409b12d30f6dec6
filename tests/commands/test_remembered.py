"""The second scan of a history reports what the first one did, whatever the settings are meanwhile."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from scanner.cli import main
from scanner.placeholders import fill


@pytest.fixture
def two_lines(git_repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Return a repository whose one secret stands on two lines, of two versions of a file."""
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(tmp_path / "cache"))
    secret = fill("{alnum:64}", random.Random(8))[0]
    repo = git_repo()
    lines = [f'BINANCE_API_SECRET = "{secret}"', f'BINANCE_API_SECRET = "{secret}"  # sample']
    for number in (0, 1):
        repo.write("conf.py", f"{'# a comment' * number}\n{lines[number]}\n")
        repo.git("add", "--all")
        repo.commit(f"change {number}")
    return repo


def statuses(capsys: pytest.CaptureFixture[str], *argv: str) -> list[tuple[int, int]]:
    """Return exit status and number of findings of three scans in a row."""
    found = []
    for _ in range(3):
        status = main([*argv, "--format", "json", "--jobs", "1"])
        found.append((status, json.loads(capsys.readouterr().out)["summary"]["findings"]))
    return found


@pytest.mark.parametrize("word", ["sample", '"$'])
def test_an_allowed_line_of_one_version_does_not_silence_the_other(
    two_lines: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, word: str
) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text(f"allow:\n- name: lines\n  lines: ['{word}']\n")
    argv = ("history", str(two_lines.path), "--config", str(settings))
    assert statuses(capsys, *argv) == [(1, 1)] * 3


def test_what_allows_both_versions_silences_them(
    two_lines: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("allow:\n- name: lines\n  lines: [BINANCE]\n")
    argv = ("history", str(two_lines.path), "--config", str(settings))
    assert statuses(capsys, *argv) == [(0, 0)] * 3


def test_a_rule_in_a_file_that_another_extends_is_not_missed(
    git_repo: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    repo = git_repo()
    repo.write("a.txt", fill("corpz_{alnum:30}\n", random.Random(2))[0])
    repo.git("add", "--all")
    repo.commit("change")
    rule = "[[rules]]\nid = \"corp\"\nregex = '''({}_[A-Za-z0-9]{{30}})'''\nkeywords = [\"{}_\"]\n"
    (tmp_path / "top.toml").write_text(
        '[extend]\npath = "base.toml"\n' + rule.format("other", "other").replace("corp", "two")
    )
    argv = ("history", str(repo.path), "--config", str(tmp_path / "top.toml"))
    (tmp_path / "base.toml").write_text(rule.format("corpy", "corpy"))
    assert statuses(capsys, *argv) == [(0, 0)] * 3
    (tmp_path / "base.toml").write_text(rule.format("corpz", "corpz"))
    assert statuses(capsys, *argv) == [(1, 1)] * 3


def test_what_lies_elsewhere_is_counted_each_time(
    git_repo: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Content in Git LFS and archives that cannot be opened, though nothing is read anew."""
    monkeypatch.setenv("KEYSWEEP_CACHE_DIR", str(tmp_path / "cache"))
    repo = git_repo()
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{:064d}\nsize 7\n"
    expected = {}
    for number in (1, 2):
        repo.write(f"{number}.bin", pointer.format(number))
        (repo.path / f"{number}.zst").write_bytes(b"\x28\xb5\x2f\xfd" + bytes((number,)))
        repo.git("add", "--all")
        repo.commit("change")
        expected = {"lfs-object": number, "unsupported-archive": number}
        for _ in range(2):
            assert main(["history", str(repo.path), "--format", "json"]) == 0
            assert json.loads(capsys.readouterr().out)["summary"]["left_out"] == expected
