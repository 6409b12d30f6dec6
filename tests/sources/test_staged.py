"""Behaviour of scanner.sources.staged: the index as it is, and only what the change adds."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from scanner.errors import SourceError, UsageError
from scanner.models import Blob, Draft, Match, Occurrence, Rule, Skipped
from scanner.repository import Repository
from scanner.sources.staged import StagedSource

RULE = Rule("test-token", None, "token", "high", "For tests.")
KEY = "k" + "3y" * 8  # invented, of no format


@pytest.fixture
def repo(git_repo, monkeypatch):
    """Return a repository with one commit, which is the current folder, as in a hook."""
    repo = git_repo()
    repo.write("old.txt", f"one\nkey={KEY}\nthree\n")
    repo.write("sub/other.txt", "other\n")
    repo.git("add", ".")
    repo.commit()
    monkeypatch.chdir(repo.path)
    return repo


def source(*files, **options):
    return StagedSource(Repository.discover(), files, **options)


def read(staged):
    """Return what the source yields: content by path, and the paths that were skipped."""
    items = list(staged.blobs())
    blobs = {item.origin.path: item.data for item in items if isinstance(item, Blob)}
    skipped = {item.path: item.reason for item in items if isinstance(item, Skipped)}
    return blobs, skipped


def drafts(blob, secret=KEY, layers=()):
    """Return what a detector would say of a blob: one draft with all places of the secret."""
    needle = secret.encode()
    places, start = [], blob.data.find(needle)
    while start >= 0:
        line = blob.data.count(b"\n", 0, start) + 1
        end_line = line + secret.count("\n")
        places.append(Occurrence(line, 1, end_line, 2, blob.origin.blob))
        start = blob.data.find(needle, start + 1)
    if places:
        match = Match(RULE, 0, len(needle))
        yield Draft(match, needle, blob.origin, tuple(places), layers)


def kept(staged, secret=KEY, layers=()):
    """Return the drafts that are reported."""
    blobs = [item for item in staged.blobs() if isinstance(item, Blob)]
    given = [draft for blob in blobs for draft in drafts(blob, secret, layers)]
    return list(staged.attribute(given))


def found(staged, secret=KEY, layers=()):
    """Return the lines at which the secret is reported, by path."""
    return {
        draft.origin.path: [o.line for o in draft.occurrences]
        for draft in kept(staged, secret, layers)
    }


def exposures(*files, layers=(), **options):
    return {d.origin.path: d.exposure for d in kept(source(*files, **options), layers=layers)}


# What is read


def test_nothing_staged(repo):
    repo.write("old.txt", "changed in the work tree only")
    repo.write("new.txt", "not added")
    staged = source()
    assert read(staged) == ({}, {})
    assert staged.coverage.blobs == 0
    assert staged.root == str(repo.path)


def test_index_and_not_the_work_tree(repo):
    repo.write("old.txt", "in the index")
    repo.git("add", ".")
    repo.write("old.txt", "in the work tree")
    (blob,) = source().blobs()
    assert (blob.data, blob.origin.source) == (b"in the index", "staged")
    assert blob.origin.blob == repo.git("rev-parse", ":old.txt")
    (repo.path / "old.txt").unlink()
    assert read(source())[0] == {"old.txt": b"in the index"}


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_before_the_first_commit(git_repo, monkeypatch, object_format):
    repo = git_repo("fresh", f"--object-format={object_format}")
    monkeypatch.chdir(repo.path)
    assert read(source()) == ({}, {})
    repo.write("a", f"{KEY}\n")
    repo.git("add", ".")
    assert found(source()) == {"a": [1]}


def test_every_kind_of_change(repo):
    (repo.path / "link").symlink_to(f"/nowhere/{KEY}")
    repo.write("mode", "mode\n")
    repo.write("gone", "gone\n")
    repo.write("was-link-soon", "file\n")
    repo.git("add", ".")
    repo.commit()
    repo.write("added", "added\n")
    repo.write("old.txt", "modified\n")
    repo.write("link", "now a file\n")
    (repo.path / "was-link-soon").unlink()
    (repo.path / "was-link-soon").symlink_to("target")
    repo.git("mv", "sub/other.txt", "renamed.txt")
    repo.git("rm", "-q", "gone")
    repo.git("add", ".")
    repo.git("update-index", "--chmod=+x", "mode")
    assert read(source())[0] == {
        "added": b"added\n",
        "link": b"now a file\n",
        "mode": b"mode\n",
        "old.txt": b"modified\n",
        "renamed.txt": b"other\n",
        "was-link-soon": b"target",
    }


def test_odd_names(repo):
    names = [
        b"sp ace",
        "caf\u00e9".encode(),
        b"bytes\xff",
        b"new\nline",
        b"tab\t",
        b'"quoted"',
        b":x",
    ]
    for name in names:
        repo.write(name, KEY)
    repo.git("add", ".")
    shown = {"sp ace", "caf\u00e9", "bytes\\xff", "new\nline", "tab\t", '"quoted"', ":x"}
    assert set(found(source())) == shown
    assert set(read(source(*[os.fsdecode(name) for name in names]))[0]) == shown


def test_submodules_are_counted(repo, git_repo):
    inner = git_repo("inner")
    inner.commit()
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.path), "mod")
    staged = source()
    assert set(read(staged)[0]) == {".gitmodules"}
    assert staged.coverage.left_out == {"submodule": 1}
    repo.git("config", "submodule.mod.ignore", "all")
    assert read(staged := source("mod")) == ({}, {})
    assert staged.coverage.left_out == {"submodule": 1}


def test_intent_to_add_has_no_content(repo):
    repo.write("later", KEY)
    repo.git("add", "-N", "later")
    assert read(source()) == ({}, {})


def test_unmerged_entries_are_said_to_be_unread(repo):
    conflict(repo)
    assert read(source()) == ({}, {"old.txt": "unreadable"})
    assert read(source("old.txt")) == ({}, {"old.txt": "unreadable"})


def test_missing_and_corrupt_objects(repo):
    for name in ("missing", "corrupt", "fine"):
        repo.write(name, name)
    repo.git("add", ".")
    for name in ("missing", "corrupt"):
        oid = repo.git("rev-parse", f":{name}")
        path = repo.path / ".git/objects" / oid[:2] / oid[2:]
        path.unlink()
        if name == "corrupt":
            path.write_bytes(b"nonsense")
    assert read(source()) == ({"fine": b"fine"}, {"missing": "missing", "corrupt": "corrupt"})


def test_limit(repo):
    repo.write("big", "x" * 2000)
    repo.write("small", "x" * 1000)
    repo.git("add", ".")
    staged = source(max_blob_bytes=1000)
    assert set(read(staged)[0]) == {"small"}
    assert staged.coverage.left_out == {"max-blob-size": 1}
    assert (staged.coverage.blobs, staged.coverage.bytes) == (1, 1000)


def test_bare_repository(git_repo):
    repository = Repository.discover(str(git_repo("bare.git", "--bare").path))
    with pytest.raises(SourceError, match="no work tree"):
        StagedSource(repository)


@pytest.mark.parametrize("parts", [1, 3, 100])
def test_split(repo, parts):
    for number in range(10):
        repo.write(f"f{number}", f"{KEY}\n{number}")
    repo.git("add", ".")
    staged = source(max_blob_bytes=1000)
    pieces = pickle.loads(pickle.dumps(staged.split(parts)))
    assert len(pieces) <= parts
    blobs = [blob for piece in pieces for blob in piece.blobs()]
    assert [blob.origin.path for blob in blobs] == [f"f{number}" for number in range(10)]
    given = [draft for blob in blobs for draft in drafts(blob)]
    assert len(list(staged.attribute(given))) == 10


# Which lines count


def test_only_added_and_altered_lines(repo):
    repo.write("old.txt", f"ONE\nkey={KEY}\nthree\n")
    repo.git("add", ".")
    assert found(source()) == {}
    assert found(source(whole_files=True)) == {"old.txt": [2]}
    repo.write("old.txt", f"ONE\nkey={KEY}\nthree\nagain={KEY}\n")
    repo.git("add", ".")
    assert found(source()) == {"old.txt": [4]}
    repo.write("old.txt", f"ONE\n  key={KEY}\nthree\n")
    repo.git("add", ".")
    assert found(source()) == {"old.txt": [2]}


def test_secret_over_several_lines(repo):
    repo.write("pem", "begin\naaa\nbbb\nend\n")
    repo.git("add", ".")
    repo.commit()
    repo.write("pem", "x\nbegin\naaa\nbbb\nend\n")
    repo.git("add", ".")
    assert found(source(), "begin\naaa\nbbb\nend") == {}
    repo.write("pem", "begin\naaa\nccc\nend\n")
    repo.git("add", ".")
    assert found(source(), "begin\naaa\nccc\nend") == {"pem": [1]}


def test_archive_members_count_whenever_the_archive_changed(repo):
    repo.write("old.txt", f"ONE\nkey={KEY}\n")
    repo.git("add", ".")
    assert found(source(), layers=("zip:inner",)) == {"old.txt": [2]}
    assert found(source(), layers=("gzip",)) == {"old.txt": [2]}
    assert found(source(), layers=("base64",)) == {}


def test_rename(repo):
    body = "".join(f"line {number}\n" for number in range(50))
    repo.write("before", body + f"key={KEY}\n")
    repo.git("add", ".")
    repo.commit()
    repo.git("mv", "before", "after")
    assert found(source()) == {}
    repo.write("after", body + f"key={KEY}\nnew={KEY}\n")
    repo.git("add", ".")
    assert found(source()) == {"after": [52]}
    assert found(source(whole_files=True)) == {"after": [51, 52]}
    repo.write("before", body)  # no rename any more: a copy, at a new path
    repo.git("add", ".")
    assert found(source()) == {"after": [51, 52]}


def test_file_to_link_and_back(repo):
    (repo.path / "link").symlink_to(KEY)
    repo.git("add", ".")
    assert found(source()) == {"link": [1]}
    repo.commit()
    repo.write("link", f"{KEY}\n{KEY}x\n")
    repo.git("add", ".")
    assert found(source()) == {"link": [2]}


def conflict(repo):
    """Stop in the middle of a merge that is in conflict over old.txt."""
    repo.git("checkout", "-q", "-b", "theirs")
    repo.write("old.txt", f"theirs\nkey={KEY}\nthree\ntheirs={KEY}\n")
    repo.write("from-theirs", KEY)
    repo.git("add", ".")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("old.txt", f"ours\nkey={KEY}\nthree\n")
    repo.git("add", ".")
    repo.commit()
    repo.git("merge", "-q", "theirs", check=False)


def test_merge_counts_what_no_parent_has(repo):
    conflict(repo)
    repo.write("old.txt", f"both\nkey={KEY}\nthree\ntheirs={KEY}\nborn={KEY}\n")
    repo.git("add", ".")
    assert set(read(source())[0]) == {"old.txt"}
    assert found(source()) == {"old.txt": [5]}


def test_merge_commit_hook(repo):
    """git merge runs pre-merge-commit before it writes MERGE_HEAD."""
    hook(repo, "pre-merge-commit")
    repo.git("checkout", "-q", "-b", "theirs")
    repo.write("from-theirs", KEY)
    repo.git("add", ".")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.write("from-ours", "x")
    repo.git("add", ".")
    repo.commit()
    repo.git("merge", "-q", "-m", "merged", "theirs")
    assert hooked(repo) == [[]]


def test_cherry_pick_and_rebase_compare_with_head(repo):
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("old.txt", f"one\nkey={KEY}\nthree\npicked={KEY}\n")
    repo.git("add", ".")
    repo.commit()
    repo.git("checkout", "-q", "main")
    repo.git("cherry-pick", "--no-commit", "topic")
    assert found(source()) == {"old.txt": [4]}


# What git hands a hook


def hook(repo, name="pre-commit"):
    """Install a hook that writes down what the source finds."""
    program = (
        f"#!{sys.executable}\n"
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from scanner.models import Blob\n"
        "from scanner.repository import Repository\n"
        "from scanner.sources.staged import StagedSource\n"
        "source = StagedSource(Repository.discover())\n"
        "read = sorted((b.origin.path, b.data.decode()) for b in source.blobs())\n"
        f"open({str(repo.path.parent / 'hooked')!r}, 'a').write(repr(read) + chr(10))\n"
    )
    path = repo.path / ".git/hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(program)
    path.chmod(0o755)


def hooked(repo):
    path = repo.path.parent / "hooked"
    lines = path.read_text().splitlines()
    path.unlink()
    return [eval(line) for line in lines]


def test_ways_to_commit(repo, tmp_path):
    hook(repo)
    repo.write("old.txt", "all")
    repo.write("sub/other.txt", "staged")
    repo.git("commit", "-q", "-a", "-m", "all")
    assert hooked(repo) == [[("old.txt", "all"), ("sub/other.txt", "staged")]]
    repo.write("old.txt", "named")
    repo.write("sub/other.txt", "left out")
    repo.git("add", ".")
    repo.git("commit", "-q", "-m", "one file", "old.txt")
    assert hooked(repo) == [[("old.txt", "named")]]
    repo.git("commit", "-q", "--amend", "-m", "amended")
    assert hooked(repo) == [[("sub/other.txt", "left out")]]
    body = "x\n" * 20
    repo.write("old.txt", body)
    repo.git("commit", "-q", "--no-verify", "-a", "-m", "two places")
    repo.write("old.txt", f"first\n{body}last\n")
    repo.git("commit", "-q", "-p", "-m", "patch", stdin=b"y\nn\n")
    assert hooked(repo) == [[("old.txt", f"first\n{body}")]]
    repo.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = type(repo)(tmp_path / "linked")
    linked.write("inside", "linked")
    linked.git("add", ".")
    linked.git("-C", "sub", "commit", "-q", "-m", "in a linked work tree")
    assert hooked(repo) == [[("inside", "linked")]]


def test_from_a_folder_below(repo, monkeypatch):
    repo.write("sub/new", KEY)
    repo.write("top", KEY)
    repo.git("add", ".")
    monkeypatch.chdir(repo.path / "sub")
    assert set(found(source())) == {"sub/new", "top"}
    assert set(found(source("new"))) == {"sub/new"}
    assert set(found(source("../top"))) == {"top"}
    assert set(read(source("../old.txt", "other.txt"))[0]) == {"old.txt", "sub/other.txt"}


# FILE arguments


def test_what_was_committed_before_is_not_called_staged(repo, git_repo):
    """Its lines are not new: whoever reads "not committed yet" would not revoke a key that is out."""
    repo.write("new", KEY)
    repo.write("sub/other.txt", f"other\n{KEY}\n")
    repo.git("add", ".")
    whole = {"whole_files": True}
    assert exposures("old.txt", "new") == {"old.txt": "local", "new": "staged"}
    repo.git("remote", "add", "origin", str(git_repo("server", "--bare").path))
    repo.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    assert exposures("old.txt", "new", **whole) == {"old.txt": "pushed", "new": "staged"}
    repo.write("old.txt", f"one\nkey={KEY}\nthree\nfour\n")
    repo.git("add", ".")
    assert exposures("old.txt") == {}
    assert exposures(**whole) == {"old.txt": "pushed", "new": "staged", "sub/other.txt": "staged"}
    repo.git("commit", "--quiet", "-m", "two")
    assert exposures("old.txt", "new") == {"old.txt": "pushed", "new": "local"}
    assert exposures("old.txt", layers=("base64",)) == {"old.txt": "pushed"}
    repo.git("update-ref", "-d", "refs/remotes/origin/main")
    assert exposures("old.txt", "new") == {"old.txt": "local", "new": "local"}


def test_a_remote_that_was_not_cloned_whole_counts_as_public(repo):
    repo.write("new", "x")
    repo.git("add", ".")
    tree = repo.git("write-tree")
    commit = repo.git("commit-tree", "-m", "other", tree)
    repo.git("update-ref", "refs/remotes/origin/main", commit)
    repo.git("reset", "--quiet", "--hard")
    (repo.path / ".git/objects" / tree[:2] / tree[2:]).rename(repo.path / ".git/gone")
    assert {draft.exposure for draft in kept(source("old.txt"))} == {"pushed"}


def test_named_files(repo):
    repo.write("old.txt", f"changed\nkey={KEY}\nthree\n")
    repo.write("new", KEY)
    repo.git("add", ".")
    assert found(source("old.txt")) == {}
    assert found(source("new")) == {"new": [1]}
    repo.git("reset", "-q", "--hard")
    assert found(source("old.txt")) == {"old.txt": [2]}  # no staged change: read whole
    assert found(source(str(repo.path / "old.txt"))) == {"old.txt": [2]}
    repo.write("old.txt", "only in the work tree")
    assert found(source("old.txt")) == {"old.txt": [2]}


def test_named_folders_stand_for_their_staged_changes(repo):
    repo.write("sub/new", KEY)
    repo.write("top", KEY)
    repo.git("add", ".")
    assert set(found(source("sub"))) == set(found(source("./sub/"))) == {"sub/new"}
    assert set(found(source("."))) == {"sub/new", "top"}
    repo.commit()
    assert read(source("sub")) == read(source(".")) == ({}, {})


def test_staged_deletion_may_be_named(repo):
    repo.git("rm", "-q", "old.txt")
    assert read(source("old.txt")) == ({}, {})


@pytest.mark.parametrize("name", ["nowhere", "untracked", "../outside", "/etc/passwd", "ev\x1bil"])
def test_unknown_files(repo, name):
    repo.write("untracked", KEY)
    with pytest.raises(UsageError) as caught:
        source("old.txt", name).blobs()
    assert repr(name)[1:-1] in str(caught.value)


def test_more_names_than_a_command_line_takes(repo):
    names = [f"many/file {number}" for number in range(500)]
    for name in names:
        repo.write(name, name)
    repo.git("add", ".")
    repo.commit()
    repo.write(names[7], "changed")
    repo.git("add", ".")
    assert len(read(source(*names))[0]) == 500
    assert read(source(*names[:10]))[0][names[7]] == b"changed"


def test_link_to_the_repository(repo, tmp_path):
    (tmp_path / "alias").symlink_to(repo.path)
    assert set(read(source(str(tmp_path / "alias/old.txt")))[0]) == {"old.txt"}


# Safety


def test_partial_clone_is_never_completed(repo, git_repo, tmp_path, monkeypatch, hostile):
    repo.git("config", "uploadpack.allowFilter", "true")
    command = ["git", "clone", "-q", "--no-checkout", "--filter=blob:none"]
    subprocess.run([*command, f"file://{repo.path}", str(tmp_path / "clone")], check=True)
    clone = type(repo)(tmp_path / "clone")
    clone.git("read-tree", "HEAD")
    monkeypatch.chdir(clone.path)
    canary = hostile(clone)
    clone.git("config", "remote.origin.uploadpack", str(canary.parent / "evil"))
    assert read(source("old.txt")) == ({}, {"old.txt": "missing"})
    # A change to content that was not cloned: every line counts as new.
    oid = clone.git("hash-object", "-w", "--stdin", "--no-filters", stdin=f"a\n{KEY}\n".encode())
    canary.unlink(missing_ok=True)
    subprocess.run(
        ["git", "update-index", "--cacheinfo", f"100644,{oid},old.txt"],
        env={**os.environ, "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath"}
        | {"GIT_CONFIG_VALUE_0": "/dev/null"},
        check=True,
    )
    canary.unlink(missing_ok=True)
    assert found(source()) == {"old.txt": [2]}
    assert not canary.exists()


def test_hostile_settings_and_attributes(repo, hostile):
    repo.write("renamed-from", "x\n" * 50)
    repo.git("add", ".")
    repo.commit()
    repo.git("mv", "renamed-from", "renamed-to")
    repo.write("renamed-to", "x\n" * 50 + KEY)
    repo.write("hidden", f"key={KEY}\n")
    repo.git("add", ".")
    (repo.path / "sub").mkdir(exist_ok=True)
    os.chdir(repo.path / "sub")
    canary = hostile(repo)
    (repo.path / ".git/info/attributes").write_text("* -diff binary diff=evil filter=evil\n")
    assert found(source("../old.txt")) == {"old.txt": [2]}
    assert found(source()) == {"hidden": [1], "renamed-to": [51]}
    assert not canary.exists()


def test_nothing_is_left_behind(repo):
    repo.write("old.txt", f"x\nkey={KEY}\n{KEY}\n")
    repo.git("mv", "sub/other.txt", "moved")
    repo.git("add", ".")
    before = repo.files()
    stamps = {path: path.stat().st_mtime_ns for path in repo.path.rglob("*")}
    assert found(source()) == {"old.txt": [3]}
    assert read(source("old.txt", "moved"))[0]
    assert repo.files() == before
    assert {path: path.stat().st_mtime_ns for path in repo.path.rglob("*")} == stamps
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_clean_commit_takes_three_git_processes(repo, tmp_path, monkeypatch):
    repo.write("new", "harmless")
    repo.git("add", ".")
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout
    (tmp_path / "bin").mkdir()
    wrapper = tmp_path / "bin/git"
    wrapper.write_text(f'#!/bin/sh\necho "$*" >> "{tmp_path}/calls"\nexec {real.strip()} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    staged = source()
    assert set(read(staged)[0]) == {"new"}
    assert list(staged.attribute([])) == []
    assert len((tmp_path / "calls").read_text().splitlines()) == 3


def test_light_modules_only():
    heavy = {"subprocess", "dataclasses", "pathlib", "inspect", "logging", "tempfile", "json"}
    program = "import sys, scanner.sources.staged; print(*sys.modules)"
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r}); {program}",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert not heavy & set(done.stdout.split())
