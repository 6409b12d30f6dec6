"""Everything that git keeps is read: one secret planted in each place."""

import pytest

from scanner.errors import SourceError
from scanner.repository import Repository
from scanner.sources.history import HistorySource


def commit_file(repo, name, content, message="change"):
    repo.write(name, content)
    repo.git("add", "--all")
    return repo.commit(message)


@pytest.fixture
def repo(git_repo):
    repo = git_repo()
    commit_file(repo, "README", "hello\n")
    return repo


def test_empty_repository_gives_nothing(git_repo, scan):
    found = scan(git_repo().path)
    assert found.drafts == []
    assert found.skipped == []
    assert (found.coverage.blobs, found.coverage.commits) == (0, 0)


def test_branch(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side")
    commit = commit_file(repo, "a.env", "x\nKEY=planted-side\n")
    repo.git("checkout", "--quiet", "main")
    found = scan(repo.path)
    draft = found.one("side")
    assert draft.origin.path == "a.env"
    assert draft.origin.commit == commit
    assert draft.origin.blob == repo.git("rev-parse", f"{commit}:a.env")
    assert draft.origin.source == "blob"
    assert (draft.occurrences[0].line, draft.occurrences[0].column) == (2, 5)
    assert draft.info.author == "A U Thor"
    assert draft.info.email == "author@example.com"
    assert draft.info.summary == "change"
    assert draft.info.date.startswith("2023-11-1")
    assert draft.info.date.endswith("+00:00")
    assert found.skipped == []


def test_deleted_branch_lives_in_the_reflog(repo, scan):
    repo.git("checkout", "--quiet", "-b", "gone")
    commit = commit_file(repo, "a.env", "planted-gone")
    repo.git("checkout", "--quiet", "main")
    repo.git("branch", "-D", "gone")
    assert scan(repo.path).one("gone").origin.commit == commit


def test_stash_entries_old_and_new_index_and_untracked(repo, scan):
    for word in ("oldest", "middle"):
        repo.write("README", f"planted-{word}\n")
        repo.git("stash", "push", "--quiet")
    repo.write("README", "planted-staged\n")
    repo.git("add", "README")
    repo.write("README", "planted-unstaged\n")
    repo.write("new.txt", "planted-untracked\n")
    repo.git("stash", "push", "--quiet", "--include-untracked")
    found = scan(repo.path)
    assert found.secrets() == {"oldest", "middle", "staged", "unstaged", "untracked"}
    assert found.one("unstaged").origin.commit == repo.git("rev-parse", "stash@{0}")
    assert found.one("oldest").origin.commit == repo.git("rev-parse", "stash@{2}")
    assert found.one("staged").origin.commit == repo.git("rev-parse", "stash@{0}^2")
    assert found.one("untracked").origin.commit == repo.git("rev-parse", "stash@{0}^3")
    assert found.one("untracked").origin.path == "new.txt"


def test_commit_message_and_its_body(repo, scan):
    commit = repo.commit("subject\n\nthe key is planted-message\n")
    draft = scan(repo.path).one("message")
    assert draft.origin == ("commit-message", None, None, commit)
    assert draft.occurrences[0].line == 3
    assert draft.occurrences[0].commit == commit
    assert draft.info.summary == "subject"
    assert draft.exposure == "local"


def test_author_name_is_no_message(repo, scan):
    repo.git("-c", "user.name=planted-name", "commit", "--allow-empty", "--message", "x")
    assert scan(repo.path).secrets() == set()


def test_annotated_tag_and_tag_of_tag(repo, scan):
    repo.git("tag", "--annotate", "v1", "--message", "planted-tag")
    repo.git("tag", "--annotate", "v2", "--message", "planted-outer", "v1")
    repo.git("tag", "--delete", "v1")  # still reachable from the outer one
    found = scan(repo.path)
    for word in ("tag", "outer"):
        draft = found.one(word)
        assert draft.origin.source == "tag-message"
        assert draft.origin.path is None
        assert draft.origin.commit == repo.head


def test_dangling_tag_is_dropped(repo, scan):
    repo.git("tag", "--annotate", "v1", "--message", "planted-tag")
    repo.git("tag", "--delete", "v1")
    assert scan(repo.path).secrets() == set()
    assert scan(repo.path, unreachable=True).one("tag").exposure == "unreachable"


def test_message_of_a_merged_tag_stays_in_the_merge(repo, scan):
    tree, parent = repo.git("rev-parse", "HEAD^{tree}"), repo.head
    who = "A U Thor <author@example.com> 1700000000 +0000"
    # git keeps signed tags so; making one here by hand needs no key
    raw = (
        f"tree {tree}\nparent {parent}\nparent {parent}\nauthor {who}\ncommitter {who}\n"
        f"mergetag object {parent}\n type commit\n tag v1\n tagger {who}\n \n planted-merged\n"
        f" -----BEGIN PGP SIGNATURE-----\n\nmerge\n"
    )
    commit = repo.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw.encode())
    repo.git("update-ref", "HEAD", commit)
    draft = scan(repo.path).one("merged")
    assert draft.origin.source == "tag-message"
    assert draft.origin.commit == commit


def test_note_names_the_annotated_commit(repo, scan):
    repo.git("notes", "add", "--message", "planted-note")
    repo.git("notes", "--ref", "review", "add", "--message", "planted-review")
    repo.git("notes", "remove")
    found = scan(repo.path)
    for word in ("note", "review"):
        draft = found.one(word)
        assert draft.origin.source == "note"
        assert draft.origin.path is None
        assert draft.origin.commit == repo.head
        assert draft.info.summary == "change"


def test_file_named_like_an_object_is_no_note(repo, scan):
    commit_file(repo, "a" * 40, "planted-file")
    draft = scan(repo.path).one("file")
    assert (draft.origin.source, draft.origin.path) == ("blob", "a" * 40)


def test_tag_of_a_blob_and_of_a_tree(repo, scan):
    blob = repo.git("hash-object", "-w", "--stdin", stdin=b"planted-blob")
    inner = repo.git("hash-object", "-w", "--stdin", stdin=b"planted-tree")
    tree = repo.git("mktree", stdin=f"100644 blob {inner}\tdeep.env\n".encode())
    repo.git("tag", "--annotate", "b", "--message", "a blob", blob)
    repo.git("update-ref", "refs/odd/tree", tree)
    found = scan(repo.path)
    assert found.one("blob").origin == ("blob", None, blob, None)
    assert found.one("tree").origin == ("blob", "deep.env", inner, None)
    assert found.one("tree").exposure == "local"
    assert found.skipped == []


def test_symlink_target(repo, scan):
    (repo.path / "link").symlink_to("https://planted-link.example")
    repo.git("add", "link")
    repo.commit()
    assert scan(repo.path).one("link").origin.path == "link"


def test_attributes_hide_nothing(repo, scan):
    repo.write(".gitattributes", "*.env -diff\n*.key binary\n")
    repo.write("a.env", "planted-nodiff\n")
    commit_file(repo, "b.key", "planted-binary\n")
    assert scan(repo.path).secrets() == {"nodiff", "binary"}


def test_detached_head(repo, scan):
    repo.git("config", "core.logAllRefUpdates", "false")
    repo.git("checkout", "--quiet", "--detach")
    commit_file(repo, "a", "planted-detached")
    repo.git("reflog", "expire", "--expire=all", "--all")
    assert scan(repo.path).secrets() == {"detached"}


def test_detached_head_and_reflog_of_another_work_tree(repo, scan, tmp_path):
    other = tmp_path / "other"
    repo.git("worktree", "add", "--quiet", "--detach", str(other))
    top = repo.path
    repo.path = other
    commit_file(repo, "a", "planted-amended")
    commit_file(repo, "a", "clean")
    repo.git("reset", "--quiet", "--hard", "HEAD~2")
    commit_file(repo, "b", "planted-elsewhere")
    assert scan(top).secrets() == {"amended", "elsewhere"}
    assert scan(other).secrets() == {"amended", "elsewhere"}


def test_ref_of_any_namespace(repo, scan):
    repo.git("checkout", "--quiet", "--detach")
    commit = commit_file(repo, "a", "planted-custom")
    repo.git("update-ref", "refs/changes/01/1/1", commit)
    repo.git("checkout", "--quiet", "main")
    repo.git("reflog", "expire", "--expire=all", "--all")
    assert scan(repo.path).one("custom").origin.commit == commit


def test_fetch_head_counts(repo, scan):
    repo.git("checkout", "--quiet", "--detach")
    commit = commit_file(repo, "a", "planted-fetched")
    repo.git("checkout", "--quiet", "main")
    repo.git("reflog", "expire", "--expire=all", "--all")
    (repo.path / ".git/FETCH_HEAD").write_text(f"{commit}\t\tbranch 'x' of somewhere\n")
    assert scan(repo.path).one("fetched").exposure == "pushed"


def test_every_line_of_fetch_head_counts(repo, git_repo, scan):
    """A fetch of several branches notes one a line."""
    other = git_repo("other")
    commit_file(other, "b", "hello")
    for name in ("first", "second", "third"):
        other.git("checkout", "--quiet", "-b", name, "main")
        commit_file(other, "b", f"planted-{name}")
    repo.git("fetch", "--quiet", str(other.path), "first", "second", "third")
    found = scan(repo.path)
    assert found.secrets() == {"first", "second", "third"}
    assert {draft.exposure for draft in found.drafts} == {"pushed"}


def test_refs_of_one_work_tree_are_seen_from_the_others(repo, scan, tmp_path):
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    linked = type(repo)(tmp_path / "linked")
    for made, word in ((linked, "linked"), (repo, "own")):
        made.git("checkout", "--quiet", "--detach", "main")
        commit_file(made, "a", f"planted-{word}")
        made.git("update-ref", f"refs/worktree/{word}", "HEAD")
        made.git("checkout", "--quiet", "--detach", "HEAD~1")
    repo.git("reflog", "expire", "--expire=all", "--all")
    assert scan(repo.path).secrets() == {"linked", "own"}
    assert scan(linked.path).secrets() == {"linked", "own"}


@pytest.mark.parametrize("how", ["merge", "rebase", "am"])
def test_what_git_puts_aside_for_a_merge_or_rebase(repo, scan, how):
    """It is no stash yet, and no log tells of it."""
    repo.git("checkout", "--quiet", "-b", "other")
    commit_file(repo, "README", "theirs\n")
    repo.git("checkout", "--quiet", "main")
    commit_file(repo, "README", "ours\n")
    commit_file(repo, "notes", "1\n")
    repo.write("notes", "planted-aside\n")
    backend = ("--apply",) if how == "am" else ()
    words = ("merge",) if how == "merge" else ("rebase", *backend)
    repo.git(*words, "--quiet", "--autostash", "other", check=False)
    found = scan(repo.path).one("aside")
    assert (found.origin.path, found.exposure) == ("notes", "local")


def test_dangling_blob_only_on_request(repo, scan):
    repo.write("a", "planted-dangling")
    repo.git("add", "a")
    repo.git("reset", "--quiet")
    assert scan(repo.path).secrets() == set()
    draft = scan(repo.path, unreachable=True).one("dangling")
    assert draft.exposure == "unreachable"
    assert (draft.origin.path, draft.origin.commit, draft.info) == (None, None, None)


def test_dangling_commit_keeps_its_path(repo, scan):
    commit = commit_file(repo, "a.env", "planted-lost", "planted-words")
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=all", "--all")
    repo.git("update-ref", "-d", "ORIG_HEAD")
    assert scan(repo.path).secrets() == set()
    found = scan(repo.path, unreachable=True)
    assert found.one("lost").origin.path == "a.env"
    assert found.one("lost").origin.commit == commit
    assert {found.one(word).exposure for word in ("lost", "words")} == {"unreachable"}


def test_packed_loose_alternate_and_many_packs(repo, scan, git_repo):
    commit_file(repo, "one", "planted-one")
    repo.git("repack", "-adq")
    commit_file(repo, "two", "planted-two")
    repo.git("repack", "-dq")
    commit_file(repo, "three", "planted-three")
    borrower = git_repo("borrower")
    (borrower.path / ".git/objects/info/alternates").write_text(f"{repo.path}/.git/objects\n")
    borrower.git("update-ref", "refs/heads/main", repo.head)
    assert scan(repo.path).secrets() == {"one", "two", "three"}
    assert scan(borrower.path).secrets() == {"one", "two", "three"}


def test_sha256_repository(git_repo, scan):
    repo = git_repo("long", "--object-format=sha256")
    commit = commit_file(repo, "a.env", "planted-long")
    commit_file(repo, "a.env", "x planted-long")
    repo.git("notes", "add", "--message", "planted-note")
    found = scan(repo.path)
    assert found.places("long") == {"a.env": [commit]}
    assert found.one("note").origin.commit == repo.head


def test_replace_refs_hide_nothing(repo, scan):
    commit_file(repo, "a", "planted-behind")
    repo.git("replace", repo.head, repo.git("rev-parse", "HEAD~1"))
    assert scan(repo.path).one("behind").origin.commit == repo.head


def test_submodule_commits_are_left_out(repo, scan):
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},lib")
    repo.commit()
    found = scan(repo.path)
    assert found.coverage.left_out == {"submodule": 1}
    assert found.skipped == []


def test_large_blobs_are_left_out_by_option(repo, scan):
    commit_file(repo, "big", "planted-big" + "x" * 5000)
    commit_file(repo, "small", "planted-small")
    found = scan(repo.path, max_blob_bytes=1000)
    assert found.secrets() == {"small"}
    assert found.coverage.left_out == {"max-blob-size": 1}
    assert found.skipped == []


def test_coverage_counts_all(repo, scan):
    commit_file(repo, "a", "12345")
    repo.git("tag", "--annotate", "v1", "--message", "tag")
    coverage = scan(repo.path).coverage
    assert (coverage.blobs, coverage.commits, coverage.messages) == (2, 2, 3)
    assert coverage.bytes == len("hello\n" + "12345" + "change\n" * 2 + "tag\n")


def test_names_that_are_not_utf8(repo, scan):
    commit_file(repo, b"caf\xe9\n\x1b.env", "planted-name")
    assert scan(repo.path).one("name").origin.path == "caf\\xe9\n\x1b.env"


@pytest.mark.parametrize("parts", [1, 2, 3, 50])
def test_any_number_of_parts_gives_the_same(repo, scan, parts, monkeypatch):
    monkeypatch.setattr("scanner.sources.history.listing._LEAST_WORK", 1)
    for number in range(10):
        commit_file(repo, f"f{number}", f"planted-n{number}")
    found = scan(repo.path, parts)
    assert found.secrets() == {f"n{number}" for number in range(10)}
    assert found.coverage.blobs == 11


def test_repository_is_left_as_it_was(repo, scan):
    commit_file(repo, "a", "planted-a")
    before = repo.files()
    scan(repo.path, unreachable=True)
    assert repo.files() == before


def test_little_work_is_not_split(repo):
    source = HistorySource(Repository.discover(str(repo.path)))
    assert len(source.split(8)) == 1


def test_split_and_whole_count_once(repo, monkeypatch):
    monkeypatch.setattr("scanner.sources.history.listing._LEAST_WORK", 1)
    commit_file(repo, "big", "x" * 5000)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},lib")
    repo.commit()
    source = HistorySource(Repository.discover(str(repo.path)), max_blob_bytes=1000)
    assert len(source.split(2)) == 2
    read = [item.origin for item in source.blobs()]
    assert len(read) == len(set(read)) == source.coverage.blobs + source.coverage.messages
    assert source.coverage.left_out == {"submodule": 1, "max-blob-size": 1}


def test_a_part_does_not_attribute(repo):
    (part,) = HistorySource(Repository.discover(str(repo.path))).split(1)
    assert part.split(3) == (part,)
    with pytest.raises(SourceError):
        list(part.attribute([]))
