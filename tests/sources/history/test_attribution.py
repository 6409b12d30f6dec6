"""Each finding gets the commits that brought it to its path, and the exposure they have."""

import pytest

from scanner.models import Draft, Match, Occurrence, Origin, Rule
from scanner.sources.history.grouping import Entry, Group


def commit_file(repo, name, content, message="change"):
    repo.write(name, content)
    repo.git("add", "--all")
    return repo.commit(message)


@pytest.fixture
def repo(git_repo):
    repo = git_repo()
    commit_file(repo, "README", "hello\n")
    return repo


def merge(repo, branch, **files):
    """Merge a branch and put these contents into the merge commit, conflict or not."""
    repo.git("merge", "--quiet", "--no-ff", "--no-commit", branch, check=False)
    for name, content in files.items():
        repo.write(name, content)
    repo.git("add", "--all")
    return repo.commit("merge")


def test_later_versions_do_not_count(repo, scan):
    first = commit_file(repo, "a", "planted-x\n")
    for number in range(5):
        commit_file(repo, "a", f"{number}\nplanted-x\n")
    draft = scan(repo.path).one("x")
    assert [o.commit for o in draft.occurrences] == [first]
    assert draft.origin.blob == repo.git("rev-parse", f"{first}:a")
    assert draft.occurrences[0].line == 1
    assert draft.occurrences[0].blob == draft.origin.blob
    assert draft.occurrences[0].date == draft.info.date


def test_root_commit(git_repo, scan):
    repo = git_repo()
    first = commit_file(repo, "a", "planted-x")
    assert scan(repo.path).places("x") == {"a": [first]}


def test_reintroduced_after_removal(repo, scan):
    first = commit_file(repo, "a", "planted-x")
    commit_file(repo, "a", "clean")
    second = commit_file(repo, "a", "again planted-x")
    assert scan(repo.path).places("x") == {"a": [first, second]}


def test_two_branches_the_earlier_first(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side")
    early = commit_file(repo, "a", "planted-x")
    repo.git("checkout", "--quiet", "main")
    late = commit_file(repo, "a", "other planted-x")
    draft = scan(repo.path).one("x")
    assert [o.commit for o in draft.occurrences] == [early, late]
    assert draft.origin.commit == early


def test_earliest_is_by_committer_date(repo, scan, monkeypatch):
    repo.git("checkout", "--quiet", "-b", "side")
    early = commit_file(repo, "a", "planted-x")
    repo.git("checkout", "--quiet", "main")
    repo.write("a", "x planted-x")
    repo.git("add", "a")
    repo._clock += 600
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{repo._clock} +0000")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "1000000000 +0530")  # written earlier, committed later
    repo.git("commit", "--quiet", "--message", "picked")
    draft = scan(repo.path).one("x")
    assert draft.origin.commit == early
    assert draft.occurrences[1].date == "2001-09-09T07:16:40+05:30"


def test_equal_dates_the_ancestor_first(repo, scan):
    first = commit_file(repo, "a", "planted-x")
    repo._clock -= 60
    commit_file(repo, "a", "clean")
    repo._clock -= 60
    last = commit_file(repo, "a", "x planted-x")
    assert scan(repo.path).places("x") == {"a": [first, last]}


def test_date_counts_even_against_descent(repo, scan):
    repo._clock += 6000
    first = commit_file(repo, "a", "planted-x")
    commit_file(repo, "a", "clean")
    repo._clock -= 3000  # a clock was wrong
    earlier = commit_file(repo, "a", "x planted-x")
    assert scan(repo.path).places("x") == {"a": [earlier, first]}


def test_rename_is_a_finding_of_its_own(repo, scan):
    first = commit_file(repo, "a", "planted-x")
    repo.git("mv", "a", "b")
    moved = repo.commit()
    assert scan(repo.path).places("x") == {"a": [first], "b": [moved]}


def test_same_blob_at_two_paths_and_mode_change(repo, scan):
    repo.write("a", "planted-x")
    both = commit_file(repo, "b", "planted-x")
    repo.git("update-index", "--chmod=+x", "a")
    repo.commit("mode only")
    assert scan(repo.path).places("x") == {"a": [both], "b": [both]}


def test_file_replaced_by_symlink_and_folder(repo, scan):
    first = commit_file(repo, "a", "planted-x")
    (repo.path / "a").unlink()
    (repo.path / "a").symlink_to("planted-link")
    repo.git("add", "--all")
    second = repo.commit()
    found = scan(repo.path)
    assert found.places("x") == {"a": [first]}
    assert found.places("link") == {"a": [second]}


def test_squash_merge(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side")
    early = commit_file(repo, "a", "planted-x")
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--squash", "side")
    squashed = repo.commit("squash")
    assert scan(repo.path).places("x") == {"a": [early, squashed]}


def test_merge_that_takes_one_side(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side")
    early = commit_file(repo, "a", "planted-x")
    repo.git("checkout", "--quiet", "main")
    commit_file(repo, "b", "b")
    merge(repo, "side")
    assert scan(repo.path).places("x") == {"a": [early]}


def test_merge_that_mixes_both_sides(repo, scan):
    commit_file(repo, "a", "1\n2\n3\n4\n5\n")
    repo.git("checkout", "--quiet", "-b", "side")
    early = commit_file(repo, "a", "planted-x\n2\n3\n4\n5\n")
    repo.git("checkout", "--quiet", "main")
    commit_file(repo, "a", "1\n2\n3\n4\nfive\n")
    merge(repo, "side")
    assert repo.git("show", "HEAD:a") == "planted-x\n2\n3\n4\nfive"
    assert scan(repo.path).places("x") == {"a": [early]}


def test_content_born_in_a_merge(repo, scan):
    repo.git("checkout", "--quiet", "-b", "side")
    commit_file(repo, "a", "side")
    repo.git("checkout", "--quiet", "main")
    commit_file(repo, "a", "main")
    born = merge(repo, "side", a="planted-born", new="planted-new")
    found = scan(repo.path)
    assert found.places("born") == {"a": [born]}
    assert found.places("new") == {"new": [born]}


def test_octopus_merge(repo, scan):
    for branch in ("one", "two"):
        repo.git("checkout", "--quiet", "-b", branch, "main")
        commit_file(repo, branch, branch)
    repo.git("checkout", "--quiet", "main")
    commit_file(repo, "c", "c")
    repo.git("merge", "--quiet", "--no-commit", "one", "two")
    repo.write("evil", "planted-evil")
    repo.git("add", "--all")
    born = repo.commit("octopus")
    assert len(repo.git("rev-list", "--parents", "-1", "HEAD").split()) == 4
    assert scan(repo.path).places("evil") == {"evil": [born]}


def test_secret_that_only_a_later_version_gave_away(repo, scan):
    commit_file(repo, "a", "start")
    first = commit_file(repo, "a", "quietly\n\n  planted-x\n")
    commit_file(repo, "a", "quietly\nplanted-x\n2")
    commit_file(repo, "a", "loud planted-x")
    draft = scan(repo.path).one("x")
    assert [o.commit for o in draft.occurrences] == [first]
    assert draft.origin.blob == repo.git("rev-parse", f"{first}:a")
    assert draft.occurrences[0][:4] == (3, 3, 3, 12)
    assert (draft.match.start, draft.match.end) == (11, 20)


def test_silent_version_at_another_path_is_no_finding(repo, scan):
    repo.write("other", "quietly planted-x")
    first = commit_file(repo, "a", "quietly planted-x")
    commit_file(repo, "a", "loud planted-x")
    assert scan(repo.path).places("x") == {"a": [first]}


def test_long_lines_of_silent_versions_are_gone_back_once(repo, scan):
    """On two branches: each step back from one must not be asked again for each step back from the other."""
    commit_file(repo, "a", "clean")
    firsts = []
    for branch in ("one", "two"):
        repo.git("checkout", "--quiet", "-b", branch, "main")
        versions = [commit_file(repo, "a", f"{branch} {n} quietly planted-x") for n in range(30)]
        commit_file(repo, "a", f"{branch} loud planted-x")
        firsts.append(versions[0])
    assert scan(repo.path).places("x") == {"a": firsts}


def test_best_score_and_rule_of_all_versions(repo, scan):
    first = commit_file(repo, "a", "0123 planted-x")
    commit_file(repo, "a", "planted-x sure sure")
    draft = scan(repo.path).one("x")
    assert draft.match.score == 52
    assert draft.origin.commit == first
    assert draft.match.start == 5


def test_several_lines_and_commits(repo, scan):
    first = commit_file(repo, "a", "planted-x\n\nplanted-x\n")
    commit_file(repo, "a", "")
    last = commit_file(repo, "a", "\nplanted-x")
    places = [(o.line, o.commit) for o in scan(repo.path).one("x").occurrences]
    assert places == [(1, first), (3, first), (2, last)]


def test_mark_of_the_newest_version_counts(repo, scan):
    commit_file(repo, "a", "planted-x\n")
    commit_file(repo, "b", "planted-y keysweep:allow\n")
    assert scan(repo.path).one("x").marks == ()
    commit_file(repo, "a", "planted-x  # keysweep:allow\n")
    commit_file(repo, "b", "planted-y\n")
    found = scan(repo.path)
    assert found.one("x").marks == ("*",)
    assert found.one("y").marks == ()


def test_one_finding_for_a_secret_in_many_messages(repo, scan):
    first = repo.commit("planted-x one")
    second = repo.commit("planted-x two")
    draft = scan(repo.path).one("x")
    assert [o.commit for o in draft.occurrences] == [first, second]


def test_two_processes_find_the_same_as_one(repo, scan, monkeypatch):
    for number in range(9):
        commit_file(repo, "a", f"planted-x{number}")
    alone = [d.origin for d in scan(repo.path).drafts]
    monkeypatch.setattr("scanner.sources.history.changes._ALONE_BELOW", 2)
    assert [d.origin for d in scan(repo.path).drafts] == alone
    assert len(alone) == 9


def test_order_is_by_date_then_path(repo, scan):
    repo.write("b", "planted-b")
    commit_file(repo, "a", "planted-a")
    commit_file(repo, "0", "planted-c")
    assert [d.origin.path for d in scan(repo.path).drafts] == ["a", "b", "0"]


def test_commit_in_another_encoding(repo, scan):
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    repo.write("a", "planted-x")
    repo.git("add", "a")
    repo.git("commit", "--quiet", "--file", "-", stdin="caf\xe9".encode("latin-1"))
    assert scan(repo.path).one("x").info.summary == "café"


# exposure


def pushed_to(repo, ref, commit):
    repo.git("update-ref", "--create-reflog", f"refs/remotes/origin/{ref}", commit)


def test_pushed_by_remote_tracking_ref(repo, scan):
    out = commit_file(repo, "a", "planted-out", "planted-said")
    pushed_to(repo, "main", out)
    commit_file(repo, "b", "planted-in")
    found = scan(repo.path)
    assert found.one("out").exposure == "pushed"
    assert found.one("said").exposure == "pushed"
    assert found.one("in").exposure == "local"


def test_pushed_by_its_reflog(repo, scan):
    start = repo.head
    out = commit_file(repo, "a", "planted-out")
    pushed_to(repo, "main", out)
    pushed_to(repo, "main", start)  # forced back
    repo.git("reset", "--quiet", "--hard", start)
    assert scan(repo.path).one("out").exposure == "pushed"


def test_one_pushed_occurrence_is_enough(repo, scan):
    start = repo.head
    commit_file(repo, "a", "planted-x")
    repo.git("checkout", "--quiet", "--detach", start)
    out = commit_file(repo, "a", "also planted-x")
    pushed_to(repo, "topic", out)
    assert scan(repo.path).one("x").exposure == "pushed"


def test_tags_and_notes_are_as_public_as_their_commit(repo, scan):
    repo.git("tag", "--annotate", "v1", "--message", "planted-tag")
    repo.git("notes", "add", "--message", "planted-note")
    local = scan(repo.path)
    pushed_to(repo, "main", repo.head)
    pushed = scan(repo.path)
    for word in ("tag", "note"):
        assert local.one(word).exposure == "local"
        assert pushed.one(word).exposure == "pushed"


def test_bare_and_cloned_repositories_are_public(repo, scan, tmp_path):
    commit_file(repo, "a", "planted-x")
    repo.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare"))
    assert scan(tmp_path / "bare").one("x").exposure == "pushed"
    assert scan(repo.path, cloned=True).one("x").exposure == "pushed"
    assert scan(repo.path).one("x").exposure == "local"


def test_pruned_reflog_of_a_remote(repo, scan):
    gone = commit_file(repo, "a", "lost")
    pushed_to(repo, "main", gone)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    out = commit_file(repo, "b", "planted-out")
    pushed_to(repo, "main", out)
    log = repo.path / ".git/logs/refs/remotes/origin/main"
    log.write_text(log.read_text().replace(gone, "1" * 40))
    assert scan(repo.path).one("out").exposure == "pushed"


def test_of_equal_versions_the_same_is_believed_whichever_came_first():
    def version(rule_id, blob):
        match = Match(Rule(rule_id, None, "token", "high", ""), 0, 1, score=7)
        origin = Origin("blob", None, blob)
        return Draft(match, b"x", origin, (Occurrence(1, 1, 1, 2, blob),))

    low = version("low", "aa")
    low = low.replaced(match=low.match._replace(score=4))
    versions = [(b"c1", (version("one", "bb"),)), (b"c2", (version("two", "cc"),))]
    rules = set()
    for order in (versions, versions[::-1]):
        group = Group()
        group.entries.append(Entry("blob", b"c0", "aa", (low,)))
        group.versions = list(order)
        rules.add(group.settle(b"a", {}, {}, None).match.rule.id)
    assert len(rules) == 1
