"""What is missing or damaged is named, the scan goes on, and what was found is not lost."""

import os
import subprocess

import pytest


def commit_file(repo, name, content, message="change"):
    repo.write(name, content)
    repo.git("add", "--all")
    return repo.commit(message)


@pytest.fixture
def repo(git_repo):
    repo = git_repo()
    for number in range(6):
        commit_file(repo, f"f{number}", f"planted-n{number}")
    return repo


def loose(repo, oid):
    return repo.path / ".git/objects" / oid[:2] / oid[2:]


def spoil(path, content=b"no zlib stream"):
    os.chmod(path, 0o644)
    path.write_bytes(content)


def children():
    """Return the names of the processes that this one started and that still are there."""
    command = ["ps", "--ppid", str(os.getpid()), "-o", "comm="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


def test_shallow_clone(repo, scan, tmp_path):
    top = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth=2", f"file://{repo.path}", str(top))
    found = scan(top)
    assert found.secrets() == {f"n{number}" for number in range(6)}
    assert found.one("n0").origin.commit == repo.git("rev-parse", "HEAD~1")
    (skipped,) = found.skipped
    assert skipped.reason == "missing"
    assert "shallow clone" in skipped.detail


def test_range_inside_a_shallow_clone(repo, scan, tmp_path):
    top = tmp_path / "shallow"
    repo.git("clone", "--quiet", "--depth=3", f"file://{repo.path}", str(top))
    found = scan(top, range="HEAD~1..HEAD")
    assert found.secrets() == {"n5"}
    assert found.skipped == []
    (skipped,) = scan(top, range="HEAD").skipped
    assert "shallow clone" in skipped.detail
    assert skipped.commit == repo.git("rev-parse", "HEAD~2")


@pytest.mark.parametrize("kind", ["blob:none", "tree:0"])
def test_partial_clone_is_told_and_not_fetched(repo, scan, tmp_path, kind):
    repo.git("config", "uploadpack.allowFilter", "true")
    top = tmp_path / "partial"
    url = f"file://{repo.path}"
    repo.git("clone", "--quiet", "--no-checkout", f"--filter={kind}", url, str(top))
    repo.commit("x")  # the remote is there and would answer
    before = sorted((top / ".git/objects").rglob("*"))
    found = scan(top)
    assert {item.reason for item in found.skipped} == {"missing"}
    assert all("partial clone" in item.detail for item in found.skipped if item.blob)
    named = {item.blob: item for item in found.skipped if item.blob}
    assert len(named) == 6
    if kind == "blob:none":  # trees tell where the blobs would be
        lost = named[repo.git("rev-parse", "HEAD:f3")]
        assert (lost.path, lost.commit) == ("f3", repo.git("rev-parse", "HEAD~3"))
    assert sorted((top / ".git/objects").rglob("*")) == before


def test_range_in_a_partial_clone(repo, scan, tmp_path):
    repo.git("config", "uploadpack.allowFilter", "true")
    top = tmp_path / "partial"
    url = f"file://{repo.path}"
    repo.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", url, str(top))
    found = scan(top, range="HEAD~2..HEAD")
    assert [item.reason for item in found.skipped] == ["missing"] * 2
    assert found.coverage.commits == 2
    tips = (repo.head,), ("1" * 40, repo.git("rev-parse", "HEAD~2"))
    assert scan(top, commits=tips).coverage.commits == 2


def test_many_missing_are_summed_up(repo, scan, monkeypatch):
    monkeypatch.setattr("scanner.sources.history.completeness._MOST_NAMED", 2)
    for number in range(5):
        loose(repo, repo.git("rev-parse", f"HEAD:f{number}")).unlink()
    found = scan(repo.path)
    assert [item.detail for item in found.skipped][-1].startswith("3 more objects")
    assert found.secrets() == {"n5"}


@pytest.mark.parametrize("content", [b"no zlib stream", b"", b"x\x9c"])
def test_damaged_loose_blob(repo, scan, content):
    oid = repo.git("rev-parse", "HEAD:f2")
    spoil(loose(repo, oid), content)
    found = scan(repo.path)
    assert found.secrets() == {"n0", "n1", "n3", "n4", "n5"}
    assert ("corrupt", oid) in {(item.reason, item.blob) for item in found.skipped}


def test_blob_that_breaks_off(repo, scan):
    body = os.urandom(300_000).hex()
    commit_file(repo, "long", body)
    commit_file(repo, "last", "planted-last")
    oid = repo.git("rev-parse", "HEAD:long")
    whole = loose(repo, oid).read_bytes()
    spoil(loose(repo, oid), whole[: len(whole) // 2])
    found = scan(repo.path)
    assert "last" in found.secrets()
    assert ("corrupt", oid) in {(item.reason, item.blob) for item in found.skipped}


def test_damaged_pack(repo, scan):
    for _number in range(30):
        commit_file(repo, "noise", os.urandom(2000).hex())
    repo.git("repack", "-adq")
    (pack,) = (repo.path / ".git/objects/pack").glob("*.pack")
    os.chmod(pack, 0o644)
    data = bytearray(pack.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 8] = b"\0" * 8
    pack.write_bytes(bytes(data))
    found = scan(repo.path)
    assert "corrupt" in {item.reason for item in found.skipped}
    assert {f"n{number}" for number in range(6)} <= found.secrets()


def test_missing_tree_loses_no_finding(repo, scan):
    tree = repo.git("rev-parse", "HEAD~2^{tree}")
    loose(repo, tree).unlink()
    found = scan(repo.path)
    assert found.secrets() == {f"n{number}" for number in range(6)}
    assert {item.reason for item in found.skipped} == {"corrupt"}
    assert found.one("n0").origin.path == "f0"


@pytest.mark.parametrize("damage", ["lost", "spoilt"])
def test_unreadable_commit_loses_no_finding(repo, scan, damage):
    path = loose(repo, repo.git("rev-parse", "HEAD~2"))
    path.unlink() if damage == "lost" else spoil(path)
    found = scan(repo.path)
    assert found.secrets() == {f"n{number}" for number in range(6)}
    assert "corrupt" in {item.reason for item in found.skipped}
    assert found.one("n5").origin.path == "f5"


def test_lost_tip_is_never_clean(git_repo, scan):
    repo = git_repo()
    commit_file(repo, "a", "clean")
    loose(repo, repo.head).unlink()
    assert "corrupt" in {item.reason for item in scan(repo.path).skipped}


def test_large_store_is_never_clean_without_its_commits(repo, scan, monkeypatch):
    monkeypatch.setattr("scanner.sources.history.completeness._SMALL_STORE_BYTES", -1)
    loose(repo, repo.git("rev-parse", "HEAD~2")).unlink()
    assert "corrupt" in {item.reason for item in scan(repo.path).skipped}


def test_many_damaged_objects_come_to_an_end(repo, scan, monkeypatch):
    monkeypatch.setattr("scanner.sources.history.streaming._MOST_STARTS", 2)
    for _number in range(6):
        oid = repo.git("hash-object", "-w", "--stdin", stdin=os.urandom(100_000))
        whole = loose(repo, oid).read_bytes()
        spoil(loose(repo, oid), whole[: len(whole) // 2])
    skipped = scan(repo.path, 1).skipped
    assert any("not read" in item.detail for item in skipped)


def test_no_process_is_left_behind(repo, scan):
    oid = repo.git("rev-parse", "HEAD:f2")
    spoil(loose(repo, oid))
    scan(repo.path)
    assert "git" not in children()


def test_reading_may_be_broken_off(repo, scan):
    from scanner.repository import Repository
    from scanner.sources.history import HistorySource

    commit_file(repo, "big", "x" * 3_000_000)
    items = HistorySource(Repository.discover(str(repo.path))).blobs()
    next(items)
    items.close()
    assert "git" not in children()


def test_hostile_settings_run_nothing(repo, scan, tmp_path):
    canary = tmp_path / "ran"
    script = tmp_path / "evil"
    script.write_text(f"#!/bin/sh\ntouch {canary}\nexit 1\n")
    script.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "gpg.program",
        "remote.origin.uploadpack",
    ):
        repo.git("config", key, str(script))
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "extensions.partialClone", "origin")
    repo.git("config", "core.repositoryFormatVersion", "1")
    repo.git("config", "remote.origin.promisor", "true")
    repo.git("config", "remote.origin.url", f"ext::{script}")
    (repo.path / ".git/info/attributes").write_text("* diff=x filter=x\n")
    loose(repo, repo.git("rev-parse", "HEAD:f3")).unlink()
    found = scan(repo.path, unreachable=True)
    scan(repo.path, range="HEAD~4..HEAD")
    assert {"n0", "n5"} <= found.secrets()
    assert found.skipped
    assert not canary.exists()


def test_ref_to_a_lost_object_loses_no_finding(repo, scan):
    (repo.path / ".git/refs/heads/broken").write_text("1" * 40 + "\n")
    (repo.path / ".git/refs/notes").mkdir()
    (repo.path / ".git/refs/notes/broken").write_text("2" * 40 + "\n")
    (repo.path / ".git/refs/remotes/o").mkdir(parents=True)
    (repo.path / ".git/refs/remotes/o/broken").write_text("3" * 40 + "\n")
    commit_file(repo, "e" * 40, "planted-like")
    repo.git("tag", "--annotate", "--message", "planted-tag", "t")
    repo.git("hash-object", "-w", "--stdin", stdin=b"planted-alone")
    found = scan(repo.path)
    assert found.secrets() == {f"n{number}" for number in range(6)} | {"like", "tag", "alone"}
    assert found.one("n3").origin.path == "f3"
    assert "corrupt" in {item.reason for item in found.skipped}


def test_lost_blob_is_told_whether_or_not_anything_was_found(git_repo, scan):
    repo = git_repo("clean")
    commit_file(repo, "a", "lost")
    commit_file(repo, "big", "x" * 3000)
    oid = repo.git("rev-parse", "HEAD:a")
    loose(repo, oid).unlink()
    assert [item.blob for item in scan(repo.path, max_blob_bytes=1000).skipped] == [oid]
    repo.git(
        "hash-object", "-w", "a"
    )  # else git makes no tree; `git add` writes it anew only within the same second
    commit_file(repo, "b", "planted-b")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},lib")
    repo.commit()
    loose(repo, oid).unlink()
    found = scan(repo.path, max_blob_bytes=1000)
    assert [item.blob for item in found.skipped] == [oid]
    assert found.one("b").origin.path == "b"
