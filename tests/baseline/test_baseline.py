"""Behaviour of scanner.baseline: which entry holds for which draft, and what following renames costs."""

import secrets
from collections.abc import Callable

import pytest

from scanner.baseline import MAX_GUESSES, Baseline
from scanner.baseline.content import StandingContent
from scanner.baseline.entries import Entry
from scanner.errors import SourceError
from scanner.models import Draft, Match, Occurrence, Origin, Rule
from scanner.redaction import fingerprint

RULE = Rule("acme-api-key", "acme", "api_key", "low", "")


def draft(secret: bytes, path: str | None = "new.py") -> Draft:
    return Draft(Match(RULE, 0, 9), secret, Origin("file", path), (Occurrence(1, 1, 1, 9),))


def entry(secret: bytes, path: str | None, accepted: bool = True) -> Entry:
    mark = fingerprint(secret, path or "")
    return Entry(mark, path, RULE.id, "2026-01-31", accepted=accepted)


class Content:
    """What stands at paths; a missing name is no file, an error cannot be told."""

    def __init__(self, **files: bytes | SourceError) -> None:
        self.files = files
        self.asked = 0

    def content(self, path: str, origin: Origin) -> bytes | None:
        self.asked += 1
        found = self.files.get(path)
        if isinstance(found, SourceError):
            raise found
        return found


def accepts(baseline: Baseline, made: Draft, is_free: Callable[[bytes, str], bool]) -> bool:
    place = made.origin.path or ""
    return baseline.accepts(made, fingerprint(made.secret, place), place, is_free)


def free(data: bytes, path: str) -> bool:
    return b"secret" not in data


KEY = secrets.token_hex(32).encode()


@pytest.mark.parametrize("secret", [KEY, b"hunter2"], ids=["key", "password"])
@pytest.mark.parametrize(
    ("content", "is_accepted"),
    [
        (Content(), True),
        (Content(old=b"nothing here"), True),
        (Content(old=b"a secret"), False),
        (Content(old=SourceError("cannot be told")), False),
        (None, False),
    ],
)
def test_renames(secret: bytes, content: Content | None, is_accepted: bool) -> None:
    old = entry(secret, "old")
    baseline = Baseline([old], content)
    assert accepts(baseline, draft(secret), free) == is_accepted
    assert baseline.stale() == ([] if is_accepted else [old])
    new = (fingerprint(secret, "new.py"), "new.py")
    assert baseline.renamed == ({old.fingerprint: new} if is_accepted else {})


def test_a_rejected_entry_accepts_nothing() -> None:
    baseline = Baseline([entry(KEY, "new.py", accepted=False), entry(KEY, "old", accepted=False)])
    assert not accepts(baseline, draft(KEY), free)
    assert [one.path for one in baseline.stale()] == ["old"]


def test_rejected_wins_where_two_branches_differ() -> None:
    for order in (1, -1):
        entries = [entry(KEY, "new.py"), entry(KEY, "new.py", accepted=False)][::order]
        assert not accepts(Baseline(entries), draft(KEY), free)


def test_messages_have_no_renames() -> None:
    assert accepts(Baseline([entry(KEY, None)]), draft(KEY, None), free)
    assert not accepts(Baseline([entry(KEY, "old")], Content()), draft(KEY, None), free)
    assert not accepts(Baseline([entry(KEY, None)], Content()), draft(KEY), free)


def test_what_stands_somewhere_is_looked_up_once() -> None:
    content = Content()
    entries = [entry(secrets.token_hex(32).encode(), f"old{n}") for n in range(9)]
    baseline = Baseline(entries, content)
    for _ in range(5):
        assert not accepts(baseline, draft(b"hunter2"), free)
    assert content.asked == 9


def test_guesses_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of stale entries do not make a scan take hours: then findings are reported."""
    guesses = []

    def count(secret: bytes, path: str) -> str:
        guesses.append(path)
        return "0" * 32

    monkeypatch.setattr("scanner.baseline.fingerprint", count)
    entries = [Entry(f"{n:032x}", f"old{n}", "r", "d") for n in range(1, MAX_GUESSES * 2)]
    baseline = Baseline(entries, Content())
    assert not baseline.accepts(draft(b"short"), "f" * 32, "new.py", free)
    assert not baseline.accepts(draft(b"short"), "f" * 32, "new.py", free)
    assert len(guesses) == MAX_GUESSES


def test_standing_content_of_a_work_tree(git_repo: Callable[..., object]) -> None:
    repo = git_repo()
    repo.write("a/b.py", b"staged")  # type: ignore[attr-defined]
    repo.git("add", ".")  # type: ignore[attr-defined]
    commit = repo.commit()  # type: ignore[attr-defined]
    repo.write("a/b.py", b"now")  # type: ignore[attr-defined]
    top = str(repo.path)  # type: ignore[attr-defined]
    (repo.path / "link").symlink_to("a/b.py")  # type: ignore[attr-defined]
    (repo.path / "a/é b").write_bytes(b"x")  # type: ignore[attr-defined]
    content = StandingContent(top, top)
    now, staged, then = Origin("file"), Origin("staged"), Origin("blob", commit=commit)
    assert [content.content("a/b.py", origin) for origin in (now, staged, then)] == [
        b"now",
        b"staged",
        b"staged",
    ]
    for origin in (now, staged, then):
        assert content.content("none", origin) is None
        assert content.content("a/b.py/none", origin) is None
        assert content.content("a", origin) is None
        with pytest.raises(SourceError):
            content.content("a\\xff", origin)
    assert content.content("a/é b", now) == b"x"
    with pytest.raises(SourceError):
        content.content("link", now)
    with pytest.raises(SourceError):
        StandingContent(None).content("a", now)
