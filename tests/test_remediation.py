"""What people are told to do: the money first, and commands that really work in git."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.models import EXPOSURES, KINDS, Advice, Draft, Match, Origin, Rule, System
from scanner.remediation import Remediation, RemediationAdviser, remediate
from scanner.remediation.clean import quoted

PAGE = "https://acme.example/settings/api"
ADVICE = Advice(
    page=PAGE,
    revoke=("Profile > API", "Delete."),
    check=("withdrawals", "sub-accounts"),
    freeze="Security > Freeze account",
    new_key=("read only",),
    limits="Keys without an IP list expire after 90 days.",
)
ACME = System("acme", "Acme", "exchange", advice=ADVICE)
WALLET = System("bip39", "BIP-39 mnemonic", "wallet")


def advice_for(kind: str = "api_secret", system: System | None = ACME, **place: Any) -> Remediation:
    """Return the remediation of a rule of ``kind`` at a staged place, or as ``place`` says."""
    rule = Rule("x-y", system.id if system else None, kind, "high", "")
    return remediate(rule, system, **{"exposure": "staged", "path": "src/a.py", **place})


def commands(remediation: Remediation) -> list[str]:
    """Return what stands in backticks and begins with git."""
    parts = [part for step in remediation.steps for part in step.split("`")[1::2]]
    return [part for part in parts if part.startswith("git ")]


def position(remediation: Remediation, text: str) -> int:
    """Return the index of the first step that has ``text``."""
    return next(n for n, step in enumerate(remediation.steps) if text in step)


@pytest.mark.parametrize("kind", ["api_key", "api_secret", "passphrase"])
def test_exchange_keys_are_revoked_first(kind: str) -> None:
    """Revoke, freeze, check, make a new key, then clean up; for a passphrase too."""
    found = advice_for(kind)
    order = ["Delete the API key", "Freeze account", "Sub-accounts", "Read only", "--staged"]
    places = [position(found, text) for text in order]
    assert places == sorted(places)
    assert places[0] == 0
    assert found.revoke_url == PAGE
    assert PAGE in found.steps[0]
    assert "withdrawals off" in " ".join(found.steps)
    assert "Allow only your own IP addresses" in " ".join(found.steps)


@pytest.mark.parametrize("kind", ["mnemonic", "private_key"])
@pytest.mark.parametrize("exposure", EXPOSURES)
def test_wallets_move_the_funds_first(kind: str, exposure: str) -> None:
    """A seed cannot be revoked, wherever it lies."""
    found = advice_for(kind, WALLET, exposure=exposure, commit="a" * 40)
    assert found.steps[0].startswith("Move the funds first")
    assert "cannot be revoked" in found.steps[0]
    assert "approvals" in " ".join(found.steps)
    if kind == "mnemonic":
        assert "every account of this seed" in " ".join(found.steps)


def test_a_key_that_may_be_a_wallets_says_so_first() -> None:
    """On a decentralised exchange a private key may own funds; a PEM block never does."""
    found = advice_for("private_key")
    assert "move the funds" in found.steps[0]
    assert found.steps[1].startswith("If it was made for an API")
    pem = Rule("x-y", "acme", "private_key", "high", "", prefix="-----BEGIN")
    steps = remediate(pem, ACME, exposure="pushed", path="a.py").steps
    assert steps[0].startswith("Delete the API key at Acme")
    assert "move the funds" in advice_for("private_key", None).steps[0]


def test_a_password_is_changed_where_a_person_trades() -> None:
    """Deleting a key would leave the door open."""
    steps = advice_for("password", exposure="pushed").steps
    assert steps[0].startswith("Change the password at Acme now")
    assert "API key" not in steps[0]
    assert "withdraw" in steps[1]


def test_a_public_id_alone_asks_for_calm() -> None:
    """Not enough to trade; beside its secret it is treated like the secret."""
    alone = advice_for("api_key", severity="low")
    assert "not enough to trade" in alone.steps[0]
    assert "secret leaked too" in alone.steps[1]
    paired = advice_for("api_key", severity="low", is_paired=True)
    assert paired.steps == advice_for("api_secret").steps


@pytest.mark.parametrize("exposure", EXPOSURES)
def test_only_what_never_left_may_skip(exposure: str) -> None:
    """The condition comes before the order, and names the first step of the cleaning."""
    found = advice_for(exposure=exposure, commit="a" * 40)
    is_private = exposure in ("worktree", "staged")
    first = found.steps[0]
    assert first.startswith('Only if no copy ever left this computer, skip to "') is is_private
    if is_private:
        words = first.split('"')[1]
        assert first.split('"')[2].startswith(". Delete the API key")
        assert [step for step in found.steps[1:] if step.startswith(words)] == [found.steps[4]]


@given(
    st.sampled_from(KINDS),
    st.sampled_from([None, ACME, WALLET, System("x", "X", "cloud")]),
    st.sampled_from(EXPOSURES),
    st.sampled_from(
        ["file", "staged", "blob", "commit-message", "tag-message", "note", "stdin",
         "archive-member"]
    ),
    st.none() | st.text(min_size=1, max_size=30),
)  # fmt: skip
def test_every_place_has_steps(
    kind: str, system: System | None, exposure: str, source: str, path: str | None
) -> None:
    """Whatever the name, each step is one line that a terminal can show, backticks in pairs."""
    found = advice_for(kind, system, exposure=exposure, source=source, path=path, commit="a" * 40)
    assert len(found.steps) >= 3
    for step in found.steps:
        assert step.isprintable()
        assert step.count("`") % 2 == 0
        assert "  " not in step.replace(path or "\0", "_")


@pytest.mark.parametrize(
    "place", [{"source": "blob"}, {"source": "commit-message", "path": None}], ids=str
)
def test_pushed_history_is_rewritten_last(place: dict[str, Any]) -> None:
    """After the revocation, with a word on the copies; the same for files and messages."""
    found = advice_for(exposure="pushed", commit="a" * 40, **place)
    text = " ".join(found.steps)
    assert position(found, PAGE) < position(found, "--rewrite rewritten.git fresh.git")
    assert position(found, "--rewrite") < position(found, "push --force --all URL")
    assert "Forks" in text
    assert "clone anew" in text


def test_a_pushed_key_file_is_taken_out_whole() -> None:
    found = advice_for("private_key", exposure="pushed", path="a key.pem", commit="a" * 40)
    where = position(found, "git filter-repo --invert-paths --path 'a key.pem'")
    assert where < position(found, "git push --force --all origin")


NAMES = ["a.py", "a b.py", "it's.py", "-rf", ":(top)x", "a\nb\x1b[31m.py", "\u202etxt.py",
         "q`w`$(x)", "caf\u00e9.py", "*.py", "\\x1b", "\\\\", '"'
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_quoted_names_reach_the_program_unchanged(name: str) -> None:
    """Bash gives back the very bytes of the name, whatever is in it."""
    word = quoted(name)
    assert word.isprintable()
    assert "`" not in word
    done = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True)
    assert done.stdout.decode().removeprefix("./") == name.removeprefix("./")


@given(st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1))
def test_quoting_is_always_visible(name: str) -> None:
    """No control character, no turn of direction, no backtick."""
    assert quoted(name).isprintable()
    assert "`" not in quoted(name)


def test_bytes_that_are_not_utf8_are_themselves_again() -> None:
    """A path shows them as ``\\xNN``; the shell makes bytes of that."""
    word = quoted("caf\\xe9 x.py")
    done = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True)
    assert done.stdout == b"caf\xe9 x.py"


@pytest.mark.parametrize("name", ["src/a.py", "a b.py", "-rf", ":(top)x", "q`w`$(x)", "[a].py"])
@pytest.mark.parametrize("is_first", [True, False])
def test_unstaging_works(git_repo: Any, name: str, is_first: bool) -> None:
    """The printed command takes the file, and no other, out of the commit."""
    repo = git_repo()
    if not is_first:
        repo.write("old.txt", "x")
        repo.git("add", "-A")
        repo.commit()
    repo.write(name, "secret")
    repo.write("other.py", "x")
    repo.git("add", "-A")
    command = commands(advice_for(path=name))[1 if is_first else 0]
    run(repo.path, command)
    staged = repo.git("ls-files", "-z").split("\0")
    assert name not in staged
    assert "other.py" in staged
    assert (repo.path / name).read_text() == "secret"


def test_an_env_file_is_untracked_and_kept(git_repo: Any) -> None:
    """A staged .env leaves the commit, stays on disk, and the ignore line hides it."""
    repo = git_repo()
    repo.write("deploy/.env", "SECRET=x")
    repo.git("add", "-A")
    found = advice_for(path="deploy/.env")
    run(repo.path, commands(found)[0])
    line = found.steps[-1].split("`")[1]
    repo.write(".gitignore", line + "\n")
    assert repo.git("status", "--porcelain") == "?? .gitignore"
    assert (repo.path / "deploy/.env").exists()


@pytest.mark.parametrize("depth", [1, 2])
def test_rebase_commands_work(git_repo: Any, monkeypatch: pytest.MonkeyPatch, depth: int) -> None:
    """An older commit, or the very first, loses the value, and git forgets it."""
    repo = git_repo()
    for number in range(3):
        value = "leaked" if number == 2 - depth else "x"
        repo.write(f"f{number}.py", value)
        repo.git("add", "-A")
        repo.commit(f"c{number}")
    commit = repo.git("rev-parse", f"HEAD~{depth}")
    blob = repo.git("rev-parse", f"{commit}:f{2 - depth}.py")
    found = advice_for(exposure="local", path=f"f{2 - depth}.py", commit=commit, source="blob")
    lines = commands(found)
    rebases = [line for line in lines if line.startswith("git rebase -i")]
    rebase = next(line for line in rebases if ("--root" in line) == (depth == 2))
    monkeypatch.setenv("GIT_SEQUENCE_EDITOR", "sed -i '1s/^pick/edit/'")
    monkeypatch.setenv("GIT_EDITOR", "true")
    run(repo.path, rebase)
    repo.write(f"f{2 - depth}.py", "os.environ")
    last = lines.index("git rebase --continue")
    for command in [*lines[last - 2 : last + 1], *lines[last + 2 :]]:
        if not command.startswith("git stash"):
            run(repo.path, command)
    assert repo.git("log", "--format=%s").split() == ["c2", "c1", "c0"]
    assert "missing" in repo.git("cat-file", "--batch-check", stdin=blob.encode())


def leaking(git_repo: Any) -> Any:
    """Return a repository with one commit and a secret in its file since."""
    repo = git_repo()
    repo.write("a.py", "x")
    repo.git("add", "-A")
    repo.commit()
    repo.write("a.py", "leaked")
    return repo


def test_a_stash_is_found_and_dropped(git_repo: Any) -> None:
    """No branch has the commit of a stash, and the steps for those that one has are left out."""
    repo = leaking(git_repo)
    repo.git("stash")
    commit = repo.git("rev-parse", "refs/stash")
    found = advice_for(exposure="local", path="a.py", commit=commit, source="blob")
    lines = commands(found)
    where = next(line for line in lines if line.startswith("git branch --all --contains"))
    assert repo.git(*where.split()[1:]) == ""
    first = position(found, where)
    assert "skip the next two steps" in found.steps[first]
    assert all("--amend" in step for step in found.steps[first + 1 : first + 3])
    for command in commands(found._replace(steps=found.steps[first + 3 :])):
        run(repo.path, command)
    assert "missing" in repo.git("cat-file", "--batch-check", stdin=commit.encode())


def test_unreachable_objects_are_dropped(git_repo: Any) -> None:
    """After the commands the object is gone."""
    repo = leaking(git_repo)
    repo.git("add", "-A")
    commit = repo.commit("bad")
    repo.git("reset", "--quiet", "--hard", "HEAD^")
    for command in commands(advice_for(exposure="unreachable", commit=commit)):
        if not command.startswith("git stash"):
            run(repo.path, command)
    assert "missing" in repo.git("cat-file", "--batch-check", stdin=commit.encode())


def test_the_adviser_reads_the_draft() -> None:
    """The pipeline's adviser passes on place, partners and archive members."""
    rule = Rule("acme-api-key", "acme", "api_key", "low", "")
    origin = Origin("file", "a.zip")
    draft = Draft(Match(rule, 0, 3), b"abc", origin, (), ("zip:conf.env",), (b"partner",))
    url, steps = RemediationAdviser({"acme": ACME}).advise(draft)
    assert url == PAGE
    skip = (
        'Only if no copy ever left this computer, skip to "Make the archive again without this file'
    )
    assert steps[0].startswith(skip)
    assert ". Delete the API key at Acme" in steps[0]
    assert any("Make the archive again" in step for step in steps)


def test_a_compiled_file_is_taken_out_whole() -> None:
    """No value can be moved out of it."""
    rule = Rule("acme-api-secret", "acme", "api_secret", "high", "")
    origin = Origin("staged", "__pycache__/config.cpython-312.pyc")
    draft = Draft(Match(rule, 0, 3), b"abc", origin, (), ("pyc",))
    steps = " ".join(
        RemediationAdviser({"acme": ACME}).advise(draft.replaced(exposure="staged")).steps
    )
    assert "git rm --cached -- __pycache__/config.cpython-312.pyc" in steps
    assert "keysweep fix" not in steps


def run(folder: Path, command: str) -> None:
    """Run a command as a person would paste it."""
    subprocess.run(["bash", "-c", command], cwd=folder, check=True, capture_output=True)
