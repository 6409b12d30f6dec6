"""Behaviour of scanner.silence: what accepts a finding, and what does not."""

import pytest

from scanner.config import Allow
from scanner.models import Draft, Match, Occurrence, Origin, Rule
from scanner.silence import Silence

RULE = Rule("acme-api-key", "acme", "api_key", "low", "")
MARK = "0123456789abcdef" * 2


def draft(
    marks: tuple[str, ...] = (), path: str | None = "src/keys.py", secret: bytes = b"Zx9\xff-value"
) -> Draft:
    place = Occurrence(1, 1, 1, 9)
    return Draft(Match(RULE, 0, 9), secret, Origin("file", path), (place,), marks=marks)


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ((), None),
        (("*",), "inline"),
        (("acme-api-key",), "inline"),
        ((MARK,), "inline"),
        (("other-rule",), None),
        (("acme-*",), "inline"),
        (("acme-?pi-secret",), None),
        (("other-rule", "acme-api-key"), "inline"),
    ],
)
def test_inline_marks(marks: tuple[str, ...], reason: str | None) -> None:
    assert Silence().reason(draft(marks), MARK) == reason


def test_marks_that_do_not_count() -> None:
    assert Silence(inline=False).reason(draft(("*",)), MARK) is None


def test_files_of_fingerprints() -> None:
    known = frozenset((MARK,))
    assert Silence(ignored=known).reason(draft(), MARK) == "config:.keysweepignore"
    assert Silence(ignored=known).reason(draft(), "f" * 32) is None


ALLOWS = [
    (Allow("x", paths=("keys",)), "config:x"),  # searched
    (Allow("x", paths=("^keys",)), None),
    (Allow("x", paths=("tests/", r"\.py$")), "config:x"),
    (Allow("x", rules=("acme-*",)), "config:x"),
    (Allow("x", rules=("ACME-*",)), None),
    (Allow("x", rules=("acme-api",)), None),  # matched whole
    (Allow("x", regexes=(r"Zx9.*",)), "config:x"),
    (Allow("x", regexes=(r"Zx9",)), None),  # matched whole
    (Allow("x", stopwords=("VALUE",)), "config:x"),  # any case
    (Allow("x", stopwords=("other",)), None),
    (Allow("x", paths=("keys",), rules=("acme-*",)), "config:x"),  # every kind given
    (Allow("x", paths=("keys",), rules=("okx-*",)), None),
    (Allow("x"), None),
]


@pytest.mark.parametrize(
    ("path", "place", "reason"),
    [
        ("keys.py", "tests/keys.py", "config:x"),  # a folder was scanned
        ("tests/keys.py", "src/tests/keys.py", None),
        ("tests/module/keys.py", "keys.py", "config:x"),  # in a submodule
        (None, "", None),  # a message
    ],
)
def test_paths_of_allow_lists_count_from_the_top(
    path: str | None, place: str, reason: str | None
) -> None:
    silence = Silence(allows=(Allow("x", paths=("^tests/",)),))
    assert silence.reason(draft(path=path), MARK, place) == reason


@pytest.mark.parametrize(("allow", "reason"), ALLOWS)
def test_allow_lists(allow: Allow, reason: str | None) -> None:
    assert Silence(allows=(allow,)).reason(draft(), MARK) == reason


COMMITS = ("a" * 40, "b" * 40)


@pytest.mark.parametrize(
    ("allow", "lines", "commits", "is_allowed"),
    [
        (Allow("x", lines=("test",)), (b"key = 1  # a test",), (), True),
        (Allow("x", lines=("test",)), (b"key = 1  # a test", b"key = 1"), (), False),
        (Allow("x", lines=("test",)), (), (), False),
        (Allow("x", lines=("test", "other")), (b"test", b"\xffother"), (), True),
        (Allow("x", commits=COMMITS[:1]), (), COMMITS[:1], True),
        (Allow("x", commits=COMMITS[:1]), (), COMMITS, False),
        (Allow("x", commits=COMMITS), (), COMMITS, True),
        (Allow("x", commits=COMMITS), (), (), False),
    ],
)
def test_allow_lists_of_lines_and_commits(
    allow: Allow, lines: tuple[bytes, ...], commits: tuple[str, ...], is_allowed: bool
) -> None:
    """A secret on another line, or brought by another commit too, is reported."""
    spots = tuple(Occurrence(1, 1, 1, 9, None, commit) for commit in commits)
    origin = Origin("blob", "a", None, commits[0] if commits else None)
    made = draft().replaced(lines=lines, occurrences=spots, origin=origin)
    assert Silence(allows=(allow,)).reason(made, MARK) == ("config:x" if is_allowed else None)


class Baseline:
    """Accepts one fingerprint, and counts what it is asked."""

    asked = 0

    def accepts(self, draft: Draft, mark: str, place: str, is_free: object) -> bool:
        self.asked += 1
        return mark == MARK


def test_the_baseline_sees_every_finding() -> None:
    """Else it would hold an entry for stale because an inline mark came first."""
    baseline = Baseline()
    silence = Silence(baseline=baseline)
    assert silence.reason(draft(("*",)), MARK, "a") == "inline"
    assert silence.reason(draft(), MARK, "a") == "baseline"
    assert silence.reason(draft(), "f" * 32, "a") is None
    assert baseline.asked == 3


def test_the_first_allow_list_that_holds_is_named() -> None:
    allows = (Allow("no", rules=("okx-*",)), Allow("one", rules=("*",)), Allow("two", rules=("*",)))
    assert Silence(allows=allows).reason(draft(), MARK) == "config:one"


def test_a_message_has_no_path() -> None:
    allow = Allow("x", paths=("keys",))
    assert Silence(allows=(allow,)).reason(draft(path=None), MARK) is None
