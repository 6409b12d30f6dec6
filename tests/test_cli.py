"""The command line as a person or a script meets it."""

import importlib
import os
import secrets
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scanner import __version__
from scanner.cli import COMMANDS, Parser, main

ROOT = Path(__file__).resolve().parents[1]
ENTRY = (sys.executable, "-P", "-m", "scanner")


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.parametrize("args", [[], ["--help"], ["-h"], ["help"]], ids=" ".join)
def test_overview(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 0
    said = capsys.readouterr().out
    assert all(name in said and text in said for name, text in COMMANDS.items())
    assert "Example:" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert f"Example: keysweep {name}" in said
    assert f"usage: keysweep {name}" in said
    # However many options it has, they do not fill the screen before it says what it does.
    assert said.split("\n\n")[0].count("\n") <= 2


def test_help_of_a_command_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["help", "scan"])
    assert ended.value.code == 0
    assert "Example: keysweep scan" in capsys.readouterr().out
    assert main(["help", "nothing"]) == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_example_of_each_command_can_be_parsed(name: str) -> None:
    module = importlib.import_module(f"scanner.commands.{name}")
    for example in module.EXAMPLE.split(" && "):
        program, command, *args = shlex.split(example)
        assert (program, command) == ("keysweep", name)
        parser = Parser()
        module.add_arguments(parser)
        parser.parse_args(args)


@pytest.mark.parametrize("args", [["--version"], ["-V"]], ids=" ".join)
def test_version(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 0
    assert capsys.readouterr().out == f"keysweep {__version__}\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["scna"], "scan"),
        (["\x1b[2J"], r"\x1b[2J"),
        (["scan", "--no-such-option"], "--no-such-option"),
        (["scan", "--form", "json"], "--form"),
        (["scan", "--format", "xml"], "xml"),
        (["scan", "--jobs", "many"], "many"),
        (["baseline"], "required: create|update|audit"),
        (["config"], "required: show|schema"),
        (["rules", "lst"], "list"),
        (["scan", "--max-blob-size", "large"], "--max-blob-size"),
        (["scan", "no such file"], "no such file"),
        (["scan", "--patterns", "no-such-folder"], "no-such-folder"),
        (["scan", "--config", "no-such-file"], "no-such-file"),
        (["rules", "show", "binance-api-secrte"], "binance-api-secret"),
        (["explain", "gate-api-secrte"], "gate-api-secret"),
        (["staged"], "not inside a git repository"),
        (["history", "no-such-repository"], "no-such-repository"),
    ],
    ids=lambda value: " ".join(value)[:30] if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_line_and_2(
    args: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(args) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("keysweep: error: ")
    assert captured.err.count("\n") == 1
    assert captured.err.strip().isprintable()
    assert said in captured.err
    assert captured.out == ""


def test_module_is_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [*ENTRY, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"keysweep {__version__}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("options", [(), ("--format", "csv", "--output", "report.csv")])
def test_interrupted(tmp_path: Path, options: tuple[str, ...]) -> None:
    """No traceback, and no half of a report that reads as all of it."""
    with subprocess.Popen(
        [*ENTRY, "scan", "-", "--no-cache", *options],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        process.stdin.write(b"x" * 1_000_000)  # more than a pipe holds: it is reading now
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert process.returncode == 130
    assert b"interrupted" in said
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently there")
def test_reader_that_has_gone(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*ENTRY, "rules", "list"], cwd=tmp_path, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert done.returncode == 2
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_closed_output(tmp_path: Path, closed: str) -> None:
    """What cannot be told is not clean, and no traceback."""
    line = " ".join(["exec", *map(shlex.quote, ENTRY), "scan", ".", closed])
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no such device")
@pytest.mark.parametrize("options", [("--output", "/dev/full"), ()])
def test_a_full_disk(tmp_path: Path, options: tuple[str, ...]) -> None:
    """An error of the disk, not ours, and nothing clean."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*ENTRY, "scan", ".", *options], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == b"keysweep: error: cannot write: No space left on device\n"


def test_exit_status(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    repo = git_repo()
    monkeypatch.chdir(repo.path)
    assert main(["staged"]) == 0
    repo.write("a.env", "GATE_API_SECRET=" + os.urandom(32).hex())
    repo.git("add", ".")
    assert main(["staged"]) == 1
    assert main(["staged", "--exit-zero"]) == 0
    assert main(["staged", "no-such-file", "--exit-zero"]) == 2


LIKE_OPTIONS = ("--exit-zero", "--exclude=*", "--help", "-h", "-V", "--output=x", "-", "--")


@pytest.fixture
def leaking(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a repository, the current folder, in which one file with a secret is staged."""
    repo = git_repo("repo")
    repo.write("a.env", f"BINANCE_API_SECRET={secrets.token_hex(32)}\n")
    repo.git("add", ".")
    monkeypatch.chdir(repo.path)
    return repo


@pytest.mark.parametrize("command", ["staged", "scan"])
@pytest.mark.parametrize("name", LIKE_OPTIONS)
def test_what_follows_two_hyphens_is_a_file(command: str, name: str, leaking: Any) -> None:
    """A file's name is never taken for an option there, so the secret beside it is found."""
    leaking.write(name, "")
    leaking.git("add", ".")
    is_input = (command, name) == ("scan", "-")
    assert main([command, "--", "a.env", name]) == (2 if is_input else 1)
    assert main([command, "--", name, "a.env"]) == (2 if is_input else 1)
    # Of two hyphens alone nobody knows: are they the file of that name?
    assert main([command, "--", "a.env"]) == (2 if name == "--" else 1)


@pytest.mark.parametrize("command", ["staged", "scan"])
@pytest.mark.parametrize("name", LIKE_OPTIONS)
def test_an_option_that_is_a_file_too_is_refused(
    command: str, name: str, leaking: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A framework that puts names behind our options, without ``--``, gets an error, never a pass."""
    leaking.write(name, "")
    leaking.git("add", ".")
    if (command, name) != ("staged", "-"):
        assert main([command, "--min-severity", "medium", name, "a.env"]) == 2
    assert main([command, "--min-severity", "medium", "a.env", "--", f"./{name}"]) == (
        2 if name == "--" else 1
    )
    if name.startswith("--e"):
        assert f"write ./{name} for the file" in capsys.readouterr().err


def test_operands_are_named_as_they_were_given(
    leaking: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """How they are told from options leaves no trace, in an error either."""
    assert main(["staged", "--", "--none"]) == 2
    assert "--none: git does not know this file" in capsys.readouterr().out
    assert main(["history", "--", ".", "--exit-zero"]) == 2
    assert "unrecognized arguments: --exit-zero (see" in capsys.readouterr().err
    assert main(["config", "--", "none"]) == 2
    assert "'none'" in capsys.readouterr().err
    assert main(["scan", "--config", "--", "a.env"]) == 2
    assert "--config: expected one argument" in capsys.readouterr().err
