"""Behaviour of ``keysweep baseline`` and ``--baseline``, in real repositories."""

import hashlib
import io
import json
import os
import re
import secrets
import stat
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Keysweep = Callable[..., Any]
FILE = ".keysweep-baseline"


def line(secret: str) -> str:
    return f'gate_secret = "{secret}"\n'


def short() -> str:
    """Return a password that costs scrypt to guess."""
    letters = string.ascii_letters + string.digits
    return "".join(secrets.choice(letters) for _ in range(10)) + "7z"


@pytest.fixture
def repo(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a repository with a committed key, the current folder."""
    made = git_repo()
    made.secret = secrets.token_hex(32)
    made.write("src/bot.py", line(made.secret))
    made.git("add", ".")
    made.commit()
    monkeypatch.chdir(made.path)
    monkeypatch.setenv("KEYSWEEP_BASELINE", FILE)
    return made


def allowed(ran: Any) -> list[tuple[str, str | None]]:
    return sorted((f["path"], f["allowed_by"]) for f in ran.findings)


def seen(keysweep: Keysweep, *command: str) -> tuple[int, list[tuple[str, str | None]]]:
    ran = keysweep(*command, "--format", "json", "--show-allowed")
    return ran.status, allowed(ran)


COMMANDS = [("scan",), ("history",)]


def test_create_accepts_what_is_there(repo: Any, keysweep: Keysweep) -> None:
    ran = keysweep("baseline", "create", "--reason", "a test key")
    assert (ran.status, ran.out) == (0, f"{FILE}: 1 finding accepted\n")
    (entry,) = Path(FILE).read_text().splitlines()[2:]
    mark, verdict, date, rule, path, *note = entry.split()
    assert re.fullmatch("[0-9a-f]{32}", mark)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", date)
    assert (verdict, rule, path, note) == (
        "accepted",
        "gate-api-secret",
        "src/bot.py",
        ["#", "a", "test", "key"],
    )
    assert repo.secret not in entry
    for command in COMMANDS:
        assert seen(keysweep, *command) == (0, [("src/bot.py", "baseline")])


@pytest.mark.parametrize("name", ["--baseline", "--output", ""])
def test_the_file_can_be_named(repo: Any, keysweep: Keysweep, name: str, monkeypatch: Any) -> None:
    monkeypatch.delenv("KEYSWEEP_BASELINE")
    ran = keysweep("baseline", "create", *((name, "my.txt") if name else ("my.txt",)))
    assert ran.status == 0
    assert "It counts with --baseline my.txt" in ran.out
    assert keysweep("scan", "--baseline", "my.txt").status == 0
    assert keysweep("scan").status == 1


def test_create_spares_a_file_that_is_there(repo: Any, keysweep: Keysweep) -> None:
    Path(FILE).write_text("mine")
    assert keysweep("baseline", "create").status == 2
    assert Path(FILE).read_text() == "mine"
    assert keysweep("baseline", "create", "--force").status == 0
    Path("link").symlink_to(FILE)
    assert keysweep("baseline", "create", "link", "--force").status == 2


def test_the_baseline_itself_holds_no_secret(repo: Any, keysweep: Keysweep) -> None:
    for number in range(20):
        repo.write(f"binance/okx{number}.py", line(secrets.token_hex(32)))
    keysweep("baseline", "create")
    assert keysweep("scan").status == 0
    marks = [row.split()[0] for row in Path(FILE).read_text().splitlines()[2:]]
    Path(FILE).unlink()
    repo.write(".keysweepignore", "".join(f"{mark}  # gate api key\n" for mark in marks))
    ran = keysweep("scan", "--format", "json", "--show-allowed", "--baseline", "/dev/null")
    assert {f["allowed_by"] for f in ran.findings} == {"config:.keysweepignore"}
    assert ran.status == 0


@pytest.mark.parametrize("make", [lambda: secrets.token_hex(32), short], ids=["key", "password"])
@pytest.mark.parametrize("command", ["scan", "staged", "history"])
def test_moved_lines_and_renames_stay_accepted(
    repo: Any, keysweep: Keysweep, make: Callable[[], str], command: str
) -> None:
    name = "gate_secret" if make is not short else "password"
    text = f'{name} = "{make()}"\n'
    repo.write("src/bot.py", text)
    repo.git("add", ".")
    keysweep("baseline", "create")
    base = repo.commit()
    scope = ("--range", f"{base}..HEAD") if command == "history" else ()
    repo.write("src/bot.py", "import os\n\n\n" + text)
    repo.git("mv", "src/bot.py", "src/other.py")
    repo.git("add", ".")
    if command == "history":
        repo.commit()
    status, found = seen(keysweep, command, *scope)
    assert status == 0
    assert found in ([("src/other.py", "baseline")], [])


def test_a_squashed_branch_stays_accepted(repo: Any, keysweep: Keysweep) -> None:
    """No commit and no line is part of an entry."""
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.write("a.py", line(secrets.token_hex(32)))
    repo.git("add", ".")
    repo.commit()
    repo.write("a.py", "\n" + (repo.path / "a.py").read_text())
    repo.git("add", ".")
    repo.commit()
    assert keysweep("baseline", "create", "--history").status == 0
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--squash", "topic")
    repo.commit("squashed")
    repo.git("branch", "-D", "topic")
    assert seen(keysweep, "history")[0] == 0


def test_a_copy_is_reported(repo: Any, keysweep: Keysweep) -> None:
    keysweep("baseline", "create")
    repo.write("copy.py", line(repo.secret))
    repo.git("add", ".")
    assert seen(keysweep, "staged") == (1, [("copy.py", None)])
    assert seen(keysweep, "scan") == (1, [("copy.py", None), ("src/bot.py", "baseline")])


@pytest.mark.parametrize("command", ["scan", "staged"])
def test_a_rename_counts_only_when_no_secret_is_left(
    repo: Any, keysweep: Keysweep, command: str
) -> None:
    keysweep("baseline", "create")
    repo.git("mv", "src/bot.py", "new.py")
    repo.write("src/bot.py", "# moved to new.py\n")
    repo.git("add", ".")
    assert seen(keysweep, command) == (0, [("new.py", "baseline")])
    repo.write("src/bot.py", line(secrets.token_hex(32)))
    repo.git("add", ".")
    status, found = seen(keysweep, command)
    assert (status, found) == (1, [("new.py", None), ("src/bot.py", None)])


@pytest.mark.parametrize("command", ["scan", "staged"])
def test_a_new_secret_in_its_place_is_reported(repo: Any, keysweep: Keysweep, command: str) -> None:
    keysweep("baseline", "create")
    repo.write("src/bot.py", line(secrets.token_hex(32)))
    repo.git("add", ".")
    assert seen(keysweep, command) == (1, [("src/bot.py", None)])


def test_stale_entries_are_listed(repo: Any, keysweep: Keysweep) -> None:
    repo.write("other/b.py", line(secrets.token_hex(32)))
    keysweep("baseline", "create")
    repo.write("src/bot.py", "")
    ran = keysweep("scan")
    assert ran.status == 0
    assert "1 baseline entry stands for nothing any more" in ran.err
    assert "src/bot.py" in ran.err
    # Nothing is said of what was not looked at.
    assert keysweep("scan", "other").err == ""
    assert keysweep("scan", "--quiet").err == ""
    assert keysweep("scan", "--only", "okx-*").err == ""


def test_update_drops_what_is_stale_and_follows_renames(repo: Any, keysweep: Keysweep) -> None:
    repo.write("gone.py", line(secrets.token_hex(32)))
    repo.write("low.py", "[gate]\n" + line(secrets.token_hex(32)))
    keysweep("baseline", "create", "--reason", "mine")
    repo.git("mv", "src/bot.py", "src/new name.py")
    (repo.path / "gone.py").unlink()
    ran = keysweep("baseline", "update")
    assert ran.status == 0
    assert re.search(r"^dropped  [0-9a-f]{32} accepted \S+ gate-api-secret gone.py", ran.out, re.M)
    assert "renamed  src/bot.py -> src/new name.py\n" in ran.out
    assert f"{FILE}: 2 entries, 1 dropped\n" in ran.out
    text = Path(FILE).read_text()
    assert "src/new%20name.py # mine" in text
    assert "gone.py" not in text
    assert keysweep("baseline", "update").out == f"{FILE}: 2 entries, 0 dropped\n"
    assert Path(FILE).read_text() == text
    assert keysweep("scan").status == 0


def test_update_tells_what_is_new(repo: Any, keysweep: Keysweep) -> None:
    keysweep("baseline", "create")
    repo.write("new.py", line(secrets.token_hex(32)))
    ran = keysweep("baseline", "update")
    assert ran.status == 1
    assert "new      new.py:1:16  gate-api-secret\n1 finding not accepted" in ran.out
    assert keysweep("baseline", "update", "--accept-new").status == 0
    assert keysweep("scan").status == 0


def test_update_keeps_entries_below_the_reported_confidence(repo: Any, keysweep: Keysweep) -> None:
    keysweep("baseline", "create")
    before = Path(FILE).read_text()
    repo.write(".keysweep.yaml", "min-severity: critical\nmin-confidence: high\n")
    keysweep("baseline", "update")
    assert Path(FILE).read_text() == before
    assert keysweep("baseline", "update", "--only", "okx-*").status == 2


def test_nothing_is_dropped_when_something_was_not_read(repo: Any, keysweep: Keysweep) -> None:
    keysweep("baseline", "create")
    before = Path(FILE).read_text()
    repo.write("src/bot.py", "")
    repo.write("x.zip", b"PK\x03\x04" + bytes(60))
    ran = keysweep("baseline", "update")
    assert (ran.status, "NOT READ x.zip" in ran.out) == (2, True)
    assert Path(FILE).read_text() == before
    assert keysweep("baseline", "create", "other").status == 2
    assert not Path("other").exists()


def test_history_is_remembered(repo: Any, keysweep: Keysweep) -> None:
    """A baseline that covers the history keeps entries of secrets that are no longer in files."""
    keysweep("baseline", "create", "--history")
    repo.write("src/bot.py", "")
    repo.git("add", ".")
    repo.commit()
    assert keysweep("baseline", "update").out == f"{FILE}: 1 entry, 0 dropped\n"
    assert seen(keysweep, "history") == (0, [("src/bot.py", "baseline")])


def test_a_baseline_that_cannot_be_read_is_an_error(repo: Any, keysweep: Keysweep) -> None:
    assert keysweep("scan", "--baseline", "none").status == 2
    Path(FILE).write_text("{}")
    for command in ("scan", "staged", "history"):
        assert keysweep(command).status == 2


def test_marks_and_ignore_files_hold_for_one_secret(repo: Any, keysweep: Keysweep) -> None:
    """A new secret on a line marked with the old fingerprint, and beside an ignored one, is reported."""
    (found,) = keysweep(
        "scan", "--format", "json", "--isolated", "--baseline", "/dev/null"
    ).findings
    mark = found["fingerprint"]
    allow = "keysweep:" + "allow"
    repo.write("src/bot.py", f'gate_secret = "{repo.secret}"  # {allow} {mark}\n')
    none = ("--baseline", "/dev/null")
    assert seen(keysweep, "scan", *none) == (0, [("src/bot.py", "inline")])
    other = secrets.token_hex(32)
    repo.write("src/bot.py", f'gate_secret = "{other}"  # {allow} {mark}\n')
    ran = keysweep("scan", "--format", "json", *none)
    assert ran.status == 1
    assert ran.findings[0]["evidence"][-1]["what"] == "mark"
    repo.write(".keysweepignore", f"{mark}  # checked\n")
    assert seen(keysweep, "scan", *none) == (1, [("src/bot.py", None)])
    repo.write("src/bot.py", f'gate_secret = "{other}"  # {allow} because it is a test key\n')
    assert seen(keysweep, "scan", *none) == (0, [("src/bot.py", "inline")])


def test_detect_secrets_baseline_is_taken_over(repo: Any, keysweep: Keysweep) -> None:
    new, real = secrets.token_hex(32), secrets.token_hex(32)
    repo.write("a.py", "\n" + line(new))
    repo.write("real.py", line(real))
    results = {
        "src/bot.py": [(repo.secret, None)],
        "real.py": [(real, True)],
        "gone.py": [("no longer", False)],
    }
    listed = {
        path: [
            {"type": "T", "hashed_secret": hashlib.sha1(s.encode()).hexdigest(), "line_number": 9}
            | ({} if verdict is None else {"is_secret": verdict})
            for s, verdict in found
        ]
        for path, found in results.items()
    }
    repo.write(".secrets.baseline", json.dumps({"version": "1.5.0", "results": listed}))
    ran = keysweep("baseline", "create", "--from", ".secrets.baseline")
    assert ran.status == 0
    assert "no such finding  .secrets.baseline: gone.py:9: T\n" in ran.out
    assert f"{FILE}: 1 finding accepted\n1 entry marked as real" in ran.out
    assert "1 other finding not accepted" in ran.out
    status, found = seen(keysweep, "scan")
    assert (status, found) == (
        1,
        [("a.py", None), ("real.py", None), ("src/bot.py", "baseline")],
    )


def test_gitleaksignore_is_taken_over(repo: Any, keysweep: Keysweep) -> None:
    repo.write("b.py", line(secrets.token_hex(32)))
    repo.git("add", ".")
    second = repo.commit()
    repo.write("b.py", "")
    repo.git("add", ".")
    repo.commit()
    repo.write(".gitleaksignore", f"src/bot.py:generic-api-key:1\n{second}:b.py:gate:1\n")
    assert keysweep("baseline", "create", "--from", ".gitleaksignore").status == 0
    assert Path(FILE).read_text().startswith("# keysweep baseline 1 of files and history\n")
    assert seen(keysweep, "history") == (0, [("b.py", "baseline"), ("src/bot.py", "baseline")])


def test_no_history_outside_a_repository(here: Path, keysweep: Keysweep) -> None:
    (here / "a.py").write_text(line(secrets.token_hex(32)))
    assert keysweep("baseline", "create", "--history").status == 2
    assert keysweep("baseline", "create").status == 0
    assert keysweep("scan", "--baseline", FILE).status == 0


def test_the_file_can_be_committed_and_read_by_others(repo: Any, keysweep: Keysweep) -> None:
    os.umask(0o022)
    keysweep("baseline", "create")
    assert stat.S_IMODE(Path(FILE).stat().st_mode) == 0o644
    assert keysweep("baseline", "create", "no/such/folder/x").status == 2


# audit


def audit(
    keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch, keys: str, *options: str
) -> tuple[int, str]:
    ran = keysweep("baseline", "audit", *options, stdin=keys.encode())
    return ran.status, ran.out


def three(repo: Any) -> None:
    repo.write("a.py", line(secrets.token_hex(32)))
    repo.write("b.py", line(secrets.token_hex(32)))


def test_audit_remembers_each_answer(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    three(repo)
    status, said = audit(keysweep, monkeypatch, "aq")
    assert status == 0
    assert "[1/3] CRITICAL  Gate.io API secret" in said
    assert "1 decided, 2 left for next time" in said
    status, said = audit(keysweep, monkeypatch, "xsr")
    assert "[1/2]" in said
    assert "[2/2]" in said
    assert "1 decided, 1 left" in said
    assert seen(keysweep, "scan") == (
        1,
        [("a.py", "baseline"), ("b.py", None), ("src/bot.py", None)],
    )
    status, said = audit(keysweep, monkeypatch, "Amy reason\n")
    assert "[1/1]" in said
    assert "b.py # my reason" in Path(FILE).read_text()
    status, said = audit(keysweep, monkeypatch, "")
    assert "nothing to decide" in said
    status, said = audit(keysweep, monkeypatch, "ara", "--all")
    assert said.count("now accepted") == 2
    assert said.count("now rejected") == 1


def test_audit_shows_no_secret(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert repo.secret not in audit(keysweep, monkeypatch, "a")[1]
    assert repo.secret in audit(keysweep, monkeypatch, "s", "--show-secrets", "--all")[1]


def test_no_command_shows_a_secret(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even a third of it, on whatever way."""
    word = short()
    repo.write("app.py", f'password = "{word}"\n')
    said = [keysweep("baseline", "create", "--history"), keysweep("baseline", "update")]
    said += [keysweep("baseline", "audit", "--all", stdin=b"arq"), keysweep("scan", "--verbose")]
    said += [keysweep("history", "--format", "json", "--show-allowed")]
    text = "".join(ran.out + ran.err for ran in said) + Path(FILE).read_text()
    for secret in (repo.secret, word):
        pieces = {secret[at : at + len(secret) // 3] for at in range(len(secret) * 2 // 3)}
        assert not [piece for piece in pieces if piece in text]


def test_audit_opens_the_persons_editor(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Never the one that a repository's settings name."""
    script = tmp_path / "my editor"
    script.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/opened"\n')
    script.chmod(0o755)
    repo.git("config", "core.editor", "false")
    monkeypatch.setenv("VISUAL", f"'{script}' --wait")
    audit(keysweep, monkeypatch, "oq")
    assert (tmp_path / "opened").read_text() == f"--wait +1 {repo.path}/src/bot.py\n"
    monkeypatch.setenv("VISUAL", str(tmp_path / "none"))
    assert "No such file" in audit(keysweep, monkeypatch, "oq")[1]


def test_audit_of_what_is_only_in_history(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.git("rm", "--quiet", "src/bot.py")
    repo.commit()
    said = audit(keysweep, monkeypatch, "oa", "--history")[1]
    assert "not in the work tree: git show " in said
    assert seen(keysweep, "history")[0] == 0


def test_audit_tells_what_was_not_read(
    repo: Any, keysweep: Keysweep, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.write("x.zip", b"PK\x03\x04" + bytes(60))
    status, said = audit(keysweep, monkeypatch, "a")
    assert (status, "NOT READ x.zip" in said) == (2, True)


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are POSIX")
def test_audit_in_a_terminal(repo: Any) -> None:
    """One key is an answer, without Enter; the terminal is left as it was."""
    import pty
    import select
    import subprocess
    import sys
    import termios
    import time

    three(repo)
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "scanner", "baseline", "audit"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    said = io.BytesIO()
    keys = iter(b"asq")
    deadline = time.monotonic() + 60
    prompts = 0
    while time.monotonic() < deadline and process.poll() is None:
        if select.select([ours], [], [], 0.1)[0]:
            said.write(os.read(ours, 4096))
        if said.getvalue().count(b"\n> ") > prompts:
            prompts += 1
            os.write(ours, bytes([next(keys)]))
    assert process.wait(10) == 0
    while select.select([ours], [], [], 0.1)[0]:
        said.write(os.read(ours, 4096))
    assert b"[3/3]" in said.getvalue()
    assert b"1 decided, 2 left for next time" in said.getvalue()
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    os.close(theirs)
    assert len(Path(FILE).read_text().splitlines()) == 3
