"""``keysweep fix``: secrets into .env, code that reads them; and out of the history."""

import os
import secrets
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def repo(git_repo: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return an empty repository, the current folder."""
    made = git_repo()
    monkeypatch.chdir(made.path)
    return made


def key() -> str:
    return secrets.token_hex(32)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_each_language_reads_the_variable(keysweep: Any, repo: Any) -> None:
    """The secret is in .env alone, the code reads it, and the program gets the same value."""
    value = key()
    repo.write("bot.py", f'gate_secret = "{value}"\nprint(gate_secret)\n')
    repo.write("bot.js", f"const gateSecret = '{value}';\nconsole.log(gateSecret);\n")
    repo.write("bot.ts", f"const gateSecret: string = '{value}';\n")
    repo.write("run.sh", f"#!/bin/sh\nGATE_API_SECRET={value}\necho $GATE_API_SECRET\n")
    repo.write(
        "compose.yaml", f"services:\n  bot:\n    environment:\n      GATE_API_SECRET: {value}\n"
    )
    ran = keysweep("fix", "--yes")
    assert ran.status == 0, ran.out + ran.err
    assert (repo.path / ".env").read_text() == f"GATE_API_SECRET={value}\n"
    assert mode(repo.path / ".env") == 0o600
    assert (repo.path / ".env.example").read_text() == "GATE_API_SECRET=\n"
    assert (repo.path / ".gitignore").read_text() == "/.env\n"
    for name in ("bot.py", "bot.js", "bot.ts", "run.sh", "compose.yaml"):
        assert value not in (repo.path / name).read_text()
    for program in ("node bot.js", f"{sys.executable} bot.py", "sh run.sh"):
        if shutil.which(program.split()[0]):
            done = subprocess.run(
                ["sh", "-c", f"set -a; . ./.env; set +a; {program}"],
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.stdout.strip() == value, done.stderr
    assert "${GATE_API_SECRET:?}" in (repo.path / "compose.yaml").read_text()
    assert "keysweep explain gate-api-secret" in ran.out
    assert "must still be revoked" in ran.out
    assert value not in ran.out + ran.err
    assert keysweep("scan").status == 0


def test_dry_run_changes_nothing(keysweep: Any, repo: Any) -> None:
    """It shows a diff, without the secret."""
    value = key()
    path = repo.write("bot.py", f'gate_secret = "{value}"\n')
    ran = keysweep("fix", "--dry-run")
    assert ran.status == 1
    assert '+gate_secret = os.environ["GATE_API_SECRET"]' in ran.out
    assert "-gate_secret = " in ran.out
    assert value not in ran.out
    assert value[8:24] not in ran.out
    assert value in path.read_text()
    assert sorted(os.listdir(repo.path)) == [".git", "bot.py"]


def test_nobody_to_ask(keysweep: Any, repo: Any) -> None:
    """With nobody at the terminal, and without --yes, it is an error and nothing is changed."""
    path = repo.write("bot.py", f'gate_secret = "{key()}"\n')
    before = path.read_text()
    ran = keysweep("fix")
    assert ran.status == 2
    assert "--yes" in ran.err
    assert path.read_text() == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("answer", "status"), [(b"n\n", 1), (b"\n", 1), (b"y\n", 0)])
def test_asks(repo: Any, answer: bytes, status: int) -> None:
    """In a terminal somebody must say yes."""
    import pty

    path = repo.write("bot.py", f'gate_secret = "{key()}"\n')
    before = path.read_text()
    master, slave = pty.openpty()
    os.write(master, answer)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "scanner", "fix"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=slave,
        capture_output=True,
        check=False,
    )
    os.close(slave)
    os.close(master)
    assert done.returncode == status, done.stdout + done.stderr
    assert (path.read_text() == before) == (status == 1)


def test_other_secrets_are_not_in_the_diff(keysweep: Any, repo: Any) -> None:
    """A line that changes may hold a secret that does not: silenced, or left. It is redacted too."""
    moved, allowed, encoded = key(), key(), key()
    mark = "keysweep:" + "allow"
    repo.write(
        "bot.py",
        f'gate_secret = "{moved}"; x = f"gate_secret={encoded}"\n'
        f'gate_secret = "{allowed}"  # {mark}\n',
    )
    ran = keysweep("fix", "--dry-run")
    assert ran.status == 1
    assert "GATE_API_SECRET" in ran.out
    for value in (moved, allowed, encoded):
        assert value not in ran.out


def test_hostile_repository(keysweep: Any, repo: Any, hostile: Any, tmp_path: Path) -> None:
    """No program that the repository names is run: not by moving, not by rewriting."""
    repo.write("bot.py", f'gate_secret = "{key()}"\n')
    repo.git("add", ".")
    repo.commit("add")
    canary = hostile(repo)
    keysweep("fix", "--history", "--rewrite", tmp_path / "rewritten.git")
    assert keysweep("fix", "--yes").status == 0
    assert not canary.exists()


def test_staged(keysweep: Any, repo: Any) -> None:
    """Only what is staged; the work tree is changed, wherever the secret stands there now."""
    value = key()
    repo.write("old.py", f'gate_secret = "{key()}"\n')
    repo.git("add", ".")
    repo.commit("old")
    repo.write("bot.py", f'gate_secret = "{value}"\n')
    repo.git("add", "bot.py")
    repo.write("bot.py", f'# a line more\n\ngate_secret = "{value}"\n')
    ran = keysweep("fix", "--staged", "--yes")
    assert ran.status == 0, ran.out + ran.err
    assert value not in (repo.path / "bot.py").read_text()
    assert "environ" not in (repo.path / "old.py").read_text()
    assert "git add -- bot.py" in ran.out


def test_short_secrets_are_replaced_where_they_were_found(keysweep: Any, repo: Any) -> None:
    """A password may be an ordinary word elsewhere: that stays, and so does what is left of it."""
    word = "Tr0ub4" + "x9K7"
    repo.write("db.py", f'db_password = "{word}"\nname = "{word} is a word"\n')
    found = keysweep("scan", "--format", "json").findings
    if [finding["line"] for finding in found] != [1]:
        pytest.fail(str(found))
    ran = keysweep("fix", "--yes")
    assert ran.status == 0, ran.out
    text = (repo.path / "db.py").read_text()
    assert (
        text == f'import os\ndb_password = os.environ["DB_PASSWORD"]\nname = "{word} is a word"\n'
    )
    repo.git("add", ".")
    repo.write("db.py", f'db_password = "{word}"\n')
    repo.git("add", ".")
    repo.write("db.py", f'\ndb_password = "{word}"\n')
    ran = keysweep("fix", "--yes", "--staged")
    assert ran.status == 1
    assert "another place than the index" in ran.out


def test_env_keeps_what_it_has(keysweep: Any, repo: Any) -> None:
    """Another value keeps its name; the same value is not written twice; the mode becomes 0600."""
    one, two, three = key(), key(), key()
    repo.write(".gitignore", ".env\n")
    env = repo.write(".env", f"# mine\nGATE_API_SECRET={one}\nexport OTHER='{two}'")
    env.chmod(0o644)
    repo.write("a.py", f'gate_secret = "{two}"\n')
    repo.write("b.py", f'gate_secret = "{three}"\n')
    ran = keysweep("fix", "--yes")
    assert ran.status == 0, ran.out
    assert 'os.environ["OTHER"]' in (repo.path / "a.py").read_text()
    assert 'os.environ["GATE_API_SECRET_2"]' in (repo.path / "b.py").read_text()
    text = env.read_text()
    assert (
        text == f"# mine\nGATE_API_SECRET={one}\nexport OTHER='{two}'\nGATE_API_SECRET_2={three}\n"
    )
    assert mode(env) == 0o600
    assert (repo.path / ".gitignore").read_text() == ".env\n"


def test_env_that_must_not_take_secrets(keysweep: Any, repo: Any, tmp_path: Path) -> None:
    """Not through a link, not while git tracks it; then nothing at all is changed."""
    path = repo.write("bot.py", f'gate_secret = "{key()}"\n')
    before = path.read_text()
    outside = tmp_path / "outside"
    outside.write_text("")
    (repo.path / ".env").symlink_to(outside)
    ran = keysweep("fix", "--yes")
    assert (ran.status, outside.read_text()) == (2, "")
    assert "link" in ran.err
    (repo.path / ".env").unlink()
    (repo.path / "folder").symlink_to(tmp_path)
    assert keysweep("fix", "--yes", "--env", "folder/.env").status == 2
    (repo.path / "folder").unlink()
    repo.write(".env", "A=1\n")
    repo.git("add", "-f", ".env")
    ran = keysweep("fix", "--yes")
    assert ran.status == 2
    assert "git tracks .env" in ran.err
    assert path.read_text() == before


def test_gitignore_through_a_link(keysweep: Any, repo: Any, tmp_path: Path) -> None:
    """A .gitignore that is a link is not written through; the code stays as it was."""
    path = repo.write("bot.py", f'gate_secret = "{key()}"\n')
    before = path.read_text()
    (tmp_path / "elsewhere").write_text("")
    (repo.path / ".gitignore").symlink_to(tmp_path / "elsewhere")
    assert keysweep("fix", "--yes").status == 2
    assert not (repo.path / ".env").exists()
    assert (tmp_path / "elsewhere").read_text() == ""
    assert path.read_text() == before


def test_named_env_file_outside(keysweep: Any, repo: Any, tmp_path: Path) -> None:
    """A file outside of the repository needs no .gitignore."""
    value = key()
    repo.write("bot.py", f'gate_secret = "{value}"\n')
    env = tmp_path / "secrets.env"
    assert keysweep("fix", "--yes", "--env", env).status == 0
    assert value in env.read_text()
    assert not (repo.path / ".gitignore").exists()


def test_what_a_person_must_do(keysweep: Any, repo: Any) -> None:
    """Elsewhere the line to write is printed, the value is in .env, and the status says it: 1."""
    value, hidden = key(), key()
    repo.write("main.go", f'package main\n\nvar gateSecret = "{value}"\n')
    repo.write("note.py", f"# gate_secret = {hidden}\n")
    ran = keysweep("fix", "--yes")
    assert ran.status == 1
    assert 'os.Getenv("GATE_API_SECRET' in ran.out
    assert "note.py:1" in ran.out
    assert value in (repo.path / "main.go").read_text()
    assert value in (repo.path / ".env").read_text()


def test_files_that_are_for_secrets_stay(keysweep: Any, repo: Any) -> None:
    repo.write("prod.env", f"GATE_API_SECRET={key()}\n")
    ran = keysweep("fix", "--yes")
    assert ran.status == 1
    assert "keep it out of git" in ran.out
    assert not (repo.path / ".env").exists()


def test_values_that_env_files_cannot_hold(
    keysweep: Any, repo: Any, made: Callable[..., str]
) -> None:
    """A key of several lines stays, and it is said; nothing is written."""
    repo.write("key.py", 'KEY = """' + made("{pem_ec}") + '"""\n')
    ran = keysweep("fix", "--yes")
    assert ran.status == 1
    assert "line breaks" in ran.out
    assert not (repo.path / ".env").exists()


def test_nothing_to_fix(keysweep: Any, repo: Any) -> None:
    repo.write("a.py", "pass\n")
    ran = keysweep("fix", "--yes")
    assert (ran.status, ran.out) == (0, "keysweep: nothing to fix\n")


def test_a_file_that_cannot_be_parsed_stays(keysweep: Any, repo: Any) -> None:
    """What was broken before is not touched."""
    value = key()
    path = repo.write("bot.py", f'print "x"\ngate_secret = "{value}"\n')
    before = path.read_text()
    assert keysweep("fix", "--yes").status == 1
    assert path.read_text() == before


def test_in_a_folder_below_the_top(
    keysweep: Any, repo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its .env lies there, ignored from the top; one that git tracks gets no secrets."""
    repo.write("bots/bot.py", f'gate_secret = "{key()}"\n')
    monkeypatch.chdir(repo.path / "bots")
    ran = keysweep("fix", "--yes", "bot.py")
    assert ran.status == 0, ran.err
    assert (repo.path / ".gitignore").read_text() == "/bots/.env\n"
    assert repo.git("status", "--porcelain", "--untracked-files=all", "bots/.env") == ""
    repo.git("add", "--force", "bots/.env")
    repo.write("bots/other.py", f'gate_secret = "{key()}"\n')
    ran = keysweep("fix", "--yes", "other.py")
    assert (ran.status, "git tracks" in ran.err) == (2, True)


def test_history_file(keysweep: Any, repo: Any) -> None:
    """The file for git filter-repo: its owner's alone, outside of the repository, with every secret."""
    value = key()
    repo.write("bot.py", f'gate_secret = "{value}"\n')
    repo.git("add", ".")
    repo.commit("add")
    repo.write("bot.py", "pass\n")
    repo.git("add", ".")
    repo.commit("remove")
    before = repo.files()
    ran = keysweep("fix", "--history")
    assert ran.status == 1
    (folder,) = repo.path.parent.glob("repo-secrets-*")
    (file,) = folder.iterdir()
    assert (mode(folder), mode(file)) == (0o700, 0o600)
    assert file.read_text() == f"literal:{value}==>***REMOVED***\n"
    assert "git clone --mirror" in ran.out
    assert "are short" not in ran.out
    assert f"--replace-text {file}" in ran.out
    assert value not in ran.out
    assert repo.files() == before


def filter_repo() -> bool:
    beside = Path(sys.executable).with_name("git-filter-repo")
    return beside.exists() or shutil.which("git-filter-repo") is not None


@pytest.mark.skipif(not filter_repo(), reason="needs git-filter-repo from PyPI (extra dev)")
def test_rewrite(keysweep: Any, repo: Any, tmp_path: Path) -> None:
    """A new clone without the secrets, proved by a scan; the original is as it was."""
    text, message, tag, gone = key(), key(), key(), key()
    repo.write("bot.py", f'gate_secret = "{text}"\n')
    repo.write("keep.py", "x = 1\n")
    repo.git("add", ".")
    repo.commit(f"add\n\ngate_secret = {message}")
    repo.git("tag", "-a", "-m", f"one\n\ngate_secret = {tag}", "v1")
    repo.git("checkout", "--quiet", "-b", "other")
    repo.write("other.py", f'gate_secret = "{gone}"\n')
    repo.git("add", ".")
    repo.commit("other")
    repo.git("checkout", "--quiet", "main")
    repo.write("bot.py", f'gate_secret = "{text}"\nx = 2\n')
    repo.git("stash")
    before = repo.files()
    target = tmp_path / "rewritten.git"
    ran = keysweep("fix", "--history", "--rewrite", "../rewritten.git")
    assert ran.status == 0, ran.out + ran.err
    assert "a scan of all of it finds nothing" in ran.out
    assert repo.files() == before
    listed = subprocess.run(
        ["git", "-C", target, "cat-file", "--batch-all-objects", "--batch"],
        capture_output=True,
        check=True,
    )
    for secret in (text, message, tag, gone):
        assert secret.encode() not in listed.stdout
        assert secret not in ran.out
    assert (
        listed.stdout.count(b"***REMOVED***") == 4
    )  # the two files became one blob, the stash has another
    assert b"x = 1" in listed.stdout
    assert keysweep("fix", "--history", "--rewrite", target).status == 2


@pytest.mark.skipif(not filter_repo(), reason="needs git-filter-repo from PyPI (extra dev)")
def test_commits_of_others_are_not_pushed_away(
    keysweep: Any, repo: Any, git_repo: Any, tmp_path: Path
) -> None:
    """A branch here that lacks what the remote's has would delete it there: no push is told, then."""
    repo.write("bot.py", f'gate_secret = "{key()}"\n')
    repo.git("add", ".")
    repo.commit("add")
    server = git_repo("server", "--bare")
    repo.git("remote", "add", "origin", str(server.path))
    repo.commit("of a colleague")
    repo.git("push", "--quiet", "origin", "main")
    repo.git("fetch", "--quiet", "origin")
    assert "CAUTION" not in keysweep("fix", "--history").out
    repo.git("reset", "--quiet", "--hard", "HEAD^")
    for options in ((), ("--rewrite", tmp_path / "rewritten.git")):
        ran = keysweep("fix", "--history", *options)
        assert ran.status == 1
        assert "CAUTION: no branch here has 1 commit of the remote's branches." in ran.out
        assert "push --force" not in ran.out


@pytest.mark.skipif(not filter_repo(), reason="needs git-filter-repo from PyPI (extra dev)")
def test_what_a_wide_file_holds_is_taken_out_elsewhere(
    keysweep: Any, repo: Any, tmp_path: Path
) -> None:
    """filter-repo leaves UTF-16 as it is, which is said; the bare value in a message goes."""
    value = key()
    repo.write("run.ps1", f'x = 1\ngate_secret = "{value}"\n'.encode("utf-16"))
    repo.git("add", ".")
    repo.commit(f"no more {value} here")
    ran = keysweep("fix", "--history", "--rewrite", tmp_path / "rewritten.git")
    assert ran.status == 1
    assert ran.out.count("run.ps1:2:") == 2
    message = ["git", "-C", tmp_path / "rewritten.git", "log", "--format=%B", "--all"]
    told = subprocess.run(message, capture_output=True, check=True, text=True).stdout
    assert "no more ***REMOVED*** here" in told
    assert value not in told + ran.out


@pytest.mark.skipif(not filter_repo(), reason="needs git-filter-repo from PyPI (extra dev)")
def test_a_mirror_keeps_what_its_settings_allow(
    keysweep: Any, repo: Any, git_repo: Any, tmp_path: Path
) -> None:
    """A bare clone has no work tree; with --settings-from its settings count."""
    kept, gone = key(), key()
    repo.write("shown.py", f'gate_secret = "{kept}"\n')
    repo.write("bot.py", f'gate_secret = "{gone}"\n')
    repo.write(".keysweep.yaml", "allow: [{name: for all to see, paths: [shown]}]\n")
    repo.git("add", ".")
    repo.commit("add")
    mirror = tmp_path / "fresh.git"
    repo.git("clone", "--quiet", "--mirror", str(repo.path), str(mirror))
    target = tmp_path / "rewritten.git"
    ran = keysweep("fix", "--history", "--settings-from", "HEAD", "--rewrite", target, mirror)
    assert ran.status == 0, ran.out + ran.err
    assert "bot.py:1:16: gate-api-secret" in ran.out
    assert "shown.py" not in ran.out
    show = ["git", "-C", target, "show", "HEAD:shown.py", "HEAD:bot.py"]
    shown = subprocess.run(show, capture_output=True, check=True, text=True).stdout
    assert kept in shown
    assert gone not in shown
    assert keysweep("fix", "--settings-from", "HEAD").status == 2


@pytest.mark.skipif(not filter_repo(), reason="needs git-filter-repo from PyPI (extra dev)")
def test_rewrite_says_what_is_left(keysweep: Any, repo: Any, tmp_path: Path) -> None:
    """What filter-repo does not reach (an archive) is found by the proof: never a false success."""
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("bot.py", f'gate_secret = "{key()}"\n')
    repo.write("bot.py", f'gate_secret = "{key()}"\n')
    repo.write("all.zip", packed.getvalue())
    repo.git("add", ".")
    repo.commit("add")
    ran = keysweep("fix", "--history", "--rewrite", tmp_path / "rewritten.git")
    assert ran.status == 1
    assert "LEFT: all.zip" in ran.out


@pytest.mark.parametrize(
    "args",
    [("--history", "--staged"), ("--rewrite", "x", "--dry-run"), ("--history", "a", "b")],
    ids=str,
)
def test_options_that_do_not_fit(keysweep: Any, repo: Any, args: tuple[str, ...]) -> None:
    assert keysweep("fix", *args).status == 2


def test_history_without_a_secret(keysweep: Any, repo: Any, tmp_path: Path) -> None:
    """Nothing is written, nothing is cloned."""
    repo.write("a.py", "pass\n")
    repo.git("add", ".")
    repo.commit("add")
    ran = keysweep("fix", "--rewrite", tmp_path / "rewritten.git")
    assert (ran.status, ran.out) == (0, "keysweep: nothing to take out of the history\n")
    assert not (tmp_path / "rewritten.git").exists()
    assert not list(tmp_path.glob("repo-secrets-*"))


def test_history_of_a_shallow_clone(
    keysweep: Any, repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not here can't be told clean: 2."""
    for number in range(2):
        repo.write("a.py", f"x = {number}\n")
        repo.git("add", ".")
        repo.commit("add")
    clone = tmp_path / "shallow"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", f"file://{repo.path}", clone], check=True
    )
    monkeypatch.chdir(clone)
    ran = keysweep("fix", "--history")
    assert ran.status == 2
    assert "NOT READ" in ran.out


def test_rewrite_without_the_tool(
    keysweep: Any, repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what to install; nothing was cloned."""
    repo.write("bot.py", f'gate_secret = "{key()}"\n')
    repo.git("add", ".")
    repo.commit("add")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    ran = keysweep("fix", "--rewrite", tmp_path / "rewritten.git", "--jobs", "1")
    assert ran.status == 2
    assert "pip install git-filter-repo" in ran.err
    assert not (tmp_path / "rewritten.git").exists()


def test_outside_a_repository(keysweep: Any, here: Path) -> None:
    """.env is written; there is no git to keep it out of. --staged is an error."""
    (here / "bot.py").write_text(f'gate_secret = "{key()}"\n')
    assert keysweep("fix", "--staged", "--yes").status == 2
    assert keysweep("fix", "--yes").status == 0
    assert sorted(os.listdir(here)) == [".env", ".env.example", "bot.py"]


def test_links_and_odd_names_stay(keysweep: Any, repo: Any) -> None:
    """Of a file that is not UTF-8 nothing is changed."""
    path = repo.write("bot.py", b"# \xff\ngate_secret = '" + key().encode() + b"'\n")
    before = path.read_bytes()
    ran = keysweep("fix", "--yes")
    assert ran.status == 1
    assert "not UTF-8" in ran.out
    assert path.read_bytes() == before
