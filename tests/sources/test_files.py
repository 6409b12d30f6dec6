"""Behaviour of scanner.sources.files: everything that lies there, and nothing that git ignores."""

import os
import pickle
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.errors import UsageError
from scanner.models import Blob, Draft, Match, Occurrence, Rule, Skipped
from scanner.sources.files import FilesSource


def write(folder, name, content="x"):
    path = folder / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(source):
    """Return the content by path, and the reasons of what was skipped."""
    items = list(source.blobs())
    blobs = {item.origin.path: item.data for item in items if isinstance(item, Blob)}
    return blobs, {item.path: item.reason for item in items if isinstance(item, Skipped)}


def paths(*named, **options):
    blobs, skipped = read(FilesSource([str(name) for name in named], **options))
    assert skipped == {}
    return list(blobs)


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Return a folder outside any repository, with the current folder beside it."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return folder


# What is read, and how it is called


def test_a_folder(tree):
    write(tree, "b/c", "deep")
    write(tree, "a.txt", b"bytes\xff\x00")
    write(tree, "b.txt", "")
    source = FilesSource([str(tree)])
    assert source.root == str(tree)
    assert list(read(source)[0].items()) == [
        ("a.txt", b"bytes\xff\x00"),
        ("b/c", b"deep"),
        ("b.txt", b""),
    ]
    assert (source.coverage.files, source.coverage.blobs, source.coverage.bytes) == (3, 3, 11)
    blob = next(FilesSource([str(tree)]).blobs())
    assert (blob.origin.source, blob.origin.blob, blob.origin.commit) == ("file", None, None)


def test_where_paths_start(tree, monkeypatch):
    write(tree, "sub/a")
    write(Path("here.txt").absolute().parent, "here.txt")
    assert paths("here.txt") == ["here.txt"]
    assert paths(".") == ["here.txt"]
    assert paths(tree / "sub/a") == [str(tree / "sub/a")]
    assert paths("here.txt", tree / "sub") == ["here.txt", str(tree / "sub/a")]
    assert paths("../tree/sub") == ["a"]
    assert paths(tree, root=str(tree.parent)) == ["tree/sub/a"]
    monkeypatch.chdir(tree)
    assert paths("sub/a") == ["sub/a"]
    assert paths("sub", "sub/a") == ["sub/a"]  # each file once
    assert FilesSource(["sub", "sub/a"]).root == str(tree)


def test_odd_names(tree):
    for name in (b"sp ace", "caf\u00e9".encode(), b"bytes\xff/x", b"new\nline"):
        write(tree, name)
    assert set(paths(tree)) == {"sp ace", "caf\u00e9", "bytes\\xff/x", "new\nline"}


@pytest.mark.parametrize("name", ["missing", "a/missing", "dangling", "nul\0"])
def test_missing_path(tree, name):
    os.symlink("nowhere", "dangling")
    with pytest.raises(UsageError, match=r"no such file|null byte|not a path"):
        FilesSource([str(tree), name])


def test_links_and_devices_are_left_out(tree):
    write(tree, "real/a")
    (tree / "to-file").symlink_to("real/a")
    (tree / "to-folder").symlink_to("real")
    (tree / "loop").symlink_to(".")
    (tree / "dangling").symlink_to("nowhere")
    os.mkfifo(tree / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(tree)
        server.bind("socket")
        source = FilesSource([str(tree)])
        assert list(read(source)[0]) == ["real/a"]
    assert source.coverage.left_out == {"link": 4, "device": 2}
    assert paths(tree / "to-file") == ["to-file"]  # named: followed
    assert paths(tree / "to-folder") == ["a"]
    source = FilesSource([str(tree / "pipe")])
    assert read(source) == ({}, {})
    assert source.coverage.left_out == {"device": 1}


def test_a_file_that_becomes_a_pipe_or_a_link_meanwhile(tree):
    for name in ("a", "b", "c"):
        write(tree, name)
    source = FilesSource([str(tree)])
    blobs = source.blobs()
    next(blobs)
    (tree / "b").unlink()
    os.mkfifo(tree / "b")
    (tree / "c").unlink()
    (tree / "c").symlink_to("a")
    assert [(item.path, item.reason) for item in blobs] == [("c", "unreadable")]
    assert source.coverage.left_out == {"device": 1}


def test_what_cannot_be_read_is_said(tree):
    write(tree, "a")
    write(tree, "b")
    source = FilesSource([str(tree)])
    blobs = source.blobs()
    next(blobs)
    (tree / "b").unlink()
    assert list(blobs) == [Skipped("b", None, None, "unreadable", "No such file or directory")]
    # A file of the kernel that opens and then refuses to be read.
    assert list(read(FilesSource(["/proc/self/mem"]))[1].values()) == ["unreadable"]


@pytest.fixture
def as_anyone() -> Iterator[Path]:
    """A folder that anyone may enter, read by a user who may not read everything (root may)."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        write(Path(folder), "file").chmod(0)
        write(Path(folder), "folder/a").parent.chmod(0)
        if os.geteuid() != 0:
            yield Path(folder)
        else:
            os.seteuid(65534)
            try:
                yield Path(folder)
            finally:
                os.seteuid(0)
        os.chmod(os.path.join(folder, "folder"), 0o755)


def test_no_permission(as_anyone):
    found = read(FilesSource([str(as_anyone)]))
    assert found == ({}, {"file": "unreadable", "folder": "unreadable"})


def test_limit(tree):
    write(tree, "big", "x" * 2000)
    write(tree, "small", "x" * 1000)
    source = FilesSource([str(tree)], max_blob_bytes=1000)
    assert list(read(source)[0]) == ["small"]
    assert source.coverage.left_out == {"max-blob-size": 1}
    with open(tree / "huge", "wb") as file:  # takes no room on disk
        file.truncate((1 << 30) + 1)
    assert read(FilesSource([str(tree)]))[1] == {"huge": "limit"}
    assert read(FilesSource([str(tree)], max_blob_bytes=1 << 40))[1] == {"huge": "limit"}


def test_files_that_lie_about_their_size():
    (content,) = read(FilesSource(["/proc/self/status"]))[0].values()
    assert content.startswith(b"Name:")


def test_split(tree):
    for number in range(40):
        write(tree, f"d{number % 3}/f{number:02}", "x" * (100 * number))
    whole = list(read(FilesSource([str(tree)]))[0].items())
    for count in (1, 3, 100):
        source = FilesSource([str(tree)], max_blob_bytes=10_000)
        parts = pickle.loads(pickle.dumps(source.split(count)))
        assert len(parts) <= count
        assert [item for part in parts for item in read(part)[0].items()] == whole
        if count == 3:
            sizes = [part.coverage.bytes for part in parts]
            assert max(sizes) < 2 * min(sizes)
    write(tree, "d0/giant", "x" * 10_000_000)
    assert len(FilesSource([str(tree)]).split(2)) == 2
    assert FilesSource([str(tree)]).split(1)[0].root == str(tree)


def test_an_empty_folder(tree):
    assert read(FilesSource([str(tree)])) == ({}, {})
    assert [read(part) for part in FilesSource([str(tree)]).split(4)] == [({}, {})]


def test_attribution_changes_nothing(tree):
    write(tree, "a")
    source = FilesSource([str(tree)])
    rule = Rule("test-token", None, "token", "high", "For tests.")
    blob = next(source.blobs())
    draft = Draft(Match(rule, 0, 1), b"x", blob.origin, (Occurrence(1, 1, 1, 2),))
    assert list(source.attribute([draft])) == [draft]
    assert draft.exposure == "worktree"


# In a repository


def repository(git_repo, name="repo"):
    """Return a repository in which some files are ignored, some of them tracked all the same."""
    repo = git_repo(name)
    repo.write(".gitignore", "build/\n*.log\n.env\n")
    repo.write("build/kept", "tracked")
    repo.write("tracked.log", "tracked")
    repo.git("add", "--force", ".")
    repo.commit()
    repo.write("build/sub/out", "ignored")
    repo.write("logs/a.log", "ignored")
    repo.write(".env", "ignored")
    repo.write("untracked", "counts")
    repo.write("sub/new", "counts")
    return repo


def test_what_git_ignores_is_left_out_and_counted(git_repo):
    repo = repository(git_repo)
    kept = [".gitignore", "build/kept", "sub/new", "tracked.log", "untracked"]
    source = FilesSource([str(repo.path)])
    assert list(read(source)[0]) == kept
    assert source.coverage.left_out == {".git": 1, "ignored": 3}
    everything = FilesSource([str(repo.path)], include_ignored=True)
    assert sorted(read(everything)[0]) == sorted([*kept, ".env", "build/sub/out", "logs/a.log"])
    assert everything.coverage.left_out == {".git": 1}
    parts = FilesSource([str(repo.path)]).split(2)
    assert [path for part in parts for path in read(part)[0]] == kept


def test_below_the_top_level(git_repo, monkeypatch):
    repo = repository(git_repo)
    repo.write("sub/.env", "ignored")
    assert paths(repo.path / "sub") == ["new"]
    assert paths(repo.path / "logs") == []
    monkeypatch.chdir(repo.path / "sub")
    assert paths(".") == ["new"]
    assert paths("..", root=str(repo.path)) == paths(repo.path)


def test_what_is_named_is_read_even_if_ignored(git_repo):
    repo = repository(git_repo)
    assert paths(repo.path / ".env") == [str(repo.path / ".env")]
    assert paths(repo.path / "build") == ["kept", "sub/out"]
    assert paths(repo.path / "build/sub") == ["out"]
    assert "config" in read(FilesSource([str(repo.path / ".git")]))[0]


def test_packed_files_are_not_clean(git_repo, tree):
    """A bare repository is no folder of files: what it packs is said not to be read."""
    made = repository(git_repo)
    made.git("clone", "--quiet", "--bare", ".", str(tree / "below" / "bare.git"))
    for folder, path in [
        (tree, "below/bare.git/objects"),
        (tree / "below" / "bare.git", "objects"),
    ]:
        blobs, skipped = read(FilesSource([str(folder)]))
        assert skipped == {path: "unsupported-archive"}
        assert path.removesuffix("objects") + "config" in blobs
        assert not any(name.startswith(path) for name in blobs)


def test_repositories_inside(git_repo):
    repo = repository(git_repo)
    inner = repository(git_repo, "repo/inner")
    shutil.move(inner.path / ".git", repo.path.parent / "elsewhere")
    inner.write(".git", f"gitdir: {repo.path.parent / 'elsewhere'}\n")  # as in a submodule
    source = FilesSource([str(repo.path)])
    blobs = read(source)[0]
    assert {"inner/tracked.log", "inner/sub/new"} <= set(blobs)
    assert "inner/.env" not in blobs
    assert source.coverage.left_out == {".git": 2, "ignored": 6}
    assert source.repository_path("inner/sub/new") == "sub/new"
    assert source.repository_path("sub/new") == "sub/new"


def test_paths_for_fingerprints(git_repo, tree, monkeypatch):
    repo = repository(git_repo)
    assert FilesSource([str(repo.path / "sub")]).repository_path("new") == "sub/new"
    assert FilesSource([str(repo.path)]).repository_path("sub/new") == "sub/new"
    file = str(repo.path / "sub/new")
    assert FilesSource([file]).repository_path(file) == "sub/new"
    monkeypatch.chdir(repo.path / "sub")
    assert FilesSource(["new"]).repository_path("new") == "sub/new"
    assert (
        FilesSource(["../untracked"]).repository_path(str(repo.path / "untracked")) == "untracked"
    )
    assert FilesSource([str(tree)]).repository_path("a/b") == "a/b"
    (tree / "alias").symlink_to(repo.path / "sub")
    assert FilesSource([str(tree / "alias")]).repository_path("new") == "sub/new"
    odd = write(repo.path, b"caf\xe9/x")
    assert FilesSource([str(odd)]).repository_path(paths(odd)[0]) == "caf\\xe9/x"


def test_folders_that_only_look_like_repositories(tree):
    write(tree, "a/.git/HEAD", "nonsense")
    write(tree, "a/.gitignore", "x\n")
    write(tree, "a/x")
    write(tree, "b/.git", "gitdir: /nowhere/at/all\n")
    write(tree, "b/y")
    assert paths(tree) == ["a/.gitignore", "a/x", "b/y"]


def test_git_is_missing(git_repo, monkeypatch, tmp_path):
    repo = repository(git_repo)
    monkeypatch.setenv("PATH", str(tmp_path))
    blobs, skipped = read(FilesSource([str(repo.path)]))
    assert ".env" in blobs
    assert skipped == {".": "error"}
    assert read(FilesSource([str(repo.path)], include_ignored=True))[1] == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_git_refuses_the_repository_of_another_user(git_repo):
    repo = repository(git_repo)
    subprocess.run(["chown", "-R", "4242:4242", str(repo.path)], check=True)
    items = list(FilesSource([str(repo.path)]).blobs())
    (skipped,) = [item for item in items if isinstance(item, Skipped)]
    assert "safe.directory" in skipped.detail
    assert ".env" in {item.origin.path for item in items if isinstance(item, Blob)}


def test_a_broken_index_is_said(git_repo):
    repo = repository(git_repo)
    (repo.path / ".git/index").write_bytes(b"DIRC broken")
    blobs, skipped = read(FilesSource([str(repo.path)]))
    assert ".env" in blobs
    assert skipped == {".": "error"}


def test_hostile_settings(git_repo, hostile):
    repo = repository(git_repo)
    canary = hostile(repo)
    before = repo.files()
    assert "untracked" in paths(repo.path)
    assert "out" in paths(repo.path / "build/sub")
    assert not canary.exists()
    assert repo.files() == before


def test_two_thousand_files_are_fast(tree):
    for number in range(2000):
        write(tree, f"d{number % 40}/f{number}", "x" * 1000)
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        assert sum(1 for _ in FilesSource([str(tree)]).blobs()) == 2000
        best = min(best, time.process_time() - start)
    assert best < 1.0  # 0.04 s on an idle machine
