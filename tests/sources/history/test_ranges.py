"""A range gives only what its commits introduce; what cannot be resolved is an error."""

import pytest

from scanner.errors import SourceError


def commit_file(repo, name, content, message="change"):
    repo.write(name, content)
    repo.git("add", "--all")
    return repo.commit(message)


@pytest.fixture
def repo(git_repo):
    """Return a repository whose commits A, B, C are tags a, b, c."""
    repo = git_repo()
    commit_file(repo, "old", "planted-old\n", "planted-saidold")
    repo.git("tag", "a")
    commit_file(repo, "b", "planted-b\n", "planted-saidb")
    repo.git("tag", "b")
    repo.write("old", "more\nplanted-old\n")
    commit_file(repo, "c", "planted-c\n", "planted-saidc")
    repo.git("tag", "c")
    return repo


def test_only_what_the_range_introduces(repo, scan):
    found = scan(repo.path, range="b..c")
    assert found.secrets() == {"c", "saidc"}
    assert found.one("c").origin.commit == repo.head
    assert (found.coverage.commits, found.coverage.blobs) == (1, 2)
    assert scan(repo.path, range="a..c").secrets() == {"b", "c", "saidb", "saidc"}
    assert "old" in scan(repo.path, range="c").secrets()


def test_old_secret_beside_a_new_one(repo, scan):
    commit_file(repo, "old", "planted-old\nplanted-new\n")
    assert scan(repo.path, range="c..HEAD").secrets() == {"new"}


def test_old_secret_that_was_found_only_now(repo, scan):
    commit_file(repo, "q", "quietly planted-q")
    commit_file(repo, "q", "loud planted-q")
    assert scan(repo.path, range="HEAD~1..HEAD").secrets() == set()
    found = scan(repo.path, range="HEAD~2..HEAD")
    assert found.one("q").origin.commit == repo.git("rev-parse", "HEAD~1")


def test_brought_back_within_the_range(repo, scan):
    commit_file(repo, "old", "clean")
    back = commit_file(repo, "old", "planted-old again")
    found = scan(repo.path, range="c..HEAD")
    assert found.places("old") == {"old": [back]}


def test_moved_within_the_range_is_new_at_its_path(repo, scan):
    repo.git("mv", "old", "new")
    moved = repo.commit()
    assert scan(repo.path, range="c..HEAD").places("old") == {"new": [moved]}


def test_merge_of_what_the_range_excludes_brings_nothing(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side", "b")
    commit_file(repo, "s", "planted-s")
    repo.git("merge", "--quiet", "--no-ff", "--message", "m", "main")
    assert scan(repo.path, range="main..side").secrets() == {"s"}
    assert scan(repo.path, range="HEAD^1..HEAD", parts=1).secrets() == {"c", "saidc"}


def test_born_in_the_merge_of_the_range(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side", "b")
    commit_file(repo, "s", "s")
    repo.git("merge", "--quiet", "--no-ff", "--no-commit", "main")
    repo.write("evil", "planted-evil")
    repo.git("add", "--all")
    repo.commit("merge")
    parents = tuple(repo.git("rev-parse", "HEAD^@").split())
    assert scan(repo.path, commits=((repo.head,), parents)).secrets() == {"evil"}


def test_empty_range_reads_nothing(repo, scan):
    found = scan(repo.path, range="HEAD..HEAD")
    coverage = found.coverage
    assert (coverage.commits, coverage.blobs, coverage.messages, coverage.bytes) == (0, 0, 0, 0)
    assert found.drafts == []
    assert found.skipped == []


@pytest.mark.parametrize(
    "words",
    [
        "nope..HEAD",
        "HEAD..nope",
        "nope",
        "",
        "--all",
        "-n1",
        "--output=x",
        "a b",
        "1" * 40,
        "..\x1b[",
    ],
)
def test_range_that_cannot_be_resolved(repo, scan, words):
    with pytest.raises(SourceError) as caught:
        scan(repo.path, range=words)
    text = str(caught.value)
    assert "cannot be resolved" in text
    assert "\x1b" not in text
    assert "\n" not in text


def test_branch(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side", "a")
    commit_file(repo, "s", "planted-s")
    repo.git("checkout", "--quiet", "main")
    assert scan(repo.path, branches=("side",)).secrets() == {"s", "old", "saidold"}
    assert "s" not in scan(repo.path, branches=("main",)).secrets()
    assert scan(repo.path, branches=("side",), range="a..HEAD").drafts == []
    both = scan(repo.path, branches=("main", "side")).secrets()
    assert both == {"s", "old", "saidold", "b", "saidb", "c", "saidc"}


@pytest.mark.parametrize("name", ["nope", "--all", "", "main\x1b"])
def test_unknown_branch(repo, scan, name):
    with pytest.raises(SourceError, match="no branch"):
        scan(repo.path, branches=(name,))


def test_remote_branch(repo, scan):
    repo.git("update-ref", "refs/remotes/origin/topic", "b")
    assert "c" not in scan(repo.path, branches=("origin/topic",)).secrets()


def test_since(repo, scan):
    date = repo.git("log", "-1", "--format=%ct", "b", "--")
    found = scan(repo.path, since=f"@{date}")
    assert found.secrets() == {"b", "saidb", "c", "saidc"}
    assert scan(repo.path, since="2100-01-01").coverage.commits == 0
    assert scan(repo.path, since="2001-01-01").coverage.commits == 3
    assert scan(repo.path, since="2023-11-14").coverage.commits == 3  # all of that day
    assert scan(repo.path, since="yesterday").coverage.commits == 0


def test_since_looks_behind_an_old_commit(repo, scan):
    repo._clock -= 10_000_000
    commit_file(repo, "d", "planted-d")
    assert scan(repo.path, since="2023-11-01").secrets() == scan(repo.path).secrets() - {"d"}


@pytest.mark.parametrize("date", ["garbage", "", "--all", "last Smarch", "2 monthz ago", "2023-11"])
def test_since_that_means_nothing(repo, scan, date):
    with pytest.raises(SourceError, match="cannot be understood"):
        scan(repo.path, since=date)


def test_push_of_new_commits_and_a_tag(repo, scan):
    old = repo.git("rev-parse", "b")
    repo.git("tag", "--annotate", "t", "--message", "planted-tag")
    repo.git("tag", "--annotate", "tt", "--message", "planted-outer", "t")
    found = scan(repo.path, commits=((repo.git("rev-parse", "tt"),), (old,)))
    assert found.secrets() == {"c", "saidc", "tag", "outer"}
    assert found.one("outer").origin.commit == repo.head


def test_push_where_the_remote_has_moved_on(repo, scan):
    found = scan(repo.path, commits=((repo.head,), ("1" * 40, repo.git("rev-parse", "b"))))
    assert found.secrets() == {"c", "saidc"}


def test_push_of_nothing(repo, scan):
    assert scan(repo.path, commits=((), (repo.head,))).coverage.commits == 0


def test_push_of_an_unknown_commit(repo, scan):
    with pytest.raises(SourceError):
        scan(repo.path, commits=(("1" * 40,), ()))


def test_push_of_a_ref_to_a_blob_and_a_tree(repo, scan):
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"planted-blob")
    inner = repo.git("hash-object", "-w", "--stdin", stdin=b"planted-tree")
    tree = repo.git("mktree", stdin=f"100644 blob {inner}\tdeep.env\n".encode())
    found = scan(repo.path, commits=((blob, tree), (repo.head,)))
    assert found.secrets() == {"blob", "tree"}
    assert found.one("tree").origin.path == "deep.env"


def test_submodule_commit_in_a_range(repo, scan):
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},lib")
    first = repo.commit()
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{first},lib")
    repo.commit()
    found = scan(repo.path, range="HEAD~1..HEAD")
    assert found.coverage.left_out == {"submodule": 1}
    assert found.skipped == []


def test_size_limit_in_a_range(repo, scan):
    commit_file(repo, "big", "planted-big" + "x" * 5000)
    found = scan(repo.path, range="c..HEAD", max_blob_bytes=1000)
    assert found.drafts == []
    assert found.coverage.left_out == {"max-blob-size": 1}


def test_large_range_goes_in_pack_order(repo, scan, monkeypatch):
    monkeypatch.setattr("scanner.sources.history.ranged._MANY", 2)
    assert scan(repo.path, range="a..c").secrets() == {"b", "c", "saidb", "saidc"}
